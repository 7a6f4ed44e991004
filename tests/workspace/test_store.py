"""The store of judgements: what it refuses, what holds, and that nothing is ever lost."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.workspace import Store, open_store
from tests.workspace.direct import change

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def say(store: Store, kind: str, left: str = "he:1", right: str = "h2020:2", **more: object) -> int:
    given = {"reason": "same address", "author": "an analyst", "made_at": NOON, **more}
    return store.record(kind, left, right, **given).number  # type: ignore[arg-type]


def test_a_line_comes_back_as_it_was_given(store: Store) -> None:
    made = store.record(
        "same", "he:1", "h2020:2", " one address ", "an analyst", NOON, value={"seen": [1, None]}
    )
    assert made.number == 1
    assert made.reason == "one address"
    assert store.judgements() == [made]
    assert store.value(1) == {"seen": [1, None]}


def test_moments_are_kept_in_utc(store: Store) -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    say(store, "same", made_at=summer)
    assert store.judgements()[0].made_at == summer
    assert store.rulings()[0].made_on == "2026-06-30"


@pytest.mark.parametrize(
    ("kind", "left", "right", "more"),
    [
        ("same", "he:1", "he:1", {}),
        ("same", "pic:1", "he:2", {}),
        ("different", "he:", "he:2", {}),
        ("same", "he:1; drop table judgement", "he:2", {}),
        ("same", "he:1", "", {}),
        ("same", "he:1", "he:2", {"reason": "  "}),
        ("same", "he:1", "he:2", {"author": ""}),
        ("same", "he:1", "he:2", {"reason": "x" * 4001}),
        ("same", "he:1", "he:2", {"reason": "nul \0 byte"}),
        ("same", "he:1", "he:2", {"made_at": datetime(2026, 1, 1)}),  # noqa: DTZ001
        ("Same!", "he:1", "he:2", {}),
        ("withdrawn", "he:1", "he:2", {}),
        ("same", "he:1", "he:2", {"supersedes": 7}),
        ("note", "he:1", "", {"value": {1, 2}}),
        ("note", "he:1", "", {"value": float("nan")}),
    ],
)
def test_a_line_that_is_not_complete_is_refused(
    store: Store, kind: str, left: str, right: str, more: dict[str, object]
) -> None:
    with pytest.raises(WorkspaceError) as refused:
        say(store, kind, left, right, **more)
    assert refused.value.next_step
    assert refused.value.http_status in {400, 404}
    assert store.judgements() == []


def test_the_latest_ruling_on_a_pair_holds_whichever_way_round(store: Store) -> None:
    say(store, "same")
    say(store, "different", "h2020:2", "he:1")
    assert [(r.number, r.verdict) for r in store.rulings()] == [(2, "different")]
    assert store.judgements()[1].supersedes == 1


def test_withdrawing_restores_and_can_itself_be_withdrawn(store: Store) -> None:
    say(store, "same")
    say(store, "different")
    store.withdraw(2, "hasty", "another", NOON)
    assert [r.number for r in store.rulings()] == [1]
    store.withdraw(3, "it was right", "another", NOON)
    assert [r.number for r in store.rulings()] == [2]
    assert [line.number for line in store.history(1)] == [1, 2, 3, 4]
    assert [line.kind for line in store.history(4)] == ["same", "different", *["withdrawn"] * 2]


def test_of_many_versions_the_last_one_holds_and_taking_it_back_restores_the_one_before(
    store: Store,
) -> None:
    for version in range(1, 6):
        content, is_new = store.define("chain", "x", {"v": version}, "why", "an analyst", NOON)
        assert is_new
        assert content.value == {"v": version}
        assert [found.value for found in store.contents("chain")] == [{"v": version}]
    for number, before in ((5, 4), (4, 3), (3, 2)):
        store.withdraw(number, "no", "an analyst", NOON)
        assert [found.number for found in store.contents("chain")] == [before]
    say(store, "note", "he:1", "")
    for earlier in (9, 10, 11):
        say(store, "note", "he:1", "", supersedes=earlier)
    assert [line.number for line in store.judgements("note", only_in_force=True)] == [12]


def test_what_no_longer_holds_cannot_be_withdrawn(store: Store) -> None:
    say(store, "same")
    say(store, "different")
    with pytest.raises(WorkspaceError, match="2 took its place") as refused:
        store.withdraw(1, "late", "an analyst", NOON)
    assert "Withdraw 2" in refused.value.next_step
    with pytest.raises(WorkspaceError, match="no judgement 9"):
        store.withdraw(9, "late", "an analyst", NOON)
    with pytest.raises(WorkspaceError, match="no judgement 9"):
        store.history(9)
    with pytest.raises(WorkspaceError, match="no judgement 9"):
        store.value(9)


def test_a_line_supersedes_only_one_on_the_same_records(store: Store) -> None:
    say(store, "note", "he:1", "")
    with pytest.raises(WorkspaceError, match="speaks of he:1"):
        say(store, "note", "he:2", "", supersedes=1)
    say(store, "note", "he:1", "", supersedes=1)
    assert [line.number for line in store.judgements_on(["he:1"])] == [2]


def test_what_is_private_stays_with_its_author(store: Store) -> None:
    say(store, "same", is_private=True)
    assert store.rulings() == ()
    assert store.judgements() == store.judgements_on(["he:1"], reader="another") == []
    assert len(store.judgements_on(["he:1"], reader="an analyst")) == 1
    with pytest.raises(WorkspaceError, match="no judgement 1"):
        store.history(1)
    with pytest.raises(WorkspaceError, match="no judgement 1"):
        store.withdraw(1, "not mine", "another", NOON)
    say(store, "different", author="another")
    assert [r.verdict for r in store.rulings()] == ["different"]
    assert store.judgements(reader="an analyst")[1].supersedes is None


def test_finding_what_was_said_of_many_records(store: Store) -> None:
    for number in range(1, 6):
        say(store, "same", f"he:{number}", f"h2020:{number}")
    keys = [f"he:{number}" for number in range(2, 5000)]
    assert [line.subject for line in store.judgements_on(keys)] == ["he:2", "he:3", "he:4", "he:5"]
    assert store.judgements_on([]) == []
    store.withdraw(2, "no", "an analyst", NOON)
    assert len(store.judgements_on(["he:2"])) == 0
    assert len(store.judgements_on(["he:2"], only_in_force=False)) == 2
    assert len(store.judgements("withdrawn")) == 1


def test_the_fingerprint_follows_the_public_rulings_only(store: Store) -> None:
    empty = store.fingerprint()
    say(store, "note", "he:1", "")
    say(store, "same", is_private=True)
    assert store.fingerprint() == empty
    number = say(store, "same")
    ruled = store.fingerprint()
    assert ruled != empty
    store.withdraw(number, "no", "an analyst", NOON)
    assert store.fingerprint() == empty
    store.withdraw(number + 1, "yes after all", "an analyst", NOON)
    assert store.fingerprint() == ruled


def test_another_home_with_the_same_rulings_has_the_same_fingerprint(
    store: Store, other_address: str
) -> None:
    with open_store(Path(), other_address) as other:
        for each in (store, other):
            say(each, "same")
            say(each, "different", "he:8", "h2020:9")
        assert store.fingerprint() == other.fingerprint()


@pytest.mark.parametrize(
    "sql",
    [
        "update judgement set reason = 'other'",
        "update judgement set number = 9",
        "delete from judgement",
        (
            "insert or replace into judgement (number, kind, subject, object, reason, author,"
            " made_at, is_private) values (1, 'same', 'a', 'b', 'c', 'd', '2026-01-01 00:00:00', 0)"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_a_line(store: Store, address: str, sql: str) -> None:
    if "or replace" in sql and address.startswith("postgresql"):
        return  # a word of SQLite's alone
    say(store, "same")
    before = store.judgements()
    with pytest.raises(sa.exc.DBAPIError, match="never changed or deleted"):
        change(store, sql)
    assert store.judgements() == before


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(WorkspaceError, match=r"workspace\.sqlite") as refused:
        open_store(tmp_path)
    assert "copy" in refused.value.next_step
    assert path.read_bytes().startswith(b"no database")


def test_a_home_that_is_a_file_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(WorkspaceError) as refused:
        open_store(tmp_path / "home")
    assert refused.value.next_step
