"""Cells as people write them."""

from datetime import date, datetime

import pytest

from preceptor.foundation.cells import (
    Column,
    Line,
    Sheet,
    Value,
    day_of,
    letter_of,
    near,
    number_of,
    plain,
    text_of,
    under_headings,
)

HEADINGS = {"given_name": ("First name", "Forename"), "family_name": ("Surname",), "email": ()}


@pytest.mark.parametrize(
    "written",
    [
        "30-Nov-2028",
        "30-Nov-28",
        "30/11/2028",
        "30/11/28",
        "30.11.2028",
        "30 11 2028",
        "2028/11/30 00:00:00",
        "2028-11-30",
        "2028-11-30T00:00:00Z",
        "30 November 2028",
        "30th nov 2028",
        "47087",
        47087.0,
        date(2028, 11, 30),
        datetime(2028, 11, 30, 9, 30),  # noqa: DTZ001 - workbooks know no zones
    ],
)
def test_a_date_is_read_however_it_is_written(written: Value) -> None:
    assert day_of(written) == date(2028, 11, 30)


def test_two_digit_years_turn_at_seventy() -> None:
    assert (day_of("1/2/69"), day_of("1/2/70")) == (date(2069, 2, 1), date(1970, 2, 1))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("soon", "“soon” is not a date. Write it like 30/11/2028 or 2028-11-30"),
        ("11/30/2028", "“11/30/2028” has no month 30. Write the day first, like 30/11/2028"),
        ("31/02/2024", "“31/02/2024” is not a real date"),
        ("2024-13-01", "“2024-13-01” is not a real date"),
        ("30 Foo 2024", "“30 Foo 2024” is not a date. Write it like 30/11/2028 or 2028-11-30"),
        ("1/1/1066", "“1/1/1066” is not a real date"),
        (3.5, "“3.5” is not a date. Write it like 30/11/2028 or 2028-11-30"),
        (True, "“yes” is not a date. Write it like 30/11/2028 or 2028-11-30"),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(written: Value, words: str) -> None:
    with pytest.raises(ValueError, match="“") as refused:
        day_of(written)

    assert str(refused.value) == words


def test_blank_is_nothing() -> None:
    assert (day_of(None), number_of(None), text_of(None)) == (None, None, "")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("  Ann  Lee\n", "Ann Lee"),
        (6012345.0, "6012345"),
        (37.5, "37.5"),
        (True, "yes"),
        (date(2024, 2, 1), "2024-02-01"),
    ],
)
def test_a_cell_in_words(value: Value, words: str) -> None:
    assert text_of(value) == words


@pytest.mark.parametrize(("value", "number"), [("37.5", 37.5), ("1,200", 1200.0), (30.0, 30.0)])
def test_a_cell_as_a_number(value: Value, number: float) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize("value", ["many", "nan", "inf", True])
def test_what_is_no_number_is_refused(value: Value) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number_of(value)


def test_columns_have_letters() -> None:
    assert [letter_of(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_headings_are_found_however_they_are_written_and_under_a_title() -> None:
    sheet = Sheet(
        "Staff",
        (
            Line(1, ("Staff of Alder Surgery", None, None, None)),
            Line(3, ("FORE_NAME", "surname ", "E-mail", "Shoe size")),
            Line(4, ("Ann", "Lee", "ann@example.nhs.uk", 5.0)),
            Line(5, (None, None, None, 7.0)),
            Line(6, ("Bo",)),
        ),
    )

    table = under_headings(sheet, HEADINGS)

    assert table is not None
    assert [(row.line, row.text("given_name"), row.text("family_name"), row.text("email")) for row in table.rows] == [
        (4, "Ann", "Lee", "ann@example.nhs.uk"),
        (6, "Bo", "", ""),
    ]
    assert (table.unknown, table.rows[0].place("email")) == ((Column(3, "Shoe size"),), "C (E-mail)")


def test_a_heading_that_comes_twice_is_told_apart() -> None:
    sheet = Sheet("", (Line(1, ("First name", "Forename", "Surname")), Line(2, ("Ann", "Anna", "Lee"))))

    table = under_headings(sheet, HEADINGS)

    assert table is not None
    assert (table.rows[0].text("given_name"), table.repeated) == ("Ann", (Column(1, "Forename"),))


def test_a_sheet_without_the_headings_is_none() -> None:
    assert under_headings(Sheet("", (Line(1, ("Colour", "Surname")), Line(2, ("red", "Lee")))), HEADINGS) is None


def test_a_column_that_is_not_there_reads_as_blank() -> None:
    table = under_headings(Sheet("", (Line(1, ("First name", "Surname")), Line(2, ("Ann", "Lee")))), HEADINGS)

    assert table is not None
    assert (table.rows[0].text("email"), table.rows[0].place("email")) == ("", "")


def test_near_names_are_suggested() -> None:
    names = ["Practice nurse", "Practice manager", "Receptionist"]

    assert near("practise nurse", names)[0] == "Practice nurse"
    assert near("zzz", names) == []
    assert plain("Date of\nBirth / DOB.") == "dateofbirthdob"
