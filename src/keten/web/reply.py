"""Sends an answer: as a page, or as its JSON twin; says "not changed" where the visitor has it already."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from keten.errors import KetenError
from keten.web.address import in_language, twin_of
from keten.web.caveats import read_caveats
from keten.web.kept import Reply
from keten.web.language import N_
from keten.web.plain import plain
from keten.web.printer import Printer
from keten.web.trouble import Trouble, put_into_words
from keten.web.visit import Visit

_log = logging.getLogger("keten.web")
_OTHER = {"nl": "en", "en": "nl"}
_TITLES = {
    400: N_("This cannot be answered"),
    404: N_("Not found"),
    405: N_("This cannot be answered"),
    500: N_("Something went wrong"),
    503: N_("Nothing to show yet"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer and the template that shows it; `extra` is for the eye only (pictures, menus)."""

    template: str
    title: str
    answer: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    crumbs: tuple[tuple[str, str], ...] = ()
    needs_evidence: bool = True


Handler = Callable[..., Page | Response]


class Pages(APIRouter):
    """A router whose endpoints give Pages."""

    def page(self, path: str) -> Callable[[Handler], Handler]:
        """Register a handler at an address below the language."""

        def register(handler: Handler) -> Handler:
            @wraps(handler)
            async def endpoint(visit: Visit, **asked: Any) -> Response:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(
                    visit.house.pool, partial(_answer, handler, visit, asked)
                )

            self.add_api_route(path, endpoint, methods=["GET"], response_model=None)
            return handler

        return register


def _answer(handler: Handler, visit: Visit, asked: dict[str, Any]) -> Response:
    """Answer a visit: not changed, from what is kept, or anew."""
    tag = entity_tag(visit)
    headers = _caching(tag)
    if tag and visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    reply = visit.house.kept.get(tag)
    if reply is None:
        try:
            page = handler(visit, **asked)
            if not isinstance(page, Page):
                return page
            reply = print_reply(visit, page)
        except KetenError:
            raise
        except Exception as error:  # noqa: BLE001 - told as a page, inside the safe headers
            _log.error("fault at %s", visit.path, exc_info=error)
            return send_trouble(visit, put_into_words(error, visit.words))
        if tag:
            visit.house.kept.put(tag, reply)
    return Response(reply.body, media_type=reply.media_type, headers=headers)


def print_reply(visit: Visit, page: Page) -> Reply:
    """Print a page, or its twin."""
    if visit.wants_json:
        text = json.dumps(twin(visit, page), ensure_ascii=False)
        return Reply(text.encode(), "application/json")
    printer = Printer(visit.language, read_caveats(visit) if page.needs_evidence else {})
    values = {**frame(visit), "p": printer, "title": page.title, "crumbs": page.crumbs}
    body = visit.house.templates.render(
        page.template, visit.language, {**values, **page.answer, **page.extra}
    )
    return Reply(body.encode(), "text/html")


def twin(visit: Visit, page: Page) -> dict[str, Any]:
    """Give the JSON twin of a page: the same answer, and the evidence that it stands on."""
    about: dict[str, Any] = {"language": visit.language, "title": page.title}
    if page.needs_evidence:
        evidence = visit.evidence
        about["evidence"] = {
            "number": evidence.number,
            "built_at": evidence.built_at.isoformat(),
            "fingerprint": evidence.fingerprint,
            "invented": evidence.is_invented,
        }
        about["caveats"] = dict(read_caveats(visit))
    answer = {name: plain(value, visit.addresses) for name, value in page.answer.items()}
    return {**about, "answer": answer}


def send_trouble(visit: Visit, trouble: Trouble) -> Response:
    """Send what went wrong, in the one shape of errors or as a page with the same words."""
    status = trouble.http_status
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if status == 405:
        headers["Allow"] = "GET, HEAD"
    if status == 503:
        headers["Retry-After"] = "60"
    if visit.wants_json:
        body = {"code": trouble.code, "what": trouble.what, "next_step": trouble.next_step}
        return Response(
            json.dumps({"error": body}, ensure_ascii=False), status, headers, "application/json"
        )
    values = {
        **frame(visit),
        "p": Printer(visit.language, {}),
        "title": visit.words(_TITLES.get(status, _TITLES[500])),
        "crumbs": (),
        "trouble": trouble,
    }
    return Response(
        visit.house.templates.render("trouble.html", visit.language, values),
        status,
        headers,
        "text/html",
    )


def redirect(visit: Visit, address: str, status: int = 308) -> Response:
    """Send the visitor on, to the twin when the twin was asked for."""
    if visit.request.scope["state"].get("json"):
        path, _, query = address.partition("?")
        address = twin_of(path, query)
    return RedirectResponse(address, status, {"Cache-Control": "no-cache", "Vary": "Accept"})


def entity_tag(visit: Visit) -> str:
    """Give a tag that changes with the evidence, with what people said, and with the code of the pages."""
    try:
        evidence = visit.evidence
    except Exception:  # noqa: BLE001 - pages that need no evidence are sent without a tag
        return ""
    parts = (
        visit.house.digest,
        f"{evidence.number}:{evidence.fingerprint}",
        visit.house.judgements.state(),
        visit.path,
        visit.query,
        "json" if visit.wants_json else "html",
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"'


def frame(visit: Visit) -> dict[str, Any]:
    """Give what the frame around every page needs."""
    other = _OTHER[visit.language]
    try:
        evidence = visit.evidence
    except Exception:  # noqa: BLE001 - the frame stands without evidence, too
        evidence = None
    assets = visit.house.assets
    return {
        "evidence": evidence,
        "settings": visit.settings,
        "path": visit.path,
        "section": visit.path.split("/")[2] if visit.path.count("/") >= 2 else "",
        "other_language": other,
        "other_address": in_language(visit.path, visit.query, other),
        "twin_address": twin_of(visit.path, visit.query),
        "canonical": visit.settings.public_url + visit.path if visit.settings.public_url else "",
        "styles": [
            address
            for address in (
                assets.address("vendor/nlds.css"),
                assets.address("tokens/keten.css"),
                assets.house_style(),
                assets.address("keten.css"),
            )
            if address
        ],
        "script": assets.address("vendor/htmx.min.js"),
    }


def _caching(tag: str) -> dict[str, str]:
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    return {**headers, "ETag": tag} if tag else headers
