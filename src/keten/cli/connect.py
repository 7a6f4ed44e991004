"""`keten connect`: partners that a party of a chain never worked with, and who could introduce them."""

from decimal import Decimal

import click
from babel.numbers import format_decimal

from keten.cli import identify
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
from keten.cli.session import Session, command
from keten.matchmaking.answers import AMONG, rank_partners, read_backtest
from keten.matchmaking.views import Backtest, BacktestView, Suggestions
from keten.model import KINDS, Figure, Label


@command()
@click.argument("chain")
@click.argument("party")
@click.option("--among", type=click.Choice(AMONG), default="chain", show_default=True,
              help="Parties of the chain, those in its regions, those abroad, or everyone.")  # fmt: skip
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only this kind.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True,
              help="How many suggestions.")  # fmt: skip
def connect(
    session: Session, chain: str, party: str, among: str, kind: str | None, limit: int
) -> None:
    """Suggest partners that PARTY never worked with, with reasons and introductions.

    \b
    CHAIN is a name from `keten chains`; PARTY is pic:999977366 or a bare participant number.
    keten connect photonics pic:999977366 --among abroad
    """
    defined = find_chain(session, chain)
    current = identify.organisation(session, party)
    con = session.evidence.cursor()
    view = rank_partners(
        con, current, defined, limit,
        among=among, kind=kind or "", this_year=session.evidence.built_at.year,
    )  # fmt: skip
    tested = defined.chain if among != "everyone" else ""
    backtest = read_backtest(con, view.party.country or "", tested)
    if session.as_json:
        title = _name(view.party, session)
        write_json(session, title, {"suggestions": view, "backtest": backtest})
        return
    _write_suggestions(session, view)
    _write_backtest(session, backtest)
    write_notes(session, [view.partners])


def _write_suggestions(session: Session, view: Suggestions) -> None:
    say = session.words
    write_line(_name(view.party, session), "bold")
    write_facts(
        [
            (say("identifier"), view.party.organisation_id),
            (say("projects"), amount(view.projects, session)),
            (say("partners"), amount(view.partners, session)),
            (say("projects of this chain"), amount(view.chain_projects, session)),
        ]
    )
    write_line()
    if not view.suggestions:
        write_line(
            say("Nobody to suggest: it worked with all of them, or shares no partner with any.")
        )
        write_line()
        return
    write_table(
        [say("partner"), "", say("country"), say("partners in common"), say("likeness"),
         say("could introduce them")],
        [
            (
                row.partner.organisation_id,
                _name(row.partner, session),
                row.partner.country or "",
                amount(row.common, session),
                _score(row.score, session),
                "; ".join(_name(who.organisation, session) for who in row.introducers),
            )
            for row in view.suggestions
        ],
        [3, 4],
    )  # fmt: skip
    for row in view.suggestions:
        reasons = [
            ", ".join(_name(who.organisation, session) for who in row.telling),
            ", ".join(word.title for word in row.words),
            ", ".join(field.title for field in row.fields),
        ]
        write_line(f"{row.partner.organisation_id} {_name(row.partner, session)}", "bold")
        write_facts(
            zip(
                (say("most telling"), say("words of both"), say("fields of both")),
                reasons,
                strict=True,
            )
        )
    write_line()


def _write_backtest(session: Session, test: Backtest | None) -> None:
    say = session.words
    if test is None:
        write_line(say("This evidence holds nothing to test such suggestions on."))
        return
    write_line(
        say(
            "Of ten such suggestions so many came true (known on {}, begun from {} on):",
            day(test.trained_to, session),
            day(test.tested_from, session),
        ),
        "bold",
    )
    groups = [(say("this chain"), test.chain), (say("all"), test.whole)]
    groups.append((test.country.country if test.country else "", test.country))
    write_table(
        ["", say("organisations"), say("by partners in common"), say("by popularity"),
         say("by chance"), say("difference with popularity")],
        [_row(session, name, view) for name, view in groups if view],
        [1, 2, 3, 4, 5],
    )  # fmt: skip


def _row(session: Session, name: str, view: BacktestView) -> list[str]:
    hits = [_score(record.hits, session) for record in view.records]
    return [name, amount(view.asked_with_new, session), *hits, _score(view.gain, session)]


def _score(figure: Figure, session: Session) -> str:
    """Write a score with two decimals, and its interval."""

    def say(value: float | Decimal) -> str:
        return str(format_decimal(value, "#,##0.00", locale=session.language))

    bounds = figure.interval
    shown = session.words("not known") if figure.value is None else say(figure.value)
    return f"{shown} ({say(bounds.low)} - {say(bounds.high)})" if bounds else shown


def _name(label: Label, session: Session) -> str:
    return label.name or f"{label.organisation_id} ({session.words('without a name')})"
