"""The chapter of strengths: what these regions do more of than Europe, with margins; what could meet."""

from collections.abc import Iterator

from keten.diagnosis.answers import find_crossover, show_specialisation
from keten.diagnosis.views import (
    CrossoverView,
    SpecialisationRow,
    SpecialisationView,
    SubjectLabel,
)
from keten.errors import UsageError
from keten.model import Text
from keten.story.document import Chapter, Number, Paragraph, Piece, Quote, Sentence, Table, Words
from keten.story.plan.asked import Asked, Draft, Size
from keten.story.sentences import list_pieces, write_line, write_sentence

_TITLE = Text("What is strong here", "Wat hier sterk is")
_WHOLE = {
    "more": Text(
        "The share of the chain in the projects here is {times} times its share in all of Europe: clearly "
        "more.",
        "Het aandeel van de keten in de projecten hier is {times} keer dat in heel Europa: duidelijk meer.",
    ),
    "less": Text(
        "The share of the chain in the projects here is {times} times its share in all of Europe: clearly "
        "less.",
        "Het aandeel van de keten in de projecten hier is {times} keer dat in heel Europa: duidelijk "
        "minder.",
    ),
    "alike": Text(
        "The share of the chain in the projects here is {times} times its share in all of Europe: no clear "
        "difference.",
        "Het aandeel van de keten in de projecten hier is {times} keer dat in heel Europa: geen duidelijk "
        "verschil.",
    ),
    "few": Text(
        "The share of the chain in the projects here is {times} times its share in all of Europe, but on "
        "too few projects to tell.",
        "Het aandeel van de keten in de projecten hier is {times} keer dat in heel Europa, maar op te "
        "weinig projecten om er iets over te zeggen.",
    ),
}
_FIELDS = Text(
    "Of its fields of science they stand out in {names}.",
    "Van de wetenschapsgebieden vallen ze op in {names}.",
)
_NO_FIELDS = Text(
    "In none of its fields of science do they clearly stand out.",
    "In geen van de wetenschapsgebieden vallen ze duidelijk op.",
)
_CROSSOVER = Text(
    "A cross-over to make: {first} and {second} are both strong here, and meet in {together} projects "
    "where the rate elsewhere would give {expected}.",
    "Een cross-over om te maken: {first} en {second} zijn hier allebei sterk, en komen elkaar in "
    "{together} projecten tegen waar het er naar de maat van elders {expected} zouden zijn.",
)
_NO_REGIONS = Text(
    "These regions cannot be held against others: that takes provinces or comparable regions.",
    "Deze regio's zijn niet met andere te vergelijken: dat vraagt provincies of vergelijkbare regio's.",
)
_CAPTION = Text(
    "Share here as so many times the share in Europe: the chain, then the fields of science that go with "
    "it, all their projects counted; Horizon Europe only.",
    "Aandeel hier als zoveel keer dat in Europa: de keten, dan de wetenschapsgebieden die erbij horen, "
    "met al hun projecten; alleen Horizon Europe.",
)
_HEAD = (
    Text("Subject", "Onderwerp"),
    Text("Times Europe", "Keer Europa"),
    Text("Projects", "Projecten"),
    Text("So", "Dus"),
)
_READINGS = {
    "more": Text("more", "meer"),
    "less": Text("less", "minder"),
    "alike": Text("not clearly different", "niet duidelijk anders"),
    "few": Text("too few to tell", "te weinig projecten"),
}
_MOST_NAMES = 4


def prepare(asked: Asked) -> Draft:
    """Read the specialisations; give the chapter for a size."""
    try:
        view, crossover = _read(asked)
    except UsageError:
        said = write_sentence("strengths.none", _NO_REGIONS, asked.language)
        lone = Chapter("strengths", asked.say(_TITLE), (Paragraph((said,)),))
        return lambda _size: lone
    paragraph = Paragraph(tuple(_write_sentences(view, crossover, asked)))
    fields = sorted(
        (rows[0] for rows in view.fields),
        key=lambda row: (
            row.reading != "more",
            row.reading == "few",
            -float(row.specialisation.value or 0),
            row.of.subject,
        ),
    )
    rows = [*view.whole[:1], *fields]

    def write(size: Size) -> Chapter | None:
        if not rows:
            return None
        table = _make_table(rows[: size.strengths], asked)
        return Chapter("strengths", asked.say(_TITLE), (paragraph, table))

    return write


def _read(asked: Asked) -> tuple[SpecialisationView, CrossoverView]:
    return show_specialisation(asked.con, asked.chain), find_crossover(asked.con, asked.chain)


def _write_sentences(
    view: SpecialisationView, crossover: CrossoverView, asked: Asked
) -> Iterator[Sentence]:
    language = asked.language
    for row in view.whole[:1]:
        template = _WHOLE[row.reading]
        yield write_sentence("strengths.whole", template, language, times=row.specialisation)
    strong = [row for row in view.strengths if row.of.field is not None]
    if strong:
        names = list_pieces([_name(row.of, asked) for row in strong], language, _MOST_NAMES)
        yield write_sentence("strengths.fields", _FIELDS, language, names=names)
    elif view.fields:
        yield write_sentence("strengths.fields", _NO_FIELDS, language)
    best = crossover.best
    if crossover.outcome == "found" and best is not None:
        yield write_sentence(
            "strengths.crossover",
            _CROSSOVER,
            language,
            first=_name(best.first, asked),
            second=_name(best.second, asked),
            together=best.together,
            expected=best.expected,
        )


def _name(label: SubjectLabel, asked: Asked) -> Piece:
    return asked.own(label.label) if label.label else Quote(label.title, "en")


def _make_table(rows: list[SpecialisationRow], asked: Asked) -> Table:
    return Table(
        write_line(_CAPTION, asked.language),
        tuple(write_line(head, asked.language) for head in _HEAD),
        tuple(
            (
                (_name(row.of, asked),),
                (Number(row.specialisation),),
                (Number(row.projects),),
                (Words(asked.say(_READINGS[row.reading])),),
            )
            for row in rows
        ),
        numeric=(1, 2),
        widths=(5, 5, 3, 3),
    )
