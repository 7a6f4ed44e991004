"""Writes a workbook in the form of Excel from before 2007: one sheet of texts and numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_old_workbook(
    path: Path, sheet: str, rows: Sequence[Sequence[str | float | None]]
) -> None:
    """Write the workbook as a compound file with the one stream that holds its records."""
    name = sheet.encode("latin-1")
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    globals_end = _record(0x000A, b"")
    bound = _record(0x0085, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name)
    offset = len(begin) + len(bound) + len(globals_end)
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)
    stream = begin + bound + globals_end
    stream += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, str) and cell:
                text = cell.encode("utf-16-le")
                stream += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + text)
            elif isinstance(cell, int | float):
                stream += _record(0x0203, place + struct.pack("<d", cell))
    stream += _record(0x000A, b"")
    path.write_bytes(_compound(stream.ljust(4096, b"\0")))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """Wrap a stream: a header, its allocation table, its directory, and the stream itself."""
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    sectors = len(stream) // SECTOR
    table = [_FAT, _END, *(at + 3 for at in range(sectors - 1)), _END]
    assert len(table) <= SECTOR // 4, "one sector of the table is enough for tests"
    table += [_FREE] * (SECTOR // 4 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    header += struct.pack("<IIIII", 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + struct.pack("<128I", *table) + directory.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
