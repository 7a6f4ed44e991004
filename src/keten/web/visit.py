"""One visit to a page: what was asked, in which language, on which evidence."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated

import duckdb
from fastapi import Depends, Request

from keten.errors import WorkspaceError
from keten.evidence import Evidence, Shelf
from keten.settings import Settings
from keten.web.address import Addresses
from keten.web.assets import Assets
from keten.web.fields import Fields
from keten.web.judgements import Judgements
from keten.web.kept import Kept
from keten.web.language import LANGUAGES, Words, words_in
from keten.web.origin import cookie_name, page_before
from keten.web.quiet import Quiet
from keten.web.template import Templates
from keten.workspace import Person, Store
from keten.workspace.tokens import mask_secret

_LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class House:
    """What all visits share."""

    settings: Settings
    shelf: Shelf
    assets: Assets
    templates: Templates
    judgements: Judgements
    kept: Kept
    quiet: Quiet
    # Threads that stay: each holds its own cursors, and making those anew costs more than a page.
    pool: ThreadPoolExecutor
    digest: str  # changes with the code of the pages, their words and their looks
    clock: Callable[[], datetime]


class Visit:
    """One request; opens what it needs when it is first asked for, in the thread that asks."""

    def __init__(self, request: Request) -> None:
        self.house: House = request.app.state.house
        self.house.quiet.stir()
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
        self.form = Fields()  # filled where a form was sent
        # Set by who reads a chain for a page: its figures follow an earlier definition.
        self.chain_is_stale = False

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

    @property
    def address(self) -> str:
        """The address that was asked for, with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def page_address(self) -> str:
        """The address of the page that a visitor is on: asked for, or with the form they sent."""
        return self.address if self.reads else page_before(self.request.headers)

    @property
    def reads(self) -> bool:
        """Say whether something is asked for, not sent."""
        return bool(self.request.scope["state"].get("reads", True))

    @cached_property
    def now(self) -> datetime:
        """The moment of this visit."""
        return self.house.clock()

    @property
    def token(self) -> str:
        """The token of a session that the browser brought, or nothing."""
        token = self.request.cookies.get(cookie_name(self.settings), "")
        return token if len(token) <= _LONGEST_TOKEN else ""

    @cached_property
    def person(self) -> Person | None:
        """Who is signed in; nobody is looked up for a browser that brings no token."""
        store = self.house.judgements.reading() if self.token else None
        try:
            return store.sessions.find(self.token, self.now) if store else None
        except WorkspaceError:
            return None  # a page for all can still be shown

    @property
    def csrf(self) -> str:
        """What every form of this session carries; nothing for who is not signed in."""
        return mask_secret(self.token) if self.person else ""

    @cached_property
    def store(self) -> Store:
        """The workspace to write in, made where there is none; who is signed in signs what is written.

        Raises: WorkspaceError when it cannot be opened.
        """
        store = self.house.judgements.writing()
        return store.signed_by(self.person) if self.person else store

    @property
    def store_to_read(self) -> Store | None:
        """The workspace to read in, None where nobody has written anything yet."""
        return self.house.judgements.reading()

    @property
    def client(self) -> str:
        """The address of the browser."""
        return self.request.client.host if self.request.client else ""

    def asked(self, name: str) -> str:
        """Give a part of the query, or nothing."""
        return self.request.query_params.get(name, "")


async def _visit(request: Request) -> Visit:
    return Visit(request)


Visiting = Annotated[Visit, Depends(_visit)]
