"""`keten demo`: from nothing to pages, with real data where they can be had."""

import contextlib
import os
from pathlib import Path

import click

from keten.cli.build import run_build, write_report
from keten.cli.get import run_get
from keten.cli.load import keep_examples
from keten.cli.output import write_line
from keten.cli.progress import bars
from keten.cli.serve import run_server
from keten.cli.session import Session, command, now
from keten.errors import FetchError, SettingsError
from keten.sources import cordis
from keten.sources.fetch import Patience
from keten.sources.invented import MARKER, write_region

ORGANISATIONS, SEED = 2000, 1
_HERE = Path("data")
_PATIENCE = Patience(connect_s=5.0, tries=2)  # who wants to see a demo does not wait for long


@command(with_json=False)
@click.option("--host", help="The address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=int, help="The port to listen on. [default: 8321]")
@click.option("--workers", type=int, help="How many processes answer. [default: 1]")
@click.option("--invented", is_flag=True,
              help="Use the invented region, whatever else is at hand.")  # fmt: skip
def demo(session: Session, invented: bool) -> None:
    """Build a region and show it in a browser.

    Builds from the data folder if there is one; else fetches the publishers' files; with no network
    either it invents a region and says so on every page. KETEN_DEMO=invented forces the last.
    """
    data = _find_data(session, invented)
    with session.open_store() as store:
        keep_examples(store, now(), is_invented=(data / MARKER).exists())
    write_report(session, run_build(session, data))
    run_server(session)


def _find_data(session: Session, invented: bool) -> Path:
    choice = os.environ.get("KETEN_DEMO", "")
    if choice not in ("", "invented"):
        raise SettingsError(f"KETEN_DEMO is '{choice}'.", "Set it to invented, or leave it unset.")
    if invented or choice == "invented":
        return _invent(session)
    for folder in dict.fromkeys((session.settings.data or _HERE, _HERE)):
        if folder.is_dir() and cordis.find(folder):
            write_line(f"Building from {folder}.")
            return folder
    return _fetch(session) or _invent(session)


def _fetch(session: Session) -> Path | None:
    """Fetch the publishers' files; None where they cannot be had."""
    write_line(f"No data are at hand: fetching the publishers' files (some 60 MB) into {_HERE}.")
    try:
        for source in ("cordis", "nuts"):
            run_get(session, source, _HERE, _PATIENCE)
    except FetchError as error:
        write_line(error.what)
        write_line("That did not work, so a region is invented instead; every page says so.")
        # Empty folders would pass for data the next time.
        for folder in (*sorted(_HERE.glob("*")), _HERE):
            with contextlib.suppress(OSError):
                folder.rmdir()
        return None
    return _HERE


def _invent(session: Session) -> Path:
    folder = session.settings.home / "invented"
    command_line = f"keten sample --organisations {ORGANISATIONS} --seed {SEED}"
    mark = folder / MARKER
    is_whole = mark.exists() and (folder / "cordis" / "cordis-HORIZONprojects-csv.zip").exists()
    if is_whole and command_line in mark.read_text(encoding="utf-8"):
        write_line(f"Building from the invented region in {folder}.")
        return folder
    write_line(f"Inventing a region in {folder}.")
    with bars() as tell:
        write_region(folder, ORGANISATIONS, SEED, tell)
    return folder
