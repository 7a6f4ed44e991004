"""The chapter of the money: calls for which one can still apply and that speak of the chain."""

from keten.funding.answers import list_calls
from keten.funding.views import CallList, CallRow
from keten.model import Text
from keten.story.document import Chapter, Day, Line, Paragraph, Quote, Sentence, Table
from keten.story.plan.asked import Asked, Draft, Size
from keten.story.sentences import write_line, write_sentence

_TITLE = Text("What can be applied for", "Wat kan worden aangevraagd")
_COUNT = Text(
    "European calls in which words of the chain stand, and for which one can still apply: {applicable} of "
    "{total} that are known.",
    "Europese oproepen waarin woorden van de keten staan en waarvoor een aanvraag nog kan: {applicable} "
    "van de {total} die bekend zijn.",
)
_NONE = Text(
    "None of the {total} European calls that are known holds a word of the chain and is still open.",
    "Geen van de {total} Europese oproepen die bekend zijn bevat een woord van de keten en staat nog open.",
)
_CAPTION = Text("Calls that speak of the chain most.", "Oproepen die het meest over de keten gaan.")
_HEAD = (Text("Call", "Oproep"), Text("Until", "Tot"))
_OPEN = {"open", "forthcoming", "due"}
_UNKNOWN = Text("not known", "niet bekend")


def prepare(asked: Asked) -> Draft:
    """Read the calls; give the chapter for a size, nothing where no file of calls was read."""
    view = list_calls(asked.con, asked.chain.chain, asked.today)
    open_calls = [row for row in view.rows if row.state in _OPEN]
    paragraph = Paragraph((_write_sentence(view, asked),))

    def write(size: Size) -> Chapter | None:
        if not view.total.value:
            return None
        table = (_make_table(open_calls[: size.calls], asked),) if open_calls else ()
        return Chapter("calls", asked.say(_TITLE), (paragraph, *table))

    return write


def _write_sentence(view: CallList, asked: Asked) -> Sentence:
    if not view.applicable.value:
        return write_sentence("calls.count", _NONE, asked.language, total=view.total)
    return write_sentence(
        "calls.count", _COUNT, asked.language, applicable=view.applicable, total=view.total
    )


def _make_table(calls: list[CallRow], asked: Asked) -> Table:
    return Table(
        write_line(_CAPTION, asked.language),
        tuple(write_line(head, asked.language) for head in _HEAD),
        tuple(_make_row(call, asked) for call in calls),
        widths=(10, 4),
    )


def _make_row(call: CallRow, asked: Asked) -> tuple[Line, ...]:
    title = "".join(piece.text for piece in call.title)
    until: Line = (Day(call.deadline),) if call.deadline else write_line(_UNKNOWN, asked.language)
    return ((Quote(title, "en"),), until)
