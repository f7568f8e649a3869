"""A place says that someone known elsewhere works there: what it sees until they say yes, and after yes or no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.db.utils import Error
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE, Can, Role, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from preceptor.foundation.journal import JournalLine
from preceptor.register.accounts.actions import deactivate, give_role, invite
from preceptor.register.accounts.models import User
from preceptor.register.organisations.domain import ALWAYS
from preceptor.register.people import actions
from preceptor.register.people.domain import EngagementId, PersonDetails, Terms
from preceptor.register.people.models import Claim, ClaimAnswer
from preceptor.register.people.queries import (
    denied_at,
    engagement_by_id,
    engagements_at,
    engagements_of,
    is_known,
    names_seen,
    person_by_id,
    person_told,
    questions_for,
    states_known,
    typed_at,
)
from tests.cast import ALDER, CEDAR, NOW, TODAY, Cast, signed_in

LATER = NOW + timedelta(hours=1)
ASKED_AT = NOW - timedelta(days=5)
SALARIED = Terms("gp-salaried", "gp", "employed", date(2026, 11, 2))
TYPED = PersonDetails("H", "marsh", "", "helen.marsh@example.nhs.uk", "999")


def claim(cast: Cast, details: PersonDetails = TYPED) -> EngagementId:
    """Cedar Lane Surgery says that Helen Marsh of Alder Surgery works there."""
    person = actions.add_person(
        by=cast.owen.viewer, at=ASKED_AT, organisation=cast.cedar, details=details, terms=SALARIED
    )
    (row,) = engagements_of(owens(cast), person)
    return EngagementId(row.engagement_id)


def owens(cast: Cast, permission: Can = Can.SEE_PEOPLE) -> Scope:
    return cast.owen.viewer.scope(permission)


def test_until_they_say_yes_a_place_is_shown_what_it_typed_on_every_read(cast: Cast) -> None:
    actions.add_state(by=cast.ruth.viewer, at=NOW, person=cast.helen.person, state="registered:gmc", period=ALWAYS)
    engagement, scope, helen = claim(cast), owens(cast), cast.helen.person

    assert (str(person_by_id(scope, helen)), person_by_id(scope, helen).professional_number) == ("H marsh", "999")
    assert person_told(scope, helen, TODAY) == TYPED
    assert str(engagement_by_id(scope, engagement).engagement.person) == "H marsh"
    assert [str(row.engagement.person) for row in engagements_of(scope, helen)] == ["H marsh"]
    assert "H marsh" in {str(row.engagement.person) for row in engagements_at(scope, cast.cedar)}
    assert names_seen(scope, [helen, cast.owen.person]) == {helen: "H marsh", cast.owen.person: "Owen Price"}
    assert states_known(scope, [helen]) == []
    assert typed_at(scope, [cast.cedar, cast.alder]) == {helen: TYPED}
    assert typed_at(cast.ruth.viewer.scope(Can.SEE_PEOPLE), [cast.cedar, cast.alder]) == {}
    assert not is_known(scope, helen)
    assert [str(person_by_id(one, helen)) for one in (EVERYWHERE, cast.ruth.viewer.scope(Can.SEE_PEOPLE))] == [
        "Dr Helen Marsh",
        "Dr Helen Marsh",
    ]


def test_yes_opens_it_and_the_journal_says_where(cast: Cast) -> None:
    engagement, scope = claim(cast), owens(cast)

    actions.confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)

    assert str(person_by_id(scope, cast.helen.person)) == "Dr Helen Marsh"
    assert str(engagement_by_id(scope, engagement).engagement.person) == "Dr Helen Marsh"
    assert JournalLine.objects.get(verb="engagement.confirmed").organisation == cast.cedar
    assert questions_for(cast.helen.viewer.scope(Can.CONFIRM_WORK)) == []
    with pytest.raises(Refusal, match="answered this already"):
        actions.deny_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)


def test_no_ends_it_and_the_place_keeps_what_it_typed(cast: Cast) -> None:
    engagement, scope, helen = claim(cast), owens(cast), cast.helen.person

    actions.deny_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)

    with pytest.raises(Http404):
        person_by_id(scope, helen)
    assert engagements_of(scope, helen) == []
    assert [(no.person, no.typed, no.code, no.on) for no in denied_at(scope, cast.cedar)] == [
        (helen, TYPED, CEDAR, TODAY)
    ]
    assert denied_at(cast.ruth.viewer.scope(Can.SEE_PEOPLE), cast.cedar) == []
    assert str(person_by_id(cast.ruth.viewer.scope(Can.SEE_PEOPLE), helen)) == "Dr Helen Marsh"


def test_a_no_is_asked_again_when_they_are_engaged_again_and_then_said_yes_to(cast: Cast) -> None:
    actions.deny_engagement(by=cast.helen.viewer, at=NOW, engagement=claim(cast))

    again = claim(cast)
    assert not is_known(owens(cast), cast.helen.person)
    actions.confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=again)

    assert is_known(owens(cast), cast.helen.person)
    assert denied_at(owens(cast), cast.cedar) == []


@pytest.mark.parametrize("who", ["owen", "ruth", "priya", "aisha"])
def test_nobody_answers_for_somebody_else(cast: Cast, who: str) -> None:
    engagement = claim(cast)

    for answer in (actions.confirm_engagement, actions.deny_engagement):
        with pytest.raises(Http404):
            answer(by=getattr(cast, who).viewer, at=LATER, engagement=engagement)

    assert ClaimAnswer.objects.count() == 0


def test_one_answer_is_for_every_role_at_the_place(cast: Cast) -> None:
    first = claim(cast)
    locum = Terms("gp-locum", "gp", "locum", date(2026, 11, 2))
    second = actions.add_engagement(
        by=cast.owen.viewer, at=NOW, organisation=cast.cedar, person=cast.helen.person, terms=locum
    )
    assert [row.engagement_id for row in questions_for(cast.helen.viewer.scope(Can.CONFIRM_WORK))] == [first]

    actions.confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=second)

    assert {row.claim_id for row in ClaimAnswer.objects.filter(is_yes=True)} == {first, second}


def test_a_change_of_role_is_as_confirmed_as_the_role_before(cast: Cast) -> None:
    partner = Terms("gp-partner", "gp", "partner", date(2026, 12, 1))

    actions.change_role(by=cast.owen.viewer, at=LATER, engagement=claim(cast), terms=partner)

    assert Claim.objects.filter(engagement__person_id=cast.helen.person).count() == 2
    assert not is_known(owens(cast), cast.helen.person)


def test_until_they_say_yes_nothing_about_them_is_the_places_to_change(cast: Cast) -> None:
    engagement, by, helen = claim(cast), cast.owen.viewer, cast.helen.person

    with pytest.raises(Refusal, match="has not said yet"):
        actions.edit_person(by=by, at=LATER, person=helen, details=TYPED)
    with pytest.raises(Refusal, match="has not said yet"):
        actions.add_state(by=by, at=LATER, person=helen, state="registered:gmc", period=ALWAYS)
    with pytest.raises(Refusal, match="has not said yet"):
        give_role(by=by, at=LATER, engagement=engagement, role=Role.MANAGER)
    with pytest.raises(Refusal, match="elsewhere"):
        deactivate(by=by, at=LATER, person=helen)
    actions.give_task(by=by, at=LATER, engagement=engagement, task="chaperone", period=ALWAYS)


def test_the_invitation_goes_to_the_address_they_are_known_by(cast: Cast) -> None:
    claim(cast, PersonDetails("Helen", "Marsh", email="owens.friend@example.com", professional_number="6012345"))
    assert person_told(owens(cast), cast.helen.person, TODAY).email == "owens.friend@example.com"

    invite(by=cast.owen.viewer, at=LATER, person=cast.helen.person)

    assert User.objects.get(person_id=cast.helen.person).email == "helen.marsh@example.nhs.uk"


@pytest.mark.parametrize(
    ("by", "place", "who"),
    [
        ("nadia", "network", "helen"),
        ("ruth", "alder", "nadia"),
        ("priya", "cedar", "helen"),
    ],
    ids=["the network of their practice", "a practice of their network", "an administrator"],
)
def test_whom_the_viewer_sees_or_the_network_knows_already_is_not_asked(
    cast: Cast, by: str, place: str, who: str
) -> None:
    member = getattr(cast, who)
    given, family = member.name.removeprefix("Dr ").split()

    person = actions.add_person(
        by=getattr(cast, by).viewer,
        at=NOW,
        organisation=getattr(cast, place),
        details=PersonDetails(given, family, email=member.email),
        terms=Terms("admin-other", "admin", "employed", date(2026, 11, 2)),
    )

    assert person == member.person
    assert Claim.objects.count() == 0


def test_a_neighbour_in_the_same_network_asks(cast: Cast) -> None:
    details = PersonDetails("Helen", "Marsh", email=cast.helen.email)

    actions.add_person(by=cast.lorna.viewer, at=NOW, organisation=cast.birch, details=details, terms=SALARIED)

    assert not is_known(cast.lorna.viewer.scope(Can.SEE_PEOPLE), cast.helen.person)


def test_someone_who_left_and_works_elsewhere_is_asked_before_they_come_back(cast: Cast) -> None:
    by = cast.lorna.viewer
    actions.end_engagement(by=by, at=NOW, engagement=cast.mei.engagements["A81002"], ends_on=date(2026, 11, 1))

    actions.add_engagement(by=by, at=NOW, organisation=cast.birch, person=cast.mei.person, terms=SALARIED)

    assert Claim.objects.get().engagement.person_id == cast.mei.person
    assert str(person_by_id(by.scope(Can.SEE_PEOPLE), cast.mei.person)) == "Dr Mei Lin"


def test_of_someone_who_left_a_place_is_told_the_name_and_what_they_held_on_the_last_day(cast: Cast) -> None:
    by, mei = cast.ruth.viewer, cast.mei.person
    scope = by.scope(Can.SEE_PEOPLE)
    before, gone = NOW - timedelta(days=40), date(2026, 11, 1)
    actions.add_state(by=by, at=before, person=mei, state="registered:gmc", period=ALWAYS)
    actions.end_engagement(by=by, at=before, engagement=cast.mei.engagements[ALDER], ends_on=gone)

    actions.end_state(by=cast.lorna.viewer, at=NOW, person=mei, state="registered:gmc", ends_on=TODAY)
    actions.add_state(by=cast.lorna.viewer, at=NOW, person=mei, state="registered:nmc", period=ALWAYS)

    assert person_told(scope, mei, TODAY) == PersonDetails("Mei", "Lin", "Dr")
    assert person_told(scope, mei, gone - timedelta(days=1)).email == "mei.lin@example.nhs.uk"
    assert [(one.state_id, one.ends_on) for one in states_known(scope, [mei])] == [("registered:gmc", None)]
    assert states_known(scope, [mei], before - timedelta(days=1)) == []
    assert [one.state_id for one in states_known(scope, [mei], NOW)] == ["registered:gmc"]
    lornas = states_known(cast.lorna.viewer.scope(Can.SEE_PEOPLE), [mei])
    assert [(one.state_id, one.ends_on) for one in lornas] == [("registered:gmc", TODAY), ("registered:nmc", None)]


def test_a_list_with_somebody_unconfirmed_costs_one_query_more_however_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim(cast)
    owen, ruth = owens(cast), cast.ruth.viewer.scope(Can.SEE_PEOPLE)

    with django_assert_num_queries(2):
        assert len(engagements_at(owen, cast.cedar)) == 2
    with django_assert_num_queries(1):
        engagements_at(ruth, cast.alder)


@pytest.mark.parametrize(("given", "family"), [("", "Marsh"), ("Helen", "")])
def test_a_claim_without_a_name_is_refused_by_the_database(cast: Cast, given: str, family: str) -> None:
    with pytest.raises(Error, match="claim_name"), acting():
        Claim.objects.create(engagement_id=cast.aisha.engagement, given_name=given, family_name=family, at=NOW)


def test_claims_and_answers_are_only_added_to(cast: Cast) -> None:
    actions.confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=claim(cast))

    for rows in (Claim.objects.all(), ClaimAnswer.objects.all()):
        with pytest.raises(Error, match="append-only"), acting(), transaction.atomic():
            rows.update(at=NOW)


# By page


def _add(client: Client, cast: Cast) -> str:
    answers = {
        "given_name": "Helen",
        "family_name": "Marsh",
        "email": cast.helen.email,
        "role": "gp-salaried",
        "kind": "employed",
        "first_on_day": "2",
        "first_on_month": "11",
        "first_on_year": "2026",
    }
    page = client.post(reverse("people:add", args=[CEDAR]), answers, follow=True)
    return page.content.decode()


def test_whoever_is_claimed_is_written_to_and_answers_on_their_own_account(cast: Cast, client: Client) -> None:
    added = _add(signed_in(client, cast.owen), cast)
    assert "Helen Marsh is known elsewhere, so they are asked first" in added
    assert "Helen Marsh has not said yet that they work at Cedar Lane Surgery." in added
    assert "6012345" not in added
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["helen.marsh@example.nhs.uk"], "Cedar Lane Surgery says you work there")
    assert reverse("people:questions") in letter.body

    signed_in(client, cast.helen)
    notice = "Cedar Lane Surgery says you work there. Is that right?"
    assert notice in client.get(reverse("mine:training")).content.decode()
    asked = client.get(reverse("people:questions"))
    (engagement,) = [row.engagement_id for row in questions_for(cast.helen.viewer.scope(Can.CONFIRM_WORK))]
    assert notice in asked.content.decode()
    done = client.post(asked.request["PATH_INFO"], {"engagement": engagement, "answer": "yes"}, follow=True)

    assert "Thank you. Cedar Lane Surgery now sees your training." in done.content.decode()
    assert notice not in done.content.decode()
    assert is_known(owens(cast), cast.helen.person)


def test_a_manager_reads_that_someone_said_no(cast: Cast, client: Client) -> None:
    engagement = claim(cast)
    signed_in(client, cast.helen)
    client.post(reverse("people:questions"), {"engagement": engagement, "answer": "no"})

    signed_in(client, cast.owen)
    listed = client.get(reverse("people:people", args=[CEDAR])).content.decode()
    page = client.get(reverse("people:person", args=[cast.helen.person])).content.decode()

    assert "Said they do not work here (1)" in listed
    assert "H marsh said on" in page
    assert "that they do not work at Cedar Lane Surgery." in page
    assert "6012345" not in page
    assert "Helen" not in page
    for other in (cast.lorna, cast.aisha, cast.gareth):
        assert signed_in(client, other).get(reverse("people:person", args=[cast.helen.person])).status_code in {
            403,
            404,
        }


def test_an_answer_that_was_not_asked_for_is_none(cast: Cast, client: Client) -> None:
    engagement = claim(cast)

    for who, given in ((cast.aisha, "yes"), (cast.helen, "perhaps")):
        answers = {"engagement": engagement, "answer": given}
        assert signed_in(client, who).post(reverse("people:questions"), answers).status_code == 404
    page = signed_in(client, cast.aisha).get(reverse("people:questions")).content.decode()

    assert "Nobody is waiting for an answer." in page
    assert ClaimAnswer.objects.count() == 0


def test_the_access_page_of_somebody_unconfirmed_says_nothing_of_their_account(cast: Cast, client: Client) -> None:
    claim(cast, PersonDetails("Helen", "Marsh", professional_number="6012345"))
    signed_in(client, cast.owen)

    page = client.get(reverse("accounts:access", args=[cast.helen.person])).content.decode()
    invited = client.post(reverse("accounts:invite", args=[cast.helen.person]), follow=True).content.decode()

    for shown in (page, invited):
        assert "helen.marsh@example.nhs.uk" not in shown
        assert "has not said yet that they work here" in shown
    assert "A letter to them is on its way." in invited
    assert mail.outbox[0].to == ["helen.marsh@example.nhs.uk"]
    assert reverse("people:questions") in mail.outbox[0].body
