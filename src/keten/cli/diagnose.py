"""`keten diagnose`: what the regions of a chain are good at, what could meet, and what is missing."""

from collections.abc import Iterable, Sequence

import click

from keten.cli.chains import find_chain
from keten.cli.output import amount, write_json, write_line, write_notes, write_table
from keten.cli.session import Session, command
from keten.diagnosis.answers import find_crossover, show_canvas, show_specialisation
from keten.diagnosis.canvas_views import CanvasView
from keten.diagnosis.views import (
    CrossoverPair,
    CrossoverView,
    PartyRow,
    SpecialisationRow,
    SpecialisationView,
    SubjectLabel,
)
from keten.model import Figure
from keten.web.numbers import write_number

# What may be said of a comparison, and how an element of the canvas stands.
_READINGS = {
    "more": "clearly more than elsewhere",
    "less": "clearly less than elsewhere",
    "alike": "no clear difference",
    "few": "too few projects to tell",
    "weak": "weak",
    "fair": "fair",
    "strong": "strong",
    "none": "no data",
}


@command()
@click.argument("chain")
@click.option("--regions", is_flag=True, help="Each region apart, too.")
def diagnose(session: Session, chain: str, regions: bool) -> None:
    """Hold the regions of CHAIN against all European regions.

    \b
    keten diagnose protein-transition --regions
    """
    defined = find_chain(session, chain)
    con = session.evidence.cursor()
    found, crossover = show_specialisation(con, defined), find_crossover(con, defined)
    with session.open_store() as store:
        canvas = show_canvas(con, store, defined)
    if session.as_json:
        title = session.words("What are we good at, what is missing?")
        answer = {"specialisation": found, "strengths": found.strengths, "crossover": crossover}
        write_json(session, title, {**answer, "canvas": canvas})
        return
    _write_specialisation(session, found, regions)
    _write_crossover(session, crossover)
    _write_canvas(session, canvas)
    write_notes(session, [row[0].projects for row in (found.whole, *found.fields) if row])


def _write_specialisation(session: Session, view: SpecialisationView, regions: bool) -> None:
    say = session.words
    write_line(say("Specialisation, against so many other regions:"), "bold")
    write_line(amount(view.regions_compared, session))
    rows = [
        row
        for rows in (view.whole, *view.fields)
        for row in (rows if regions else rows[:1])
        if rows
    ]
    write_table(
        [say("subject"), say("region"), say("specialisation"), "", say("projects"),
         say("expected"), say("as counted"), say("of a hundred, lower")],
        [_list_cells(session, row) for row in rows],
        [2, 4, 5, 6, 7],
    )  # fmt: skip


def _list_cells(session: Session, row: SpecialisationRow) -> Sequence[str]:
    is_few = row.reading == "few"
    return (
        _name(session, row.of),
        row.region.code,
        _write(session, row.specialisation),
        session.words(_READINGS[row.reading]),
        amount(row.projects, session),
        amount(row.expected, session),
        _write(session, row.quotient),
        "" if is_few else _write(session, row.percentile),
    )


def _write_crossover(session: Session, view: CrossoverView) -> None:
    say = session.words
    write_line(say("What could meet"), "bold")
    outcome = {
        "found": "Two strengths that meet often elsewhere, and seldom here:",
        "nearest": "No pair passed the test; nearest, as a question and not as a finding:",
        "none": "No pair of strengths can be tested here.",
    }
    write_line(say(outcome[view.outcome]))
    if view.best is None:
        write_line()
        return
    write_table(
        [say("first"), say("second"), say("region"), say("both"), say("expected"),
         say("found / expected"), say("passed the test")],
        [_list_pair(session, pair) for pair in (view.best, *view.others)],
        [3, 4, 5],
    )  # fmt: skip
    write_line(f"{say('pairs tested')}: {amount(view.pairs, session)}")
    _write_parties(say("only in the first"), view.first_only)
    _write_parties(say("only in the second"), view.second_only)
    _write_parties(say("in both"), view.both)
    write_line()


def _list_pair(session: Session, pair: CrossoverPair) -> Sequence[str]:
    return (
        _name(session, pair.first),
        _name(session, pair.second),
        pair.region.code,
        amount(pair.together, session),
        amount(pair.expected, session),
        _write(session, pair.ratio),
        session.words("yes" if pair.is_found else "no"),
    )


def _write_parties(title: str, rows: Iterable[PartyRow]) -> None:
    names = [row.organisation.name or row.organisation.organisation_id for row in rows]
    if names:
        write_line(f"{title}: {'; '.join(names)}")


def _write_canvas(session: Session, view: CanvasView) -> None:
    say = session.words
    if not view.elements:
        return
    write_line(say("Preconditions: how many of a hundred European regions do worse"), "bold")
    write_table(
        [say("element"), say("of a hundred, lower"), "", say("the team says")],
        [
            (
                each.label.in_language(session.language),
                "" if each.percentile is None else _write(session, each.percentile),
                say(_READINGS[each.reading]),
                say(_READINGS.get(each.rating, each.rating)) if each.rating else "",
            )
            for each in view.elements
        ],
        [1],
    )


def _name(session: Session, of: SubjectLabel) -> str:
    return of.label.in_language(session.language) if of.label else of.title


def _write(session: Session, figure: Figure) -> str:
    """Write a figure of this room with its range."""
    if figure.value is None:
        return session.words("not known")
    written = write_number(figure.value, figure.unit, session.language)
    if figure.interval is None:
        return written
    ends = (figure.interval.low, figure.interval.high)
    low, high = (write_number(end, figure.unit, session.language) for end in ends)
    return f"{written} ({low}–{high})"
