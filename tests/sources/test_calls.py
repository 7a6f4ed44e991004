"""Calls: every object typed or an issue, two files as one, damaged signs mended only where certain."""

import gzip
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.errors import SourceError
from keten.model import Reading, Severity
from keten.sources import calls
from keten.sources.calls.layout import NOTICES, TEXTS
from keten.sources.calls.mending import Mending, is_spoilt, read_as_utf8, strip_markup
from keten.sources.calls.objects import cut_objects
from keten.sources.invented.calls import write_calls


def text_row(number: int, **other: Any) -> dict[str, Any]:
    return {
        "reference": f"{number}TOPICSen", "topicId": f"T-2026-A-{number}", "title": f"Call {number}",
        "programme": "Programme", "programmeId": "1", "callIdentifier": "T-2026-A",
        "deadline": "2026-09-15", "callStatus": "open", "budgetMin": 1_000_000,
        "budgetMax": 1_000_000, "expectedGrants": 2, "keywords": f"T-2026-A-{number}, light",
        "portalUrl": "https://example.org/t", "description": "Scope:All of it.Read on.",
        "callTitle": "A", "deadlineModel": "single-stage", "typesOfAction": "RIA",
        "topicConditions": '">Conditions', **other,
    }  # fmt: skip


def notice_row(number: int, **other: Any) -> dict[str, Any]:
    return {
        "id": f"{number}TOPICSen", "identifier": f"T-2026-A-{number}", "title": f"Call {number}",
        "url": f"https://example.org/{number}", "callIdentifier": "T-2026-A", "callTitle": "A",
        "destination": None, "abstract": "Scope: …", "actionType": "RIA",
        "status": {"id": "31094502", "label": "Open for submission"},
        "kind": {"id": "1", "label": "Grant"}, "startDate": "2026-05-01T00:00:00.000Z",
        "deadlineDate": "2026-09-29T17:00:00.000Z", "deadlineModel": None,
        "frameworkProgrammes": [{"id": "1", "label": "Coal %26 Steel  (CS)"}],
        "budget": {"totalBudgetEur": 2_000_000, "expectedGrants": 2,
                   "minContributionEur": 1_000_000, "maxContributionEur": 1_000_000, "years": []},
        **other,
    }  # fmt: skip


def write(folder: Path, texts: str | None, notices: list[dict[str, Any]] | None) -> Reading:
    place = folder / "calls"
    place.mkdir()
    if texts is not None:
        (place / TEXTS).write_bytes(gzip.compress(texts.encode()))
    if notices is not None:
        envelope = {"generatedAt": "2026-08-22T05:00:00.000Z", "grants": notices}
        (place / NOTICES).write_text(json.dumps(envelope), encoding="utf-8")
    (package,) = calls.find(folder)
    reading = calls.read(package)
    check_accounts(reading)
    return reading


def check_accounts(reading: Reading) -> None:
    """Every object found is typed once, or lost with an issue."""
    for index, found in enumerate(reading.files):
        table = next(name for name, at in reading.typed_from.items() if at == index)
        typed = [number % 2**32 for number in reading.tables[table].column("record_id").to_pylist()]
        lost = [
            issue.line
            for issue in reading.issues
            if issue.file == index and issue.severity is Severity.ROW_LOST
        ]
        assert sorted([*typed, *lost]) == found.line.to_pylist()


def rows(reading: Reading, table: str = "call") -> dict[str, dict[str, Any]]:
    return {row["call_id"]: row for row in reading.tables[table].to_pylist()}


def codes(reading: Reading) -> Counter[str]:
    return Counter(issue.code for issue in reading.issues)


def test_two_files_are_one_call(tmp_path: Path) -> None:
    reading = write(
        tmp_path, json.dumps(text_row(1)) + json.dumps(text_row(2)), [notice_row(1), notice_row(3)]
    )
    found = rows(reading)
    assert list(found) == ["T-2026-A-1", "T-2026-A-2", "T-2026-A-3"]
    both, texts_only, notice_only = found.values()
    assert both["description"] == "Scope:\nAll of it.\nRead on."  # whole, from the undated file
    assert (both["deadline"], both["is_cut"]) == (date(2026, 9, 29), False)  # from the dated one
    assert both["keywords"] == "light"
    assert both["programme"] == "Coal & Steel (CS)"
    assert both["budget_eur"] == Decimal(2_000_000)
    assert both["stated_on"] == date(2026, 8, 22)
    assert (texts_only["deadline"], texts_only["stated_on"]) == (date(2026, 9, 15), None)
    assert texts_only["programme"] == "Coal & Steel (CS)"
    assert notice_only["is_cut"]
    assert codes(reading) == {"deadline-differs": 1, "not-in-dated-file": 1, "text-cut": 1}
    assert reading.package.release == "2026-08-22"
    assert reading.caveats == ("calls-dated", "calls-text-cut")


