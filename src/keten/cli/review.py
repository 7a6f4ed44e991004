"""`keten review`: the pairs on which people are asked, judged one by one in two keys, or listed."""

import sys
from dataclasses import dataclass

import click

from keten.atlas.identity_views import QueueRow, QueueView
from keten.atlas.pairs import write_reason
from keten.atlas.queue import read_queue
from keten.atlas.records import rule_on_pair
from keten.cli.output import amount, write_json, write_line, write_table
from keten.cli.pair import chance, write_pair
from keten.cli.session import Session, command, now
from keten.errors import ConflictError, UsageError
from keten.workspace import Store

_VERDICTS = {"s": "same", "d": "different"}
_KINDS = {
    "link": "two sources",
    "duplicate": "two numbers in one register",
    "succession": "one may have become the other",
}


@dataclass
class _Place:
    """Where somebody is in the queue, and the reason that the next ruling will carry."""

    at: int = 1
    reason: str = ""


@command()
@click.option("--who", "author", metavar="NAME", help="Who judges; needed to rule.")
@click.option("--at", type=click.IntRange(1), default=1, help="Begin at this place.")
@click.option("--limit", type=click.IntRange(1, 5_000), default=20, show_default=True,
              help="How many pairs to list where nobody judges.")  # fmt: skip
def review(session: Session, author: str | None, at: int, limit: int) -> None:
    """Rule on the pairs of records whose answer matters most.

    \b
    At a terminal one pair at a time, a letter and Enter for each:
    S same, D different, K skip, U undo, R another reason, ? help, Q stop.
    Elsewhere, and with --json, the open pairs are listed.
    """
    if session.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _list_pairs(session, at, limit)
        return
    if not (author or "").strip():
        raise UsageError("Nobody is named who judges.", 'Say who: keten review --who "Your name".')
    with session.open_store() as store:
        judge(session, store, str(author).strip(), at)


def judge(session: Session, store: Store, author: str, at: int) -> None:
    """Ask for a letter and Enter for each pair, until there is none or somebody stops."""
    con, place = session.evidence.cursor(), _Place(at)
    while True:
        queue = read_queue(con, store, place.at, reader=author, following=0)
        if queue.pair is None or queue.current is None:
            _write_end(session, queue)
            return
        if not place.reason:
            _write_head(session, queue, queue.current)
            write_pair(session, queue.pair)
            place.reason = write_reason(queue.pair, session.language)
        letter = _ask(session)
        if letter == "q":
            return
        _do(session, store, author, letter, queue, place)


def _do(
    session: Session, store: Store, author: str, letter: str, queue: QueueView, place: _Place
) -> None:
    """Do what a letter asks for the pair at hand; moves `place` on."""
    say, current, pair = session.words, queue.current, queue.pair
    assert current is not None, "there is a pair at hand"
    assert pair is not None, "it was compared"
    if letter in _VERDICTS:
        seen = pair.ruling.number if pair.ruling else None
        verdict = _VERDICTS[letter]
        try:
            line = rule_on_pair(
                store, verdict, *pair.keys, place.reason or say("judged in the queue"), author,
                now(), seen=seen,
            )  # fmt: skip
        except ConflictError as error:
            write_line(f"{error.what} {error.next_step}")
        else:
            write_line(f"{say('Recorded as judgement {}.', line.number)} {say(verdict)}", "bold")
        place.reason = ""
    elif letter == "k":
        place.at, place.reason = current.position + 1, ""
    elif letter == "u":
        if queue.last is None or queue.last.ruling is None:
            write_line(say("There is no ruling of yours to undo."))
            return
        store.withdraw(queue.last.ruling.number, say("Taken back in the queue."), author, now())
        write_line(say("Taken back: {}", queue.last.ruling.number))
        place.at, place.reason = queue.last.position, ""
    elif letter == "r":
        place.reason = click.prompt(say("Why"), default=place.reason, err=True)
    else:
        write_line(say(
            "S same, D different, K skip, U undo, R another reason, Q stop; then Enter."
        ))  # fmt: skip


def _ask(session: Session) -> str:
    """Give the letter that was typed, small."""
    typed: str = click.prompt(
        session.words("S same  D different  K skip  U undo  R reason  ? help  Q stop"),
        default="?", show_default=False, err=True,
    )  # fmt: skip
    return typed.strip().lower()[:1]


def _write_head(session: Session, queue: QueueView, current: QueueRow) -> None:
    say = session.words
    write_line()
    write_line(
        say("{} of {} judged", queue.judged.value, queue.total.value)
        + f"  ·  {say(_KINDS[current.kind])}  ·  {say('money')} {amount(current.money_eur, session)}"
    )


def _write_end(session: Session, queue: QueueView) -> None:
    say = session.words
    if not queue.total.value:
        write_line(say("The queue is empty: this build asks people nothing."))
    elif queue.passed:
        write_line(say("This is the end of the queue; {} pairs are still open.", queue.passed))
    else:
        write_line(say("All pairs are judged. Rulings take effect with: keten build"))


def _list_pairs(session: Session, at: int, limit: int) -> None:
    with session.open_store() as store:
        queue = read_queue(
            session.evidence.cursor(), store, at, following=limit - 1, compared=False
        )
    say = session.words
    if session.as_json:
        write_json(session, say("pairs on which people are asked"), {"queue": queue})
        return
    if queue.current is None:
        _write_end(session, queue)
        return
    write_line(say("{} of {} judged", queue.judged.value, queue.total.value), "bold")
    write_table(
        ["#", say("one record"), say("the other"), say("kind"), say("of a hundred"), say("money")],
        [
            (
                str(row.position),
                f"{row.left_name or '?'} ({row.left_key})",
                f"{row.right_name or '?'} ({row.right_key})",
                say(_KINDS[row.kind]),
                chance(row.chance, session),
                amount(row.money_eur, session),
            )
            for row in (queue.current, *queue.following)
        ],
        [0, 4, 5],
    )
    write_line(say("See what was compared: keten why KEY KEY"))
