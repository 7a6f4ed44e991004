"""`keten financing`: the financing check, answer by answer; nothing of it is kept."""

from collections.abc import Iterable

import click

from keten.cli.output import write_facts, write_json, write_line, write_table
from keten.cli.session import Session, command
from keten.errors import UsageError
from keten.funding.answers import (
    CheckView,
    check_financing,
    read_answers,
    read_schemes,
    tell_check,
)
from keten.funding.telling import Question, Rule, Told
from keten.model import Text


@command()
@click.option(
    "--answer", "answers", multiple=True, metavar="FACT=VALUE",
    help="An answer, such as region=NL21; `unknown` when it is not known. May be repeated.",
)  # fmt: skip
def financing(session: Session, answers: tuple[str, ...]) -> None:
    """Say for each scheme yes, no or not known yet, why, and what to answer next.

    \b
    keten financing
    keten financing --answer region=NL21 --answer amount=100000
    """
    with session.open_store() as store:
        schemes = read_schemes(store)
    given = read_answers(schemes, _split(answers))
    view = tell_check(check_financing(schemes, given))
    if session.as_json:
        title = session.words("What financing could fit?")
        write_json(session, title, {"check": view}, needs_evidence=False)
        return
    _write(session, view)


def _split(answers: Iterable[str]) -> dict[str, str]:
    found = {}
    for text in answers:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"'{text[:80]}' is no answer.", "Write --answer FACT=VALUE.")
        found[name.strip()] = value
    return found


def _write(session: Session, view: CheckView) -> None:
    say = session.words
    if not view.outcomes:
        write_line(say("No rules of schemes are loaded yet: keten load --examples"))
        return
    for told in view.outcomes:
        write_line(_text(session, told.label), "bold")
        write_line(say(_verdict(told)))
        write_facts(
            [
                (say("because"), _rules(session, told.because)),
                (say("one fact would change it"), _rules(session, told.flips)),
                (say("decides next"), _rules(session, [told.decides] if told.decides else [])),
                (say("of"), _text(session, told.contact or told.agency)),
                (say("rules"), _text(session, told.document)),
            ]
        )
        write_line()
    if not view.ask:
        write_line(say("There is nothing left to ask: no further answer can change an outcome."))
        return
    write_line(say("Answer next:"), "bold")
    write_table(
        [say("fact"), say("question"), say("answers")],
        [
            (question.fact, _text(session, question.question), _options(session, question))
            for question in view.ask
        ],
    )


def _verdict(told: Told) -> str:
    if told.has_ended:
        return {
            "yes": "This scheme has ended. By its rules it would have been possible.",
            "no": "This scheme has ended. By its rules it would not have been possible.",
        }.get(
            told.outcome,
            "This scheme has ended. Whether it would have been possible is not known yet.",
        )
    return {
        "yes": "Yes: the rules at hand are met. The agency decides.",
        "no": "No: by the rules at hand it does not fit.",
    }.get(told.outcome, "Not known yet.")


def _options(session: Session, question: Question) -> str:
    if question.kind == "number":
        return f"{question.unit} ..., unknown"
    return ", ".join(
        f"{option.value} ({_text(session, option.label)})" for option in question.options
    )


def _rules(session: Session, rules: Iterable[Rule]) -> str:
    return " ".join(_text(session, rule.label) for rule in rules)


def _text(session: Session, text: Text) -> str:
    return text.in_language(session.language)
