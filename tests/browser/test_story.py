"""The whole thread in a real browser: an editor walks from See to Tell, then a visitor reads it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from keten.atlas.answers import read_chain
from keten.pipeline import build
from keten.settings import Settings
from keten.workspace import open_store
from tests.browser.conftest import serve
from tests.browser.test_sign_in import join
from tests.web.site import CHAIN, COUNTRY, Site

pytestmark = pytest.mark.browser

STEPS = {
    "See": "Who is here?",
    "Diagnose": "What are we good at, what is missing?",
    "Choose": "What goes on?",
    "Connect": "Who belongs together?",
    "Fund": "What can be applied for?",
    "Act": "Who does what, when?",
    "Tell": "New proteins",
}
WRITER = "Wilhelmina"
JUDGEMENT = "Banks do not know this trade yet, say six growers"
DECISION = "Most firms, and the task is clear"
INITIATIVE = "Protein of our own soil"
ACTION = "Pilot plant for duckweed"
MILESTONE = "Permit granted"
NOTE = "The site was bought; the permit takes longer"
SENTENCE = "Our region grows its own protein, and shares the way it does so."


@dataclass
class Walk:
    """A browser of somebody, and all that it complained of on the way."""

    address: str
    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console",
            lambda message: self.complaints.append(f"{self.page.url}: {message.text}"),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        reply = self.page.goto(f"{self.address}/en{path}")
        assert reply is not None
        assert reply.status == 200, path

    def step(self, name: str) -> None:
        """Go to a step by the thread above every page."""
        self.page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()
        expect(self.page.locator("h1")).to_contain_text(STEPS[name])
        expect(self.page.locator(".k-thread [aria-current=step]")).to_contain_text(name)

    def explain_a_figure(self) -> None:
        """Follow a number to where it comes from, find it there again, and come back."""
        here = self.page.url
        figure = self.page.locator("main a.figure:has(data)").first
        raw = figure.locator("data").get_attribute("value")
        figure.click()
        expect(self.page.locator("h1")).to_contain_text("Why this number")
        assert self.page.locator(f'main a.figure data[value="{raw}"]').count() > 0, here
        self.page.goto(here)

    def fits(self) -> None:
        """Nothing leaves the screen to the right."""
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{self.page.url} is {wider} pixels wider than the screen"


@pytest.fixture(scope="module")
def home(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of this walk alone: what is written here is nobody else's."""
    place = tmp_path_factory.mktemp("story") / "home"
    shutil.copytree(site.home, place)
    return place


@pytest.fixture(scope="module")
def where(home: Path) -> Iterator[str]:
    with serve(Settings(home=home, home_country=COUNTRY)) as address:
        yield address