def test_either_file_will_do(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    texts = write(tmp_path / "one", json.dumps(text_row(1)), None)
    assert (texts.package.release, texts.tables["call_notice"].num_rows) == ("undated", 0)
    notices = write(tmp_path / "two", None, [notice_row(1)])
    assert notices.tables["call_text"].num_rows == 0
    assert calls.find(tmp_path) == []


def test_damage_costs_only_the_object_it_is_in(tmp_path: Path) -> None:
    whole = [json.dumps(text_row(number)) for number in range(1, 5)]
    broken = whole[1].replace('"callTitle": "A"', '"callTitle": A"')  # a quote is missing
    reading = write(tmp_path, whole[0] + broken + whole[2] + whole[0] + whole[3] + '{"ref', None)
    assert list(rows(reading)) == ["T-2026-A-1", "T-2026-A-3", "T-2026-A-4"]
    assert codes(reading) == {"broken-object": 2, "repeated-call": 1}


def test_a_call_without_reference_is_lost(tmp_path: Path) -> None:
    reading = write(tmp_path, None, [notice_row(1), notice_row(2, id=None)])
    assert codes(reading)["no-id"] == 1


def test_odd_values_are_left_empty_and_told(tmp_path: Path) -> None:
    budget = {"totalBudgetEur": "much", "expectedGrants": 1.5, "unheard": 1}
    row = notice_row(1, startDate="soon", budget=budget, new_key=1)
    row["status"] = {"id": "7", "label": "Paused"}
    reading = write(tmp_path, None, [row])
    (found,) = rows(reading).values()
    assert (found["opens_on"], found["budget_eur"], found["grants_expected"]) == (None, None, None)
    assert found["status"] == "paused"
    told = {(issue.code, issue.column) for issue in reading.issues}
    assert told >= {
        ("bad-date", "startDate"),
        ("bad-number", "totalBudgetEur"),
        ("bad-number", "expectedGrants"),
        ("new-column", "new_key"),
        ("new-column", "budget.unheard"),
        ("new-status", "status"),
    }


def test_a_budget_of_several_topics_is_known_for_what_it_is(tmp_path: Path) -> None:
    shared = {"totalBudgetEur": 9_000_000, "expectedGrants": 1, "minContributionEur": 1_000_000,
              "maxContributionEur": 1_000_000}  # fmt: skip
    own = {**shared, "expectedGrants": 9}
    reading = write(
        tmp_path,
        None,
        [
            notice_row(1, budget=shared),
            notice_row(2, budget=shared),
            notice_row(3, budget=own, callIdentifier="T-2026-B"),
            notice_row(4, budget=own, callIdentifier="T-2026-B"),  # the same by chance
            notice_row(5, budget=None),
        ],
    )
    assert [row["budget_of"] for row in rows(reading).values()] == [
        "call", "call", "topic", "topic", None,
    ]  # fmt: skip
    assert codes(reading)["shared-budget"] == 2
    assert "calls-budget-shared" in reading.caveats


def test_cascade_calls_bear_their_own_name(tmp_path: Path) -> None:
    row = notice_row(7, id="77COMPETITIVE_CALLen", callTitle="Vouchers", title="Their payer")
    (found,) = rows(write(tmp_path, None, [row])).values()
    assert (found["call_id"], found["kind"], found["title"], found["call_title"]) == (
        "cascade-77", "cascade", "Vouchers", "Their payer",
    )  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"<!doctype html><p>Sorry", b"\x1f\x8b\x08\x00cut"])
def test_a_file_that_is_none_stops_the_reading(tmp_path: Path, data: bytes) -> None:
    (tmp_path / TEXTS).write_bytes(data)
    (package,) = calls.find(tmp_path)
    with pytest.raises(SourceError):
        calls.read(package)


