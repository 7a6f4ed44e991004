"""The check of committed files finds what it is for, and leaves the rest alone."""

from __future__ import annotations

import pytest

from scripts.check_tree import MOST_BYTES, find_faults

# Put together here, since this file is itself committed and checked.
REGISTRY = "https://" + "pypi" + ".org/simple"
MACHINE = "/" + "root" + "/thing"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.md", f"see {REGISTRY}"),
        ("script.sh", f"cd {MACHINE}"),
        ("script.sh", "cd '/" + "home/ann/keten'"),
        ("requirements.lock", "--find-links ./wheels"),
        ("requirements.lock", "thing @ https://example.org/thing.whl"),
        ("package-lock.json", '      "resolved": "x"'),
        ("uv" + ".lock", ""),
        ("big.csv", "x" * (MOST_BYTES + 1)),
    ],
)
def test_a_fault_is_found(name: str, content: str) -> None:
    assert len(list(find_faults(name, content.encode()))) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.md", "see https://example.org/work/plan and src/work/x"),
        ("requirements.lock", "thing==1.0 \\\n    --hash=sha256:00"),
        ("logo.png", "\0 " + REGISTRY),
        ("Makefile", "$(HOME)/work/x ../shared/data"),
    ],
)
def test_what_is_fine_is_left_alone(name: str, content: str) -> None:
    assert list(find_faults(name, content.encode())) == []
