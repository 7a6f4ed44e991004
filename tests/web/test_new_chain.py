"""A value chain added on a page: there at once, parties placed before the next build; refusals in Dutch."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.errors import UsageError
from keten.model.in_dutch import say_error, say_in_dutch
from keten.model.refusals import DUTCH
from keten.web import create_app
from keten.workspace import open_store
from scripts.tracing.page import read_page
from tests.web.people import SignedIn, sign_in
from tests.web.site import Site

SRC = Path(__file__).resolve().parents[2] / "src" / "keten"
# Where what a person fills in or sends is refused in words of the rooms themselves.
HELD = (
    "model/given.py", "model/identifier.py", "atlas/chain_records.py", "atlas/definition.py",
    "atlas/membership.py", "atlas/organisations.py", "atlas/pairs.py", "atlas/projects.py",
    "atlas/records.py", "atlas/stage_group.py", "atlas/taxonomies.py", "atlas/taxonomy.py",
    "atlas/taxonomy_answers.py", "atlas/taxonomy_records.py", "atlas/versions.py", "lists/read.py",
)  # fmt: skip
FORM = {
    "label-nl": "Groene chemie", "description-nl": "Van plant tot plastic.", "regions": "QN11, qn12",
    "regions_label": "Hier", "words": "biobased plastic*\ngreen chemistry", "source": "Een bijeenkomst.",
    "stages": "Growers | Telers\nMakers | Makers\nBuyers | Afnemers",
}  # fmt: skip


@pytest.fixture
def bo(site: Site, tmp_path: Path) -> Iterator[SignedIn]:
    shutil.copytree(site.home, tmp_path / "home")
    settings = type(site.settings)(home=tmp_path / "home", home_country=site.settings.home_country)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield sign_in(client, tmp_path / "home")


def test_a_chain_is_added_and_filled_before_the_next_build(
    bo: SignedIn, site: Site, tmp_path: Path
) -> None:
    assert "chains/new" in bo.get("/nl/chains").text
    assert read_page(bo.get("/nl/chains/new").text).strays == []
    added = bo.post("/nl/chains/new", FORM)
    assert (added.status_code, added.headers["location"]) == (303, "/nl/chains/groene-chemie")
    page = bo.get("/nl/chains/groene-chemie").text
    assert "na de laatste bouw toegevoegd" in page
    assert read_page(page).strays == []
    assert page.count("gat: niemand") == 3
    fields = {"party": site.organisation, "stage": "makers", "reason": "Zij maken het."}
    assert bo.post("/nl/chains/groene-chemie/parties", fields).status_code == 303
    assert bo.get("/nl/chains/groene-chemie").text.count("gat: niemand") == 2
    assert bo.get("/nl/chains/groene-chemie/members/makers").status_code == 200
    assert bo.get("/nl/chains/groene-chemie/diagnosis").status_code == 404
    again = bo.post("/nl/chains/new", FORM)
    assert again.status_code == 409
    assert "Er is al een keten met deze naam." in again.text
    with open_store(tmp_path / "home") as store:
        content = store.content("chain", "groene-chemie")
        assert content is not None
        assert content.value["regions"] == ["QN11", "QN12"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"label-nl": ""}, "De keten heeft geen naam."),
        ({"words": "ab"}, "geen woord om te zoeken"),
        ({"regions": "Twente"}, "geen regio"),
        ({"stages": ""}, "Noem een of meer schakels"),
        ({"description-nl": ""}, "De keten heeft geen omschrijving."),
        ({"source": ""}, "Schrijf een tekst."),
    ],
)
def test_what_is_wrong_comes_back_in_dutch(bo: SignedIn, change: dict[str, str], told: str) -> None:
    reply = bo.post("/nl/chains/new", {**FORM, **change})
    assert reply.status_code == 400
    assert told in reply.text
    assert "Van plant tot plastic." in reply.text or "description-nl" in change


def test_what_is_filled_in_stays_in_its_place() -> None:
    error = UsageError("'x' is no stage of '{}'.", "Choose from: a, b.")
    assert say_error(error, "nl") == ("'x' is geen schakel van '{}'.", "Kies uit: a, b.")
    assert say_error(error, "en") == (error.what, error.next_step)
    assert say_in_dutch("Never written here.") == "Never written here."
    for english, dutch in DUTCH.items():
        assert english.count("{}") == dutch.count("{}"), english


def test_every_refusal_of_what_people_fill_in_has_its_dutch() -> None:
    found = set()
    for name in HELD:
        for call in ast.walk(ast.parse((SRC / name).read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            function = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if function in {"UsageError", "NotFoundError", "ConflictError"}:
                found |= {text for part in call.args[:2] for text in sentences(part)}
            elif function == "wrong":
                found |= {text for part in call.args[1:2] for text in sentences(part)}
    assert len(found) > 60
    assert sorted(text for text in found if text not in DUTCH) == []


def sentences(part: ast.expr) -> list[str]:
    if isinstance(part, ast.IfExp):
        return sentences(part.body) + sentences(part.orelse)
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        return [part.value] if re.search("[a-z]{3}", part.value) else []
    if isinstance(part, ast.JoinedStr):
        return ["".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in part.values)]
    return []
