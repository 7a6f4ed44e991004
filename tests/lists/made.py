"""Sheets as people make them, as bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook


def text(lines: Sequence[Sequence[object]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    into = io.StringIO()
    csv.writer(into, delimiter=delimiter).writerows(lines)
    return into.getvalue().encode(encoding)


def workbook(
    sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[tuple[str, str]] = ()
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for at, line in enumerate(lines, 1):
            for place, value in enumerate(line, 1):
                page.cell(at, place, value)  # type: ignore[arg-type]
    for name, cells in merged:
        book[name].merge_cells(cells)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def open_document(lines: Sequence[Sequence[object]]) -> bytes:
    """Give a sheet as OpenDocument writes one."""

    def cell(value: object) -> str:
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    rows = "".join(
        f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Blad1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as package:
        package.writestr("mimetype", _ODS)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return into.getvalue()
