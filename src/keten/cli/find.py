"""`keten find`: looks up organisations, projects and places by words."""

import click

from keten.atlas.search import search
from keten.atlas.technology_among import list_members_of
from keten.cli.output import write_json, write_line, write_table
from keten.cli.session import Session, command
from keten.model import Scope

KINDS = ("organisation", "project", "place")


@command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@click.option("--technology", metavar="NAME", help="Only what has projects about it.")
@click.option("--chain", metavar="NAME", help="Only what has projects of this value chain.")
@click.option("--mission", metavar="NAME", help="Only what has projects about this mission.")
@click.option("--limit", type=click.IntRange(1, 400), default=20, show_default=True,
              help="How many at most.")  # fmt: skip
@click.option("--page", type=click.IntRange(1, 400), default=1, help="Which page of them.")
def find(
    session: Session,
    words: tuple[str, ...],
    kind: str | None,
    technology: str | None,
    chain: str | None,
    mission: str | None,
    limit: int,
    page: int,
) -> None:
    """Find organisations, projects and places; begun and misspelt words will do.

    \b
    keten find delft
    keten find --kind project hydrogen storage
    keten find --technology optics twente
    """
    query = " ".join(words)
    given = {"technology": technology, "chain": chain, "mission": mission}
    scope = Scope.of(**given)
    among = list_members_of(session.evidence.cursor(), scope) if scope.filters else None
    view = search(
        session.evidence.index(), query, kind=kind, limit=limit, offset=(page - 1) * limit,
        among=among,
    )  # fmt: skip
    if session.as_json:
        write_json(session, query, {"search": view, "kind": kind or "", "asked": scope})
        return
    say = session.words
    if view.corrected:
        write_line(f"{say('Answered for:')} {view.corrected}")
    if not view.hits:
        write_line(say("Nothing was found."))
        return
    write_table(
        [say("identifier"), say("kind"), say("name"), ""],
        [(hit.identifier, say(hit.kind), hit.title, hit.subtitle) for hit in view.hits],
    )
    if view.has_more:
        write_line(say("There is more: add --page {}.", page + 1))
