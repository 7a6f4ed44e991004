"""What cannot be is said in both languages, each problem at its field; what can be is read as meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from keten.model import Text
from keten.programme.draft import check_action, check_initiative, check_status
from keten.programme.milestones import gather_milestones
from keten.programme.views import Action, Initiative, Milestone, Owner
from tests.programme.made import NOON, TODAY, draft, known, typed


@pytest.mark.parametrize(
    ("cells", "field", "english", "dutch"),
    [
        ({"title": "  "}, "title", "Title is missing", "Titel ontbreekt"),
        ({"title": "x" * 201}, "title", "201", "201"),
        ({"title": "a\x07b"}, "title", "cannot be printed", "niet te drukken"),
        ({"owner": ""}, "owner", "Owner is missing", "Trekker ontbreekt"),
        ({"owner": "pic:77"}, "owner", "pic:77", "pic:77"),
        ({"owner": "Somebody (he:77)"}, "owner", "he:77", "he:77"),
        ({"owner": "mevrouw Jansen"}, "owner", "looks like a person", "lijkt een persoon"),
        ({"role": "x@example.org"}, "role", "looks like a person", "lijkt een persoon"),
        ({"owner": "06-12 34 56 78 9"}, "owner", "looks like a person", "lijkt een persoon"),
        ({"reason": ""}, "reason", "Reason is missing", "Reden ontbreekt"),
        ({"starts": "2026-02-30"}, "starts", "2026-02-30", "geen dag"),
        ({"starts": "20260230"}, "starts", "20260230", "geen dag"),
        ({"starts": "1-13-2026"}, "starts", "1-13-2026", "geen dag"),
        ({"ends": "next year"}, "ends", "next year", "next year"),
        ({"ends": "0026-01-01"}, "ends", "0026-01-01", "1990"),
        ({"starts": "2027-02-01", "ends": "2027-01-31"}, "ends", "before the start", "voor het begin"),
        ({"gap": "element:luck"}, "gap", "finance, talent", "finance, talent"),
        ({"initiative": "nothing"}, "initiative", "nothing", "nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(
    cells: dict[str, str], field: str, english: str, dutch: str
) -> None:
    _, problems = check_action(typed(**cells), (), known())
    (problem,) = problems
    assert problem.field == field
    assert english in problem.what.en
    assert dutch in problem.what.nl
    assert problem.what.en != problem.what.nl


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"title": "Permit"}, "milestone-4-day", "has no day"),
        ({"title": "Permit", "day": "31-11-2026"}, "milestone-4-day", "no day of the calendar"),
        ({"day": "2027-01-01"}, "milestone-4-title", "Milestone is missing"),
        ({"title": "Permit", "day": "2026-12-31"}, "milestone-4-day", "outside"),
        ({"title": "Permit", "day": "2028-01-01"}, "milestone-4-day", "outside"),
        (
            {"title": "Permit", "day": "2027-02-01", "done_on": "2026-11-22"},
            "milestone-4-done_on",
            "still to come",
        ),
    ],
)
def test_a_milestone_that_cannot_be_is_told_at_its_row(
    row: dict[str, str], field: str, words: str
) -> None:
    cells = typed(starts="2027-01-01", ends="2027-12-31")
    _, problems = check_action(cells, [{"place": "4", **row}], known())
    (problem,) = problems
    assert problem.field == field
    assert words in problem.what.en


def test_all_problems_come_at_once() -> None:
    _, problems = check_action({"starts": "x", "gap": "y"}, [{"title": "z"}], known())
    assert {one.field for one in problems} == {
        "title", "owner", "reason", "starts", "gap", "milestone-0-day",
    }  # fmt: skip


def test_what_can_be_is_read_as_meant() -> None:
    made = draft(
        title=" Pilot\r\nplant ", starts="1-3-2027", role="director",
        ends=datetime(2027, 12, 31, tzinfo=UTC),
        gap="finance", initiative="FOOD",
        milestones=[
            {"title": "Permit", "day": date(2027, 5, 1)},
            {"title": "", "day": " ", "done_on": None},
            {"title": "Grant", "day": "2027-04-01", "done_on": TODAY, "key": "unknown"},
        ],
    )  # fmt: skip
    assert made.title == "Pilot\nplant"
    assert (made.starts, made.ends) == (date(2027, 3, 1), date(2027, 12, 31))
    assert made.owner == Owner("Made Up", "director", "he:1")
    assert made.gap == "element:finance"
    assert made.initiative == "food-1a"
    assert [(one.key, one.title) for one in made.milestones] == [("", "Permit"), ("", "Grant")]


def test_a_free_name_is_an_owner() -> None:
    assert draft(owner="Provincie Groningen").owner == Owner("Provincie Groningen")
    assert draft(owner="Mr. Green BV 123456789 (pic:1)").owner.record == "he:1", "not a person"
    assert draft(owner="ING (Nederland)").owner == Owner("ING (Nederland)")


def test_what_stood_there_may_stay_although_it_is_gone() -> None:
    """An edit of the title must not fail on an owner, a gap or an initiative that left since."""
    before = Action(
        "a", "Old", "gone", Owner("Was Called So", "", "he:9"), None, None,
        (Milestone("k1", "Permit", TODAY),), "element:gone", 1, NOON, "",
    )  # fmt: skip
    made, problems = check_action(
        typed(owner="Was Called So (he:9)", gap="element:gone", initiative="gone"),
        [{"key": "k1", "title": "Permit!", "day": TODAY}] * 2,
        known(),
        before,
    )
    assert problems == ()
    assert made.owner == before.owner
    assert (made.gap, made.initiative) == ("element:gone", "gone")
    assert [one.key for one in made.milestones] == ["k1", ""]


def test_two_initiatives_cannot_have_one_name() -> None:
    cells = {"label": "food", "aim": "more", "reason": "so"}
    _, problems = check_initiative(cells, known())
    assert [one.field for one in problems] == ["label"]
    itself = Initiative("food-1a", "Food", "more", Owner(), 1, NOON, "")
    assert check_initiative(cells, known(), itself)[1] == ()


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"status": "almost", "note": "n"}, "status"),
        ({"status": "running", "note": " "}, "note"),
        ({"status": "running", "note": "n", "share_done": "101"}, "share_done"),
        ({"status": "running", "note": "n", "share_done": "nan"}, "share_done"),
        ({"status": "running", "note": "n", "share_done": 1.2}, "share_done"),
        ({"status": "done", "note": "n", "share_done": "60 %"}, "share_done"),
    ],
)
def test_a_status_that_cannot_be(cells: dict[str, object], field: str) -> None:
    _, problems = check_status(cells)
    assert [one.field for one in problems] == [field]


@pytest.mark.parametrize(
    ("written", "share"),
    [("", None), (None, None), ("0", 0.0), (0.0, 0.0), ("62,5 %", 0.625), (0.625, 0.625), (1, 1.0)],
)
def test_a_share_is_read_from_fields_and_cells(written: object, share: float | None) -> None:
    made, problems = check_status({"status": "running", "note": "n", "share_done": written})
    assert problems == ()
    assert made.share_done == share


def test_the_rows_of_a_form_are_gathered_by_their_place() -> None:
    form = {
        "milestone-10-title": "ten",
        "milestone-2-title": "two",
        "milestone-2-day": "d",
        "milestone-2-other": "x",
        "title": "t",
    }
    assert gather_milestones(form) == [
        {"place": "2", "title": "two", "day": "d"},
        {"place": "10", "title": "ten"},
    ]


def test_words_of_gaps_are_in_both_languages() -> None:
    assert known().gaps["element:finance"] == Text("Finance", "Financiering")
