"""The figures of identity in words: how likely, how telling, how much money hangs on it, how many left."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text

_SOURCE: Final = "Fellegi & Sunter 1969; Winkler 1990"
_ADDED: Final = Text(
    "Records are compared part by part: name, address, numbers, website. What each finding says was "
    "learned from pairs of which it is known whether they are one organisation. Findings are counted as "
    "log-odds, which add up: twice as likely and then half as likely is where one began. ",
    "Registraties worden deel voor deel vergeleken: naam, adres, nummers, website. Wat elke bevinding "
    "zegt is geleerd van paren waarvan bekend is of ze één organisatie zijn. Bevindingen tellen als "
    "log-odds, die opgeteld worden: twee keer zo waarschijnlijk en dan half zo waarschijnlijk is terug "
    "bij het begin. ",
)


def _compared(english: str, dutch: str) -> Text:
    return Text(_ADDED.en + english, _ADDED.nl + dutch)


_ALL: Final = (
    Method(
        "match_chance",
        "in-hundred",
        Text(
            "Chance that two records are one organisation",
            "Kans dat twee registraties één organisatie zijn",
        ),
        _compared(
            "The chance: of a hundred pairs for which as much speaks, so many are one organisation. It is "
            "printed no nearer to none or all than the model can know.",
            "De kans: van honderd paren waar evenveel voor spreekt, zijn er zoveel één organisatie. Zij "
            "wordt niet dichter bij geen of alle gedrukt dan het model kan weten.",
        ),
        _SOURCE,
    ),
    Method(
        "match_start",
        "in-hundred",
        Text("Chance before anything is compared", "Kans voordat iets vergeleken is"),
        Text(
            "Where counting begins: the chance that the model gives a pair of which nothing can be "
            "compared. It is a constant of the model, with what it says where a source is silent, and "
            "says nothing of these two.",
            "Waar het tellen begint: de kans die het model een paar geeft waarvan niets te vergelijken is. "
            "Het is een constante van het model, met wat het zegt waar een bron zwijgt, en zegt niets over "
            "deze twee.",
        ),
        _SOURCE,
    ),
    Method(
        "match_after",
        "in-hundred",
        Text("Chance after this finding", "Kans na deze bevinding"),
        _compared(
            "The chance after this finding and all those above it.",
            "De kans na deze bevinding en alle daarboven.",
        ),
        _SOURCE,
    ),
    Method(
        "match_times",
        "times",
        Text("How telling a finding is", "Hoe veelzeggend een bevinding is"),
        _compared(
            "How many times more often this finding is met in pairs that are one organisation than in "
            "pairs that are not; of a finding that speaks against it, the other way round.",
            "Hoeveel keer vaker deze bevinding voorkomt bij paren die één organisatie zijn dan bij paren "
            "die dat niet zijn; bij een bevinding die ertegen spreekt andersom.",
        ),
        _SOURCE,
    ),
    Method(
        "pair_chance",
        "in-hundred",
        Text("Chance with which a pair is asked about", "Kans waarmee een paar is voorgelegd"),
        Text(
            "What the comparison gave when the evidence was built. Of two registrations with the VAT "
            "number of one legal entity at least 90. Of a succession of which the names were not "
            "compared 50, which says: not known.",
            "Wat de vergelijking gaf toen de gegevens gebouwd werden. Bij twee inschrijvingen met het "
            "btw-nummer van één rechtspersoon minstens 90. Bij een opvolging waarvan de namen niet "
            "vergeleken zijn 50, wat zegt: niet bekend.",
        ),
        _SOURCE,
    ),
    Method(
        "pair_money_eur",
        "EUR",
        Text("Money that hangs on it", "Geld dat eraan hangt"),
        Text(
            "Public money that the sources name for the smaller of the two organisations, which would "
            "come under another name if the two are one: EU contribution of all its projects, the "
            "Innovation Fund, subsidy of ministries and the structural funds, of all years in the "
            "evidence.",
            "Publiek geld dat de bronnen noemen voor de kleinste van beide organisaties, dat onder een "
            "andere naam zou komen als de twee één zijn: EU-bijdrage van al haar projecten, het "
            "Innovatiefonds, subsidie van ministeries en de structuurfondsen, van alle jaren in de "
            "gegevens.",
        ),
    ),
    Method(
        "pairs_asked",
        "count",
        Text("Pairs on which people are asked", "Paren die aan mensen zijn voorgelegd"),
        Text(
            "Pairs of records for which too much speaks to call them different and too little to join "
            "them, likely duplicates within one register, and successions. The most important come "
            "first: money of the smaller side plus a thousandth of the larger's, times what is uncertain "
            "(the entropy of the chance; of duplicates within a register the chance itself, since there "
            "only a person can join). At most one pair for every ten records.",
            "Paren van registraties waar te veel voor spreekt om ze verschillend te noemen en te weinig om "
            "ze samen te voegen, waarschijnlijke dubbelen binnen één register, en opvolgingen. De "
            "belangrijkste komen eerst: geld van de kleinste kant plus een duizendste van dat van de "
            "grootste, maal wat onzeker is (de entropie van de kans; bij dubbelen binnen een register de "
            "kans zelf, want daar kan alleen een mens samenvoegen). Hoogstens één paar op elke tien "
            "registraties.",
        ),
    ),
    Method(
        "pairs_judged",
        "count",
        Text("Pairs on which people ruled", "Paren waarover mensen oordeelden"),
        Text(
            "Of these, the pairs on which a ruling holds: on the two records, or on others of the same "
            "two organisations.",
            "Daarvan de paren waarover een oordeel geldt: over de twee registraties, of over andere van "
            "dezelfde twee organisaties.",
        ),
    ),
    Method(
        "weight_in_force",
        "times",
        Text("What a finding weighs in this build", "Wat een bevinding weegt in deze bouw"),
        Text(
            "How many times as likely this finding makes it, after the build learned from what people "
            "ruled: rulings move the weights of what stands in the pairs they are about, the more the "
            "more of them agree. A number below one speaks against.",
            "Hoeveel keer zo waarschijnlijk deze bevinding het maakt, nadat de bouw leerde van wat mensen "
            "oordeelden: oordelen verschuiven de gewichten van wat in hun paren staat, en meer naarmate "
            "meer ervan het eens zijn. Een getal onder één spreekt ertegen.",
        ),
        _SOURCE,
    ),
    Method(
        "weight_shipped",
        "times",
        Text("What a finding weighs as delivered", "Wat een bevinding weegt zoals geleverd"),
        Text(
            "How many times as likely this finding makes it, as keten was delivered. A number below one "
            "speaks against.",
            "Hoeveel keer zo waarschijnlijk deze bevinding het maakt, zoals keten geleverd werd. Een getal "
            "onder één spreekt ertegen.",
        ),
        _SOURCE,
    ),
    Method(
        "rulings",
        "count",
        Text("Rulings on identity that hold", "Oordelen over identiteit die gelden"),
        Text(
            "Public rulings that two records are the same organisation or different ones, each pair once.",
            "Openbare oordelen dat twee registraties dezelfde organisatie zijn of verschillende, elk paar "
            "één keer.",
        ),
    ),
)

METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
