"""Reads spreadsheets in the form of Excel from before 2007 (.xls), one sheet of each."""

from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from keten.errors import SourceError
from keten.sources.workbook import SheetLayout, WorkSheet, read_grid


def read_old_workbook(folder: Path, member: str, layout: SheetLayout, index: int) -> WorkSheet:
    """Read the sheet of a workbook that a layout names; the file bears the member's name.

    Raises: SourceError when the file is no such workbook, or lacks the sheet or a heading.
    """
    path = folder / member
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if layout.name not in names:
            raise SourceError(
                f"{path} has no sheet '{layout.name}'; its sheets are: {', '.join(names)}.",
                "Check that it is the publisher's workbook as delivered, or download it again.",
            )
        cells = book.get_sheet_by_name(layout.name).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as damage:
        raise SourceError(
            f"{path} cannot be read as a workbook: {damage}.",
            "Download it again from the publisher.",
        ) from damage
    grid = [tuple(row) for row in cells]
    return read_grid(path, index, layout, grid, name=member, encoding="xls")
