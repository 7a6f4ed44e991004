"""The workspace in a real browser, from a messy sheet to a rebuild: nothing that people said is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.lists.sheet import make_sheet, write_workbook
from keten.evidence import latest
from keten.evidence.store import read_pointer
from tests.browser.conftest import serve
from tests.browser.test_sign_in import join
from tests.web.site import COUNTRY, Site

pytestmark = pytest.mark.browser
ROWS = 400
CHAIN = "groene-chemie"


@pytest.fixture(scope="module")
def own(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the site, with its files, which this test writes in and builds anew."""
    place = tmp_path_factory.mktemp("flow")
    shutil.copytree(site.home.parent, place / "all")
    return replace(site, home=place / "all" / "home")


@pytest.fixture(scope="module")
def at(own: Site) -> Iterator[str]:
    with serve(own.settings) as where:
        yield where


def test_from_a_messy_sheet_to_a_rebuild(
    browser: Browser, own: Site, at: str, tmp_path: Path
) -> None:
    con = latest(own.home, threads=1).cursor()
    sheet = tmp_path / "leden.xlsx"
    sheet.write_bytes(write_workbook(make_sheet(con, ROWS, 7, COUNTRY)))
    page = browser.new_page()
    join(page, at, own, "Flow")
    first = bring_in(page, at, sheet)
    undo = page.locator("section[aria-labelledby=imports] button")
    undo.click()
    expect(page.locator("#rows")).to_have_count(0)
    assert bring_in(page, at, sheet) == first
    send(page, at, sheet)  # once more: the list says all of it already
    expect(page.locator("main")).to_contain_text(re.compile(r"as they were:\s*0, 0, \d+"))
    add_chain(page, at)
    place_parties(page, at, own)
    add_initiatives(page, at)
    before = {address: tell(page, at + address) for address in addresses()}
    assert all(before.values())

    old = read_pointer(own.home / "evidence")
    build(own)
    assert read_pointer(own.home / "evidence") == old + 1
    page.goto(f"{at}/en/chains/{CHAIN}")
    # The pages follow: the chain is known to the evidence now, and its parties stand where they stood.
    expect(page.get_by_text("added after the last build")).to_have_count(0)
    page.goto(f"{at}/en/chains/{CHAIN}/diagnosis")
    expect(page.locator("h1")).to_have_text("What are we good at, what is missing?")
    for address, said in before.items():
        assert tell(page, at + address) == said, address
    # What was chosen teaches the matching at a build, so that a row may be known better; none is new.
    send(page, at, sheet)
    expect(page.locator("main")).to_contain_text(re.compile(r"as they were:\s*0, \d+, \d+"))
    page.close()


def test_two_editors_at_once(browser: Browser, own: Site, at: str) -> None:
    """Both see the same line; who writes second is told, and reads both."""
    pages = [browser.new_context().new_page() for _ in range(2)]
    for number, page in enumerate(pages):
        join(page, at, own, f"Editor{number}")
    page = pages[0]
    page.goto(f"{at}/en/initiatives")
    fill_initiative(page, "Meeting place")
    address = page.url
    for page in pages:
        page.goto(address)
        open_all(page)
    for number, page in enumerate(pages):
        form = page.locator("form:has(input[name=seen])").first
        form.locator("[name=label]").fill(f"Meeting place, as {number} sees it")
        form.locator("[name=reason]").fill("I know it better.")
        form.locator("button[type=submit]").first.click()
    expect(pages[0].locator("h1")).to_have_text("Meeting place, as 0 sees it")
    expect(pages[1].locator("main")).to_contain_text(re.compile("meanwhile|in the meantime"))
    expect(pages[1].locator("[name=label]")).to_have_value("Meeting place, as 1 sees it")
    pages[0].reload()
    expect(pages[0].locator("h1")).to_have_text("Meeting place, as 0 sees it")
    for page in pages:
        page.context.close()


