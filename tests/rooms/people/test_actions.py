"""Changes to people and engagements: what they leave behind, and what they refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.journal import JournalLine
from preceptor.register.organisations.domain import ALWAYS, Period
from preceptor.register.people import actions
from preceptor.register.people.domain import Entry, PersonDetails, StaffLists, Terms
from preceptor.register.people.models import EngagementTerm, Person, State
from preceptor.register.people.queries import (
    engagement_by_id,
    engagements_at,
    engagements_of,
    person_by_id,
    states_known,
    tasks_known,
    terms_of,
)
from tests.cast import ALDER, BUILDER, BUILT_AT, LISTS, NOW, Cast

RECEPTION = Terms("receptionist", "admin", "employed", date(2026, 11, 2))
LATER = NOW + timedelta(hours=1)


def test_loading_the_same_lists_twice_changes_nothing(cast: Cast) -> None:
    assert actions.load_lists(by=BUILDER, at=NOW, lists=LISTS) == 0


def test_loading_lists_says_how_many_lines_changed(cast: Cast) -> None:
    lists = StaffLists(
        states=(Entry("registered:gmc", "On the GMC register"), Entry("registered:nmc", LISTS.states[1].name))
    )

    changed = actions.load_lists(by=BUILDER, at=NOW, lists=lists)

    assert (changed, State.objects.get(pk="registered:gmc").name) == (1, "On the GMC register")


def test_loading_lists_is_not_for_managers(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.load_lists(by=cast.ruth.viewer, at=NOW, lists=LISTS)


def test_a_manager_adds_a_person_with_tasks_at_their_practice(cast: Cast) -> None:
    person = actions.add_person(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "Whitlock", email="dean@example.nhs.uk"),
        terms=RECEPTION,
        tasks=("chaperone",),
    )

    (row,) = engagements_of(EVERYWHERE, person)
    held = tasks_known(EVERYWHERE, [row.engagement_id])
    assert (str(row.engagement.person), terms_of(row)) == ("Dean Whitlock", RECEPTION)
    assert [(one.task_id, one.starts_on, one.ends_on) for one in held] == [("chaperone", None, None)]
    assert JournalLine.objects.filter(verb="person.added", by_name="Ruth Okafor", organisation=cast.alder).count() == 1


def test_someone_known_elsewhere_by_address_keeps_one_identity(cast: Cast) -> None:
    person = actions.add_person(
        by=cast.owen.viewer,
        at=NOW,
        organisation=cast.cedar,
        details=PersonDetails("H", "marsh", email="Helen.Marsh@example.nhs.uk", professional_number="999"),
        terms=Terms("gp-salaried", "gp", "employed", date(2026, 11, 2)),
    )

    assert person == cast.helen.person
    assert Person.objects.values_list("given_name", "professional_number").get(pk=person) == ("Helen", "6012345")
    assert [row.engagement.organisation.code for row in engagements_of(EVERYWHERE, person)] == ["A81003", ALDER]


def test_someone_known_elsewhere_by_professional_number_keeps_one_identity(cast: Cast) -> None:
    person = actions.add_person(
        by=cast.owen.viewer,
        at=NOW,
        organisation=cast.cedar,
        details=PersonDetails("Aisha", "Rahman", professional_number="12a3456e"),
        terms=Terms("practice-nurse", "nurse", "employed", date(2026, 11, 2)),
    )

    assert person == cast.aisha.person


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PersonDetails("Helen", "Marshall", email="helen.marsh@example.nhs.uk"), "email"),
        (PersonDetails("Helen", "Marshall", professional_number="6012345"), "professional_number"),
    ],
)
def test_an_address_or_number_of_someone_with_another_name_is_refused(
    cast: Cast, details: PersonDetails, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.add_person(by=cast.owen.viewer, at=NOW, organisation=cast.cedar, details=details, terms=RECEPTION)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("terms", "tasks", "field"),
    [
        (Terms("wizard", "admin", "employed", date(2026, 11, 2)), (), "role"),
        (Terms("receptionist", "wizards", "employed", date(2026, 11, 2)), (), "staff_group"),
        (Terms("receptionist", "admin", "enchanted", date(2026, 11, 2)), (), "kind"),
        (RECEPTION, ("broom",), "tasks"),
    ],
)
def test_what_is_not_on_a_list_is_refused_at_its_question(
    cast: Cast, terms: Terms, tasks: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.add_person(
            by=cast.ruth.viewer,
            at=NOW,
            organisation=cast.alder,
            details=PersonDetails("Dean", "W"),
            terms=terms,
            tasks=tasks,
        )

    assert refused.value.field == field
    assert not Person.objects.filter(family_name="W").exists()


def test_nobody_adds_people_at_another_practice(cast: Cast) -> None:
    with pytest.raises(Http404):
        actions.add_person(
            by=cast.owen.viewer, at=NOW, organisation=cast.alder, details=PersonDetails("Dean", "W"), terms=RECEPTION
        )


@pytest.mark.parametrize("who", ["tomasz", "gareth"])
def test_without_the_permission_nobody_adds_people(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_person(
            by=getattr(cast, who).viewer,
            at=NOW,
            organisation=cast.alder,
            details=PersonDetails("Dean", "W"),
            terms=RECEPTION,
        )


def test_a_manager_edits_who_only_they_look_after(cast: Cast) -> None:
    details = PersonDetails("Tomasz", "Nowak-Bell", "Mr", "tomasz.bell@example.nhs.uk")

    actions.edit_person(by=cast.ruth.viewer, at=NOW, person=cast.tomasz.person, details=details)

    row = person_by_id(EVERYWHERE, cast.tomasz.person)
    assert (str(row), row.email) == ("Mr Tomasz Nowak-Bell", "tomasz.bell@example.nhs.uk")


def test_an_address_somebody_has_is_refused(cast: Cast) -> None:
    details = PersonDetails("Tomasz", "Nowak", email="AISHA.rahman@example.nhs.uk")

    with pytest.raises(Refusal, match="Someone else") as refused:
        actions.edit_person(by=cast.ruth.viewer, at=NOW, person=cast.tomasz.person, details=details)

    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("email", "number", "field"),
    [("mei@evil.example", "7054321", "email"), ("mei.lin@example.nhs.uk", "1", "professional_number")],
)
def test_what_says_who_someone_is_everywhere_is_not_one_practices_to_change(
    cast: Cast, email: str, number: str, field: str
) -> None:
    details = PersonDetails("Mei", "Lin", "Dr", email, number)

    with pytest.raises(Refusal, match="elsewhere") as refused:
        actions.edit_person(by=cast.ruth.viewer, at=NOW, person=cast.mei.person, details=details)
    actions.edit_person(by=cast.priya.viewer, at=NOW, person=cast.mei.person, details=details)

    assert refused.value.field == field
    assert person_by_id(EVERYWHERE, cast.mei.person).email == email


def test_a_practice_someone_left_does_not_rename_them(cast: Cast) -> None:
    actions.end_engagement(
        by=cast.lorna.viewer, at=NOW, engagement=cast.mei.engagements["A81002"], ends_on=date(2026, 11, 1)
    )
    details = PersonDetails("Mei", "Lim", "Dr", "mei.lin@example.nhs.uk", "7054321")

    with pytest.raises(Refusal, match="no longer works"):
        actions.edit_person(by=cast.lorna.viewer, at=NOW, person=cast.mei.person, details=details)
    actions.edit_person(by=cast.ruth.viewer, at=NOW, person=cast.mei.person, details=details)

    assert person_by_id(EVERYWHERE, cast.mei.person).family_name == "Lim"


def test_a_practice_someone_left_for_another_does_not_say_what_they_hold(cast: Cast) -> None:
    by, person = cast.lorna.viewer, cast.mei.person
    actions.add_state(by=cast.ruth.viewer, at=NOW, person=person, state="registered:gmc", period=ALWAYS)
    actions.end_engagement(by=by, at=NOW, engagement=cast.mei.engagements["A81002"], ends_on=date(2026, 11, 1))

    with pytest.raises(Refusal, match="no longer works"):
        actions.end_state(by=by, at=NOW, person=person, state="registered:gmc", ends_on=date(2026, 11, 1))
    with pytest.raises(Refusal, match="no longer works"):
        actions.add_state(by=by, at=NOW, person=person, state="registered:nmc", period=ALWAYS)

    held = [(one.state_id, one.ends_on) for one in states_known(EVERYWHERE, [person])]
    assert held == [("registered:gmc", None)]


def test_a_second_role_at_one_practice_is_a_second_engagement(cast: Cast) -> None:
    secretary = Terms("medical-secretary", "admin", "employed", date(2026, 11, 2))

    actions.add_engagement(
        by=cast.ruth.viewer, at=NOW, organisation=cast.alder, person=cast.tomasz.person, terms=secretary
    )

    assert [row.role_id for row in engagements_of(EVERYWHERE, cast.tomasz.person)] == [
        "medical-secretary",
        "receptionist",
    ]


def test_one_role_at_one_place_is_held_once_a_day(cast: Cast) -> None:
    with pytest.raises(Refusal, match="already have this role") as refused:
        actions.add_engagement(
            by=cast.ruth.viewer, at=NOW, organisation=cast.alder, person=cast.tomasz.person, terms=RECEPTION
        )

    assert refused.value.field == "role"


def test_the_same_role_again_after_a_gap_is_another_engagement(cast: Cast) -> None:
    by = cast.ruth.viewer
    actions.end_engagement(by=by, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2026, 11, 2))

    actions.add_engagement(by=by, at=NOW, organisation=cast.alder, person=cast.tomasz.person, terms=RECEPTION)

    periods = [(row.starts_on, row.ends_on) for row in engagements_of(EVERYWHERE, cast.tomasz.person)]
    assert periods == [(date(2026, 11, 2), None), (date(2024, 2, 12), date(2026, 11, 2))]


def test_a_correction_may_not_make_two_engagements_one(cast: Cast) -> None:
    by = cast.ruth.viewer
    actions.end_engagement(by=by, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2026, 11, 2))
    again = actions.add_engagement(by=by, at=NOW, organisation=cast.alder, person=cast.tomasz.person, terms=RECEPTION)

    with pytest.raises(Refusal, match="already have this role"):
        actions.correct_engagement(
            by=by,
            at=LATER,
            engagement=again,
            terms=Terms("receptionist", "admin", "employed", date(2026, 11, 1)),
        )


def test_a_correction_keeps_what_was_believed_before(cast: Cast) -> None:
    right = Terms("receptionist", "admin", "employed", date(2024, 3, 1))

    actions.correct_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, terms=right)

    before = engagements_at(EVERYWHERE, cast.alder, known_at=NOW - timedelta(seconds=1))
    after = engagements_at(EVERYWHERE, cast.alder, known_at=NOW)
    key = cast.tomasz.engagement
    assert [row.starts_on for row in before if row.engagement_id == key] == [date(2024, 2, 12)]
    assert [row.starts_on for row in after if row.engagement_id == key] == [date(2024, 3, 1)]


def test_saying_what_is_believed_already_writes_nothing(cast: Cast) -> None:
    same = terms_of(engagement_by_id(EVERYWHERE, cast.tomasz.engagement))

    actions.correct_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, terms=same)

    assert EngagementTerm.objects.filter(engagement_id=cast.tomasz.engagement).count() == 1


def test_a_leaver_is_gone_the_day_after_the_last_day(cast: Cast) -> None:
    actions.end_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2026, 12, 1))

    here = [cast.tomasz.engagement]
    on_last = [row.engagement_id for row in engagements_at(EVERYWHERE, cast.alder, date(2026, 11, 30))]
    after = [row.engagement_id for row in engagements_at(EVERYWHERE, cast.alder, date(2026, 12, 1))]
    assert (set(here) & set(on_last), set(here) & set(after)) == (set(here), set())


def test_nobody_moves_their_own_last_day_back(cast: Cast) -> None:
    by, key = cast.ruth.viewer, cast.ruth.engagement
    terms = terms_of(engagement_by_id(EVERYWHERE, key))
    actions.end_engagement(by=by, at=NOW, engagement=key, ends_on=date(2026, 12, 1))
    stay = replace(terms, role="admin-other", starts_on=date(2026, 11, 25))

    with pytest.raises(Refusal, match="your own last day"):
        actions.end_engagement(by=by, at=NOW, engagement=key, ends_on=date(2026, 12, 2))
    with pytest.raises(Refusal, match="your own last day"):
        actions.correct_engagement(by=by, at=NOW, engagement=key, terms=terms)
    with pytest.raises(Refusal, match="your own last day"):
        actions.change_role(by=by, at=NOW, engagement=key, terms=stay)
    actions.end_engagement(by=by, at=NOW, engagement=key, ends_on=date(2026, 11, 30))

    assert terms_of(engagement_by_id(EVERYWHERE, key)).ends_on == date(2026, 11, 30)


def test_nobody_leaves_before_they_start(cast: Cast) -> None:
    with pytest.raises(Refusal, match="before the first") as refused:
        actions.end_engagement(
            by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2024, 2, 12)
        )

    assert refused.value.field == "last_on"


def test_a_change_of_role_ends_one_engagement_and_starts_another_with_the_tasks_kept(cast: Cast) -> None:
    by = cast.ruth.viewer
    actions.give_task(by=by, at=NOW, engagement=cast.tomasz.engagement, task="fire-marshal", period=ALWAYS)
    secretary = Terms("medical-secretary", "admin", "employed", date(2026, 12, 1))

    new = actions.change_role(
        by=by, at=LATER, engagement=cast.tomasz.engagement, terms=secretary, keep_tasks=("chaperone", "vaccinator")
    )

    periods = [(row.role_id, row.starts_on, row.ends_on) for row in engagements_of(EVERYWHERE, cast.tomasz.person)]
    assert periods == [
        ("medical-secretary", date(2026, 12, 1), None),
        ("receptionist", date(2024, 2, 12), date(2026, 12, 1)),
    ]
    assert [one.task_id for one in tasks_known(EVERYWHERE, [new])] == ["chaperone"]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms("medical-secretary", "admin", "employed", date(2024, 2, 12)), "first_on"),
        (Terms("receptionist", "admin", "employed", date(2026, 12, 1)), "role"),
    ],
)
def test_a_change_of_role_that_is_none_is_refused(cast: Cast, terms: Terms, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.change_role(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, terms=terms)

    assert refused.value.field == field


def test_a_role_that_has_ended_is_not_changed_after_a_gap(cast: Cast) -> None:
    by = cast.ruth.viewer
    actions.end_engagement(by=by, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2026, 11, 1))

    with pytest.raises(Refusal, match="ends before"):
        actions.change_role(
            by=by,
            at=LATER,
            engagement=cast.tomasz.engagement,
            terms=Terms("medical-secretary", "admin", "employed", date(2026, 11, 2)),
        )


def test_an_engagement_entered_in_error_never_was(cast: Cast) -> None:
    actions.void_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, reason="Wrong practice")

    assert engagements_of(EVERYWHERE, cast.tomasz.person) == []
    with pytest.raises(Http404):
        person_by_id(cast.ruth.viewer.scope(Can.SEE_PEOPLE), cast.tomasz.person)
    before = engagements_at(EVERYWHERE, cast.alder, known_at=BUILT_AT)
    assert cast.tomasz.engagement in [row.engagement_id for row in before]


def test_undoing_an_engagement_needs_a_reason_and_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Say why"):
        actions.void_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, reason=" ")
    with pytest.raises(Refusal, match="someone else"):
        actions.void_engagement(by=cast.ruth.viewer, at=NOW, engagement=cast.ruth.engagement, reason="Oops")


def test_a_task_is_given_and_ended(cast: Cast) -> None:
    by, key = cast.ruth.viewer, cast.tomasz.engagement
    actions.give_task(by=by, at=NOW, engagement=key, task="fire-marshal", period=Period(date(2026, 11, 1)))

    actions.end_task(by=by, at=LATER, engagement=key, task="fire-marshal", ends_on=date(2026, 12, 1))

    held = [(one.task_id, one.starts_on, one.ends_on) for one in tasks_known(EVERYWHERE, [key])]
    assert held == [("chaperone", None, None), ("fire-marshal", date(2026, 11, 1), date(2026, 12, 1))]


def test_a_task_ended_before_it_began_was_never_given(cast: Cast) -> None:
    by, key = cast.ruth.viewer, cast.tomasz.engagement

    actions.end_task(by=by, at=NOW, engagement=key, task="chaperone", ends_on=date(2024, 2, 12))

    assert tasks_known(EVERYWHERE, [key]) == []
    with pytest.raises(Refusal, match="do not have"):
        actions.end_task(by=by, at=NOW, engagement=key, task="chaperone", ends_on=date(2026, 2, 12))


@pytest.mark.parametrize(
    ("task", "period", "field"),
    [
        ("broom", ALWAYS, "task"),
        ("chaperone", Period(date(2026, 1, 1)), "task"),
        ("fire-marshal", Period(ends_on=date(2024, 2, 12)), "first_on"),
    ],
)
def test_a_task_that_cannot_be_is_refused(cast: Cast, task: str, period: Period, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.give_task(by=cast.ruth.viewer, at=NOW, engagement=cast.tomasz.engagement, task=task, period=period)

    assert refused.value.field == field


def test_a_state_is_recorded_and_ended(cast: Cast) -> None:
    by, person = cast.ruth.viewer, cast.aisha.person
    actions.add_state(by=by, at=NOW, person=person, state="registered:nmc", period=Period(date(2010, 9, 1)))

    with pytest.raises(Refusal, match="already recorded"):
        actions.add_state(by=by, at=NOW, person=person, state="registered:nmc", period=ALWAYS)
    with pytest.raises(Refusal, match="before the first"):
        actions.end_state(by=by, at=NOW, person=person, state="registered:nmc", ends_on=date(2010, 9, 1))
    actions.end_state(by=by, at=NOW, person=person, state="registered:nmc", ends_on=date(2026, 10, 1))
    with pytest.raises(Refusal, match="do not hold"):
        actions.end_state(by=by, at=NOW, person=person, state="registered:nmc", ends_on=date(2026, 12, 1))

    held = [(one.state_id, one.starts_on, one.ends_on) for one in states_known(EVERYWHERE, [person])]
    assert held == [("registered:nmc", date(2010, 9, 1), date(2026, 10, 1))]


def test_an_unknown_state_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="from the list"):
        actions.add_state(
            by=cast.ruth.viewer, at=NOW, person=cast.aisha.person, state="registered:guild", period=ALWAYS
        )


def test_another_practices_manager_changes_nobody(cast: Cast) -> None:
    by, key = cast.owen.viewer, cast.tomasz.engagement
    with pytest.raises(Http404):
        actions.end_engagement(by=by, at=NOW, engagement=key, ends_on=date(2026, 12, 1))
    with pytest.raises(Http404):
        actions.correct_engagement(by=by, at=NOW, engagement=key, terms=RECEPTION)
    with pytest.raises(Http404):
        actions.give_task(by=by, at=NOW, engagement=key, task="fire-marshal", period=ALWAYS)
    with pytest.raises(Http404):
        actions.add_state(by=by, at=NOW, person=cast.tomasz.person, state="registered:gmc", period=ALWAYS)
    with pytest.raises(Http404):
        actions.add_engagement(by=by, at=NOW, organisation=cast.cedar, person=cast.tomasz.person, terms=RECEPTION)
