"""The reference of the import says what the import does."""

from pathlib import Path

import pytest

from preceptor.compliance.records.domain.imports import COLUMNS, PROFILES, Profile
from preceptor.compliance.records.domain.imports.profiles import own
from preceptor.foundation.cells import plain

REFERENCE = (Path(__file__).parents[3] / "docs" / "reference" / "import-records.md").read_text("utf-8")
TABLE = [line.split("|")[1:-1] for line in REFERENCE.splitlines() if line.startswith("| `")]


def test_every_column_is_in_the_reference_and_none_that_is_not() -> None:
    described = {name.strip(" `") for names, *_ in TABLE for name in names.split(",")}

    assert described == set(own.PROFILE.headings)


def test_the_page_describes_columns_as_the_reference_does() -> None:
    reference = {names.replace("`", "").strip(): says.replace("`", "").strip() for names, says, _ in TABLE}

    assert {name: reference[name] for name, _ in COLUMNS} == {name: says.replace("’", "'") for name, says in COLUMNS}


def test_every_other_name_of_a_column_in_the_reference_is_one() -> None:
    for names, _, others in TABLE:
        known = {plain(alias) for name in names.split(",") for alias in own.PROFILE.headings[name.strip(" `")]}
        said = {plain(other) for other in others.replace(";", ",").split(",") if other.strip()}
        assert said <= known, names


@pytest.mark.parametrize("profile", PROFILES, ids=[profile.code for profile in PROFILES])
def test_every_kind_of_file_is_in_the_reference(profile: Profile) -> None:
    assert profile.title.replace("Preceptor’s own", "Our own") in REFERENCE
