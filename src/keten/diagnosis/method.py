"""Methods: what each figure on specialisation and cross-over says, in words, with its papers."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text

_SHRINKING: Final = (
    "Balassa 1965, doi 10.1111/j.1467-9957.1965.tb00050.x; Clayton & Kaldor 1987, Biometrics "
    "43(3); DuMouchel 1999, The American Statistician 53(3)"
)
_MEETING: Final = (
    "Fisher 1935, Journal of the Royal Statistical Society 98(1); Benjamini & Hochberg 1995, "
    "ibid. B 57(1); Efron 2004, JASA 99(465)"
)
_ALL: Final = (
    Method(
        "specialisation",
        "ratio",
        Text("Specialisation, with its margin", "Specialisatie, met haar marge"),
        Text(
            "How many times as much a region does of something as European regions do together, "
            "estimated so that few projects do not make a strength. One: as elsewhere. It is the "
            "location quotient (projects found, divided by projects expected), drawn towards one "
            "where there are few projects, the more so the more alike regions are in this "
            "subject. The range holds the true value in nineteen cases out of twenty; only a "
            "range that leaves out one tells a difference. Only projects of Horizon Europe "
            "count: what firms do outside it is not seen.",
            "Hoeveel keer zoveel een regio aan iets doet als Europese regio's samen, zo geschat "
            "dat een paar projecten geen sterkte maken. Eén: zoals elders. Het is het "
            "locatiequotiënt (gevonden projecten gedeeld door verwachte), naar één toe getrokken "
            "waar weinig projecten zijn, sterker naarmate regio's in dit onderwerp meer op "
            "elkaar lijken. Het bereik bevat de ware waarde in negentien van de twintig "
            "gevallen; alleen een bereik zonder één erin toont een verschil. Alleen projecten "
            "van Horizon Europe tellen: wat bedrijven daarbuiten doen is niet te zien.",
        ),
        _SHRINKING,
    ),
    Method(
        "location_quotient",
        "ratio",
        Text("Location quotient as counted", "Locatiequotiënt zoals geteld"),
        Text(
            "Projects found here, divided by projects expected here. On few projects it swings "
            "widely: one project more or less can double it.",
            "Projecten die hier gevonden zijn, gedeeld door projecten die hier verwacht worden. "
            "Bij weinig projecten schommelt het sterk: één project meer of minder kan het "
            "verdubbelen.",
        ),
        "Balassa 1965, doi 10.1111/j.1467-9957.1965.tb00050.x",
    ),
    Method(
        "expected_projects",
        "count",
        Text("Projects expected here", "Projecten die hier verwacht worden"),
        Text(
            "Projects that these regions would have in this subject if it had the same share of "
            "their projects as of those of all European NUTS 2 regions together.",
            "Projecten die deze regio's in dit onderwerp zouden hebben als het hetzelfde deel "
            "van hun projecten was als van die van alle Europese NUTS 2-regio's samen.",
        ),
        "Balassa 1965, doi 10.1111/j.1467-9957.1965.tb00050.x",
    ),
    Method(
        "specialisation_percentile",
        "percentile",
        Text("Place among European regions", "Plaats onder Europese regio's"),
        Text(
            "Of every hundred other European NUTS 2 regions, how many are less specialised in "
            "this subject, by the estimate that reckons with few projects.",
            "Van elke honderd andere Europese NUTS 2-regio's, hoeveel er minder gespecialiseerd "
            "zijn in dit onderwerp, naar de schatting die met weinig projecten rekening houdt.",
        ),
        _SHRINKING,
    ),
    Method(
        "regions_compared",
        "count",
        Text("Regions compared with", "Regio's waarmee vergeleken is"),
        Text(
            "The other NUTS 2 regions of the European classification (NUTS 2024; of the United "
            "Kingdom its last edition) with at least one project that counts here: members of "
            "the Union, associated and candidate countries. Participations whose address lies in "
            "none of them are left out.",
            "De andere NUTS 2-regio's van de Europese indeling (NUTS 2024; van het Verenigd "
            "Koninkrijk de laatste editie) met minstens één project dat hier telt: leden van de "
            "Unie, geassocieerde landen en kandidaten. Deelnames met een adres daarbuiten tellen "
            "niet mee.",
        ),
    ),
    Method(
        "regional_presence",
        "count",
        Text("Projects, once for each region", "Projecten, één keer per regio"),
        Text(
            "Projects of Horizon Europe, each counted once in every European NUTS 2 region that "
            "it has a participant in; the regions asked about count as one. Projects are "
            "counted, not participations: those of one project share its fields and would say "
            "the same thing several times.",
            "Projecten van Horizon Europe, elk één keer geteld in elke Europese NUTS 2-regio "
            "waar het een deelnemer heeft; de gevraagde regio's tellen als één. Projecten worden "
            "geteld, geen deelnames: die van één project delen zijn gebieden en zouden hetzelfde "
            "meermaals zeggen.",
        ),
    ),
    Method(
        "regional_likeness",
        "score",
        Text("How alike regions are", "Hoezeer regio's op elkaar lijken"),
        Text(
            "The shape of the gamma distribution that fits the quotients of all European regions "
            "in this subject. High: regions differ little, so that a few projects more mean "
            "little. Low: some regions have most of it.",
            "De vorm van de gammaverdeling die past bij de quotiënten van alle Europese regio's "
            "in dit onderwerp. Hoog: regio's verschillen weinig, zodat een paar projecten meer "
            "weinig zeggen. Laag: enkele regio's hebben het meeste.",
        ),
        "Clayton & Kaldor 1987, Biometrics 43(3); Chung and others 2013, Psychometrika 78(4)",
    ),
    Method(
        "projects_together",
        "count",
        Text("Projects that carry both", "Projecten die beide dragen"),
        Text(
            "Projects of Horizon Europe that carry both subjects, among those to which the "
            "publisher gave a field of science; with a region: those with a participant there. "
            "Each counts once.",
            "Projecten van Horizon Europe die beide onderwerpen dragen, onder die waaraan de "
            "uitgever een wetenschapsgebied gaf; met een regio: die met een deelnemer daar. Elk "
            "telt één keer.",
        ),
    ),
    Method(
        "crossover_expected",
        "count",
        Text("Expected here at the rate elsewhere", "Hier verwacht bij de mate elders"),
        Text(
            "How many projects here would carry both subjects if these attracted each other as "
            "they do in the European projects without a participant here, with as many projects "
            "of each as there are here: the mean of Fisher's noncentral hypergeometric "
            "distribution at the odds ratio found elsewhere.",
            "Hoeveel projecten hier beide onderwerpen zouden dragen als die elkaar aantrokken "
            "zoals in de Europese projecten zonder deelnemer hier, bij evenveel projecten van "
            "elk als er hier zijn: het gemiddelde van Fishers niet-centrale hypergeometrische "
            "verdeling bij de kansverhouding van elders.",
        ),
        _MEETING,
    ),
    Method(
        "crossover_by_chance",
        "count",
        Text("Expected here by chance", "Hier bij toeval verwacht"),
        Text(
            "How many projects here would carry both subjects if these had nothing to do with "
            "each other: the projects of the one times those of the other, divided by all that "
            "carry a field.",
            "Hoeveel projecten hier beide onderwerpen zouden dragen als die niets met elkaar te "
            "maken hadden: de projecten van het een maal die van het ander, gedeeld door alle "
            "met een gebied.",
        ),
        _MEETING,
    ),
    Method(
        "crossover_elsewhere",
        "ratio",
        Text("How often they meet elsewhere", "Hoe vaak ze elkaar elders treffen"),
        Text(
            "In European projects without a participant here: projects that carry both subjects, "
            "divided by what chance would give. Above one they attract each other.",
            "In Europese projecten zonder deelnemer hier: projecten die beide onderwerpen "
            "dragen, gedeeld door wat toeval zou geven. Boven één trekken ze elkaar aan.",
        ),
        _MEETING,
    ),
    Method(
        "crossover_ratio",
        "ratio",
        Text("Found here, against the rate elsewhere", "Hier gevonden, tegen de mate elders"),
        Text(
            "Projects here that carry both subjects, divided by those expected at the rate "
            "elsewhere. The range is what the projects here allow, nineteen times out of twenty. "
            "Below one they meet less here. European regions differ in this anyhow: a gap is "
            "only called one when it is rarer than that, reckoning with the number of pairs that "
            "were tested (of those called gaps, no more than one in ten is expected to be "
            "chance), and when both subjects are clearly strong here.",
            "Projecten hier die beide onderwerpen dragen, gedeeld door die welke bij de mate "
            "elders verwacht worden. Het bereik is wat de projecten hier toelaten, negentien van "
            "de twintig keer. Onder één treffen ze elkaar hier minder. Europese regio's "
            "verschillen hierin hoe dan ook: iets heet pas een gat als het zeldzamer is dan dat, "
            "met het aantal getoetste paren meegerekend (van wat een gat heet is naar "
            "verwachting hooguit één op de tien toeval), en als beide onderwerpen hier duidelijk "
            "sterk zijn.",
        ),
        _MEETING,
    ),
    Method(
        "crossover_pairs",
        "count",
        Text("Pairs that were tested", "Paren die getoetst zijn"),
        Text(
            "Pairs of a subject of the chain with a field outside it, both more than elsewhere "
            "here by the estimate, that meet clearly more than by chance elsewhere and often "
            "enough for a gap to show. Fields above or below each other, or in a field of the "
            "chain, do not count: these meet by definition. The regions as one and each of them "
            "are tested.",
            "Paren van een onderwerp van de keten met een gebied erbuiten, beide hier meer dan "
            "elders naar de schatting, die elkaar elders duidelijk vaker dan bij toeval treffen "
            "en vaak genoeg om een gat te kunnen zien. Gebieden boven of onder elkaar, of binnen "
            "een gebied van de keten, tellen niet: die treffen elkaar per definitie. De regio's "
            "als één en elk apart zijn getoetst.",
        ),
        _MEETING,
    ),
)
METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
