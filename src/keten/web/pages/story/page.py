"""The plan of a chain as a page, as PDF and DOCX; editors write its sentences on the same page."""

from collections.abc import Mapping

from markupsafe import Markup
from starlette.responses import Response

from keten.atlas.answers import MEASURES
from keten.errors import NotFoundError
from keten.model import Judgement
from keten.story import (
    Sentence,
    keep_sentence,
    list_line_figures,
    list_sentences,
    print_docx,
    print_pdf,
    record_sentence,
    write_editable,
)
from keten.story.document import Document, Picture
from keten.story.plan import PAGES, Asked, Plan, make_plan
from keten.web.explainers import list_methods
from keten.web.kept import Reply
from keten.web.pages.chain.frame import read_chain
from keten.web.pen import make_pen, make_recount
from keten.web.reply import Page, Pages, entity_tag, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()
_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.page("/chains/{chain}/story")
def story(visit: Visiting, chain: str) -> Page:
    """Show the plan of a chain."""
    definition = read_chain(visit, chain)
    plan = _make(visit, chain)
    document = plan.document
    here = visit.addresses.page(f"chains/{chain}/story")
    return Page(
        "story/story.html",
        document.title,
        {"plan": plan},
        {
            "chain_view": definition,
            "pen": make_pen(visit.language),
            "name_of": lambda figure: _name_measure(figure.measure, visit.language),
            "kind": lambda thing: type(thing).__name__,
            "drawings": _draw(document),
            "is_long": plan.pages > PAGES,
            "editable": _write_editables(visit, document),
            "lines": _read_lines(visit, plan),
            "pdf": f"{here}.pdf",
            "docx": f"{here}.docx",
            "sentence_address": f"{here}/sentences",
        },
    )


@pages.page("/chains/{chain}/story.pdf")
def story_as_pdf(visit: Visiting, chain: str) -> Response:
    """Give the plan as a tagged PDF."""
    pen = make_pen(visit.language, visit.settings.public_url)
    return _send(visit, print_pdf(_make(visit, chain).document, pen), _PDF)


@pages.page("/chains/{chain}/story.docx")
def story_as_docx(visit: Visiting, chain: str) -> Response:
    """Give the plan as a document for a word processor."""
    pen = make_pen(visit.language, visit.settings.public_url)
    return _send(visit, print_docx(_make(visit, chain).document, pen), _DOCX)


@pages.form("/chains/{chain}/story/sentences/{key}", role="editor")
def write(visit: Visiting, chain: str, key: str) -> Response:
    """Keep what an editor wants in the place of a sentence."""
    plan = _make(visit, chain)
    sentence = next((each for each in list_sentences(plan.document) if each.key == key), None)
    if sentence is None:
        raise Trouble(
            visit.words("The plan has no sentence '%(name)s' now.", name=key[:80]),
            visit.words("Go back to the plan; what was written there is kept."),
            code=NotFoundError.code,
        )
    assert visit.person is not None, "the form is for signed-in people only"
    pen = make_pen(visit.language)
    act, seen = visit.form["act"], _read_number(visit.form.get("seen", "0"))
    reason = visit.form.get("reason", "").strip()
    author = visit.person.name
    if act == "keep":
        keep_sentence(
            visit.store, chain, sentence, _editable(visit, sentence), pen,
            reason=reason or visit.words("It still holds with the numbers of now."),
            author=author, made_at=visit.now,
        )  # fmt: skip
    else:
        texts = {"write": visit.form.get("text", ""), "leave-out": "", "take": None}
        reasons = {
            "write": visit.words("Put in our own words."),
            "leave-out": visit.words("Left out of the plan."),
            "take": visit.words("The sentence that keten writes stands again."),
        }
        if act not in texts:
            raise Trouble(
                visit.words("A sentence cannot be asked to '%(name)s'.", name=act[:40]),
                visit.words("Go back to the plan; what was written there is kept."),
                code="usage",
                status=400,
            )
        record_sentence(
            visit.store, chain, sentence, texts[act], pen,
            reason=reason or reasons[act], author=author, made_at=visit.now, seen=seen,
        )  # fmt: skip
    return see_other(visit, visit.addresses.page(f"chains/{chain}/story") + f"#s-{key}")


def _make(visit: Visit, chain: str) -> Plan:
    definition = read_chain(visit, chain)
    evidence, store = visit.evidence, visit.store_to_read
    asked = Asked(
        con=visit.con,
        store=store,
        chain=definition,
        language=visit.language,
        today=visit.now.date(),
        evidence=evidence.number,
        evidence_day=evidence.built_at.date(),
        fingerprint=evidence.fingerprint,
        is_invented=evidence.is_invented,
        reader=visit.person.name if visit.person else None,
    )
    pen = make_pen(visit.language, visit.settings.public_url)
    return make_plan(asked, pen, make_recount(visit.con, store))


def _draw(document: Document) -> Mapping[str, Markup]:
    """Give the drawings of a document; they hold texts escaped where they were drawn."""
    return {
        block.name: Markup(block.svg)  # noqa: S704 - written by keten.story.map, texts escaped
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Picture)
    }


def _write_editables(visit: Visit, document: Document) -> Mapping[str, str]:
    """Give for each sentence the text that an editor starts from; nothing for who only reads."""
    if visit.person is None or not visit.person.may("editor"):
        return {}
    return {each.key: _editable(visit, each) for each in list_sentences(document)}


def _editable(visit: Visit, sentence: Sentence) -> str:
    figures = list_line_figures(sentence.generated)
    return write_editable(sentence.pieces, figures, make_pen(visit.language))


def _read_lines(visit: Visit, plan: Plan) -> Mapping[int, Judgement]:
    """Give the lines of the workspace that the plan's sentences stand on, by number."""
    if visit.store_to_read is None:
        return {}
    numbers = {each.edit.number for each in list_sentences(plan.document) if each.edit}
    numbers |= {orphan.edit.number for orphan in plan.orphans}
    return {line.number: line for line in visit.store_to_read.numbered(numbers)}


def _name_measure(name: str, language: str) -> str:
    found = list_methods().get(name) or MEASURES.get(name)
    return found.title.in_language(language) if found else name


def _read_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _send(visit: Visit, content: bytes, media_type: str) -> Response:
    """Send a printed copy, and keep it for the next visitor as pages are kept."""
    tag = "" if visit.person else entity_tag(visit)
    if tag:
        visit.house.kept.put(tag, Reply(content, media_type))
    headers = {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
    return Response(
        content, media_type=media_type, headers=headers | ({"ETag": tag} if tag else {})
    )
