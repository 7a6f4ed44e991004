"""Ten thousand rows that mean harm: none is lost, none is run, none becomes part of a page."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.lists.added import added_to_preview
from keten.lists.answers import show_list
from keten.lists.give_back import give_back, write_list
from keten.lists.held import IMPORT, read_held
from keten.lists.preview import Asked, preview
from keten.lists.read import read_book
from keten.lists.records import import_list
from keten.lists.usable import find_usable
from keten.lists.views import is_stored
from keten.pipeline import build
from keten.settings import Settings
from keten.sources.invented import write_region
from keten.web import create_app
from keten.workspace import open_store
from tests.web.people import sign_in

ROWS = 10_000
RISKY = ("=", "+", "-", "@", "\t", "\r")
HARM = (
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\";\"y\")", "+1+1", "-2+3", "@SUM(A1)",
    "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "'=1+1", "=IMPORTXML(\"http://x\";\"//a\")", "%3D1+1",
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7007*7 }}", "{% raw %}",
    "${7007*7}", "'; drop table judgement; --", "\\\"; select 1", "../../etc/passwd", "file:///etc/passwd",
    "javascript:alert(1)", "\u202egnp.exe", "a\u0000b", "\ufeffBOM", "\u200b", "é" * 300, "A" * 5_000,
    "1e999", "-0", "NaN", "999999999999999999999", "2026-13-45", "𝕏" * 20, "\ud7ff", "line\nbreak",
    "tab\tinside", "semi;colon", 'quo"te', "None", "null", "own:0123456789ab", "list:x", "%s%n%d",
)  # fmt: skip


def make_rows(dice: random.Random) -> list[list[str]]:
    rows = []
    for number in range(ROWS):
        harm = dice.choice(HARM)
        # Harm in front, in the middle, or in another cell; each name stays one of its own.
        name = dice.choice([f"{harm} {number}", f"Firm {number} {harm}", f"Firm {number}"])
        city, site, other = (dice.choice([dice.choice(HARM), "Haren", ""]) for _ in range(3))
        rows.append([name, city, site, other])
    return rows


def test_ten_thousand_rows_that_mean_harm(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    home = tmp_path / "home"
    write_region(tmp_path / "data", organisations=40, seed=6)
    build(tmp_path / "data", home, rulings=(), rulings_fingerprint="none", now=now)
    rows = make_rows(random.Random(20261122))
    into = io.StringIO()
    csv.writer(into, delimiter=";").writerows([["Naam", "Plaats", "Website", "Opmerking"], *rows])
    content = into.getvalue().encode("utf-8", "surrogatepass")
    con = latest(home, threads=1).cursor()
    with open_store(home) as store:
        book = read_book(content, "harm.csv")
        found = preview(con, store, book, Asked("harm", home="QN"), reader="A")
        # Every row of the sheet is told: as a row that is kept, or as one that is not, and why.
        assert len(found.rows) + len(found.passed) == ROWS
        lines = [row.row.line for row in found.rows] + [each.line for each in found.passed]
        assert len(set(lines)) == ROWS
        kept = [row for row in found.rows if is_stored(row)]
        assert len(kept) > 0.9 * ROWS
        done = import_list(
            store, found, "Harm", "Tried.", "A", now, visibility="everybody", reader="A"
        )
        assert done.added == len(kept)
        assert len(read_held(store, "harm", "A")) == len(kept)
        again = preview(con, store, book, Asked("harm", home="QN"), reader="A")
        told = import_list(store, again, "Harm", "Again.", "A", now, reader="A")
        assert told.batch is None, (told.added, told.changed)
        known = find_usable(con, (row.chosen for row in found.rows))
        back, ending = give_back(content, book, found, added_to_preview(found, known, "en"), "en")
        assert ending == ".csv"
        assert_harmless_text(back.decode("utf-8-sig", "replace"))
        view = show_list(con, store, "harm", reader="A")
        assert_harmless_workbook(write_list(view, "en"), len(kept))
        # A sheet that comes back brings its apostrophes: they change nothing either.
        returned = preview(
            con, store, read_book(back, "back.csv"), Asked("harm", home="QN"), reader="A"
        )
        changed = [row for row in returned.rows if is_stored(row) and row.change == "changed"]
        print(
            f"{len(kept)} kept, {len(found.passed)} passed over, {len(changed)} read otherwise back"
        )
        assert len(returned.rows) >= len(kept)
        batch = store.batches(IMPORT, reader="A")[0]
        store.undo_batch(batch.number, "Tried.", "A", now)
        assert read_held(store, "harm", "A") == {}
        store.undo_batch(store.batches(reader="A")[-1].number, "Back.", "A", now)
    with TestClient(
        create_app(Settings(home=home, home_country="QN")), follow_redirects=False
    ) as client:
        editor = sign_in(client, home)
        for address in ("/en/lists/harm", "/nl/lists/harm", "/en/lists/harm?page=3", "/en/history"):
            page = editor.get(address)
            assert page.status_code == 200
            for harm in ("<script>alert", "<img src=x", "49049", "drop table</script"):
                assert harm not in page.text, (address, harm)


def assert_harmless_text(text: str) -> None:
    for line in csv.reader(io.StringIO(text), delimiter=";"):
        for cell in line:
            is_number = cell.lstrip("+-").replace(",", "").replace(".", "").isdigit()
            assert not cell.startswith(RISKY) or is_number, cell[:40]


def assert_harmless_workbook(content: bytes, rows: int) -> None:
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert page.max_row >= rows
    for line in page.iter_rows():
        for cell in line:
            assert cell.data_type != "f", cell.coordinate
