"""A visitor tells what is missing, an editor answers by keyboard and writes down a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_access import AXE
from tests.browser.test_sign_in import join, look
from tests.web.site import CHAIN, Site

pytestmark = pytest.mark.browser


def tell(page: Page, address: str, language: str, name: str) -> str:
    """Send a suggestion, beginning at a search that found nothing; gives the address behind the link."""
    page.goto(f"{address}/{language}/search?q={name}")
    page.locator(f"a[href*='suggestions/new'][href*='{name}']").click()
    expect(page.locator("#f-name")).to_have_value(name)
    page.locator("#f-city").fill("Gouda")
    page.locator("#f-why").fill("I work there.")
    page.locator("#f-email").fill("me@example.org")
    page.locator("main form button[type=submit]").press("Enter")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**/suggestions/sent/**")
    return page.url


@pytest.mark.parametrize(
    ("width", "language", "scheme"), [(320, "nl", "dark"), (1600, "en", "light")]
)
def test_what_a_visitor_tells_is_answered(
    browser: Browser, address: str, site: Site, width: int, language: str, scheme: Any
) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `make setup-dev` installs it", pytrace=False)
    view: Any = {"width": width, "height": 900}
    visitor = browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True)
    guest, name = visitor.new_page(), f"Kaasmakerij{width}"
    behind = tell(guest, address, language, name)
    found = look(guest, "")
    context = browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    join(page, address, site, f"Answerer{width}")
    found += look(page, f"{address}/{language}/suggestions")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert name in (page.evaluate("document.activeElement.getAttribute('aria-label')") or "")
    page.keyboard.press("Enter")
    expect(page.locator(".k-inbox")).to_have_count(0)
    found += look(page, f"{address}/{language}/suggestions?state=accepted")
    guest.goto(behind)
    expect(guest.locator("blockquote")).to_be_visible()
    guest.locator("section[aria-labelledby=email] button").press("Enter")
    expect(guest.locator("section[aria-labelledby=email]")).to_have_count(0)
    found += look(guest, f"{address}/{language}/search?q={name}")
    guest.locator("section[aria-labelledby=added] a").click()
    expect(guest.locator("h1")).to_have_text(name)
    found += look(guest, "")
    assert guest.locator("#conversations").count() == 0
    found += look(page, guest.url)
    page.locator("section[aria-labelledby=conversations] > details > summary").press("Enter")
    page.locator("#f-text").fill("They look for a pilot plant.")
    page.locator("#f-next").fill("Send the call")
    page.locator("#f-due").fill("2026-01-31")
    found += look(page, "")
    page.locator("section[aria-labelledby=conversations] form button[type=submit]").last.press(
        "Enter"
    )
    expect(page.get_by_text("They look for a pilot plant.")).to_be_visible()
    for path in ("conversations", f"conversations/silent?of=chain:{CHAIN}", "unverified?months=0"):
        found += look(page, f"{address}/{language}/{path}")
        expect(page.locator("main table").first).to_be_visible()
    page.goto(f"{address}/{language}/conversations")
    page.locator("section[aria-labelledby=due] button").first.press("Enter")
    expect(page.locator("section[aria-labelledby=due] table")).to_have_count(0)
    visitor.close()
    context.close()
    assert found == []
