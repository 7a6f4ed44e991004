"""Writes answers: tables and lines for people, JSON in the web's shape for programs, errors."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from rich import box
from rich.console import Console
from rich.table import Table

from keten.atlas.answers import show_sources
from keten.cli.session import Session
from keten.errors import KetenError
from keten.model import Figure

# Texts of sources go to a terminal: nothing in them may steer it.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WIDE = 400  # columns where no terminal sets a limit: nothing is cut off in a pipe


def console(*, err: bool = False) -> Console:
    """Give a console for the present stdout or stderr."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(
        file=stream, markup=False, highlight=False, emoji=False, width=width, soft_wrap=not width
    )


def write_line(text: str = "", style: str = "") -> None:
    """Write one line, wrapped only where a terminal wraps it."""
    console().print(clean(text), style=style or None, soft_wrap=True)


def write_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()
) -> None:
    """Write a table; the columns whose places are in `numbers` are aligned to the right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for place, heading in enumerate(headings):
        is_number = place in numbers
        table.add_column(
            heading,
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(clean(cell) for cell in row))
    console().print(table)
    console().print()


def write_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Write names and values under each other, leaving out what is empty."""
    given = [(name, value) for name, value in facts if value]
    if not given:
        return
    widest = max(len(name) for name, _ in given)
    for name, value in given:
        write_line(f"{name:<{widest}}  {value}")


def write_notes(session: Session, figures: Iterable[Figure]) -> None:
    """Write the caveats that these figures carry, and that the evidence is invented if it is."""
    texts = read_caveats(session)
    named = dict.fromkeys(name for figure in figures for name in figure.caveats)
    for name in named:
        write_line(f"* {texts.get(name, name)}", "dim")
    if session.evidence.is_invented and "invented" not in named:
        write_line(session.words("Everything here is invented."), "bold")


def read_caveats(session: Session) -> dict[str, str]:
    """Give name to text of every caveat of the evidence in force."""
    return {
        name: text.in_language(session.language)
        for view in show_sources(session.evidence.cursor())
        for name, text in view.card.caveats.items()
    }


def write_json(
    session: Session,
    title: str,
    answer: Mapping[str, Any],
    *,
    needs_evidence: bool = True,
) -> None:
    """Write an answer in the shape that the twin of its page has."""
    from keten.web.address import Addresses
    from keten.web.plain import plain

    addresses = Addresses(session.language)
    about: dict[str, Any] = {"language": session.language, "title": title}
    if needs_evidence:
        evidence = session.evidence
        about["evidence"] = {
            "number": evidence.number,
            "built_at": evidence.built_at.isoformat(),
            "fingerprint": evidence.fingerprint,
            "invented": evidence.is_invented,
        }
        about["caveats"] = read_caveats(session)
    body = {name: plain(value, addresses) for name, value in answer.items()}
    click.echo(json.dumps({**about, "answer": body}, ensure_ascii=False, indent=2))


def write_error(error: KetenError, *, as_json: bool) -> None:
    """Write what happened and what to do next: two lines on stderr, or the one shape of errors."""
    if as_json:
        body = {"code": error.code, "what": error.what, "next_step": error.next_step}
        click.echo(json.dumps({"error": body}, ensure_ascii=False), err=True)
        return
    what, next_step = (" ".join(clean(text).split()) for text in (error.what, error.next_step))
    click.echo(what, err=True)
    click.echo(next_step or "See: keten --help", err=True)


def amount(figure: Figure | None, session: Session) -> str:
    """Write a figure in full, with its unit; its caveats stand below the answer."""
    if figure is None:
        return ""
    if figure.value is None:
        return session.words("not known")
    if figure.unit == "share":
        return str(format_percent(figure.value, "#,##0.#%", locale=session.language))
    if figure.unit == "EUR":
        return f"EUR {format_decimal(figure.value, '#,##0.00', locale=session.language)}"
    unit = "" if figure.unit == "count" else f" {figure.unit}"
    return f"{format_decimal(figure.value, locale=session.language)}{unit}"


def day(value: Any, session: Session) -> str:
    """Write a day in words; nothing for none."""
    return "" if value is None else str(format_date(value, "d MMM y", locale=session.language))


def clean(text: object) -> str:
    """Give text without what could steer a terminal."""
    return _STEERING.sub("\ufffd", str(text))
