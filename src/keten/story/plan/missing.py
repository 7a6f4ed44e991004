"""The chapter of what is missing: the canvas of preconditions, by public data and by the team."""

from collections.abc import Iterator

from keten.diagnosis.answers import show_canvas
from keten.diagnosis.canvas_views import CanvasElement, CanvasView
from keten.errors import UsageError
from keten.model import Text
from keten.story.document import Chapter, Line, Number, Paragraph, Sentence, Table, Words
from keten.story.plan.asked import Asked, Draft, Size
from keten.story.sentences import list_pieces, write_line, write_sentence

_TITLE = Text("What is missing", "Wat ontbreekt")
_WEAKEST = Text(
    "Of the preconditions for innovation, {element} is the weakest by public data: of every hundred "
    "European regions {percentile} do worse.",
    "Van de voorwaarden voor innovatie is {element} volgens openbare gegevens het zwakst: van elke honderd "
    "Europese regio's doen er {percentile} het slechter.",
)
_NONE_WEAK = Text(
    "By public data none of the preconditions for innovation is weak here; the least strong is {element}: "
    "of every hundred European regions {percentile} do worse.",
    "Volgens openbare gegevens is hier geen van de voorwaarden voor innovatie zwak; het minst sterk is "
    "{element}: van elke honderd Europese regio's doen er {percentile} het slechter.",
)
_ONE = Text(
    "For {element} only one indicator counts: {title}.",
    "Voor {element} telt maar één indicator: {title}.",
)
_NEAR = Text("Hardly better: {names}.", "Nauwelijks beter: {names}.")
_TURN = Text(
    "That verdict hangs on one indicator: without {names} another would come out lowest.",
    "Dat oordeel hangt aan één indicator: zonder {names} kwam een andere voorwaarde het laagst uit.",
)
_TURNS = Text(
    "That verdict hangs on single indicators: leave out any one of {names}, and another comes out lowest.",
    "Dat oordeel hangt aan losse indicatoren: laat er één weg van {names}, en een andere voorwaarde komt "
    "het laagst uit.",
)
_TEAM = Text(
    "The team itself calls {names} missing or weak.",
    "Het team zelf noemt {names} ontbrekend of zwak.",
)
_UNFILLED = Text(
    "No public data at hand tell of {names}.",
    "Over {names} zijn geen openbare gegevens voorhanden.",
)
_CAPTION = Text(
    "Preconditions, weakest first: how many of every hundred European regions do worse.",
    "Voorwaarden, zwakste eerst: hoeveel van elke honderd Europese regio's het slechter doen.",
)
_HEAD = (
    Text("Precondition", "Voorwaarde"),
    Text("Do worse", "Slechter"),
    Text("By data", "Volgens data"),
    Text("By the team", "Volgens het team"),
)
_READINGS = {
    "weak": Text("weak", "zwak"),
    "fair": Text("fair", "redelijk"),
    "strong": Text("strong", "sterk"),
    "none": Text("not known", "niet bekend"),
}
_RATINGS = {
    "missing": Text("missing", "ontbreekt"),
    "weak": Text("weak", "zwak"),
    "fair": Text("fair", "redelijk"),
    "strong": Text("strong", "sterk"),
    "": Text("not said", "niet gezegd"),
}
_MOST_NAMES = 4


def prepare(asked: Asked) -> Draft:
    """Read the canvas; give the chapter for a size, nothing where nobody loaded its elements."""
    try:
        view = show_canvas(asked.con, asked.store, asked.chain)
    except UsageError:
        return _write_nothing  # the chapter of strengths says why these regions cannot be compared
    paragraph = Paragraph(tuple(_write_sentences(view, asked)))
    known = [element for element in view.elements if element.percentile is not None]
    known.sort(key=lambda element: (_value(element), element.element))

    def write(size: Size) -> Chapter | None:
        if not view.elements:
            return None
        table = _make_table(known[: size.elements], asked)
        blocks = (paragraph, table) if known else (paragraph,)
        return Chapter("missing", asked.say(_TITLE), blocks)

    return write


def _write_nothing(_size: Size) -> None:
    return None


def _value(element: CanvasElement) -> float:
    figure = element.percentile
    return float(figure.value) if figure is not None and figure.value is not None else 0.0


def _write_sentences(view: CanvasView, asked: Asked) -> Iterator[Sentence]:
    language = asked.language
    weakest = view.find(view.weakest)
    if weakest is not None and weakest.percentile is not None:
        yield write_sentence(
            "missing.weakest",
            _WEAKEST if weakest.reading == "weak" else _NONE_WEAK,
            language,
            element=asked.noun(weakest.label),
            percentile=weakest.percentile,
        )
        if weakest.rests_on_one:
            counted = next(line for line in weakest.lines if not line.why_not)
            yield write_sentence(
                "missing.one",
                _ONE,
                language,
                element=asked.noun(weakest.label),
                title=asked.own(counted.title),
            )
    if view.near:
        yield write_sentence("missing.near", _NEAR, language, names=_names(view, view.near, asked))
    if view.turns:
        turns = list_pieces([asked.own(turn.title) for turn in view.turns], language, 2)
        template = _TURN if len(view.turns) == 1 else _TURNS
        yield write_sentence("missing.turns", template, language, names=turns)
    weak = tuple(each.element for each in view.elements if each.rating in {"missing", "weak"})
    if weak:
        yield write_sentence("missing.team", _TEAM, language, names=_names(view, weak, asked))
    if view.unfilled:
        names = _names(view, view.unfilled, asked)
        yield write_sentence("missing.unfilled", _UNFILLED, language, names=names)


def _names(view: CanvasView, names: tuple[str, ...], asked: Asked) -> Line:
    found = [element for name in names if (element := view.find(name)) is not None]
    return list_pieces([asked.noun(each.label) for each in found], asked.language, _MOST_NAMES)


def _make_table(elements: list[CanvasElement], asked: Asked) -> Table:
    # What the team says has a column of its own as soon as it said something.
    is_judged = any(element.rating for element in elements)
    head = _HEAD if is_judged else _HEAD[:-1]
    return Table(
        write_line(_CAPTION, asked.language),
        tuple(write_line(each, asked.language) for each in head),
        tuple(_make_row(element, asked)[: len(head)] for element in elements),
        numeric=(1,),
        widths=(6, 3, 3, 4)[: len(head)],
    )


def _make_row(element: CanvasElement, asked: Asked) -> tuple[Line, ...]:
    percentile: Line = (Number(element.percentile),) if element.percentile else ()
    return (
        (asked.own(element.label),),
        percentile,
        (Words(asked.say(_READINGS[element.reading])),),
        (Words(asked.say(_RATINGS[element.rating])),),
    )
