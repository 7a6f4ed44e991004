"""The plain files as tables: CSV and Excel hold everything, run nothing, and give the same back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from keten.errors import WorkspaceError
from keten.workspace import open_store
from keten.workspace.sheets import RUNS, SHEET_FORMS, read_sheet, write_sheet
from keten.workspace.store import Store
from tests.workspace.test_plain import NOON, TEXTS, VALUES, WORDS, files_of, fill

HOSTILE = st.sampled_from(
    ["=1+1", "'=1", "'", "@x", "-5", "+31 6", "\t=1", "\r\n", "NaN", "1.0", '"', "true", "_x0041_",
     " » 2", "x" * 70_000, "9" * 5_000, "\x00", "\ufffe", "a\nb\n"]
)  # fmt: skip
FIELDS = st.dictionaries(TEXTS | WORDS | HOSTILE, VALUES | HOSTILE, max_size=5)


@pytest.mark.parametrize("form", SHEET_FORMS)
@given(st.lists(FIELDS | VALUES | HOSTILE, max_size=4))
@settings(max_examples=40, deadline=None)
def test_whatever_a_line_holds_comes_back(form: str, values: list[Any]) -> None:
    entries = [{"number": n, "reason": "why", "value": v} for n, v in enumerate(values, 1)]
    entries = [{k: v for k, v in entry.items() if v is not None} for entry in entries]
    content = write_sheet(entries, form)
    found = read_sheet(content, form, "x")
    assert json.dumps(found, sort_keys=True) == json.dumps(entries, sort_keys=True)
    assert write_sheet(found, form) == content


@pytest.mark.parametrize("form", SHEET_FORMS)
def test_exported_loaded_and_exported_it_is_the_same(
    store: Store, other_address: str, tmp_path: Path, form: str
) -> None:
    ann, _ = fill(store)
    first, second, yaml = tmp_path / "first", tmp_path / "second", tmp_path / "yaml"
    told = store.files.write(first, with_private=True, form=form)
    assert (first / "lines" / f"listed.{form}").is_file()
    assert all(name.endswith((form, "workspace.yaml")) for name in told.files)
    with open_store(Path(), other_address) as other:
        loaded = other.files.load(first, with_private=True)
        assert (loaded.lines, loaded.conflicts) == (18, ())
        assert other.judgements(reader=ann) == store.judgements(reader=ann)
        other.files.write(second, with_private=True, form=form)
        assert files_of(second) == files_of(first)
        assert other.files.load(first, with_private=True).lines == 0
        # Written in another form to the same place, nothing of the first is left.
        other.files.write(first, with_private=True)
        store.files.write(yaml, with_private=True)
        assert files_of(first) == files_of(yaml)


def test_no_cell_can_run(store: Store, tmp_path: Path) -> None:
    for text in ("=1+1", "@sum(a1)", "+x", "-x", "\t=1"):
        store.record(
            "remark", "he:1", text, text, text, NOON, value={"cell": text, "cells": [text]}
        )
    store.files.write(tmp_path / "c", form="csv")
    store.files.write(tmp_path / "x", form="xlsx")
    text = (tmp_path / "c" / "lines" / "remark.csv").read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(RUNS)]
    page = load_workbook(tmp_path / "x" / "lines" / "remark.xlsx").worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(tmp_path / "x" / "lines" / "remark.xlsx") as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_what_a_spreadsheet_saved_again_is_read(store: Store, tmp_path: Path) -> None:
    fill(store)
    folder = tmp_path / "c"
    store.files.write(folder, form="csv")
    path = folder / "lines" / "listed.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    into = io.StringIO(newline="")
    csv.writer(into, delimiter=";").writerows(rows)
    path.write_text(into.getvalue(), "utf-8")
    assert store.files.load(folder).conflicts == ()


def test_what_is_no_table_is_told(store: Store, tmp_path: Path) -> None:
    fill(store)
    folder = tmp_path / "x"
    store.files.write(folder, form="xlsx")
    (folder / "lines" / "listed.xlsx").write_bytes(b"no workbook")
    with pytest.raises(WorkspaceError, match="no table"):
        store.files.load(folder)
    with pytest.raises(WorkspaceError, match="no form"):
        store.files.write(folder, form="odt")
