"""`keten taxonomies`: the taxonomies and their versions, one entry with what it catches, two compared."""

import click

from keten.atlas.taxonomies import find_taxonomy, in_force, list_taxonomies
from keten.atlas.taxonomy_answers import show_entry
from keten.atlas.taxonomy_views import CatchView
from keten.atlas.versions import carry, show_versions
from keten.cli.output import amount, write_facts, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError


@click.group()
def taxonomies() -> None:
    """See technologies, missions, value chains and agencies as lists with versions, and compare two.

    Lists are kept with `keten load FILE`; a later version stands beside the earlier one.
    """


_VERSION = click.option("--version", default="", help="Which version. [default: the one in force]")


@command(name="list")
def list_(session: Session) -> None:
    """List every taxonomy with its versions."""
    with session.open_store() as store:
        known = list_taxonomies(store)
    if session.as_json:
        write_json(session, "taxonomies", {"taxonomies": known}, needs_evidence=False)
        return
    say = session.words
    if not known:
        write_line(say("No taxonomy is kept yet: keten load --examples"))
        return
    current = {each.name for each in in_force(known, now().date())}
    write_table(
        [say("taxonomy"), "", say("version"), say("holds from"), say("entries"), ""],
        [
            (
                each.scheme,
                each.label.in_language(session.language),
                each.version,
                each.valid_from,
                str(len(each.entries)),
                say("in force") if each.name in current else "",
            )
            for each in known
        ],
        [4],
    )


@command(name="show")
@click.argument("scheme")
@click.argument("entry", required=False)
@_VERSION
def show(session: Session, scheme: str, entry: str | None, version: str) -> None:
    """Show a taxonomy, or one entry of it with the projects that its mapping catches."""
    with session.open_store() as store:
        found = find_taxonomy(list_taxonomies(store), scheme, version, now().date())
        view = show_entry(session.evidence.cursor(), store, found, entry) if entry else None
    say, language = session.words, session.language
    if view is None:
        if session.as_json:
            write_json(session, scheme, {"taxonomy": found}, needs_evidence=False)
            return
        write_line(found.label.in_language(language), "bold")
        write_facts(
            [
                (say("version"), found.version),
                (say("holds from"), found.valid_from),
                (say("source"), found.source),
                (say("address"), found.address),
            ]
        )
        write_table(
            [say("entry"), "", say("regions")],
            [(e.entry, e.label.in_language(language), " ".join(e.regions)) for e in found.entries],
        )
        return
    if session.as_json:
        write_json(session, view.entry.label.in_language(language), {"view": view})
        return
    write_line(view.entry.label.in_language(language), "bold")
    write_facts(
        [
            (say("in English"), view.entry.label.en),
            (say("in Dutch"), view.entry.label.nl),
            ("", view.entry.description.in_language(language)),
            (say("source"), view.entry.source),
            (say("members"), amount(view.members_total, session)),
        ]
    )
    if view.catch:
        _write_catch(session, view.catch)


@command(name="compare")
@click.argument("scheme")
@click.argument("old")
@click.argument("new")
@click.option("--carry", "carries", is_flag=True, help="Carry memberships along to the later one.")
@click.option("--why", "reason", default="", help="The reason of carrying along, in words.")
@click.option("--who", "author", default="", help="Who says so.")
def compare(
    session: Session, scheme: str, old: str, new: str, carries: bool, reason: str, author: str
) -> None:
    """Compare two versions: what was added, dropped, renamed, split or merged."""
    if carries and not (reason.strip() and author.strip()):
        raise UsageError("Carrying along needs a reason and an author.", "Add --why and --who.")
    with session.open_store() as store:
        known, today = list_taxonomies(store), now().date()
        earlier = find_taxonomy(known, scheme, old, today)
        later = find_taxonomy(known, scheme, new, today)
        batch = carry(store, earlier, later, reason, author, now()) if carries else None
        view = show_versions(store, earlier, later)
    if session.as_json:
        write_json(session, scheme, {"view": view, "batch": batch}, needs_evidence=False)
        return
    say, language = session.words, session.language
    write_table(
        ["", old, new],
        [
            (
                say(change.what),
                ", ".join(each.label.in_language(language) for each in change.old),
                ", ".join(each.label.in_language(language) for each in change.new),
            )
            for change in view.changes
        ],
    )
    if batch is not None:
        write_line(f"{say('Memberships were carried along, as batch')} {batch.number}.")
    elif view.waiting:
        write_line(say("Memberships can be carried along: add --carry --why ... --who ..."))
    else:
        write_line(say("No membership is left to be carried along."))


def _write_catch(session: Session, catch: CatchView) -> None:
    say = session.words
    write_facts([(say("projects it catches"), amount(catch.projects, session))])
    write_table(
        [say("clue"), "", say("weight"), say("projects with it"), say("by it alone")],
        [
            (
                row.clue.term,
                say(row.clue.way),
                f"{row.clue.weight:g}",
                amount(row.met, session),
                amount(row.alone, session),
            )
            for row in catch.clues
        ],
        [2, 3, 4],
    )
    if catch.missed:
        write_line(say("Near by, and not caught:"), "bold")
        write_table(
            [say("project"), "", say("words")],
            [
                (each.project_id, each.title, ", ".join(term for _, term in each.met))
                for each in catch.missed
            ],
        )


for _each in (list_, show, compare):
    taxonomies.add_command(_each)
