"""Two records compared at the command line, and the queue: listed, and judged in two keys at a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from keten.atlas.match_weights import read_weights
from keten.evidence import latest
from keten.workspace import open_store
from tests.cli.conftest import Keten, read_json
from tests.web.asked import Pair, ask_people


@pytest.fixture
def pairs(home: Path) -> tuple[Pair, ...]:
    return ask_people(home, 4)


def test_why_compares_two_records(keten: Keten, pairs: tuple[Pair, ...]) -> None:
    left, right = pairs[0]
    printed = keten("why", left, right)
    assert printed.exit_code == 0, printed.stderr
    assert "before anything is compared" in printed.stdout
    assert "about " in printed.stdout
    assert left in printed.stdout
    assert right in printed.stdout
    answer = read_json(keten("why", left, right, "--json"))["answer"]["pair"]
    assert (answer["comparison"]["left_key"], answer["comparison"]["right_key"]) == (left, right)
    parts = answer["comparison"]["parts"]
    assert answer["comparison"]["start"] + sum(part["weight"] for part in parts) == pytest.approx(
        answer["comparison"]["score"]
    )
    # An organisation means its anchor, and a bare number is a participant's.
    pic = left.partition(":")[2]
    assert read_json(keten("why", pic, right, "--json"))["answer"]["pair"] == answer
    assert "ongeveer" in keten("why", left, right, "--lang", "nl").stdout


def test_why_still_takes_a_measure(keten: Keten) -> None:
    assert keten("why", "projects", "--programme", "he", "--rows", "0").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("he:1", "he:2"), 3),
        (("he:1", "nonsense"), 2),
        (("projects", "organisations"), 2),
    ],
)
def test_why_says_what_cannot_be_compared(keten: Keten, words: tuple[str, ...], code: int) -> None:
    result = keten("why", *words)
    assert result.exit_code == code
    assert len(result.stderr.strip().splitlines()) == 2


def test_one_record_is_not_compared_with_itself(keten: Keten, pairs: tuple[Pair, ...]) -> None:
    result = keten("why", pairs[0][0], pairs[0][0])
    assert result.exit_code == 2
    assert "one and the same record" in result.stderr


def test_the_queue_is_listed_where_nobody_judges(
    keten: Keten, home: Path, pairs: tuple[Pair, ...]
) -> None:
    listed = keten("review", "--limit", "2").stdout
    assert "0 of 4 judged" in listed
    assert pairs[1][0] in listed
    assert pairs[2][0] not in listed
    queue = read_json(keten("review", "--json"))["answer"]["queue"]
    rows = [queue["current"], *queue["following"]]
    assert [(row["left_key"], row["right_key"]) for row in rows] == list(pairs)
    assert queue["current"]["chance"]["why"].startswith("/en/why?measure=pair_chance")
    ruled = keten("rule", "same", *pairs[0], "--why", "seen", "--who", "me")
    assert ruled.exit_code == 0, ruled.stderr
    queue = read_json(keten("review", "--json"))["answer"]["queue"]
    assert (queue["judged"]["value"], queue["total"]["value"]) == (1, 4)
    assert queue["current"]["left_key"] == pairs[1][0]
    for pair in pairs[1:]:
        keten("rule", "different", *pair, "--why", "seen", "--who", "me")
    assert "All pairs are judged" in keten("review").stdout


def test_an_empty_queue_says_so(keten: Keten, home: Path) -> None:
    ask_people(home, 0)
    assert "The queue is empty" in keten("review").stdout


def test_a_letter_and_enter_judge_at_a_terminal(home: Path, pairs: tuple[Pair, ...]) -> None:
    typed = ("s\r", "k\r", "d\r", "u\r", "r\rthe same street\r", "s\r", "q\r")
    printed = at_a_terminal(home, typed)
    assert "3 of 4 judged" not in printed
    with open_store(home) as store:
        lines = store.judgements()
    assert [(line.kind, line.subject) for line in lines] == [
        ("same", pairs[0][0]),
        ("different", pairs[2][0]),
        ("withdrawn", pairs[2][0]),
        ("same", pairs[2][0]),
    ]
    assert [line.author for line in lines] == ["Eve"] * 4
    assert lines[0].reason.startswith("Compared: ")
    assert lines[-1].reason == "the same street"


def at_a_terminal(home: Path, typed: tuple[str, ...]) -> str:
    """Run `keten review` at a terminal of its own, and type when it asks; gives what it printed."""
    master, slave = pty.openpty()
    clean = {name: text for name, text in os.environ.items() if not name.startswith("KETEN_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from keten.cli.commands import main; main()", "review", "--who", "Eve"],
        stdin=slave, stdout=slave, stderr=slave, close_fds=True,
        env={**clean, "KETEN_HOME": str(home), "KETEN_LANGUAGE": "en", "TERM": "dumb"},
    )  # fmt: skip
    os.close(slave)
    printed, keys, until = (
        "",
        [key for text in typed for key in text.splitlines(True)],
        time.monotonic() + 40,
    )
    try:
        while process.poll() is None and time.monotonic() < until:
            if select.select([master], [], [], 0.2)[0]:
                try:
                    printed += os.read(master, 65_536).decode(errors="replace")
                except OSError:
                    break
            # It asks on a line of its own that ends in a colon.
            elif keys and printed.rstrip(" ").endswith(":"):
                os.write(master, keys.pop(0).encode())
                printed += "\n"
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert keys == [], printed[-2_000:]
    return printed


def test_a_ruling_takes_effect_at_the_next_build_and_is_learned_from(
    keten: Keten, home: Path
) -> None:
    def ask() -> list[tuple[str, str]]:
        queue = read_json(keten("review", "--limit", "5000", "--json"))["answer"]["queue"]
        rows = [queue["current"], *queue["following"]]
        return [(row["left_key"], row["right_key"]) for row in rows]

    def compare(left: str, right: str) -> tuple[str, str, float]:
        found = read_json(keten("why", left, right, "--json"))["answer"]["pair"]["comparison"]
        return found["verdict"], found["rule"], found["score"]

    def count_moved() -> int:
        with open_store(home) as store:
            return read_weights(latest(home).cursor(), store).changed

    pair = ask()[0]
    before = compare(*pair)
    assert before[0] in {"review", "apart", "refused"}
    assert count_moved() == 0
    ruled = read_json(keten("rule", "same", *pair, "--why", "one", "--who", "me", "--json"))
    assert pair not in ask()
    assert keten("build").exit_code == 0
    after = compare(*pair)
    assert after[:2] == ("same", "ruling")
    assert pair not in ask()
    assert count_moved() > 0
    assert after[2] > before[2]  # what speaks in such a pair now speaks louder
    number = str(ruled["answer"]["judgement"]["number"])
    assert keten("rule", "withdraw", number, "--why", "no", "--who", "me").exit_code == 0
    assert keten("build").exit_code == 0
    assert compare(*pair) == before
    assert pair in ask()
    assert count_moved() == 0
