"""`keten fund`: the open calls that fit a value chain, with the words that say so."""

import click

from keten.cli.chains import find_chain
from keten.cli.output import (
    amount,
    day,
    write_facts,
    write_json,
    write_line,
    write_notes,
    write_table,
)
from keten.cli.session import Session, command, now
from keten.funding.answers import list_calls
from keten.funding.views import CallList, CallRow


@command()
@click.argument("chain")
@click.option("--part", default="", help="Calls of this part of a programme that hold no word.")
def fund(session: Session, chain: str, part: str) -> None:
    """List calls of EU programmes that fit CHAIN by its words, the strongest first.

    \b
    keten fund photonics
    keten fund photonics --part HORIZON-CL4-DIGITAL
    """
    defined = find_chain(session, chain)
    view = list_calls(session.evidence.cursor(), defined.chain, now().date(), part)
    if session.as_json:
        title = session.words("What can be applied for?")
        write_json(session, title, {"calls": view})
        return
    _write(session, view)


def _write(session: Session, view: CallList) -> None:
    say = session.words
    write_facts(
        [
            (say("calls with a word of the chain"), amount(view.found, session)),
            (say("of these, one can still apply for"), amount(view.applicable, session)),
            (say("their budget together, at most"), amount(view.budget_eur, session)),
            (say("calls of"), day(view.stated_on, session)),
        ]
    )
    write_line()
    if not view.rows:
        write_line(say("No call holds a word of this chain."))
    write_table(
        [say("call"), "", say("state"), say("deadline"), say("budget"), say("words")],
        [
            (
                row.call_id,
                "".join(piece.text for piece in row.title),
                say(row.state),
                day(row.deadline, session),
                _budget(session, row),
                ", ".join(hit.term for hit in row.hits),
            )
            for row in view.rows
        ],
        [4],
    )
    if view.parts and not view.part:
        write_line(say("Parts of programmes that paid for such projects before (--part):"))
        write_table(
            [say("part"), say("projects of the chain"), say("other calls"), say("first deadline")],
            [
                (
                    row.part,
                    amount(row.projects, session),
                    amount(row.calls, session),
                    day(row.next_deadline, session),
                )
                for row in view.parts
            ],
            [1, 2],
        )
    write_notes(session, [view.applicable, view.budget_eur])


def _budget(session: Session, row: CallRow) -> str:
    shared = " *" if row.budget_of == "call" else ""
    return amount(row.budget_eur, session) + shared
