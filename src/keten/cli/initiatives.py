"""`keten initiatives`: the initiatives of a region, who serves what, and who ought to meet."""

import click

from keten.cli.output import write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError
from keten.programme.register_answers import (
    SERVED,
    Meeting,
    Wanted,
    choose,
    find_meetings,
    make_matrix,
    read_known_terms,
    read_register,
)
from keten.workspace import DIMENSIONS, Person, Terms


@command()
@click.option("--by", type=click.Choice([*SERVED, "kind"]), default="element", show_default=True,
              help="Lay them out by what they serve.")  # fmt: skip
@click.option("--serving", "serving", multiple=True, metavar="KIND=NAME",
              help="Only those that serve this: element=finance, region=NL11.")  # fmt: skip
@click.option("--words", default="", help="Only those with these words in name, aim or lead.")
def initiatives(session: Session, by: str, serving: tuple[str, ...], words: str) -> None:
    """Show the initiatives that people named, what several serve alike, what none serves, who to meet.

    \b
    keten lists import initiatives.xlsx --as Initiatives --who "Your name"
    keten initiatives --by mission --serving region=NL11
    """
    con, owner = session.evidence.cursor(), Person(0, "", "administrator", "")
    say, language = session.words, session.language
    with session.open_store() as store:
        terms = read_known_terms(con, store, session.settings.home_country, now().date())
        wanted = Wanted(words, serves=tuple(_read(terms, text) for text in serving))
        rows = choose(read_register(store, owner), wanted)
    matrix, meetings = make_matrix(rows, by, terms), find_meetings(con, rows)
    if session.as_json:
        write_json(session, "initiatives", {"matrix": matrix, "meetings": meetings})
        return
    if not rows:
        write_line(say("No initiative was named yet, or none is like that."))
        return
    write_table(
        [say("initiative"), say("who runs it"), DIMENSIONS[by][1].in_language(language).lower()],
        [
            (row.said.label, row.said.lead,
             ", ".join(terms.label(key).in_language(language) for key in row.serving(by)))
            for row in rows
        ],
    )  # fmt: skip
    for label, columns in (
        (say("served by several"), matrix.alike),
        (say("served by none"), matrix.unserved),
    ):
        told = ", ".join(column.label.in_language(language) for column in columns)
        write_line(f"{label}: {told or '-'}")
    for pair in meetings:
        write_line(
            f"{pair.one.said.label} ↔ {pair.other.said.label}: {_why(pair, terms, language)}"
        )


def _why(pair: Meeting, terms: Terms, language: str) -> str:
    keys = [key for each in pair.shared.values() for key in each] + list(pair.regions)
    names = [terms.label(key).in_language(language) for key in keys]
    return ", ".join([*names, *(label.name or "" for label in pair.partners)])


def _read(terms: Terms, text: str) -> str:
    kind, _, name = text.partition("=")
    key = terms.find(kind, name)
    if not key:
        raise UsageError(
            f"'{text[:80]}' names nothing that an initiative can serve.",
            f"Write KIND=NAME, with one of: {', '.join(SERVED)}.",
        )
    return key
