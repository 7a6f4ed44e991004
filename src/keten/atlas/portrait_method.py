"""The figures of what an organisation is about, in words, and one of them computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.atlas.portrait import count_judged, current, read_keys, read_lines, weigh
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import measure
from keten.evidence.technologies import HALF_LIFE_YEARS, LISTED, read_work
from keten.model import Explanation, Figure, Method, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_WORK: Final = Text(
    "Each project of the organisation of which can be said what it is about counts by three things: the "
    "chance that it develops or applies the technology, what the organisation itself received in it, and "
    f"how recent it is: a project that began {HALF_LIFE_YEARS} years before another counts half as much. "
    "An amount that is not known, or nought, stands as what the organisation commonly receives. ",
    "Elk project van de organisatie waarvan te zeggen is waarover het gaat telt naar drie dingen: de kans "
    "dat het de technologie ontwikkelt of toepast, wat de organisatie er zelf in kreeg, en hoe recent het "
    f"is: een project dat {HALF_LIFE_YEARS} jaar eerder begon dan een ander telt half zo zwaar. Een bedrag "
    "dat onbekend of nul is, telt als wat de organisatie gewoonlijk krijgt. ",
)
METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        Method(
            "organisation_share",
            "share",
            Text("Share of its projects", "Aandeel van haar projecten"),
            Text(
                _WORK.en
                + "One project can be about several technologies, so shares can add up to more "
                "than one.",
                _WORK.nl
                + "Eén project kan over meer technologieën gaan, dus aandelen kunnen samen meer "
                "dan één zijn.",
            ),
        ),
        Method(
            "organisation_about",
            "share",
            Text("How much the organisation is about it", "Hoezeer de organisatie erover gaat"),
            Text(
                "The share of its projects; where a list of people puts it under the technology, at least "
                f"{LISTED}, a choice of ours; where an editor said what it does with it, 1 or 0, whatever "
                "else is known. " + _WORK.en,
                "Het aandeel van haar projecten; waar een lijst van mensen haar onder de technologie zet "
                f"minstens {str(LISTED).replace('.', ',')}, een keuze van ons; waar een redacteur zei wat "
                "zij ermee doet 1 of 0, wat er verder ook bekend is. " + _WORK.nl,
            ),
        ),
        Method(
            "organisation_judged",
            "count",
            Text(
                "Projects of which can be said what they are about",
                "Projecten waarvan te zeggen is waarover ze gaan",
            ),
            Text(
                "Projects of the organisation with a title or summary, or with a topic that makes a "
                "technology likely. Most projects of Horizon 2020 have no text in the open data; a topic "
                "speaks for a technology, and never against one.",
                "Projecten van de organisatie met een titel of samenvatting, of met een onderwerp dat een "
                "technologie waarschijnlijk maakt. De meeste projecten van Horizon 2020 hebben in de open "
                "data geen tekst; een onderwerp spreekt voor een technologie, en nooit tegen een.",
            ),
        ),
    )
}


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of an organisation and a technology anew, with the rows and lines behind it.

    Raises: NotFoundError for what is not there, UsageError for a scope that lacks a filter.
    """
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no figure of what an organisation is about.",
            f"Figures: {', '.join(METHODS)}.",
        )
    given = scope.as_dict()
    organisation = current(con, _need(given, "organisation"))
    mine = Scope.of(organisation=organisation)
    if name == "organisation_judged":
        judged = count_judged(con, organisation)
        return Explanation(judged, _parts(con, mine), _read_rows(con, organisation, ""))
    technology = _need(given, "technology")
    share, _ = read_work(con, organisation, technology)
    scope = mine.narrowed(technology=technology)
    parts = [
        (Text("Share of its projects", "Aandeel van haar projecten"), _share(share, scope)),
        *_parts(con, scope),
    ]
    lines: tuple[int, ...] = ()
    figure = _share(share, scope)
    if name == "organisation_about":
        lines_of = read_lines(store, read_keys(con, organisation))
        said, listed = lines_of.get(technology, (None, ()))
        weight, _ = weigh(share, said, bool(listed))
        figure = Figure(weight, "share", name, scope)
        lines = tuple(sorted(line.number for line in (*listed, *([said] if said else []))))
    else:
        parts = parts[1:]
    return Explanation(figure, tuple(parts), _read_rows(con, organisation, technology), lines)


def _share(share: float | None, scope: Scope) -> Figure:
    value = None if share is None else round(share, 6)
    return Figure(value, "share", "organisation_share", scope)


def _parts(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[tuple[Text, Figure], ...]:
    return (
        (Text("Its projects", "Haar projecten"), measure(con, "projects", scope)),
        (
            Text("Its EU contribution in them", "Haar EU-bijdrage erin"),
            measure(con, "contribution_eur", scope),
        ),
    )


def _read_rows(
    con: duckdb.DuckDBPyConnection, organisation: str, technology: str
) -> tuple[int, ...]:
    """Give the rows of its participations in judged projects, and of the words that spoke there."""
    rows = con.execute(
        """
        with mine as (
            select i.record_id, i.project_id
            from involvement i join project_judged j using (project_id)
            where i.organisation_id = $organisation and j.basis <> 'unknown'
        )
        select record_id from mine
        union
        select w.record_id from technology_word w
        where w.technology = $technology and w.project_id in (select project_id from mine)
        order by 1
        """,
        {"organisation": organisation, "technology": technology},
    ).fetchall()
    return tuple(row for (row,) in rows if row is not None)


def _need(given: Mapping[str, str], name: str) -> str:
    if name not in given:
        raise UsageError(f"The figure needs the filter '{name}'.", f"Add {name}=<value>.")
    return given[name]
