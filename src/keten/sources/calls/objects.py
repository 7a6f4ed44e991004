"""Cuts a text into the JSON objects it consists of, verbatim; what they mean is for others.

Objects may be glued together or stand in a list. Where one is damaged, reading goes on at the next
place where an object can begin, and the damaged piece is given as it is.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from keten.errors import SourceError
from keten.sources.delivery import is_web_page

MAX_BYTES = 1 << 28
MAX_OBJECT = 1 << 20
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
# In JSON a quote can follow `}{` only where an object ends and another begins.
_NEXT = re.compile(r'\}[\s,]*(?=\{\s*")')
_BETWEEN = " \t\r\n,"


def read_text(path: Path) -> str:
    """Give the text of a file, unpacked when its name ends in gz.

    Raises: SourceError when it cannot be read, is cut short, too large, or no JSON at all.
    """
    try:
        with path.open("rb") as raw:
            stream = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            data = stream.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as damage:
        raise SourceError(
            f"{path} cannot be unpacked: {damage}.",
            "Download it again; a download cut short looks like this.",
        ) from damage
    except OSError as trouble:
        raise SourceError(
            f"{path} cannot be read: {trouble.strerror}.", "Check its name and rights."
        ) from trouble
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{path} unpacks to more than {MAX_BYTES:,} bytes.", "Check where it comes from."
        )
    if is_web_page(data[:512]) or not data.strip():
        raise SourceError(
            f"{path} is a web page or empty, no JSON.", "Download it again from the publisher."
        )
    return data.decode("utf-8-sig", "replace")


def cut_objects(text: str, start: int = 0) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Give each object as it stands and as it reads, None when damaged; stops where a list ends."""
    at = start
    while True:
        while at < len(text) and text[at] in _BETWEEN:
            at += 1
        if at >= len(text) or text[at] == "]":
            return
        end = _end_of_object(text, at) or _next_begin(text, at)
        value = _parse(text[at:end])
        if value is None:  # a quote that is missing makes an object seem to go on into others
            end = min(end, _next_begin(text, at))
        yield text[at:end].rstrip(_BETWEEN), value
        at = end


def _parse(piece: str) -> dict[str, Any] | None:
    try:
        value = json.loads(piece)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _end_of_object(text: str, start: int) -> int | None:
    """Give where the object that begins at `start` is closed; None when it is not."""
    if text[start] != "{":
        return None
    depth = 0
    for token in _TOKEN.finditer(text, start, min(len(text), start + MAX_OBJECT)):
        depth += (token[0] == "{") - (token[0] == "}")
        if depth == 0:
            return token.end()
    return None


def _next_begin(text: str, start: int) -> int:
    """Give where the next object begins after a damaged piece, or the end of the text."""
    following = _NEXT.search(text, start)
    return following.end() if following else len(text)
