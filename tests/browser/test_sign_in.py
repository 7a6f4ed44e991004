"""From an invitation to signing out, as an editor does it: with the keyboard, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from keten.workspace import open_store
from tests.browser.test_access import AXE, RULES
from tests.web.site import Site

pytestmark = pytest.mark.browser
PASSWORD = "three green bicycles"


def invite(site: Site, role: str = "editor") -> str:
    with open_store(site.home) as store:
        return store.links.invite(role, None, datetime.now(UTC))


def join(page: Page, address: str, site: Site, name: str, role: str = "editor") -> None:
    page.goto(f"{address}/en/invitation/{invite(site, role)}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Name to sign in with").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make your account").click()
    expect(page.locator("h1")).to_have_text("My account")


@pytest.fixture
def signed_in(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def test_from_an_invitation_to_signing_out(
    signed_in: BrowserContext, address: str, site: Site
) -> None:
    page = signed_in.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    link = f"{address}/en/invitation/{invite(site)}"
    page.goto(link)
    page.get_by_label("Your name").fill("Eve")
    page.get_by_label("Name to sign in with").fill("eve@example.org")
    page.get_by_label("Password").fill("too short")
    page.keyboard.press("Enter")
    # What is wrong is read first, and leads to the field; what was typed is still there.
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Eve")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My account")
    (cookie,) = signed_in.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("keten", True, "Lax")
    assert page.evaluate("document.cookie") == ""
    complaints.clear()  # the browser itself notes the form that was answered with 400
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert signed_in.cookies() == []

    # The link is spent; the way in is the name and the password, and it leads back.
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Not found")
    complaints.clear()
    page.goto(f"{address}/en/organisations/{site.organisation}")
    expect(page.get_by_text("said by somebody of the team")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name to sign in with").fill("eve@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/en/organisations/{site.organisation}")
    expect(page.get_by_text("a reader").first).to_be_visible()

    # Take the ruling back, with a reason; then take that back.
    page.get_by_text("Undo").first.click()
    page.get_by_label("Why should this no longer hold?").fill("They do share more")
    page.get_by_role("button", name="Take it back").click()
    expect(page).to_have_url(f"{address}/en/organisations/{site.organisation}")
    expect(page.get_by_text("since the last build")).to_have_count(0)
    with open_store(site.home) as store:
        last = store.judgements()[-1]
    assert (last.kind, last.author, last.reason) == ("withdrawn", "Eve", "They do share more")
    page.goto(f"{address}/en/judgements/{last.number}")
    expect(page.get_by_text("They do share more")).to_be_visible()
    page.get_by_text("Undo").first.click()
    page.get_by_label("Why should this no longer hold?").fill("They do not, after all")
    page.keyboard.press("Enter")
    expect(page.locator(f"#line-{last.supersedes} .nl-data-badge")).to_have_text("holds")
    page.goto(f"{address}/en/organisations/{site.organisation}")
    expect(page.get_by_text("since the last build").first).to_be_visible()

    # After signing out, going back in the history shows nobody's page.
    page.get_by_role("button", name="Sign out", exact=True).click()
    # A history that is still being written cannot be gone back in.
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.wait_for_load_state()
    page.go_back()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.get_by_text("a reader")).to_have_count(0)
    assert complaints == []


def judge(page: Page, rating: int, reason: str) -> None:
    """Judge the first element of the canvas that is open, on the page as it is."""
    form = page.locator("details:has(textarea)").first
    if not form.get_attribute("open"):
        form.locator("summary").click()
    form.locator("select").select_option(index=rating)
    form.locator("textarea").fill(reason)
    form.get_by_role("button").click()


def test_two_who_change_the_same_read_each_other(
    browser: Browser, address: str, site: Site
) -> None:
    pages = []
    for name in ("Fay", "Gus"):
        page = browser.new_context().new_page()
        join(page, address, site, name)
        pages.append(page)
    fay, gus = pages
    canvas = f"{address}/en{site.addresses()['canvas']}"
    fay.goto(canvas)
    judge(fay, 0, "It is missing altogether")
    expect(fay.get_by_text("It is missing altogether")).to_be_visible()
    for page in pages:
        page.goto(canvas)
    judge(gus, 2, "There is plenty of it")
    expect(gus.get_by_text("There is plenty of it")).to_be_visible()
    judge(fay, 1, "Well, there is a little")
    expect(fay.locator("h1")).to_have_text("Somebody changed this meanwhile")
    expect(fay.get_by_text("There is plenty of it")).to_be_visible()
    expect(fay.get_by_text("Gus", exact=True)).to_be_visible()
    expect(fay.get_by_text("Well, there is a little")).to_be_visible()
    with open_store(site.home) as store:
        lines = [line for line in store.judgements() if line.author in {"Fay", "Gus"}]
    assert [line.reason for line in lines] == ["It is missing altogether", "There is plenty of it"]
    # What stands now is taken back, and what stood before holds again.
    gus.get_by_text("Undo").first.click()
    gus.get_by_label("Why should this no longer hold?").first.fill("A slip")
    gus.keyboard.press("Enter")
    expect(gus.get_by_text("It is missing altogether")).to_be_visible()
    with open_store(site.home) as store:  # as it was, for the tests that follow
        store.withdraw(lines[0].number, "A test", "a test", datetime.now(UTC))
    for page in pages:
        page.context.close()


def test_another_site_cannot_send_a_form(
    signed_in: BrowserContext, address: str, site: Site
) -> None:
    page = signed_in.new_page()
    join(page, address, site, "Mallory")
    # The same server under another name is another site to a browser.
    elsewhere = address.replace("127.0.0.1", "localhost")
    page.goto(f"{elsewhere}/en/about")
    page.evaluate(
        """action => { const form = document.createElement('form');
        form.method = 'post'; form.action = action; document.body.append(form); form.submit(); }""",
        f"{address}/en/account/sessions",
    )
    page.wait_for_timeout(300)
    page.goto(f"{address}/en/account")
    expect(page.locator("h1")).to_have_text("My account")  # still signed in


def test_signing_in_works_without_scripts(browser: Browser, address: str, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    join(page, address, site, "Noscript")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(320, "nl", "light"), (320, "en", "light"), (1600, "nl", "light"), (320, "nl", "dark")],
)
def test_no_page_of_an_account_keeps_anybody_out(
    browser: Browser, address: str, site: Site, width: int, language: str, scheme: Any
) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `make setup-dev` installs it", pytrace=False)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = [*look(page, f"{address}/{language}/invitation/{invite(site)}")]
    page.get_by_role("button").last.click()  # the browser asks for what is empty
    found += look(page, f"{address}/{language}/sign-in")
    page.locator("#f-sign_in").fill("nobody")
    page.locator("#f-password").fill("wrong")
    page.locator("main button").click()
    found += look(page, "")
    join(page, address, site, f"Ada{width}{language}{scheme}", "administrator")
    for path in ("account", "people", "people/1", "judgements/1"):
        found += look(page, f"{address}/{language}/{path}")
    page.goto(f"{address}/{language}/people")
    page.locator("main button").last.click()
    expect(page.locator("#link")).to_contain_text(re.compile(r"/invitation/[\w-]{40,}"))
    found += look(page, "")
    context.close()
    assert found == []


def look(page: Page, address: str) -> list[str]:
    """Give what axe finds at an address, or on the page that is open."""
    if address:
        page.goto(address)
    page.add_script_tag(path=str(Path(AXE)))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    found = [
        f"{page.url}: {violation['id']} at {[node['target'] for node in violation['nodes']][:3]}"
        for violation in result["violations"]
    ]
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, f"{page.url}: {wider} pixels wider than the screen"] if wider > 0 else found
