"""How good it is told what is about a value chain or mission, and what Dutch texts are about: figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from keten.evidence.technology_quality import make_score, read_further
from keten.model import Explanation, Figure, Scope, Text

# What was measured, and which filter names what it was measured of.
PARTS: Final = {"chains": "chain", "missions": "mission", "dutch": "technology"}
WHO: Final = ("keten", "definition", "words", "euroscivoc", "readers")
MEANS: Final = ("micro", "macro", "micro_clear", "macro_clear")
SCORES: Final = ("precision", "recall", "f1", "average_precision")
_COUNTS: Final = {
    "true": Text("Labels that are true", "Labels die kloppen"),
    "found": Text("Labels that were given", "Labels die gegeven zijn"),
    "right": Text("Labels given that are true", "Gegeven labels die kloppen"),
}


@dataclass(frozen=True, slots=True)
class FurtherRow:
    """The scores of one chain or technology; a score of nothing is not known."""

    name: str
    counts: Mapping[str, Figure]
    scores: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class FurtherPart:
    """What was measured of value chains, of missions, or of Dutch texts."""

    what: str
    filter: str
    measured_on: str
    texts: Figure
    rows: tuple[FurtherRow, ...]
    means: tuple[tuple[str, Mapping[str, Figure]], ...]
    calibration_error: Figure


def show_further() -> tuple[FurtherPart, ...]:
    """Give what was measured of chains and of Dutch texts; nothing where nothing was."""
    value = read_further()
    return tuple(
        _show(what, name, value[what], str(value["measured_on"]))
        for what, name in PARTS.items()
        if what in value
    )


def find_score(what: str, subject: str) -> FurtherRow | None:
    """Give the scores of one chain, mission or technology of Dutch texts; None where none was measured."""
    rows = next((part.rows for part in show_further() if part.what == what), ())
    return next((row for row in rows if row.name == subject), None)


def explain_further(name: str, scope: Scope) -> Explanation | None:
    """Give such a score anew with its counts; None where it is none of these."""
    for part in show_further():
        for row in part.rows:
            for figure in (*row.counts.values(), *row.scores.values()):
                if (figure.measure, figure.scope) == (name, scope):
                    is_count = name == "quality_labels"
                    counts = tuple((_COUNTS[each], row.counts[each]) for each in _COUNTS)
                    return Explanation(figure, () if is_count else counts)
        for figure in _rest(part):
            if (figure.measure, figure.scope) == (name, scope):
                return Explanation(figure)
    return None


def _rest(part: FurtherPart) -> Iterator[Figure]:
    yield part.texts
    yield part.calibration_error
    for _, means in part.means:
        yield from means.values()


def _show(what: str, name: str, value: Mapping[str, Any], measured_on: str) -> FurtherPart:
    about = value["about"]
    subjects: Mapping[str, Any] = about["technologies" if what == "dutch" else what]
    return FurtherPart(
        what,
        name,
        measured_on,
        Figure(value["texts"], "count", "quality_texts", Scope.of(texts=what)),
        tuple(_show_row(what, name, each, measured) for each, measured in subjects.items()),
        tuple(
            (
                who,
                {
                    mean: make_score(
                        "quality_mean", about["compared"][who][mean], texts=what, who=who, mean=mean
                    )
                    for mean in MEANS
                },
            )
            for who in WHO
            if who in about["compared"]
        ),
        Figure(
            value["calibration_error"],
            "score",
            "quality_calibration_error",
            Scope.of(texts=what),
        ),
    )


def _show_row(what: str, name: str, subject: str, measured: Mapping[str, Any]) -> FurtherRow:
    own = {"texts": what, name: subject}
    return FurtherRow(
        subject,
        {
            each: Figure(measured[each], "count", "quality_labels", Scope.of(counted=each, **own))
            for each in _COUNTS
        },
        {each: make_score(f"quality_{each}", measured[each], **own) for each in SCORES},
    )
