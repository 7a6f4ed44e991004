"""Fetch: downloads a publisher's files from their official addresses; nothing else below the faces
uses the network.

A file is written beside its final name as `.part` and renamed when whole, so that a reader never sees
half a file. A download that breaks off goes on where it stopped, if the publisher's file is still the
same one; otherwise it begins anew. What was fetched, from where and when, stands in
`<file>.origin.json`. Time is an argument; only waiting and stalling are measured here.
"""

import errno
import fcntl
import hashlib
import ipaddress
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urljoin, urlsplit

import httpx

from keten.errors import FetchError, UsageError
from keten.model import SourceCard
from keten.sources import cordis, geography

__all__ = ["Download", "Origin", "Patience", "get", "list_downloads"]

# File name on disk: its official address, by source; a face may pass others.
ADDRESSES: Final[Mapping[str, Mapping[str, str]]] = {
    "cordis": {
        "cordis-HORIZONprojects-csv.zip": (
            "https://cordis.europa.eu/data/cordis-HORIZONprojects-csv.zip"
        ),
        "cordis-h2020projects-csv.zip": (
            "https://cordis.europa.eu/data/cordis-h2020projects-csv.zip"
        ),
    },
    "geography": geography.ADDRESSES,
}
_CARDS: Final[Mapping[str, SourceCard]] = {
    "cordis": cordis.CARD,
    # What is fetched is European; the Dutch files have other licences, and no address to fetch from.
    "geography": geography.CARDS[0],
}

_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECT: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Download:
    """One file to fetch, with the licence that a face shows before it does."""

    source: str
    name: str
    address: str
    licence: str
    licence_address: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file on disk came from; stands beside it as JSON."""

    name: str
    address: str
    fetched_at: str
    bytes: int
    sha256: str
    etag: str
    last_modified: str
    licence: str
    licence_address: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try; every bound is finite."""

    connect_s: float = 15.0
    stall_s: float = 30.0  # without a single byte
    slowest_bytes_s: float = 256.0  # on average over a whole try, after stall_s
    tries: int = 5  # in a row without a byte gained
    tries_in_all: int = 20
    backoff_s: float = 1.0  # doubled with each try in a row
    longest_backoff_s: float = 60.0
    redirects: int = 5
    largest_bytes: int = 4 << 30


Progress = Callable[[str, int, int | None], None]


class _PassingError(Exception):
    """A failure that may pass: try again. `wait_s` is what the server asked for."""

    def __init__(self, what: str, wait_s: float = 0.0) -> None:
        super().__init__(what)
        self.wait_s = wait_s


def list_downloads(source: str, addresses: Mapping[str, str] | None = None) -> tuple[Download, ...]:
    """Give the files that can be fetched for a source; `addresses` overrides them by name.

    Raises: UsageError for a source or a file that cannot be fetched.
    """
    if source not in ADDRESSES:
        raise UsageError(
            f"'{source}' cannot be fetched.", f"Name one of: {', '.join(sorted(ADDRESSES))}."
        )
    official, card = ADDRESSES[source], _CARDS[source]
    unknown = sorted(set(addresses or {}) - set(official))
    if unknown:
        raise UsageError(
            f"'{unknown[0]}' is no file of {source}.", f"Its files are: {', '.join(official)}."
        )
    return tuple(
        Download(source, name, address, card.licence, card.licence_address, card.attribution)
        for name, address in sorted({**official, **(addresses or {})}.items())
    )


def get(
    source: str,
    into: Path,
    fetched_at: str,
    progress: Progress,
    addresses: Mapping[str, str] | None = None,
    patience: Patience | None = None,
) -> tuple[Origin, ...]:
    """Fetch the files of a source into a folder; `progress` gets name, bytes so far, bytes in all.

    `fetched_at` (ISO 8601) is what will stand in the origin. A file that is at hand, unharmed and
    the same at the publisher is not fetched again, and keeps its origin.

    Raises: FetchError when a file cannot be had; what was fetched before it stays.
    """
    files = list_downloads(source, addresses)
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _disk_error(into, error) from error
    return tuple(
        fetch_file(file, into, fetched_at, progress, patience or Patience()) for file in files
    )


