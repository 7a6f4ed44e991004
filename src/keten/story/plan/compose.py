"""Puts the chapters of a plan together, with people's sentences in them, so that it is two pages."""

from dataclasses import dataclass, replace
from typing import Final

from keten.model import Text
from keten.story.document import Day, Document, Ident, Words
from keten.story.edits import Orphan, Recount, read_edits, revise
from keten.story.pen import Pen
from keten.story.plan import (
    calls,
    choice,
    missing,
    parties,
    programme,
    proposition,
    sources,
    strengths,
)
from keten.story.plan.asked import SIZES, Asked, Draft, Size
from keten.story.print_typst import count_pages
from keten.story.sentences import write_line

PAGES: Final = 2

# In the order of the plan; the sources come last, and cite what the others say.
_CHAPTERS: Final = (proposition, parties, strengths, missing, choice, programme, calls)
_THERE_IS: Final = ("proposition", "parties", "strengths")

_TITLE: Final = Text("{chain}: a plan", "{chain}: een plan")
_SUBTITLE: Final = Text(
    "{regions}. Written on {day} from evidence number {evidence}, read on {evidence_day}.{invented}",
    "{regions}. Geschreven op {day} uit gegevensstand {evidence}, gelezen op {evidence_day}."
    "{invented}",
)
_INVENTED: Final = Text(
    " Everything here is invented: this region does not exist.",
    " Alles hier is verzonnen: deze regio bestaat niet.",
)
_FOOTER: Final = Text(
    "{chain} · keten, evidence {evidence}", "{chain} · keten, gegevensstand {evidence}"
)
_PAGE: Final = Text("page", "pagina")
_MARK: Final = Text(
    "A person wrote this sentence; a number under it has changed since.",
    "Deze zin is door een mens geschreven; een getal eronder is sindsdien veranderd.",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, how many pages it takes, and people's sentences that have no place in it."""

    document: Document
    pages: int
    orphans: tuple[Orphan, ...]


def make_plan(asked: Asked, pen: Pen, recount: Recount) -> Plan:
    """Make the plan of a chain, as full as two pages allow.

    Only long sentences of people can make it longer than that; `pages` then says so.
    """
    drafts = [chapter.prepare(asked) for chapter in _CHAPTERS]
    cite = sources.prepare(asked)
    edits = read_edits(asked.store, asked.chain.chain, asked.language, reader=asked.reader)
    plan = None
    for size in SIZES:
        revision = revise(_compose(asked, drafts, cite, size), edits, pen, recount)
        pages = count_pages(revision.document, pen)
        plan = Plan(revision.document, pages, revision.orphans)
        if pages <= PAGES:
            break
    assert plan is not None, "there is a size"
    return plan


def _compose(asked: Asked, drafts: list[Draft], cite: sources.Cite, size: Size) -> Document:
    chapters = [chapter for draft in drafts if (chapter := draft(size)) is not None]
    chapters.append(cite(size, chapters))
    # The first page says what there is, the second what there is to do.
    turn = next((place for place, each in enumerate(chapters) if each.key not in _THERE_IS), 0)
    chapters[turn] = replace(chapters[turn], starts_page=True)
    label, evidence = asked.own(asked.chain.label), Ident(str(asked.evidence))
    return Document(
        title=asked.say(_TITLE).replace("{chain}", asked.say(asked.chain.label)),
        subtitle=write_line(
            _SUBTITLE,
            asked.language,
            regions=asked.own(asked.chain.regions_label),
            day=Day(asked.today),
            evidence=evidence,
            evidence_day=Day(asked.evidence_day),
            invented=Words(asked.say(_INVENTED) if asked.is_invented else ""),
        ),
        language=asked.language,
        made_on=asked.today,
        evidence=asked.evidence,
        evidence_day=asked.evidence_day,
        is_invented=asked.is_invented,
        chapters=tuple(chapters),
        footer=write_line(_FOOTER, asked.language, chain=label, evidence=evidence),
        page_word=asked.say(_PAGE),
        mark_note=asked.say(_MARK),
    )
