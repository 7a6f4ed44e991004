"""The figures of a mapping in words, and one of them computed anew with the rows it was met in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.catching import count_caught, find_met, find_near
from keten.atlas.taxonomies import CHANGED, CONTENT, list_members, list_taxonomies
from keten.atlas.taxonomy import read_maps_to, read_taxonomy
from keten.errors import NotFoundError, UsageError
from keten.model import Explanation, Figure, Given, Judgement, MapsTo, Method, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_ADDED: Final = Text(
    "A mapping names words, fields of science, parts of programmes and topics, each with a weight. "
    "Words are looked for in title, objective and the title of a topic, whole, in small letters. A "
    "project is caught when the weights of the different clues met in it add up to one or more. ",
    "Een toewijzing noemt woorden, wetenschapsgebieden, programmaonderdelen en onderwerpen, elk met een "
    "gewicht. Woorden worden gezocht in titel, samenvatting en de titel van een onderwerp, heel en in "
    "kleine letters. Een project wordt gevangen als de gewichten van de verschillende aanwijzingen erin "
    "samen één of meer zijn. ",
)

METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        Method(
            "mapping_projects",
            "count",
            Text("Projects that a mapping catches", "Projecten die een toewijzing vangt"),
            Text(
                _ADDED.en + "Every project counts once.", _ADDED.nl + "Elk project telt één keer."
            ),
        ),
        Method(
            "mapping_clue",
            "count",
            Text(
                "Projects in which a clue is met", "Projecten waarin een aanwijzing is aangetroffen"
            ),
            Text(
                _ADDED.en + "Counted here: projects in which this one clue is met, caught or not.",
                _ADDED.nl + "Hier geteld: projecten met deze ene aanwijzing, gevangen of niet.",
            ),
        ),
        Method(
            "mapping_alone",
            "count",
            Text("Projects caught by one clue alone", "Projecten gevangen door één aanwijzing"),
            Text(
                _ADDED.en + "Counted here: caught projects in which no other clue is met.",
                _ADDED.nl + "Hier geteld: gevangen projecten zonder een andere aanwijzing.",
            ),
        ),
        Method(
            "taxonomy_members",
            "count",
            Text("Members of an entry", "Leden van een term"),
            Text(
                "Public lines of people that hold, and that say of somebody that they belong to this entry "
                "or to a stage of it. Each line counts once.",
                "Openbare regels van mensen die gelden, en die van iemand zeggen dat die bij deze term of "
                "een schakel ervan hoort. Elke regel telt één keer.",
            ),
        ),
        Method(
            "mapping_titles",
            "count",
            Text(
                "Titles of caught projects with a word",
                "Titels van gevangen projecten met een woord",
            ),
            Text(
                _ADDED.en
                + "Counted here: caught projects with this word in the title. Shown are words that "
                "the mapping does not name and that stand in these titles at least three times as often as "
                "in others.",
                _ADDED.nl
                + "Hier geteld: gevangen projecten met dit woord in de titel. Getoond worden woorden "
                "die de toewijzing niet noemt en die in deze titels minstens drie keer zo vaak staan als "
                "in andere.",
            ),
        ),
    )
}


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of a mapping anew from its scope, with the rows in which its clues were met.

    Raises: NotFoundError for what is not there, UsageError for a scope that lacks a filter.
    """
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no figure of a mapping.", f"Figures: {', '.join(METHODS)}."
        )
    given = scope.as_dict()
    if name == "taxonomy_members":
        return _explain_members(store, _need(given, "taxonomy"), _need(given, "entry"))
    maps_to, lines = _read_mapping(store, given)
    if name == "mapping_titles":
        return _explain_titles(con, maps_to, scope, _need(given, "word"), lines)
    caught = count_caught(con, maps_to)
    if name == "mapping_projects":
        inside = set(caught.projects)
        rows = {met.record_id for met in find_met(con, maps_to) if met.project_id in inside}
        return Explanation(_figure(name, len(inside), scope), (), tuple(sorted(rows)), lines)
    way, term = _need(given, "way"), _need(given, "term")
    found = next((c for c in caught.clues if (c.clue.way, c.clue.term) == (way, term)), None)
    if found is None:
        raise NotFoundError(
            f"The mapping has no {way[:20]} '{term[:60]}'.",
            "Follow the number from its page again.",
        )
    met = [each for each in find_met(con, maps_to) if (each.way, each.term) == (way, term)]
    if name == "mapping_alone":
        others = {
            each.project_id
            for each in find_met(con, maps_to, sorted({each.project_id for each in met}))
            if (each.way, each.term) != (way, term)
        }
        inside = set(caught.projects) - others
        met = [each for each in met if each.project_id in inside]
    value = found.met if name == "mapping_clue" else found.alone
    rows = {each.record_id for each in met}
    return Explanation(_figure(name, value, scope), (), tuple(sorted(rows)), lines)


