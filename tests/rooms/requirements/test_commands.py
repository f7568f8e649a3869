"""`preceptor catalogue` and `preceptor adopt`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.compliance.requirements.models import Requirement
from preceptor.compliance.requirements.queries import requirements_of, templates
from preceptor.foundation.access import EVERYWHERE
from tests.cast import Cast

from .conftest import KEYS


def said(*words: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_check_reads_and_saves_nothing(db: None, whole_catalogue: Catalogue) -> None:
    assert said("catalogue", "check") == (
        f"The catalogue is sound: {len(whole_catalogue.requirements)} requirements, "
        f"{len(whole_catalogue.sources)} sources.\n"
    )
    assert not Requirement.objects.exists()


def test_load_says_what_changed_and_the_second_time_nothing(db: None, whole_catalogue: Catalogue) -> None:
    first, second = said("catalogue", "load"), said("catalogue", "load")

    assert f"  requirements: {len(whole_catalogue.requirements)}\n" in first
    assert second == "Nothing has changed.\n"
    assert len(templates()) == len(whole_catalogue.requirements)


def test_a_wrong_folder_is_named_by_file_and_line(db: None, tmp_path: Path) -> None:
    (tmp_path / "areas.yaml").write_text("- {key: safety, name: [}\n", "utf-8")

    with pytest.raises(CommandError, match=r"areas.yaml:1: is not valid YAML"):
        said("catalogue", "load", "--data", str(tmp_path))

    assert not Requirement.objects.exists()


def test_adopt_gives_a_practice_the_starter_pack_and_then_only_what_is_new(loaded: Cast) -> None:
    core = {one.key for one in templates() if one.core}

    first = said("adopt", "--practice", "A81001", "--on", "2026-04-01")
    starter = {one.key for one in requirements_of(EVERYWHERE, loaded.alder)}
    again = said("adopt", "--practice", "a81001", "--on", "2026-04-01")
    everything = said("adopt", "--practice", "A81001", "--on", "2026-04-01", "--pack", "all")

    assert first == f"{len(core)} requirements added\n"
    assert (starter, core) == (core, starter)
    assert again == f"{len(core)} requirements as they were\n"
    assert everything == f"{len(core)} requirements as they were\n{len(KEYS) - len(core)} requirements added\n"
    assert {str(one.versions[0].rule.starts_on) for one in requirements_of(EVERYWHERE, loaded.alder)} == {"2026-04-01"}


def test_adopt_refuses_a_practice_nobody_knows(loaded: Cast) -> None:
    with pytest.raises(CommandError, match="No organisation has the code Z99999"):
        said("adopt", "--practice", "Z99999")
