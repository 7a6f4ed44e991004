"""The methods of CONNECT in words: what each figure counts, how, and after which paper."""

from collections.abc import Mapping
from typing import Final

from keten.matchmaking.backtest import SETUP
from keten.model import Method, Text

_SOURCE: Final = "Liben-Nowell & Kleinberg 2007; Adamic & Adar 2003"
_TEST: Final = Text(
    f"Back-test: the network of all projects that began up to {SETUP.trained_to} is asked for the "
    "partners of every organisation with at least three projects by then, among all such organisations "
    "that it had not met. A suggestion came true when the two share a project that began on "
    f"{SETUP.tested_from} or later. Pairs that met in the half year between are left out: those "
    "projects had been applied for before. Where a value chain is named, only its parties by then are "
    "asked about, and suggested. ",
    f"Terugtoets: het netwerk van alle projecten die tot en met {SETUP.trained_to} begonnen wordt "
    "gevraagd naar partners voor elke organisatie met dan minstens drie projecten, onder al zulke "
    "organisaties die zij niet had ontmoet. Een suggestie kwam uit als de twee een project delen dat "
    f"begon op {SETUP.tested_from} of later. Paren die elkaar in het halve jaar daartussen troffen "
    "blijven erbuiten: die projecten waren al eerder aangevraagd. Waar een keten genoemd is, wordt alleen "
    "gevraagd naar wie toen al bij die keten hoorde, en alleen zij worden voorgesteld. ",
)


def _test(english: str, dutch: str) -> Text:
    """Give what the back-test is, and what this figure of it counts."""
    return Text(_TEST.en + english, _TEST.nl + dutch)


_ALL: Final = (
    Method(
        "adamic_adar",
        "score",
        Text("Likeness of partners", "Gelijkenis van partners"),
        Text(
            "Adamic-Adar: every organisation that has shared a project with both adds one divided by ln k, "
            "where k is with how many organisations it has shared projects at all. Who works with few says "
            "more than who works with all. Every project in the sources counts, in or outside the value "
            "chain, and however long ago. Equal scores stand in the order of the organisations' numbers. "
            "Of those between the two, the ten that weigh most are named.",
            "Adamic-Adar: elke organisatie die met beide een project deelde telt mee voor één gedeeld door "
            "ln k, waarin k zegt met hoeveel organisaties zij in het geheel projecten deelde. Wie met "
            "weinigen werkt zegt meer dan wie met allen werkt. Elk project in de bronnen telt, binnen of "
            "buiten de keten, hoe lang geleden ook. Gelijke scores staan op volgorde van het nummer van de "
            "organisaties. Van wie ertussen staan worden de tien genoemd die het zwaarst wegen.",
        ),
        _SOURCE,
    ),
    Method(
        "common_partners",
        "count",
        Text("Partners in common", "Gemeenschappelijke partners"),
        Text(
            "Organisations that have shared at least one project with each of the two, each counted once.",
            "Organisaties die met elk van beide minstens één project deelden, elk één keer geteld.",
        ),
        _SOURCE,
    ),
    Method(
        "backtest_hits",
        "score",
        Text("Suggestions that came true, of ten", "Suggesties die uitkwamen, van de tien"),
        _test(
            "Counted is how many of the first ten came true, on average over the organisations asked; the "
            "interval says what another draw of organisations might have given (bootstrap).",
            "Geteld is hoeveel van de eerste tien uitkwamen, gemiddeld over de gevraagde organisaties; het "
            "interval zegt wat een andere trekking van organisaties had kunnen geven (bootstrap).",
        ),
        _SOURCE,
    ),
    Method(
        "backtest_precision",
        "share",
        Text("Precision among the first ten", "Precisie onder de eerste tien"),
        _test(
            "Given is the share of the first ten that came true, on average over the organisations asked, "
            "with a bootstrap interval over organisations.",
            "Gegeven is het aandeel van de eerste tien dat uitkwam, gemiddeld over de gevraagde "
            "organisaties, met een bootstrapinterval over organisaties.",
        ),
        "Manning, Raghavan & Schütze 2008, chapter 8",
    ),
    Method(
        "backtest_reciprocal_rank",
        "score",
        Text("Mean reciprocal rank", "Gemiddelde reciproke rang"),
        _test(
            "Given is one divided by the rank of the first suggestion that came true, on average over the "
            "organisations asked; one means that the first was always right.",
            "Gegeven is één gedeeld door de rang van de eerste suggestie die uitkwam, gemiddeld over de "
            "gevraagde organisaties; één betekent dat de eerste altijd goed was.",
        ),
        "Voorhees 1999",
    ),
    Method(
        "backtest_gain",
        "score",
        Text("More of ten than by popularity", "Meer van de tien dan op populariteit"),
        _test(
            "Given is how many more of the first ten came true than when the organisations with most "
            "partners are suggested (preferential attachment), on average over the organisations asked, "
            "each compared with itself.",
            "Gegeven is hoeveel meer van de eerste tien uitkwamen dan wanneer de organisaties met de "
            "meeste partners worden genoemd (preferential attachment), gemiddeld over de gevraagde "
            "organisaties, elk met zichzelf vergeleken.",
        ),
        _SOURCE,
    ),
    Method(
        "backtest_organisations",
        "count",
        Text("Organisations asked", "Gevraagde organisaties"),
        _test(
            "Counted are the organisations asked about: all, or those that met at least one of the others "
            "for the first time.",
            "Geteld zijn de organisaties naar wie gevraagd is: alle, of die welke minstens één van de "
            "andere voor het eerst troffen.",
        ),
        "",
    ),
)
METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
