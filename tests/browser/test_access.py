"""Nothing that axe can find stands between a visitor and a page; nothing leaves a narrow screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.web.site import Site

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"narrow": 320, "wide": 1600}
# A language has other words and nothing else: each is looked through at one size, and measured at both.
LOOKED_AT = {"nl": "narrow", "en": "wide"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_keeps_anybody_out(
    browser: Browser, address: str, site: Site, language: str, size: str, scheme: Any
) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `make setup-dev` installs it", pytrace=False)
    # What is dark has other colours and nothing else: the smallest screen in one language will do.
    if scheme == "dark" and (size, language) != ("narrow", "nl"):
        pytest.skip("dark colours are looked at once")
    context = browser.new_context(
        viewport={"width": SIZES[size], "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found: list[str] = []
    pages = {**site.addresses(), "trouble": "/organisations/nobody", "lost": "/nothing"}
    for kind, path in pages.items():
        page.goto(f"{address}/{language}{path}")
        if size == LOOKED_AT[language]:
            page.add_script_tag(path=str(AXE))
            result = page.evaluate(
                "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
            )
            for violation in result["violations"]:
                where = [node["target"] for node in violation["nodes"]][:3]
                found.append(f"{kind}: {violation['id']} at {where}")
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            found.append(f"{kind}: {wider} pixels wider than the screen")
    context.close()
    assert found == []
