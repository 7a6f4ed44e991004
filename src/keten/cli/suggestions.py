"""`keten suggestions`: what visitors proposed, listed, accepted and declined, and whether any are taken."""

import click

from keten.atlas.proposal import WHATS, Proposal
from keten.atlas.suggestion_records import Chosen, accept, decline, open_again
from keten.atlas.suggestions import (
    EDITORS,
    STATES,
    Suggestion,
    are_taken,
    find_suggestion,
    list_suggestions,
    take,
)
from keten.cli.output import day, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError

_KEY = click.argument("key")
_WHO = click.option("--who", "author", metavar="NAME", default="", help="Who says so.")
_WHY = click.option("--why", "reason", default="", help="What whoever sent it reads.")


@click.group()
def suggestions() -> None:
    """See what visitors say is missing or wrong, and answer it.

    \b
    keten suggestions take yes --who "Your name"         visitors may send them from now on
    keten suggestions list
    keten suggestions accept 0123456789ab --who "Your name"
    """


@command(name="list")
@click.option("--state", type=click.Choice([*STATES, "all"]), default="open", show_default=True,
              help="Only those in this state.")  # fmt: skip
@click.option("--what", type=click.Choice(WHATS), help="Only those of this kind.")
def list_them(session: Session, state: str, what: str | None) -> None:
    """List what was proposed."""
    with session.open_store() as store:
        asked = "" if state == "all" else state
        found = list_suggestions(store, EDITORS, state=asked, what=what or "")
        is_open = are_taken(store)
    say = session.words
    if session.as_json:
        answer = {"suggestions": found, "open": is_open}
        write_json(session, say("suggestions"), answer, needs_evidence=False)
        return
    if found:
        write_table(
            ["#", say("what is proposed"), say("organisation"), "", say("why"),
             say("when"), say("state")],
            [
                (one.key, say(one.proposal.what), one.proposal.name or one.proposal.about,
                 _told(session, one.proposal), one.proposal.why, day(one.line.made_at, session),
                 say(one.state))
                for one in found
            ],
        )  # fmt: skip
    else:
        write_line(say("There are no such suggestions."))
    if not is_open:
        write_line(say("Visitors cannot send any: keten suggestions take yes --who NAME"))


@command(name="accept")
@_KEY
@click.option("--organisation", "chosen", default="", metavar="NUMBER",
              help="Which one is meant, where a name alone was given (pic:999990267).")  # fmt: skip
@_WHO
@_WHY
def accept_one(session: Session, key: str, chosen: str, author: str, reason: str) -> None:
    """Accept a suggestion: write the line that makes it hold."""
    writer, say = _writer(author), session.words
    with session.open_store() as opened:
        store = opened.as_owner()
        found = find_suggestion(store, key, EDITORS)
        is_known = bool(found.proposal.about)
        batch = accept(
            session.evidence.cursor(), store, found, reason or say("Accepted, thank you."), writer,
            now(), chosen=Chosen(other=chosen) if is_known else Chosen(about=chosen),
            title=say("Suggested organisations"), reader=EDITORS,
        )  # fmt: skip
    if session.as_json:
        write_json(session, key, {"batch": batch}, needs_evidence=False)
        return
    write_line(say("Accepted; to take this back: keten suggestions reopen {} --who NAME", key))


@command(name="decline")
@_KEY
@_WHO
@_WHY
def decline_one(session: Session, key: str, author: str, reason: str) -> None:
    """Decline a suggestion; whoever sent it reads why."""
    writer = _writer(author)
    with session.open_store() as opened:
        store = opened.as_owner()
        decline(store, find_suggestion(store, key, EDITORS), reason, writer, now())
    _tell(session, key, "declined")


@command(name="reopen")
@_KEY
@_WHO
@_WHY
def reopen_one(session: Session, key: str, author: str, reason: str) -> None:
    """Take an answer back, with all that accepting wrote."""
    writer = _writer(author)
    with session.open_store() as opened:
        store = opened.as_owner()
        found = find_suggestion(store, key, EDITORS)
        open_again(store, found, reason or session.words("Taken back."), writer, now())
    _tell(session, key, "open")


@command(name="take")
@click.argument("answer", type=click.Choice(["yes", "no"]))
@_WHO
def take_them(session: Session, answer: str, author: str) -> None:
    """Let visitors send suggestions, or no longer."""
    writer, is_open, say = _writer(author), answer == "yes", session.words
    told = (
        say("Visitors may send suggestions.")
        if is_open
        else say("Visitors may not send suggestions.")
    )
    with session.open_store() as store:
        take(store, is_open, told, writer, now())
    if session.as_json:
        write_json(session, told, {"open": is_open}, needs_evidence=False)
        return
    write_line(told)


for _command in (list_them, accept_one, decline_one, reopen_one, take_them):
    suggestions.add_command(_command)


def _told(session: Session, proposal: Proposal) -> str:
    if proposal.what == "membership":
        return f"{proposal.chain}/{proposal.stage}"
    parts = (session.words(proposal.field) if proposal.field else "", proposal.says,
             proposal.other_name, proposal.city, proposal.website)  # fmt: skip
    return " ".join(part for part in parts if part)


def _tell(session: Session, key: str, state: str) -> None:
    with session.open_store() as store:
        found: Suggestion = find_suggestion(store, key, EDITORS)
    if session.as_json:
        write_json(session, key, {"suggestion": found}, needs_evidence=False)
        return
    write_line(f"{key}: {session.words(state)}")


def _writer(author: str) -> str:
    if not author.strip():
        raise UsageError("It is not said who writes this.", "Add --who, with a name.")
    return author.strip()
