"""`keten sample`: invents a region, in the layout of the genuine files."""

from pathlib import Path

import click

from keten.cli.output import write_json, write_line
from keten.cli.progress import bars
from keten.cli.session import Session, command
from keten.sources.invented import write_region


@command()
@click.option("--organisations", type=int, default=2000, show_default=True, metavar="N",
              help="How many organisations.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, metavar="S",
              help="The same number gives the same region, byte for byte.")  # fmt: skip
@click.option("--into", type=click.Path(path_type=Path), required=True, metavar="DIR",
              help="A new or empty folder.")  # fmt: skip
def sample(session: Session, organisations: int, seed: int, into: Path) -> None:
    """Invent a region: countries, organisations and projects that do not exist.

    \b
    keten sample --into invented && keten build --data invented
    """
    with bars() as tell:
        written = write_region(into, organisations, seed, tell)
    if session.as_json:
        answer = {
            "folder": str(written.folder),
            "organisations": written.organisations,
            "projects": written.projects,
            "participations": written.participations,
            "seed": seed,
        }
        write_json(session, "sample", answer, needs_evidence=False)
        return
    write_line(
        f"{written.folder}: {written.organisations:,} invented organisations, "
        f"{written.projects:,} projects, {written.participations:,} participations."
    )
    write_line(f"Next: keten build --data {into}")
