"""Scope: turns the filters of a figure into one condition on participations, files or issues.

Every value travels as a named parameter; only words of this file ever become SQL. The rows that a
filter leans on besides the participations themselves (the partner's, the field's, the project's) are
evidence too: each filter says which those are.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from keten.errors import UsageError
from keten.model import (
    KINDS,
    PROGRAMMES,
    Scope,
    is_organisation_id,
    is_source_key,
    region_codes,
)

UNKNOWN: Final = "unknown"
ANY: Final = "any"
# How likely a label is; what is less than likely is no label, and counts only where it is asked for.
TIERS: Final = ("sure", "likely", "perhaps")
RELATIONS: Final = ("develops", "applies")
MARKED: Final = "mp.tier in ('sure', 'likely')"
LABELLED: Final = "t.relation in ('develops', 'applies')"
# The lists that receipts come from.
LISTS: Final = ("fp7", "fp7-network", "innovation-fund", "rijk", "structural")
Values = dict[str, object]

# The further rows that filters lean on, within the projects of a scope.
_PARTNER_ROWS: Final = (
    "select j.record_id from involvement j where {test} and j.project_id in ({{projects}})"
)
_FIELD_ROWS: Final = (
    "select f.record_id from project_field f "
    "where (f.code = $field or starts_with(f.code, $field || '/')) "
    "and f.project_id in ({projects})"
)
_CHAIN_ROWS: Final = (
    "select m.record_id from chain_match m where m.chain = $chain and m.project_id in ({projects})"
)
# A technology is told by the texts of a project, so its own row and the words met are evidence.
_TECHNOLOGY_ROWS: Final = (
    "select p.record_id from project p where p.project_id in ({projects})",
    (
        "select w.record_id from technology_word w "
        "where w.technology = $technology and w.project_id in ({projects})"
    ),
)
_MISSION_ROWS: Final = (
    "select p.record_id from project p where p.project_id in ({projects})",
    (
        "select w.record_id from mission_word w "
        "where w.mission = $mission and w.project_id in ({projects})"
    ),
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL with its named values, and the further rows it leans on.

    `leans_on` are selects of record_ids that may say `{projects}`: the projects within the scope.
    """

    sql: str
    values: Values = field(default_factory=dict)
    leans_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """One word of a scope: which rows it can select among, and how its values are read and applied."""

    name: str
    subject: str  # participation, receipt, file, issue
    read: Callable[[str], str]
    apply: Callable[[str], Condition]


def write_condition(scope: Scope, subject: str) -> Condition:
    """Give the condition of a whole scope; all rows when it has no filters.

    Raises: UsageError for a filter that is unknown or does not belong to these rows.
    """
    known = FILTERS[subject]
    parts: list[str] = []
    values: Values = {}
    leans_on: dict[str, None] = {}
    given = scope.as_dict()
    if ("term" in given or "way" in given) and "chain" not in given:
        raise UsageError("'term' and 'way' are of a chain.", "Add chain=<chain>.")
    of_technology = [name for name in ("tier", "relation") if name in given]
    if of_technology and "technology" not in given:
        raise UsageError(
            f"'{of_technology[0]}' is of a technology.", "Add technology=<technology>."
        )
    for name, value in read_scope(scope, subject).filters:
        if name == "technology" and "tier" in given:
            continue  # the tier says which labels count
        condition = known[name].apply(value)
        parts.append(condition.sql)
        values |= condition.values
        leans_on |= dict.fromkeys(condition.leans_on)
    if of_technology:
        values["technology"] = given["technology"]
    return Condition(" and ".join(parts) or "true", values, tuple(leans_on))


def read_scope(scope: Scope, subject: str) -> Scope:
    """Give the scope with every value in its one right spelling (`nl12+NL11` is `NL11+NL12`)."""
    known = FILTERS[subject]
    for name, value in scope.filters:
        if name not in known:
            raise UsageError(
                f"'{name}={value}' is no filter for this figure.",
                f"Filters that can be used: {', '.join(sorted(known))}.",
            )
    return Scope(tuple((name, known[name].read(value)) for name, value in scope.filters))


