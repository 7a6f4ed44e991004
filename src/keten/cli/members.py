"""`keten members`: who resembles the members of a stage of a chain, and saying yes or no to one."""

import click

from keten.atlas.answers import current_organisation
from keten.atlas.likely import find_likely_members
from keten.atlas.likely_views import LikelyMember, LikelyMembers
from keten.atlas.membership import place_party, read_said, refuse_member
from keten.atlas.stage_group import AMONG
from keten.cli.chains import find_chain
from keten.cli.output import amount, write_facts, write_json, write_line, write_notes, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError


@command()
@click.argument("chain")
@click.argument("stage")
@click.option("--among", type=click.Choice(AMONG), default=AMONG[0], show_default=True,
              help="From whom to choose: the chain's regions, their countries, or everyone.")  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, 200), default=12, show_default=True, help="How many."
)
@click.option("--accept", metavar="ORGANISATION", help="Place this one in the stage.")
@click.option("--refuse", metavar="ORGANISATION", help="Say that this one does not belong there.")
@click.option("--why", "reason", default="", help="The reason, in words.")
@click.option("--who", "author", default="", help="Who says so.")
def members(
    session: Session, chain: str, stage: str, among: str, limit: int,
    accept: str | None, refuse: str | None, reason: str, author: str,
) -> None:  # fmt: skip
    """Show who resembles the members of a STAGE of a CHAIN and why, or answer a suggestion.

    What is refused is kept, and not proposed for that stage again. To take an answer back: keten rule
    withdraw NUMBER.
    """
    con, defined = session.evidence.cursor(), find_chain(session, chain)
    if accept or refuse:
        if accept and refuse:
            raise UsageError("One answer at a time.", "Leave out --accept or --refuse.")
        if not (reason.strip() and author.strip()):
            raise UsageError("An answer needs a reason and an author.", "Add --why and --who.")
        party = current_organisation(con, accept or refuse or "")
        write = place_party if accept else refuse_member
        with session.open_store() as store:
            line = write(con, store, defined, party, stage, reason, author, now())
        if session.as_json:
            write_json(session, line.kind, {"judgement": line})
        else:
            write_line(session.words("Recorded as judgement {}.", line.number))
        return
    with session.open_store() as store:
        said = read_said(store)
    view = find_likely_members(con, defined, stage, said, among, limit)
    if session.as_json:
        write_json(session, stage, {"view": view})
    else:
        _write(session, view)


def _write(session: Session, view: LikelyMembers) -> None:
    say, language = session.words, session.language
    write_line(view.stage.label.in_language(language), "bold")
    facts = [
        (say("members"), amount(view.members, session)),
        (say("organisations to choose from"), amount(view.candidates, session)),
    ]
    if view.found is not None and view.by_size is not None:
        facts.append(
            (say("found again among the first twelve, when left out"), amount(view.found, session))
        )
        facts.append((say("the same, by number of projects"), amount(view.by_size, session)))
    write_facts(facts)
    if not view.suggestions:
        write_line(say("Nobody to propose: there are no members to resemble, or nobody is left."))
        return
    write_table(
        [say("organisation"), "", say("likeness"), say("resembles them by")],
        [
            (
                each.organisation.organisation_id,
                each.organisation.name or say("without a name"),
                amount(each.score, session),
                _why(session, each),
            )
            for each in view.suggestions
        ],
        [2],
    )
    write_notes(session, [view.members, view.candidates])


def _why(session: Session, each: LikelyMember) -> str:
    return "; ".join(
        reason.name.in_language(session.language)
        if reason.family in ("field", "part", "technology")
        else ", ".join(label.name or label.organisation_id for label in reason.together)
        if reason.family == "project"
        else session.words("kind")
        for reason in each.reasons
    )
