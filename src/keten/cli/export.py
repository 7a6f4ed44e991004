"""`keten export`: the tables as CSV, Parquet or JSON lines, with a data dictionary."""

from pathlib import Path

import click

from keten.atlas.export import FORMATS
from keten.atlas.export import export as export_tables
from keten.cli.output import write_json, write_line, write_table
from keten.cli.progress import bars
from keten.cli.session import Session, command


@command()
@click.argument("tables", nargs=-1)
@click.option("--into", type=click.Path(path_type=Path), required=True, metavar="DIR",
              help="The folder to write to.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(tuple(FORMATS)), default="csv",
              show_default=True, help="Form of the files.")  # fmt: skip
@click.option("--for-excel", is_flag=True,
              help="CSV that a spreadsheet opens well; text that would run is made harmless.")  # fmt: skip
def export(
    session: Session, tables: tuple[str, ...], into: Path, kind: str, for_excel: bool
) -> None:
    """Write tables of the evidence to files, with a data dictionary beside them.

    \b
    Without names: all but the very large ones, such as `record`: every source row as found.
    keten export --into out organisation project involvement --format parquet
    """
    evidence = session.evidence
    about = {
        "number": str(evidence.number),
        "built_at": evidence.built_at.isoformat(),
        "fingerprint": evidence.fingerprint,
        "invented": str(evidence.is_invented).lower(),
    }
    with bars() as tell:
        written = export_tables(
            evidence.cursor(),
            into,
            kind,
            tables,
            for_excel=for_excel,
            about=about,
            progress=lambda _table, done, total: tell("export", done / total if total else 1.0),
        )
    if session.as_json:
        answer = [
            {
                "table": each.table,
                "file": each.path.name,
                "rows": each.rows,
                "size_bytes": each.size_bytes,
                "sha256": each.sha256,
            }
            for each in written
        ]
        write_json(session, "export", {"tables": answer})
        return
    write_table(
        ["table", "file", "rows"],
        [(each.table, each.path.name, f"{each.rows:,}") for each in written],
        [2],
    )
    write_line(str(into / "dictionary.csv"))
    if evidence.is_invented:
        write_line(session.words("Everything here is invented."), "bold")
