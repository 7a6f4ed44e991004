"""`keten rule`: says that two source records are the same organisation, or different ones."""

from collections.abc import Sequence

import click

from keten.atlas.views import OrganisationView
from keten.cli import identify
from keten.cli.output import day, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import EvidenceError, UsageError
from keten.model import Judgement


@click.group()
def rule() -> None:
    """Rule which records are one organisation; a ruling beats any rule and survives every build.

    Nothing is ever overwritten: a later ruling on the same pair takes the place of an earlier one,
    and a withdrawal restores it.
    """


_WHY = click.option("--why", "reason", required=True, help="The reason, in words.")
_WHO = click.option("--who", "author", required=True, help="Who says so.")
_PRIVATE = click.option("--private", is_flag=True, help="Keep it out of builds.")


@command(name="same")
@click.argument("left", metavar="KEY")
@click.argument("right", metavar="KEY")
@_WHY
@_WHO
@_PRIVATE
def same(session: Session, left: str, right: str, reason: str, author: str, private: bool) -> None:
    """Rule that two records are the same organisation.

    \b
    KEY is a source record (he:999977366, h2020:999977366), or an organisation (pic:999977366),
    which means its anchor record.
    """
    _record(session, "same", left, right, reason, author, private)


@command(name="different")
@click.argument("left", metavar="KEY")
@click.argument("right", metavar="KEY")
@_WHY
@_WHO
@_PRIVATE
def different(
    session: Session, left: str, right: str, reason: str, author: str, private: bool
) -> None:
    """Rule that two records are different organisations.

    \b
    KEY is a source record (he:999977366, h2020:999977366), or an organisation (pic:999977366),
    which means its anchor record.
    """
    _record(session, "different", left, right, reason, author, private)


@command(name="withdraw")
@click.argument("number", type=click.IntRange(1))
@_WHY
@_WHO
def withdraw(session: Session, number: int, reason: str, author: str) -> None:
    """Withdraw a judgement by its number; the one before it, if any, holds again."""
    with session.open_store() as store:
        line = store.withdraw(number, reason, author, now())
        restored = [
            each
            for each in store.judgements_on([line.subject])
            if {each.subject, each.object} == {line.subject, line.object}
        ]
    say = session.words
    effect = say("{} and {} are judged by the rules again.", line.subject, line.object)
    if restored:
        effect = say(
            "the ruling before it holds again: {}", f"{restored[-1].number} {restored[-1].kind}"
        )
    _write_recorded(session, line, effect)


@command(name="list")
@click.option("--all", "everything", is_flag=True, help="Also those that no longer hold.")
@click.option("--of", "key", metavar="KEY", help="Only those on this record or organisation.")
def list_rulings(session: Session, everything: bool, key: str | None) -> None:
    """List what was ruled: who, when and why."""
    with session.open_store() as store:
        if key is None:
            lines = store.judgements(only_in_force=not everything)
        else:
            keys = _keys_of(session, key)
            lines = store.judgements_on(keys, only_in_force=not everything)
        standing = {line.number for line in store.judgements(only_in_force=True)}
        fingerprint = store.fingerprint()
    say = session.words
    if session.as_json:
        answer = {"judgements": lines, "in_force": sorted(standing)}
        write_json(session, say("what was said"), answer, needs_evidence=False)
        return
    if not lines:
        write_line(say("Nothing was ruled."))
    else:
        _write_lines(session, lines, standing)
    try:
        if session.evidence.manifest.rulings_fingerprint != fingerprint:
            write_line(
                say("Rulings changed since the last build; they take effect with: keten build")
            )
    except EvidenceError:
        return  # nothing was built yet, so nothing is behind


for each in (same, different, withdraw, list_rulings):
    rule.add_command(each)


def _record(
    session: Session, verdict: str, left: str, right: str, reason: str, author: str, private: bool
) -> None:
    left_key, one = identify.source_key(session, left)
    right_key, other = identify.source_key(session, right)
    if left_key == right_key:
        records = ", ".join(member.source_key for member in one.members)
        raise UsageError(
            f"'{left}' and '{right}' mean the same record, {left_key}.",
            f"Name two of its organisation's records: {records}.",
        )
    with session.open_store() as store:
        line = store.record(verdict, left_key, right_key, reason, author, now(), is_private=private)
    _write_recorded(session, line, _effect(session, verdict, one, other, left_key, right_key))


def _effect(
    session: Session,
    verdict: str,
    one: OrganisationView,
    other: OrganisationView,
    left: str,
    right: str,
) -> str:
    is_one = one.label.organisation_id == other.label.organisation_id
    sentence = {
        ("same", False): "{} and {} become one organisation.",
        ("same", True): "{} and {} are one organisation already; the ruling keeps them so.",
        ("different", True): "{} and {} become two organisations.",
        ("different", False): "{} and {} are two organisations already; nothing will link them.",
    }[verdict, is_one]
    names = (f"{key} ({view.label.name or '?'})" for key, view in ((left, one), (right, other)))
    return session.words(sentence, *names)


def _write_recorded(session: Session, line: Judgement, effect: str) -> None:
    say = session.words
    if session.as_json:
        answer = {"judgement": line, "effect": "" if line.is_private else effect}
        write_json(session, line.kind, answer, needs_evidence=False)
        return
    write_line(say("Recorded as judgement {}.", line.number))
    if not line.is_private:
        write_line(f"{say('At the next build:')} {effect}")


def _keys_of(session: Session, typed: str) -> list[str]:
    _, view = identify.source_key(session, typed)
    return [member.source_key for member in view.members]


def _write_lines(session: Session, lines: Sequence[Judgement], standing: set[int]) -> None:
    say = session.words
    write_table(
        ["#", say("verdict"), say("record"), say("record"), say("why"), say("who"), say("when"),
         say("in force")],
        [
            (
                str(line.number),
                say(line.kind),
                line.subject,
                line.object,
                line.reason,
                line.author,
                day(line.made_at, session),
                say("yes" if line.number in standing else "no"),
            )
            for line in lines
        ],
        [0],
    )  # fmt: skip
