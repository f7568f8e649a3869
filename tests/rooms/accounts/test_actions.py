"""Giving and taking access: what it opens, when it ends by itself, and who may not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from preceptor.foundation.access import EVERYWHERE, Can, Role
from preceptor.foundation.actions import Refusal
from preceptor.foundation.journal import JournalLine
from preceptor.register.accounts import actions
from preceptor.register.accounts.domain import Secret
from preceptor.register.accounts.models import User
from preceptor.register.accounts.queries import account_of, roles_held, viewer_of
from preceptor.register.people.actions import (
    add_engagement,
    add_person,
    correct_engagement,
    edit_person,
    end_engagement,
    void_engagement,
)
from preceptor.register.people.domain import EngagementId, PersonDetails, PersonId, Terms
from preceptor.register.people.queries import engagement_by_id, engagements_of, terms_of
from tests.cast import ALDER, BIRCH, BUILDER, NETWORK, NOW, TODAY, Cast

LATER = NOW + timedelta(hours=1)
RECEPTION = Terms("receptionist", "admin", "employed", date(2026, 11, 2))


def test_an_account_has_no_password_until_its_owner_chooses_one(cast: Cast) -> None:
    person = add_person(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "Whitlock", email="Dean@Example.nhs.uk"),
        terms=RECEPTION,
    )

    user = actions.invite(by=cast.ruth.viewer, at=NOW, person=person)

    account = User.objects.get(pk=user)
    assert (account.email, account.has_usable_password(), account.person_id) == ("dean@example.nhs.uk", False, person)


def test_inviting_twice_makes_one_account(cast: Cast) -> None:
    assert actions.invite(by=cast.ruth.viewer, at=NOW, person=cast.aisha.person) == cast.aisha.user


def test_inviting_again_brings_the_address_up_to_date(cast: Cast) -> None:
    by, details = cast.ruth.viewer, PersonDetails("Aisha", "Khan", email="Aisha.Khan@example.nhs.uk")
    edit_person(by=by, at=NOW, person=cast.aisha.person, details=details)

    actions.invite(by=by, at=NOW, person=cast.aisha.person)

    assert User.objects.get(pk=cast.aisha.user).email == "aisha.khan@example.nhs.uk"


def test_nobody_is_invited_without_an_address(cast: Cast) -> None:
    person = add_person(
        by=cast.ruth.viewer, at=NOW, organisation=cast.alder, details=PersonDetails("Dean", "W"), terms=RECEPTION
    )

    with pytest.raises(Refusal, match="Add an email address"):
        actions.invite(by=cast.ruth.viewer, at=NOW, person=person)


def test_a_practice_someone_left_does_not_invite_them(cast: Cast) -> None:
    by = cast.ruth.viewer
    end_engagement(by=by, at=NOW, engagement=cast.aisha.engagement, ends_on=TODAY)

    with pytest.raises(Refusal, match="no longer works"):
        actions.invite(by=by, at=NOW, person=cast.aisha.person)


def test_an_address_somebody_signs_in_with_is_refused(cast: Cast) -> None:
    by = cast.ruth.viewer
    edit_person(
        by=by, at=NOW, person=cast.aisha.person, details=PersonDetails("Aisha", "Rahman", email="new@example.nhs.uk")
    )
    person = add_person(
        by=by,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "W", email="aisha.rahman@example.nhs.uk"),
        terms=RECEPTION,
    )

    with pytest.raises(Refusal, match="already signs in"):
        actions.invite(by=by, at=NOW, person=person)


def test_a_role_opens_what_its_table_says_there_and_nowhere_else(cast: Cast) -> None:
    actions.give_role(by=cast.ruth.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER)

    scope = cast.aisha.viewer.scope(Can.EDIT_PEOPLE)
    assert (scope.organisations, scope.person) == (frozenset({cast.alder}), None)


def test_a_role_given_from_a_day_opens_nothing_before_it(cast: Cast) -> None:
    actions.give_role(
        by=cast.ruth.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER, starts_on=date(2026, 12, 1)
    )

    before, on = (viewer_of(cast.aisha.user, day) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert (before.may(Can.EDIT_PEOPLE), on.may(Can.EDIT_PEOPLE)) == (False, True)


def test_a_leavers_access_ends_the_day_after_the_last_day_and_nobody_does_anything(cast: Cast) -> None:
    end_engagement(by=BUILDER, at=NOW, engagement=cast.ruth.engagement, ends_on=date(2026, 12, 1))

    last, after = (viewer_of(cast.ruth.user, day) for day in (date(2026, 11, 30), date(2026, 12, 1)))

    assert (last.may(Can.SEE_PEOPLE), [place.code for place in last.engaged]) == (True, [ALDER])
    assert (after.may(Can.SEE_PEOPLE), after.engaged, after.grants) == (False, (), ())
    assert after.scope(Can.SEE_RECORDS).person == cast.ruth.person
    assert not after.scope(Can.SEE_RECORDS).organisations


def test_access_follows_a_corrected_last_day(cast: Cast) -> None:
    key = cast.ruth.engagement
    end_engagement(by=BUILDER, at=NOW, engagement=key, ends_on=date(2026, 11, 1))
    shut = cast.ruth.viewer.may(Can.SEE_PEOPLE)
    terms = terms_of(engagement_by_id(EVERYWHERE, key))

    correct_engagement(
        by=BUILDER, at=LATER, engagement=key, terms=Terms(terms.role, terms.staff_group, terms.kind, terms.starts_on)
    )

    assert (shut, cast.ruth.viewer.may(Can.SEE_PEOPLE)) == (False, True)


def test_access_through_an_engagement_that_never_was_is_none(cast: Cast) -> None:
    void_engagement(by=BUILDER, at=NOW, engagement=cast.ruth.engagement, reason="Wrong person")

    assert not cast.ruth.viewer.may(Can.SEE_PEOPLE)


def test_someone_at_two_practices_keeps_the_access_of_the_one_they_stay_at(cast: Cast) -> None:
    actions.give_role(by=BUILDER, at=NOW, engagement=cast.samir.engagements[ALDER], role=Role.MANAGER)
    actions.give_role(by=BUILDER, at=NOW, engagement=cast.samir.engagements[BIRCH], role=Role.MANAGER)

    end_engagement(by=BUILDER, at=LATER, engagement=cast.samir.engagements[ALDER], ends_on=date(2026, 12, 1))

    after = viewer_of(cast.samir.user, date(2026, 12, 1))
    assert after.scope(Can.SEE_PEOPLE).organisations == {cast.birch}


@pytest.mark.parametrize(
    ("giver", "to", "code", "role"),
    [
        ("ruth", "aisha", ALDER, Role.MANAGER),
        ("nadia", "samir", NETWORK, Role.PCN_LEAD),
        ("nadia", "samir", NETWORK, Role.MANAGER),
        ("priya", "gareth", "HUB01", Role.ADMINISTRATOR),
        ("priya", "aisha", ALDER, Role.MANAGER),
    ],
)
def test_a_role_is_given_by_those_who_have_as_much(cast: Cast, giver: str, to: str, code: str, role: Role) -> None:
    member = getattr(cast, to)

    actions.give_role(by=getattr(cast, giver).viewer, at=NOW, engagement=member.engagements[code], role=role)

    places = {(grant.role, grant.place.code) for grant in member.viewer.grants}
    assert (role, code) in places


@pytest.mark.parametrize(
    ("giver", "to", "code", "role", "words"),
    [
        ("ruth", "aisha", ALDER, Role.ADMINISTRATOR, "Only an administrator"),
        ("ruth", "aisha", ALDER, Role.PCN_LEAD, "is not a role for"),
        ("nadia", "samir", NETWORK, Role.ADMINISTRATOR, "Only an administrator"),
        ("priya", "aisha", ALDER, Role.HUB_LEAD, "is not a role for"),
    ],
)
def test_nobody_gives_more_than_they_have(cast: Cast, giver: str, to: str, code: str, role: Role, words: str) -> None:
    member = getattr(cast, to)

    with pytest.raises(Refusal, match=words) as refused:
        actions.give_role(by=getattr(cast, giver).viewer, at=NOW, engagement=member.engagements[code], role=role)

    assert refused.value.field == "role"


def test_a_manager_of_a_network_is_not_its_lead(cast: Cast) -> None:
    actions.give_role(by=BUILDER, at=NOW, engagement=cast.samir.engagements[NETWORK], role=Role.MANAGER)

    with pytest.raises(Refusal, match="Only an administrator"):
        actions.give_role(
            by=cast.samir.viewer, at=LATER, engagement=cast.nadia.engagements[NETWORK], role=Role.PCN_LEAD
        )


def test_nobody_gives_roles_at_another_place(cast: Cast) -> None:
    for giver in (cast.owen, cast.nadia):
        with pytest.raises(Http404):
            actions.give_role(by=giver.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER)
    with pytest.raises(PermissionDenied):
        actions.give_role(by=cast.gareth.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER)


def test_a_role_is_not_given_twice(cast: Cast) -> None:
    with pytest.raises(Refusal, match="already have"):
        actions.give_role(by=cast.priya.viewer, at=NOW, engagement=cast.ruth.engagement, role=Role.MANAGER)


def test_a_role_taken_away_ends_on_its_last_day(cast: Cast) -> None:
    (held,) = roles_held(EVERYWHERE, cast.ruth.person)

    actions.take_role(by=cast.priya.viewer, at=NOW, held=held.pk, ends_on=date(2026, 12, 1))

    last, after = (viewer_of(cast.ruth.user, day) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert (last.may(Can.EDIT_PEOPLE), after.may(Can.EDIT_PEOPLE)) == (True, False)
    (ending,) = roles_held(EVERYWHERE, cast.ruth.person)
    with pytest.raises(Refusal, match="ends before that"):
        actions.take_role(by=cast.priya.viewer, at=LATER, held=ending.pk, ends_on=date(2026, 12, 2))


def test_a_role_taken_away_before_it_began_was_never_given(cast: Cast) -> None:
    actions.give_role(
        by=cast.ruth.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER, starts_on=date(2026, 12, 1)
    )
    (held,) = roles_held(EVERYWHERE, cast.aisha.person)

    actions.take_role(by=cast.ruth.viewer, at=LATER, held=held.pk, ends_on=TODAY)

    assert roles_held(EVERYWHERE, cast.aisha.person) == []


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    by = cast.ruth.viewer
    terms = Terms("admin-other", "admin", "employed", date(2026, 12, 1))
    again = add_engagement(by=by, at=NOW, organisation=cast.alder, person=cast.ruth.person, terms=terms)

    with pytest.raises(Refusal, match="Ask someone else to give you a role"):
        actions.give_role(by=by, at=NOW, engagement=again, role=Role.MANAGER)


def test_nobody_takes_away_their_own_role(cast: Cast) -> None:
    (held,) = roles_held(EVERYWHERE, cast.ruth.person)

    with pytest.raises(Refusal, match="someone else"):
        actions.take_role(by=cast.ruth.viewer, at=NOW, held=held.pk, ends_on=TODAY)


def test_a_role_elsewhere_does_not_exist(cast: Cast) -> None:
    (held,) = roles_held(EVERYWHERE, cast.ruth.person)

    with pytest.raises(Http404):
        actions.take_role(by=cast.owen.viewer, at=NOW, held=held.pk, ends_on=TODAY)


def test_a_change_of_role_carries_the_access_that_is_kept(cast: Cast) -> None:
    terms = Terms("medical-secretary", "admin", "employed", date(2026, 12, 1))

    kept = actions.change_role(
        by=cast.priya.viewer, at=NOW, engagement=cast.ruth.engagement, terms=terms, keep_roles=(Role.MANAGER,)
    )

    days = [date(2026, 11, 30), date(2026, 12, 1)]
    assert [viewer_of(cast.ruth.user, day).may(Can.EDIT_PEOPLE) for day in days] == [True, True]
    held = {(one.engagement_id, one.role) for one in roles_held(EVERYWHERE, cast.ruth.person)}
    assert held == {(cast.ruth.engagement, "manager"), (kept, "manager")}


def test_a_change_of_role_ends_the_access_that_is_not(cast: Cast) -> None:
    terms = Terms("medical-secretary", "admin", "employed", date(2026, 12, 1))

    actions.change_role(by=cast.priya.viewer, at=NOW, engagement=cast.ruth.engagement, terms=terms)

    assert not viewer_of(cast.ruth.user, date(2026, 12, 1)).may(Can.EDIT_PEOPLE)


def test_access_carried_over_begins_no_earlier_than_it_was_given_for(cast: Cast) -> None:
    by = cast.ruth.viewer
    actions.give_role(by=by, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER, starts_on=date(2027, 1, 1))
    terms = Terms("medical-secretary", "admin", "employed", date(2026, 12, 1))

    actions.change_role(by=by, at=NOW, engagement=cast.aisha.engagement, terms=terms, keep_roles=(Role.MANAGER,))

    days = [date(2026, 12, 31), date(2027, 1, 1)]
    assert [viewer_of(cast.aisha.user, day).may(Can.EDIT_PEOPLE) for day in days] == [False, True]


def test_a_closed_account_opens_nothing_until_it_is_opened_again(cast: Cast) -> None:
    actions.deactivate(by=cast.ruth.viewer, at=NOW, person=cast.aisha.person)
    closed = cast.aisha.viewer

    actions.reactivate(by=cast.ruth.viewer, at=LATER, person=cast.aisha.person)

    assert (closed.is_signed_in, cast.aisha.viewer.is_signed_in) == (False, True)


def test_one_place_does_not_close_an_account_another_needs(cast: Cast) -> None:
    with pytest.raises(Refusal, match="elsewhere"):
        actions.deactivate(by=cast.ruth.viewer, at=NOW, person=cast.mei.person)
    with pytest.raises(Refusal, match="someone else"):
        actions.deactivate(by=cast.ruth.viewer, at=NOW, person=cast.ruth.person)
    with pytest.raises(Http404):
        actions.deactivate(by=cast.owen.viewer, at=NOW, person=cast.aisha.person)

    actions.deactivate(by=cast.priya.viewer, at=NOW, person=cast.mei.person)

    assert not User.objects.get(pk=cast.mei.user).is_active


def test_an_account_that_is_not_there_is_not_closed(cast: Cast) -> None:
    person = add_person(
        by=cast.ruth.viewer, at=NOW, organisation=cast.alder, details=PersonDetails("Dean", "W"), terms=RECEPTION
    )

    with pytest.raises(Http404):
        actions.deactivate(by=cast.ruth.viewer, at=NOW, person=person)


def test_a_linked_person_cannot_be_taken_over_through_their_address(cast: Cast) -> None:
    typed = PersonDetails("Helen", "Marsh", email="owen@evil.example", professional_number="6012345")
    person = add_person(by=cast.owen.viewer, at=NOW, organisation=cast.cedar, details=typed, terms=RECEPTION)

    with pytest.raises(Refusal, match="has not said yet that they work here"):
        edit_person(by=cast.owen.viewer, at=NOW, person=person, details=typed)
    actions.invite(by=cast.owen.viewer, at=NOW, person=person)

    account = account_of(EVERYWHERE, cast.helen.person)
    assert account is not None
    assert (person, account.email) == (cast.helen.person, "helen.marsh@example.nhs.uk")


@pytest.fixture
def administrator_at_alder(cast: Cast) -> PersonId:
    """Dean looks after Preceptor itself, and works at Alder Surgery and nowhere else."""
    person = add_person(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "Whitlock", email="dean@example.nhs.uk"),
        terms=RECEPTION,
    )
    (term,) = engagements_of(EVERYWHERE, person)
    engagement = EngagementId(term.engagement_id)
    actions.give_role(by=BUILDER, at=NOW, engagement=engagement, role=Role.ADMINISTRATOR)
    return person


def test_an_administrators_account_is_not_taken_over_by_their_practices_manager(
    cast: Cast, administrator_at_alder: PersonId
) -> None:
    actions.invite(by=BUILDER, at=NOW, person=administrator_at_alder)
    details = PersonDetails("Dean", "Whitlock", email="ruth.okafor2@example.nhs.uk")
    edit_person(by=cast.ruth.viewer, at=NOW, person=administrator_at_alder, details=details)

    with pytest.raises(Refusal, match="reaches further than yours"):
        actions.invite(by=cast.ruth.viewer, at=NOW, person=administrator_at_alder)
    with pytest.raises(Refusal, match="reaches further than yours"):
        actions.deactivate(by=cast.ruth.viewer, at=NOW, person=administrator_at_alder)

    assert User.objects.get(person=administrator_at_alder).email == "dean@example.nhs.uk"


def test_an_administrator_without_an_account_is_invited_by_an_administrator_alone(
    cast: Cast, administrator_at_alder: PersonId
) -> None:
    with pytest.raises(Refusal, match="reaches further than yours"):
        actions.invite(by=cast.ruth.viewer, at=NOW, person=administrator_at_alder)

    actions.invite(by=cast.priya.viewer, at=NOW, person=administrator_at_alder)

    assert User.objects.filter(person=administrator_at_alder).exists()


def test_a_manager_still_changes_the_account_of_another_manager_of_the_same_place(cast: Cast) -> None:
    actions.give_role(by=cast.ruth.viewer, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER)

    actions.deactivate(by=cast.ruth.viewer, at=NOW, person=cast.aisha.person)

    assert not User.objects.get(pk=cast.aisha.user).is_active


def test_choosing_a_password_is_ones_own_and_never_written_to_the_journal(cast: Cast) -> None:
    actions.choose_password(by=cast.aisha.viewer, at=NOW, password=Secret("correct horse battery"))

    line = JournalLine.objects.get(verb="password.chosen")
    assert User.objects.get(pk=cast.aisha.user).check_password("correct horse battery")
    assert (line.by_name, line.what) == ("Aisha Rahman", {"password": "a secret"})


def test_only_a_system_account_sets_anothers_password(cast: Cast) -> None:
    secret = Secret("correct horse battery")
    with pytest.raises(PermissionDenied):
        actions.set_password(by=cast.priya.viewer, at=NOW, person=cast.aisha.person, password=secret)
    with pytest.raises(PermissionDenied):
        actions.choose_password(by=BUILDER, at=NOW, password=secret)

    actions.set_password(by=BUILDER, at=NOW, person=cast.aisha.person, password=secret)

    assert User.objects.get(pk=cast.aisha.user).check_password("correct horse battery")


def test_a_password_needs_an_account(cast: Cast) -> None:
    nobody = add_person(
        by=cast.ruth.viewer, at=NOW, organisation=cast.alder, details=PersonDetails("Dean", "W"), terms=RECEPTION
    )

    with pytest.raises(Http404):
        actions.set_password(by=BUILDER, at=NOW, person=nobody, password=Secret("x"))
