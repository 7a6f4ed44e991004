"""`keten get`: fetches the publishers' files from their official addresses."""

from pathlib import Path

import click

from keten.cli.output import write_json, write_line, write_table
from keten.cli.progress import bars
from keten.cli.session import Session, command, now
from keten.sources.fetch import Origin, Patience, list_downloads
from keten.sources.fetch import get as fetch

FOLDERS = {"cordis": ("cordis", "cordis"), "nuts": ("geography", "geo")}


@command()
@click.argument("source", type=click.Choice(tuple(FOLDERS)))
def get(session: Session, source: str) -> None:
    """Fetch the files of a source: cordis (EU projects) or nuts (regions).

    What is at hand and unchanged is not fetched again; a broken download goes on where it stopped.
    """
    origins = run_get(session, source, session.settings.data or Path("data"))
    if session.as_json:
        write_json(session, source, {"files": origins}, needs_evidence=False)
        return
    write_table(
        ["file", "bytes", "sha256"],
        [(each.name, f"{each.bytes:,}", each.sha256) for each in origins],
        [1],
    )


def run_get(
    session: Session, source: str, data: Path, patience: Patience | None = None
) -> tuple[Origin, ...]:
    """Fetch a source into its folder below `data`, with its licence shown first."""
    name, folder = FOLDERS[source]
    if not session.as_json:
        for licence, address in dict.fromkeys(
            (each.licence, each.licence_address) for each in list_downloads(name)
        ):
            write_line(f"{source}: {licence} ({address})")
    with bars() as tell:
        return fetch(
            name,
            data / folder,
            now().isoformat(timespec="seconds"),
            lambda file, done, total: tell(file, done / total if total else 0.0),
            patience=patience,
        )
