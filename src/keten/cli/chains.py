"""`keten chains`: the value chains, and one as its page shows it."""

import click

from keten.atlas.answers import list_chains, show_chain
from keten.atlas.answers import read_chain as read_definition
from keten.atlas.parties import PLACED
from keten.atlas.views import ChainView, PartyRow
from keten.cli.output import amount, write_facts, write_json, write_line, write_notes, write_table
from keten.cli.session import Session, command
from keten.errors import NotFoundError
from keten.model import Chain, Figure, Judgement


@command()
@click.argument("chain", required=False)
def chains(session: Session, chain: str | None) -> None:
    """List the value chains, or show who is in one, in which stage, and by which words."""
    con = session.evidence.cursor()
    known, said = read_chains(session)
    if chain is None:
        rows = list_chains(con, known)
        if session.as_json:
            write_json(session, session.words("value chain"), {"chains": rows})
            return
        say = session.words
        if not rows:
            write_line(say("No value chain is in the evidence: keten load --examples, keten build"))
            return
        write_table(
            [say("value chain"), "", say("organisations"), say("projects")],
            [
                (
                    row.chain.chain,
                    row.chain.label.in_language(session.language),
                    amount(row.organisations, session),
                    amount(row.projects, session),
                )
                for row in rows
            ],
            [2, 3],
        )
        return
    view = show_chain(con, find_chain(session, chain), said)
    if session.as_json:
        write_json(session, view.chain.label.in_language(session.language), {"view": view})
    else:
        _write(session, view)


def read_chains(session: Session) -> tuple[tuple[Chain, ...], list[Judgement]]:
    """Give the chains as people define them, and where they placed parties."""
    with session.open_store() as store:
        known = tuple(read_definition(content.value) for content in store.contents("chain"))
        return known, store.judgements(PLACED, only_in_force=True)


def find_chain(session: Session, name: str) -> Chain:
    """Give the chain of that name; raises NotFoundError that names those there are."""
    known, _ = read_chains(session)
    found = next((chain for chain in known if chain.chain == name), None)
    if found is None:
        names = ", ".join(chain.chain for chain in known)
        raise NotFoundError(
            f"No value chain is known as '{name}'.",
            f"There are: {names}." if names else "Load one: keten load --examples",
        )
    return found


def _write(session: Session, view: ChainView) -> None:
    say = session.words
    write_line(view.chain.label.in_language(session.language), "bold")
    write_facts(
        [
            (say("regions"), view.chain.regions_label.in_language(session.language)),
            (say("organisations"), amount(view.organisations, session)),
            (say("projects"), amount(view.projects, session)),
            (say("with words of the chain"), amount(view.core_projects, session)),
            (say("EU contribution"), amount(view.contribution_eur, session)),
        ]
    )
    figures: list[Figure] = [view.organisations, view.projects, view.contribution_eur]
    for stage in view.stages:
        write_line()
        write_line(stage.stage.label.in_language(session.language), "bold")
        if not stage.parties:
            write_line(say("nobody in the evidence"))
            continue
        write_table(
            [say("organisation"), "", say("projects"), say("what put it here")],
            [_party(session, party) for party in stage.parties],
            [2],
        )
    write_notes(session, figures)


def _party(session: Session, party: PartyRow) -> tuple[str, str, str, str]:
    label = party.organisation
    met = ", ".join(match.title or match.term for match in party.matches[:6])
    return (
        label.organisation_id,
        label.name or session.words("without a name"),
        amount(party.projects, session),
        met or (party.placing.judgement.reason if party.placing else ""),
    )
