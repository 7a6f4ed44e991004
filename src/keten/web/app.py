"""The application: its pages, its style sheets, and the envelope around all of them."""

import hashlib
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from keten.errors import EvidenceError, KetenError
from keten.evidence import Shelf
from keten.settings import Settings
from keten.web import pages
from keten.web.assets import Assets
from keten.web.envelope import Envelope
from keten.web.judgements import Judgements
from keten.web.kept import Kept
from keten.web.language import LANGUAGES, choose_language
from keten.web.quiet import Quiet
from keten.web.reply import send_trouble
from keten.web.template import HERE, Templates
from keten.web.trouble import (
    Trouble,
    bad_question,
    no_such_page,
    only_reading,
    only_sending,
    put_into_words,
)
from keten.web.visit import House, Visit
from keten.web.warming import warm

_log = logging.getLogger("keten.web")
# A page is mostly Python under one lock: more threads would only take turns, and each its own cursor.
_THREADS = 3
_LONGEST_S = 20.0  # who opens a server waits no longer for it to be warm


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    shelf: Shelf | None = None,
    clock: Callable[[], datetime] = _now,
    warmed: Callable[[], None] = lambda: None,
    *,
    opens_warm: bool = False,
) -> FastAPI:
    """Make the application for these settings; `shelf` is opened below the home where none is given.

    `warmed` is called once what most pages need has been read; with `opens_warm` nobody is let in before,
    for as long as is reasonable: the first visitors would only hold it up, and one another.
    """
    assets = Assets(settings.house_style)
    house = House(
        settings=settings,
        # Small queries gain nothing from a second thread, and pages are served side by side.
        shelf=shelf or Shelf(settings.home, threads=1),
        assets=assets,
        templates=Templates(),
        judgements=Judgements(settings.home, settings.workspace),
        kept=Kept(),
        quiet=Quiet(),
        pool=ThreadPoolExecutor(_THREADS, "page"),
        digest=_digest(assets),
        clock=clock,
    )
    app = FastAPI(
        title="keten", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan
    )
    app.state.house = house
    app.state.warmed = warmed
    app.state.opens_warm = opens_warm
    app.include_router(_bare)
    for language in LANGUAGES:
        for router in pages.ROUTERS:
            app.include_router(router, prefix=f"/{language}")
    app.add_exception_handler(KetenError, _tell)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(RequestValidationError, _tell_validation)
    app.add_exception_handler(Exception, _tell_fault)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    app.add_middleware(Envelope)
    return app


_bare = APIRouter()


@_bare.get("/", response_model=None)
async def _enter(request: Request) -> Response:
    """Send the visitor to the first page in the language that the browser asks for."""
    settings: Settings = request.app.state.house.settings
    language = choose_language(request.headers.get("accept-language", ""), settings.language)
    return RedirectResponse(
        f"/{language}/", 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    )


@_bare.get("/nl", response_model=None)
@_bare.get("/en", response_model=None)
async def _enter_language(request: Request) -> Response:
    return RedirectResponse(f"{request.url.path}/", 308)


@_bare.get("/healthz", response_model=None)
def _health(request: Request) -> Response:
    """Say whether there is evidence to show, and which."""
    try:
        evidence = request.app.state.house.shelf.evidence()
    except EvidenceError as error:
        body = {"error": {"code": error.code, "what": error.what, "next_step": error.next_step}}
        return JSONResponse(body, 503, {"Cache-Control": "no-store"})
    return JSONResponse(
        {
            "status": "ok",
            "evidence": evidence.number,
            "built_at": evidence.built_at.isoformat(),
            "fingerprint": evidence.fingerprint,
            "invented": evidence.is_invented,
        },
        headers={"Cache-Control": "no-store"},
    )


@_bare.get("/static/{name:path}", response_model=None)
async def _static(request: Request, name: str) -> Response:
    assets: Assets = request.app.state.house.assets
    return assets.send(name, request) or _lost(request)


@_bare.get("/style/house.css", response_model=None)
async def _house_style(request: Request) -> Response:
    assets: Assets = request.app.state.house.assets
    return assets.send_house_style(request) or _lost(request)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    ready = threading.Event()

    def tell() -> None:
        app.state.warmed()
        ready.set()

    stop = warm(app.state.house, _THREADS, tell)
    if app.state.opens_warm:
        await anyio.to_thread.run_sync(ready.wait, _LONGEST_S)
    yield
    await anyio.to_thread.run_sync(stop)


def _lost(request: Request) -> Response:
    visit = Visit(request)
    return send_trouble(visit, no_such_page(visit.words))


def _tell(request: Request, error: Exception) -> Response:
    visit = Visit(request)
    trouble = put_into_words(error, visit.words)
    if trouble.http_status >= 500 and not isinstance(error, EvidenceError):
        _log.error("fault at %s", request.url.path, exc_info=error)
    return send_trouble(visit, trouble)


def _tell_http(request: Request, _: Exception) -> Response:
    visit = Visit(request)
    allowed = _methods_at(request)
    if not allowed and request.scope["state"].get("reads", True):
        return send_trouble(visit, no_such_page(visit.words))
    trouble = only_sending(visit.words) if allowed == ["POST"] else only_reading(visit.words)
    reply = send_trouble(visit, trouble)
    reply.headers["Allow"] = ", ".join(allowed or ["GET", "HEAD"])
    return reply


def _methods_at(request: Request) -> list[str]:
    """Give the methods that an address takes."""
    path = request.scope["path"]
    first, _, rest = path.removeprefix("/").partition("/")
    below = f"/{rest}" if first in LANGUAGES else None
    routes = [(path, route) for route in _bare.routes]
    if below is not None:
        routes += [(below, route) for router in pages.ROUTERS for route in router.routes]
    found: set[str] = set()
    for asked, route in routes:
        if isinstance(route, Route) and route.path_regex.match(asked):
            found |= route.methods or set()
    if "GET" in found:
        found.add("HEAD")
    return [method for method in ("GET", "HEAD", "POST") if method in found]


def _tell_validation(request: Request, error: Exception) -> Response:
    visit = Visit(request)
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    what = "; ".join(f"{e['loc'][-1]}={e.get('input', '')}" for e in errors)
    return send_trouble(visit, bad_question(visit.words, what[:200]))


def _tell_fault(request: Request, error: Exception) -> Response:
    _log.error("fault at %s", request.url.path, exc_info=error)
    visit = Visit(request)
    trouble: Trouble = put_into_words(error, visit.words)
    return send_trouble(visit, trouble)


def _digest(assets: Assets) -> str:
    """Give a hash over the code, templates and words of the pages, so that old copies are not kept."""
    found = hashlib.sha256(assets.digest.encode())
    for path in sorted(HERE.rglob("*")):
        if path.suffix in {".py", ".html", ".po"}:
            found.update(Path(path).read_bytes())
    return found.hexdigest()[:16]
