"""The chapter of the choice: what was decided, when and why; else how it stands."""

from collections.abc import Iterator

from keten.model import Text
from keten.portfolio.answers import list_choices, show_choice
from keten.portfolio.views import ChoiceView, DecisionView, DevelopmentView
from keten.story.document import Chapter, Day, Paragraph, Piece, Quote, Sentence
from keten.story.plan.asked import Asked, Draft, Size
from keten.story.sentences import list_pieces, write_sentence

_TITLE = Text("What was chosen", "Wat is gekozen")
_DECIDED = Text("On {day} was chosen: {names}.", "Op {day} is gekozen: {names}.")
_REASON = Text("The reason given: {reason}", "De reden die erbij staat: {reason}")
_CHANGED = Text(
    "What the decision stood on has changed since: {names}.",
    "Waar het besluit op rustte is sindsdien veranderd: {names}.",
)
_SCORES = Text("the scores", "de scores")
_EVIDENCE = Text("the evidence", "de gegevens")
_OPEN = Text(
    "Nothing has been decided yet. When scores and weights are drawn at random within what was said of "
    "them, {name} comes first of {compared} developments in {share} of the draws.",
    "Er is nog niets besloten. Worden scores en gewichten willekeurig getrokken binnen wat erover gezegd "
    "is, dan komt {name} van {compared} ontwikkelingen in {share} van de trekkingen als eerste uit.",
)
_EXAMPLE = Text(
    "The scores are examples, and no judgement on these developments.",
    "De scores zijn voorbeelden, en geen oordeel over deze ontwikkelingen.",
)


def prepare(asked: Asked) -> Draft:
    """Read the choice that serves this chain most closely; give its chapter, if there is one."""
    choices = list_choices(asked.store, asked.chain.chain)
    if not choices:
        return _write_nothing
    view = show_choice(
        asked.con, asked.store, choices[0].name, evidence=(asked.evidence, asked.fingerprint)
    )
    paragraph = Paragraph(tuple(_write_sentences(view, asked)))
    chapter = Chapter("choice", asked.say(_TITLE), (paragraph,))

    def write(_size: Size) -> Chapter:
        return chapter

    return write


def _write_nothing(_size: Size) -> None:
    return None


def _write_sentences(view: ChoiceView, asked: Asked) -> Iterator[Sentence]:
    by_name = {each.development: each for each in view.developments}
    if view.decision is not None:
        yield from _write_decision(view.decision, by_name, asked)
    else:
        leader = by_name[view.leader]
        yield write_sentence(
            "choice.open",
            _OPEN,
            asked.language,
            name=_name(leader, asked),
            compared=view.compared,
            share=leader.ranks[0],
        )
    if any(each.is_example for each in view.developments):
        yield write_sentence("choice.example", _EXAMPLE, asked.language)


def _write_decision(
    decision: DecisionView, by_name: dict[str, DevelopmentView], asked: Asked
) -> Iterator[Sentence]:
    line, language = decision.judgement, asked.language
    names: list[Piece] = [
        _name(by_name[name], asked) if name in by_name else Quote(name) for name in decision.chosen
    ]
    yield write_sentence(
        "choice.decided",
        _DECIDED,
        language,
        day=Day(line.made_at.date()),
        names=list_pieces(names, language),
    )
    reason = Quote(line.reason)
    yield write_sentence("choice.reason", _REASON, language, reason=reason)
    changed = [
        asked.own(text)
        for text, has_changed in (
            (_SCORES, decision.scores_changed),
            (_EVIDENCE, decision.evidence_changed),
        )
        if has_changed
    ]
    if changed:
        names_changed = list_pieces(changed, language)
        yield write_sentence("choice.changed", _CHANGED, language, names=names_changed)


def _name(development: DevelopmentView, asked: Asked) -> Piece:
    return Quote(asked.say(development.label), asked.language)
