"""Sends an answer: as a page, or as its JSON twin; says "not changed" where the visitor has it already."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from keten.errors import ConflictError, KetenError, WorkspaceError
from keten.model import Judgement
from keten.web.address import in_language, twin_of
from keten.web.caveats import read_caveats
from keten.web.fields import read_fields, read_upload
from keten.web.forms import check_reader, check_sender, tell_sender
from keten.web.kept import Reply
from keten.web.language import N_
from keten.web.plain import plain
from keten.web.printer import Printer
from keten.web.trouble import Trouble, put_into_words
from keten.web.visit import Visit
from keten.web.waiting import count_waiting

_log = logging.getLogger("keten.web")
PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Accept, Cookie"}
_OTHER = {"nl": "en", "en": "nl"}
_TITLES = {
    400: N_("This cannot be answered"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    405: N_("This cannot be answered"),
    409: N_("Somebody changed this meanwhile"),
    413: N_("This cannot be answered"),
    415: N_("This cannot be answered"),
    429: N_("Too many attempts"),
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
    status: int = 200
    # The address at which the page can be read again, where a form was answered at another one.
    address: str = ""
    is_private: bool = False  # never kept, nor told to another site that one comes from here


Handler = Callable[..., Page | Response]
# Every form there is, and who may send it: the tests try each as everybody else.
FORMS: list[tuple[str, str | None]] = []


class Pages(APIRouter):
    """A router whose endpoints give Pages, and take forms."""

    def page(self, path: str, role: str | None = None) -> Callable[[Handler], Handler]:
        """Register a handler at an address below the language; `role`: who may read it, None all."""

        def register(handler: Handler) -> Handler:
            @wraps(handler)
            async def endpoint(visit: Visit, **asked: Any) -> Response:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(
                    visit.house.pool, partial(_answer, handler, visit, role, asked)
                )

            self.add_api_route(path, endpoint, methods=["GET"], response_model=None)
            return handler

        return register

    def form(
        self, path: str, role: str | None = "editor", most_bytes: int = 0
    ) -> Callable[[Handler], Handler]:
        """Register what takes a form; `role`: who may send it, None everybody, and nothing is kept.

        `most_bytes`: how large a file may be that comes along, 0: none may.
        The handler reads `visit.form`, and gives `see_other`, or a Page with what is to be mended.
        """

        def register(handler: Handler) -> Handler:
            @wraps(handler)
            async def endpoint(visit: Visit, **asked: Any) -> Response:
                # What nobody who is signed in sends is refused before it is taken in.
                if most_bytes and visit.token:
                    visit.form = await read_upload(visit.request, most_bytes)
                elif not most_bytes:
                    visit.form = await read_fields(visit.request)
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(
                    visit.house.pool, partial(_take, handler, visit, role, asked)
                )

            self.add_api_route(path, endpoint, methods=["POST"], response_model=None)
            FORMS.append((path, role))
            return handler

        return register


def _answer(handler: Handler, visit: Visit, role: str | None, asked: dict[str, Any]) -> Response:
    """Answer a visit: not changed, from what is kept, or anew for who is signed in."""
    if role is not None:
        try:
            check_reader(visit, role)
        except Trouble:
            if visit.person is not None or visit.wants_json:
                raise
            return see_other(visit, _sign_in_first(visit))
    # What a signed-in person sees is never kept, here or on the way.
    tag = "" if visit.person else entity_tag(visit)
    headers = _caching(tag) if visit.person is None else dict(PRIVATE)
    if tag and visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    reply = visit.house.kept.get(tag)
    if reply is None:
        try:
            page = handler(visit, **asked)
            if not isinstance(page, Page):
                return _for_one(page) if visit.person else page
            if page.is_private or page.status != 200:
                return send_page(visit, page)
            reply = print_reply(visit, page)
        except KetenError:
            raise
        except Exception as error:  # noqa: BLE001 - told as a page, inside the safe headers
            _log.error("fault at %s", visit.path, exc_info=error)
            return send_trouble(visit, put_into_words(error, visit.words))
        if tag:
            visit.house.kept.put(tag, reply)
    return Response(reply.body, media_type=reply.media_type, headers=headers)


def _take(handler: Handler, visit: Visit, role: str | None, asked: dict[str, Any]) -> Response:
    """Take a form: check it, let the handler do its work, and give back what could not be kept."""
    try:
        check_sender(visit, role)
        reply = handler(visit, **asked)
        return _for_one(send_page(visit, reply) if isinstance(reply, Page) else reply)
    except Exception as error:  # noqa: BLE001 - told as a page, with what was typed
        later = read_later(visit, error)
        return send_trouble(visit, tell_sender(visit, error), visit.form.typed(), later)
    finally:
        visit.house.judgements.look_again()


def read_later(visit: Visit, error: Exception) -> Judgement | None:
    """Give the line that took the place of the one that a form meant to change."""
    if not isinstance(error, ConflictError):
        return None
    try:
        lines = visit.store.history(error.later, reader=visit.person)
    except WorkspaceError:
        return None
    return next((line for line in lines if line.number == error.later), None)


def send_page(visit: Visit, page: Page) -> Response:
    """Send a page to one person, once."""
    reply = print_reply(visit, page)
    return Response(reply.body, page.status, dict(PRIVATE), reply.media_type)


def see_other(visit: Visit, address: str) -> Response:
    """Lead on after a form, to the page that shows what it did."""
    del visit
    return RedirectResponse(address, 303, dict(PRIVATE))


def _for_one(reply: Response) -> Response:
    reply.headers.update(PRIVATE)
    return reply


def _sign_in_first(visit: Visit) -> str:
    return visit.addresses.page("sign-in", next=visit.page_address)


def print_reply(visit: Visit, page: Page) -> Reply:
    """Print a page, or its twin."""
    if visit.wants_json:
        text = json.dumps(twin(visit, page), ensure_ascii=False)
        return Reply(text.encode(), "application/json")
    printer = Printer(visit.language, read_caveats(visit) if page.needs_evidence else {})
    values = {
        **frame(visit, page.address),
        "p": printer,
        "title": page.title,
        "crumbs": page.crumbs,
    }
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
    # Whoever is not signed in reads what was said, and when, not by whom.
    names = visit.person is not None
    answer = {
        name: plain(value, visit.addresses, with_authors=names)
        for name, value in page.answer.items()
    }
    return {**about, "answer": answer}


def send_trouble(
    visit: Visit,
    trouble: Trouble,
    typed: Sequence[tuple[str, str]] = (),
    later: Judgement | None = None,
) -> Response:
    """Send what went wrong, in the one shape of errors or as a page with the same words.

    `typed` is what a form brought and was not kept, `later` the line that stood in its way.
    """
    status = trouble.http_status
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Cookie"}
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
        "typed": typed,
        "later": later,
        "sign_in_address": _sign_in_first(visit) if trouble.code == "sign-in" else "",
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
    return RedirectResponse(
        address, status, {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
    )


def entity_tag(visit: Visit) -> str:
    """Give a tag that changes with the evidence, what people said, the day, and the code of the pages."""
    try:
        evidence = visit.evidence
    except Exception:  # noqa: BLE001 - pages that need no evidence are sent without a tag
        return ""
    parts = (
        visit.house.digest,
        f"{evidence.number}:{evidence.fingerprint}",
        visit.house.judgements.state(),
        visit.now.date().isoformat(),  # what is late, or still open, depends on the day
        visit.path,
        visit.query,
        "json" if visit.wants_json else "html",
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"'


def frame(visit: Visit, address: str = "") -> dict[str, Any]:
    """Give what the frame around every page needs; `address` where it is read elsewhere than asked."""
    other = _OTHER[visit.language]
    here = address or visit.page_address
    path, _, query = (here or visit.address).partition("?")
    try:
        evidence = visit.evidence
    except Exception:  # noqa: BLE001 - the frame stands without evidence, too
        evidence = None
    assets = visit.house.assets
    return {
        "evidence": evidence,
        "settings": visit.settings,
        "path": path,
        "here": here,
        "person": visit.person,
        "waiting": count_waiting(visit),
        "chain_is_stale": visit.chain_is_stale,
        "csrf_token": visit.csrf,
        "section": path.split("/")[2] if path.count("/") >= 2 else "",
        "other_language": other,
        "other_address": in_language(path, query, other) if here else f"/{other}/",
        "twin_address": twin_of(path, query) if here else "",
        "canonical": visit.settings.public_url + path if visit.settings.public_url else "",
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
    headers = {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
    return {**headers, "ETag": tag} if tag else headers
