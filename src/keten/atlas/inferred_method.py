"""The figures of what participants tell, in words."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text

_APART: Final = Text(
    " It enters no count, no share of a region or an organisation, no specialisation and no value chain: "
    "what is told by who takes part would prove itself there.",
    " Het telt nergens mee, niet in het deel van een regio of organisatie, niet in specialisatie of "
    "waardeketen: wat naar deelnemers is opgemaakt, zou daar zichzelf bewijzen.",
)
_ALL: Final = (
    Method(
        "inferred_chance",
        "in-hundred",
        Text(
            "Chance that a project is about a technology, by who takes part",
            "Kans dat een project over een technologie gaat, naar wie meedoet",
        ),
        Text(
            "Only of projects of which no text is here and of which topic and programme say nothing. Each "
            "participant is held against all: the odds that its other projects are about the technology, "
            "with one project of the common sort added. Participants are weighed by how far their other "
            "projects differ from those of all, so that a university says little and a maker of one thing "
            "much. Two numbers turn that into a chance; they were fitted on projects whose text was hidden."
            + _APART.en,
            "Alleen van projecten zonder tekst waarvan onderwerp en programma niets zeggen. Elke deelnemer "
            "wordt naast alle gelegd: de kansverhouding dat zijn andere projecten over de technologie "
            "gaan, met één project van de gewone soort erbij. Deelnemers wegen naar hoe ver hun andere "
            "projecten van die van allen verschillen, zodat een universiteit weinig zegt en een maker van "
            "één ding veel. Twee getallen maken daar een kans van; ze zijn afgesteld op projecten waarvan "
            "de tekst verborgen was." + _APART.nl,
        ),
    ),
    Method(
        "inferred_known",
        "count",
        Text("Other projects of a participant", "Andere projecten van een deelnemer"),
        Text(
            "Projects of this organisation, without this one, that were judged by their text or by "
            "an editor.",
            "Projecten van deze organisatie, zonder dit, die naar hun tekst of door een "
            "redacteur beoordeeld zijn.",
        ),
    ),
    Method(
        "inferred_about",
        "count",
        Text("Of these, about the technology", "Daarvan over de technologie"),
        Text(
            "The chances of those projects added up: so many of them should be about it.",
            "De kansen van die projecten bij elkaar: zoveel ervan zouden erover moeten gaan.",
        ),
    ),
    Method(
        "inferred_part",
        "share",
        Text("Its part in the judgement", "Zijn deel in het oordeel"),
        Text(
            "How far the other projects of this participant differ from those of all (their relative "
            "entropy over all technologies), as a share of that of all participants.",
            "Hoe ver de andere projecten van deze deelnemer van die van allen verschillen (hun relatieve "
            "entropie over alle technologieën), als deel van dat van alle deelnemers.",
        ),
        "Kullback & Leibler (1951), Annals of Mathematical Statistics 22(1)",
    ),
    Method(
        "inferred_projects",
        "count",
        Text(
            "Projects that may be about it, by who takes part",
            "Projecten die erover kunnen gaan, naar wie meedoet",
        ),
        Text(
            "Projects of which nothing else is known and of which the chance by who takes part is one in "
            "four or more." + _APART.en,
            "Projecten waarvan verder niets bekend is en waarvan de kans naar wie meedoet één op vier of "
            "meer is." + _APART.nl,
        ),
    ),
)

METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
