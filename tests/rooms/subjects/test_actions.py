"""Loading subjects, and letting one count as another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from pytest_django import DjangoAssertNumQueries

from preceptor.compliance.subjects import models
from preceptor.compliance.subjects.actions import (
    add_equivalence,
    end_equivalence,
    load_equivalences,
    load_subjects,
)
from preceptor.compliance.subjects.domain import Approval, Area, Equivalence, Level, Named, Subject, SubjectCode
from preceptor.compliance.subjects.queries import areas, equivalences_known, subject_named, subjects
from preceptor.foundation.access import NOBODY, system_account
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from tests.cast import Cast

LOADER = system_account("catalogue")
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
SAFETY = Area("safety", "Safety at work", 1)
FIRE = Subject(SubjectCode("fire-safety"), "Fire safety", "safety", aliases=("Fire",))
WARDEN = Subject(SubjectCode("fire-marshal"), "Fire marshal", "safety")
ADULTS = Subject(
    SubjectCode("safeguarding-adults"),
    "Safeguarding adults",
    "safety",
    levels=(Level(1, "Level 1", ("SGA 1",)), Level(2, "Level 2")),
    aliases=("SOVA",),
)
COUNTS = Equivalence(WARDEN.code, 1, FIRE.code, 1)


def _load(*loaded: Subject, at: datetime = AT) -> int:
    return load_subjects(by=LOADER, at=at, areas=(SAFETY,), subjects=loaded or (FIRE, WARDEN, ADULTS))


def test_loading_holds_every_area_subject_level_and_alias(db: None) -> None:
    changed = _load()

    assert changed == 4
    assert areas() == [SAFETY]
    assert subjects() == [WARDEN, FIRE, ADULTS]
    assert subject_named("sga 1") == Named(ADULTS.code, 1)


def test_loading_the_same_again_changes_nothing(db: None) -> None:
    _load()

    assert _load(at=AT + timedelta(days=1)) == 0
    assert subjects() == [WARDEN, FIRE, ADULTS]


def test_loading_what_changed_changes_only_that(db: None) -> None:
    _load()
    renamed = Subject(FIRE.code, "Fire safety awareness", "safety", aliases=("Fire", "Fire drill"))

    assert _load(renamed, WARDEN, ADULTS) == 1
    assert [subject.name for subject in subjects()] == ["Fire marshal", "Fire safety awareness", "Safeguarding adults"]
    assert subject_named("fire drill") == Named(FIRE.code, 1)


def test_an_alias_moves_to_the_subject_it_means_now(db: None) -> None:
    _load()
    _load(
        Subject(FIRE.code, "Fire safety", "safety"), Subject(WARDEN.code, "Fire marshal", "safety", aliases=("Fire",))
    )

    assert subject_named("Fire") == Named(WARDEN.code, 1)


def test_an_alias_of_two_subjects_is_refused_whole(db: None) -> None:
    with pytest.raises(Refusal, match="“sova” is a name of both"):
        _load(FIRE, ADULTS, Subject(WARDEN.code, "Fire marshal", "safety", aliases=("sova",)))

    assert subjects() == []


def test_the_list_of_subjects_costs_the_same_for_one_and_for_three(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _load(FIRE)
    with django_assert_num_queries(3):
        assert len(subjects()) == 1
    _load()
    with django_assert_num_queries(3):
        assert len(subjects()) == 3


def test_an_equivalence_counts_from_the_moment_it_is_approved_until_it_is_ended(db: None) -> None:
    _load()
    add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by="Dr Helen Marsh", reason="Covers all of it")
    ended_at = AT + timedelta(days=10)
    end_equivalence(by=LOADER, at=ended_at, equivalence=COUNTS, reason="The course was cut short")

    assert equivalences_known(AT - timedelta(seconds=1)) == []
    assert equivalences_known(AT) == [COUNTS]
    assert equivalences_known(ended_at - timedelta(seconds=1)) == [COUNTS]
    assert equivalences_known(ended_at) == []
    assert equivalences_known() == []


@pytest.mark.parametrize(
    ("approved_by", "reason", "message"), [("", "So it is", "who approved"), ("Dr Marsh", " ", "the reason")]
)
def test_an_equivalence_needs_an_approver_and_a_reason(db: None, approved_by: str, reason: str, message: str) -> None:
    _load()

    with pytest.raises(Refusal, match=message):
        add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by=approved_by, reason=reason)


def test_an_equivalence_is_not_added_twice_nor_ended_twice(db: None) -> None:
    _load()
    add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by="Dr Marsh", reason="Same content")

    with pytest.raises(Refusal, match="already counts"):
        add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by="Dr Marsh", reason="Same content")
    end_equivalence(by=LOADER, at=AT, equivalence=COUNTS, reason="Not the same")
    with pytest.raises(Refusal, match="does not count now"):
        end_equivalence(by=LOADER, at=AT, equivalence=COUNTS, reason="Not the same")


def test_an_equivalence_of_a_subject_there_is_not_is_refused(db: None) -> None:
    _load(FIRE)

    with pytest.raises(Refusal, match="no subject “fire-marshal”"):
        add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by="Dr Marsh", reason="Same content")


def test_loading_equivalences_twice_adds_them_once_and_never_brings_back_an_ended_one(db: None) -> None:
    _load()

    assert load_equivalences(by=LOADER, at=AT, approvals=[Approval(COUNTS, reason="Our reading")]) == 1
    assert load_equivalences(by=LOADER, at=AT, approvals=[Approval(COUNTS)]) == 0
    end_equivalence(by=LOADER, at=AT, equivalence=COUNTS, reason="We disagree")
    assert load_equivalences(by=LOADER, at=AT, approvals=[Approval(COUNTS)]) == 0
    assert equivalences_known() == []


def test_only_who_looks_after_the_catalogue_may_change_it(cast: Cast) -> None:
    for viewer in (NOBODY, cast.ruth.viewer, cast.gareth.viewer):
        with pytest.raises(PermissionDenied):
            load_subjects(by=viewer, at=AT, areas=(), subjects=())
    assert load_subjects(by=cast.priya.viewer, at=AT, areas=(SAFETY,), subjects=(FIRE,)) == 2


@pytest.mark.parametrize(("column", "value"), [("counts_as_id", "fire-marshal"), ("level", 0), ("counts_as_level", 0)])
def test_the_database_refuses_an_impossible_equivalence(db: None, column: str, value: object) -> None:
    _load()
    columns: dict[str, object] = {
        "subject_id": "fire-marshal",
        "counts_as_id": "fire-safety",
        "level": 1,
        "counts_as_level": 1,
    }

    with acting(), pytest.raises(IntegrityError), transaction.atomic():
        models.Equivalence.objects.create(recorded_at=AT, **(columns | {column: value}))


def test_the_database_refuses_two_aliases_of_one_name_and_a_level_twice(db: None) -> None:
    _load()

    with acting(), pytest.raises(IntegrityError, match="subject_alias_name"), transaction.atomic():
        models.SubjectAlias.objects.create(name="SOVA".lower(), subject_id=FIRE.code)
    with acting(), pytest.raises(IntegrityError, match="subject_level_once"), transaction.atomic():
        models.SubjectLevel.objects.create(subject_id=ADULTS.code, level=1, name="Again")
    with acting(), pytest.raises(IntegrityError, match="subject_level_least"), transaction.atomic():
        models.SubjectLevel.objects.create(subject_id=ADULTS.code, level=0, name="Nought")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM compliance_equivalence",
        "UPDATE compliance_equivalence SET level = 3",
        "UPDATE compliance_equivalence SET superseded_at = now(), reason = 'other'",
    ],
)
def test_the_database_refuses_to_rewrite_an_equivalence(db: None, statement: str) -> None:
    _load()
    add_equivalence(by=LOADER, at=AT, equivalence=COUNTS, approved_by="Dr Marsh", reason="Same content")

    with acting(), pytest.raises(DatabaseError, match="keeps its history"), transaction.atomic():
        connection.cursor().execute(statement)
