"""The step Connect as visitors meet it: a list to choose from, suggestions, and what cannot be answered."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from keten.evidence import latest
from tests.web.site import CHAIN, Site

HERE = f"/chains/{CHAIN}/connections"


def test_one_begins_with_a_list_of_parties(visitor: TestClient) -> None:
    page = visitor.get(f"/en{HERE}").text
    links = re.findall(r'href="(/en/chains/[^"]+[?]party=[^"]+)"', page)
    assert links
    assert "How often does such a suggestion come true?" in page
    answer = visitor.get(links[0])
    assert answer.status_code == 200
    assert "Partners for" in answer.text


def test_a_name_is_sought_without_a_script(visitor: TestClient, site: Site) -> None:
    twin = visitor.get(f"/en{HERE}.json").json()["answer"]
    name = twin["parties"][0]["organisation"]["name"]
    found = visitor.get(f"/en{HERE}.json", params={"q": name}).json()["answer"]
    assert name in [row["organisation"]["name"] for row in found["parties"]]
    page = visitor.get(f"/nl{HERE}", params={"q": "qqqq"}).text
    assert "Geen partij van deze keten heeft deze woorden in haar naam." in page
    assert "Of zoek onder alle organisaties" in page
    outside = visitor.get(f"/en{HERE}", params={"q": site.name}).text
    assert f"{HERE}?party={site.organisation}" in outside, (
        "found in the chain, or named as outside it"
    )


def test_suggestions_come_with_reasons_and_introductions(visitor: TestClient, site: Site) -> None:
    address = f"/en{HERE}.json?party={site.party}&among=everyone"
    view = visitor.get(address).json()["answer"]["suggestions"]
    assert view["suggestions"]
    scores = [row["score"]["value"] for row in view["suggestions"]]
    assert scores == sorted(scores, reverse=True)
    con = latest(site.home, threads=1).cursor()
    met = {
        row[0]
        for row in con.execute(
            "select partner_id from collaboration where organisation_id = $party",
            {"party": site.party},
        ).fetchall()
    }
    for row in view["suggestions"]:
        assert row["partner"]["organisation_id"] not in met
        assert {who["organisation"]["organisation_id"] for who in row["introducers"]} <= met
    page = visitor.get(address.replace(".json", "")).text
    assert page.count("<details") >= len(view["suggestions"])
    assert "<svg" in page


def test_what_the_back_test_says_follows_from_its_figures(visitor: TestClient, site: Site) -> None:
    address = f"/en{HERE}?party={site.party}&among=everyone"
    test = visitor.get(address.replace("?", ".json?")).json()["answer"]["backtest"]
    page = " ".join(visitor.get(address).text.split())
    assert test is not None, "the invented region has projects before and after"
    shown = "So partners in common say more than popularity alone" in page
    assert shown == (test["whole"]["gain"]["interval"]["low"] > 0)
    few = "These are few organisations" in page
    groups = [test["whole"], *([test["country"]] if test["country"] else [])]
    assert few == any(group["asked_with_new"]["value"] < 30 for group in groups)


def test_what_cannot_be_answered_is_said(visitor: TestClient, site: Site) -> None:
    unknown = visitor.get(f"/en{HERE}?party=pic:1")
    assert unknown.status_code == 404
    assert "No organisation is known here as &#39;pic:1&#39;" in unknown.text
    named = visitor.get(f"/en{HERE}", params={"party": site.name})
    assert named.status_code == 404
    assert f"/en/organisations/{site.organisation}" in named.text
    assert visitor.get(f"/en{HERE}?party={site.party}&among=moon").status_code == 400
    assert visitor.get(f"/en{HERE}?party={site.party}&kind=moon").status_code == 400
    assert visitor.get("/en/chains/moon/connections").status_code == 404
    bare = visitor.get(f"/en{HERE}?party={site.party.removeprefix('pic:')}")
    assert bare.status_code == 308
    assert bare.headers["location"].endswith(f"party={site.party}")


def test_a_party_without_partners_is_sent_elsewhere(visitor: TestClient, site: Site) -> None:
    con = latest(site.home, threads=1).cursor()
    row = con.execute(
        "select organisation_id from organisation_card where partners = 0 order by 1 limit 1"
    ).fetchone()
    assert row is not None, "somebody works alone in the invented region"
    page = visitor.get(f"/en{HERE}?party={row[0]}").text
    assert "Nothing to go on" in page
    assert "has no project of this chain" in page
