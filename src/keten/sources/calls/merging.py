"""Joins what two files say of one call: texts from the undated one, the rest from the dated one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from keten.model import Text
from keten.sources.calls.layout import CALL, NOTICES, TEXTS
from keten.sources.calls.rows import ObjectFile

Row = dict[str, Any]

# Of a sum per topic, what grants times contribution may differ from it by: amounts are rounded.
_SLACK = Decimal("0.1")
_PLACE = (1 << 32) - 1


def join_rows(
    notices: Sequence[Row], texts: Sequence[Row], files: Mapping[str, ObjectFile]
) -> list[Row]:
    """Give one row for each call, in the order of its name; differences become issues."""
    text_of = {row["call_id"]: row for row in texts}
    labels = {row["programme_id"]: row["programme"] for row in notices}
    joined = [_join(row, text_of.pop(row["call_id"], {}), files[NOTICES]) for row in notices]
    joined += [
        {**row, "programme": labels.get(row["programme_id"]) or row["programme"]}
        for row in text_of.values()
    ]
    joined.sort(key=lambda row: str(row["call_id"]))
    _place_budgets(joined)
    for row in joined:
        _tell(row, files)
    return [{name: row.get(name) for name in CALL.names} for row in joined]


def _join(notice: Row, text: Row, file: ObjectFile) -> Row:
    """Give the notice, with the text's words; where only one of them says a thing, that."""
    joined = {name: notice.get(name) for name in {*notice, *text}}
    for name, value in text.items():
        if joined[name] is None:
            joined[name] = value
    if text.get("description"):
        joined["description"], joined["is_cut"] = text["description"], False
    if text and "/data/" in (notice.get("address") or ""):  # leads to bare data, no page
        joined["address"] = text["address"]
    for name in ("deadline", "status"):
        if text.get(name) and notice.get(name) and text[name] != notice[name]:
            why = Text(
                f"The undated file says {name} {text[name]}; the dated one was followed.",
                f"Het ongedateerde bestand zegt {name} {text[name]}; het gedateerde is gevolgd.",
            )
            file.note(f"{name}-differs", why, notice["record_id"] & _PLACE, name, str(notice[name]))
    return joined


def _place_budgets(rows: Sequence[Row]) -> None:
    """Say of each budget whether it is the topic's own or that of its whole call.

    It is the call's when several topics of one call state the same amount, and for none of them that
    have both it fits the number of grants times the contribution to each.
    """
    sharing: dict[tuple[str, Decimal], list[Row]] = defaultdict(list)
    for row in rows:
        amount = row.get("budget_eur")
        row["budget_of"] = None if amount is None else "topic"
        if amount is not None and row["call_group"]:
            sharing[row["call_group"], amount].append(row)
    for together in sharing.values():
        if len(together) > 1 and not any(_fits(row) for row in together):
            for row in together:
                row["budget_of"] = "call"


def _fits(row: Row) -> bool:
    grants, low, high = (
        row.get(name)
        for name in ("grants_expected", "contribution_min_eur", "contribution_max_eur")
    )
    if not grants or low is None or high is None:
        return False
    each = row["budget_eur"] / grants
    return bool(low * (1 - _SLACK) <= each <= high * (1 + _SLACK))


def _tell(row: Row, files: Mapping[str, ObjectFile]) -> None:
    file = next(each for each in files.values() if each.index == row["record_id"] >> 32)
    place = row["record_id"] & _PLACE
    if row["is_cut"]:
        why = Text(
            "Only the beginning of the text was delivered; words further on were not seen.",
            "Alleen het begin van de tekst is geleverd; woorden verderop zijn niet gezien.",
        )
        file.note("text-cut", why, place, "description", str(row["call_id"]))
    if row["budget_of"] == "call":
        why = Text(
            "The budget stated is that of the whole call, for several topics together.",
            "Het vermelde budget is dat van de hele oproep, voor meerdere onderwerpen samen.",
        )
        file.note("shared-budget", why, place, "budget", str(row["budget_eur"]))
    if file.name == TEXTS and NOTICES in files:
        why = Text(
            "The call is not in the dated file: it had closed, or was taken back.",
            "De oproep staat niet in het gedateerde bestand: zij was gesloten of ingetrokken.",
        )
        file.note("not-in-dated-file", why, place, "", str(row["call_id"]))
