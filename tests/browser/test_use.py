"""Going about the pages with the keyboard alone, with scripts off, and with scripts on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.web.site import Site

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_first_key_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}/nl/regions")
    page.keyboard.press("Tab")
    skip = page.locator(".nl-skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#main")


def test_searching_with_the_keyboard_alone(page: Page, address: str, site: Site) -> None:
    page.goto(f"{address}/en/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type(site.name.split()[0].lower())
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Search results for")
    link = page.get_by_role("link", name=site.name, exact=True).first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(site.name)


def test_what_has_the_focus_is_seen(page: Page, address: str, site: Site) -> None:
    page.goto(f"{address}/nl/organisations/{site.organisation}")
    for _ in range(25):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            "return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
        )
        assert ring, focused(page)


def test_suggestions_come_while_typing(page: Page, address: str, site: Site) -> None:
    page.goto(f"{address}/nl/")
    if not page.evaluate("typeof htmx !== 'undefined'"):
        pytest.fail("htmx is not set up; `make setup-dev` does it", pytrace=False)
    page.locator("#q-home").press_sequentially(site.name.split()[0].lower()[:5], delay=20)
    suggestion = page.locator("#suggestions-home a").first
    expect(suggestion).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(suggestion).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/nl/(organisations|projects|regions)/"))


def test_all_of_it_works_without_scripts(browser: Browser, address: str, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/nl/")
    page.locator("#q-home").fill(site.name)
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name=site.name, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(site.name)
    page.locator("a.figure").first.click()
    expect(page.locator("h1")).to_contain_text("Waarom dit cijfer")
    page.locator("details.k-record summary").first.click()
    expect(page.locator("details.k-record table").first).to_be_visible()
    page.goto(f"{address}/nl/regions")
    for code in site.siblings:
        page.locator(f"#r-{code}").check()
    page.get_by_role("button", name="Toon de aangekruiste").click()
    assert page.url.endswith("/nl/regions/" + "+".join(sorted(site.siblings)))
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_no_page_breaks_its_own_policy(page: Page, address: str, site: Site) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in site.addresses().values():
        page.goto(f"{address}/en{path}")
    assert complaints == []


def test_pages_stay_readable_without_the_design_system(
    browser: Browser, address: str, site: Site
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.route(re.compile(r"/static/vendor/"), lambda route: route.abort())
    page = context.new_page()
    for path in site.addresses().values():
        page.goto(f"{address}/nl{path}")
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, path
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size >= 16
    context.close()


def test_a_printed_page_leaves_out_what_paper_cannot_do(
    page: Page, address: str, site: Site
) -> None:
    page.goto(f"{address}/nl/organisations/{site.organisation}")
    page.emulate_media(media="print")
    expect(page.locator(".k-nav").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