def contexts(browser: Browser, **how: object) -> Iterator[BrowserContext]:
    context = browser.new_context(**how)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    yield from contexts(browser, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    yield from contexts(
        browser, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )


def test_the_whole_thread(
    desk: BrowserContext, phone: BrowserContext, site: Site, home: Path, where: str
) -> None:
    page = desk.new_page()
    editor = Walk(where, page)
    fake = Site(**{**site.__dict__, "home": home})
    join(page, where, fake, WRITER)

    # See: from the first page to the parties of the chain.
    editor.open("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Value chains").click()
    page.locator(f'main a[href="/en/chains/{CHAIN}"]').first.click()
    expect(page.locator("h1")).to_have_text(STEPS["See"])
    expect(page.locator(".k-stage table tbody tr").first).to_be_visible()
    editor.explain_a_figure()

    # Diagnose, and the canvas with a judgement of the team.
    editor.step("Diagnose")
    page.locator(f'main a[href*="/chains/{CHAIN}/canvas"]').first.click()
    expect(page.locator("h1")).to_contain_text("What is here, what is missing?")
    finance = page.locator("section:has(> h2#finance)")
    finance.get_by_text("Judge this element").click()
    finance.get_by_label("How is it, for this chain").select_option("weak")
    finance.get_by_label("Why does the team say so?").fill(JUDGEMENT)
    finance.get_by_role("button", name="Keep this judgement").click()
    expect(page.locator("section:has(> h2#finance)")).to_contain_text(JUDGEMENT)

    # Choose: a decision with its reason.
    editor.step("Choose")
    decision = page.locator("section[aria-labelledby=decision]")
    expect(decision).to_contain_text("Nothing has been decided yet")
    box = decision.get_by_role("checkbox").first
    chosen = decision.locator("label:has(input[type=checkbox])").first.inner_text().strip()
    box.check()
    decision.get_by_label("Why", exact=True).fill(DECISION)
    decision.get_by_role("button", name="Record the decision").click()
    expect(page.locator("section[aria-labelledby=decision]")).to_contain_text(DECISION)
    expect(page.locator("section[aria-labelledby=decision]")).to_contain_text(chosen)

    # Connect: partners for one party, with reasons.
    editor.step("Connect")
    page.locator('main table a[href*="?party="]').first.click()
    expect(page.locator("h1")).to_contain_text("Partners for")
    expect(page.locator("main h2#ranking")).to_be_visible()

    # Fund, and on to the financing check, which a visitor does on a phone.
    editor.step("Fund")
    expect(page.locator("main h2#loans")).to_be_visible()
    check_financing(phone, where)

    # Act: begin from the weakest, add an initiative and an action of it, tell how it stands.
    editor.step("Act")
    expect(page.locator("main")).to_contain_text("Nothing is planned yet")
    begin = page.get_by_role("link", name=re.compile("Plan something for it.*Finance"))
    expect(begin).to_be_visible()  # what the team called weak comes first
    page.get_by_role("link", name="An initiative, to which actions can belong").click()
    page.get_by_label("Name of the initiative").fill(INITIATIVE)
    page.get_by_label("What is it for?").fill("Growers and makers earn on protein from here.")
    page.get_by_label("Who leads it?").fill("Province of the example")
    page.get_by_label("Why this initiative?").fill("Asked for by the growers")
    page.get_by_role("button", name="Keep the initiative").click()
    expect(page.locator("main")).to_contain_text(INITIATIVE)
    begin.click()
    expect(page.get_by_label("What missing condition does it answer?")).to_have_value(
        "element:finance"
    )
    today = datetime.now(UTC).date()
    page.get_by_label("What is to be done?").fill(ACTION)
    page.get_by_label("Belongs to which initiative?").select_option(label=INITIATIVE)
    page.get_by_label("Who does it?").fill(f"the biggest ({site.organisation})")
    page.get_by_label("Role in that organisation").fill("business developer food")
    page.get_by_label("First day").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Last day").fill((today - timedelta(days=60)).isoformat())
    row = page.get_by_role("group", name="Milestone 1")
    row.get_by_label("Milestone", exact=True).fill(MILESTONE)
    row.get_by_label("Day").fill((today + timedelta(days=20)).isoformat())
    page.get_by_label("Why this action?").fill("The canvas names finance")
    editor.complaints.clear()
    page.get_by_role("button", name="Keep the action").click()
    # What cannot be is told, and nothing typed is lost.
    expect(page.get_by_role("alert")).to_contain_text("before the start")
    expect(page.get_by_label("What is to be done?")).to_have_value(ACTION)
    editor.complaints.clear()  # the browser itself notes the form that was answered with 400
    page.get_by_label("Last day").fill((today + timedelta(days=400)).isoformat())
    page.get_by_role("button", name="Keep the action").click()
    expect(page.locator("h1")).to_have_text(ACTION)
    expect(page.locator("main")).to_contain_text(site.name)
    page.get_by_text("Tell how it stands").click()
    page.get_by_label("How does it stand?").select_option("running")
    page.get_by_label("Share done").fill("40")
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("button", name="Tell the status").click()
    expect(page.locator("section[aria-labelledby=status]")).to_contain_text(NOTE)
    editor.step("Act")
    expect(page.locator("svg.k-timeline")).to_contain_text(ACTION)
    editor.explain_a_figure()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Excel workbook")).click()
    book = load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert book["Actions"].cell(2, 2).value == ACTION

    # Tell: the plan holds what was decided and planned, and keeps a sentence of one's own.
    editor.step("Tell")
    story = page.locator("article.k-story")
    for words in (ACTION, INITIATIVE, chosen, site.name, "business developer food"):
        expect(story).to_contain_text(words)
    page.locator("summary", has_text="Edit these sentences").first.click()
    sentence = page.locator("li.k-sentence").first
    sentence.locator("summary", has_text="Write this sentence").click()
    sentence.get_by_label("The sentence").fill(SENTENCE)
    sentence.get_by_role("button", name="Keep this sentence").click()
    expect(page.locator("article.k-story")).to_contain_text(SENTENCE)
    with page.expect_download() as printed:
        page.get_by_role("link", name="This plan as PDF").click()
    read = PdfReader(printed.value.path())
    text = " ".join(" ".join(leaf.extract_text().split()) for leaf in read.pages)
    assert ACTION in text
    assert SENTENCE in text
    assert editor.complaints == []

    rebuild(site, home)
    editor.open(f"/chains/{CHAIN}/choice")
    expect(page.locator("section[aria-labelledby=decision]")).to_contain_text(
        "The evidence was built anew since this decision"
    )
    read_as_visitor(phone, where, site)


def rebuild(site: Site, home: Path) -> None:
    """Rule that two records of the owner are two organisations, and build anew while pages are read."""
    now = datetime.now(UTC)
    # The two of its records that bear one participant number.
    one, other = [key for key in site.source_keys if key.startswith(("he:", "h2020:"))]
    with open_store(home) as store:
        store.record("different", one, other, "Two firms of one name", "a reader", now)
        chains = tuple(read_chain(content.value) for content in store.contents("chain"))
        rulings, fingerprint = store.rulings(), store.fingerprint()
    data = site.home.parent / "data"
    build(data, home, rulings=rulings, rulings_fingerprint=fingerprint, chains=chains, now=now)


def check_financing(phone: BrowserContext, where: str) -> None:
    """Answer the check to its end on a phone: nothing asked twice, nothing kept."""
    page = phone.new_page()
    visitor = Walk(where, page)
    visitor.open(f"/chains/{CHAIN}/funding")
    page.get_by_role("link", name="To the financing check").click()
    expect(page.locator("h1")).to_contain_text("What financing could fit?")
    asked: list[str] = []
    for _ in range(40):
        visitor.fits()
        form = page.locator("section[aria-labelledby=questions] form")
        if form.count() == 0:
            break
        for group in form.locator("fieldset").all():
            asked.append(group.locator("legend").inner_text())
            group.get_by_role("radio").first.check()
        for box in form.locator("input[inputmode=numeric]").all():
            asked.append(str(box.get_attribute("name")))
            box.fill("100000")
        with page.expect_navigation():  # else the next question is read off a page half gone
            form.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("There is nothing left to ask")
    assert len(asked) == len(set(asked)) >= 4
    expect(page.locator("section[aria-labelledby=outcomes] strong").first).to_have_text(
        re.compile("Yes|No|This scheme has ended")
    )
    assert phone.cookies() == []
    assert visitor.complaints == []
    page.close()


def read_as_visitor(phone: BrowserContext, where: str, site: Site) -> None:
    """Read the thread on a phone without signing in: all of it, and nobody's name."""
    page = phone.new_page()
    visitor = Walk(where, page)
    visitor.open(f"/chains/{CHAIN}")
    for name in STEPS:
        visitor.step(name)
        visitor.fits()
        assert page.locator("main form[method=post]").count() == 0, name
        assert WRITER not in page.content(), name
    expect(page.locator("article.k-story")).to_contain_text(SENTENCE)
    for path, words in {
        "canvas": JUDGEMENT,
        "choice": DECISION,
        "programme": NOTE,
    }.items():
        visitor.open(f"/chains/{CHAIN}/{path}")
        expect(page.locator("main")).to_contain_text(words)
        visitor.fits()
    page.get_by_role("link", name=ACTION).first.click()
    expect(page.locator("main")).to_contain_text("business developer food")
    # The action is still its record's, whose organisation goes by another number since the build.
    owner = page.locator('main dl a[href*="/organisations/"]')
    expect(owner).to_have_text(site.name)
    expect(page.locator("footer")).to_contain_text("evidence number 2")
    expect(page.locator("main")).to_contain_text(MILESTONE)
    visitor.fits()
    assert visitor.complaints == []