def scope_of(name: str, entry: str, line: int) -> Scope:
    """Give the scope of a mapping that is kept: the version and entry, and the line that holds it."""
    return Scope.of(taxonomy=name, entry=entry, judgement=line)


def scope_of_draft(maps_to: Mapping[str, Any]) -> Scope:
    """Give the scope of a mapping that nobody kept: the mapping itself."""
    text = json.dumps(maps_to, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Scope.of(mapping=text)


def count_members(name: str, entry: str, members: Sequence[Judgement]) -> Figure:
    """Give how many memberships hold on an entry."""
    return _figure("taxonomy_members", len(members), Scope.of(taxonomy=name, entry=entry))


def _explain_members(store: Store | None, name: str, entry: str) -> Explanation:
    taxonomy = next((each for each in list_taxonomies(store) if each.name == name), None)
    if taxonomy is None or taxonomy.find(entry) is None:
        raise NotFoundError(
            f"There is no entry '{entry[:60]}' in '{name[:60]}'.", "Follow the number again."
        )
    lines = list_members(store, taxonomy)[entry]
    return Explanation(
        count_members(name, entry, lines), judgements=tuple(line.number for line in lines)
    )


def _explain_titles(
    con: duckdb.DuckDBPyConnection, maps_to: MapsTo, scope: Scope, word: str, lines: tuple[int, ...]
) -> Explanation:
    words, _ = find_near(con, maps_to)
    found = next((each for each in words if each.word == word), None)
    if found is None:
        raise NotFoundError(
            f"'{word[:60]}' is no word that these titles share.", "Follow the number again."
        )
    rows = con.execute(
        r"select record_id from project where project_id in (select unnest($caught)) and "
        r"list_contains(regexp_extract_all(lower(title), '[a-z][a-z-]{3,40}'), $word) order by 1",
        {"caught": list(count_caught(con, maps_to).projects), "word": word},
    ).fetchall()
    figure = _figure("mapping_titles", found.titles, scope)
    return Explanation(figure, (), tuple(row for (row,) in rows), lines)


def _read_mapping(store: Store | None, given: Mapping[str, str]) -> tuple[MapsTo, tuple[int, ...]]:
    if "mapping" in given:
        try:
            value = json.loads(given["mapping"])
        except (ValueError, RecursionError) as error:
            raise UsageError("The mapping cannot be read.", "Follow the number again.") from error
        return read_maps_to(Given(value, "The mapping")), ()
    name, entry, number = (_need(given, key) for key in ("taxonomy", "entry", "judgement"))
    lines = (
        store.numbered([int(number)])
        if store is not None and number.isascii() and number.isdigit() and len(number) < 12
        else ()
    )
    for line in lines:
        if line.subject != f"{CONTENT}:{name}" or not isinstance(line.value, Mapping):
            continue
        if line.kind == CHANGED and line.object == f"entry:{entry}":
            return read_maps_to(Given(line.value.get("maps_to", {}), "The mapping")), (line.number,)
        found = read_taxonomy(line.value).find(entry) if line.kind == CONTENT else None
        if found is not None:
            return found.maps_to, (line.number,)
    raise NotFoundError(
        f"Line {number[:12]} holds no mapping of '{entry[:60]}'.", "Follow the number again."
    )


def _figure(name: str, value: int, scope: Scope) -> Figure:
    return Figure(value, "count", name, scope)


def _need(given: Mapping[str, str], name: str) -> str:
    if name not in given:
        raise UsageError(f"The figure needs the filter '{name}'.", f"Add {name}=<value>.")
    return given[name]
