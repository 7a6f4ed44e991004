"""One visit to a page: what was asked, in which language, on which evidence."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import duckdb
from fastapi import Depends, Request

from keten.evidence import Evidence, Shelf
from keten.settings import Settings
from keten.web.address import Addresses
from keten.web.assets import Assets
from keten.web.judgements import Judgements
from keten.web.kept import Kept
from keten.web.language import LANGUAGES, Words, words_in
from keten.web.template import Templates


@dataclass(frozen=True, slots=True)
class House:
    """What all visits share."""

    settings: Settings
    shelf: Shelf
    assets: Assets
    templates: Templates
    judgements: Judgements
    kept: Kept
    # Threads that stay: each holds its own cursors, and making those anew costs more than a page.
    pool: ThreadPoolExecutor
    digest: str  # changes with the code of the pages, their words and their looks


class Visit:
    """One request; opens what it needs when it is first asked for, in the thread that asks."""

    def __init__(self, request: Request) -> None:
        self.house: House = request.app.state.house
        self.request = request
        self.path: str = request.scope["path"]
        self.query: str = request.scope["query_string"].decode("latin-1")
        first = self.path.split("/", 2)[1] if self.path.startswith("/") else ""
        self.language = first if first in LANGUAGES else self.house.settings.language
        accept = request.headers.get("accept", "")
        self.wants_json = bool(request.scope["state"].get("json")) or (
            "application/json" in accept and "text/html" not in accept
        )
        self.addresses = Addresses(self.language)

    @property
    def settings(self) -> Settings:
        """The settings of this installation."""
        return self.house.settings

    @property
    def words(self) -> Words:
        """Say a msgid in the visitor's language."""
        return words_in(self.language)

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence in force; raises EvidenceError when there is none."""
        return self.house.shelf.evidence()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor on the evidence."""
        return self.evidence.cursor()

    @property
    def index(self) -> sqlite3.Connection:
        """This thread's connection to the index of words."""
        return self.evidence.index()

    def asked(self, name: str) -> str:
        """Give a part of the query, or nothing."""
        return self.request.query_params.get(name, "")


async def _visit(request: Request) -> Visit:
    return Visit(request)


Visiting = Annotated[Visit, Depends(_visit)]