def bring_in(page: Page, at: str, sheet: Path) -> str:
    """Send the sheet, choose three times, keep it; gives what its page says of its rows."""
    send(page, at, sheet)
    choices = page.locator("select[name^=choice-]")
    assert choices.count() >= 3
    for number in range(3):
        choices.nth(number).select_option(index=1)
    page.locator("#import button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("Members", timeout=60_000)
    expect(page.locator("#rows")).to_be_visible()
    return page.locator("dl.k-facts dd").first.inner_text()


def send(page: Page, at: str, sheet: Path) -> None:
    page.goto(f"{at}/en/lists")
    page.locator("#f-name").fill("Members")
    page.locator("#f-file").set_input_files(sheet)
    page.locator("form:has(#f-file) button[type=submit]").click()
    expect(page.locator("#import")).to_be_visible(timeout=60_000)


def add_chain(page: Page, at: str) -> None:
    page.goto(f"{at}/en/chains")
    page.get_by_role("link", name="Add a value chain").click()
    page.get_by_label("Name, in Dutch").fill("Groene chemie")
    page.get_by_label("What it is, in Dutch").fill("Van plant tot plastic.")
    page.get_by_label("Regions", exact=True).fill("QN11 QN12")
    page.get_by_label("What these regions are called together").fill("Hier")
    page.get_by_label("Words").fill("biobased plastic*\nbean fermentation")
    page.get_by_label("Stages").fill("Growers | Telers\nMakers | Makers\nBuyers | Afnemers")
    page.get_by_label("Where this definition comes from").fill("A meeting.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("added after the last build")).to_be_visible()


def place_parties(page: Page, at: str, own: Site) -> None:
    """Place one by its name, and one of those that resemble it."""
    page.goto(f"{at}/en/chains/{CHAIN}?add={own.name.split()[0]}#add")
    form = page.locator("form:has(input[name=party])").last
    form.locator("[name=stage]").select_option("makers")
    form.locator("[name=reason]").fill("They make it.")
    form.locator("button[type=submit]").click()
    expect(page.get_by_text("They make it.")).to_be_visible()
    page.goto(f"{at}/en/chains/{CHAIN}/members/makers?among=everyone")
    page.get_by_role("button", name="It belongs here").first.click()
    expect(page.get_by_role("status")).to_contain_text("placed in this stage")


def add_initiatives(page: Page, at: str) -> None:
    for name in ("Green chemistry campus", "Fund for growers"):
        page.goto(f"{at}/en/initiatives")
        fill_initiative(page, name)


def fill_initiative(page: Page, name: str) -> None:
    open_all(page)
    form = page.locator("form:has([name=label])").last
    for field in form.locator("[required]:visible").all():
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(index=1)
        elif field.get_attribute("name") != "label":
            field.fill("The agency")
    form.locator("[name=label]").fill(name)
    form.locator("button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text(name)


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def addresses() -> list[str]:
    return ["/en/lists/members", f"/en/chains/{CHAIN}", "/en/initiatives", "/en/history"]


def tell(page: Page, address: str) -> list[str]:
    """Give what people said that stands on a page: rows, reasons, initiatives, lines of the history."""
    page.goto(address)
    if address.endswith("/lists/members"):
        return page.locator("section[aria-labelledby=rows] tbody th").all_inner_texts()
    if address.endswith("/initiatives"):
        names = page.get_by_role("link", name=re.compile("campus|Fund for growers"))
        return sorted(names.all_inner_texts())
    if address.endswith("/history"):
        lines = page.locator("main a[href*='/judgements/']").all()
        return [each.get_attribute("href") or "" for each in lines]
    said = page.locator(".k-said").all_inner_texts()
    return sorted(said)


def build(own: Site) -> None:
    """Build the evidence anew as the command line does, with what people defined meanwhile."""
    environment = {**os.environ, "KETEN_HOME": str(own.home), "KETEN_HOME_COUNTRY": COUNTRY,
                   "KETEN_DATA": str(own.home.parent / "data")}  # fmt: skip
    command = [sys.executable, "-c", "from keten.cli.commands import main; main()", "build"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
