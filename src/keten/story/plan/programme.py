"""The chapter of the programme: what will be done, by whom and when."""

from collections.abc import Iterator

from keten.model import Text
from keten.programme.answers import show_programme
from keten.programme.views import ActionView, OwnerView, ProgrammeView
from keten.story.document import Chapter, Day, Line, Paragraph, Quote, Sentence, Table, Words
from keten.story.plan.asked import Asked, Draft, Size, name_party
from keten.story.sentences import list_pieces, write_line, write_sentence

_TITLE = Text("What will be done", "Wat er gebeurt")
_NONE = Text(
    "No action has been written down for this chain yet.",
    "Voor deze keten is nog geen actie opgeschreven.",
)
_COUNT = Text(
    "Actions in the programme: {actions}, of which {running} running, {done} done and {late} late.",
    "Acties in het programma: {actions}, waarvan {running} lopend, {done} klaar en {late} te laat.",
)
_AIMS = Text("Initiatives: {names}.", "Initiatieven: {names}.")
_GAPS = Text(
    "The actions answer what is missing in {gaps}.",
    "De acties gaan in op wat ontbreekt bij {gaps}.",
)
_CAPTION = Text(
    "Actions, those due first at the top.", "Acties, wat het eerst moet staat bovenaan."
)
_CAPTION_SOME = Text(
    "The actions due first; the programme has more.",
    "De acties die het eerst moeten; het programma heeft er meer.",
)
_HEAD = (
    Text("Action", "Actie"),
    Text("By whom", "Wie"),
    Text("Until", "Tot"),
    Text("Status", "Status"),
)
_STATES = {
    "planned": Text("planned", "gepland"),
    "running": Text("running", "loopt"),
    "done": Text("done", "klaar"),
    "stopped": Text("stopped", "gestopt"),
}
_LATE = Text(", late", ", te laat")
_OPEN = Text("not said", "niet gezegd")
_MOST_NAMES = 4


def prepare(asked: Asked) -> Draft:
    """Read the programme; give the chapter for a size."""
    view = show_programme(
        asked.con, asked.store, asked.chain.chain, asked.today, reader=asked.reader
    )
    paragraph = Paragraph(tuple(_write_sentences(view, asked)))

    def write(size: Size) -> Chapter:
        blocks = (
            (paragraph, _make_table(view, asked, size.actions)) if view.actions else (paragraph,)
        )
        return Chapter("programme", asked.say(_TITLE), blocks)

    return write


def _write_sentences(view: ProgrammeView, asked: Asked) -> Iterator[Sentence]:
    language = asked.language
    if not view.actions:
        yield write_sentence("programme.none", _NONE, language)
        return
    yield write_sentence(
        "programme.count",
        _COUNT,
        language,
        actions=view.figures["actions"],
        running=view.figures["actions_running"],
        done=view.figures["actions_done"],
        late=view.figures["actions_late"],
    )
    names = [Quote(each.initiative.label) for each in view.initiatives if each.initiative]
    if names:
        line = list_pieces(names, language, _MOST_NAMES)
        yield write_sentence("programme.aims", _AIMS, language, names=line)
    gaps = dict.fromkeys(action.gap for action in view.actions if action.gap is not None)
    if gaps:
        line = list_pieces([asked.noun(gap) for gap in gaps], language, _MOST_NAMES)
        yield write_sentence("programme.gaps", _GAPS, language, gaps=line)


def _make_table(view: ProgrammeView, asked: Asked, most: int) -> Table:
    # What still has to be done before what is done: a plan looks ahead.
    actions = sorted(
        view.actions, key=lambda each: (each.state in {"done", "stopped"}, *_due(each))
    )
    caption = _CAPTION_SOME if len(actions) > most else _CAPTION
    return Table(
        write_line(caption, asked.language),
        tuple(write_line(head, asked.language) for head in _HEAD),
        tuple(_make_row(action, asked) for action in actions[:most]),
        widths=(6, 5, 4, 3),
    )


def _due(action: ActionView) -> tuple[bool, str]:
    return action.next_day is None, action.next_day.isoformat() if action.next_day else ""


def _make_row(view: ActionView, asked: Asked) -> tuple[Line, ...]:
    ends = view.action.ends
    state = asked.say(_STATES[view.state]) + (asked.say(_LATE) if view.course == "late" else "")
    return (
        (Quote(view.action.title),),
        _name_owner(view.owner, asked),
        (Day(ends),) if ends else write_line(_OPEN, asked.language),
        (Words(state),),
    )


def _name_owner(view: OwnerView, asked: Asked) -> Line:
    if view.current is not None:
        party = (name_party(view.current),)
        return (*party, Words(", "), Quote(view.owner.role)) if view.owner.role else party
    said = view.owner.name or view.owner.role
    return (Quote(said),) if said else write_line(_OPEN, asked.language)
