"""Whether a form came from a page of this site, where it may lead on to, and the cookie of a session."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.responses import Response

from keten.settings import Settings
from keten.web.language import LANGUAGES


def is_from_here(headers: Mapping[str, str], public_url: str) -> bool:
    """Say whether the browser says that a page of this site sent the form.

    Every browser in use says so, in one of two headers; who says nothing is not believed.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin, host = headers.get("origin", ""), headers.get("host", "")
    ours = {_origin_of(public_url)} if public_url else set()
    if host:
        ours |= {f"http://{host}", f"https://{host}"}
    return origin in ours


def safe_address(address: str, otherwise: str) -> str:
    """Give an address of a page of this site, or another one where it leads out of it."""
    if not any(address.startswith(f"/{language}/") for language in LANGUAGES):
        return otherwise
    if "\\" in address or not address.isascii() or any(ord(c) <= 32 for c in address):
        return otherwise
    path = address.partition("?")[0].partition("#")[0]
    if "//" in path or ".." in path.split("/"):
        return otherwise
    return address


def page_before(headers: Mapping[str, str]) -> str:
    """Give the address of the page of this site that a form was sent from, or nothing."""
    try:
        parts = urlsplit(headers.get("referer", ""))
    except ValueError:
        return ""
    if parts.netloc != headers.get("host", ""):
        return ""
    return safe_address(f"{parts.path}?{parts.query}" if parts.query else parts.path, "")


def cookie_name(settings: Settings) -> str:
    """Give the name of the cookie; browsers take the long one from this host over https only."""
    return "__Host-keten" if _is_https(settings) else "keten"


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Hand the token of a session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(settings),
        token,
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    """Take the token back."""
    response.delete_cookie(
        cookie_name(settings),
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def _is_https(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