def fetch_file(
    file: Download, into: Path, fetched_at: str, progress: Progress, patience: Patience
) -> Origin:
    """Fetch one file, with as many tries as patience allows."""
    _check_address(file.address, file.address)
    part = _Part(into / file.name, file.address)
    with part.held():
        in_a_row = 0
        for _ in range(patience.tries_in_all):
            before = part.size
            try:
                with _client(file.address, patience) as client:
                    return _try_once(client, file, part, fetched_at, progress, patience)
            except (_PassingError, httpx.TransportError) as error:
                failure = error
            except OSError as error:
                raise _disk_error(part.path, error) from error
            in_a_row = 1 if part.size > before else in_a_row + 1
            if in_a_row >= patience.tries:
                break
            asked = failure.wait_s if isinstance(failure, _PassingError) else 0.0
            wait = max(asked, patience.backoff_s * 2 ** (in_a_row - 1))
            time.sleep(min(wait, patience.longest_backoff_s))
        what = str(failure) or type(failure).__name__
        raise FetchError(
            f"{file.name} could not be fetched from {file.address}: {what}.",
            "Try again later; what arrived is kept and the download goes on from there. "
            f"Or fetch the file with a browser and put it in {into.name}/.",
        ) from failure


def _client(address: str, patience: Patience) -> httpx.Client:
    timeout = httpx.Timeout(patience.stall_s, connect=patience.connect_s)
    # A proxy of the surroundings is used for the world, never for this machine itself.
    return httpx.Client(timeout=timeout, trust_env=not _is_loopback(address))


