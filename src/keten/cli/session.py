"""What every command needs: settings, language, the evidence in force, the people's workspace."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keten.cli.words import Words
from keten.errors import SettingsError
from keten.evidence import Evidence, latest
from keten.settings import LANGUAGES, Settings, read_settings

if TYPE_CHECKING:
    from keten.workspace import Store


@dataclass
class Session:
    """One run of one command."""

    settings: Settings
    as_json: bool = False

    @property
    def language(self) -> str:
        """The language of labels."""
        return self.settings.language

    @cached_property
    def words(self) -> Words:
        """Say a label in the language asked for."""
        return Words(self.language)

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence in force; raises EvidenceError when there is none."""
        return latest(self.settings.home)

    def open_store(self) -> Store:
        """Open the workspace."""
        from keten.workspace import open_store  # only some commands need it, and it loads slowly

        return open_store(self.settings.home, self.settings.workspace)

    @property
    def data(self) -> Path:
        """The folder of the publishers' files: as set, else `data` here.

        Raises: SettingsError when there is none.
        """
        folder = self.settings.data or Path("data")
        if not folder.is_dir():
            what = f"{folder} is no folder" if self.settings.data else "No data folder is known"
            raise SettingsError(
                f"{what}.",
                "Name one with --data or KETEN_DATA, fetch the data with `keten get cordis` and "
                "`keten get nuts`, or invent a region with `keten sample`.",
            )
        return folder


def now() -> datetime:
    """Give the present moment: faces read the clock, the rooms below are told."""
    return datetime.now(UTC)


def command(*, with_json: bool = True, **fixed: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a command that takes a session first, and the options all commands share."""

    def make(function: Callable[..., Any]) -> click.Command:
        @functools.wraps(function)
        def run(home: Path | None, data: Path | None, lang: str | None, **asked: Any) -> Any:
            as_json = bool(asked.pop("as_json", False))
            given: dict[str, Any] = {"home": home, "data": data, "language": lang}
            for name in ("host", "port", "workers"):
                given |= {name: asked.pop(name)} if name in asked else {}
            return function(Session(read_settings(**given), as_json), **asked)

        shared: list[Callable[[Any], Any]] = [
            click.option("--home", type=click.Path(path_type=Path), metavar="DIR",
                         help="Where evidence and workspace live. [default: var]"),
            click.option("--data", type=click.Path(path_type=Path), metavar="DIR",
                         help="Where the publishers' files lie. [default: data]"),
            click.option("--lang", type=click.Choice(LANGUAGES), help="Language of labels."),
        ]  # fmt: skip
        if with_json:
            shared.append(click.option("--json", "as_json", is_flag=True,
                                       help="Write JSON, in the shape of the web's."))  # fmt: skip
        decorated: Callable[..., Any] = run
        for option in reversed(shared):
            decorated = option(decorated)
        made: click.Command = click.command(**fixed)(decorated)
        return made

    return make
