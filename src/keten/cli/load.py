"""`keten load`: keeps what people define in plain files: chains, elements, developments, rules."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
import yaml

from keten.cli.output import write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import EvidenceError, UsageError
from keten.model import Content
from keten.sources.invented import MARKER
from keten.workspace import Store
from keten.workspace.examples import FOLDER

# Each kind of content, and which room reads it: `module:function` raises UsageError when it is wrong.
READERS: Final[Mapping[str, str]] = {
    "chain": "keten.atlas.definition:read_chain",
    "developments": "keten.portfolio.definition:read_developments",
    "elements": "keten.diagnosis.definition:read_elements",
    "finance-rules": "keten.funding.definition:read_finance_rules",
    "taxonomy": "keten.atlas.taxonomy:read_taxonomy",
}
AUTHOR: Final = "keten"  # of the examples that come with the product
_REASON: Final = "An example that comes with keten."
_OF_REGIONS: Final = ("chain", "developments")


@command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--examples", is_flag=True, help="Keep the examples that come with keten, too.")
@click.option("--check", is_flag=True, help="Only say whether the files are right.")
@click.option("--why", "reason", default="Loaded from a file.", help="The reason, in words.")
@click.option("--who", "author", default=AUTHOR, help="Who says so.")
def load(
    session: Session, files: tuple[Path, ...], examples: bool, check: bool, reason: str, author: str
) -> None:
    """Keep definitions: value chains, elements of the canvas, developments, rules of financing.

    \b
    A file is YAML that begins with `content:` (its kind) and `name:`. Nothing is overwritten: a
    later definition takes the place of an earlier one, which stays in the history. Chains enter
    the evidence with the next build.
    """
    if not files and not examples:
        raise UsageError("No file is named.", "Name one or more, or add --examples.")
    read = [read_content(path) for path in files]
    if check:
        write_line(session.words("All files are right."))
        return
    with session.open_store() as store:
        kept = [
            store.define(kind, name, value, reason, author, now()) for kind, name, value in read
        ]
        if examples:
            kept += keep_examples(store, now(), is_invented=_is_invented(session))
    say = session.words
    if session.as_json:
        rows = [{"content": c.kind, "name": c.name, "number": c.number, "new": n} for c, n in kept]
        write_json(session, "load", {"kept": rows}, needs_evidence=False)
        return
    write_table(
        [say("content"), say("name"), say("line"), ""],
        [
            (content.kind, content.name, str(content.number), say("new" if new else "as before"))
            for content, new in kept
        ],
        [2],
    )
    if any(new and content.kind == "chain" for content, new in kept):
        write_line(say("Chains enter the evidence with the next build: keten build"))


def list_examples() -> list[Path]:
    """Give the files that come with the product."""
    return sorted(FOLDER.glob("*.yaml"))


def read_content(path: Path) -> tuple[str, str, dict[str, Any]]:
    """Give kind, name and value of a definition file; raises UsageError that says what to mend."""
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}.", "Name a file.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"'{path}' is not written in UTF-8.", "Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "it is no YAML"
        raise UsageError(f"'{path}'{where}: {what}.", "Mend that line.") from error
    if not isinstance(value, dict) or value.get("content") not in READERS:
        kinds = ", ".join(sorted(READERS))
        raise UsageError(
            f"'{path}' does not say of which kind its content is.",
            f"Begin the file with `content:` and one of: {kinds}.",
        )
    plain: dict[str, Any] = _plain(value)
    try:
        find_reader(plain["content"])(plain)
    except UsageError as error:
        raise UsageError(f"{path.name}: {error.what}", error.next_step) from error
    return plain["content"], _name(plain), plain


def find_reader(kind: str) -> Callable[[Mapping[str, Any]], Any]:
    """Give the function that reads content of a kind."""
    module, _, function = READERS[kind].partition(":")
    found: Callable[[Mapping[str, Any]], Any] = getattr(import_module(module), function)
    return found


def keep_examples(
    store: Store, made_at: datetime, *, is_invented: bool
) -> list[tuple[Content, bool]]:
    """Keep the examples; what people defined under the same name stays theirs.

    Chains and developments of the invented region go with it, and those of real regions with real
    data; the rest goes with both. Says of each whether it was new.
    """
    kept = []
    for path in list_examples():
        kind, name, value = read_content(path)
        earlier = store.content(kind, name)
        is_elsewhere = _is_of_regions(value) and bool(value.get("is_invented")) != is_invented
        if is_elsewhere or (earlier is not None and earlier.author != AUTHOR):
            continue
        kept.append(store.define(kind, name, value, _REASON, AUTHOR, made_at))
    return kept


def _name(value: Mapping[str, Any]) -> str:
    """Give the name under which content is kept: versions of a taxonomy stand beside each other."""
    name = str(value["name"])
    return f"{name}@{value['version']}" if value["content"] == "taxonomy" else name


def _is_of_regions(value: Mapping[str, Any]) -> bool:
    """Say whether content is about some regions, and goes with their data only."""
    entries = value["entries"] if value["content"] == "taxonomy" else ()
    return value["content"] in _OF_REGIONS or any(entry.get("regions") for entry in entries)


def _is_invented(session: Session) -> bool:
    """Say whether the examples are for the invented region: by the evidence, else by the data."""
    try:
        return session.evidence.is_invented
    except EvidenceError:
        folder = session.settings.data
        return folder is not None and (folder / MARKER).exists()


def _plain(value: Any) -> Any:
    """Give what JSON can hold: YAML reads dates by itself."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
