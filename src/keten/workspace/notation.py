"""The notation of plain files: a strict, plain part of YAML that any reader of YAML gives back the same."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

# What YAML takes for the end of a line, or does not print, though JSON leaves it as it is.
_ODD: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z0-9_]{2,60}")
# Words that some readers of YAML take for something else than text.
_WORDS: Final = frozenset({"yes", "off", "true", "false", "null"})
_LONGEST_KEY: Final = 200  # a longer one needs the notation with a question mark


def write_entries(entries: Iterable[Mapping[str, Any]]) -> str:
    """Give entries, each a mapping, as a YAML list with one line for each field."""
    lines = [line for entry in entries for line in _item(entry, "")]
    return "\n".join(lines) + "\n" if lines else "[]\n"


def write_mapping(entry: Mapping[str, Any]) -> str:
    """Give one mapping as YAML."""
    return "\n".join(_mapping(entry, "")) + "\n"


def _item(value: Any, indent: str) -> Iterator[str]:
    block = list(_block(value, f"{indent}  "))
    if not block:
        yield f"{indent}- {_scalar(value)}"
        return
    yield f"{indent}- {block[0].lstrip(' ')}"
    yield from block[1:]


def _block(value: Any, indent: str) -> Iterator[str]:
    """Give the lines of a mapping or a list with something in it; nothing for anything else."""
    if isinstance(value, Mapping) and value:
        yield from _mapping(value, indent)
    elif isinstance(value, list) and value:
        for item in value:
            yield from _item(item, indent)


def _mapping(entry: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in entry.items():
        key = _key(name)
        head = f"{indent}{key}:"
        if len(key) > _LONGEST_KEY:
            yield f"{indent}? {key}"
            head = f"{indent}:"
        block = list(_block(value, f"{indent}  "))
        if block:
            yield head
            yield from block
        else:
            yield f"{head} {_scalar(value)}"


def _key(name: str) -> str:
    is_plain = _PLAIN_KEY.fullmatch(name) and name not in _WORDS
    return name if is_plain else _text(name)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        written = repr(value)
        # Without a point YAML takes 1e+16 for text.
        return written if "." in written else written.replace("e", ".0e")
    return json.dumps(value)


def _text(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
