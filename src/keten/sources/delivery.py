"""Opens a publisher's delivery, a zip or a folder, within limits; what is in it is for others."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from keten.errors import SourceError

MAX_TOTAL_BYTES = 4 << 30
MAX_MEMBER_BYTES = 1 << 30  # beyond this a member must not also be suspiciously well compressed
MAX_RATIO = 200
CHUNK_BYTES = 4 << 20

_CHOICE_OF_FOLDER = (".csv", ".tsv", ".txt")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def list_members(path: Path) -> tuple[str, ...]:
    """Give the files in a zip or directly in a folder, sorted, without what systems hide there."""
    if path.is_dir():
        names = [
            entry.name
            for entry in path.iterdir()
            if entry.is_file() and entry.suffix.lower() in _CHOICE_OF_FOLDER
        ]
    else:
        with _open_zip(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return tuple(sorted(name for name in names if not _is_hidden(name)))


def read_member(path: Path, member: str, head_bytes: int | None = None) -> bytes:
    """Give a member's bytes, or only about its first `head_bytes`.

    Raises: SourceError when the member is damaged, locked, or larger than a delivery can be.
    """
    if path.is_dir():
        return _read_plain(path / member, head_bytes)
    with _open_zip(path) as archive:
        info = _checked(archive, path, member)
        try:
            with archive.open(info) as stream:
                return b"".join(_chunks(stream, path, member, head_bytes))
        except _DAMAGE as damage:
            raise SourceError(
                f"{member} in {path} cannot be unpacked: {damage}.",
                "Download the zip again from the publisher; a download cut short looks like this.",
            ) from damage


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as absence:
        raise SourceError(
            f"{path} is not there.", "Check the name of the data folder."
        ) from absence
    except (OSError, *_DAMAGE) as damage:
        raise SourceError(*_why_no_zip(path, damage)) from damage
    with archive:
        yield archive


def _why_no_zip(path: Path, damage: Exception) -> tuple[str, str]:
    """Say what `path` is instead of a whole zip, and what to do about it."""
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError as trouble:
        return f"{path} cannot be opened: {trouble}.", "Check the rights on the file."
    if not head:
        return f"{path} is empty.", "Download it again from the publisher."
    if is_web_page(head):
        return (
            f"{path} is a web page, not a zip.",
            "The publisher answered with an error page; open it to see why, and download again.",
        )
    if head.startswith(b"PK"):
        return (
            f"{path} is a damaged or unfinished zip: {damage}.",
            "Download it again from the publisher; its end is missing.",
        )
    return f"{path} is not a zip.", "Download it again from the publisher, or take it away."


def is_web_page(head: bytes) -> bool:
    """Say whether bytes begin as HTML or XML do, which no table does."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head"))


def _checked(archive: zipfile.ZipFile, path: Path, member: str) -> zipfile.ZipInfo:
    """Give a member's entry after holding the declared sizes against the limits."""
    declared = sum(info.file_size for info in archive.infolist())
    if declared > MAX_TOTAL_BYTES:
        raise _too_large(path, f"unpacks to {declared:,} bytes", MAX_TOTAL_BYTES)
    try:
        info = archive.getinfo(member)
    except KeyError as absence:
        raise SourceError(f"{path} holds no {member}.", "List the data folder again.") from absence
    packed = max(info.compress_size, 1)
    if info.file_size > MAX_MEMBER_BYTES and info.file_size > MAX_RATIO * packed:
        raise _too_large(path, f"{member} unpacks {info.file_size // packed} times", MAX_RATIO)
    if info.flag_bits & 0x1:
        raise SourceError(
            f"{member} in {path} is locked with a password.",
            "Unpack it yourself into a folder and name that folder.",
        )
    return info


def _chunks(stream: IO[bytes], path: Path, member: str, head_bytes: int | None) -> Iterator[bytes]:
    """Unpack piece by piece, so that a header that lies about the size is caught in time."""
    size = 0
    while chunk := stream.read(min(CHUNK_BYTES, head_bytes or CHUNK_BYTES)):
        size += len(chunk)
        if size > MAX_TOTAL_BYTES:
            raise _too_large(path, f"{member} goes on beyond {size:,} bytes", MAX_TOTAL_BYTES)
        yield chunk
        if head_bytes is not None and size >= head_bytes:
            return


def _too_large(path: Path, what: str, limit: int) -> SourceError:
    return SourceError(
        f"{path} is larger than a delivery can be: {what} (limit {limit:,}).",
        "Check where the file comes from, and download it again from the publisher.",
    )


def _read_plain(path: Path, head_bytes: int | None) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_TOTAL_BYTES:
            raise _too_large(path, f"{size:,} bytes", MAX_TOTAL_BYTES)
        with path.open("rb") as stream:
            return stream.read(-1 if head_bytes is None else head_bytes)
    except OSError as trouble:
        raise SourceError(
            f"{path} cannot be read: {trouble}.", "Check its name and rights."
        ) from trouble


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
