"""My lists in a real browser: a messy sheet goes in, is chosen from, comes out, and is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from keten.evidence import latest
from tests.browser.test_access import AXE
from tests.browser.test_sign_in import join, look
from tests.lists.made import workbook
from tests.web.site import Site

pytestmark = pytest.mark.browser


def make_sheet(site: Site, path: Path) -> Path:
    rows = (
        latest(site.home, threads=1)
        .cursor()
        .execute(
            "select name, city from source_organisation where country = 'QN' and name is not null "
            "order by hash(source_key) limit 60"
        )
        .fetchall()
    )
    lines: list[list[object]] = [
        ["Ledenlijst"],
        [],
        ["Bedrijfsnaam", "Plaats", "KvK", "Contactpersoon"],
    ]
    # Half a name resembles somebody, and is too little to be sure.
    lines += [
        [name if n % 3 else " ".join(name.split()[:2]), city if n % 2 else None, None, "x"]
        for n, (name, city) in enumerate(rows)
    ]
    lines += [
        ["Niemand hier", "Haren", "12", None],
        [None, "Haren", None, None],
        ["Totaal", None, 60],
    ]
    path.write_bytes(workbook({"Leden": lines, "Uitleg": [["niets"]]}))
    return path


@pytest.mark.parametrize(
    ("width", "language", "scheme"), [(320, "nl", "dark"), (1600, "en", "light")]
)
def test_a_list_goes_in_and_comes_out(
    browser: Browser,
    address: str,
    site: Site,
    tmp_path: Path,
    width: int,
    language: str,
    scheme: Any,
) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `make setup-dev` installs it", pytrace=False)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    join(page, address, site, f"Lister{width}")
    found = look(page, f"{address}/{language}/lists")
    page.locator("#f-name").fill(f"Members {width}")
    page.locator("#f-file").set_input_files(make_sheet(site, tmp_path / "leden.xlsx"))
    page.locator("#f-file").press("Enter")
    page.locator("main form button[type=submit]").last.press("Enter")
    expect(page.locator("#import")).to_be_visible(timeout=30_000)
    found += look(page, "")
    for each in page.locator("details").all():
        if each.get_attribute("open") is None:
            each.locator("summary").press("Enter")
    found += look(page, "")
    choices = page.locator("select[name^=choice-]")
    assert choices.count() >= 3
    for n in range(3):
        choices.nth(n).select_option(index=1)
    page.locator("#import button[type=submit]").press("Enter")
    expect(page.locator("h1")).to_have_text(f"Members {width}")
    expect(page.locator("#rows")).to_be_visible()
    found += look(page, "")
    undo = page.locator("section[aria-labelledby=imports] button")
    undo.press("Enter")
    expect(page.locator("#rows")).to_have_count(0)
    found += look(page, "")
    undo.press("Enter")
    expect(page.locator("#rows")).to_be_visible()
    found += look(page, f"{address}/{language}/lists")
    context.close()
    assert found == []
