"""`keten export`: the tables as CSV, Parquet or JSON lines, with a data dictionary."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from keten.cli.dictionary import LARGE, LEFT_OUT, TABLES, describe
from keten.cli.output import write_json, write_line, write_table
from keten.cli.progress import bars
from keten.cli.session import Session, command
from keten.errors import NotFoundError, UsageError

Batches = Iterator[pa.RecordBatch]
_ROWS = 50_000


@command()
@click.argument("tables", nargs=-1)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), required=True,
              metavar="DIR", help="The folder to write to.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(("csv", "parquet", "jsonl")), default="csv",
              show_default=True, help="Form of the files.")  # fmt: skip
def export(session: Session, tables: tuple[str, ...], into: Path, kind: str) -> None:
    """Write tables of the evidence to files, with a data dictionary beside them.

    \b
    Without names: all but `record`, which holds every source row as found and is large.
    keten export --into out organisation project involvement --format parquet
    """
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise NotFoundError(f"'{unknown[0]}' is no table.", f"Tables: {', '.join(TABLES)}.")
    wanted = list(dict.fromkeys(tables)) or [name for name in TABLES if name not in LARGE]
    written = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        with bars() as tell:
            for done, name in enumerate(wanted):
                tell("export", done / len(wanted))
                written.append(_write(session, name, into, kind))
            tell("export", 1.0)
        _write_dictionary(session, wanted, into / "dictionary.csv")
        _write_about(session, into / "ABOUT.txt")
    except OSError as error:
        raise UsageError(
            f"{into} cannot be written to: {error.strerror}.",
            "Name a folder that is yours to write in, on a disk with room.",
        ) from error
    if session.as_json:
        answer = [{"table": name, "file": file, "rows": rows} for name, file, rows in written]
        write_json(session, "export", {"tables": answer})
        return
    write_table(["table", "file", "rows"], [(n, f, f"{rows:,}") for n, f, rows in written], [2])
    write_line(f"{into / 'dictionary.csv'}")


def _write(session: Session, name: str, into: Path, kind: str) -> tuple[str, str, int]:
    """Write one table; a file that stands there is whole."""
    path = into / f"{name}.{kind}"
    unfinished = path.with_name(path.name + ".part")
    reader = session.evidence.cursor().table(name).to_arrow_reader(_ROWS)
    kept = [field for field in reader.schema if field.name not in LEFT_OUT]
    schema = pa.schema(kept)
    rows = 0

    def batches() -> Batches:
        nonlocal rows
        for batch in reader:
            rows += batch.num_rows
            yield batch.select(schema.names)

    _WRITERS[kind](unfinished, schema, batches())
    unfinished.replace(path)
    return name, path.name, rows


def _write_parquet(path: Path, schema: pa.Schema, batches: Batches) -> None:
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_csv(path: Path, schema: pa.Schema, batches: Batches) -> None:
    # Lists have no form in CSV: they are written as JSON.
    lists = [place for place, field in enumerate(schema) if pa.types.is_list(field.type)]
    plain = schema
    for place in lists:
        plain = plain.set(place, pa.field(schema[place].name, pa.string()))
    with pyarrow.csv.CSVWriter(path, plain) as writer:
        for batch in batches:
            columns = list(batch.columns)
            for place in lists:
                texts = [_as_json(each) for each in columns[place].to_pylist()]
                columns[place] = pa.array(texts, pa.string())
            writer.write_batch(pa.record_batch(columns, schema=plain))


def _write_lines(path: Path, _schema: pa.Schema, batches: Batches) -> None:
    with path.open("w", encoding="utf-8") as file:
        for batch in batches:
            file.writelines(_as_json(row) + "\n" for row in batch.to_pylist())


_WRITERS: dict[str, Callable[[Path, pa.Schema, Batches], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_lines,
}


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _write_dictionary(session: Session, tables: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "column", "type", "english", "dutch"])
        for name in tables:
            about = TABLES[name]
            writer.writerow([name, "", "", about.en, about.nl])
            relation = session.evidence.cursor().table(name)
            for column, kind in zip(relation.columns, relation.types, strict=True):
                if column not in LEFT_OUT:
                    words = describe(name, column)
                    both = (words.en, words.nl) if words else ("", "")
                    writer.writerow([name, column, str(kind), *both])


def _write_about(session: Session, path: Path) -> None:
    """Say what the export was made of, and under which licences it may be used."""
    from keten.atlas.answers import show_sources

    evidence = session.evidence
    lines = [f"Evidence {evidence.number}, {evidence.built_at:%Y-%m-%d}, {evidence.fingerprint}"]
    if evidence.is_invented:
        lines.append("Everything here is invented. / Alles hier is verzonnen.")
    for view in show_sources(evidence.cursor()):
        card = view.card
        lines += ["", card.title.en, card.attribution, f"{card.licence} {card.licence_address}"]
        lines += [text.en for text in card.caveats.values()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
