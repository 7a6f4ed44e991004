"""The workbook says what is in it, computes nothing that people typed, and comes back unchanged."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from keten.errors import UsageError
from keten.model import Text
from keten.programme.answers import prepare, show_programme
from keten.programme.draft import InitiativeDraft, check_action, check_status
from keten.programme.intake import read_book
from keten.programme.plan import Plan, RowPlan, write_plan
from keten.programme.preview import preview
from keten.programme.records import record_action, record_initiative, record_status
from keten.programme.sheet import Origin, write_sheet
from keten.programme.state import read_programme
from keten.programme.views import Milestone, Owner
from keten.workspace import Store, open_store
from tests.programme.made import (
    CHAIN,
    NOON,
    TODAY,
    action_draft,
    add_action,
    add_initiative,
    day,
    tell,
    the_action,
)

TITLE = Text("New proteins", "Nieuwe eiwitten")
ORIGIN = Origin(TITLE, NOON, 7, NOON, "abc", "https://example.org")
WHY = Text("read from a file", "gelezen uit een bestand")
Edit = Callable[[Any], None]


def export(store: Store, language: str = "en", edit: Edit | None = None) -> bytes:
    content = write_sheet(show_programme(None, store, CHAIN, TODAY), ORIGIN, language)
    if edit is None:
        return content
    book = load_workbook(io.BytesIO(content))
    edit(book)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def look(store: Store, content: bytes, language: str = "en") -> Plan:
    lines = store.judgements_on([f"chain:{CHAIN}"], only_in_force=False)
    known = prepare(None, store, CHAIN, TODAY)
    programme = read_programme(store, CHAIN)
    return preview(read_book(content), programme, lines, known, WHY, language)


def verdicts(plan: Plan) -> list[str]:
    return [row.verdict for row in plan.rows]


def write(store: Store, plan: Plan) -> list[tuple[RowPlan, tuple[int, ...]]]:
    return list(write_plan(store, CHAIN, plan, "an importer", NOON + timedelta(hours=1)))


def put(page: Any, row: int, **cells: Any) -> None:
    headings = {cell.value: cell.column for cell in page[1]}
    for heading, value in cells.items():
        page.cell(row, headings[heading.replace("_", " ")]).value = value


@pytest.fixture
def filled(store: Store) -> dict[str, str]:
    food = add_initiative(store)
    plant = add_action(
        store,
        action_draft(
            "Plant", day(-20), day(40),
            (Milestone("", "Grant", day(-9), day(-8)), Milestone("", "Permit", day(10))),
            owner=Owner("NOM", "business developer food", ""), initiative=food,
        ),
    )  # fmt: skip
    tell(store, plant, "running", "it began", 0.25)
    return {"food": food, "plant": plant, "bare": add_action(store, action_draft("=1+1"))}


def test_cells_are_typed_and_nothing_is_a_formula(store: Store, filled: dict[str, str]) -> None:
    book = load_workbook(io.BytesIO(export(store)))
    assert book.sheetnames == [
        "Actions", "Milestones", "Initiatives", "Status history", "Dictionary", "About",
    ]  # fmt: skip
    page = book["Actions"]
    row = {head.value: cell for head, cell in zip(page[1], page[2], strict=True)}
    assert row["Start"].value == datetime.combine(day(-20), datetime.min.time())
    assert row["Start"].number_format == "yyyy-mm-dd"
    assert (row["Share done"].value, row["Share done"].number_format) == (0.25, "0%")
    assert row["Course"].value == "due soon"
    dangerous = page.cell(3, 2)
    assert (dangerous.value, dangerous.data_type, dangerous.quotePrefix) == ("=1+1", "s", True)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert len(page.data_validations.dataValidation) == 1


def test_every_column_is_explained_and_the_origin_named(
    store: Store, filled: dict[str, str]
) -> None:
    book = load_workbook(io.BytesIO(export(store, "nl")))
    explained = {(row[0].value, row[1].value) for row in book["Verklaring"].iter_rows(min_row=2)}
    for page in book.worksheets[:4]:
        assert {(page.title, cell.value) for cell in page[1]} <= explained
    about = {row[0].value: row[1].value for row in book["Over"].iter_rows(min_row=2)}
    assert about["Nummer van het bewijs"] == 7
    assert about["Vingerafdruk van het bewijs"] == "abc"
    assert about["Stand van"].date() == TODAY


@pytest.mark.parametrize("language", ["nl", "en"])
def test_export_and_import_change_nothing(
    store: Store, filled: dict[str, str], language: str
) -> None:
    before = store.judgements()
    plan = look(store, export(store, language, lambda book: None), language)
    assert verdicts(plan) == ["unchanged"] * 3
    assert plan.passed_over == ()
    assert [numbers for _, numbers in write(store, plan)] == [()] * 3
    assert store.judgements() == before


TRAPS = (
    "=SUM(A1)", "_x000D_", "_x0041_x", "a\nb", "'quoted", "-1", "@x", "1e5", "TRUE", "2027-01-01", "0007",
)  # fmt: skip
WORDS = st.sampled_from(TRAPS) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30
)


@given(title=WORDS, name=WORDS, note=WORDS, milestone=WORDS, share=st.none() | st.floats(0, 1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    name: str,
    note: str,
    milestone: str,
    share: float | None,
) -> None:
    made, wrong = check_action(
        {"title": title or "t", "owner": name or "o", "reason": f"r{title}"},
        [{"title": milestone or "m", "day": TODAY}],
        prepare(None, None, CHAIN, TODAY),
    )
    told, also_wrong = check_status({"status": "running", "note": note or "n", "share_done": share})
    if wrong or also_wrong:
        return
    with open_store(Path(tmp_path_factory.mktemp("typed"))) as store:
        slug = record_action(store, CHAIN, made, "me", NOON).object.partition(":")[2]
        record_status(store, CHAIN, slug, told, "me", NOON)
        plan = look(store, export(store, "nl", lambda book: None), "nl")
        assert verdicts(plan) == ["unchanged"], plan.rows


def test_a_change_is_shown_and_then_written(store: Store, filled: dict[str, str]) -> None:
    def edit(book: Any) -> None:
        put(book["Actions"], 2, Title="Bigger plant", End=day(50), Status="done", Share_done=None,
            Note_to_the_status="it stands")  # fmt: skip
        put(book["Milestones"], 3, Reached_on=TODAY)

    plan = look(store, export(store, edit=edit))
    assert verdicts(plan) == ["unchanged", "changed", "unchanged"]
    changes = {change.label.en: (change.before, change.after) for change in plan.rows[1].changes}
    assert changes == {
        "Title": ("Plant", "Bigger plant"),
        "End": (day(40).isoformat(), day(50).isoformat()),
        "Milestones": (
            f"{day(-9)} Grant {day(-8)}; {day(10)} Permit",
            f"{day(-9)} Grant {day(-8)}; {day(10)} Permit {TODAY}",
        ),
        "Status": ("running", "done"),
        "Share done": ("0.25", ""),
        "Note to the status": ("it began", "it stands"),
    }
    keys = {one.key for one in the_action(store, filled["plant"]).milestones}
    assert the_action(store, filled["plant"]).title == "Plant", "a preview writes nothing"
    assert [len(numbers) for _, numbers in write(store, plan)] == [0, 2, 0]
    action = the_action(store, filled["plant"])
    assert (action.title, action.ends, action.state) == ("Bigger plant", day(50), "done")
    assert {one.key for one in action.milestones} == keys
    assert action.reason == "read from a file"
    again = look(store, export(store, edit=edit))
    assert verdicts(again) == ["unchanged"] * 3


def test_what_is_new_is_added_once(store: Store, filled: dict[str, str]) -> None:
    def edit(book: Any) -> None:
        put(book["Initiatives"], 3, Name="Smart", Aim="smarter", Reason="asked for")
        put(book["Actions"], 4, Title="Fieldlab", Initiative="smart", Owner="OOST", Start="1-3-2027",
            Status="running", Note_to_the_status="it runs")  # fmt: skip
        put(book["Milestones"], 4, Action_number="Fieldlab", Milestone="Opening", Day=day(200))

    content = export(store, edit=edit)
    plan = look(store, content)
    assert verdicts(plan) == ["unchanged", "new", "unchanged", "unchanged", "new"]
    assert [len(numbers) for _, numbers in write(store, plan)] == [0, 1, 0, 0, 2]
    programme = read_programme(store, CHAIN)
    made = next(one for one in programme.actions if one.title == "Fieldlab")
    assert programme.initiative(made.initiative).label == "Smart"  # type: ignore[union-attr]
    assert [one.title for one in made.milestones] == ["Opening"]
    assert made.state == "running"
    assert verdicts(look(store, content)) == ["unchanged"] * 5, "sent twice, written once"


def test_a_row_that_is_not_there_takes_nothing_away(store: Store, filled: dict[str, str]) -> None:
    plan = look(store, export(store, edit=lambda book: book["Actions"].delete_rows(3)))
    assert verdicts(plan) == ["unchanged", "unchanged"]


def test_without_the_sheet_of_milestones_they_stay(store: Store, filled: dict[str, str]) -> None:
    plan = look(store, export(store, edit=lambda book: book.remove(book["Milestones"])))
    assert verdicts(plan) == ["unchanged"] * 3
    fewer = look(store, export(store, edit=lambda book: book["Milestones"].delete_rows(2)))
    assert verdicts(fewer) == ["unchanged", "changed", "unchanged"]


def test_what_only_changed_here_is_left_alone(store: Store, filled: dict[str, str]) -> None:
    content = export(store)
    _edit_here(store, filled["plant"])
    tell(store, filled["plant"], "stopped", "no money")
    plan = look(store, content)
    assert verdicts(plan) == ["unchanged"] * 3
    write(store, plan)
    assert the_action(store, filled["plant"]).title == "Theirs"


def test_what_both_changed_is_not_written(store: Store, filled: dict[str, str]) -> None:
    def edit(book: Any) -> None:
        put(book["Actions"], 2, Title="Mine", Status="done", Share_done=1, Note_to_the_status="n")

    content = export(store, edit=edit)
    quiet = look(store, content)
    tell(store, filled["plant"], "stopped", "no money")
    assert "told here" in look(store, content).rows[1].problems[0].en
    _edit_here(store, filled["plant"])
    row = look(store, content).rows[1]
    assert row.verdict == "wrong"
    # Between looking and writing, too.
    (_, (late, numbers), _) = write(store, quiet)
    assert (late.verdict, numbers) == ("wrong", ())
    assert the_action(store, filled["plant"]).title == "Theirs"


def _edit_here(store: Store, slug: str) -> None:
    now = the_action(store, slug)
    theirs = action_draft(
        "Theirs", now.starts, now.ends, now.milestones, owner=now.owner, initiative=now.initiative
    )
    record_action(store, CHAIN, theirs, "them", NOON, slug=slug, supersedes=now.number)


def test_a_sheet_may_leave_before_an_initiative_is_renamed(
    store: Store, filled: dict[str, str]
) -> None:
    content = export(store, edit=lambda book: put(book["Actions"], 2, Title="Mine"))
    now = read_programme(store, CHAIN).initiative(filled["food"])
    assert now
    renamed = InitiativeDraft("Food and feed", now.aim, now.lead, "wider")
    record_initiative(
        store, CHAIN, renamed, "them", NOON, slug=filled["food"], supersedes=now.number
    )
    plan = look(store, content)
    assert verdicts(plan) == ["unchanged", "changed", "unchanged"]
    assert [change.label.en for change in plan.rows[1].changes] == ["Title"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"End": "someday"}, "no day of the calendar"),
        ({"End": day(-30)}, "before the start"),
        ({"Title": None}, "Title is missing"),
        ({"Title": "=1+1"}, "holds a formula"),
        ({"Answers": "luck"}, "no element"),
        ({"Owner": "mevrouw Jansen"}, "looks like a person"),
        ({"Number of the organisation": "pic:404"}, "pic:404"),
        ({"Version": None}, "version is missing"),
        ({"Version": 1}, "version is missing"),
        ({"Version of the status": 1}, "version of the status"),
        ({"Action number": "nobody"}, "Nothing here has the number"),
        ({"Status": "perhaps", "Note to the status": "x"}, "no status"),
        ({"Status": "stopped"}, "note of its own"),
        ({"Share done": 3, "Note to the status": "x"}, "no number between"),
        ({"Share done": True, "Note to the status": "x"}, "no number between"),
    ],
)
def test_a_row_that_cannot_be_says_why(
    store: Store, filled: dict[str, str], cells: dict[str, Any], words: str
) -> None:
    plan = look(store, export(store, edit=lambda book: put(book["Actions"], 2, **cells)))
    row = next(row for row in plan.rows if row.place == 2 and row.sheet.en == "Actions")
    assert row.verdict == "wrong"
    assert words in " ".join(problem.en for problem in row.problems)
    assert all(problem.nl != problem.en for problem in row.problems)
    assert write(store, plan)[1][1] == ()


def test_an_owner_whose_name_and_number_disagree(store: Store) -> None:
    add_action(store)
    plan = look(store, export(store, edit=lambda book: put(book["Actions"], 2, Owner="Other")))
    assert "Clear the number" in plan.rows[0].problems[0].en
    kept = look(store, export(store, edit=lambda book: put(book["Actions"], 2, Role="director")))
    assert verdicts(kept) == ["changed"], "an owner that no evidence knows may stay"


def test_rows_that_stand_twice_or_nowhere(store: Store, filled: dict[str, str]) -> None:
    def edit(book: Any) -> None:
        page = book["Actions"]
        for cell in page[2]:
            page.cell(4, cell.column).value = cell.value
        put(book["Milestones"], 4, Action_number="Nowhere", Milestone="Lost", Day=TODAY)

    plan = look(store, export(store, edit=edit))
    assert verdicts(plan) == ["unchanged", "unchanged", "unchanged", "wrong", "wrong"]
    assert "twice" in plan.rows[3].problems[0].en


def test_a_withdrawn_action_does_not_come_back_by_itself(
    store: Store, filled: dict[str, str]
) -> None:
    content = export(store)
    store.withdraw(the_action(store, filled["plant"]).number, "a mistake", "me", NOON)
    row = look(store, content).rows[1]
    assert row.verdict == "wrong"
    assert "withdrawn" in row.problems[0].en


def test_strange_sheets_and_columns_are_named(store: Store, filled: dict[str, str]) -> None:
    def edit(book: Any) -> None:
        book["Actions"].cell(1, 30).value = "Budget"

    assert look(store, export(store, edit=edit)).passed_over == ("Actions: Budget",)


def _book(*headings: str, title: str = "Actions") -> bytes:
    book = Workbook()
    book.worksheets[0].title = title
    book.worksheets[0].append(headings)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no workbook"),
        (b"a;b\n1;2", "no workbook"),
        (_book("x", title="Sheet"), "no sheet of actions"),
        (_book("Owner"), "each of its columns once"),
        (_book("Title", "Titel"), "each of its columns once"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        read_book(content)
    assert caught.value.next_step
