"""The figures of technologies in words: chances, shares, specialisation, changes, and how good they are."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text

_TOLD: Final = Text(
    "What a project is about is told from its title and summary, its topic, its fields and its "
    "part of the programme by a model that was fitted on texts that people read; who takes part "
    "plays no role. ",
    "Waar een project over gaat wordt opgemaakt uit titel en samenvatting, onderwerp, gebieden "
    "en programmaonderdeel, door een model dat is afgesteld op teksten die mensen lazen; wie "
    "meedoet speelt geen rol. ",
)
_MEASURED: Final = Text(
    "Measured on projects that nobody tuned on, against what two readers settled. Between "
    "brackets the middle 95 of 100 values that texts drawn anew give. ",
    "Gemeten aan projecten waarop niemand heeft afgesteld, tegen wat twee lezers vaststelden. "
    "Tussen haakjes de middelste 95 van 100 waarden die opnieuw getrokken teksten geven. ",
)


def _told(english: str, dutch: str) -> Text:
    return Text(_TOLD.en + english, _TOLD.nl + dutch)


def _measured(english: str, dutch: str) -> Text:
    return Text(_MEASURED.en + english, _MEASURED.nl + dutch)


_ALL: Final = (
    Method(
        "technology_chance",
        "in-hundred",
        Text(
            "Chance that a project is about a technology",
            "Kans dat een project over een technologie gaat",
        ),
        _told(
            "The chance that it develops or applies the technology: of a hundred projects for "
            "which as much speaks, so many do. Where an editor said what it is, that holds. No "
            "chance is given as none or all: a few hundred texts were read, and they cannot tell "
            "so finely.",
            "De kans dat het de technologie ontwikkelt of toepast: van honderd projecten waar "
            "evenveel voor spreekt, doen zoveel dat. Waar een redacteur zei wat het is, geldt "
            "dat. Geen kans heet nul of alles: er zijn een paar honderd teksten gelezen, en die "
            "kunnen het niet zo fijn zeggen.",
        ),
    ),
    Method(
        "technology_develops",
        "in-hundred",
        Text(
            "Chance that a project develops a technology",
            "Kans dat een project een technologie ontwikkelt",
        ),
        _told(
            "The chance that its work makes the technology itself better or better known, and "
            "does not merely use it.",
            "De kans dat het werk de technologie zelf beter of beter gekend maakt, en haar niet "
            "alleen gebruikt.",
        ),
    ),
    Method(
        "technology_specialisation",
        "ratio",
        Text("Specialisation in a technology", "Specialisatie in een technologie"),
        Text(
            "How many times as many projects of Horizon Europe about this technology a region "
            "has as it would have if its projects were divided over technologies as those of all "
            "European NUTS 2 regions together. Each project counts once in a region. Few "
            "projects swing widely, so the value is drawn towards 1 as far as the count is "
            "small; between brackets lies the true value in 95 of 100 cases. Labels are told "
            "from texts, never from who takes part, so that a region's parties cannot prove "
            "themselves.",
            "Hoeveel keer zoveel projecten van Horizon Europe over deze technologie een regio "
            "heeft als ze zou hebben wanneer haar projecten over technologieën verdeeld waren "
            "als die van alle Europese NUTS 2-regio's samen. Elk project telt één keer in een "
            "regio. Weinig projecten schommelen sterk, dus wordt de waarde naar 1 getrokken "
            "naarmate het aantal klein is; tussen haakjes ligt de ware waarde in 95 van 100 "
            "gevallen. Labels komen uit teksten, nooit uit wie meedoet, zodat de partijen van "
            "een regio zichzelf niet kunnen bewijzen.",
        ),
        "Clayton & Kaldor 1987; DuMouchel 1999",
    ),
    Method(
        "technology_expected",
        "count",
        Text("Projects to expect here", "Te verwachten projecten hier"),
        Text(
            "All projects of the region in Horizon Europe, times the share of projects about the "
            "technology in all European NUTS 2 regions, where each project counts once in each "
            "region.",
            "Alle projecten van de regio in Horizon Europe, maal het deel van de projecten over "
            "de technologie in alle Europese NUTS 2-regio's, waar elk project in elke regio één "
            "keer telt.",
        ),
    ),
    Method(
        "technology_presence",
        "count",
        Text(
            "Projects in European regions, once for each region",
            "Projecten in Europese regio's, één keer per regio",
        ),
        Text(
            "Projects of Horizon Europe over all NUTS 2 regions, each once in each region where "
            "it has a party; of a technology those about it, else all.",
            "Projecten van Horizon Europe over alle NUTS 2-regio's, elk één keer in elke regio "
            "waar het een partij heeft; van een technologie die erover gaan, anders alle.",
        ),
    ),
    Method(
        "technology_likeness",
        "score",
        Text("How alike regions are in a technology", "Hoe gelijk regio's zijn in een technologie"),
        Text(
            "The shape of the gamma distribution that regional specialisations follow, fitted "
            "over all European regions: large says that regions are alike, small that a few have "
            "most.",
            "De vorm van de gammaverdeling die regionale specialisaties volgen, bepaald over "
            "alle Europese regio's: groot zegt dat regio's gelijk zijn, klein dat een paar het "
            "meeste hebben.",
        ),
        "Clayton & Kaldor 1987",
    ),
    Method(
        "technology_share",
        "share",
        Text("Share of projects about a technology", "Deel van de projecten over een technologie"),
        Text(
            "Projects of a programme that began in a year and develop or apply the technology, "
            "surely or likely, divided by all its projects that began in that year. The interval "
            "is Wilson's.",
            "Projecten van een programma die in een jaar begonnen en de technologie zeker of "
            "waarschijnlijk ontwikkelen of toepassen, gedeeld door alle projecten die in dat "
            "jaar begonnen. Het interval is dat van Wilson.",
        ),
        "Wilson (1927), Journal of the American Statistical Association 22(158)",
    ),
    Method(
        "technology_share_before",
        "share",
        Text("The same share in the evidence before", "Hetzelfde deel in de gegevens ervoor"),
        Text(
            "What the evidence that was in force before this one said. A build keeps its counts; "
            "its source rows are gone.",
            "Wat de gegevens zeiden die voor deze van kracht waren. Een bouw bewaart de "
            "aantallen ervan; de bronregels zijn weg.",
        ),
    ),
    Method(
        "words_texts",
        "count",
        Text("Projects with a text", "Projecten met een tekst"),
        Text(
            "Projects that began in a year and have a summary.",
            "Projecten die in een jaar begonnen en een samenvatting hebben.",
        ),
    ),
    Method(
        "words_unseen",
        "share",
        Text(
            "Share of words unseen in tuning",
            "Deel van de woorden die bij het afstellen niet gezien zijn",
        ),
        Text(
            "Of all words of four letters and more in titles and summaries of projects that "
            "began in a year, the share that no text holds on which the model was tuned; those "
            "texts themselves are left out. A few hundred texts cannot hold all words, so a "
            "share is normal. That it grows says that projects speak another language than the "
            "model knows.",
            "Van alle woorden van vier letters en meer in titels en samenvattingen van projecten "
            "die in een jaar begonnen, het deel dat in geen tekst staat waarop het model is "
            "afgesteld; die teksten zelf tellen niet mee. Een paar honderd teksten kunnen niet "
            "alle woorden bevatten, dus een deel is gewoon. Groeit het, dan spreken projecten "
            "een andere taal dan het model kent.",
        ),
    ),
    Method(
        "words_unseen_before",
        "share",
        Text(
            "The same share of words in the evidence before",
            "Hetzelfde deel van de woorden in de gegevens ervoor",
        ),
        Text(
            "What the evidence that was in force before this one said.",
            "Wat de gegevens zeiden die voor deze van kracht waren.",
        ),
    ),
    Method(
        "questions_asked",
        "count",
        Text("Cases on which editors are asked", "Gevallen die aan redacteuren zijn voorgelegd"),
        Text(
            "Pairs of a project with a text and a technology of which the chance is neither near "
            "none nor near all. The most important come first: what is uncertain (four times the "
            "chance times what it lacks of one) times the EU contribution at most to the "
            "project; technologies take turns, so that each is asked about. At most sixty of "
            "each technology.",
            "Paren van een project met een tekst en een technologie waarvan de kans niet dicht "
            "bij nul of één ligt. De belangrijkste komen eerst: wat onzeker is (vier keer de "
            "kans maal wat haar aan één ontbreekt) maal de hoogste EU-bijdrage aan het project; "
            "technologieën komen om de beurt, zodat over elk gevraagd wordt. Hoogstens zestig "
            "per technologie.",
        ),
    ),
    Method(
        "questions_answered",
        "count",
        Text("Of these, answered", "Daarvan beantwoord"),
        Text(
            "Cases of the queue on which a line of an editor holds, written since the evidence "
            "was built.",
            "Gevallen van de rij waarover een regel van een redacteur geldt, geschreven nadat de "
            "gegevens gebouwd waren.",
        ),
    ),
    Method(
        "quality_precision",
        "score",
        Text("Precision", "Precisie"),
        _measured(
            "Of the labels that were given, the share that is true.",
            "Van de gegeven labels het deel dat klopt.",
        ),
    ),
    Method(
        "quality_recall",
        "score",
        Text("Recall", "Vangst"),
        _measured(
            "Of the labels that are true, the share that was given.",
            "Van de labels die kloppen het deel dat gegeven is.",
        ),
    ),
    Method(
        "quality_f1",
        "score",
        Text("F1", "F1"),
        _measured(
            "Precision and recall in one number, their harmonic mean: twice what is right, "
            "divided by what was given plus what is true.",
            "Precisie en vangst in één getal, hun harmonisch gemiddelde: twee keer wat goed is, "
            "gedeeld door wat gegeven is plus wat klopt.",
        ),
    ),
    Method(
        "quality_average_precision",
        "score",
        Text("Average precision", "Gemiddelde precisie"),
        _measured(
            "The mean precision at each true label when projects stand in order of their chance; "
            "it does not hang on the chance from which a label is given.",
            "De gemiddelde precisie bij elk label dat klopt, als projecten op volgorde van hun "
            "kans staan; zij hangt niet af van de kans waarbij een label gegeven wordt.",
        ),
    ),
    Method(
        "quality_calibration_error",
        "score",
        Text("Calibration error", "IJkfout"),
        _measured(
            "How far chances are from what is true: chances are put in ten steps, and the "
            "difference between the mean chance and the true share of each step is weighed by "
            "its size.",
            "Hoe ver kansen liggen van wat klopt: kansen worden in tien stappen gelegd, en het "
            "verschil tussen de gemiddelde kans en het ware deel van elke stap telt naar haar "
            "grootte.",
        ),
        "Naeini, Cooper & Hauskrecht (2015), AAAI",
    ),
    Method(
        "quality_mean",
        "score",
        Text("F1 over all technologies", "F1 over alle technologieën"),
        _measured(
            "Micro: over all pairs of project and technology at once. Macro: the mean of the "
            "technologies. With arguable labels set aside, pairs are left out for which the "
            "codebook lets a careful reader defend the neighbouring label.",
            "Micro: over alle paren van project en technologie tegelijk. Macro: het gemiddelde "
            "van de technologieën. Zonder betwistbare labels blijven paren buiten beschouwing "
            "waarbij een zorgvuldige lezer volgens het codeboek ook het label ernaast kan "
            "verdedigen.",
        ),
    ),
    Method(
        "quality_labels",
        "count",
        Text("Labels counted", "Getelde labels"),
        _measured(
            "Pairs of project and technology: those that are true, those that were given, or "
            "those that were given and are true.",
            "Paren van project en technologie: die kloppen, die gegeven zijn, of die gegeven "
            "zijn en kloppen.",
        ),
    ),
    Method(
        "quality_texts",
        "count",
        Text("Texts it was measured on", "Teksten waaraan gemeten is"),
        Text(
            "Texts that people read, on which nobody tuned.",
            "Teksten die mensen lazen, en waarop niemand heeft afgesteld.",
        ),
    ),
    Method(
        "quality_said",
        "score",
        Text("Chance that was said", "Kans die genoemd is"),
        _measured(
            "The mean chance of the pairs in a step of chances.",
            "De gemiddelde kans van de paren in een stap van kansen.",
        ),
    ),
    Method(
        "quality_true",
        "score",
        Text("Share that is true", "Deel dat klopt"),
        _measured(
            "Of the pairs in a step of chances, the share that is true. Chances that mean what "
            "they say have the same share.",
            "Van de paren in een stap van kansen het deel dat klopt. Kansen die betekenen wat ze "
            "zeggen hebben hetzelfde deel.",
        ),
    ),
)

METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
