"""Who ought to meet, what several serve, what none serves: on a few initiatives made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from keten.errors import NotFoundError
from keten.model import InitiativeSaid, Text, read_amount, read_said, write_said
from keten.programme.draft import InitiativeDraft
from keten.programme.matrix import make_matrix
from keten.programme.meeting import find_meetings
from keten.programme.records import record_initiative
from keten.programme.register import Registered, Wanted, choose, find_registered, read_register
from keten.programme.register_draft import check_registered
from keten.programme.register_records import record_registered
from keten.programme.views import Owner
from keten.workspace import Store, Term, Terms
from tests.atlas.made import Project, Seat, make_atlas

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TERMS = Terms({
    "element": tuple(Term(f"element:{n}", Text(n.title(), f"{n.title()}!"), (f"{n}je",))
                     for n in ("talent", "finance", "culture")),
    "region": (Term("region:QN", Text("Land", "Land")), Term("region:QN1", Text("North", "Noord"))),
    "mission": (Term("mission:a", Text("Food, water and land", "Voedsel, water en land")),),
})  # fmt: skip


def known(store: Store, *said: InitiativeSaid) -> tuple[Registered, ...]:
    for one in said:
        store.record(
            "initiative", f"initiative:{one.label}", "", "so", "A", NOON, value=write_said(one)
        )
    return read_register(store)


def served(label: str, serves: str, lead: str = "", **more: Any) -> InitiativeSaid:
    return InitiativeSaid(label, lead=lead, serves=tuple(serves.split()), **more)


def pairs(rows: tuple[Registered, ...], con: object = None) -> list[str]:
    return [f"{each.one.slug}{each.other.slug}" for each in find_meetings(con, rows)]  # type: ignore[arg-type]


def test_the_same_precondition_in_the_same_region(store: Store) -> None:
    rows = known(
        store,
        served("a", "element:talent element:finance region:QN1", "One"),
        served("b", "element:talent element:finance region:QN", "Two"),
        served("c", "element:talent region:QN2", "Three"),
        served("d", "element:talent region:QN1", "one"),
        served("e", "element:culture region:QN1", "Five"),
    )
    # c lies elsewhere than a and d; a and d have one lead; e serves what nobody else does.
    assert pairs(rows) == ["ab", "bc", "bd"]
    (first, *_) = find_meetings(None, rows)
    assert first.shared == {"element": ("element:finance", "element:talent")}
    assert first.regions == ("region:QN1",)


def test_leads_with_partners_in_common_unless_they_met(store: Store) -> None:
    seats = [("he-1", "1"), ("he-1", "9"), ("he-2", "2"), ("he-2", "9"), ("he-3", "3"), ("he-3", "9"),
             ("he-3", "1")]  # fmt: skip
    con = make_atlas(
        [Seat(project, pic, name=f"Party {pic}") for project, pic in seats],
        [Project(name) for name in ("he-1", "he-2", "he-3")],
    )
    rows = known(
        store,
        *(served(label, "", label, lead_record=key)
          for label, key in (("a", "he:1"), ("b", "he:2"), ("c", "he:3"), ("d", ""))),
    )  # fmt: skip
    # All three work with the ninth; the first and the third met in a project.
    assert pairs(rows, con) == ["ab", "bc"]
    (first, *_) = find_meetings(con, rows)
    assert ([each.name for each in first.partners], first.has_more_partners) == (["Party 9"], False)


def test_what_several_serve_and_none(store: Store) -> None:
    rows = known(
        store, served("a", "element:talent region:QN"), served("b", "element:talent element:gone")
    )
    matrix = make_matrix(rows, "element", TERMS)
    assert [(column.key, column.served_by) for column in matrix.columns] == [
        ("element:talent", (0, 1)), ("element:finance", ()), ("element:culture", ()),
        ("element:gone", (1,)),
    ]  # fmt: skip
    assert [column.key for column in matrix.alike] == ["element:talent"]
    assert [column.key for column in matrix.unserved] == ["element:finance", "element:culture"]
    assert make_matrix(rows, "region", TERMS).silent == (1,)


def test_an_older_line_of_a_chain_is_read_and_what_is_said_of_it_stays(store: Store) -> None:
    plain = InitiativeDraft("Ring", "Meet", Owner("One"), "so")
    line = record_initiative(store, "x", plain, "A", NOON)
    (one,) = read_register(store)
    assert (one.chain, one.serving("chain"), one.said.serves) == ("x", ("chain:x",), ())
    draft, problems = check_registered(
        {"label": "Ring", "aim": "Meet", "lead": "One", "reason": "why", "region": "Noord; QN"},
        {"element": ["element:talent"]}, TERMS, lambda _: None, [one], one,
    )  # fmt: skip
    assert problems == ()
    later = record_registered(store, draft, "A", NOON, before=one)
    assert (later.subject, later.object) == (line.subject, line.object)
    # Who changes name, aim and lead alone, on the page of the chain, leaves the rest.
    record_initiative(store, "x", plain, "A", NOON, slug=one.slug, supersedes=later.number)
    (now,) = read_register(store)
    assert now.said.serves == ("element:talent", "region:QN", "region:QN1")
    assert [each.kind for each in find_registered(store, one.slug)[1]] == ["initiative"] * 3
    with pytest.raises(NotFoundError):
        find_registered(store, "nothing")


def test_what_cannot_be_is_told(store: Store) -> None:
    cells = {
        "label": "X", "lead": "dhr. Jansen", "amount": "a lot", "region": "Atlantis", "kind": "odd",
        "starts": "2026-02-01", "ends": "2026-01-01", "website": "javascript:x", "reason": "",
    }  # fmt: skip
    _, problems = check_registered(cells, {"element": ["element:no"]}, TERMS, lambda _: None, [])
    assert {each.field for each in problems} == {
        "lead", "amount", "region", "kind", "ends", "website", "reason", "element",
    }  # fmt: skip


def test_filters(store: Store) -> None:
    rows = known(
        store, served("a", "element:talent region:QN1", "Hogeschool Één", kind="fund"),
        InitiativeSaid("b", ends=date(2025, 1, 1)),
    )  # fmt: skip
    assert [one.slug for one in choose(rows, Wanted("een hogeschool"))] == ["a"]
    assert [one.slug for one in choose(rows, Wanted(running_on=NOON.date()))] == ["a"]
    assert [one.slug for one in choose(rows, Wanted(serves=("region:QN11",)))] == ["a"]
    assert choose(rows, Wanted(kind="campus")) == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_term_is_found_by_the_name_it_is_written_with(language: str) -> None:
    for key in TERMS.by_key:
        kind = key.partition(":")[0]
        assert TERMS.read(kind, f"{TERMS.write(key, language)}; ")[0] == (key,)
    text = "; ".join(
        TERMS.write(key, language) for key in TERMS.by_key if key.startswith("element")
    )
    assert TERMS.read("element", text) == (
        ("element:talent", "element:finance", "element:culture"),
        (),
    )
    assert TERMS.read("mission", "Voedsel, water en land") == (("mission:a",), ())
    assert TERMS.read("element", "Talent en Steam") == ((), ("Talent en Steam",))


def test_amounts_as_people_write_them() -> None:
    said = {"€ 1,2 mln": 1_200_000, "1.250.000": 1_250_000, "500k": 500_000, "1,250 miljoen": 1_250_000,
            "-3": None, "veel": None}  # fmt: skip
    assert {text: read_amount(text) for text in said} == said
    assert read_said({"label": None, "serves": "x", "lead": 3, "starts": "soon"}, "n").label == "n"
