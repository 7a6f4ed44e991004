"""The figures of likely members in words: what each counts, how, and after which paper."""

from collections.abc import Mapping
from typing import Final

from keten.atlas.resembling import HEAD, SIZE, WEIGHTS
from keten.model import Figure, Interval, Method, Scope, Text

_SOURCE: Final = (
    "Salton & Buckley (1988), Information Processing & Management 24(5); McFadden (1974), Conditional "
    "logit analysis of qualitative choice behavior"
)
_W: Final = {name: f"{weight:g}" for name, weight in WEIGHTS.items()}
_MEMBERS: Final = Text(
    "Members are organisations in this stage with a word of the chain in a project, and those that a "
    "person placed there. ",
    "Leden zijn organisaties in deze schakel met een woord van de keten in een project, en die iemand er "
    "plaatste. ",
)
_TRAITS: Final = Text(
    "Traits are fields of science of its projects, programme parts, technologies that its projects "
    "develop or apply, the projects themselves, and its kind. A rare trait tells more than a common one. ",
    "Kenmerken zijn wetenschapsgebieden van de projecten, programmaonderdelen, technologieën die "
    "de projecten ontwikkelen of toepassen, de projecten zelf, en de soort organisatie. Een zeldzaam "
    "kenmerk zegt meer dan een gewoon. ",
)
_FAMILY: Final = Text(
    _TRAITS.en + "In each family every organisation is a row of counts, damped (1 + log10), times the "
    "rarity of each trait (log10 of all organisations over those that have it), of length one; its "
    "likeness to the members is the mean cosine with each. The score adds these likenesses, times "
    f"{_W['field']} (fields), {_W['part']} (programme parts), {_W['technology']} (technologies), "
    f"{_W['project']} (shared projects) and {_W['kind']} (kind), and {SIZE:g} times the natural logarithm "
    "of one plus its number of projects. The weights were learnt on lists of organisations of Austria, "
    "Belgium, Denmark and Sweden whose membership is known from projects that were hidden. On such lists "
    "of Dutch organisations, not used for learning, who was left out stood among the first twelve 37 times "
    "in a hundred; by number of projects alone 30 times.",
    _TRAITS.nl + "Per familie is elke organisatie een rij tellingen, gedempt (1 + log10), maal de "
    "zeldzaamheid van elk kenmerk (log10 van alle organisaties gedeeld door die het hebben), met lengte "
    "één; de gelijkenis met de leden is de gemiddelde cosinus met elk. De score telt die gelijkenissen op, "
    f"maal {_W['field']} (gebieden), {_W['part']} (programmaonderdelen), {_W['technology']} "
    f"(technologieën), {_W['project']} (gedeelde projecten) en {_W['kind']} (soort), en {SIZE:g} maal de "
    "natuurlijke logaritme van één plus het aantal projecten. De gewichten zijn geleerd op lijsten van "
    "organisaties in Oostenrijk, België, Denemarken en Zweden waarvan uit verborgen projecten bekend is "
    "wie erop staat. Op zulke lijsten van Nederlandse organisaties, niet gebruikt om te leren, stond wie "
    "was weggelaten 37 van de honderd keer bij de eerste twaalf; op aantal projecten alleen 30 keer.",
)  # fmt: skip

METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        Method(
            "likely_score",
            "score",
            Text("Likeness to the members of a stage", "Gelijkenis met de leden van een schakel"),
            Text(_MEMBERS.en + _FAMILY.en, _MEMBERS.nl + _FAMILY.nl),
            _SOURCE,
        ),
        Method(
            "likely_family",
            "score",
            Text("What one family of traits adds", "Wat één familie van kenmerken bijdraagt"),
            Text(_MEMBERS.en + _FAMILY.en, _MEMBERS.nl + _FAMILY.nl),
            _SOURCE,
        ),
        Method(
            "likely_members",
            "count",
            Text("Members of a stage", "Leden van een schakel"),
            Text(
                _MEMBERS.en
                + "Counted are those with a project in the sources, and where a trait is "
                "named, those that have it.",
                _MEMBERS.nl
                + "Geteld zijn die met een project in de bronnen, en waar een kenmerk genoemd "
                "is, die het hebben.",
            ),
        ),
        Method(
            "likely_silent",
            "count",
            Text("Members without a project", "Leden zonder project"),
            Text(
                _MEMBERS.en + "Counted are those of which the sources know no project.",
                _MEMBERS.nl + "Geteld zijn die waarvan de bronnen geen project kennen.",
            ),
        ),
        Method(
            "likely_projects",
            "count",
            Text("Projects with a trait", "Projecten met een kenmerk"),
            Text(
                "Projects of the organisation that have the trait, each counted once. Of a shared project: "
                "those that a member of the stage takes part in too.",
                "Projecten van de organisatie met het kenmerk, elk één keer geteld. Bij gedeelde "
                "projecten: die waar ook een lid van de schakel aan meedoet.",
            ),
        ),
        Method(
            "likely_candidates",
            "count",
            Text("Organisations to choose from", "Organisaties om uit te kiezen"),
            Text(
                "Organisations with a project in the sources, in the regions, the country or anywhere, but "
                "for members of any stage, those that a person placed, and those refused for this stage.",
                "Organisaties met een project in de bronnen, in de regio's, het land of overal, behalve "
                "leden van een schakel, wie door iemand geplaatst is, en wie hier is afgewezen.",
            ),
        ),
        Method(
            "likely_found",
            "share",
            Text(f"Found again among the first {HEAD}", f"Teruggevonden bij de eerste {HEAD}"),
            Text(
                _MEMBERS.en
                + f"Each is left out in turn, and held against the others: counted is how "
                f"many then stand among the first {HEAD}, of all members (interval: Wilson). Members "
                "that share the project that put them here find each other easily: this says how alike the "
                "stage is, and less how right a suggestion is.",
                _MEMBERS.nl
                + "Elk wordt om de beurt weggelaten en met de anderen vergeleken: geteld is "
                f"hoeveel dan bij de eerste {HEAD} staan, van alle leden. Het interval is dat van Wilson. "
                "Leden die het project delen dat hen hier bracht vinden elkaar gemakkelijk: dit zegt hoe "
                "gelijk de schakel is, en minder hoe juist een suggestie is.",
            ),
            "Wilson (1927), Journal of the American Statistical Association 22(158)",
        ),
    )
}


def make_figure(
    name: str, value: float | None, scope: Scope, interval: Interval | None = None
) -> Figure:
    """Make a figure of likely members."""
    return Figure(value, METHODS[name].unit, name, scope, interval=interval)
