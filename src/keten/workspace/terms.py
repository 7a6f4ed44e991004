"""Terms: what can be named when something is said to serve it, by key and by every name it goes by.

Elements of a canvas, chains with their stages, entries of taxonomies as they hold on a day, regions. Who
shows a term gets its label; who reads a person's sheet finds it by label, synonym or code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

import yaml
from anyascii import anyascii

from keten.model import Text
from keten.workspace.examples import FOLDER
from keten.workspace.store import Store

# By the kind of key: what it is called, and in the plural.
DIMENSIONS: Final[Mapping[str, tuple[Text, Text]]] = {
    "kind": (Text("Kind", "Soort"), Text("Kinds", "Soorten")),
    "audience": (Text("For whom", "Voor wie"), Text("For whom", "Voor wie")),
    "stage": (Text("Stage", "Fase"), Text("Stages", "Fasen")),
    "element": (Text("Precondition", "Randvoorwaarde"), Text("Preconditions", "Randvoorwaarden")),
    "mission": (Text("Mission", "Missie"), Text("Missions", "Missies")),
    "region": (Text("Region", "Regio"), Text("Regions", "Regio's")),
    "chain": (Text("Value chain", "Waardeketen"), Text("Value chains", "Waardeketens")),
    "technology": (Text("Technology", "Technologie"), Text("Technologies", "Technologieën")),
}  # fmt: skip
# Regions go by more names than the classification knows.
_ALSO: Final = {"friesland": "fryslan"}
_LITTLE: Final = frozenset(
    {"en", "and", "of", "or", "de", "het", "the", "van", "voor", "for", "in"}
)
_SHORT: Final = 3  # letters of a word that says too little by itself
_SPLITS: Final = (r"[;|\n]", r"[;|\n,+]", r"[;|\n,+/]|\ben\b|\band\b")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that can be named: its key, its label, and other names, plainly written."""

    key: str
    label: Text
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """All that can be named, by the kind of key, in the order of its definition."""

    by_kind: Mapping[str, tuple[Term, ...]]
    by_key: Mapping[str, Term] = field(init=False, hash=False, compare=False)
    _names: Mapping[str, Mapping[str, str]] = field(init=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, dict[str, str]] = {}
        for kind, terms in self.by_kind.items():
            found = names.setdefault(kind, {})
            # Labels go before synonyms, whoever stands first.
            for term in terms:
                for name in (term.key, term.key.partition(":")[2], term.label.en, term.label.nl):
                    found.setdefault(plain(name), term.key)
            for term in terms:
                for name in term.names:
                    found.setdefault(plain(name), term.key)
        object.__setattr__(self, "_names", names)
        keys = {term.key: term for terms in self.by_kind.values() for term in terms}
        object.__setattr__(self, "by_key", keys)

    def of(self, kind: str) -> tuple[Term, ...]:
        """Give the terms of a kind."""
        return self.by_kind.get(kind, ())

    def label(self, key: str) -> Text:
        """Give the label of a key; what no definition names any more goes by its key."""
        term = self.by_key.get(key)
        bare = key.partition(":")[2] or key
        return term.label if term else Text(bare, bare)

    def find(self, kind: str, name: str) -> str:
        """Give the key that a name stands for, or nothing."""
        return self._names.get(kind, {}).get(plain(name), "")

    def read(self, kind: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Read a cell with one name or several: the keys, and the names that are none.

        A name may hold a comma; so what divides names most surely is tried first.
        """
        whole = self.find(kind, text)
        if whole or not text.strip():
            return ((whole,) if whole else ()), ()
        near = self.find_near(kind, text)
        if near:
            return (near,), ()
        found: dict[str, None] = {}
        left: list[str] = []
        for part in _split(text, _SPLITS[0]):
            keys, unknown = self._read_part(kind, part)
            found.update(dict.fromkeys(keys))
            left += unknown
        return tuple(found), tuple(left)

    def write(self, key: str, language: str) -> str:
        """Give a name by which `read` finds this key again, and no other."""
        kind = key.partition(":")[0]
        label = self.label(key).in_language(language)
        kinds = ("stage",) if "/" in key else (kind,)
        is_whole = not re.search(r"[;|\n]", label)
        return label if is_whole and all(self.find(k, label) == key for k in kinds) else key

    def find_near(self, kind: str, name: str) -> str:
        """Give the one term in whose names every word of this stands, or nothing; regions are exact."""
        words = set(plain(name).split()) - _LITTLE
        if kind == "region" or not any(len(word) > _SHORT for word in words):
            return ""
        found = [
            term.key
            for term in self.of(kind)
            if words <= {w for each in _names_of(term) for w in plain(each).split()}
        ]
        return found[0] if len(found) == 1 else ""

    def _read_part(self, kind: str, text: str) -> tuple[list[str], list[str]]:
        if key := self.find(kind, text) or self.find_near(kind, text):
            return [key], []
        for pattern in _SPLITS[1:]:
            parts = _split(text, pattern)
            keys = [self.find(kind, part) or self.find_near(kind, part) for part in parts]
            if len(parts) > 1 and all(keys):
                return keys, []
        parts = _split(text, _SPLITS[1])
        keys = [self.find(kind, part) or self.find_near(kind, part) for part in parts]
        known = [key for key in keys if key]
        unknown = [part for part, key in zip(parts, keys, strict=True) if not key]
        return (known, unknown) if known else ([], [text])


def read_terms(store: Store | None, today: date, regions: Mapping[str, str] | None = None) -> Terms:
    """Give all that can be named on a day; `regions` are names by code.

    Of a scheme that nobody loaded the one that comes with keten holds.
    """
    found: dict[str, list[Term]] = {kind: [] for kind in DIMENSIONS}
    schemes = _schemes(store, today)
    for value, changes in schemes.values():
        one = str(value.get("one", ""))
        if one in found:
            found[one] += _entries(one, value, changes)
    for content in store.contents("elements") if store else ():
        for element in content.value.get("elements", ()):
            if isinstance(element, Mapping) and element.get("element"):
                found["element"].append(_term("element", str(element["element"]), element))
    known = {term.key for term in found["chain"]}
    for content in store.contents("chain") if store else ():
        chain = _term("chain", content.name, content.value)
        if chain.key not in known:
            found["chain"].append(chain)
        found["stage"] += _stages(chain, content.value)
    found["region"] = list(_regions(regions or {}))
    return Terms({kind: _once(terms) for kind, terms in found.items()})


def plain(text: str) -> str:
    """Give a name without case, accents and signs."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).split())


def _names_of(term: Term) -> tuple[str, ...]:
    return (term.label.en, term.label.nl, *term.names)


def _split(text: str, pattern: str) -> list[str]:
    return [part.strip() for part in re.split(pattern, text) if part and part.strip()]


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple({term.key: term for term in reversed(list(terms))}.values())[::-1]


def _schemes(
    store: Store | None, today: date
) -> dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give of each scheme the version that holds, with what people changed of its entries."""
    values = (
        [(content.name, content.value) for content in store.contents("taxonomy")] if store else []
    )
    known = {str(value.get("name", "")) for _, value in values}
    values += [(name, value) for name, value in _shipped() if str(value["name"]) not in known]
    changes: dict[str, dict[str, Any]] = {}
    for line in store.judgements("taxonomy-entry", only_in_force=True) if store else ():
        if isinstance(line.value, Mapping) and not line.is_private:
            of = changes.setdefault(line.subject.removeprefix("taxonomy:"), {})
            of[line.object.removeprefix("entry:")] = line.value
    found: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    for name, value in sorted(values, key=lambda pair: (str(pair[1].get("valid_from")), pair[0])):
        scheme, begins = str(value.get("name", "")), str(value.get("valid_from", ""))
        is_over = bool(value.get("valid_until")) and str(value["valid_until"]) < today.isoformat()
        if scheme not in found or (begins <= today.isoformat() and not is_over):
            found[scheme] = (value, changes.get(name, {}))
    return {scheme: found[scheme] for scheme in sorted(found)}


@cache
def _shipped() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    made = []
    for scheme in ("initiative-kinds", "audiences", "stages"):
        value = yaml.safe_load((FOLDER / f"taxonomy-{scheme}.yaml").read_text("utf-8"))
        made.append((f"{value['name']}@{value['version']}", value))
    return tuple(made)


def _entries(one: str, value: Mapping[str, Any], changes: Mapping[str, Any]) -> Iterator[Term]:
    for entry in value.get("entries", ()):
        if isinstance(entry, Mapping) and entry.get("entry"):
            slug = str(entry["entry"])
            yield _term(one, slug, {**entry, **changes.get(slug, {})})


def _stages(chain: Term, value: Mapping[str, Any]) -> Iterator[Term]:
    for stage in value.get("stages", ()):
        if isinstance(stage, Mapping) and stage.get("stage"):
            made = _term("stage", str(stage["stage"]), stage)
            label = Text(f"{chain.label.en}: {made.label.en}", f"{chain.label.nl}: {made.label.nl}")
            yield Term(f"{chain.key}/{stage['stage']}", label, (made.label.en, made.label.nl))


def _term(kind: str, slug: str, value: Mapping[str, Any]) -> Term:
    label, synonyms = value.get("label"), value.get("synonyms")
    given = label if isinstance(label, Mapping) else {}
    english = str(given.get("en") or slug)
    names = [
        str(name)
        for each in (synonyms.values() if isinstance(synonyms, Mapping) else ())
        for name in (each if isinstance(each, list) else ())
    ]
    return Term(f"{kind}:{slug}", Text(english, str(given.get("nl") or english)), tuple(names))


def _regions(names: Mapping[str, str]) -> Iterator[Term]:
    # Of regions of one name the largest is meant, unless the code is written.
    for code in sorted(names, key=lambda code: (len(code), code)):
        name = names[code]
        bare = re.sub(r"\s*\([A-Z]{2}\)$", "", name)
        also = [other for known, other in _ALSO.items() if plain(bare) == known]
        yield Term(f"region:{code}", Text(name, name), (bare, *also))
