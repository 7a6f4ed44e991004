"""Accounts on the command line: links, roles, closing and erasing."""

from pathlib import Path

import pytest

from keten.cli.session import now
from keten.workspace import open_store
from tests.cli.conftest import call, read_json

PASSWORD = "three green bicycles"


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    return {"KETEN_HOME": str(tmp_path), "KETEN_LANGUAGE": "en"}


def join(home: Path, link: str, name: str) -> None:
    with open_store(home) as store:
        token = link.rsplit("/", 1)[1]
        store.links.join(token, name, f"{name}@example.org", PASSWORD, now())


def test_from_an_invitation_to_being_forgotten(tmp_path: Path, here: dict[str, str]) -> None:
    assert "keten account invite" in call("account", "list", **here).stdout
    for name, role in (("Ann", "administrator"), ("Bo", "editor")):
        made = call("account", "invite", "--role", role, "--json", **here)
        link = read_json(made)["answer"]["link"]
        assert link.startswith("http://127.0.0.1:8321/en/invitation/")
        join(tmp_path, link, name)
    listed = read_json(call("account", "list", "--json", **here))["answer"]["people"]
    assert [(one["name"], one["role"]) for one in listed] == [
        ("Ann", "administrator"),
        ("Bo", "editor"),
    ]
    assert "password" not in str(listed)
    table = call("account", "list", **here | {"KETEN_LANGUAGE": "nl"}).stdout
    assert "beheerder" in table
    assert "bo@example.org" in table
    assert (
        "visitor, open"
        in call("account", "role", "bo@example.org", "--role", "visitor", **here).stdout
    )
    assert "visitor, closed" in call("account", "disable", "2", **here).stdout
    assert "visitor, open" in call("account", "enable", "Bo@Example.org", **here).stdout
    assert "/en/invitation/" in call("account", "reset", "2", **here).stdout
    unsure = call("account", "erase", "2", **here)
    assert (unsure.exit_code, "--yes" in unsure.stderr) == (2, True)
    assert "erased" in call("account", "erase", "2", "--yes", **here).stdout
    assert "Bo" not in call("account", "list", **here).stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("account", "disable", "nobody"), "keten account list"),
        (("account", "disable", "7"), "keten account list"),
        (("account", "disable", "9" * 30), "keten account list"),
        (("account", "disable", "1"), "somebody else"),
    ],
)
def test_what_cannot_be_is_told_in_two_lines(
    tmp_path: Path, here: dict[str, str], words: tuple[str, ...], hint: str
) -> None:
    link = call("account", "invite", "--role", "administrator", **here).stdout.strip()
    join(tmp_path, link, "Ann")
    result = call(*words, **here)
    assert result.exit_code == 7
    assert hint in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_the_link_is_that_of_the_public_address(here: dict[str, str]) -> None:
    made = call("account", "invite", **here | {"KETEN_PUBLIC_URL": "https://keten.example/"})
    assert made.stdout.startswith("https://keten.example/en/invitation/")
    open_to_all = call("account", "invite", **here | {"KETEN_HOST": "0.0.0.0"})
    assert open_to_all.stdout.startswith("http://127.0.0.1:8321/")