def _text(name: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value or "\0" in value:
            raise UsageError(f"The filter '{name}' has no value.", f"Write {name}=<value>.")
        return value

    return read


def _one_of(name: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        lowered = value.lower()
        if lowered not in allowed:
            raise UsageError(
                f"'{value}' is no value of the filter '{name}'.",
                f"Use one of: {', '.join(allowed)}.",
            )
        return lowered

    return read


def _matching(name: str, pattern: str, example: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)
    return _being(lambda value: compiled.fullmatch(value) is not None, name, example)


def _being(is_right: Callable[[str], bool], name: str, example: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not is_right(value):
            raise UsageError(
                f"'{value}' is no value of the filter '{name}'.", f"For instance: {name}={example}."
            )
        return value

    return read


def _read_regions(value: str) -> str:
    return value if value == UNKNOWN else "+".join(region_codes(value))


def _read_field(value: str) -> str:
    return _matching("field", r"(/[0-9]{1,12}){1,12}", "/25/73")(value.rstrip("/"))


def _equal(column: str, name: str) -> Callable[[str], Condition]:
    return lambda value: Condition(f"{column} = ${name}", {name: value})


def write_today(name: str) -> str:
    """Write the organisation of today that the parameter `name`, perhaps a former identifier, means."""
    found = f"(select a.organisation_id from organisation_alias a where a.alias = ${name})"
    return f"coalesce({found}, ${name})"


def _of_today(column: str, name: str) -> Callable[[str], Condition]:
    return lambda value: Condition(f"{column} = {write_today(name)}", {name: value})


def _equal_or_unknown(column: str, name: str) -> Callable[[str], Condition]:
    def apply(value: str) -> Condition:
        if value == UNKNOWN:
            return Condition(f"{column} is null")
        return Condition(f"{column} = ${name}", {name: value})

    return apply


def _apply_year(value: str) -> Condition:
    # The year is that of the project's start, so the project's own row is part of the evidence.
    row = "select p.record_id from project p where p.project_id in ({projects})"
    if value == UNKNOWN:
        return Condition("i.year is null", leans_on=(row,))
    return Condition("i.year = $year", {"year": int(value)}, (row,))


def _apply_sme(value: str) -> Condition:
    return Condition(
        {"true": "i.is_sme", "false": "not i.is_sme", UNKNOWN: "i.is_sme is null"}[value]
    )


def _within(column: str, name: str, codes: tuple[str, ...]) -> tuple[str, Values]:
    """Give the condition that a region lies in one of `codes`, by the head of its code."""
    values: Values = {f"{name}_{number}": code for number, code in enumerate(codes, 1)}
    tests = " or ".join(f"starts_with({column}, ${key})" for key in values)
    return f"({tests})", values


def _apply_regions(value: str) -> Condition:
    if value == UNKNOWN:
        return Condition("i.region is null")
    return Condition(*_within("i.region", "region", tuple(value.split("+"))))


def _apply_receipt_regions(value: str) -> Condition:
    if value == UNKNOWN:
        return Condition("g.region is null")
    return Condition(*_within("g.region", "region", tuple(value.split("+"))))


def _apply_partner(value: str) -> Condition:
    return Condition(
        "i.project_id in (select project_id from involvement "
        f"where organisation_id = {write_today('partner')})",
        {"partner": value},
        (_PARTNER_ROWS.format(test=f"j.organisation_id = {write_today('partner')}"),),
    )


def _apply_partner_region(value: str) -> Condition:
    test, values = _within("j.region", "partner_region", tuple(value.split("+")))
    return Condition(
        f"i.project_id in (select j.project_id from involvement j where {test})",
        values,
        (_PARTNER_ROWS.format(test=test),),
    )


def _apply_field(value: str) -> Condition:
    return Condition(
        "i.project_id in (select b.project_id from field_branch b where b.code = $field)",
        {"field": value},
        (_FIELD_ROWS,),
    )


def _apply_chain(value: str) -> Condition:
    return Condition(
        "i.project_id in (select c.project_id from chain_project c where c.chain = $chain)",
        {"chain": value},
        (_CHAIN_ROWS,),
    )


def _is_labelled(test: str, values: Values) -> Condition:
    found = f"from project_technology t where t.technology = $technology and {test}"
    return Condition(f"i.project_id in (select t.project_id {found})", values, _TECHNOLOGY_ROWS)


def _apply_technology(value: str) -> Condition:
    return _is_labelled(LABELLED, {"technology": value})


def _apply_mission(value: str) -> Condition:
    return Condition(
        "i.project_id in (select mp.project_id from mission_project mp "
        f"where mp.mission = $mission and {MARKED})",
        {"mission": value},
        _MISSION_ROWS,
    )


def _apply_tier(value: str) -> Condition:
    # What an editor denied has a row too, for all to see, and is about nothing.
    test = "t.relation <> 'none'" + ("" if value == ANY else " and t.tier = $tier")
    return _is_labelled(test, {} if value == ANY else {"tier": value})


def _apply_relation(value: str) -> Condition:
    return _is_labelled("t.relation = $relation", {"relation": value})


def _apply_term(value: str) -> Condition:
    met = "from chain_match m where m.term = $term and m.chain = $chain"
    rows = f"select m.record_id {met} and m.project_id in ({{projects}})"
    return Condition(f"i.project_id in (select m.project_id {met})", {"term": value}, (rows,))


def _apply_way(value: str) -> Condition:
    met = "from chain_match m where m.way = $way and m.chain = $chain"
    rows = f"select m.record_id {met} and m.project_id in ({{projects}})"
    return Condition(f"i.project_id in (select m.project_id {met})", {"way": value}, (rows,))


def _apply_name(value: str) -> Condition:
    return Condition(
        "i.record_id in (select n.record_id from participation n where n.name = $name)",
        {"name": value},
    )


def _apply_record(value: str) -> Condition:
    return Condition("i.record_id = $record", {"record": int(value)})


_read_organisation = _being(is_organisation_id, "organisation", "pic:999977366")
_read_partner = _being(is_organisation_id, "partner", "pic:999977366")
_read_source_key = _being(is_source_key, "source_key", "he:999977366")
_read_country = _matching("country", r"[A-Z]{2}|unknown", "NL")
_read_year = _matching("year", r"[0-9]{4}|unknown", "2021")
_read_role = _matching("role", r"[a-z_]{1,40}|unknown", "coordinator")
_read_file = _matching("file", r"[0-9]{1,9}", "0")
_read_technology = _matching("technology", r"[a-z0-9][a-z0-9-]{0,59}", "optics")
_read_mission = _matching("mission", r"[a-z0-9][a-z0-9-]{0,59}", "health-care")
_read_word = r"[A-Za-z0-9._-]{1,80}"

_PARTICIPATION: Final = (
    Filter(
        "organisation",
        "participation",
        _read_organisation,
        _of_today("i.organisation_id", "organisation"),
    ),
    Filter("partner", "participation", _read_partner, _apply_partner),
    Filter(
        "project",
        "participation",
        _matching("project", r"(he|h2020)-[0-9A-Za-z.-]{1,40}", "he-101069359"),
        _equal("i.project_id", "project"),
    ),
    Filter("region", "participation", _read_regions, _apply_regions),
    Filter(
        "region_only",
        "participation",
        lambda value: "+".join(region_codes(value)[:1]),
        _equal("i.region", "region_only"),
    ),
    Filter(
        "partner_region",
        "participation",
        lambda value: "+".join(region_codes(value)),
        _apply_partner_region,
    ),
    Filter(
        "programme",
        "participation",
        _one_of("programme", PROGRAMMES),
        _equal("i.programme", "programme"),
    ),
    Filter("year", "participation", _read_year, _apply_year),
    Filter(
        "kind",
        "participation",
        _one_of("kind", (*KINDS, UNKNOWN)),
        _equal_or_unknown("i.kind", "kind"),
    ),
    Filter("role", "participation", _read_role, _equal_or_unknown("i.role", "role")),
    Filter("field", "participation", _read_field, _apply_field),
    Filter(
        "chain",
        "participation",
        _matching("chain", r"[a-z0-9][a-z0-9-]{0,59}", "photonics"),
        _apply_chain,
    ),
    Filter("technology", "participation", _read_technology, _apply_technology),
    Filter("mission", "participation", _read_mission, _apply_mission),
    Filter("tier", "participation", _one_of("tier", (*TIERS, ANY)), _apply_tier),
    Filter("relation", "participation", _one_of("relation", RELATIONS), _apply_relation),
    Filter("term", "participation", _text("term"), _apply_term),
    Filter(
        "way", "participation", _one_of("way", ("word", "field", "topic", "editor")), _apply_way
    ),
    Filter("country", "participation", _read_country, _equal_or_unknown("i.country", "country")),
    Filter("sme", "participation", _one_of("sme", ("true", "false", UNKNOWN)), _apply_sme),
    Filter("name", "participation", _text("name"), _apply_name),
    Filter(
        "record",
        "participation",
        _matching("record", r"[0-9]{1,18}", "118219"),
        _apply_record,
    ),
    Filter(
        "source_key",
        "participation",
        _read_source_key,
        _equal("i.source_key", "source_key"),
    ),
)

_RECEIPT: Final = (
    Filter(
        "organisation",
        "receipt",
        _read_organisation,
        _of_today("g.organisation_id", "organisation"),
    ),
    Filter("source_key", "receipt", _read_source_key, _equal("g.source_key", "source_key")),
    Filter(
        "record",
        "receipt",
        _matching("record", r"[0-9]{1,18}", "118219"),
        lambda value: Condition("g.record_id = $record", {"record": int(value)}),
    ),
    Filter("list", "receipt", _one_of("list", LISTS), _equal("g.source", "list")),
    Filter(
        "year",
        "receipt",
        _read_year,
        lambda value: (
            Condition("g.year is null")
            if value == UNKNOWN
            else Condition("g.year = $year", {"year": int(value)})
        ),
    ),
    Filter("region", "receipt", _read_regions, _apply_receipt_regions),
    Filter("country", "receipt", _read_country, _equal_or_unknown("g.country", "country")),
    Filter(
        "kind",
        "receipt",
        _one_of("kind", (*KINDS, UNKNOWN)),
        _equal_or_unknown("g.kind", "kind"),
    ),
)

_FILE: Final = (
    Filter(
        "file",
        "file",
        _read_file,
        lambda value: Condition("f.file_no = $file", {"file": int(value)}),
    ),
    Filter(
        "source", "file", _matching("source", _read_word, "cordis"), _equal("f.source", "source")
    ),
    Filter(
        "release", "file", _matching("release", _read_word, "he"), _equal("f.release", "release")
    ),
)

_ISSUE: Final = (
    Filter(
        "file",
        "issue",
        lambda value: value if value == UNKNOWN else _read_file(value),
        lambda value: (
            Condition("s.file_no is null")
            if value == UNKNOWN
            else Condition("s.file_no = $file", {"file": int(value)})
        ),
    ),
    Filter(
        "source",
        "issue",
        _matching("source", _read_word, "cordis"),
        lambda value: Condition(
            "s.file_no in (select file_no from file where source = $source)", {"source": value}
        ),
    ),
    Filter("stage", "issue", _matching("stage", _read_word, "load"), _equal("s.stage", "stage")),
    Filter(
        "issue_code",
        "issue",
        _matching("issue_code", _read_word, "bad-number"),
        _equal("s.code", "issue_code"),
    ),
    Filter(
        "severity",
        "issue",
        _one_of("severity", ("row-lost", "value-lost", "note")),
        _equal("s.severity", "severity"),
    ),
)

FILTERS: Final[Mapping[str, Mapping[str, Filter]]] = {
    "participation": {found.name: found for found in _PARTICIPATION},
    "receipt": {found.name: found for found in _RECEIPT},
    "file": {found.name: found for found in _FILE},
    "issue": {found.name: found for found in _ISSUE},
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide rows: the filter that picks out one group, what is grouped by, what is joined."""

    filter: str
    expression: str
    join: str = ""
    length: int = 0  # regions: a code of fewer signs has no place in the grouping


def _plain(name: str, column: str) -> Grouping:
    return Grouping(name, f"coalesce({column}::varchar, '{UNKNOWN}')")


# What rows can be grouped by: the value of each group is one that its filter takes, so that every
# figure of a group has a scope of its own.
GROUPINGS: Final[Mapping[str, Mapping[str, Grouping]]] = {
    "participation": {
        "organisation": Grouping("organisation", "i.organisation_id"),
        "project": Grouping("project", "i.project_id"),
        "programme": Grouping("programme", "i.programme"),
        "source_key": Grouping("source_key", "i.source_key"),
        "year": _plain("year", "i.year"),
        "kind": _plain("kind", "i.kind"),
        "role": _plain("role", "i.role"),
        "country": _plain("country", "i.country"),
        "sme": _plain("sme", "i.is_sme"),
        "name": Grouping(
            "name",
            "n.name",
            "join participation n on n.record_id = i.record_id",
        ),
        "partner": Grouping(
            "partner",
            "q.organisation_id",
            "join (select distinct project_id, organisation_id from involvement) q "
            "on q.project_id = i.project_id and q.organisation_id <> i.organisation_id",
        ),
        "chain": Grouping(
            "chain", "c.chain", "join chain_project c on c.project_id = i.project_id"
        ),
        "technology": Grouping(
            "technology",
            "t.technology",
            f"join project_technology t on t.project_id = i.project_id and {LABELLED}",
        ),
        "mission": Grouping(
            "mission",
            "mp.mission",
            f"join mission_project mp on mp.project_id = i.project_id and {MARKED}",
        ),
        "term": Grouping(
            "term",
            "m.term",
            "join chain_match m on m.project_id = i.project_id and m.chain = $chain",
        ),
        "region_only": Grouping("region_only", "i.region"),
        **{
            f"region:{length}": Grouping("region", f"substr(i.region, 1, {length})", "", length)
            for length in (2, 3, 4, 5)
        },
        **{
            f"field:{level}": Grouping(
                "field",
                "b.code",
                f"join field_branch b on b.project_id = i.project_id and b.level = {level}",
            )
            for level in range(1, 8)
        },
    },
    "receipt": {
        "list": Grouping("list", "g.source"),
        "organisation": Grouping("organisation", "g.organisation_id"),
        "year": _plain("year", "g.year"),
    },
    "file": {"file": Grouping("file", "f.file_no::varchar")},
    "issue": {
        "file": _plain("file", "s.file_no"),
        "stage": Grouping("stage", "s.stage"),
        "issue_code": Grouping("issue_code", "s.code"),
        "severity": Grouping("severity", "s.severity"),
    },
}


def find_grouping(subject: str, name: str) -> Grouping:
    """Give the grouping of that name; `region:4` is by the first four signs of a region's code.

    Raises: UsageError.
    """
    known = GROUPINGS.get(subject, {})
    if name not in known:
        raise UsageError(
            f"These figures cannot be grouped by '{name}'.",
            f"Groupings: {', '.join(sorted(known)) or 'none'}.",
        )
    return known[name]
