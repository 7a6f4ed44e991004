"""Style sheets and scripts, read into memory once, each address carrying the hash of its content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

STATIC = Path(__file__).parent / "static"
HOUSE_STYLE = "house.css"
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    packed: bytes
    media_type: str
    digest: str


class Assets:
    """All files below `static`, and the house style where the settings name one."""

    def __init__(self, house_style: Path | None) -> None:
        self._assets = {
            path.relative_to(STATIC).as_posix(): _read(path)
            for path in sorted(STATIC.rglob("*"))
            if path.is_file() and path.suffix in {".css", ".js", ".svg"}
        }
        self._house = _read(house_style) if house_style else None
        self.digest = _hash(
            "".join(
                asset.digest for asset in [*self._assets.values(), self._house] if asset
            ).encode()
        )

    def address(self, name: str) -> str:
        """Give the address of a file, or nothing where it was not set up."""
        asset = self._assets.get(name)
        return f"/static/{name}?v={asset.digest}" if asset else ""

    def house_style(self) -> str:
        """Give the address of the house style, or nothing where there is none."""
        return f"/style/{HOUSE_STYLE}?v={self._house.digest}" if self._house else ""

    def send(self, name: str, request: Request) -> Response | None:
        """Answer a request for a file, or give None where there is no such file."""
        asset = self._assets.get(name)
        return _send(asset, request) if asset else None

    def send_house_style(self, request: Request) -> Response | None:
        """Answer a request for the house style."""
        return _send(self._house, request) if self._house else None


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    # mtime 0: the same file packs to the same bytes on every machine.
    packed = gzip.compress(body, compresslevel=9, mtime=0)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(body, packed, media_type, _hash(body))


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def _send(asset: Asset, request: Request) -> Response:
    headers = {"ETag": f'"{asset.digest}"', "Vary": "Accept-Encoding"}
    asked = request.query_params.get("v") == asset.digest
    headers["Cache-Control"] = _FOREVER if asked else "no-cache"
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    body = asset.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = asset.packed
    return Response(body, media_type=asset.media_type, headers=headers)
