"""Files as people have them: certificates, staff lists and lists of past training."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections.abc import Sequence
from datetime import date

from preceptor.foundation.files import HeldFile, hold

from .spans import at

Cell = str | int | date | None


def certificate(name: str, what: str, on: date, *, photo: bool, today: date) -> HeldFile:
    """A certificate, held as if it had just been sent: a PDF, or a photo of one."""
    content = _photo(f"{name} {what}") if photo else _pdf([name, what, f"Completed on {on:%-d %B %Y}"])
    return hold(content, "certificate.png" if photo else f"{what.lower().replace(' ', '-')}.pdf", at(today))


def as_csv(lines: Sequence[Sequence[Cell]]) -> bytes:
    """A table as a spreadsheet program saves it as CSV: with its mark in front, days as people write them."""
    text = io.StringIO()
    csv.writer(text).writerows([[_written(cell) for cell in line] for line in lines])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(lines: Sequence[Sequence[Cell]], sheet: str) -> bytes:
    """A table as an Excel workbook, with real dates."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    page.write_datetime(number, column, at(cell, 0).replace(tzinfo=None), days)
                elif cell is not None:
                    page.write(number, column, cell)
    return content.getvalue()


def _written(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)


def _pdf(lines: Sequence[str]) -> bytes:
    """One page with a few lines on it."""
    drawn = "".join(f"1 0 0 1 60 {300 - 60 * number} Tm ({_escaped(line)}) Tj " for number, line in enumerate(lines))
    stream = f"1 w 24 24 547 372 re S BT /F1 26 Tf {drawn}ET".encode("latin-1", "replace")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 420]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _photo(seed: str, width: int = 320, height: int = 226) -> bytes:
    """A picture of a framed sheet with lines of writing on it, a little different for each seed."""
    lengths = [90 + (zlib.crc32(f"{seed} {number}".encode()) % 150) for number in range(6)]
    rows = []
    for y in range(height):
        line, within = divmod(y - 50, 26)
        writing = range(36, 36 + lengths[line]) if 0 <= line < 6 and 0 <= within < 7 else range(0)
        edge = y in range(12, 16) or y in range(height - 16, height - 12)
        row = bytearray(b"\xf4" * width)
        for x in range(width):
            if x in writing:
                row[x] = 0x58
            elif 12 <= x < width - 12 and 12 <= y < height - 12 and (edge or x < 16 or x >= width - 16):
                row[x] = 0x8C
        rows.append(b"\x00" + bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
