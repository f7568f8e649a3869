"""Loading the national catalogue."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from preceptor.compliance.requirements.actions import load_catalogue, load_training_items
from preceptor.compliance.requirements.domain.catalogue import Catalogue, CatalogueRequirement, DatedVersion
from preceptor.compliance.requirements.domain.loading import Loaded
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.jobs import Changes, load_everything
from preceptor.compliance.requirements.models import Requirement, RequirementVersion, Source
from preceptor.compliance.requirements.queries import template_by_key, templates, training_item_on
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from preceptor.foundation.models import JournalLine
from preceptor.register.organisations.queries import organisations_in
from preceptor.register.people.queries import job_roles
from tests.cast import Cast

from .conftest import LOADED_AT, LOADER

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def fire(catalogue: Catalogue, **changes: object) -> Catalogue:
    """The catalogue with fire safety changed."""
    changed: CatalogueRequirement = replace(catalogue.requirement("fire-safety"), **changes)  # type: ignore[arg-type] # a test names the fields
    others = tuple(one for one in catalogue.requirements if one.key != "fire-safety")
    return replace(catalogue, requirements=(changed, *others))


@pytest.mark.django_db
def test_everything_loads_once_and_a_second_time_changes_nothing(whole_catalogue: Catalogue) -> None:
    first = load_everything(LOADER, AT, whole_catalogue)
    second = load_everything(LOADER, AT, whole_catalogue)

    assert first.catalogue.requirements == len(whole_catalogue.requirements)
    assert first.catalogue.versions == sum(len(one.versions) for one in whole_catalogue.requirements)
    assert first.catalogue.sources == len(whole_catalogue.sources)
    assert first.lists["integrated care boards"] == 48
    assert second == Changes(dict.fromkeys(first.lists, 0), Loaded())
    assert {one.key for one in templates()} == {one.key for one in whole_catalogue.requirements}
    assert {one.code: tuple(one.aliases) for one in job_roles()} == {
        one.key: one.aliases for one in whole_catalogue.roles
    }


@pytest.mark.django_db
def test_the_training_item_that_holds_is_the_newest_that_has_begun(whole_catalogue: Catalogue) -> None:
    load_everything(LOADER, AT, whole_catalogue)
    (first,) = whole_catalogue.training_items
    later = replace(first, key="dspt-2027", starts_on=date(2027, 7, 1), percent=90, item="A2.b")

    changed = [load_training_items(by=LOADER, at=AT, items=[first, later]) for _ in range(2)]

    days = (date(2019, 12, 31), date(2020, 1, 1), date(2027, 6, 30), date(2027, 7, 1))
    assert changed == [1, 0]
    assert (first.percent, first.subject, first.source) == (95, "data-security", "dspt-v8-gp")
    assert [training_item_on(on) for on in days] == [None, first, first, later]


@pytest.mark.django_db
def test_boards_are_the_42_until_march_2026_and_the_36_after(whole_catalogue: Catalogue) -> None:
    load_everything(LOADER, AT, whole_catalogue)

    boards = [one for one in organisations_in(EVERYWHERE) if one.kind == "icb"]

    def on(day: date) -> set[str]:
        return {
            one.code
            for one in boards
            if one.opened_on and one.opened_on <= day and (one.closed_on is None or day < one.closed_on)
        }

    assert (len(on(date(2026, 3, 31))), len(on(date(2026, 4, 1)))) == (42, 36)
    assert "QHG" in on(date(2026, 3, 31))
    assert on(date(2026, 4, 1)) - on(date(2026, 3, 31)) == {"S1Y5D", "D7T5G", "T6Y0W", "Z9B2Z", "S9B9J", "S0E4D"}


def test_what_is_loaded_is_what_the_catalogue_says(loaded: Cast, small_catalogue: Catalogue) -> None:
    wanted = small_catalogue.requirement("safeguarding-1")

    held = template_by_key("safeguarding-1")

    assert [version.rule for version in held.versions] == [one.rule for one in wanted.versions]
    assert held.versions[-1].decision.rationale == wanted.rationale
    assert [(one.clause, one.says, one.followed) for one in held.versions[0].citations] == [
        (one.clause, one.says, one.followed) for one in wanted.citations
    ]
    assert [one.says for one in held.versions[0].others] == [one.says for one in wanted.alternatives]
    assert held.versions[0].others[0].met_by == wanted.alternatives[0].met_by


def test_a_published_rule_that_changed_is_refused_by_name_and_nothing_is_loaded(
    loaded: Cast, small_catalogue: Catalogue
) -> None:
    first, *rest = small_catalogue.requirement("fire-safety").versions
    edited = DatedVersion(replace(first.rule, first_due_days=1), first.note)
    source = replace(small_catalogue.source("cstf-england"), title="Another title")
    changed = replace(fire(small_catalogue, versions=(edited, *rest)), sources=(source,))

    with pytest.raises(Refusal) as refused:
        load_catalogue(by=LOADER, at=AT, catalogue=changed)

    assert refused.value.message == (
        "fire-safety: the version from 2020-01-01 is published and says something else here. "
        "Put it back, and add a version with a later “from”"
    )
    assert Source.objects.get(key="cstf-england").title != "Another title"


def test_every_published_version_must_still_be_there_and_a_new_one_comes_last(
    loaded: Cast, small_catalogue: Catalogue
) -> None:
    wanted = small_catalogue.requirement("safeguarding-1").versions
    early = DatedVersion(replace(wanted[0].rule, starts_on=date(2021, 1, 1), transition=AtRenewal()), "")
    others = tuple(one for one in small_catalogue.requirements if one.key != "safeguarding-1")
    changed = replace(small_catalogue.requirement("safeguarding-1"), versions=(wanted[0], early))

    with pytest.raises(Refusal) as refused:
        load_catalogue(by=LOADER, at=AT, catalogue=replace(small_catalogue, requirements=(*others, changed)))

    assert refused.value.message.splitlines() == [
        "safeguarding-1: the version from 2024-11-01 is published and missing here. Put it back",
        (
            "safeguarding-1: the version from 2021-01-01 is new, but one from 2024-11-01 is published already. "
            "Give it a later “from”"
        ),
    ]


def test_a_later_version_is_added_with_its_own_words(loaded: Cast, small_catalogue: Catalogue) -> None:
    wanted = small_catalogue.requirement("fire-safety").versions
    rule = replace(wanted[-1].rule, starts_on=date(2027, 1, 1), transition=AtRenewal(), published_at=AT)
    changed = fire(small_catalogue, versions=(*wanted, DatedVersion(rule, "Every year.")), rationale="Another reason.")

    outcome = load_catalogue(by=LOADER, at=AT, catalogue=changed)

    held = template_by_key("fire-safety")
    assert (outcome.versions, outcome.kept) == (1, ("fire-safety",))
    assert [version.decision.rationale == "Another reason." for version in held.versions][-2:] == [False, True]
    assert (held.versions[-1].rule, held.versions[-1].decision.note) == (rule, "Every year.")


def test_words_that_changed_without_a_version_stay_as_published_and_are_named(
    loaded: Cast, small_catalogue: Catalogue
) -> None:
    before = template_by_key("fire-safety").versions

    outcome = load_catalogue(by=LOADER, at=AT, catalogue=fire(small_catalogue, rationale="Another reason."))

    assert outcome == Loaded(headings=outcome.headings, kept=("fire-safety",))
    assert template_by_key("fire-safety").versions == before


def test_headings_and_sources_follow_the_catalogue(loaded: Cast, small_catalogue: Catalogue) -> None:
    sources = tuple(
        replace(one, checked_on=date(2026, 11, 20)) if one.key == "cstf-england" else one
        for one in small_catalogue.sources
    )
    ordered = tuple(
        replace(one, short="Fire") if one.key == "fire-safety" else one for one in small_catalogue.requirements
    )

    outcome = load_catalogue(
        by=LOADER, at=AT, catalogue=replace(small_catalogue, sources=sources, requirements=ordered)
    )

    assert outcome == Loaded(sources=1, headings=1)
    assert Requirement.objects.get(owner=None, key="fire-safety").short == "Fire"
    assert Source.objects.get(key="cstf-england").checked_on == date(2026, 11, 20)


def test_only_who_looks_after_preceptor_may_load(loaded: Cast, small_catalogue: Catalogue) -> None:
    with pytest.raises(PermissionDenied):
        load_catalogue(by=loaded.ruth.viewer, at=AT, catalogue=fire(small_catalogue, short="Mine"))

    assert not Requirement.objects.filter(short="Mine").exists()


def test_the_journal_names_a_catalogue_by_its_hash(loaded: Cast) -> None:
    line = JournalLine.objects.get(verb="catalogue.loaded")

    assert line.at == LOADED_AT
    assert line.what["catalogue"].keys() == {"kind", "bytes", "sha256"}
    assert line.what["catalogue"]["kind"] == "Catalogue"
    assert RequirementVersion.objects.filter(published_by_name="catalogue").exists()
