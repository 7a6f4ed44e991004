"""`keten why`: leads a number back to its method and to the source rows it was made from."""

from typing import Any

import click

from keten.atlas.answers import explain
from keten.cli import identify
from keten.cli.output import amount, write_facts, write_json, write_line, write_notes
from keten.cli.session import Session, command
from keten.errors import UsageError
from keten.model import Scope

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
@click.argument("measure")
@_filters
@click.option("--where", multiple=True, metavar="NAME=VALUE",
              help="Any other filter, as in a page's address; may be repeated.")  # fmt: skip
@click.option("--rows", type=click.IntRange(0, 10_000), default=10, show_default=True,
              help="How many source rows to print.")  # fmt: skip
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of them.")
def why(
    session: Session,
    measure: str,
    where: tuple[str, ...],
    rows: int,
    page: int,
    **filters: str | None,
) -> None:
    """Say where a number comes from: its value computed anew, its method, its source rows.

    \b
    MEASURE is a name from `keten methods`.
    keten why contribution_eur --organisation pic:999977366 --year 2023
    """
    scope = _scope(session, where, filters)
    con = session.evidence.cursor()
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
