"""The plain baseline: two records are one when name without legal form and country are the same.

Its rules for a name are its own and stay as they are, whatever becomes of the product's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

import numpy as np
import pyarrow as pa
from anyascii import anyascii

from benchmarks.resolution.metrics import Links

_FORM_WORDS: Final = """
    bv nv ua ba cv vof ia stichting stg vereniging cooperatie cooperatieve cooperatief gmbh ag kg
    kgaa ohg gbr ug mbh ev ek se ltd limited inc llc plc co company corp corporation sa sas sarl sl
    slu sau sasu sapa sca scrl scarl sarl eurl snc scop scpa scs scv sep eirl gie geie srl srls spa
    as asa ab oy oyj aps sro doo dd zoo spzoo sp zo o zrt kft nyrt bt bvba vzw ivzw asbl aisbl inpa
    sprl cvba scpl eeig aie ood eood ad ead uab ou epe ae ike mepe lda limitada ltda unipessoal ltee
    coop cooperativa scoop soc societa societe sociedad eingetragener registered verein stiftung
    foundation fundacion fondazione fundacao fondation fundatia fundacja association asociacion
    associazione associacao wa onlus ivzs bva nva"""
_FORMS: Final = frozenset(_FORM_WORDS.split())
_LONG_FORMS: Final = re.compile(
    r"\b(?:besloten vennootschap(?: met beperkte aansprakelijkheid)?|naamloze vennootschap"
    r"|met (?:beperkte|uitgesloten) aansprakelijkheid|gesellschaft mit beschra?e?nkter haftung"
    r"|societe anonyme|societe par actions simplifiee|societe a responsabilite limitee"
    r"|societa a responsabilita limitata|societa per azioni|societa cooperativa|sociedad anonima"
    r"|sociedad limitada(?: unipersonal)?|sociedade anonima|sociedade unipessoal"
    r"|spolka z ograniczona odpowiedzialnoscia|spolka z o o|z oo|spolka akcyjna"
    r"|spolka komandytowa|aktiengesellschaft|aktiebolag|aktieselskab|anpartsselskab|osakeyhtio"
    r"|limited liability company|public limited company|private limited company"
    r"|korlatolt felelossegu tarsasag|zartkoruen mukodo reszvenytarsasag|anonim sirketi"
    r"|limited sirketi|ltd sti|s r o|a s|d o o|e v|co kg|and co)\b"
)


def bare_name(name: str) -> str:
    """Give a name in small letters without accents, punctuation and legal form."""
    text = anyascii(name).lower().replace(".", "").replace("'", "").replace("&", " and ")
    text = " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
    return " ".join(word for word in _LONG_FORMS.sub(" ", text).split() if word not in _FORMS)


def find_exact(left: pa.Table, right: pa.Table) -> Links:
    """Link all rows that share a name and a country; every score is 1. Rows as in `UNITS`."""
    holders: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row, keys in enumerate(_keys(right)):
        for key in keys:
            holders[key].add(row)
    pairs = sorted(
        {
            (row, other)
            for row, keys in enumerate(_keys(left))
            for key in keys
            for other in holders.get(key, ())
        }
    )
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    return Links(rows[:, 0], rows[:, 1], np.ones(len(rows)))


def _keys(units: pa.Table) -> list[set[tuple[str, str]]]:
    return [
        {(bare, country) for name in names if (bare := bare_name(name)) for country in countries}
        for names, countries in zip(
            units["names"].to_pylist(), units["countries"].to_pylist(), strict=True
        )
    ]
