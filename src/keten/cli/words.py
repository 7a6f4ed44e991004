"""The labels of the command line in Dutch; the English label is the key."""

from collections.abc import Mapping
from typing import Final

DUTCH: Final[Mapping[str, str]] = {
    "Everything here is invented.": "Alles hier is verzonnen.",
    "not known": "niet bekend",
    "without a name": "zonder naam",
    "value chain": "waardeketen",
    "regions": "regio's",
    "EU contribution": "EU-bijdrage",
    "nobody in the evidence": "niemand in de gegevens",
    "what put it here": "wat haar hier bracht",
    "No value chain is in the evidence: keten load --examples, keten build":
        "Er zit geen waardeketen in de gegevens: keten load --examples, keten build",
    "content": "inhoud",
    "new": "nieuw",
    "as before": "als voorheen",
    "All files are right.": "Alle bestanden kloppen.",
    "Chains enter the evidence with the next build: keten build":
        "Ketens komen in de gegevens met de volgende bouw: keten build",
    "identifier": "kenmerk",
    "kind": "soort",
    "company": "bedrijf",
    "knowledge": "kennisinstelling",
    "government": "overheid",
    "other": "overig",
    "SME": "mkb",
    "yes": "ja",
    "no": "nee",
    "address": "adres",
    "region": "regio",
    "by": "via",
    "municipality": "gemeente",
    "province": "provincie",
    "website": "website",
    "VAT number": "btw-nummer",
    "projects": "projecten",
    "participations": "deelnames",
    "coordinated": "gecoördineerd",
    "contribution": "bijdrage",
    "partners": "partners",
    "organisations": "organisaties",
    "organisation": "organisatie",
    "project": "project",
    "place": "plaats",
    "SME organisations": "mkb-organisaties",
    "country": "land",
    "name": "naam",
    "record": "record",
    "rule": "regel",
    "programme": "programma",
    "year": "jaar",
    "shared projects": "gedeelde projecten",
    "period": "periode",
    "role": "rol",
    "acronym": "acroniem",
    "title": "titel",
    "start": "begin",
    "end": "einde",
    "status": "status",
    "total cost": "totale kosten",
    "grant": "subsidie",
    "call": "oproep",
    "scheme": "regeling",
    "fields of science": "wetenschapsgebieden",
    "field": "gebied",
    "topics": "onderwerpen",
    "programme parts": "programmadelen",
    "countries": "landen",
    "code": "code",
    "part": "deel",
    "what was said": "wat gezegd is",
    "value": "waarde",
    "method": "methode",
    "coverage": "dekking",
    "of": "van",
    "rows": "rijen",
    "file": "bestand",
    "line": "regel",
    "measure": "maat",
    "unit": "eenheid",
    "stage": "stap",
    "severity": "ernst",
    "number": "aantal",
    "message": "melding",
    "column": "kolom",
    "verdict": "oordeel",
    "same": "zelfde",
    "different": "verschillend",
    "withdrawn": "ingetrokken",
    "who": "wie",
    "when": "wanneer",
    "why": "waarom",
    "in force": "van kracht",
    "Nothing was found.": "Niets gevonden.",
    "Nothing was ruled.": "Er zijn geen oordelen.",
    "Answered for:": "Beantwoord voor:",
    "There is more: add --page {}.": "Er is meer: voeg --page {} toe.",
    "Evidence {} of {}.": "Gegevensstand {} van {}.",
    "Where a number comes from:": "Waar een getal vandaan komt:",
    "Recorded as judgement {}.": "Vastgelegd als oordeel {}.",
    "Rulings changed since the last build; they take effect with: keten build":
        "Oordelen zijn gewijzigd sinds de laatste bouw; ze gaan in met: keten build",
    "At the next build:": "Bij de volgende bouw:",
    "{} and {} become one organisation.": "{} en {} worden één organisatie.",
    "{} and {} are one organisation already; the ruling keeps them so.":
        "{} en {} zijn al één organisatie; het oordeel houdt dat zo.",
    "{} and {} become two organisations.": "{} en {} worden twee organisaties.",
    "{} and {} are two organisations already; nothing will link them.":
        "{} en {} zijn al twee organisaties; niets zal ze verbinden.",
    "{} and {} are judged by the rules again.":
        "{} en {} worden weer door de regels beoordeeld.",
    "the ruling before it holds again: {}": "het oordeel ervoor geldt weer: {}",
    "Nothing had changed; evidence {} is still in force.":
        "Niets was gewijzigd; gegevensstand {} blijft van kracht.",
    "Evidence {} is in force.": "Gegevensstand {} is van kracht.",
    "kept": "behouden",
    "seconds": "seconden",
    "{} issues; see: keten issues": "{} meldingen; zie: keten issues",
}  # fmt: skip


class Words:
    """Says a label in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, *values: object) -> str:
        """Give the label, with the values in its places."""
        said = DUTCH.get(text, text) if self.language == "nl" else text
        return said.format(*values) if values else said
