"""What is offered and on what it runs, who must be able and is, and a practice's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.gates import acting
from preceptor.register.organisations.actions import start_service
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.training.rollouts.actions import decline_rollout, publish_notice, save_notice
from preceptor.training.rollouts.domain.notice import RolloutId, read_notice
from preceptor.training.rollouts.models import RolloutDraft
from preceptor.training.services.actions import (
    Changed,
    change_supplier,
    choose_roles,
    offer_service,
    stop_offering,
    write_text,
)
from preceptor.training.services.domain.content import read_services
from preceptor.training.services.domain.terms import Basis, Product
from preceptor.training.services.models import ServiceTerm, ServiceText
from preceptor.training.services.queries import (
    able_people,
    across,
    roles_at,
    services_at,
    shipped,
    texts_of,
)
from preceptor.training.skills.actions import choose_modules, sign
from preceptor.training.skills.domain import Level, Shown
from preceptor.training.skills.domain.signing import Signing
from preceptor.training.skills.queries import version_gone_by
from tests.cast import BUILDER, NETWORK, Member, signed_in
from tests.domain.services.test_services import FILE
from tests.rooms.covered import on_all_week
from tests.rooms.skilled import Skilled, national

pytestmark = pytest.mark.django_db

CONSULTING, VIDEO = "online-consultation", "video-consultation"
RIVERBANK = Product("", "Riverbank Consult", Basis.BOARD)
ACCURX = Product("accurx", "", Basis.OWN)
DIFFERENT = "Requests come into one list."


def offers(skilled: Skilled, service: str = CONSULTING, since: date = date(2025, 3, 3)) -> None:
    """The practice says what a service runs on."""
    offer_service(
        by=skilled.cast.ruth.viewer,
        at=skilled.now,
        organisation=skilled.cast.alder,
        service=service,
        product=RIVERBANK,
        starts_on=since,
        decided_by="Partners’ meeting",
    )


def supplied(skilled: Skilled, on: date, product: Product = ACCURX, different: str = DIFFERENT) -> Changed:
    """The practice changes the supplier."""
    return change_supplier(
        by=skilled.cast.ruth.viewer,
        at=skilled.now,
        organisation=skilled.cast.alder,
        service=CONSULTING,
        product=product,
        starts_on=on,
        decided_by="Partners’ meeting",
        different=different,
    )


def changes(skilled: Skilled, on: date, product: Product = ACCURX) -> RolloutId:
    """The practice changes the supplier, and a draft about it begins."""
    draft = supplied(skilled, on, product).draft
    assert draft is not None
    return draft


def terms(skilled: Skilled) -> list[tuple[str, date, date | None]]:
    """What online consultation runs on, and when."""
    offered = services_at(seeing(skilled), skilled.cast.alder, skilled.now.date())[CONSULTING]
    return [(one.product.name, one.starts_on, one.ends_on) for one in offered.terms]


def seeing(skilled: Skilled) -> Scope:
    return skilled.cast.ruth.viewer.scope(Can.SEE_REQUIREMENTS)


def learns(skilled: Skilled, member: Member) -> None:
    """Somebody is signed for everything that video consultation needs."""
    for one in national().framework.skills:
        if one.key in shipped()[VIDEO].skills:
            skilled.names(skilled.cast.helen, one.key)
            skilled.says(member, one.key)
            ask = skilled.asks(member, one.key, skilled.cast.helen)
            how = next(way for way in one.shown if way is not Shown.LOGGED)
            seen = Signing(Level.CAN, how, one.look_for, "Sat beside them.", None)
            sign(by=skilled.cast.helen.viewer, at=skilled.now, ask=ask, signing=seen)


def test_what_ships_names_only_what_there_is() -> None:
    catalogue, framework = catalogue_in(), national().framework

    found = read_services(
        FILE.read_text("utf-8"),
        {
            "service": [one.key for one in catalogue.services],
            "family": [one.key for one in framework.families],
            "skill": [one.key for one in framework.skills],
        },
    )

    assert {one.service for one in found} == {one.key for one in catalogue.services}


def test_changing_supplier_ends_one_and_begins_another_on_a_day(skilled: Skilled) -> None:
    today = skilled.now.date()
    day = today + timedelta(days=21)
    offers(skilled)

    rollout = changes(skilled, day)

    offered = services_at(seeing(skilled), skilled.cast.alder, today)[CONSULTING]
    assert [(one.product.name, one.starts_on, one.ends_on) for one in offered.terms] == [
        ("Riverbank Consult", date(2025, 3, 3), day),
        ("Accurx", day, None),
    ]
    assert ServiceTerm.objects.filter(superseded_at__isnull=False).count() == 1
    (draft,) = RolloutDraft.objects.filter(rollout_id=rollout)
    notice = read_notice(draft.content)
    assert (notice.title, notice.system, notice.goes_live_on) == ("Online consultation moves to Accurx", "accurx", day)
    assert notice.different == (DIFFERENT,)
    with pytest.raises(Refusal, match="already"):
        changes(skilled, day)
    paper = changes(skilled, day + timedelta(days=2), Product("", "On paper", Basis.OWN))
    notice = read_notice(RolloutDraft.objects.get(rollout_id=paper).content)
    assert (notice.title, notice.system, notice.product) == ("Online consultation moves to On paper", "", "On paper")
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        ServiceTerm.objects.filter(product="Riverbank Consult").update(note="Other")


def test_a_planned_change_moves_with_its_draft_and_the_work_in_it(skilled: Skilled) -> None:
    today = skilled.now.date()
    first, later, sooner = (today + timedelta(days=days) for days in (21, 40, 7))
    offers(skilled)
    rollout = changes(skilled, first)
    row = RolloutDraft.objects.get(rollout_id=rollout)
    save_notice(
        by=skilled.cast.ruth.viewer,
        at=skilled.now,
        rollout=rollout,
        revision=row.revision,
        notice=replace(read_notice(row.content), title="A new list at the desk"),
    )

    for day in (later, sooner):
        moved = supplied(skilled, day)

        assert (moved.draft, moved.is_new, moved.put_away) == (rollout, False, ())
        notice = read_notice(RolloutDraft.objects.get(rollout_id=rollout).content)
        assert (notice.title, notice.goes_live_on) == ("A new list at the desk", day)
        assert terms(skilled) == [("Riverbank Consult", date(2025, 3, 3), day), ("Accurx", day, None)]


def test_a_change_that_does_not_come_puts_its_draft_away(skilled: Skilled, client: Client) -> None:
    day = skilled.now.date() + timedelta(days=21)
    offers(skilled)
    rollout = changes(skilled, day)

    instead = supplied(skilled, day - timedelta(days=1), Product("", "On paper", Basis.OWN))

    assert instead.put_away == ("Online consultation moves to Accurx",)
    assert (instead.is_new, RolloutDraft.objects.get(rollout_id=rollout).is_open) == (True, False)
    off = supplied(skilled, day - timedelta(days=1), RIVERBANK)
    assert (off.is_called_off, off.draft) == (True, None)
    assert off.put_away == ("Online consultation moves to On paper",)
    assert terms(skilled) == [("Riverbank Consult", date(2025, 3, 3), None)]
    assert not RolloutDraft.objects.filter(is_open=True).exists()
    with pytest.raises(Refusal, match="already"):
        supplied(skilled, day, replace(RIVERBANK, name="riverbank consult"))
    changes(skilled, day)
    signed_in(client, skilled.cast.ruth)
    last = {f"last_on_{part}": getattr(day - timedelta(days=3), part) for part in ("day", "month", "year")}
    stopped = client.post(reverse("services:stop", args=["A81001", CONSULTING]), last, follow=True)
    assert "the draft “Online consultation moves to Accurx”." in stopped.text
    assert not RolloutDraft.objects.filter(is_open=True).exists()


def test_what_was_published_of_a_change_that_does_not_come_is_ended_from_the_service(
    skilled: Skilled, client: Client
) -> None:
    cast, today = skilled.cast, skilled.now.date()
    day = today + timedelta(days=21)
    offers(skilled)
    rollout = changes(skilled, day)
    given: dict[str, Any] = {"by": cast.ruth.viewer, "at": skilled.now, "rollout": rollout}
    row = RolloutDraft.objects.get(rollout_id=rollout)
    notice = replace(read_notice(row.content), audience="everyone")
    publish_notice(**given, revision=save_notice(**given, revision=row.revision, notice=notice))
    signed_in(client, cast.ruth)
    answers = {f"starts_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    answers |= {"product": "On paper", "basis": "own", "decided_by": "Partners", "different": "Forms"}

    done = client.post(reverse("services:supplier", args=["A81001", CONSULTING]), answers, follow=True)

    draft = RolloutDraft.objects.get(is_open=True)
    assert done.redirect_chain[-1][0] == reverse("rollouts:draft", args=["A81001", draft.pk])
    assert "still stands" in done.text
    page, end = (
        reverse(name, args=args)
        for name, args in (
            ("services:service", ["A81001", CONSULTING]),
            ("rollouts:decide", ["A81001", rollout]),
        )
    )
    assert end in client.get(page).text
    assert end not in signed_in(client, cast.tomasz).get(page).text
    decline_rollout(**given, organisation=cast.alder, reason="It does not come")
    assert end not in signed_in(client, cast.ruth).get(page).text


def test_words_for_colleagues_move_with_a_change_until_somebody_edits_them(skilled: Skilled) -> None:
    today = skilled.now.date()
    offers(skilled)
    rollout = changes(skilled, today + timedelta(days=21))
    later = changes(skilled, today + timedelta(days=60), Product("", "On paper", Basis.OWN))

    def moves(on: int, words: str) -> tuple[str, ...]:
        supplied(skilled, today + timedelta(days=on), different=words)
        return read_notice(RolloutDraft.objects.get(rollout_id=rollout).content).different

    assert moves(25, "Other words") == ("Other words",)
    row = RolloutDraft.objects.get(rollout_id=rollout)
    edited = replace(read_notice(row.content), different=("Edited",))
    save_notice(by=skilled.cast.ruth.viewer, at=skilled.now, rollout=rollout, revision=row.revision, notice=edited)
    assert moves(30, "Third words") == ("Edited",)
    assert RolloutDraft.objects.get(rollout_id=later).is_open, "what is planned for later stays"
    assert [one[:2] for one in terms(skilled)][1:] == [
        ("Accurx", today + timedelta(days=30)),
        ("On paper", today + timedelta(days=60)),
    ]


def test_where_nothing_is_planned_there_is_nothing_to_call_off(skilled: Skilled, client: Client) -> None:
    offers(skilled)
    off = reverse("services:call-off", args=["A81001", CONSULTING])

    told = [signed_in(client, skilled.cast.ruth).get(off, follow=True), client.post(off, follow=True)]

    assert all("No change of supplier is planned." in one.text for one in told)
    assert ServiceTerm.objects.filter(superseded_at=None).count() == 1


def test_the_first_supplier_of_a_service_is_not_called_off(skilled: Skilled, client: Client) -> None:
    offers(skilled, VIDEO, skilled.now.date() + timedelta(days=30))
    off = reverse("services:call-off", args=["A81001", VIDEO])
    page = signed_in(client, skilled.cast.ruth).get(reverse("services:service", args=["A81001", VIDEO])).text

    assert off not in page
    assert "Nothing runs before it" in client.post(off).text
    assert ServiceTerm.objects.filter(service_id=VIDEO, superseded_at=None).count() == 1


def test_everything_that_is_planned_is_called_off_with_a_button(skilled: Skilled, client: Client) -> None:
    today = skilled.now.date()
    offers(skilled)
    page = reverse("services:service", args=["A81001", CONSULTING])
    off = reverse("services:call-off", args=["A81001", CONSULTING])
    signed_in(client, skilled.cast.ruth)
    before = client.get(page).text
    changes(skilled, today + timedelta(days=21))
    changes(skilled, today + timedelta(days=50), Product("", "On paper", Basis.OWN))
    planned = client.get(page).text

    done = client.post(off, follow=True).text

    assert (off in before, off in planned) == (False, True)
    assert "The change is called off" in done
    assert "“Online consultation moves to Accurx” and “Online consultation moves to On paper”" in done
    assert terms(skilled) == [("Riverbank Consult", date(2025, 3, 3), None)]
    assert not RolloutDraft.objects.filter(is_open=True).exists()
    assert "No change of supplier is planned" in client.post(off, follow=True).text


def test_what_was_published_of_a_change_that_moves_is_to_be_corrected(skilled: Skilled, client: Client) -> None:
    cast, today = skilled.cast, skilled.now.date()
    day = today + timedelta(days=21)
    offers(skilled)
    rollout = changes(skilled, day)
    row = RolloutDraft.objects.get(rollout_id=rollout)
    notice = replace(read_notice(row.content), audience={"role": ["receptionist"]})
    given: dict[str, Any] = {"by": cast.ruth.viewer, "at": skilled.now, "rollout": rollout}
    revision = save_notice(**given, revision=row.revision, notice=notice)
    page = reverse("services:service", args=["A81001", CONSULTING])
    drafted = signed_in(client, cast.ruth).get(page).text
    unpublished = signed_in(client, cast.tomasz).get(page).text
    publish_notice(**given, revision=revision)

    moved = supplied(skilled, day + timedelta(days=7))

    assert (moved.draft, moved.published, moved.carried) == (None, rollout, rollout)
    assert reverse("rollouts:draft", args=["A81001", rollout]) in drafted
    assert "What people are told" not in unpublished
    told = signed_in(client, cast.ruth).get(page).text
    assert reverse("rollouts:rollout", args=["A81001", rollout]) in told
    told = signed_in(client, cast.tomasz).get(page).text
    assert reverse("rollouts:change", args=["A81001", rollout]) in told
    assert "What people are told" not in signed_in(client, cast.aisha).get(page).text


def test_what_is_long_past_is_noted_and_nobody_is_told(skilled: Skilled, client: Client) -> None:
    today = skilled.now.date()
    offers(skilled, since=date(2026, 1, 5))

    early = supplied(skilled, date(2025, 6, 2), Product("", "On paper", Basis.OWN))
    between = supplied(skilled, today - timedelta(days=100))
    lately = supplied(skilled, today - timedelta(days=80), RIVERBANK)

    assert (early, between) == (Changed(), Changed())
    assert lately.draft is not None
    assert terms(skilled) == [
        ("On paper", date(2025, 6, 2), date(2026, 1, 5)),
        ("Riverbank Consult", date(2026, 1, 5), today - timedelta(days=100)),
        ("Accurx", today - timedelta(days=100), today - timedelta(days=80)),
        ("Riverbank Consult", today - timedelta(days=80), None),
    ]


def test_a_service_that_was_not_offered_is_from_the_day_it_runs_on_something(skilled: Skilled) -> None:
    cast, today = skilled.cast, skilled.now.date()

    offers(skilled, VIDEO, today)
    with pytest.raises(Refusal, match="Change the supplier instead"):
        offers(skilled, VIDEO, today)
    stop_offering(
        by=cast.ruth.viewer,
        at=skilled.now,
        organisation=cast.alder,
        service=VIDEO,
        ends_on=today + timedelta(days=10),
    )

    offered = services_at(seeing(skilled), cast.alder, today)[VIDEO]
    (term,) = offered.terms
    assert (offered.holds(today), offered.holds(today + timedelta(days=10))) == (True, False)
    assert term.ends_on == today + timedelta(days=10)


@pytest.mark.parametrize(
    ("product", "refusal"),
    [
        (Product("nothing", "", Basis.OWN), "system from the list"),
        (Product("", "  ", Basis.OWN), "which product"),
        (RIVERBANK, "already"),
    ],
)
def test_a_product_that_cannot_be_is_refused(skilled: Skilled, product: Product, refusal: str) -> None:
    offers(skilled)

    with pytest.raises(Refusal, match=refusal):
        changes(skilled, skilled.now.date(), product)


def test_a_practice_chooses_who_must_be_able_and_says_why(skilled: Skilled) -> None:
    cast, today = skilled.cast, skilled.now.date()
    before = roles_at(seeing(skilled), cast.alder, CONSULTING, today)

    choose_roles(
        by=cast.ruth.viewer,
        at=skilled.now,
        organisation=cast.alder,
        service=CONSULTING,
        roles=("receptionist",),
        reason="Only the desk does it",
    )

    now = roles_at(seeing(skilled), cast.alder, CONSULTING, today)
    assert {"receptionist", "practice-nurse"} <= set(before.codes)
    assert not before.is_own
    assert (now.codes, now.reason, now.since) == (("receptionist",), "Only the desk does it", today)
    assert roles_at(seeing(skilled), cast.alder, CONSULTING, today - timedelta(days=1)) == before
    with pytest.raises(Refusal, match="role from the list"):
        choose_roles(
            by=cast.ruth.viewer,
            at=skilled.now,
            organisation=cast.alder,
            service=CONSULTING,
            roles=("wizard",),
            reason="Why not",
        )


def test_able_is_who_was_signed_for_each_skill(skilled: Skilled) -> None:
    cast, today = skilled.cast, skilled.now.date()
    learns(skilled, cast.aisha)

    found = able_people(seeing(skilled), cast.alder, VIDEO, today)

    able = {one.who.name: (one.is_able, one.done) for one in found.people}
    assert able[cast.aisha.name] == (True, 2)
    assert able[cast.tomasz.name] == (False, 0)
    assert found.able == 1
    with pytest.raises(Http404):
        able_people(cast.owen.viewer.scope(Can.SEE_SKILLS), cast.alder, CONSULTING, today)


def test_the_manager_sees_when_somebody_able_is_on(skilled: Skilled, client: Client) -> None:
    cast, address = skilled.cast, reverse("services:service", args=["A81001", VIDEO])
    period = Period(date(2024, 1, 1))
    start_service(by=BUILDER, at=skilled.now, organisation=cast.alder, service=VIDEO, period=period)
    learns(skilled, cast.aisha)

    unplanned = signed_in(client, cast.ruth).get(address).content.decode()
    on_all_week(cast.ruth.viewer, skilled.now, cast.alder, cast.tomasz)
    nobody = client.get(address).content.decode()
    on_all_week(cast.ruth.viewer, skilled.now + timedelta(seconds=1), cast.alder, cast.tomasz, cast.aisha)
    covered = client.get(address).content.decode()
    away = Eased(skilled.now.date(), "Other leave", "Partners", skilled.now.date() + timedelta(days=200))
    record_leave(by=BUILDER, at=skilled.now, engagement=cast.aisha.engagement, eased=away)

    assert "so nobody can tell" in unplanned
    assert "In 0 of 40 sessions until" in nobody
    assert "morning and afternoon" in nobody
    assert "and on 10 more days" in nobody
    assert "In every session until" in covered
    assert "In 0 of 40 sessions until" in client.get(address).content.decode()
    assert "When somebody able is on" not in signed_in(client, cast.tomasz).get(address).content.decode()
    assert "When somebody able is on" not in signed_in(client, cast.nadia).get(address).content.decode()


def test_own_words_are_versions_and_stay(skilled: Skilled) -> None:
    cast = skilled.cast

    def writes(words: str, links: str = "") -> int:
        return write_text(
            by=cast.ruth.viewer,
            at=skilled.now,
            organisation=cast.alder,
            service=CONSULTING,
            words=words,
            links=links,
        )

    numbers = [writes("Until 4"), writes("Until 5", "https://alder.example Our page")]

    assert numbers == [1, 2]
    assert [(one.words, one.links) for one in texts_of(seeing(skilled), cast.alder, CONSULTING)] == [
        ("Until 5", (("Our page", "https://alder.example"),)),
        ("Until 4", ()),
    ]
    for words, links, refusal in (
        ("Until 5", "https://alder.example Our page", "Nothing is different"),
        ("Until 6", "javascript:alert(1) Here", "https://"),
    ):
        with pytest.raises(Refusal, match=refusal):
            writes(words, links)
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        ServiceText.objects.filter(number=1).update(words="Until 3")
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        ServiceText.objects.create(
            organisation_id=cast.alder, service_id=CONSULTING, number=9, sha256="0" * 64, at=skilled.now, by_name="X"
        )


def test_colleagues_read_what_to_say_and_only_the_manager_who_is_able(skilled: Skilled, client: Client) -> None:
    cast = skilled.cast
    address = reverse("services:service", args=["A81001", CONSULTING])

    pages = {
        one.name: signed_in(client, one).get(address).content.decode()
        for one in (cast.ruth, cast.tomasz, cast.nadia, cast.samir)
    }

    assert all("What to say" in page for page in pages.values())
    assert {name for name, page in pages.items() if cast.aisha.name in page} == {cast.ruth.name}
    assert {name for name, page in pages.items() if "0 of 6 are" in page} == {cast.ruth.name, cast.nadia.name}
    with pytest.raises(PermissionDenied):
        choose_roles(
            by=cast.tomasz.viewer,
            at=skilled.now,
            organisation=cast.alder,
            service=CONSULTING,
            roles=("receptionist",),
            reason="Mine",
        )


def test_the_manager_reads_what_the_framework_leaves_out_and_how_to_take_it_in(
    skilled: Skilled, client: Client
) -> None:
    cast, today = skilled.cast, london_date(skilled.now)
    version = version_gone_by(seeing(skilled), cast.alder, today)
    assert version is not None
    choose_modules(
        by=cast.ruth.viewer,
        at=skilled.now,
        organisation=cast.alder,
        version=version.id,
        modules=("record-access-safety",),
        reason="A few first",
        starts_on=today,
    )

    page = signed_in(client, cast.ruth).get(reverse("services:service", args=["A81001", CONSULTING])).text

    assert page.count("left out here") == 3
    assert "Take “Online consultation” into it" in page
    assert reverse("skills:choose", args=["A81001"]) in page


def test_leads_see_figures_of_five_or_more(skilled: Skilled, client: Client) -> None:
    cast, today = skilled.cast, skilled.now.date()
    offers(skilled)
    scope = cast.nadia.viewer.scope(Can.SEE_SHARES)

    found = {one.name: one for one in across(scope, today)}
    page = signed_in(client, cast.nadia).get(reverse("services:across")).content.decode()

    assert set(found) == {"Alder Surgery", "Birch Health Centre"}
    alder = found["Alder Surgery"]
    assert alder.offered[CONSULTING].term(today) is not None
    assert (alder.ready[CONSULTING].of, alder.ready[CONSULTING].is_shown_above) == (6, True)
    assert not found["Birch Health Centre"].ready[CONSULTING].is_shown_above
    assert "Riverbank Consult" in page
    assert cast.aisha.name not in page
    network = signed_in(client, skilled.cast.nadia).get(reverse("services:services", args=[NETWORK])).text
    assert "Practices offer services to patients." in network
    assert "Choose one below" not in network


@pytest.mark.parametrize("name", ["services:services", "services:across"])
def test_a_page_costs_the_same_for_one_and_for_three(name: str, skilled: Skilled, client: Client) -> None:
    cast = skilled.cast
    member = cast.nadia if name == "services:across" else cast.ruth
    address = reverse(name, args=["A81001"] if name == "services:services" else [])
    signed_in(client, member)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(address).status_code == 200
        return len(asked_for)

    offers(skilled)
    once = cost()
    offers(skilled, VIDEO)
    for place, service in ((cast.alder, "messaging"), (cast.birch, VIDEO), (cast.birch, "messaging")):
        start_service(by=BUILDER, at=skilled.now, organisation=OrganisationId(place), service=service, period=Period())

    assert cost() == once
