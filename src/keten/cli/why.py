"""`keten why`: leads a number back to its method and source rows; says why two records are one."""

from typing import Any

import click

from keten.atlas.answers import explain
from keten.atlas.pairs import read_pair
from keten.atlas.why import read_records
from keten.cli import identify
from keten.cli.output import amount, write_facts, write_json, write_line, write_notes
from keten.cli.pair import write_pair
from keten.cli.session import Session, command
from keten.errors import UsageError
from keten.model import Explanation, Method, Scope, is_organisation_id

FILTERS = {
    "organisation": "The organisation, such as pic:999977366.",
    "partner": "Together with this organisation.",
    "project": "The project, such as he-101069359.",
    "region": "In these regions and all inside them, such as NL11+NL12.",
    "country": "In this country, as the source writes it.",
    "year": "Projects that began in this year.",
    "programme": "he or h2020.",
    "kind": "company, knowledge, government or other.",
    "role": "coordinator, participant, ...",
    "field": "A field of science by its code, such as /25/73.",
    "sme": "true, false or unknown.",
}


def _filters(function: Any) -> Any:
    for name, words in reversed(FILTERS.items()):
        function = click.option(f"--{name}", metavar="VALUE", help=words)(function)
    return function


@command()
@click.argument("measure", metavar="MEASURE | A")
@click.argument("other", metavar="[B]", required=False)
@_filters
@click.option("--where", multiple=True, metavar="NAME=VALUE",
              help="Any other filter, as in a page's address; may be repeated.")  # fmt: skip
@click.option("--rows", type=click.IntRange(0, 10_000), default=10, show_default=True,
              help="How many source rows to print.")  # fmt: skip
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of them.")
def why(
    session: Session,
    measure: str,
    other: str | None,
    where: tuple[str, ...],
    rows: int,
    page: int,
    **filters: str | None,
) -> None:
    """Say where a number comes from: its value computed anew, its method, its source rows.

    \b
    MEASURE is a name from `keten methods`.
    keten why contribution_eur --organisation pic:999977366 --year 2023

    With two records or organisations: what speaks for one organisation, and what against.

    \b
    keten why he:999977366 ror:02e2c7k09
    """
    if other is not None:
        _compare(session, measure, other)
        return
    from keten.web.explainers import find_explainer  # the pages load slowly

    scope = _scope(session, where, filters)
    con = session.evidence.cursor()
    room = find_explainer(measure)
    if room is not None:
        with session.open_store() as store:
            found = room.explain(con, store, measure, scope)
        _write_explained(session, room.methods[measure], found, rows, page)
        return
    view = explain(con, measure, scope, page, language=session.language, per_page=max(rows, 1))
    if session.as_json:
        write_json(session, view.title, {"why": view})
        return
    say = session.words
    figure = view.figure
    write_line(view.title, "bold")
    seen = figure.coverage
    write_facts(
        [
            (say("value"), amount(figure, session)),
            (say("of"), " ".join(f"{name}={value}" for name, value in figure.scope.filters)),
            (say("period"), figure.period),
            (say("coverage"), f"{seen.seen} {say('of')} {seen.of}" if seen else ""),
            (say("method"), f"{view.method} ({figure.measure}, {figure.version})"),
            (say("rows"), amount(view.records_total, session)),
        ]
    )
    for record in view.records[:rows]:
        write_line()
        write_line(f"{record.file_name}, {say('line')} {record.line}", "bold")
        write_facts((name, value) for name, value in record.cells)
        if not record.cells:
            write_line(record.text)
    if view.has_more and rows:
        write_line()
        write_line(say("There is more: add --page {}.", page + 1))
    write_notes(session, [figure])


def _compare(session: Session, left: str, right: str) -> None:
    """Write two records compared; a bare number is a participant's."""
    names = [f"pic:{name}" if name.isdecimal() else name.strip() for name in (left, right)]
    for name in names:
        if not is_organisation_id(name):
            identify.organisation(session, name)  # says what is wrong, and what is near
    with session.open_store() as store:
        pair = read_pair(session.evidence.cursor(), store, *names)
    if session.as_json:
        title = f"{pair.left.name or '?'} =? {pair.right.name or '?'}"
        write_json(session, title, {"pair": pair})
        return
    write_pair(session, pair)


def _write_explained(
    session: Session, method: Method, found: Explanation, rows: int, page: int
) -> None:
    """Write a figure that a room makes of others: its parts, what people wrote, its source rows."""
    say, first = session.words, (page - 1) * max(rows, 1)
    shown = found.record_ids[first : first + max(rows, 1)]
    records = read_records(session.evidence.cursor(), shown)
    title = method.title.in_language(session.language)
    if session.as_json:
        write_json(session, title, {"why": found, "records": records})
        return
    figure = found.figure
    bounds = figure.interval
    write_line(title, "bold")
    write_facts(
        [
            (say("value"), amount(figure, session)),
            (say("between"), f"{bounds.low:.4g} {say('and')} {bounds.high:.4g}" if bounds else ""),
            (say("of"), " ".join(f"{name}={value}" for name, value in figure.scope.filters)),
            (say("method"), f"{method.method.in_language(session.language)} ({method.name})"),
            (say("after"), method.source),
            (say("lines people wrote"), ", ".join(map(str, found.judgements))),
            (say("rows"), str(len(found.record_ids))),
        ]
    )
    for label, part in found.parts:
        write_line(f"  {label.in_language(session.language)}: {amount(part, session)}")
    for record in records[:rows]:
        write_line()
        write_line(f"{record.file_name}, {say('line')} {record.line}", "bold")
        write_facts((name, value) for name, value in record.cells)
        if not record.cells:
            write_line(record.text)
    if first + len(shown) < len(found.record_ids) and rows:
        write_line()
        write_line(say("There is more: add --page {}.", page + 1))
    write_notes(session, [figure])


def _scope(session: Session, where: tuple[str, ...], filters: dict[str, str | None]) -> Scope:
    given = {name: value for name, value in filters.items() if value is not None}
    for pair in where:
        name, is_pair, value = pair.partition("=")
        if not (name and is_pair and value):
            raise UsageError(f"'{pair}' is no filter.", "Write NAME=VALUE, such as role=partner.")
        given[name] = value
    for name in ("organisation", "partner"):
        if name in given:
            given[name] = identify.organisation(session, given[name])
    if "region" in given and given["region"] != "unknown":
        given["region"] = "+".join(identify.regions(session, given["region"]))
    return Scope.of(**given)
