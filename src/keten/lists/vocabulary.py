"""Vocabularies: what the columns of a list can hold, by what the list is a list of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from keten.lists.fields import FIELDS, KEPT, LEFT_OUT, Field, label_of
from keten.model import Text

ORGANISATIONS, INITIATIVES, INDICATORS = "organisations", "initiatives", "indicators"


@dataclass(frozen=True)
class Vocabulary:
    """The fields of one kind of list, and which of them tell that a sheet is of this kind."""

    name: str
    label: Text
    fields: tuple[Field, ...]
    telling: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ("name",)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """Give the field that each heading names."""
        return {heading: field.name for field in self.fields for heading in field.headings}

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """Give the headings, the longest first: a longer name hides those in it."""
        return tuple(sorted(self.headings, key=lambda text: (-len(text), text)))

    def label_of(self, name: str) -> Text:
        """Give what a field is called."""
        if name in (KEPT, LEFT_OUT):
            return label_of(name)
        return next(field.label for field in self.fields if field.name == name)

    @property
    def names(self) -> frozenset[str]:
        """Give every word that a mapping may hold."""
        return frozenset({*(field.name for field in self.fields), KEPT, LEFT_OUT})


def _field(name: str, en: str, nl: str, *headings: str) -> Field:
    return Field(name, Text(en, nl), headings)


_INITIATIVE: Final = (
    _field("name", "Initiative", "Initiatief", "initiatief", "initiatieven", "initiative", "naam",
           "name", "naam initiatief", "naam van het initiatief", "initiative name", "titel", "title",
           "programma", "programme", "naam programma", "regeling", "instrument", "project"),
    _field("aim", "Aim", "Doel", "doel", "aim", "goal", "doelstelling", "omschrijving", "beschrijving",
           "description", "toelichting", "waarvoor", "what is it for", "wat doet het", "inhoud", "over"),
    _field("lead", "Who runs it", "Wie voert het uit", "trekker", "lead", "wie voert het uit",
           "who runs it", "uitvoerder", "organisatie", "organisation", "penvoerder", "leider", "led by",
           "eigenaar", "uitvoering", "host", "coordinator", "trekkende organisatie", "lead partner",
           "lead organisation", "wie", "initiatiefnemer"),
    _field("role", "Role of the lead", "Functie van de trekker", "functie", "rol", "role",
           "rol van de trekker", "functie van de trekker", "role of the lead"),
    _field("kind", "Kind", "Soort", "soort", "kind", "type", "type initiatief", "soort initiatief",
           "categorie", "category", "vorm", "type of initiative"),
    _field("audience", "For whom", "Voor wie", "voor wie", "for whom", "doelgroep", "doelgroepen",
           "target group", "audience", "gericht op", "bedoeld voor"),
    _field("stage", "Stage", "Fase", "fase", "fasen", "stage", "stages", "innovatiefase", "trl",
           "schakel", "schakels", "phase", "levensfase", "ontwikkelfase", "ketenschakel"),
    _field("element", "Precondition", "Randvoorwaarde", "randvoorwaarde", "randvoorwaarden",
           "precondition", "preconditions", "element", "elementen", "elements", "voorwaarde",
           "condition", "canvas", "canvaselement", "thema ecosysteem"),
    _field("mission", "Mission", "Missie", "missie", "missies", "mission", "missions", "opgave",
           "maatschappelijke opgave", "maatschappelijke uitdaging", "societal challenge", "transitie"),
    _field("region", "Region", "Regio", "regio", "regio s", "region", "regions", "provincie",
           "provincies", "province", "gebied", "werkgebied", "nuts", "nuts code", "area"),
    _field("chain", "Value chain", "Waardeketen", "waardeketen", "waardeketens", "keten", "ketens",
           "value chain", "value chains", "chain", "sector", "sectoren"),
    _field("technology", "Technology", "Technologie", "technologie", "technologieen", "technology",
           "technologies", "sleuteltechnologie", "sleuteltechnologieen", "key technology"),
    _field("amount", "Amount in euros", "Bedrag in euro's", "bedrag", "budget", "amount", "omvang",
           "bedrag in euro s", "amount in euros", "euro", "begroting", "middelen", "financiering eur",
           "bedrag eur", "budget eur", "amount eur"),
    _field("amount_source", "Source of the amount", "Bron van het bedrag", "bron van het bedrag",
           "source of the amount", "bron", "source", "bron bedrag", "bronvermelding"),
    _field("funder", "Who pays", "Wie betaalt", "wie betaalt", "who pays", "financier", "financiers",
           "funder", "funders", "gefinancierd door", "funded by", "geldgever", "herkomst middelen"),
    _field("starts", "From", "Van", "van", "from", "start", "begin", "startdatum", "start date",
           "begindatum", "vanaf", "looptijd van", "startjaar", "start year", "first day"),
    _field("ends", "Until", "Tot en met", "tot", "tot en met", "until", "einde", "eind", "end",
           "einddatum", "end date", "looptijd tot", "eindjaar", "t m", "last day"),
    _field("website", "Website", "Website", "website", "url", "site", "webadres", "web", "link",
           "internet", "homepage", "www"),
)  # fmt: skip
_INDICATOR: Final = (
    _field("indicator", "Indicator", "Indicator", "indicator", "indicatoren", "kental", "kengetal",
           "maat", "measure", "indicator naam", "naam indicator", "indicator name", "onderwerp",
           "variabele", "variable", "kpi"),
    _field("value", "Value", "Waarde", "waarde", "value", "getal", "stand", "cijfer", "uitkomst",
           "score", "bedrag", "aantal", "number", "amount"),
    _field("region", "Region", "Regio", "regio", "region", "provincie", "province", "nuts",
           "nuts code", "gebied", "area", "gemeente"),
    _field("chain", "Value chain", "Waardeketen", "waardeketen", "keten", "value chain", "chain"),
    _field("period", "Period", "Periode", "periode", "period", "jaar", "year", "peiljaar", "kwartaal",
           "quarter", "maand", "month", "peildatum", "datum", "date", "verslagjaar"),
    _field("unit", "Unit", "Eenheid", "eenheid", "unit", "in"),
    _field("source", "Source", "Bron", "bron", "source", "herkomst", "bronvermelding", "reference"),
    _field("note", "Note", "Opmerking", "opmerking", "opmerkingen", "note", "notes", "toelichting",
           "remark", "remarks"),
)  # fmt: skip
VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    each.name: each
    for each in (
        Vocabulary(ORGANISATIONS, Text("Organisations", "Organisaties"), FIELDS),
        Vocabulary(
            INITIATIVES, Text("Initiatives", "Initiatieven"), _INITIATIVE,
            frozenset({"element", "mission", "audience", "aim", "lead", "funder", "kind", "starts"}),
        ),
        Vocabulary(
            INDICATORS, Text("Figures of regions or value chains", "Cijfers van regio's of waardeketens"),
            _INDICATOR, frozenset({"indicator", "value", "period", "unit", "region"}),
            ("indicator",),
        ),
    )
}  # fmt: skip
