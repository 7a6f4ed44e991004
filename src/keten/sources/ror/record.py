"""What a record of ROR says, in either of its two schemas, in one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# Keys of the two schemas; one in neither list becomes an issue.
USED: Final = frozenset(
    {
        "id", "name", "names", "types", "country", "aliases", "acronyms", "labels", "addresses",
        "locations", "links", "domains", "established", "status", "relationships", "external_ids",
        "admin",
    }
)  # fmt: skip
IGNORED: Final = {
    "email_address": "leads to persons",
    "ip_addresses": "of networks, no part of any question",
    "wikipedia_url": "an address of a page; the identifier of Wikidata is read",
    "": "number of the row",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name, of what kind (name, label, alias, acronym), and in which language."""

    name: str
    kind: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Registered:
    """A record in one form, whichever schema it was written in."""

    schema: str
    changed_on: str
    names: tuple[Name, ...]
    types: tuple[str, ...]
    country: str | None
    city: str | None
    geonames_id: str | None
    latitude: float | None
    longitude: float | None
    website: str | None
    domains: tuple[str, ...]
    established: int | None
    status: str | None
    relations: tuple[tuple[str, str, str | None], ...]  # kind, identifier, name
    identifiers: tuple[tuple[str, str, bool], ...]  # kind, identifier, preferred

    @property
    def name(self) -> str | None:
        """The name by which the registry shows it."""
        return next((each.name for each in self.names if each.kind == "name"), None)

    @property
    def acronyms(self) -> list[str]:
        """Its abbreviations."""
        return [each.name for each in self.names if each.kind == "acronym"]


def read_record(values: Mapping[str, Any]) -> Registered:
    """Read a record; whatever is not as the schemas have it counts as absent."""
    return _read_second(values) if "names" in values else _read_first(values)


def _read_second(values: Mapping[str, Any]) -> Registered:
    names = [
        Name(str(each["value"]).strip(), _kind(_list(each.get("types"))), each.get("lang"))
        for each in _mappings(values.get("names"))
        if str(each.get("value") or "").strip()
    ]
    location = next(iter(_mappings(values.get("locations"))), {})
    details = _mapping(location.get("geonames_details"))
    sites = [
        each.get("value")
        for each in _mappings(values.get("links"))
        if each.get("type") == "website"
    ]
    changed = _mapping(_mapping(values.get("admin")).get("last_modified")).get("date")
    identifiers = [
        (str(each.get("type")).lower(), str(one), one == each.get("preferred"))
        for each in _mappings(values.get("external_ids"))
        for one in _list(each.get("all"))
    ]
    return Registered(
        schema="2",
        changed_on=str(changed or ""),
        names=tuple(names),
        country=_text(details.get("country_code")),
        city=_text(details.get("name")),
        geonames_id=_text(location.get("geonames_id")),
        latitude=_degrees(details.get("lat")),
        longitude=_degrees(details.get("lng")),
        website=_text(sites[0]) if sites else None,
        identifiers=tuple(dict.fromkeys(identifiers)),
        **_shared(values),
    )


def _read_first(values: Mapping[str, Any]) -> Registered:
    names = [Name(str(values["name"]).strip(), "name", None)] if values.get("name") else []
    names += [
        Name(str(each["label"]).strip(), "label", each.get("iso639"))
        for each in _mappings(values.get("labels"))
        if each.get("label")
    ]
    for kind, key in (("alias", "aliases"), ("acronym", "acronyms")):
        names += [Name(str(each).strip(), kind, None) for each in _list(values.get(key)) if each]
    address = next(iter(_mappings(values.get("addresses"))), {})
    city = _mapping(address.get("geonames_city"))
    sites = _list(values.get("links"))
    identifiers = [
        (str(kind).lower(), str(one), one == each.get("preferred"))
        for kind, found in _mapping(values.get("external_ids")).items()
        for each in (_mapping(found),)
        for one in _list(each.get("all"))
    ]
    return Registered(
        schema="1",
        changed_on="",
        names=tuple(names),
        country=_text(_mapping(values.get("country")).get("country_code")),
        city=_text(address.get("city") or city.get("city")),
        geonames_id=_text(city.get("id")),
        latitude=_degrees(address.get("lat")),
        longitude=_degrees(address.get("lng")),
        website=_text(sites[0]) if sites else None,
        identifiers=tuple(dict.fromkeys(identifiers)),
        **_shared(values),
    )


def _shared(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what both schemas write in one way."""
    year = values.get("established")
    relations = [
        (str(each.get("type")).lower(), ror_number(each.get("id")) or "", _text(each.get("label")))
        for each in _mappings(values.get("relationships"))
    ]
    return {
        "types": tuple(str(each).lower() for each in _list(values.get("types"))),
        "domains": tuple(str(each) for each in _list(values.get("domains"))),
        "established": year if isinstance(year, int) and not isinstance(year, bool) else None,
        "status": _text(values.get("status")),
        "relations": tuple(dict.fromkeys(each for each in relations if each[1])),
    }


def ror_number(address: object) -> str | None:
    """Give the identifier without the address before it: https://ror.org/012p63287."""
    text = str(address or "").strip().rstrip("/")
    return text.rsplit("/", 1)[-1].lower() or None


def _kind(types: list[Any]) -> str:
    if "ror_display" in types:
        return "name"
    return next((str(each) for each in ("label", "acronym", "alias") if each in types), "alias")


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) and value else []


def _text(value: object) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _degrees(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]
