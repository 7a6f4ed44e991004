"""The plan on a real build: two pages, every number found again in the evidence, no sentence lost."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pypdf
import pytest

from keten.diagnosis.records import judge_element
from keten.evidence import latest
from keten.model import Figure
from keten.portfolio.answers import list_choices, show_choice
from keten.portfolio.records import record_decision
from keten.programme.answers import prepare
from keten.programme.draft import check_action
from keten.programme.records import record_action
from keten.story import (
    Sentence,
    find_strays,
    list_figures,
    list_sentences,
    print_docx,
    print_pdf,
    record_sentence,
)
from keten.story.document import Document, Table, Words
from keten.story.plan import Plan
from keten.story.plan.asked import SIZES
from keten.story.sentences import find_fingerprint
from keten.web.pen import make_pen, make_recount
from keten.workspace import Store, open_store
from tests.story.conftest import CHAIN, Region, plan_on

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHAPTERS = [
    "proposition",
    "parties",
    "strengths",
    "missing",
    "choice",
    "programme",
    "calls",
    "sources",
]


@pytest.fixture(scope="module", params=["en", "nl"])
def told(request: pytest.FixtureRequest, region: Region) -> tuple[Plan, str]:
    """The plan in a language, and the language."""
    return region.plan(request.param), request.param


def sentences(document: Document) -> dict[str, Sentence]:
    return {each.key: each for each in list_sentences(document)}


def write(store: Store, sentence: Sentence, text: str | None, language: str = "en") -> int:
    return record_sentence(
        store, CHAIN, sentence, text, make_pen(language),
        reason="ours", author="an editor", made_at=NOW,
    ).number  # fmt: skip


def test_a_plan_has_its_chapters_on_two_tagged_pages_without_stray_numerals(
    told: tuple[Plan, str],
) -> None:
    plan, language = told
    document, pen = plan.document, make_pen(language)
    assert [chapter.key for chapter in document.chapters] == CHAPTERS
    reader = pypdf.PdfReader(io.BytesIO(print_pdf(document, pen)))
    assert plan.pages == len(reader.pages) == 2
    assert reader.root_object["/Lang"] == language
    text = "\n".join(page.extract_text() for page in reader.pages)
    strays = find_strays(text, document, pen, len(reader.pages))
    assert (strays.unknown, strays.lost) == ((), ())


def test_every_number_of_the_plan_is_found_again_in_the_evidence(region: Region) -> None:
    evidence = latest(region.home, threads=1)
    with open_store(region.home) as store:
        document = plan_on(evidence, store, "en").document
        recount = make_recount(evidence.cursor(), store)
        figures = list_figures(document)
        assert len(figures) > 20
        assert {"projects", "specialisation", "element_percentile", "rank_acceptability"} <= {
            figure.measure for figure in figures
        }
        for figure in figures:
            again = recount(figure.measure, figure.scope)
            assert again is not None, figure
            assert number(again) == pytest.approx(number(figure)), figure
            assert (again.interval is None) == (figure.interval is None), figure
            if again.interval and figure.interval:
                assert again.interval.low == pytest.approx(figure.interval.low)
                assert again.interval.high == pytest.approx(figure.interval.high)
    evidence.close()


def number(figure: Figure) -> float:
    assert isinstance(figure.value, int | float | Decimal), figure
    return float(figure.value)


def test_our_own_words_hold_no_digit_but_in_names(told: tuple[Plan, str]) -> None:
    texts = [
        piece.text.replace("Horizon 2020", "")
        for each in list_sentences(told[0].document)
        for piece in each.pieces
        if isinstance(piece, Words)
    ]
    assert texts
    assert not [text for text in texts if any(letter.isdigit() for letter in text)]


def test_the_same_plan_gives_the_same_bytes(region: Region) -> None:
    pen = make_pen("nl", "https://keten.example")
    first, second = (region.plan("nl", "https://keten.example").document for _ in range(2))
    assert first == second
    assert print_pdf(first, pen) == print_pdf(second, pen)
    assert print_docx(first, pen) == print_docx(second, pen)


def test_sentences_of_people_survive_a_build_and_are_marked_where_a_number_changed(
    own_region: Region,
) -> None:
    before = sentences(own_region.plan().document)
    with open_store(own_region.home) as store:
        for key in ("proposition.size", "calls.count", "parties.leading"):
            write(
                store, before[key], f"Ours: {{1}} of {key}." if key != "parties.leading" else "Us."
            )
        write(store, sentences(own_region.plan("nl").document)["calls.count"], "Van ons.", "nl")
    own_region.build(organisations=150)
    plan = own_region.plan()
    after = sentences(plan.document)
    assert not plan.orphans
    assert latest(own_region.home).number == 2
    edited = {key: sentence for key, sentence in after.items() if sentence.edit is not None}
    assert edited.keys() == {"proposition.size", "calls.count", "parties.leading"}
    # A mark stands where, and only where, a number changed.
    for key, sentence in edited.items():
        changed = find_fingerprint(sentence.generated) != find_fingerprint(before[key].generated)
        assert sentence.edit is not None
        assert bool(sentence.edit.changes) == changed, key
        assert make_pen("en").write_line(sentence.pieces).startswith(("Ours: ", "Us."))
    assert not after["calls.count"].edit.changes
    assert after["proposition.size"].edit.changes
    # The number in its slot is that of now, and leads to the evidence of now.
    (figure,) = [
        piece.figure for piece in after["proposition.size"].pieces if hasattr(piece, "figure")
    ]
    assert figure == next(
        piece.figure for piece in after["proposition.size"].generated if hasattr(piece, "figure")
    )
    dutch = sentences(own_region.plan("nl").document)["calls.count"]
    assert make_pen("nl").write_line(dutch.pieces) == "Van ons."


def test_what_people_wrote_in_other_steps_stands_in_the_plan(own_region: Region) -> None:
    evidence = latest(own_region.home, threads=1)
    with open_store(own_region.home) as store:
        judge_element(store, CHAIN, "talent", "missing", "No technicians.", "an editor", NOW)
        known = prepare(evidence.cursor(), store, CHAIN, date(2026, 11, 21))
        for place in range(9):
            draft, problems = check_action(
                {
                    "title": f"Open kitchen {place}", "owner": "Province of Q", "starts": "2026-12-01",
                    "ends": f"2027-0{place + 1}-01", "gap": "element:talent", "reason": "It is needed.",
                },
                [],
                known,
            )  # fmt: skip
            assert not problems
            record_action(store, CHAIN, draft, "an editor", NOW)
        choice = list_choices(store, CHAIN)[0]
        view = show_choice(evidence.cursor(), store, choice.name)
        record_decision(
            store, choice.name, (view.developments[0].development,), view.weights,
            (evidence.number, evidence.fingerprint), "It lasts.", "an editor", NOW,
        )  # fmt: skip
        plan = plan_on(evidence, store, "en")
    evidence.close()
    pen, found = make_pen("en"), sentences(plan.document)
    assert plan.pages == 2
    assert pen.write_line(found["missing.team"].pieces).endswith("talent missing or weak.")
    counted = pen.write_line(found["programme.count"].pieces)
    assert counted.startswith("Actions in the programme: 9, of which")
    assert pen.write_line(found["programme.gaps"].pieces).endswith("missing in talent.")
    assert "21 November 2026" in pen.write_line(found["choice.decided"].pieces)
    assert pen.write_line(found["choice.reason"].pieces).endswith("It lasts.")
    assert "choice.open" not in found
    (table,) = [
        block
        for chapter in plan.document.chapters
        if chapter.key == "programme"
        for block in chapter.blocks
        if isinstance(block, Table)
    ]
    first = [pen.write_line(cell) for cell in table.rows[0]]
    assert first == ["Open kitchen 0", "Province of Q", "1 January 2027", "planned"]


def test_long_sentences_of_people_make_lists_shorter_before_a_page_is_added(
    own_region: Region,
) -> None:
    full = own_region.plan().document
    with open_store(own_region.home) as store:
        for key in ("missing.weakest", "missing.turns", "choice.open", "programme.none"):
            write(store, sentences(full)[key], "We say a lot about this. " * 38)
    plan = own_region.plan()
    assert plan.pages == 2
    assert count_rows(plan.document) < count_rows(full)
    with open_store(own_region.home) as store:
        for key in ("calls.count", "choice.example", "missing.unfilled", "sources.about"):
            write(store, sentences(full)[key], "We say even more about that. " * 40)
    # No rule can help then: it is printed whole, and the page says so.
    assert own_region.plan().pages > 2


def count_rows(document: Document) -> int:
    return sum(
        len(block.rows)
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Table)
    )


def test_sizes_go_down_and_never_up() -> None:
    for larger, smaller in pairwise(SIZES):
        pairs = [(getattr(larger, n), getattr(smaller, n)) for n in larger.__slots__]
        assert all(more >= less for more, less in pairs)
        assert any(more > less for more, less in pairs)


def test_regions_that_cannot_be_compared_get_a_plan_that_says_so(region: Region) -> None:
    evidence = latest(region.home, threads=1)
    with open_store(region.home) as store:
        plan = plan_on(evidence, store, "en", regions=("QN111",))
    evidence.close()
    keys = [chapter.key for chapter in plan.document.chapters]
    assert "missing" not in keys
    assert "strengths.none" in sentences(plan.document)
