"""The financing check on a phone, with the keyboard alone, and with the browser's own way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

NEXT = re.compile(r"/en/financing\?region=NL21&amount=100000")


def answer_with_keys(page: Page) -> None:
    """Choose Overijssel, an amount, and leave the other two questions open."""
    page.locator("#f-region-NL11").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#f-region-NL21")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#f-amount")).to_be_focused()
    page.keyboard.type("100000")
    page.keyboard.press("Enter")


def test_the_check_on_a_phone_with_keys_and_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/financing")
    for box in page.locator(".k-choice").all():
        size = box.bounding_box()
        assert size is not None
        assert size["height"] >= 40  # for a finger
    answer_with_keys(page)
    expect(page).to_have_url(NEXT)
    expect(page.locator("#answers")).to_be_visible()
    expect(page.get_by_text("Overijssel", exact=True)).to_be_visible()
    assert page.context.cookies() == []
    context.close()


def test_no_page_of_the_check_is_wider_than_the_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for query in ("", "?region=NL21&amount=100000", "?region=NL11&amount=900000"):
        page.goto(f"{address}/nl/financing{query}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_back_change_and_take_back(page: Page, address: str) -> None:
    page.goto(f"{address}/en/financing")
    answer_with_keys(page)
    expect(page).to_have_url(NEXT)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/en/financing$"))
    page.go_forward()
    page.get_by_role("link", name=re.compile("Change.*province")).click()
    expect(page.locator("#f-region-NL21")).to_be_checked()
    page.locator("#f-region-NL11").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Groningen", exact=True)).to_be_visible()
    page.get_by_role("link", name="Take back the last answer").click()
    expect(page.locator("#answers + div tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Begin again").click()
    expect(page.locator("#answers")).to_have_count(0)
