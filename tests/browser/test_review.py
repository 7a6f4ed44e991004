"""The review queue in a real browser: two keys for each pair, a way back, and all of it without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from keten.settings import Settings
from keten.workspace import open_store
from tests.browser.conftest import serve
from tests.browser.test_access import AXE
from tests.browser.test_sign_in import look
from tests.web.asked import Pair, ask_people
from tests.web.site import COUNTRY, Site

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Queue:
    """A site of its own with some pairs in its queue."""

    home: Path
    address: str
    pairs: tuple[Pair, ...]

    def ruled(self) -> list[tuple[str, str, str]]:
        """Give what was ruled and holds: the verdict and the pair."""
        with open_store(self.home) as store:
            lines = [*store.judgements("same", only_in_force=True)]
            lines += store.judgements("different", only_in_force=True)
        pairs = {key for pair in self.pairs for key in pair}
        return [
            (line.kind, line.subject, line.object)
            for line in sorted(lines, key=lambda line: line.number)
            if line.subject in pairs
        ]

    def sign_in(self, context: BrowserContext) -> Page:
        """Give a page on which an editor is signed in."""
        name = f"reviewer{datetime.now(UTC).timestamp():.6f}"
        with open_store(self.home) as store:
            link = store.links.invite("editor", None, datetime.now(UTC))
            token = store.links.join(
                link, name, f"{name}@example.org", "three green bicycles", datetime.now(UTC)
            )
        context.add_cookies([{"name": "keten", "value": token, "url": self.address}])
        return context.new_page()


@pytest.fixture
def queue(site: Site, tmp_path: Path) -> Iterator[Queue]:
    home = tmp_path / "home"
    shutil.copytree(site.home, home)
    pairs = ask_people(home, 4)
    with serve(Settings(home=home, home_country=COUNTRY)) as address:
        yield Queue(home, address, pairs)


def wait_for(page: Page, pair: Pair) -> None:
    expect(page.locator("#pair")).to_have_attribute("data-pair", " ".join(pair))


def test_a_letter_and_enter_judge_a_pair(browser: Browser, queue: Queue) -> None:
    context = browser.new_context()
    page = queue.sign_in(context)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{queue.address}/en/review")
    first, second, third, fourth = queue.pairs
    wait_for(page, first)
    expect(page.locator("#f-reason")).not_to_be_empty()
    page.keyboard.press("s")
    expect(page.locator("#key-s")).to_be_focused()
    page.keyboard.press("Enter")
    wait_for(page, second)
    expect(page.locator("#pair-title")).to_be_focused()
    expect(page.locator("#progress-text")).to_contain_text("1 of 4 judged")
    expect(page.locator("#told")).to_contain_text("The same: ")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    wait_for(page, third)
    expect(page.locator("#progress-text")).to_contain_text("2 of 4 judged")
    assert queue.ruled() == [("same", *first), ("different", *second)]
    # Skipping leaves the pair open and says so at the end.
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    wait_for(page, fourth)
    # A reason of one's own: its letter is a letter there, and no key.
    page.keyboard.press("r")
    expect(page.locator("#f-reason")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("same street, different sides")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is the end of the queue.")).to_be_visible()
    with open_store(queue.home) as store:
        assert store.judgements()[-1].reason == "same street, different sides"
    page.get_by_role("link", name="Begin again with those").click()
    wait_for(page, third)
    # Undo leads back to the pair that was judged last, open again.
    page.keyboard.press("u")
    expect(page.locator("#key-u")).to_be_focused()
    page.keyboard.press("Enter")
    wait_for(page, fourth)
    expect(page.locator("#progress-text")).to_contain_text("2 of 4 judged")
    assert queue.ruled() == [("same", *first), ("different", *second)]
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    wait_for(page, second)
    assert queue.ruled() == [("same", *first)]
    assert complaints == []
    context.close()


def test_letters_can_be_turned_off(browser: Browser, queue: Queue) -> None:
    context = browser.new_context()
    page = queue.sign_in(context)
    page.goto(f"{queue.address}/en/review")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_have_attribute("open", "")
    page.get_by_label("Use letters as keys").uncheck()
    page.reload()
    page.keyboard.press("s")
    expect(page.locator("#key-s")).not_to_be_focused()
    context.close()


def test_the_next_pair_stands_there_before_the_server_answered(
    browser: Browser, queue: Queue
) -> None:
    context = browser.new_context()
    page = queue.sign_in(context)
    page.goto(f"{queue.address}/nl/review")
    first, second, *_ = queue.pairs
    wait_for(page, first)
    page.wait_for_load_state("networkidle")
    answers = []
    page.route("**/nl/review", lambda route: answers.append(route) if route.request.method == "POST"
               else route.continue_())  # fmt: skip
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    wait_for(page, second)  # the ruling is still on its way
    assert queue.ruled() == []
    answers[0].continue_()
    expect(page.locator("#progress-text")).to_contain_text("1 van de 4 beoordeeld")
    assert queue.ruled() == [("same", *first)]
    context.close()


def test_what_somebody_else_ruled_meanwhile_is_shown(browser: Browser, queue: Queue) -> None:
    context = browser.new_context()
    page = queue.sign_in(context)
    page.goto(f"{queue.address}/en/review")
    first, *_ = queue.pairs
    wait_for(page, first)
    with open_store(queue.home) as store:
        store.record("different", *first, "They are not", "somebody", datetime.now(UTC))
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Somebody changed this meanwhile")
    expect(page.get_by_text("They are not")).to_be_visible()
    assert queue.ruled() == [("different", *first)]
    context.close()


def test_the_queue_works_without_scripts(browser: Browser, queue: Queue) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = queue.sign_in(context)
    page.goto(f"{queue.address}/en/review")
    first, second, third, _ = queue.pairs
    wait_for(page, first)
    page.locator("#key-d").focus()
    page.keyboard.press("Enter")
    wait_for(page, second)
    page.get_by_role("button", name="Skip").click()
    wait_for(page, third)
    page.get_by_role("button", name="Undo").click()
    wait_for(page, first)
    assert queue.ruled() == []
    page.get_by_role("link", name="This pair on a page of its own").click()
    page.get_by_role("button", name="They are the same").click()
    expect(page.get_by_text("since the last build")).to_be_visible()
    assert queue.ruled() == [("same", *first)]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("en", 1600)])
def test_an_editor_is_kept_out_of_nothing(
    browser: Browser, queue: Queue, language: str, width: int, scheme: Any
) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `make setup-dev` installs it", pytrace=False)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = queue.sign_in(context)
    left, right = queue.pairs[0]
    found = look(page, f"{queue.address}/{language}/review")
    page.locator("#key-s").click()
    wait_for(page, queue.pairs[1])
    expect(page.locator("#undo form")).to_be_visible()
    page.locator("#help summary").click()
    found += look(page, "")
    found += look(page, f"{queue.address}/{language}/organisations/{left}/compare/{right}")
    found += look(page, f"{queue.address}/{language}/methods/identity")
    found += look(page, f"{queue.address}/{language}/review?at=5")
    context.close()
    assert found == []