def test_a_list_cut_short_stops_the_reading(tmp_path: Path) -> None:
    (tmp_path / NOTICES).write_text('{"generatedAt":"2026-08-22","grants":[{"id":"1TOPICSen"}')
    (package,) = calls.find(tmp_path)
    with pytest.raises(SourceError, match="damaged"):
        calls.read(package)


def test_the_invented_delivery_reads_like_the_genuine_one(tmp_path: Path) -> None:
    write_calls(tmp_path, np.random.default_rng(1))
    (package,) = calls.find(tmp_path)
    reading = calls.read(package)
    check_accounts(reading)
    assert codes(reading).keys() >= {"mended-signs", "joining-relic", "shared-budget",
                                     "broken-object", "repeated-call", "deadline-differs"}  # fmt: skip
    said = [row["description"] or "" for row in rows(reading).values()]
    assert any("–" in text and "’" in text for text in said)
    assert not any("â€" in text or "null" in text for text in said)


# --- mending ----------------------------------------------------------------------------------


def spoil(text: str) -> str:
    """Read the UTF-8 of a text as Windows-1252, as whoever made the file did."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@given(st.text(st.characters(min_codepoint=160, exclude_categories=["Cs", "Cn", "Co", "Cc"])))
def test_what_was_spoilt_is_mended(text: str) -> None:
    assert read_as_utf8(spoil(text)) == text


@given(st.text(st.sampled_from("aeéèüñçß€’–“ ”…½°Ç")))
def test_what_is_whole_is_left_alone(text: str) -> None:
    """By chance `Ç°` is what a spoilt `ǰ` would be: signs alone prove nothing, the whole file does."""
    mending = Mending(is_spoilt(text))
    assert mending.mend(text) == text
    assert not mending.mended


def test_one_sound_sign_shows_that_a_file_was_not_spoilt() -> None:
    assert is_spoilt(spoil("café – “ja”"))
    assert not is_spoilt(spoil("café – “ja”") + " é")
    assert not is_spoilt("café")


def test_what_is_not_certain_is_left_and_listed() -> None:
    mending = Mending(is_spoilt=True)
    assert mending.mend("Such as ï·Ÿ PRIMA") == "Such as ï·Ÿ PRIMA"  # would be no character
    assert mending.mend("cut â€") == "cut â€"
    assert set(mending.left) == {"ï·Ÿ", "â€"}


def test_plain_text_loses_markup_and_relics_only() -> None:
    mending = Mending(is_spoilt=True)
    assert strip_markup("<p>a &amp; b</p><script>x</script><li>c &lt; d") == "a & b\nc < d"
    assert mending.plain("TRL >=3 and <5%") == "TRL >=3 and <5%"
    assert mending.plain("end.nullActivities null and void") == "end.\nActivities null and void"
    assert mending.plain("a\u200bb \uf0b7 c") == "ab • c"


@given(st.lists(st.dictionaries(st.text(), st.text(max_size=20), min_size=1), max_size=6))
def test_glued_objects_come_apart_again(objects: list[dict[str, str]]) -> None:
    glued = "".join(json.dumps(each, ensure_ascii=False) for each in objects)
    assert [value for _, value in cut_objects(glued)] == objects
    assert "".join(piece for piece, _ in cut_objects(glued)) == glued


@pytest.mark.real_data
def test_the_genuine_files(data_dir: Path) -> None:
    (package,) = calls.find(data_dir)
    reading = calls.read(package)
    check_accounts(reading)
    assert [len(found.line) for found in reading.files] == [723, 629]
    assert (reading.package.release, reading.tables["call"].num_rows) == ("2026-08-22", 730)
    # The dated file was never damaged: what was mended must say the same as it does.
    whole, mended = rows(reading, "call_notice"), rows(reading, "call_text")
    both = whole.keys() & mended.keys()
    assert len(both) == 622
    assert [name for name in both if whole[name]["title"] != mended[name]["title"]] == []
    found = codes(reading)
    assert (found["mended-signs"], found["damaged-signs"]) == (43, 1)
    assert (found["deadline-differs"], found["not-in-dated-file"]) == (11, 7)
    assert found["shared-budget"] == 92
    assert not {"new-column", "broken-object", "repeated-call", "bad-text"} & set(found)
