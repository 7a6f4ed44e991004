"""Accounts: links that work once, sessions that end, guessing that fails, names that can be erased."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from keten.errors import ConflictError, WorkspaceError
from keten.workspace import ERASED, ROLES, Asked, Line, Person, Store, allows
from keten.workspace.attempts import MOST_BY_ADDRESS, MOST_BY_ADDRESS_ON_ACCOUNT, MOST_ON_ACCOUNT
from keten.workspace.links import LASTS
from keten.workspace.sessions import IDLE, LONGEST, SEEN_EVERY
from tests.workspace.direct import change, dump

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PASSWORD = "three green bicycles"
OTHER = "seven slow herons"


def join(store: Store, name: str = "Ann", role: str = "administrator") -> tuple[Person, str]:
    link = store.links.invite(role, None, NOON)
    token = store.links.join(link, name, f"{name}@example.org", PASSWORD, NOON)
    person = store.sessions.find(token, NOON)
    assert person is not None
    return person, token


def refused(call: Callable[[], object], code: str, status: int = 400) -> None:
    with pytest.raises(WorkspaceError) as caught:
        call()
    assert (caught.value.code, caught.value.http_status) == (code, status)
    assert caught.value.next_step


def try_in(
    store: Store, name: str, password: str, address: str = "192.0.2.1", now: datetime = NOON
) -> str:
    return store.sessions.sign_in(name, password, address, now)


def test_roles_are_in_order() -> None:
    assert [[allows(has, needs) for needs in ROLES] for has in ROLES] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert not any(allows(None, role) for role in ROLES)
    assert allows(None, None)


def test_a_link_works_once_and_for_two_days(store: Store) -> None:
    link = store.links.invite("editor", None, NOON)
    assert store.links.look(link, NOON).role == "editor"
    assert store.links.look(link, NOON + LASTS - SECOND).role == "editor"
    refused(lambda: store.links.look(link, NOON + LASTS), "link", 404)
    store.links.join(link, "Bo", "bo@example.org", PASSWORD, NOON)
    refused(lambda: store.links.look(link, NOON), "link", 404)
    refused(lambda: store.links.join(link, "Cy", "cy@example.org", PASSWORD, NOON), "link", 404)
    refused(lambda: store.links.choose(link, PASSWORD, NOON), "link", 404)
    refused(lambda: store.links.look(link + "x", NOON), "link", 404)
    assert [account.name for account in store.accounts.all()] == ["Bo"]


def test_a_link_stays_good_when_what_was_typed_is_not(store: Store) -> None:
    join(store, "Ann")
    link = store.links.invite("editor", None, NOON)
    for name, sign_in, password, code in (
        ("Bo", "bo@example.org", "short", "password-short"),
        ("Bo", "bo@example.org", "Password12345!", "password-common"),
        ("Bo", "bo@example.org", "x" * 501, "password-long"),
        ("Bo", "a b", PASSWORD, "sign-in-name"),
        ("Bo", "bo", PASSWORD, "sign-in-name"),
        (" ", "bo@example.org", PASSWORD, "name"),
        ("(Erased)", "bo@example.org", PASSWORD, "name"),
        ("B\x00o", "bo@example.org", PASSWORD, "name"),
        (" aNN ", "bo@example.org", PASSWORD, "name-taken"),
        ("Bo", "ANN@example.org ", PASSWORD, "sign-in-taken"),
    ):
        refused(lambda: store.links.join(link, name, sign_in, password, NOON), code)  # noqa: B023
    assert store.links.join(link, "Bo", "bo@example.org", PASSWORD, NOON)


def test_a_link_for_a_password_makes_no_account_and_the_other_way_round(store: Store) -> None:
    ann, old = join(store)
    link = store.links.reset(ann.account, None, NOON)
    refused(lambda: store.links.join(link, "Bo", "bo@example.org", PASSWORD, NOON), "link", 404)
    again = store.links.reset(ann.account, None, NOON)
    refused(lambda: store.links.choose(link, OTHER, NOON), "link", 404)
    token = store.links.choose(again, OTHER, NOON)
    assert store.sessions.find(old, NOON) is None
    assert store.sessions.find(token, NOON) == ann
    refused(lambda: try_in(store, "ann@example.org", PASSWORD), "sign-in-wrong", 403)
    assert try_in(store, "ann@example.org", OTHER)


def test_the_first_administrator_is_let_in_once(store: Store) -> None:
    first = store.links.invite_first(NOON)
    second = store.links.invite_first(NOON)
    assert first
    assert second
    refused(lambda: store.links.look(first, NOON), "link", 404)
    store.links.join(second, "Ann", "ann@example.org", PASSWORD, NOON)
    assert store.accounts.has_administrator()
    assert store.links.invite_first(NOON) is None


def test_a_link_that_waits_is_listed_and_withdrawn(store: Store) -> None:
    ann, _ = join(store)
    token = store.links.invite("editor", ann.account, NOON)
    store.links.reset(ann.account, None, NOON)
    one, two = store.links.waiting(NOON)
    assert (one.role, one.account, one.made_by) == ("editor", None, ann.account)
    assert (two.account, two.made_by) == (ann.account, None)
    assert store.links.waiting(NOON + LASTS) == []
    store.links.end(one.number, ann.account, NOON)
    assert [each.number for each in store.links.waiting(NOON)] == [two.number]
    refused(lambda: store.links.look(token, NOON), "link", 404)
    refused(lambda: store.links.end(one.number, ann.account, NOON), "link", 404)
    assert store.accounts.events()[-1].kind == "link-ended"


def test_when_somebody_last_signed_in(store: Store) -> None:
    ann, _ = join(store)
    assert store.accounts.last_sign_ins() == {ann.account: NOON}
    store.sessions.sign_in("ann@example.org", PASSWORD, "here", NOON + SECOND)
    assert store.accounts.last_sign_ins() == {ann.account: NOON + SECOND}


def test_the_same_password_typed_elsewhere_is_the_same(store: Store) -> None:
    link = store.links.invite("editor", None, NOON)
    store.links.join(link, "Zoë", "Zoë@example.org", "cafe\u0301 au lait chaud", NOON)
    assert try_in(store, "ZOE\u0308@example.org ", "caf\u00e9 au lait chaud")


def test_neither_tokens_nor_passwords_are_kept(store: Store) -> None:
    _, token = join(store)
    link = store.links.invite("editor", None, NOON)
    kept = dump(store)
    for secret in (token, link, PASSWORD):
        assert secret not in kept
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept


def test_a_session_ends_by_itself(store: Store) -> None:
    ann, token = join(store)
    assert store.sessions.find(token, NOON + IDLE - SECOND) == ann
    # Seen just before it would have ended, so it goes on from there.
    assert store.sessions.find(token, NOON + 2 * IDLE - 2 * SECOND) == ann
    assert store.sessions.find(token, NOON + 4 * IDLE) is None
    _, token = join(store, "Bo")
    now = NOON
    while now < NOON + LONGEST - IDLE:
        now += IDLE - SECOND
        assert store.sessions.find(token, now) is not None
    assert store.sessions.find(token, NOON + LONGEST) is None


def test_reading_is_written_down_now_and_then_only(store: Store) -> None:
    ann, token = join(store)
    store.sessions.find(token, NOON + SEEN_EVERY - SECOND)
    assert [each.seen_at for each in store.sessions.of(ann.account, token, NOON)] == [NOON]
    store.sessions.find(token, NOON + SEEN_EVERY)
    (seen,) = store.sessions.of(ann.account, token, NOON)
    assert (seen.seen_at, seen.is_this) == (NOON + SEEN_EVERY, True)


def test_signing_in_gives_another_token_each_time(store: Store) -> None:
    ann, first = join(store)
    second = try_in(store, " Ann@Example.org", PASSWORD)
    assert first != second
    assert len(store.sessions.of(ann.account, second, NOON)) == 2
    store.sessions.end(first, NOON)
    store.sessions.end(first, NOON)
    assert store.sessions.find(first, NOON) is None
    assert store.sessions.find(second, NOON) == ann
    store.sessions.end_all(ann.account, ann.account, NOON)
    assert store.sessions.find(second, NOON) is None


def test_a_wrong_name_and_a_wrong_password_are_told_alike(store: Store) -> None:
    join(store)
    told = []
    for name, password in (("ann@example.org", OTHER), ("nobody@example.org", PASSWORD), ("", "")):
        with pytest.raises(WorkspaceError) as caught:
            try_in(store, name, password)
        told.append((caught.value.code, caught.value.what, caught.value.next_step))
    assert len(set(told)) == 1


@pytest.mark.parametrize("name", ["ann@example.org", "nobody@example.org"])
def test_a_password_is_compared_whether_or_not_the_name_exists(
    store: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(store)
    from keten.workspace import passwords

    compared = []
    genuine = passwords._HASHER.verify

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept.split("$")[3])
            return genuine(kept, password)

    passwords._nobody()
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    refused(lambda: try_in(store, name, OTHER), "sign-in-wrong", 403)
    assert compared == ["m=19456,t=2,p=1"]


def fill(store: Store, count: int, who: Callable[[int], str], where: Callable[[int], str]) -> None:
    from keten.workspace import attempts
    from keten.workspace.engine import writing

    with writing(store._engine, store.path) as connection:
        for n in range(count):
            key = attempts.key_of_name(who(n)), attempts.key_of_address(where(n))
            attempts.note(connection, *key, NOON)


@pytest.mark.parametrize(
    ("count", "who", "where", "elsewhere_too"),
    [
        (MOST_BY_ADDRESS_ON_ACCOUNT, lambda _: "ann@example.org", lambda _: "192.0.2.1", False),
        (MOST_BY_ADDRESS, lambda n: f"nobody{n}", lambda _: "192.0.2.1", False),
        (MOST_ON_ACCOUNT, lambda _: "ann@example.org", lambda n: f"198.51.100.{n}", True),
    ],
)
def test_guessing_gets_nowhere(
    store: Store,
    count: int,
    who: Callable[[int], str],
    where: Callable[[int], str],
    elsewhere_too: bool,
) -> None:
    join(store)
    fill(store, count - 1, who, where)
    refused(lambda: try_in(store, "ann@example.org", OTHER), "sign-in-wrong", 403)
    refused(lambda: try_in(store, "ann@example.org", PASSWORD), "attempts", 429)
    if elsewhere_too:
        refused(lambda: try_in(store, "ann@example.org", PASSWORD, "203.0.113.9"), "attempts", 429)
    else:
        assert try_in(store, "ann@example.org", PASSWORD, "203.0.113.9")
    later = NOON + timedelta(hours=1, seconds=1)
    assert try_in(store, "ann@example.org", PASSWORD, now=later)


def test_one_household_is_one_address() -> None:
    from keten.workspace.attempts import key_of_address

    assert key_of_address("2001:db8:1:2::1") == key_of_address("2001:db8:1:2:ffff::9")
    assert key_of_address("2001:db8:1:2::1") != key_of_address("2001:db8:1:3::1")
    assert key_of_address("192.0.2.1") != key_of_address("192.0.2.2")
    assert key_of_address("testclient") == key_of_address("testclient")


def test_who_signs_in_is_forgiven_their_slips(store: Store) -> None:
    join(store)
    for _ in range(3):
        for _ in range(MOST_BY_ADDRESS_ON_ACCOUNT - 1):
            fill(store, 1, lambda _: "ann@example.org", lambda _: "192.0.2.1")
        assert try_in(store, "ann@example.org", PASSWORD)


def test_changing_a_password_ends_every_session(store: Store) -> None:
    ann, old = join(store)
    where = "192.0.2.1"
    change = store.accounts.change_password
    refused(lambda: change(ann.account, OTHER, OTHER, where, NOON), "password-wrong")
    refused(lambda: change(ann.account, PASSWORD, "short", where, NOON), "password-short")
    refused(
        lambda: change(ann.account, PASSWORD, "Ann@Example.org1", where, NOON), "password-common"
    )
    new = change(ann.account, PASSWORD, OTHER, where, NOON)
    assert store.sessions.find(old, NOON) is None
    assert store.sessions.find(new, NOON) == ann


def test_guessing_the_present_password_is_limited_too(store: Store) -> None:
    ann, _ = join(store)
    fill(store, MOST_BY_ADDRESS_ON_ACCOUNT, lambda _: "ann@example.org", lambda _: "192.0.2.1")
    change = store.accounts.change_password
    refused(lambda: change(ann.account, PASSWORD, OTHER, "192.0.2.1", NOON), "attempts", 429)


def test_a_closed_account_is_out_at_once(store: Store) -> None:
    join(store, "Ann")
    bo, token = join(store, "Bo", "editor")
    link = store.links.reset(bo.account, None, NOON)
    store.accounts.disable(bo.account, None, NOON)
    assert store.sessions.find(token, NOON) is None
    refused(lambda: try_in(store, "bo@example.org", PASSWORD), "sign-in-wrong", 403)
    refused(lambda: store.links.choose(link, OTHER, NOON), "link", 404)
    refused(lambda: store.accounts.change_role(bo.account, "visitor", None, NOON), "account-closed")
    store.accounts.enable(bo.account, None, NOON)
    assert try_in(store, "bo@example.org", PASSWORD)


def test_a_role_holds_from_the_next_click(store: Store) -> None:
    join(store, "Ann")
    bo, token = join(store, "Bo", "editor")
    store.accounts.change_role(bo.account, "visitor", None, NOON)
    found = store.sessions.find(token, NOON)
    assert found is not None
    assert not found.may("editor")
    refused(lambda: store.accounts.change_role(bo.account, "king", None, NOON), "workspace")


def test_there_is_always_an_administrator(store: Store) -> None:
    ann, _ = join(store, "Ann")
    change = store.accounts
    for attempt in (
        lambda: change.change_role(ann.account, "editor", None, NOON),
        lambda: change.disable(ann.account, None, NOON),
        lambda: change.erase(ann.account, None, NOON),
    ):
        refused(attempt, "last-administrator")
    assert change.one(ann.account).is_open
    assert change.one(ann.account).role == "administrator"
    join(store, "Bo")
    change.erase(ann.account, ann.account, NOON)
    assert change.has_administrator()


def test_what_somebody_writes_bears_their_account_alone(store: Store) -> None:
    join(store, "Bo")
    ann, token = join(store, "Ann")
    mine = store.signed_by(ann)
    line = mine.record("note", "chain:x", "y", "why", "Somebody Else", NOON)
    later = mine.record("note", "chain:x", "y", "better", "", NOON, supersedes=line.number)
    mine.withdraw(later.number, "no", "Somebody Else", NOON)
    assert {each.author for each in store.judgements()} == {"Ann"}
    state = store.state()
    store.accounts.rename(ann.account, "Ann  Bakker", ann.account, NOON)
    assert {each.author for each in store.judgements()} == {"Ann Bakker"}
    assert store.state() != state
    before = store.judgements()
    store.accounts.erase(ann.account, ann.account, NOON)
    after = store.judgements()
    assert {each.author for each in after} == {ERASED}
    assert [(each.number, each.reason) for each in after] == [(e.number, e.reason) for e in before]
    assert store.sessions.find(token, NOON) is None
    refused(lambda: try_in(store, "ann@example.org", PASSWORD), "sign-in-wrong", 403)
    kept = dump(store).casefold()
    assert "ann" not in kept.replace("channel", "").replace("cannot", "")


def test_who_was_erased_is_named_by_no_batch_note_or_suggestion(store: Store) -> None:
    join(store, "Bo")
    ann, _ = join(store, "Annika")
    mine = store.signed_by(ann)
    for kind in ("suggestion", "note", "conversation"):
        private = kind != "suggestion"
        mine.record(kind, "he:1", "", "why", "Annika", NOON, is_private=private,
                    shared_with="editor" if private else None)  # fmt: skip
    batch = mine.record_many([Line("listed", "own:1", "list:a")], "why", "Annika", NOON,
                             kind="import", title="Firms")  # fmt: skip
    assert batch.author == "Annika"
    undone = mine.undo_batch(batch.number, "no", "Annika", NOON)
    store.accounts.erase(ann.account, None, NOON)
    bo = Person(1, "Bo", "editor", "bo@example.org")
    assert {line.author for line in store.judgements(reader=bo)} == {ERASED}
    assert [each.author for each in store.batches()] == [ERASED, ERASED]
    assert {e.author for e in store.trail.read(Asked(), reader=bo).entries} == {ERASED}
    assert store.signed_by(bo).undo_batch(undone.number, "yes", "", NOON).lines == 1
    assert "annika" not in dump(store).casefold()


def test_private_lines_are_their_authors_own(store: Store) -> None:
    ann, _ = join(store, "Ann")
    bo, _ = join(store, "Bo")
    line = store.signed_by(ann).record("note", "a", "b", "why", "", NOON, is_private=True)
    assert store.judgements(reader="Ann") == [line]
    assert store.judgements(reader="Bo") == []
    with pytest.raises(WorkspaceError):
        store.signed_by(bo).withdraw(line.number, "x", "Ann", NOON)
    store.accounts.erase(ann.account, None, NOON)
    assert store.judgements(reader="Ann") == []


def test_a_line_that_was_replaced_meanwhile_names_the_later_one(store: Store) -> None:
    first = store.record("note", "a", "b", "one", "x", NOON)
    second = store.record("note", "a", "b", "two", "x", NOON, supersedes=first.number)
    for attempt in (
        lambda: store.record("note", "a", "b", "three", "x", NOON, supersedes=first.number),
        lambda: store.withdraw(first.number, "no", "x", NOON),
    ):
        with pytest.raises(ConflictError) as caught:
            attempt()
        assert caught.value.later == second.number


def test_what_happened_to_an_account_is_written_down_for_good(store: Store) -> None:
    ann, token = join(store, "Ann")
    bo, _ = join(store, "Bo", "editor")
    store.accounts.change_role(bo.account, "visitor", ann.account, NOON)
    store.sessions.end(token, NOON)
    kinds = [(event.kind, event.by, event.detail) for event in store.accounts.events(bo.account)]
    assert kinds == [
        ("created", None, "editor"),
        ("signed-in", bo.account, ""),
        ("role-changed", ann.account, "editor > visitor"),
    ]
    assert [event.kind for event in store.accounts.events()].count("link-made") == 2
    for sql in ("update account_event set kind = 'x'", "delete from account_event"):
        with pytest.raises(sa.exc.DBAPIError, match="never changed or deleted"):
            change(store, sql)


def test_nobody_has_an_account_that_is_not_there(store: Store) -> None:
    for attempt in (
        lambda: store.accounts.one(7),
        lambda: store.accounts.called("x"),
        lambda: store.accounts.disable(7, None, NOON),
    ):
        with pytest.raises(WorkspaceError) as caught:
            attempt()
        assert caught.value.http_status == 404
    refused(lambda: store.links.reset(7, None, NOON), "workspace")


def test_of_many_who_follow_one_link_at_once_one_gets_in(store: Store) -> None:
    link = store.links.invite("editor", None, NOON)

    def follow(number: int) -> str:
        try:
            name = f"Person {number}"
            store.links.join(link, name, f"p{number}@example.org", PASSWORD, NOON)
        except WorkspaceError as error:
            return error.code
        return "in"

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(follow, range(6))) == ["in", *["link"] * 5]
    assert len(store.accounts.all()) == 1
