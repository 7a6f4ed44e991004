"""Methods: what each number of a choice, and of dependence on subsidy, means in words."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text
from keten.portfolio.acceptability import SAMPLES

_SMAA: Final = (
    "Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3); Tervonen & Figueira (2008), "
    "Journal of Multi-Criteria Decision Analysis 15"
)
_WORTH: Final = (
    "Felli & Hazen (1998), Medical Decision Making 18(1); Strong & Oakley (2013), Medical "
    "Decision Making 33(6)"
)
_MANY: Final = f"{SAMPLES:,}"
_DRAW: Final = Text(
    f" Computed from {_MANY} draws with a fixed seed: each draws every score evenly between its "
    "bounds, and the weights evenly from all that keep what was said of them. The value of a "
    "development is the weighted sum of its scores, each put between the worst and the best end "
    "of its scale. Equal values share their ranks.",
    f" Berekend uit {_MANY.replace(',', '.')} trekkingen met vaste aanvang: elk trekt alle scores "
    "gelijkmatig tussen hun grenzen, en de gewichten gelijkmatig uit alle die passen bij wat "
    "erover gezegd is. De waarde van een ontwikkeling is de gewogen som van haar scores, elk "
    "geplaatst tussen het slechtste en het beste einde van de schaal. Gelijke waarden delen hun "
    "rangen.",
)


def _drawn(
    name: str, unit: str, title: Text, english: str, dutch: str, source: str = _SMAA
) -> Method:
    return Method(name, unit, title, Text(english + _DRAW.en, dutch + _DRAW.nl), source)


CHOICE: Final = (
    Method(
        "scale_end", "", Text("End of a scale", "Einde van een schaal"),
        Text("The lowest or highest score that a criterion knows, as its definition says.",
             "De laagste of hoogste score die een criterium kent, zoals de definitie zegt."),
    ),
    Method(
        "score_bound", "", Text("Bound of a score", "Grens van een score"),
        Text("The lowest or highest that the score of a development on a criterion may be, as "
             "the file or a person says. No source measures it.",
             "Het laagste of hoogste dat de score van een ontwikkeling op een criterium kan "
             "zijn, zoals het bestand of een mens zegt. Geen bron meet het."),
    ),
    Method(
        "developments", "count", Text("Developments compared", "Vergeleken ontwikkelingen"),
        Text("Developments in the definition, with those that people added and without those "
             "left out.",
             "Ontwikkelingen in de definitie, met wat mensen toevoegden en zonder wat is "
             "weggelaten."),
    ),
    Method(
        "draws", "count", Text("Draws", "Trekkingen"),
        Text("How often scores and weights were drawn.", "Hoe vaak scores en gewichten getrokken zijn."),
        _SMAA,
    ),
    _drawn(
        "rank_acceptability", "share", Text("Rank acceptability", "Aandeel van een rang"),
        "In what share of the draws a development has this rank. The interval is the error of "
        "drawing; it says nothing about whether the scores are right.",
        "In welk deel van de trekkingen een ontwikkeling deze rang heeft. Het interval is de "
        "fout van het trekken; het zegt niet of de scores kloppen.",
    ),
    _drawn(
        "central_weight", "share", Text("Central weight", "Centraal gewicht"),
        "The mean weight of a criterion over the draws in which the development comes first: "
        "what one would have to find important to choose it.",
        "Het gemiddelde gewicht van een criterium over de trekkingen waarin de ontwikkeling "
        "eerste is: wat men belangrijk zou moeten vinden om haar te kiezen.",
    ),
    _drawn(
        "confidence", "share", Text("Confidence", "Zekerheid"),
        "In what share of the draws of scores the development comes first, if its central "
        "weights are the weights. Low: even for who favours it the scores are too uncertain to "
        "choose.",
        "In welk deel van de trekkingen van scores de ontwikkeling eerste is, als haar centrale "
        "gewichten gelden. Laag: zelfs voor wie haar voortrekt zijn de scores te onzeker om te "
        "kiezen.",
    ),
    _drawn(
        "pairwise_winning", "share", Text("Wins against", "Wint van"),
        "In what share of the draws a development has a higher value than the other; equal "
        "counts half.",
        "In welk deel van de trekkingen een ontwikkeling een hogere waarde heeft dan de andere; "
        "gelijk telt half.",
        "Leskinen, Viitanen, Kangas & Kangas (2006), Forest Science 52(3)",
    ),
    _drawn(
        "first_where", "share", Text("Comes first where", "Is eerste waar"),
        "In what share of a third of the draws the development comes first: the third in which "
        "the weight or score named is lowest, or highest.",
        "In welk deel van een derde van de trekkingen de ontwikkeling eerste is: het derde "
        "waarin het genoemde gewicht of de genoemde score het laagst is, of het hoogst.",
        _WORTH,
    ),
    _drawn(
        "worth_of_knowing", "share", Text("Worth of knowing", "Waarde van weten"),
        "By how much the share of draws in which the one chosen comes first would grow, if this "
        "weight or score were known before choosing. The draws are cut into ten by it; half of "
        "them choose, the other half judge, so that the gain is not flattered. Around nought: "
        "knowing it would change nothing.",
        "Hoeveel het deel van de trekkingen waarin de gekozene eerste is zou groeien, als dit "
        "gewicht of deze score vóór de keuze bekend was. De trekkingen worden er tien keer door "
        "gedeeld; de ene helft kiest, de andere oordeelt, zodat de winst niet gevleid is. Rond "
        "nul: het weten zou niets veranderen.",
        _WORTH,
    ),
)  # fmt: skip

_OURS: Final = "Our own definition; no paper defines it"

DEPENDENCE: Final = (
    Method(
        "eu_per_year", "EUR", Text("EU contribution in a year", "EU-bijdrage in een jaar"),
        Text("Contributions of Horizon 2020 and Horizon Europe to the organisation, each spread "
             "over the days from the first to the last of its project, and added up for the days "
             "of the year. These are amounts granted, not paid; years to come are in it. "
             "Participations without an amount, or projects without dates, are left out.",
             "Bijdragen van Horizon 2020 en Horizon Europe aan de organisatie, elk verdeeld over "
             "de dagen van de eerste tot en met de laatste van het project, en opgeteld voor de "
             "dagen van het jaar. Het zijn toegekende bedragen, geen betaalde; jaren die nog "
             "komen zitten erin. Deelnames zonder bedrag en projecten zonder data blijven "
             "erbuiten."),
        _OURS,
    ),
    Method(
        "ministry_per_year", "EUR",
        Text("Subsidy of ministries in a year", "Subsidie van ministeries in een jaar"),
        Text("What Dutch ministries booked as realised for the organisation, found by its name. "
             "The list at hand is of 2015; of other years nothing is known.",
             "Wat Nederlandse ministeries voor de organisatie als realisatie boekten, gevonden "
             "op naam. De lijst die er is, is van 2015; van andere jaren is niets bekend."),
        _OURS,
    ),
    Method(
        "subsidy_per_year", "EUR", Text("Known subsidy in a year", "Bekende subsidie in een jaar"),
        Text("EU contribution and subsidy of ministries in the year, added up; and what a person "
             "entered as other subsidy, where somebody did.",
             "EU-bijdrage en subsidie van ministeries in het jaar opgeteld; en wat iemand als "
             "andere subsidie invoerde, waar dat is gebeurd."),
        _OURS,
    ),
    Method(
        "line_total", "EUR",
        Text("From one programme part or scheme", "Uit één programmadeel of regeling"),
        Text("All amounts of the organisation under this programme part of the EU or this scheme "
             "of a ministry, over all years, those to come included.",
             "Alle bedragen van de organisatie onder dit programmadeel van de EU of deze regeling "
             "van een ministerie, over alle jaren, ook die nog komen."),
        _OURS,
    ),
    Method(
        "funding_lines", "count", Text("Sources of subsidy", "Bronnen van subsidie"),
        Text("Programme parts of the EU and schemes of ministries from which the organisation "
             "has money.",
             "Programmadelen van de EU en regelingen van ministeries waaruit de organisatie geld "
             "heeft."),
        _OURS,
    ),
    Method(
        "funder_concentration", "ratio", Text("Concentration of funders", "Concentratie van geldgevers"),
        Text("Sum of the squared shares of the programme parts and schemes in all known subsidy: "
             "1 when all comes from one, near 0 when it comes from many. Amounts of a negative "
             "total are left out.",
             "Som van de gekwadrateerde aandelen van programmadelen en regelingen in alle "
             "bekende subsidie: 1 als alles uit één komt, dicht bij 0 als het uit vele komt. "
             "Negatieve totalen blijven erbuiten."),
        "Herfindahl-Hirschman index",
    ),
    Method(
        "subsidy_slope", "EUR",
        Text("Change of EU contribution per year", "Verandering van de EU-bijdrage per jaar"),
        Text("Slope of the straight line of least squares through the EU contribution of each "
             "year, from the second (the first is seldom whole) to the last that is over. Below "
             "nought: it falls.",
             "Helling van de rechte lijn van kleinste kwadraten door de EU-bijdrage van elk heel "
             "jaar, van het tweede (het eerste is zelden heel) tot het laatste dat voorbij is. "
             "Onder nul: zij daalt."),
        _OURS,
    ),
    Method(
        "other_money", "EUR", Text("Entered by a person", "Ingevoerd door een persoon"),
        Text("Revenue, private capital or other subsidy of a year, as a person entered it with a "
             "reason.",
             "Omzet, privaat kapitaal of andere subsidie van een jaar, zoals iemand het met een "
             "reden invoerde."),
        _OURS,
    ),
    Method(
        "dependence", "share", Text("Dependence on subsidy", "Afhankelijkheid van subsidie"),
        Text("Known subsidy of the year, divided by that plus revenue and private capital. "
             "Revenue and capital come from no open source: a person entered them. A high share "
             "is acceptable while a party is young and the share falls.",
             "Bekende subsidie van het jaar, gedeeld door die plus omzet en privaat kapitaal. "
             "Omzet en kapitaal staan in geen open bron: iemand voerde ze in. Een hoog aandeel "
             "is aanvaardbaar zolang een partij jong is en het aandeel daalt."),
        _OURS,
    ),
    Method(
        "dependence_slope", "points",
        Text("Change of dependence per year", "Verandering van de afhankelijkheid per jaar"),
        Text("Slope of the straight line of least squares through the dependence of the years "
             "that are known, in percentage points per year.",
             "Helling van de rechte lijn van kleinste kwadraten door de afhankelijkheid van de "
             "jaren die bekend zijn, in procentpunten per jaar."),
        _OURS,
    ),
)  # fmt: skip

METHODS: Final[Mapping[str, Method]] = {method.name: method for method in (*CHOICE, *DEPENDENCE)}
# Only signed-in people may see these, wherever they are shown.
NOT_PUBLIC: Final = frozenset(method.name for method in DEPENDENCE)
