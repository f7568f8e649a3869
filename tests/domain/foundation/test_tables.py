"""Files as people send them: CSV however it was saved, workbooks, and what is neither."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from preceptor.foundation import tables
from preceptor.foundation.cells import Line, Sheet
from preceptor.foundation.tables import NotATableError, read_sheets

ROWS = (Line(1, ("Name", "Note")), Line(2, ("Zoë", "a, b")))


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "dd/mm/yyyy"})
    for title, lines in sheets.items():
        sheet = book.add_worksheet(title)
        for number, cells in enumerate(lines):
            for index, cell in enumerate(cells):
                sheet.write(number, index, cell)
    book.close()
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        'Name,Note\nZoë,"a, b"\n'.encode(),
        'Name,Note\nZoë,"a, b"\n'.encode("utf-8-sig"),
        'Name,Note\r\nZoë,"a, b"\r\n'.encode("cp1252"),
        "Name;Note\nZoë;a, b".encode(),
        "Name\tNote\r\nZoë\ta, b\r\n".encode("utf-16"),
    ],
)
def test_a_csv_file_is_read_however_it_was_saved(content: bytes) -> None:
    assert read_sheets("staff.csv", content) == (Sheet("", ROWS),)


def test_blank_lines_are_left_out_and_lines_keep_their_numbers() -> None:
    (sheet,) = read_sheets("staff.csv", b'Name,Note\n\n,\nAnn,"two\nlines"\nBo,\n')

    assert [(line.number, line.values) for line in sheet.lines] == [
        (1, ("Name", "Note")),
        (4, ("Ann", "two\nlines")),
        (6, ("Bo", None)),
    ]


def test_a_workbook_gives_every_sheet_with_something_in_it() -> None:
    content = workbook(
        {
            "Staff": [["Name", "Start", "Hours"], [], ["Ann", datetime(2024, 2, 1), 37.5]],  # noqa: DTZ001 - no zones
            "Empty": [],
        }
    )

    (sheet,) = read_sheets("staff.xlsx", content)

    assert sheet == Sheet("Staff", (Line(1, ("Name", "Start", "Hours")), Line(3, ("Ann", date(2024, 2, 1), 37.5))))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "“staff” is empty"),
        (b" \n ", "“staff” is empty"),
        (b",,\n,,\n", "“staff” has no lines in it"),
        (b"%PDF-1.7 ...", "“staff” is a PDF. Save it as CSV or Excel (XLSX) first"),
        (b"\x00\x01\x02\x03", "“staff” is not a table. Save it as CSV or Excel (XLSX) first"),
        (b"\xff\xfea", "“staff” is not a table. Save it as CSV or Excel (XLSX) first"),
        (b"\x81\x8d", "“staff” is not a table. Save it as CSV or Excel (XLSX) first"),
        (b"PK\x03\x04rubbish", "“staff” is damaged: it cannot be opened"),
        (b"\xd0\xcf\x11\xe0rubbish", "“staff” cannot be opened. Save it as CSV or Excel (XLSX) first"),
        (b'Name,Note\nAnn,"open\n', "“staff” cannot be read from line 2 on: a quotation mark there is out of place"),
        (b"a" * (tables.MAX_BYTES + 1), "“staff” must be smaller than 5 MB"),
        (b"a,b\n" * 10_001, "“staff” is too large: at most 10,000 lines and 200 columns can be read at once"),
        (b"a," * 201, "“staff” is too large: at most 10,000 lines and 200 columns can be read at once"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(NotATableError) as refused:
        read_sheets("staff", content)

    assert str(refused.value) == words


def test_another_kind_of_office_file_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")

    with pytest.raises(NotATableError, match="cannot be opened"):
        read_sheets("letter.docx", content.getvalue())


def test_a_workbook_that_unpacks_into_far_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 10)

    with pytest.raises(NotATableError, match="too large"):
        read_sheets("staff.xlsx", workbook({"Staff": [["Name"]]}))


def test_a_workbook_with_too_many_lines_is_refused() -> None:
    content = workbook({"Staff": [["Name"], *([[]] * 10_000), ["Ann"]]})

    with pytest.raises(NotATableError, match="too large"):
        read_sheets("staff.xlsx", content)


def test_a_workbook_that_asks_for_more_memory_than_there_is_is_refused_and_nothing_else_ends() -> None:
    """Two cells in opposite corners of an empty sheet: a kilobyte of file, half a terabyte of cells."""
    content = io.BytesIO(workbook({"Staff": [["Name"]]}))
    with zipfile.ZipFile(content) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", corner)
    with zipfile.ZipFile(content := io.BytesIO(), "w") as packed:
        for part, text in parts.items():
            packed.writestr(part, text)

    with pytest.raises(NotATableError, match="too large"):
        read_sheets("staff.xlsx", content.getvalue())


def test_every_kind_of_cell_is_read() -> None:
    cells: list[object] = ["  Ann ", 37.5, 3, True, datetime(2024, 2, 1), " "]  # noqa: DTZ001 - a sheet has no zones

    (sheet,) = read_sheets("staff.xlsx", workbook({"Staff": [cells]}))

    assert sheet.lines == (Line(1, ("Ann", 37.5, 3.0, True, date(2024, 2, 1), None)),)
