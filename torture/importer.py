"""Imports a sheet as a list, and says when it begins to write: for a test that kills it meanwhile."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from keten.evidence import latest
from keten.lists.preview import Asked, preview
from keten.lists.read import read_book
from keten.lists.records import import_list
from keten.workspace import open_store

evidence, home, sheet = (Path(word) for word in sys.argv[1:4])
con = latest(evidence, threads=1).cursor()
with open_store(home) as store:
    book = read_book(sheet.read_bytes(), sheet.name)
    found = preview(con, store, book, Asked("killed", home="QN"), reader="A")
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    import_list(store, found, "Killed", "Tried.", "A", datetime.now(UTC))
    sys.stdout.write("written\n")
