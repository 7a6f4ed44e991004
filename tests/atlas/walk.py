"""Finds every Figure in a view, and recomputes figures in plain Python from the rows listed for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from keten.atlas.views import RecordView
from keten.model import Figure


def find_figures(view: Any) -> Iterator[Figure]:
    """Give every Figure that a view holds, at whatever depth."""
    if isinstance(view, Figure):
        yield view
    elif is_dataclass(view):
        for field in fields(view):
            yield from find_figures(getattr(view, field.name))
    elif isinstance(view, Mapping):
        for value in view.values():
            yield from find_figures(value)
    elif isinstance(view, (list, tuple)):
        for value in view:
            yield from find_figures(value)


def recompute(figure: Figure, records: list[RecordView]) -> int | Decimal | None:
    """Compute a figure from its source rows as found, with nothing of the product but the rows."""
    seats = [dict(record.cells) | {"file": record.file_no} for record in records
             if record.file_name == "organization.csv"]  # fmt: skip
    scope = figure.scope.as_dict()
    own = _own_seats(figure, seats)
    projects = {(seat["file"], seat["projectID"]) for seat in own}
    match figure.measure:
        case "participations":
            return len(own)
        case "projects" | "shared_projects":
            return len(projects)
        case "organisations":
            return len({seat["organisationID"] for seat in own})
        case "partners":
            ident = scope["organisation"].split(":")[1]
            return len({seat["organisationID"] for seat in seats} - {ident})
        case "countries":
            return len({seat["country"] for seat in own} - {""})
        case "contribution_eur":
            return _sum(own, "ecContribution")
        case "net_contribution_eur":
            return _sum(own, "netEcContribution")
        case "fields_coverage":
            tagged = [dict(r.cells) | {"file": r.file_no} for r in records
                      if r.file_name == "euroSciVoc.csv"]  # fmt: skip
            return len({(row["file"], row["projectID"]) for row in tagged})
        case _:
            return None


def _own_seats(figure: Figure, seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the rows of partners, which a figure only leans on."""
    scope = figure.scope.as_dict()
    if "organisation" in scope:
        ident = scope["organisation"].split(":")[1]
        seats = [seat for seat in seats if seat["organisationID"] == ident]
    if "partner_region" in scope:
        heads = tuple(scope["region"].split("+"))
        seats = [s for s in seats if (s["nutsCode"] or s["country"]).startswith(heads)]
    return seats


def _sum(seats: list[dict[str, Any]], name: str) -> Decimal | None:
    amounts = [Decimal(seat[name]) for seat in seats if seat[name]]
    return sum(amounts, Decimal(0)) if amounts else None
