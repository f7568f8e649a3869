"""The demo world, built once for the module inside a transaction that is undone after it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import Client, RequestFactory
from pytest_django import DjangoDbBlocker

from demo import world
from demo.places import BOARD, BOARD_BEFORE, HUB, LOCATION, NETWORK, PRACTICES, SUCCESSION
from demo.signins import PASSWORD, SIGN_INS, SignIn
from demo.spans import at
from preceptor.compliance.packs.domain.reasons import recurring
from preceptor.compliance.packs.queries import declined_by_law, forecasts, names_known, offerable, own_pack, places_on
from preceptor.compliance.records.models import ImportRun, Record, RecordDecision, RecordWithdrawal
from preceptor.compliance.records.queries import names_asked, names_said
from preceptor.compliance.requirements.models import Adjustment, AdjustmentWithdrawal, RequirementVersion
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import load, world_of
from preceptor.compliance.subjects.queries import equivalences_approved
from preceptor.foundation.access import EVERYWHERE, Can, Role, Viewer
from preceptor.foundation.gates import OutsideActionError
from preceptor.foundation.journal import JournalLine
from preceptor.oversight.evidence.queries import analysis_of, versions_of
from preceptor.register.accounts.models import User
from preceptor.register.accounts.queries import viewer_of
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.models import Parent, SystemUsed
from preceptor.register.organisations.queries import organisations_by_code
from preceptor.register.people.models import EngagementTerm, Person
from preceptor.register.people.queries import questions_for

TODAY = date(2026, 11, 23)
ALDER = "A81001"


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.FILES_ROOT", tmp_path_factory.mktemp("files"))
        steps: list[str] = []
        world.build(TODAY, steps.append)
        yield steps
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _undone(built: list[str], db: None) -> None:
    """What a test changes is undone after it."""


def verdicts_at(code: str, *, not_needed: bool = False) -> Counter[Status]:
    """How many stand how at a place on the day."""
    here = [seat for seat in world_of(EVERYWHERE, code).engagements if holds(seat.starts_on, seat.ends_on)]
    ids = {seat.id for seat in here}
    found = Judge(world_of(EVERYWHERE, code)).verdicts(TODAY, not_needed=not_needed)
    return Counter(one.status for one in found if one.engagement in ids)


def holds(starts_on: date | None, ends_on: date | None) -> bool:
    """Does a period hold the day?"""
    return (starts_on is None or starts_on <= TODAY) and (ends_on is None or ends_on > TODAY)


def viewer(email: str) -> Viewer:
    """Who somebody is on the day."""
    return viewer_of(User.objects.get(email=email).pk, TODAY)


def test_six_practices_of_one_network_hold_about_150_people() -> None:
    places = organisations_by_code(EVERYWHERE, [one.code for one in PRACTICES])
    terms = EngagementTerm.objects.filter(superseded_at=None, void=False)
    seats = Counter(
        term.engagement.organisation.code
        for term in terms.select_related("engagement__organisation")
        if holds(term.starts_on, term.ends_on)
    )

    assert len(places) == 6
    above = Parent.objects.filter(child__in=[one.pk for one in places.values()])
    assert {row.parent.code for row in above} == {NETWORK}
    assert 140 <= Person.objects.count() <= 160
    assert seats[ALDER] == 20
    assert seats["A81002"] == 35
    assert all(15 <= seats[one.code] <= 35 for one in PRACTICES)


def test_every_status_is_present_at_alder_today() -> None:
    tally = verdicts_at(ALDER, not_needed=True)

    assert set(tally) == set(Status)
    assert 5 <= tally[Status.OVERDUE] <= 10
    assert 10 <= tally[Status.DUE_SOON] <= 15


@pytest.mark.parametrize("code", [one.code for one in PRACTICES])
def test_most_of_what_a_practice_asks_is_in_date(code: str) -> None:
    tally = verdicts_at(code)
    in_date = tally[Status.VALID] + tally[Status.DUE_SOON]

    assert 0.87 <= in_date / (in_date + tally[Status.OVERDUE]) <= 0.98


def test_each_step_is_said(built: list[str]) -> None:
    assert built[0] == "National catalogue"
    assert {f"Records of {one.name}" for one in PRACTICES} <= set(built)


def test_everything_came_through_actions() -> None:
    verbs = set(JournalLine.objects.values_list("verb", flat=True))

    assert {"staff-list.imported", "records.imported", "record.added", "pack.adopted", "person.added"} <= verbs
    with pytest.raises(OutsideActionError):
        Person.objects.create(given_name="No", family_name="Body", added_at=at(TODAY))


def test_nothing_is_known_before_it_happened_or_after_the_day() -> None:
    now = at(TODAY, 0)

    assert not [one for one in Record.objects.all() if one.recorded_at.date() < one.on]
    for stamps in (
        Record.objects.values_list("recorded_at"),
        RecordDecision.objects.values_list("at"),
        RecordWithdrawal.objects.values_list("at"),
        EngagementTerm.objects.values_list("recorded_at"),
        Adjustment.objects.values_list("recorded_at"),
    ):
        assert max(stamps)[0] < now


def test_the_past_was_known_otherwise_than_it_is_now() -> None:
    place = organisations_by_code(EVERYWHERE, [ALDER])[ALDER].pk
    day = TODAY - timedelta(days=730)

    then = load(EVERYWHERE, [place], on=day, known_at=at(day, 12))[place].verdicts(day)
    now = load(EVERYWHERE, [place], on=day)[place].verdicts(day)

    assert set(then) == set(now)
    assert then != now


def test_records_have_lives_of_their_own() -> None:
    waiting = Record.objects.filter(decision=None, withdrawal=None)

    assert {one.person.family_name for one in waiting if one.certificate} >= {"Nowak", "Dunn", "Tully"}
    assert RecordDecision.objects.filter(accepted=False).exclude(reason="").count() >= 3
    assert Record.objects.filter(withdrawal__isnull=False, corrected_by=None).exists()
    assert Record.objects.filter(corrects__isnull=False).exists()
    assert Record.objects.filter(note__contains="last employer").count() > 20
    assert Record.objects.filter(subject="cervical-samples", person__email="aisha.rahman@alder.example").count() == 20
    endings = {Path(name).suffix for name in ImportRun.objects.values_list("file_name", flat=True)}
    assert endings == {".csv", ".xlsx"}


def test_rules_changed_and_were_eased() -> None:
    kinds = Counter(Adjustment.objects.values_list("kind", flat=True))
    local = RequirementVersion.objects.filter(requirement__owner__isnull=False, copied_from=None)

    assert set(kinds) == {"pause", "exemption", "extension"}
    assert AdjustmentWithdrawal.objects.count() == 1
    assert [(one.requirement.key, one.local_choice != "") for one in local] == [("fire-safety", True)]
    later = RequirementVersion.objects.filter(requirement__owner__code=ALDER, number__gt=1)
    assert {"safeguarding-3", "oliver-mcgowan-2", "health-safety"} <= {one.requirement.key for one in later}


def test_places_change_over_time() -> None:
    boards = {row.parent.code: (row.starts_on, row.ends_on) for row in Parent.objects.filter(child__code=LOCATION)}
    systems = SystemUsed.objects.filter(superseded_at=None, organisation__code="A81004")
    core = {row.system_id: row.ends_on for row in systems if row.system_id in {"vision", "emis-web"}}

    assert boards == {BOARD_BEFORE: (None, SUCCESSION), BOARD: (SUCCESSION, None)}
    assert core["emis-web"] is None
    assert core["vision"] is not None
    assert core["vision"] < TODAY


@pytest.mark.parametrize("one", SIGN_INS, ids=lambda one: one.role)
def test_each_sign_in_opens_an_account(one: SignIn) -> None:
    user = authenticate(RequestFactory().post("/sign-in/"), email=one.email, password=PASSWORD)

    assert user is not None
    assert viewer(one.email).name == one.name


def test_those_who_sign_in_may_what_their_role_says() -> None:
    roles = {one.role: viewer(one.email) for one in SIGN_INS}

    held = {role: {grant.role for grant in found.grants} for role, found in roles.items()}
    assert held["Practice manager"] == {Role.MANAGER}
    assert held["Manager, system moved"] == {Role.MANAGER}
    assert held["PCN lead"] == {Role.PCN_LEAD}
    assert held["Training hub lead"] == {Role.HUB_LEAD}
    assert held["Administrator"] == {Role.ADMINISTRATOR}
    assert [role for role in held if not held[role]] == [
        *("Practice nurse", "Receptionist", "New receptionist", "Digital champion"),
        *("Locum GP at two practices", "PCN pharmacist"),
    ]
    engaged = {role: {place.code for place in found.engaged} for role, found in roles.items()}
    assert engaged["Locum GP at two practices"] == {ALDER, "A81002"}
    asked = questions_for(roles["Locum GP at two practices"].scope(Can.CONFIRM_WORK))
    assert [row.engagement.organisation.code for row in asked] == ["A81005"]
    assert engaged["PCN pharmacist"] == {NETWORK, ALDER, "A81002", "A81005"}
    assert len(roles["PCN lead"].scope(Can.SEE_SHARES).organisations) == 7
    assert len(roles["Training hub lead"].scope(Can.SEE_SHARES).organisations) == 8


def by_hand(code: str, day: date) -> tuple[int, int]:
    """The toolkit's training item counted by hand from the rows, without the judge.

    People trained in the twelve months up to a day, of all people here that day, those on leave included.
    """
    before = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    here = {
        term.engagement.person_id
        for term in EngagementTerm.objects.filter(superseded_at=None, void=False).select_related(
            "engagement__organisation"
        )
        if term.engagement.organisation.code == code
        and term.starts_on is not None
        and term.starts_on <= day
        and (term.ends_on is None or term.ends_on > day)
    }
    withdrawn = set(RecordWithdrawal.objects.values_list("record_id", flat=True))
    accepted = set(RecordDecision.objects.filter(accepted=True).values_list("record_id", flat=True))
    trained = {
        record.person_id
        for record in Record.objects.filter(subject_id="data-security")
        if record.pk in accepted and record.pk not in withdrawn and before <= record.on <= day
    }
    return len(here & trained), len(here)


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30), TODAY])
def test_the_toolkits_training_item_agrees_with_a_count_by_hand(day: date, client: Client) -> None:
    counted, measured = {}, {}
    for place in organisations_by_code(EVERYWHERE, [one.code for one in PRACTICES]).values():
        measure = analysis_of(EVERYWHERE, place.pk, TODAY, day).measure
        counted[place.code] = by_hand(place.code, day)
        measured[place.code] = (measure.trained, measure.of) if measure else (0, 0)
    trained, of = counted[ALDER]
    asked = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    client.force_login(User.objects.get(email="ruth.okafor@alder.example"))

    page = client.get(f"/practices/{ALDER}/training-needs/", asked).content.decode()

    assert measured == counted
    assert len(set(counted.values())) > 2
    assert 0 < trained <= of
    said = f"{trained} of {of} people, {100 * trained // of}%, if published on {day.day} {day:%B} {day.year}."
    assert said in page
    assert ("It is reached." in page) is (100 * trained >= 95 * of)


def test_the_command_says_who_can_sign_in_and_builds_nothing_twice() -> None:
    before, said, told = Record.objects.count(), io.StringIO(), io.StringIO()

    call_command("demo", stdout=said, stderr=told)

    assert Record.objects.count() == before
    assert "here already" in told.getvalue()
    for one in SIGN_INS:
        assert one.email in said.getvalue()
    assert PASSWORD in said.getvalue()


def test_the_hub_offers_a_pack_in_two_versions_and_practices_differ() -> None:
    hub = organisations_by_code(EVERYWHERE, [HUB])[HUB].pk
    pack = own_pack(EVERYWHERE, hub)
    assert pack is not None

    places = {one.code: one for one in places_on(EVERYWHERE, pack, TODAY)}
    reasons = recurring(
        (given for one in places.values() for given in one.reasons), names_known(EVERYWHERE, pack, TODAY)
    )

    assert {code: (one.on_version, one.waiting, one.put_off, one.left) for code, one in places.items()} == {
        "A81001": (1, 1, 0, 0),
        "A81002": (2, 0, 0, 0),
        "A81003": (2, 0, 0, 1),
        "A81004": (2, 0, 0, 1),
        "A81005": (2, 0, 0, 1),
        "A81006": (1, 1, 1, 0),
        NETWORK: (None, 0, 0, 0),
    }
    assert [(one.key, one.left, one.words) for one in reasons] == [("fire-safety", 3, (("building", 3),))]


def test_what_counts_as_what_names_and_an_endorsed_analysis_are_never_empty() -> None:
    places = organisations_by_code(EVERYWHERE, [HUB, ALDER, "A81002"])
    (version,) = versions_of(EVERYWHERE, places[ALDER].pk)
    approved = [one for one in equivalences_approved() if one.owner == places[HUB].pk]
    remembered = names_said(EVERYWHERE, OrganisationId(places["A81002"].pk))
    asked = names_asked(viewer("gareth.pugh@valehub.example").scope(Can.APPROVE_EQUIVALENCES))

    (declined,) = declined_by_law(EVERYWHERE, places[ALDER].pk)
    assert (declined.key, declined.legal_reason[:35]) == ("lone-working", "The duty is to whoever works alone,")
    assert version.endorsed_by == "Dr Helen Marsh, Caldicott Guardian, for the partners"
    assert version.endorsed_on < TODAY < version.review_by
    assert [one.approved_by for one in approved] == ["Vale safeguarding and disability forum"]
    assert [(one.pick.value, one.words) for one in remembered.values()] == [
        ("subject", "BLS and AED, annual refresher")
    ]
    assert [(place.code, one.words) for place, one in asked] == [("A81004", "IRIS session for receptionists")]


def test_the_dry_run_of_the_hubs_pack_counts_whoever_could_follow_it() -> None:
    hub = organisations_by_code(EVERYWHERE, [HUB])[HUB].pk
    items = {one.item.key: one.item for one in offerable(EVERYWHERE, hub, at(TODAY, 9)) if one.packed}

    rows = forecasts(EVERYWHERE, hub, items, TODAY)

    # Whoever took it or kept their own has answered; the network does not follow the pack, and could.
    assert {one.code for one in rows if one.figures and one.figures.sooner} == {"A81001", "A81006", NETWORK}
