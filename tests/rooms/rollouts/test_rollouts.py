"""A notice is published, taken over, read, answered and asked about; the judge says who is ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.rulemaking.queries import draft_of as rule_draft_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.gates import acting
from preceptor.register.people.queries import job_roles
from preceptor.training.rollouts.actions import (
    adopt_rollout,
    answer_check,
    answer_question,
    ask_about,
    ask_too,
    confirm_refresher,
    decline_rollout,
    digest,
    draft_correction,
    draft_rule,
    publish_notice,
    remind,
    save_notice,
    say_done,
    set_refresher,
    text_of,
)
from preceptor.training.rollouts.domain.questions import like
from preceptor.training.rollouts.domain.readiness import Where
from preceptor.training.rollouts.models import RolloutDone, RolloutVersion
from preceptor.training.rollouts.queries import (
    draft_of,
    left_of,
    own_change,
    own_changes,
    own_refreshers,
    questions_on,
    readiness_at,
    refreshed_at,
    rollouts_at,
    rules_of,
    unanswered_at,
)
from tests.cast import ALDER, BIRCH, BUILDER, NETWORK, NOW, TODAY, Cast, Member, signed_in
from tests.rooms.rolled import drafted, published, said

pytestmark = pytest.mark.django_db


def seeing(member: Member) -> Scope:
    return member.viewer.scope(Can.SEE_ROLLOUTS)


def where(cast: Cast, rollout: object, on: date = TODAY) -> dict[str, Where]:
    """Where everybody at Alder Surgery is with a rollout on a day, by name."""
    ready = readiness_at(seeing(cast.ruth), cast.alder, on)
    return {one.who.name: one.where for one in ready[rollout].people}  # type: ignore[index] # a rollout’s


def test_reading_and_right_answers_make_somebody_ready(cast: Cast) -> None:
    rollout = published(cast.alder, NOW, audience={"staff_group": ["nurse", "gp"]}, asks=True)
    aisha = cast.aisha.viewer

    say_done(by=aisha, at=NOW, rollout=rollout, step="read", number=1)
    wrong = answer_check(by=aisha, at=NOW, rollout=rollout, number=1, answers=[0])
    before = where(cast, rollout)[cast.aisha.name]
    right = answer_check(by=aisha, at=NOW, rollout=rollout, number=1, answers=[1])

    assert (wrong, before, right) == (False, Where.HERE, True)
    assert where(cast, rollout) == {
        cast.aisha.name: Where.READY,
        cast.helen.name: Where.HERE,
        cast.mei.name: Where.HERE,
    }
    held = own_change(cast.helen.person, rollout, TODAY)
    assert [one.key for one in held.steps] == ["read", "check", "task-1"] if held else False
    assert own_change(cast.tomasz.person, rollout, TODAY) is None
    with pytest.raises(Refusal, match="not asked for this"):
        say_done(by=aisha, at=NOW, rollout=rollout, step="task-1", number=1)
    with pytest.raises(Refusal, match="corrected while you read"):
        say_done(by=cast.helen.viewer, at=NOW, rollout=rollout, step="read", number=2)


def test_what_was_read_and_published_is_never_changed(cast: Cast) -> None:
    rollout = published(cast.alder, NOW)
    say_done(by=cast.aisha.viewer, at=NOW, rollout=rollout, step="read", number=1)
    row = RolloutDone.objects.get()

    assert row.sha256 == RolloutVersion.objects.get().sha256
    for table in (RolloutDone, RolloutVersion):
        with acting(), transaction.atomic(), pytest.raises(IntegrityError, match="append-only"):
            table.objects.update(sha256="0" * 64)


def test_a_correction_that_matters_asks_those_who_read_it_again(cast: Cast) -> None:
    rollout = published(cast.alder, NOW - timedelta(days=2))
    say_done(by=cast.aisha.viewer, at=NOW - timedelta(days=1), rollout=rollout, step="read", number=1)

    def correct(*, matters: bool, different: str) -> None:
        draft_correction(by=cast.ruth.viewer, at=NOW, rollout=rollout)
        held = draft_of(EVERYWHERE, cast.alder, rollout)
        notice = replace(said(cast.alder, rollout), different=(different,))
        revision = save_notice(by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=held.revision, notice=notice)
        with pytest.raises(Refusal, match="Say what you correct"):
            publish_notice(by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=revision)
        publish_notice(
            by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=revision, changed="A word", asks_again=matters
        )

    correct(matters=False, different="You decide before filing")
    quiet = where(cast, rollout)[cast.aisha.name]
    correct(matters=True, different="It comes a week later")

    assert (quiet, where(cast, rollout)[cast.aisha.name]) == (Where.READY, Where.HERE)
    say_done(by=cast.aisha.viewer, at=NOW, rollout=rollout, step="read", number=3)
    assert where(cast, rollout)[cast.aisha.name] is Where.READY


def test_who_is_away_is_not_reminded_and_nobody_twice_a_day(cast: Cast) -> None:
    rollout = published(cast.alder, NOW, audience={"staff_group": ["nurse", "gp"]})
    away = Eased(TODAY - timedelta(days=9), "Long illness", "Policy", TODAY + timedelta(days=30))
    record_leave(by=BUILDER, at=NOW, engagement=cast.aisha.engagement, eased=away)

    first = remind(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=rollout)
    again = remind(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=rollout)

    assert (set(first), again) == ({cast.helen.person, cast.mei.person}, [])
    assert where(cast, rollout)[cast.aisha.name] is Where.AWAY


def test_a_network_publishes_and_each_practice_decides(cast: Cast) -> None:
    rollout = published(cast.network, NOW, by=cast.nadia.viewer, audience="everyone")
    here = TODAY + timedelta(days=20)

    assert [one.is_open for one in rollouts_at(seeing(cast.ruth), cast.alder, TODAY)] == [True]
    assert own_changes(cast.aisha.person, TODAY) == []
    adopt_rollout(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=rollout, goes_live_on=here)
    decline_rollout(by=cast.lorna.viewer, at=NOW, organisation=cast.birch, rollout=rollout, reason="Not used")
    with pytest.raises(Http404):
        adopt_rollout(by=cast.owen.viewer, at=NOW, organisation=cast.cedar, rollout=rollout, goes_live_on=here)

    assert [one.goes_live_on for one in own_changes(cast.aisha.person, TODAY)] == [here]
    assert [one.declined for one in rollouts_at(seeing(cast.lorna), cast.birch, TODAY)] == ["Not used"]


def test_a_practice_hears_that_the_day_was_moved_above_and_decides_again(cast: Cast, client: Client) -> None:
    later = datetime.now(UTC)  # the page goes by the clock
    now, today = later - timedelta(hours=1), london_date(later)
    rollout = published(cast.network, now, by=cast.nadia.viewer)
    page = signed_in(client, cast.ruth).get(reverse("rollouts:rollout", args=[ALDER, rollout])).text
    assert "You have not decided about this yet." in page
    assert "Nobody here is touched" not in page
    here, moved = today + timedelta(days=20), today + timedelta(days=30)
    adopt_rollout(by=cast.ruth.viewer, at=now, organisation=cast.alder, rollout=rollout, goes_live_on=here)
    assert [one.moved_to for one in rollouts_at(seeing(cast.ruth), cast.alder, today)] == [None]

    draft_correction(by=cast.nadia.viewer, at=later, rollout=rollout)
    held = draft_of(EVERYWHERE, cast.network, rollout)
    notice = replace(held.notice, goes_live_on=moved)
    revision = save_notice(by=cast.nadia.viewer, at=later, rollout=rollout, revision=held.revision, notice=notice)
    publish_notice(by=cast.nadia.viewer, at=later, rollout=rollout, revision=revision, changed="The day")

    places = [(seeing(cast.ruth), cast.alder), (seeing(cast.nadia), cast.network)]
    found = [rollouts_at(scope, place, today)[0] for scope, place in places]
    assert [(one.goes_live_on, one.moved_to) for one in found] == [(here, moved), (moved, None)]
    page = signed_in(client, cast.ruth).get(reverse("rollouts:rollouts", args=[ALDER])).text
    assert "Its publisher moved it to" in page


def test_a_day_before_a_place_gave_it_up_still_says_who_was_asked_once_it_is_taken_over_again(cast: Cast) -> None:
    rollout = published(cast.alder, NOW)
    up, again = NOW + timedelta(days=3), NOW + timedelta(days=9)
    decline_rollout(by=cast.ruth.viewer, at=up, organisation=cast.alder, rollout=rollout, reason="Put off")
    live = TODAY + timedelta(days=20)
    adopt_rollout(by=cast.ruth.viewer, at=again, organisation=cast.alder, rollout=rollout, goes_live_on=live)

    def asked(days: int) -> bool:
        return rollout in readiness_at(seeing(cast.ruth), cast.alder, TODAY + timedelta(days=days))

    assert [asked(days) for days in (0, 2, 3, 8, 9)] == [True, True, False, False, True]


def test_leads_see_what_is_published_above_and_beneath_them_by_practice(cast: Cast, client: Client) -> None:
    networks = published(cast.network, NOW, by=cast.nadia.viewer)
    hubs = published(cast.hub, NOW, by=cast.gareth.viewer)
    adopt_rollout(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=hubs, goes_live_on=TODAY)

    for lead in (cast.nadia, cast.gareth):
        page = signed_in(client, lead).get(reverse("rollouts:across")).content.decode()
        assert page.count("Published by") == 2, lead.name
        assert all(f"rollout-{one}" in page for one in (networks, hubs)), lead.name
        assert "Alder Surgery" in page, lead.name
        assert cast.aisha.name not in page, lead.name


def test_a_question_is_wanted_by_many_and_answered_once(cast: Cast) -> None:
    rollout = published(cast.network, NOW, by=cast.nadia.viewer)
    for place, manager in ((cast.alder, cast.ruth), (cast.birch, cast.lorna)):
        adopt_rollout(by=manager.viewer, at=NOW, organisation=place, rollout=rollout, goes_live_on=TODAY)
    question = ask_about(
        by=cast.aisha.viewer, at=NOW, organisation=cast.alder, rollout=rollout, words="What about scanned letters?"
    )
    for member in (cast.tomasz, cast.tomasz, cast.aisha):
        ask_too(by=member.viewer, at=NOW, organisation=cast.alder, rollout=rollout, question=question)

    def seen(place: object) -> list[tuple[int, str, str]]:
        found = questions_on(rollout, owner=cast.network, place=place)  # type: ignore[arg-type] # a place’s
        return [(one.people, one.answer, one.answered_by) for one in found]

    assert (seen(cast.alder), seen(cast.birch)) == ([(2, "", "")], [])
    assert unanswered_at(cast.network, [(rollout, cast.network)]) == {rollout: 1}
    assert [
        one.id
        for one in like("Scanned letters: what happens?", questions_on(rollout, owner=cast.network, place=cast.alder))
    ] == [question]
    with pytest.raises(Http404):
        answer_question(
            by=cast.lorna.viewer, at=NOW, organisation=cast.birch, rollout=rollout, question=question, words="No"
        )
    answer_question(
        by=cast.nadia.viewer, at=NOW, organisation=cast.network, rollout=rollout, question=question, words="They stay"
    )
    assert seen(cast.birch) == [(2, "They stay", "Riverside PCN, 23 November 2026")]
    assert unanswered_at(cast.network, [(rollout, cast.network)]) == {}

    later = NOW + timedelta(minutes=5)
    answer_question(
        by=cast.ruth.viewer, at=later, organisation=cast.alder, rollout=rollout, question=question, words="Ours go"
    )
    assert [seen(one)[0][1] for one in (cast.alder, cast.birch, cast.network)] == ["Ours go", "They stay", "They stay"]


def test_the_refresher_tells_what_changed_and_is_confirmed_once(cast: Cast) -> None:
    published(cast.alder, NOW - timedelta(days=30), live=TODAY - timedelta(days=20))
    set_refresher(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, is_asked=True)
    (held,) = own_refreshers(cast.aisha.person, TODAY)
    text = digest(text_of(held))
    assert left_of(cast.aisha.person, TODAY) == (1, 1)

    with pytest.raises(Refusal, match="look again"):
        confirm_refresher(by=cast.aisha.viewer, at=NOW, organisation=cast.alder, sha256="0" * 64)
    confirm_refresher(by=cast.aisha.viewer, at=NOW, organisation=cast.alder, sha256=text)

    (after,) = own_refreshers(cast.aisha.person, TODAY)
    assert [one.told.notice.title for one in held.changes] == ["New redaction screen"]
    assert [str(one.verdict.status) for one in (held, after) if one.verdict] == ["due", "valid"]
    assert (after.changes, after.confirmed_on) == ((), TODAY)
    assert left_of(cast.aisha.person, TODAY) == (1, 0)
    set_refresher(by=cast.lorna.viewer, at=NOW, organisation=cast.birch, is_asked=True)
    (here,) = (one for one in own_refreshers(cast.mei.person, TODAY) if one.place == cast.alder)
    confirm_refresher(by=cast.mei.viewer, at=NOW, organisation=cast.alder, sha256=digest(text_of(here)))
    assert left_of(cast.mei.person, TODAY) == (1, 0), "nothing changed at the other practice"
    published(cast.birch, NOW - timedelta(days=3), by=cast.lorna.viewer, live=TODAY - timedelta(days=1))
    assert left_of(cast.mei.person, TODAY) == (2, 1), "what changed at the other practice is not confirmed by it"
    asked = refreshed_at(seeing(cast.ruth), cast.alder, TODAY)
    assert asked is not None
    assert [one.who.name for one in asked.some(Where.READY)] == [cast.mei.name, cast.aisha.name]


def test_nobody_is_asked_to_confirm_that_nothing_changed(cast: Cast, client: Client) -> None:
    long_ago = NOW - timedelta(days=400)
    set_refresher(by=cast.ruth.viewer, at=long_ago, organisation=cast.alder, is_asked=True)
    (nothing,) = own_refreshers(cast.aisha.person, TODAY)
    before = refreshed_at(seeing(cast.ruth), cast.alder, TODAY)
    page = signed_in(client, cast.aisha).get(reverse("rollouts:refresher", args=[ALDER])).text
    assert (nothing.verdict, nothing.may_be_confirmed, left_of(cast.aisha.person, TODAY)) == (None, False, (0, 0))
    assert before is not None
    assert before.people == ()
    assert "Nothing that touches you has changed since then" in page
    assert "Confirm</button>" not in page

    # A change that is live since last week is not overdue because nothing changed in the year before it.
    published(
        cast.alder,
        NOW - timedelta(days=9),
        live=TODAY - timedelta(days=7),
        audience={"role": ["practice-nurse"]},
    )

    (held,) = own_refreshers(cast.aisha.person, TODAY)
    asked = refreshed_at(seeing(cast.ruth), cast.alder, TODAY)
    assert held.verdict is not None
    assert (held.verdict.status, held.verdict.due_on) == (Status.DUE, TODAY + timedelta(days=23))
    assert left_of(cast.aisha.person, TODAY)[1] == 1
    assert asked is not None
    assert [(one.who.name, one.is_overdue) for one in asked.people] == [(cast.aisha.name, False)]
    confirm_refresher(by=cast.aisha.viewer, at=NOW, organisation=cast.alder, sha256=digest(text_of(held)))
    (after,) = own_refreshers(cast.aisha.person, TODAY)
    again = refreshed_at(seeing(cast.ruth), cast.alder, TODAY)
    assert after.verdict is not None
    assert (after.verdict.status, left_of(cast.aisha.person, TODAY)[1]) == (Status.VALID, 0)
    assert again is not None
    assert (again.ready, len(again.people)) == (1, 1)
    (a_year_on,) = own_refreshers(cast.aisha.person, TODAY + timedelta(days=500))
    assert (a_year_on.verdict, a_year_on.changes) == (None, ())


def test_the_refresher_forgets_nothing_of_the_same_day_or_of_long_ago(cast: Cast) -> None:
    before = NOW - timedelta(days=420)
    confirmed = london_date(before)
    published(cast.alder, before - timedelta(days=30), live=confirmed - timedelta(days=20))
    (first,) = own_refreshers(cast.aisha.person, confirmed)
    aisha, alder = cast.aisha.viewer, cast.alder
    confirm_refresher(by=aisha, at=before, organisation=alder, sha256=digest(text_of(first)))
    published(alder, before + timedelta(hours=1), live=confirmed)
    published(alder, before + timedelta(days=30), live=confirmed + timedelta(days=35))

    (held,) = own_refreshers(cast.aisha.person, TODAY)

    assert [one.goes_live_on for one in held.changes] == [confirmed, confirmed + timedelta(days=35)]
    text = digest(text_of(held))
    confirm_refresher(by=aisha, at=NOW, organisation=alder, sha256=text)
    with pytest.raises(Refusal, match="nothing to confirm"):
        confirm_refresher(by=aisha, at=NOW, organisation=alder, sha256=text)


def test_an_earlier_version_is_read_as_it_was_with_its_answers(cast: Cast, client: Client) -> None:
    rollout = published(cast.alder, NOW - timedelta(days=3), asks=True)
    by, at = cast.ruth.viewer, NOW
    draft_correction(by=by, at=at, rollout=rollout)
    notice = replace(said(cast.alder, rollout), title="Redaction, corrected", different=("You decide afterwards",))
    revision = save_notice(
        by=by, at=at, rollout=rollout, revision=draft_of(EVERYWHERE, cast.alder, rollout).revision, notice=notice
    )
    publish_notice(by=by, at=at, rollout=rollout, revision=revision, changed="When you decide")
    signed_in(client, cast.ruth)

    def opened(number: int) -> Any:
        return client.get(reverse("rollouts:version", args=[ALDER, rollout, number]))

    now = client.get(reverse("rollouts:rollout", args=[ALDER, rollout])).text
    first = opened(1).text
    assert reverse("rollouts:version", args=[ALDER, rollout, 1]) in now
    assert "You decide before you file" in first
    assert "You decide afterwards" not in first
    assert "Version 1, not the one that holds now." in first
    assert "Corrected on" not in first
    assert "until version 2 of" in first
    assert all("Right: You choose who can see it" in page for page in (now, first))
    assert "Version 2, which holds now." in opened(2).text
    assert opened(3).status_code == 404
    assert signed_in(client, cast.aisha).get(reverse("rollouts:version", args=[ALDER, rollout, 1])).status_code == 403


def test_who_decides_about_a_check_reads_it_and_who_takes_it_does_not(cast: Cast, client: Client) -> None:
    now = datetime.now(UTC)  # the pages go by the clock
    rollout = published(cast.network, now, by=cast.nadia.viewer, asks=True)
    right = "Right: You choose who can see it"
    signed_in(client, cast.ruth)

    assert right in client.get(reverse("rollouts:decide", args=[ALDER, rollout])).text
    refused = [client.get(reverse("rollouts:correct", args=[ALDER, rollout])).status_code]
    adopt_rollout(by=cast.ruth.viewer, at=now, organisation=cast.alder, rollout=rollout, goes_live_on=london_date(now))
    question = ask_about(
        by=cast.tomasz.viewer, at=now, organisation=cast.alder, rollout=rollout, words="What about letters?"
    )
    birch = signed_in(client, cast.lorna).get(reverse("rollouts:answer", args=[BIRCH, rollout, question]))
    assert [*refused, birch.status_code] == [404, 404]
    check = signed_in(client, cast.tomasz).get(reverse("rollouts:check", args=[ALDER, rollout])).text
    assert "What comes first?" in check
    assert right not in check


def test_what_went_live_long_ago_is_not_asked_for(cast: Cast, client: Client) -> None:
    rollout = published(cast.network, NOW - timedelta(days=500), by=cast.nadia.viewer)
    for live in (TODAY - timedelta(days=365), date(2020, 1, 1)):
        with pytest.raises(Refusal, match="Nobody is asked about what is older"):
            adopt_rollout(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=rollout, goes_live_on=live)
        with pytest.raises(Refusal, match="Nobody is asked about what is older"):
            drafted(cast.alder, NOW, live=live)

    adopt_rollout(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        rollout=rollout,
        goes_live_on=TODAY - timedelta(days=364),
    )
    assert own_change(cast.aisha.person, rollout, TODAY) is not None


def test_what_another_tab_published_or_put_away_says_so(cast: Cast, client: Client) -> None:
    first, second = (drafted(cast.alder, NOW) for _ in range(2))
    signed_in(client, cast.ruth)
    page, other = (reverse("rollouts:draft", args=[ALDER, one]) for one in (first, second))
    assert "Practices beneath you" not in client.get(page).text

    client.post(page, {"revision": "1"}, follow=True)
    again = client.post(page, {"revision": "1"}, follow=True)
    client.post(reverse("rollouts:discard", args=[ALDER, second]), {"revision": "1"}, follow=True)
    gone = client.post(other, {"revision": "1"}, follow=True)

    assert "This is published already" in again.text
    assert "This draft was put away. Nothing of it was published." in gone.text
    assert "nhsuk-notification-banner--success" not in again.text + gone.text, "what was not done is no success"
    assert RolloutVersion.objects.count() == 1
    network = drafted(cast.network, NOW, by=cast.nadia.viewer)
    signed_in(client, cast.nadia)
    assert "Practices beneath you decide" in client.get(reverse("rollouts:draft", args=[NETWORK, network])).text


def test_a_long_list_of_roles_is_told_by_those_who_are_here(cast: Cast, client: Client) -> None:
    roles: list[Json] = [one.code for one in job_roles()]
    draft = drafted(cast.alder, NOW, audience={"role": roles})

    page = signed_in(client, cast.ruth).get(reverse("rollouts:draft", args=[ALDER, draft])).text

    assert f"Any of {len(roles)} roles. Of these, there are here today: " in page
    assert "practice nurse" in page
    assert "others</li>" not in page


def test_a_notice_becomes_the_reason_of_a_requirement(cast: Cast) -> None:
    rollout = published(cast.alder, NOW)

    draft = draft_rule(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, rollout=rollout)

    answers = rule_draft_of(EVERYWHERE, cast.alder, draft).answers
    assert answers.decision is not None
    assert answers.decision.rationale.startswith("New redaction screen goes live on 30 November 2026.")
    assert [one.draft for one in rules_of(cast.alder, rollout)] == [draft]
    assert answers.citations[0].says == "You decide before you file whether the patient can see it."


def test_the_pages_cost_the_same_for_one_notice_and_for_three(cast: Cast, client: Client) -> None:
    addresses = (reverse("rollouts:rollouts", args=["A81001"]), reverse("rollouts:changes"))
    signed_in(client, cast.ruth)

    def cost() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    published(cast.alder, NOW)
    cost()
    one = cost()
    published(cast.alder, NOW)
    published(cast.alder, NOW)
    assert cost() == one


def test_a_phone_reads_answers_and_asks_without_script(cast: Cast, client: Client) -> None:
    now = datetime.now(UTC)  # the pages go by the clock
    rollout = published(cast.alder, now, asks=True)
    signed_in(client, cast.aisha)
    args = ["A81001", rollout]

    page = client.get(reverse("rollouts:change", args=args)).content.decode()
    client.post(reverse("rollouts:done", args=[*args, "read"]), {"number": "1"})
    wrong = client.post(reverse("rollouts:check", args=args), {"number": "1", "a0": "0"}).content.decode()
    right = client.post(reverse("rollouts:check", args=args), {"number": "1", "a0": "1"}).content.decode()
    asked = client.post(reverse("rollouts:ask", args=args), {"words": "Can I undo a hidden entry?"})
    like_it = client.post(reverse("rollouts:ask", args=args), {"words": "Undo a hidden entry?"}).content.decode()
    signed_in(client, cast.ruth)
    client.post(reverse("rollouts:remind", args=args))

    assert "I have read this" in page
    assert "Not right" in wrong
    assert not [legend for legend in wrong.split("<legend")[1:] if "visually-hidden" in legend.split(">")[0]]
    assert "All of your answers are right" in right
    assert asked.status_code == 302
    assert "Is it one of these?" in like_it
    assert where(cast, rollout, london_date(now))[cast.aisha.name] is Where.READY
    assert cast.aisha.name not in {one.to[0] for one in mail.outbox}
    assert mail.outbox
