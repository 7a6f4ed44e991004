"""The last chapter: which sources the plan stands on, by which methods, and what to mind."""

from collections.abc import Callable, Sequence
from typing import Final

from keten.atlas.answers import show_sources
from keten.atlas.views import SourceView
from keten.model import Figure, Text
from keten.sources import invented
from keten.story.document import Block, Chapter, Line, Paragraph, Points, Quote, list_block_lines
from keten.story.plan.asked import Asked, Size
from keten.story.plan.methods import METHODS
from keten.story.sentences import list_line_figures, write_line, write_sentence

# Is given the chapters before it, whose figures say what is to be cited.
Cite = Callable[[Size, Sequence[Chapter]], Chapter]

_TITLE = Text("Sources and methods", "Bronnen en methoden")
_ABOUT = Text(
    "Every number was counted from open data, or from what people wrote in this workspace; on the web "
    "page of this plan each leads to its method and to the rows it was made from.",
    "Elk getal is geteld uit open data, of uit wat mensen in deze werkruimte schreven; op de webpagina "
    "van dit plan leidt elk naar zijn methode en naar de regels waaruit het is gemaakt.",
)
_BOUNDS = Text(
    "Between brackets stands within which bounds a value most likely lies; for a share of draws only the "
    "error of drawing.",
    "Tussen haakjes staat binnen welke grenzen een waarde hoogstwaarschijnlijk ligt; bij een deel van de "
    "trekkingen is dat alleen de marge van het trekken.",
)
_EXAMPLE = Text(
    "Which projects are about the chain follows from an example definition that anyone may change.",
    "Welke projecten over de keten gaan volgt uit een voorbeelddefinitie die iedereen mag aanpassen.",
)
_SOURCE = Text("{title} ({publisher}; {licence})", "{title} ({publisher}; {licence})")
_METHOD = Text("Method: {title}, after {source}", "Methode: {title}, naar {source}")
_MIND = Text("Mind: {caveat}", "Let op: {caveat}")

# What parties did elsewhere: no figure of a plan rests on it. The registers stay, for by them it is known
# who is one organisation, and so who received subsidy.
_APART: Final = frozenset({"fp7", "structural_funds", "innovation_fund"})


def prepare(asked: Asked) -> Cite:
    """Read the sources; give the chapter for a size and the chapters before it."""
    views = [view for view in show_sources(asked.con) if _is_stood_on(view)]

    def write(size: Size, chapters: Sequence[Chapter]) -> Chapter:
        figures = _list_figures(chapters)
        lines = (
            *(_cite_source(view, asked) for view in views),
            *_cite_methods(figures, asked),
            *_cite_caveats(figures, views, asked)[: size.notes],
        )
        blocks: tuple[Block, ...] = (_write_paragraph(figures, asked), Points(lines))
        return Chapter("sources", asked.say(_TITLE), blocks, is_small=True)

    return write


def _write_paragraph(figures: Sequence[Figure], asked: Asked) -> Paragraph:
    sentences = [write_sentence("sources.about", _ABOUT, asked.language)]
    if any(figure.interval for figure in figures):
        sentences.append(write_sentence("sources.bounds", _BOUNDS, asked.language))
    if asked.chain.is_example:
        sentences.append(write_sentence("sources.example", _EXAMPLE, asked.language))
    return Paragraph(tuple(sentences))


def _list_figures(chapters: Sequence[Chapter]) -> tuple[Figure, ...]:
    return tuple(
        figure
        for chapter in chapters
        for block in chapter.blocks
        for line in list_block_lines(block)
        for figure in list_line_figures(line)
    )


def _is_stood_on(view: SourceView) -> bool:
    """Say whether anything in a plan rests on a source; the card of the invented region has no files."""
    name = view.card.source
    return name == invented.CARD.source or (bool(view.files) and name not in _APART)


def _cite_source(view: SourceView, asked: Asked) -> Line:
    card = view.card
    return write_line(
        _SOURCE,
        asked.language,
        title=asked.own(card.title),
        publisher=Quote(card.publisher),
        licence=Quote(card.licence),
    )


def _cite_methods(figures: Sequence[Figure], asked: Asked) -> tuple[Line, ...]:
    """Cite the published methods, each once, in the order in which their figures stand."""
    used = [METHODS[name] for name in dict.fromkeys(f.measure for f in figures) if name in METHODS]
    papers = dict.fromkeys(method.source for method in used if method.source)
    titles = {
        paper: next(method.title for method in used if method.source == paper) for paper in papers
    }
    return tuple(
        write_line(_METHOD, asked.language, title=asked.own(titles[paper]), source=Quote(paper))
        for paper in papers
    )


def _cite_caveats(
    figures: Sequence[Figure], views: Sequence[SourceView], asked: Asked
) -> tuple[Line, ...]:
    texts = {name: text for view in views for name, text in view.card.caveats.items()}
    met = dict.fromkeys(name for figure in figures for name in figure.caveats if name in texts)
    return tuple(
        write_line(_MIND, asked.language, caveat=Quote(asked.say(texts[name]), asked.language))
        for name in met
    )
