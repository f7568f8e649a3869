"""A small part of the real catalogue, loaded beside the cast."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from preceptor.compliance.packs.actions import adopt, publish_national
from preceptor.compliance.packs.queries.offered import national_pack
from preceptor.compliance.requirements.actions import load_catalogue
from preceptor.compliance.requirements.domain import lists
from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.compliance.requirements.domain.held import HeldRequirement
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.compliance.subjects.actions import load_subjects
from preceptor.foundation.access import EVERYWHERE, system_account
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import Cast

LOADER: Final = system_account("catalogue")
LOADED_AT: Final = datetime(2019, 12, 1, 9, tzinfo=UTC)
# For everyone, in one version; for some, in two; with sources that differ; and the last one not in the starter pack.
KEYS: Final = ("fire-safety", "safeguarding-1", "data-security", "practice-induction", "data-breach-reporting")


@pytest.fixture(scope="session")
def whole_catalogue() -> Catalogue:
    """Everything in `data/`."""
    return catalogue_in()


@pytest.fixture(scope="session")
def small_catalogue(whole_catalogue: Catalogue) -> Catalogue:
    """A few requirements with every list."""
    return replace(whole_catalogue, requirements=tuple(whole_catalogue.requirement(key) for key in KEYS))


@pytest.fixture
def loaded(cast: Cast, small_catalogue: Catalogue) -> Cast:
    """The cast, with a few national requirements and nothing adopted."""
    wanted = {
        subject
        for one in small_catalogue.requirements
        for version in one.versions
        for _, leaf in version.rule.met_by.leaves()
        for subject in leaf.subjects()
    }
    subjects = [one for one in lists.subjects_of(small_catalogue) if one.code in wanted]
    load_subjects(by=LOADER, at=LOADED_AT, areas=lists.areas(small_catalogue), subjects=subjects)
    load_catalogue(by=LOADER, at=LOADED_AT, catalogue=small_catalogue)
    publish_national(by=LOADER, at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    return cast


def take(
    cast: Cast,
    *keys: str,
    place: OrganisationId | None = None,
    at: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC),
    on: date = date(2026, 11, 2),
) -> list[HeldRequirement]:
    """Lets a place, Alder Surgery unless another is named, adopt requirements, and hands back its own."""
    owner = place or cast.alder
    publish_national(by=LOADER, at=at)
    national = national_pack()
    assert national is not None
    adopt(
        by=LOADER,
        at=at,
        organisation=owner,
        pack=national.id,
        wanted=keys,
        starts_on=on,
        decided_by="Partners’ meeting",
        decided_on=at.date(),
    )
    return [requirement_by_key(EVERYWHERE, owner, key) for key in keys]
