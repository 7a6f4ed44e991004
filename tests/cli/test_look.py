"""Looking things up: find, show, why, methods, issues."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.settings import Settings
from keten.web import create_app
from keten.web.pages.why.page import PAGE
from tests.cli.conftest import Keten, call, read_json


def first(keten: Keten, kind: str, *words: str) -> dict[str, Any]:
    found = read_json(keten("find", "--kind", kind, "--limit", "1", *words, "--json"))
    hit: dict[str, Any] = found["answer"]["search"]["hits"][0]
    return hit


def test_find_gives_identifiers_that_show_takes(keten: Keten) -> None:
    hit = first(keten, "organisation", "institute")
    shown = keten("show", "organisation", hit["identifier"])
    assert shown.exit_code == 0
    assert hit["title"] in shown.stdout
    assert "contribution" in shown.stdout
    assert "invented" in shown.stdout
    bare = keten("show", "organisation", hit["identifier"].removeprefix("pic:"))
    assert bare.stdout == shown.stdout


def test_show_speaks_dutch_when_asked(keten: Keten) -> None:
    hit = first(keten, "organisation", "institute")
    shown = keten("show", "organisation", hit["identifier"], "--lang", "nl").stdout
    assert "bijdrage" in shown
    assert "kennisinstelling" in shown
    assert "verzonnen" in shown


def test_show_tells_what_other_sources_say(keten: Keten, home: Path) -> None:
    sql = "select organisation_id, what from receipt where source = 'structural' order by all"
    row = latest(home).cursor().execute(sql).fetchone()
    assert row is not None
    shown = keten("show", "organisation", row[0]).stdout
    assert "What other sources say" in shown
    assert row[1] in shown
    told = json.loads(keten("show", "organisation", row[0], "--json").stdout)["answer"]
    figures = {figure["measure"]: figure for figure in told["other_sources"]["figures"]}
    why = keten("why", "structural_funds_eur", "--organisation", row[0], "--json").stdout
    assert (
        json.loads(why)["answer"]["why"]["figure"]["value"]
        == (figures["structural_funds_eur"]["value"])
    )


def test_a_project_is_known_by_its_bare_number(keten: Keten) -> None:
    shown = keten("show", "project", "he-199000001")
    assert shown.exit_code == 0
    assert "coordinator" in shown.stdout
    assert keten("show", "project", "199000001").stdout == shown.stdout


def test_former_codes_of_a_region_are_followed(keten: Keten) -> None:
    now = read_json(keten("show", "region", "QN22", "--json"))["answer"]["region"]
    before = read_json(keten("show", "region", "qn25", "--json"))["answer"]["region"]
    assert before == now
    several = keten("show", "region", "QN11+QN12")
    assert several.exit_code == 0
    assert "QN11" in several.stdout
    assert "QN12" in several.stdout


def test_why_gives_value_method_and_the_rows_as_found(keten: Keten) -> None:
    hit = first(keten, "organisation", "institute")
    scope = ("--organisation", hit["identifier"])
    view = read_json(keten("why", "participations", *scope, "--rows", "500", "--json"))["answer"][
        "why"
    ]
    assert view["figure"]["value"] == len(view["records"]) > 0
    shown = read_json(keten("show", "organisation", hit["identifier"], "--json"))["answer"]
    numbers = shown["other_sources"]["identifiers"]
    (pic,) = (each["number"] for each in numbers if each["register"] == "pic")
    assert {dict(record["cells"])["organisationID"] for record in view["records"]} == {pic}
    printed = keten("why", "participations", *scope, "--rows", "1").stdout
    assert view["method"].split(".")[0] in printed
    assert "organization.csv" in printed
    assert pic in printed


def test_filters_can_be_given_by_option_or_by_name(keten: Keten) -> None:
    one = keten("why", "projects", "--region", "QN11", "--programme", "he", "--json")
    other = keten("why", "projects", "--where", "region=QN11", "--where", "programme=he", "--json")
    assert read_json(one) == read_json(other)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (("show", "project", "he-199000001"), "/en/projects/he-199000001.json"),
        (("show", "region", "QN11"), "/en/regions/QN11.json"),
        (("methods",), "/en/methods.json"),
        (
            ("find", "institute", "--kind", "organisation"),
            "/en/search.json?q=institute&kind=organisation",
        ),
        (("issues", "--code", "bad-number"), "/en/issues.json?code=bad-number"),
    ],
)
def test_json_answers_are_those_of_the_web(
    keten: Keten, home: Path, words: tuple[str, ...], address: str
) -> None:
    ours = read_json(keten(*words, "--json"))
    with TestClient(create_app(Settings(home=home))) as client:
        theirs = client.get(address).json()
    assert ours["answer"] == theirs["answer"]
    assert ours.get("evidence") == theirs.get("evidence")
    assert set(ours) == set(theirs)


def test_why_is_answered_as_on_the_web(keten: Keten, home: Path) -> None:
    ours = read_json(keten("why", "projects", "--region", "QN", "--rows", str(PAGE), "--json"))
    with TestClient(create_app(Settings(home=home))) as client:
        theirs = client.get("/en/why.json?measure=projects&region=QN").json()
    assert ours["answer"] == theirs["answer"]


def test_methods_are_listed_and_explained(keten: Keten) -> None:
    listed = keten("methods").stdout
    assert "contribution_eur" in listed
    assert "ecContribution" in keten("methods", "contribution_eur").stdout


def test_issues_are_counted_and_listed_with_file_and_line(keten: Keten) -> None:
    counted = keten("issues").stdout
    assert "repeated-row" in counted
    listed = keten("issues", "--code", "bad-number").stdout
    assert "organization.csv" in listed
    assert "n/a" in listed
    limited = keten("issues", "--code", "bad-number", "--limit", "1").stdout
    assert "--page 2" in limited


WRONG = [
    (("fnd", "x"), 2, "Perhaps: fund, find"),
    (("find",), 2, "--help"),
    (("find", "x", "--kind", "person"), 2, "organisation"),
    (("find", "x", "--limit", "0"), 2, "--help"),
    (("show", "organisation", "pic:1"), 3, "keten find"),
    (("show", "organisation", "institut"), 2, "Perhaps: "),
    (("show", "organisation", "'; drop table organisation"), 2, ""),
    (("show", "project", "he-1"), 3, "grant number"),
    (("show", "region", "nowhere at all"), 2, ""),
    (("show", "region", "QN99"), 3, ""),
    (("why", "projjects"), 3, "projects"),
    (("why", "projects", "--where", "colour"), 2, "NAME=VALUE"),
    (("why", "projects", "--where", "colour=red"), 2, "Filters"),
    (("why", "projects", "--year", "soon"), 2, ""),
    (("why", "projects", "--organisation", "pic:1"), 3, ""),
    (("why", "projects", "--page", "0"), 2, ""),
    (("methods", "magic"), 3, "contribution_eur"),
    (("issues", "--severity", "awful"), 2, "row-lost"),
    (("rule", "same", "pic:1", "pic:2", "--why", "x", "--who", "y"), 3, ""),
    (("rule", "withdraw", "7", "--why", "x", "--who", "y"), 7, "rule list"),
    (("rule", "same", "pic:1", "pic:2"), 2, "--help"),
    (("get", "everything"), 2, "cordis"),
    (("sample",), 2, "--help"),
    (("export", "nothing", "--into", "x"), 3, "organisation"),
    (("show", "region", "QN", "--lang", "fy"), 2, "nl"),
    (("build", "--data", "/no/such/folder"), 2, "keten sample"),
]


@pytest.mark.parametrize(("words", "code", "hint"), WRONG)
def test_wrong_input_gets_two_lines_and_a_code(
    keten: Keten, words: tuple[str, ...], code: int, hint: str
) -> None:
    result = keten(*words)
    assert result.exit_code == code
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert all(lines)
    assert hint in result.stderr


def test_errors_are_json_too_when_that_is_asked(keten: Keten) -> None:
    result = keten("show", "organisation", "pic:1", "--json")
    error = json.loads(result.stderr)["error"]
    assert error["code"] == "not-found"
    assert error["what"]
    assert error["next_step"]


@pytest.mark.parametrize(
    "words", [("show", "region", "QN"), ("find", "x"), ("issues",), ("export", "--into", "x")]
)
def test_without_evidence_every_command_says_how_to_get_it(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = call(*words, KETEN_HOME=str(tmp_path))
    assert result.exit_code == 5
    assert "keten build" in result.stderr


def test_settings_that_cannot_be_are_named(tmp_path: Path) -> None:
    result = call("find", "x", KETEN_PORT="door", KETEN_HOME=str(tmp_path))
    assert result.exit_code == 2
    assert "'door'" in result.stderr


def test_words_of_a_source_cannot_steer_the_terminal() -> None:
    from keten.cli.output import clean

    assert clean("a\x1b[31mred\x07\x9b2J [bold]") == "a\ufffd[31mred\ufffd\ufffd2J [bold]"


def test_every_person_reads_dutch_where_english_stands(home: Path) -> None:
    """Each label in the code has its Dutch, and none is left over."""
    import re

    import keten.cli.words as words

    folder = Path(words.__file__).parent
    code = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "words.py")
    said = set(re.findall(r"\bsay\(\s*\"([^\"]+)\"", code))
    said |= set(re.findall(r"session\.words\(\s*\"([^\"]+)\"", code))
    assert said <= set(words.DUTCH)
    for english, dutch in words.DUTCH.items():
        assert english.count("{}") == dutch.count("{}")
    assert latest(home).is_invented