class _Part:
    """The unfinished file beside the final one, with what is needed to go on with it."""

    def __init__(self, target: Path, address: str) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.state_path = target.with_name(target.name + ".part.json")
        self.origin_path = target.with_name(target.name + ".origin.json")
        self._address = address

    @property
    def size(self) -> int:
        """Bytes that arrived so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, so that two downloads never write one file."""
        folder = self.target.parent
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise _disk_error(folder, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise FetchError(
                f"Another download is at work in {folder.name}/.",
                "Wait until it is done, or stop it.",
            ) from error
        finally:
            os.close(handle)

    def state(self) -> dict[str, Any]:
        """Give validator and size of the file that the part is of; empty when it is of no use."""
        state = _read_json(self.state_path)
        fits = state.get("address") == self._address and state.get("validator")
        return state if fits and self.size else {}

    def begin(self, validator: str, total: int | None) -> None:
        """Throw away what there is, and note what is to come."""
        self.path.unlink(missing_ok=True)
        state = {"address": self._address, "validator": validator, "total": total}
        _write_json(self.state_path, state)

    def drop(self) -> None:
        """Throw away part and state."""
        self.path.unlink(missing_ok=True)
        self.state_path.unlink(missing_ok=True)

    def origin(self) -> Origin | None:
        """Give the origin of the final file, if that is still the file it describes."""
        known = _read_json(self.origin_path)
        try:
            origin = Origin(**known)
        except TypeError:
            return None
        if not self.target.is_file() or self.target.stat().st_size != origin.bytes:
            return None
        same = origin.address == self._address and _hash(self.target) == origin.sha256
        return origin if same else None


def _try_once(
    client: httpx.Client,
    file: Download,
    part: _Part,
    fetched_at: str,
    progress: Progress,
    patience: Patience,
) -> Origin:
    state = part.state()
    headers = {"Accept-Encoding": "identity", "User-Agent": "keten"}
    known = None if state else part.origin()
    if state:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": state["validator"]}
    elif known and known.etag:
        headers["If-None-Match"] = known.etag
    elif known and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    with _open(client, file.address, headers, patience) as response:
        if response.status_code == 304 and known:
            progress(file.name, known.bytes, known.bytes)
            return known
        total = _check_answer(response, file, part, state)
        _check_room(part, total, patience)
        _receive(response, file, part, total, progress, patience)
        etag = response.headers.get("ETag", "")
        modified = response.headers.get("Last-Modified", "")
    if total is not None and part.size != total:
        raise _PassingError(f"{total} bytes were announced, {part.size} arrived")
    return _finish(file, part, fetched_at, etag, modified)


@contextmanager
def _open(
    client: httpx.Client, address: str, headers: Mapping[str, str], patience: Patience
) -> Iterator[httpx.Response]:
    """Open an address, following a bounded number of redirects, none of them to a weaker scheme."""
    at = address
    for _ in range(patience.redirects + 1):
        try:
            request = client.build_request("GET", at, headers=dict(headers))
        except httpx.InvalidURL as error:
            raise FetchError(f"'{at}' is no address.", "Give an https address.") from error
        response = client.send(request, stream=True)
        if response.status_code not in _REDIRECT:
            try:
                yield response
            finally:
                response.close()
            return
        response.close()
        at = urljoin(at, response.headers.get("Location", ""))
        _check_address(at, address)
    raise FetchError(
        f"{address} redirects more than {patience.redirects} times.",
        "Look up the publisher's present address, and give that one.",
    )


def _check_answer(
    response: httpx.Response, file: Download, part: _Part, state: Mapping[str, Any]
) -> int | None:
    """Hold the answer to what was asked, prepare the part, and give the size of the whole file."""
    status = response.status_code
    length = _number(response.headers.get("Content-Length"))
    if status == 206 and state:
        first, total = _content_range(response)
        validator = _validator(response)
        same = not validator or validator == state["validator"]
        if first == part.size and same and state["total"] in (None, total):
            return total
        part.drop()
        raise _PassingError("the rest that was sent does not belong to what was fetched before")
    if status == 416 and state:
        part.drop()
        raise _PassingError("the publisher's file has become another one")
    if status in _PASSING:
        wait = _number(response.headers.get("Retry-After")) or 0
        raise _PassingError(f"the server answered {status}", float(wait))
    if status != 200:
        raise FetchError(
            f"{file.name} is not to be had at {file.address}: the server answered {status}.",
            "Look up the publisher's present address, and give that one; "
            "or fetch the file with a browser.",
        )
    kind = response.headers.get("Content-Type", "").lower()
    if "html" in kind:
        raise _not_the_file(file, "a web page")
    part.begin(_validator(response), length)
    return length


def _receive(
    response: httpx.Response,
    file: Download,
    part: _Part,
    total: int | None,
    progress: Progress,
    patience: Patience,
) -> None:
    """Write what arrives to the part."""
    began, fresh = time.monotonic(), part.size == 0
    with part.path.open("ab") as out:
        done, got = out.tell(), 0
        progress(file.name, done, total)
        # No chunk size here: a buffer that is not yet full would be lost when the line breaks.
        for chunk in response.iter_raw():
            if fresh and not got and (wrong := _wrong_kind(file.name, chunk)):
                part.drop()
                raise _not_the_file(file, wrong)
            out.write(chunk)
            got += len(chunk)
            out.flush()
            progress(file.name, done + got, total)
            if done + got > (total if total is not None else patience.largest_bytes):
                part.drop()
                raise _PassingError("more bytes arrived than were announced")
            spent = time.monotonic() - began
            if spent > patience.stall_s and got < spent * patience.slowest_bytes_s:
                raise _PassingError(f"only {got} bytes arrived in {spent:.0f} seconds")
        _sync(out)


def _finish(file: Download, part: _Part, fetched_at: str, etag: str, last_modified: str) -> Origin:
    """Check the whole file, put it in its place, and write its origin."""
    if wrong := _broken(file.name, part.path):
        part.drop()
        raise _not_the_file(file, wrong)
    origin = Origin(
        name=file.name,
        address=file.address,
        fetched_at=fetched_at,
        bytes=part.size,
        sha256=_hash(part.path),
        etag=etag,
        last_modified=last_modified,
        licence=file.licence,
        licence_address=file.licence_address,
        attribution=file.attribution,
    )
    # An origin without its file is harmless (its hash will not fit); a file with another's is not.
    part.origin_path.unlink(missing_ok=True)
    part.path.replace(part.target)
    _write_json(part.origin_path, asdict(origin))
    part.state_path.unlink(missing_ok=True)
    return origin


def _check_address(address: str, given: str) -> None:
    """Let only https through, and http to this machine itself when that is what was given."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise FetchError(f"'{address}' is no address.", "Give an https address.") from error
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_loopback(address) and _is_loopback(given):
        return
    way = "redirects to" if address != given else "is"
    raise FetchError(
        f"{given} {way} an address that is not safe: '{address}'.", "Give an https address."
    )


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_room(part: _Part, total: int | None, patience: Patience) -> None:
    """Stop before the first byte when the file cannot fit."""
    if total is None:
        return
    if total > patience.largest_bytes:
        raise FetchError(
            f"{part.target.name} would be {total} bytes, more than the {patience.largest_bytes} "
            "that a publisher's file may be.",
            "Check the address.",
        )
    free = shutil.disk_usage(part.target.parent).free
    needed = total - part.size
    if needed > free:
        raise FetchError(
            f"{part.target.name} needs {needed / 1e6:.0f} MB, but the disk has {free / 1e6:.0f} MB "
            "left.",
            "Make room, or fetch into another folder.",
        )


def _validator(response: httpx.Response) -> str:
    """Give what names this very file: a strong ETag, else the date of its last change."""
    etag: str = response.headers.get("ETag", "")
    modified: str = response.headers.get("Last-Modified", "")
    return etag if etag and not etag.startswith("W/") else modified


def _content_range(response: httpx.Response) -> tuple[int | None, int | None]:
    """Give first byte and total of `bytes 100-199/200`."""
    unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
    span, _, total = rest.partition("/")
    first = span.partition("-")[0]
    return (_number(first), _number(total)) if unit == "bytes" else (None, None)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _wrong_kind(name: str, first: bytes) -> str:
    """Say what a file really is, when its first bytes do not fit its name."""
    start = first[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if name.endswith(".zip") and not first.startswith(b"PK"[: len(first)]):
        return "no zip file"
    if name.endswith(("json",)) and start and not start.startswith((b"{", b"[")):
        return "no JSON"
    return ""


def _broken(name: str, path: Path) -> str:
    """Say what is wrong with a file that has arrived whole."""
    if name.endswith(".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                return "" if archive.namelist() else "an empty zip file"
        except zipfile.BadZipFile:
            return "no whole zip file"
    if path.stat().st_size == 0:
        return "empty"
    if name.endswith("json"):
        with path.open("rb") as content:
            content.seek(max(0, path.stat().st_size - 64))
            return "" if content.read().rstrip().endswith((b"}", b"]")) else "no whole JSON"
    return ""


def _not_the_file(file: Download, what: str) -> FetchError:
    return FetchError(
        f"What {file.address} gave for {file.name} is {what}.",
        "The publisher may be at work on its site: try again later, or look up the present "
        "address and give that one.",
    )


def _disk_error(path: Path, error: OSError) -> FetchError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FetchError(
            f"The disk is full: {path.name} could not be written.",
            "Make room and try again; the download goes on where it stopped.",
        )
    return FetchError(
        f"{path.name} could not be written: {error.strerror or error}.",
        "Check that the folder exists and may be written to.",
    )


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _sync(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", "utf-8")
    unfinished.replace(path)
