"""Champions are agreed with, asked in confidence, found by topic, and count the help they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from preceptor.register.organisations.actions import start_system
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import end_engagement
from preceptor.training.champions.actions import (
    accept_offer,
    add_champion,
    answer_question,
    call_for_champions,
    change_champion,
    confirm_step,
    decline_offer,
    follow_up,
    mark_solved,
    say_step,
    take_back_help,
)
from preceptor.training.champions.domain.helping import Helping, Surer
from preceptor.training.champions.domain.questions import Reader, State
from preceptor.training.champions.domain.register import ChampionId, Covering
from preceptor.training.champions.models import ChampionQuestion, ChampionReply, ChampionTerm, HelpGiven, StepConfirmed
from preceptor.training.champions.queries import (
    ask_by_id,
    calls_open,
    champions_at,
    champions_near,
    could_be_next,
    figures_across,
    figures_at,
    is_done,
    library,
    offers_of,
    own_champions,
    questions_of,
    questions_to,
    steps_of,
    unanswered_at,
    words_of,
)
from preceptor.training.skills.domain import Level
from tests.cast import BUILDER, Member, signed_in
from tests.rooms.championed import COVERING, SAFE, SMARTCARDS, asked, helped, made_champion, offered
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

PRIVATE = replace(COVERING, shares_name=False)


def asking(member: Member) -> Scope:
    return member.viewer.scope(Can.ASK_CHAMPION)


def read_as(work: Workplace, member: Member, question: UUID) -> Reader | None:
    """As what somebody reads a question today; None when it is not there for them."""
    try:
        return ask_by_id(asking(member), member.person, question, work.now.date())[1]  # type: ignore[arg-type] # a question’s
    except Http404:
        return None


def test_an_offer_becomes_a_champion_as_it_was_agreed(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    ruth = cast.ruth.viewer
    call_for_champions(
        by=ruth, at=work.now, organisation=cast.alder, words="An hour a week", topics=(SAFE,), closes_on=today
    )
    first = offered(cast.alder, cast.tomasz, work.now)
    with pytest.raises(Refusal, match="wait for an answer"):
        offered(cast.alder, cast.tomasz, work.now)
    decline_offer(by=ruth, at=work.now, organisation=cast.alder, offer=first, words="In spring, please")
    second = offered(cast.alder, cast.tomasz, work.now, PRIVATE)
    agreed = Covering((SAFE,), 90, shares_name=False)
    with pytest.raises(Refusal, match="did not agree"):
        accept_offer(by=ruth, at=work.now, organisation=cast.alder, offer=second, covering=COVERING, starts_on=today)

    accept_offer(by=ruth, at=work.now, organisation=cast.alder, offer=second, covering=agreed, starts_on=today)

    (one,) = champions_at(asking(cast.aisha), cast.alder, today)
    assert (one.name, one.terms[0].covering, one.since) == (cast.tomasz.name, agreed, today)
    assert [(each.is_yes, each.answer) for each in offers_of(asking(cast.tomasz), cast.tomasz.person)] == [
        (False, "In spring, please"),
        (True, ""),
    ]
    assert [each.words for each in calls_open(asking(cast.aisha), today)] == ["An hour a week"]
    assert calls_open(asking(cast.owen), today) == []
    with pytest.raises(Refusal, match="answered already"):
        accept_offer(by=ruth, at=work.now, organisation=cast.alder, offer=second, covering=agreed, starts_on=today)


def test_only_who_works_there_is_a_champion_and_once(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)

    for person, covering, refusal in (
        (cast.owen.person, COVERING, "works here"),
        (cast.helen.person, COVERING, "already"),
        (cast.aisha.person, replace(COVERING, topics=()), "at least one topic"),
        (cast.aisha.person, replace(COVERING, topics=("system:vision",)), "from the list"),
        (cast.aisha.person, replace(COVERING, minutes_a_week=0), "hours a week"),
    ):
        with pytest.raises((Refusal, Http404)) as refused:
            add_champion(
                by=cast.ruth.viewer,
                at=work.now,
                organisation=cast.alder,
                person=person,
                covering=covering,
                starts_on=today,
            )
        assert refusal in str(refused.value) or refused.type is Http404
    lorna = cast.lorna.viewer
    with pytest.raises(Http404):
        add_champion(
            by=lorna, at=work.now, organisation=cast.alder, person=cast.aisha.person, covering=COVERING, starts_on=today
        )
    with pytest.raises(PermissionDenied):
        add_champion(
            by=cast.tomasz.viewer,
            at=work.now,
            organisation=cast.alder,
            person=cast.aisha.person,
            covering=COVERING,
            starts_on=today,
        )


def test_what_was_agreed_before_a_change_stays(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    held = made_champion(cast.alder, cast.helen, work.now)
    less, last = Covering((SAFE,), 30, shares_name=True), today + timedelta(weeks=3)

    change_champion(
        by=cast.ruth.viewer, at=work.now, organisation=cast.alder, champion=held, covering=less, ends_on=last
    )

    (one,) = champions_at(asking(cast.aisha), cast.alder, today)
    before, now = one.term(today - timedelta(days=1)), one.term(today)
    assert before is not None
    assert now is not None
    assert (before.covering, now.covering, one.ends_on) == (COVERING, less, last)
    assert champions_at(asking(cast.aisha), cast.alder, last) == []
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        ChampionTerm.objects.filter(champion_id=held).update(minutes_a_week=5)


def test_a_leaver_is_no_champion_any_more(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.tomasz, work.now)

    end_engagement(by=BUILDER, at=work.now, engagement=cast.tomasz.engagement, ends_on=today)

    assert champions_at(asking(cast.aisha), cast.alder, today) == []


def test_a_private_question_is_read_by_who_asked_and_champions_of_its_topic(work: Workplace) -> None:
    cast = work.cast
    made_champion(cast.alder, cast.helen, work.now)
    made_champion(cast.alder, cast.tomasz, work.now, replace(COVERING, topics=(SAFE,)))
    made_champion(cast.network, cast.samir, work.now)
    made_champion(cast.birch, cast.lorna, work.now, PRIVATE)

    question = asked(cast.alder, cast.aisha, work.now)

    assert {
        one.name: read_as(work, one, question)
        for one in (cast.aisha, cast.helen, cast.samir, cast.tomasz, cast.lorna, cast.ruth, cast.nadia, cast.owen)
    } == {
        cast.aisha.name: Reader.ASKER,
        cast.helen.name: Reader.CHAMPION,
        cast.samir.name: Reader.CHAMPION,  # of the network, and shares the name
        cast.tomasz.name: None,  # another topic
        cast.lorna.name: None,  # another practice, and does not share the name
        cast.ruth.name: None,
        cast.nadia.name: None,
        cast.owen.name: None,
    }
    assert unanswered_at(cast.ruth.viewer.scope(Can.SEE_CHAMPIONS), cast.alder) == {SMARTCARDS: 1}


def test_a_question_that_waits_is_not_lost_behind_many_answered_ones(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    champion = made_champion(cast.alder, cast.helen, work.now)
    asked(cast.alder, cast.aisha, work.now, "Who waits the longest?")
    later = work.now + timedelta(hours=1)
    with acting():
        many = ChampionQuestion.objects.bulk_create(
            ChampionQuestion(
                organisation_id=cast.alder,
                asker_id=cast.aisha.person,
                topic=SMARTCARDS,
                words="How?",
                is_shared=False,
                at=later,
            )
            for _ in range(60)
        )
        ChampionReply.objects.bulk_create(
            ChampionReply(
                question=one, kind="answer", words="So", author_id=cast.helen.person, champion_id=champion, at=later
            )
            for one in many
        )

    found = questions_to(asking(cast.helen), cast.helen.person, today)

    assert [one.words for one in found if one.state is State.WAITING] == ["Who waits the longest?"]
    assert len(found) == 51
    assert unanswered_at(cast.ruth.viewer.scope(Can.SEE_CHAMPIONS), cast.alder) == {SMARTCARDS: 1}


def test_a_question_goes_back_and_forth_until_it_is_solved(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)
    question = asked(cast.alder, cast.aisha, work.now)
    helen, aisha = cast.helen.viewer, cast.aisha.viewer
    with pytest.raises(Refusal, match="Only a champion"):
        answer_question(by=aisha, at=work.now, question=question, words="By myself")
    with pytest.raises(Refusal, match="Only who asked"):
        mark_solved(by=helen, at=work.now, question=question)

    states = []
    said: tuple[Callable[[], None], ...] = (
        lambda: answer_question(by=helen, at=work.now, question=question, words="Hold both keys"),
        lambda: follow_up(by=aisha, at=work.now, question=question, words="Which keys?"),
        lambda: answer_question(by=helen, at=work.now, question=question, words="The outer ones"),
        lambda: mark_solved(by=aisha, at=work.now, question=question),
    )
    for say in said:
        say()
        states.append(questions_of(asking(cast.aisha), cast.aisha.person)[0].state)

    assert states == [State.ANSWERED, State.WAITING, State.ANSWERED, State.SOLVED]
    assert [one.state for one in questions_to(asking(cast.helen), cast.helen.person, today)] == [State.SOLVED]
    with pytest.raises(Refusal, match="already"):
        mark_solved(by=aisha, at=work.now, question=question)
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        ChampionQuestion.objects.get(pk=question).replies.create(
            kind="answer", words="Without a champion", author_id=cast.aisha.person, at=work.now
        )


def test_shared_answers_are_found_by_any_form_of_their_words_in_the_network(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)
    asked_words = "My smartcard is blocked, what now?"
    shared = asked(cast.alder, cast.aisha, work.now, asked_words, shared=True)
    waits = asked(cast.alder, cast.aisha, work.now, "And when blocking repeats?", shared=True)
    private = asked(cast.alder, cast.aisha, work.now, "Blocked again")
    for one in (shared, private):
        answer_question(by=cast.helen.viewer, at=work.now, question=one, words="Unlocking takes the service desk")

    def found(member: Member, words: str, topic: str = "") -> list[UUID]:
        return [one.id for one in library(asking(member), words, topic, today)]

    assert found(cast.lorna, "blocks") == [shared]
    assert found(cast.lorna, "unlock") == [shared]
    assert found(cast.lorna, "", SMARTCARDS) == [shared]
    assert found(cast.lorna, "spirometry") == []
    assert found(cast.owen, "blocked") == []
    assert read_as(work, cast.lorna, shared) is Reader.COLLEAGUE
    assert read_as(work, cast.lorna, waits) is None


def test_a_colleague_reads_no_name(work: Workplace, client: Client) -> None:
    cast = work.cast
    made_champion(cast.alder, cast.helen, work.now)
    shared = asked(cast.alder, cast.aisha, work.now, shared=True)
    answer_question(by=cast.helen.viewer, at=work.now, question=shared, words="Hold both keys")

    page = signed_in(client, cast.lorna).get(reverse("champions:question", args=[shared])).content.decode()

    assert "Hold both keys" in page
    assert "A champion at Alder Surgery" in page
    assert cast.aisha.name not in page
    assert cast.helen.name not in page


def test_who_becomes_a_champion_reads_what_waits_and_not_what_was_answered_in_private_before(work: Workplace) -> None:
    cast, now = work.cast, work.now
    made_champion(cast.alder, cast.helen, now)
    earlier = now - timedelta(days=9)
    old, open_still, shared = (
        asked(cast.alder, cast.tomasz, earlier, words, shared=is_shared)
        for words, is_shared in (("Who unlocks it?", False), ("Who resets it?", False), ("Who orders one?", True))
    )
    for one in (old, shared):
        answer_question(by=cast.helen.viewer, at=earlier, question=one, words="Ruth does")
    made_champion(cast.alder, cast.ruth, now, starts_on=now.date() - timedelta(days=1))
    new = asked(cast.alder, cast.tomasz, now, "And today?")

    assert [read_as(work, cast.ruth, one) for one in (open_still, shared, new)] == [Reader.CHAMPION] * 3
    assert read_as(work, cast.ruth, old) is None
    assert old not in {one.id for one in questions_to(asking(cast.ruth), cast.ruth.person, now.date())}
    assert read_as(work, cast.helen, old) is Reader.CHAMPION


def test_letters_say_that_somebody_asks_and_that_there_is_an_answer_and_nothing_of_it(
    work: Workplace, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    cast = work.cast
    made_champion(cast.alder, cast.helen, work.now)
    words = "Mrs Patel’s card is blocked"
    here = {"topic": SMARTCARDS, "place": str(cast.alder), "words": words, "shared": "private"}

    sent = signed_in(client, cast.tomasz).post(reverse("champions:ask"), here)
    signed_in(client, cast.helen).post(sent["Location"], {"words": "Ruth can do it"})
    signed_in(client, cast.tomasz).post(sent["Location"], {"words": "When?"})

    assert sent.status_code == 302
    assert [(one.to, one.subject) for one in mailoutbox] == [
        ([cast.helen.email], "A question for a champion"),
        ([cast.tomasz.email], "Your question has an answer"),
        ([cast.helen.email], "A question for a champion, again"),
    ]
    assert all(sent["Location"] in str(one.body) for one in mailoutbox)
    assert "asks something about smartcards" in str(mailoutbox[0].body)
    assert not any("card is blocked" in str(one.body) or "Ruth" in str(one.body) for one in mailoutbox)


def test_help_is_logged_with_two_taps_counted_and_taken_back(work: Workplace, client: Client) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)
    signed_in(client, cast.helen).post(
        reverse("champions:help"), {"topic": SMARTCARDS, "solved": "yes", "minutes": "10"}
    )
    known = Helping(SAFE, 30, is_solved=False, person=cast.aisha.person, before=2, after=4)
    helped(cast.alder, cast.helen, work.now, known)
    slip = helped(cast.alder, cast.helen, work.now)

    take_back_help(by=cast.helen.viewer, at=work.now, help_given=slip)

    figures = figures_at(cast.ruth.viewer.scope(Can.SEE_CHAMPIONS), cast.alder, today)
    assert (figures.sums.times, figures.sums.minutes, figures.sums.solved) == (2, 40, 1)
    assert (figures.sums.people, figures.people) == (1, 6)
    assert figures.sums.surer == Surer(2.0, 4.0, 1)
    (hours,) = figures.hours
    assert (hours.given, hours.agreed) == (40, 729)
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        HelpGiven.objects.filter(pk=slip).delete()


@pytest.mark.parametrize(
    ("helping", "refusal"),
    [
        (Helping("system:emis-web", 10, True), "one of your topics"),
        (Helping(SMARTCARDS, 11, True), "how long"),
        (Helping(SMARTCARDS, 10, True, before=6), "how sure"),
        (Helping(SMARTCARDS, 10, True, person=UUID(int=7)), "works here"),
    ],
)
def test_help_that_cannot_be_is_refused(work: Workplace, helping: Helping, refusal: str) -> None:
    made_champion(work.cast.alder, work.cast.helen, work.now)

    with pytest.raises(Refusal, match=refusal):
        helped(work.cast.alder, work.cast.helen, work.now, helping)
    with pytest.raises(Refusal, match="not a champion"):
        helped(work.cast.alder, work.cast.aisha, work.now)


def test_what_nobody_covers_is_a_gap_and_another_when_one_leaves(work: Workplace, client: Client) -> None:
    cast, today = work.cast, work.now.date()
    since = Period(date(2024, 1, 1))
    for system in ("emis-web", "accurx"):
        start_system(by=BUILDER, at=work.now, organisation=cast.alder, system=system, period=since)
    covering = Covering(("system:emis-web",), 60, shares_name=True)
    held = made_champion(cast.alder, cast.helen, work.now, covering)
    change_champion(
        by=cast.ruth.viewer,
        at=work.now,
        organisation=cast.alder,
        champion=held,
        covering=covering,
        ends_on=today + timedelta(weeks=3),
    )

    figures = figures_at(cast.ruth.viewer.scope(Can.SEE_CHAMPIONS), cast.alder, today)

    assert figures.gaps == ("system:accurx",)
    assert [one.uncovered for one in figures.leaving] == [("system:emis-web",)]
    made_champion(cast.birch, cast.lorna, work.now, Covering(("system:accurx",), 60, shares_name=True))
    page = signed_in(client, cast.ruth).get(reverse("champions:champions", args=["A81001"])).text
    assert f"In the network, ask {cast.lorna.name}, Birch Health Centre" in page


def test_steps_are_judged_from_ones_own_word(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)
    (champion,) = own_champions(asking(cast.helen), cast.helen.person, today)

    say_step(by=cast.helen.viewer, at=work.now, organisation=cast.alder, step="know-your-topics")

    def done(on: date) -> set[str]:
        taken = steps_of(asking(cast.helen), champion, on)
        return {step.key for step, verdict in taken if is_done(verdict)}

    assert done(today) == {"know-your-topics"}
    assert done(today + timedelta(days=400)) == set()

    def confirm(member: Member, step: str = "know-your-topics") -> None:
        confirm_step(by=member.viewer, at=work.now, organisation=cast.alder, champion=champion.id, step=step)

    with pytest.raises(Refusal, match="have not said"):
        confirm(cast.ruth, "meet-the-others")
    with pytest.raises(PermissionDenied):
        confirm(cast.helen)
    confirm(cast.ruth)
    with pytest.raises(Refusal, match="confirmed this already"):
        confirm(cast.ruth)
    (word,) = words_of(asking(cast.helen), champion).values()
    assert (word.confirmed_by, word.confirmed_on) == (cast.ruth.name, today)
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        StepConfirmed.objects.filter(record_id=word.record).update(by_name="Nobody")
    with pytest.raises(Refusal, match="from the list"):
        say_step(by=cast.helen.viewer, at=work.now, organisation=cast.alder, step="nothing")
    with pytest.raises(Refusal, match="not a champion"):
        say_step(by=cast.aisha.viewer, at=work.now, organisation=cast.alder, step="know-your-topics")


def test_leads_see_figures_and_only_the_names_that_are_shared(work: Workplace, client: Client) -> None:
    cast, today = work.cast, work.now.date()
    made_champion(cast.alder, cast.helen, work.now)
    made_champion(cast.birch, cast.lorna, work.now, PRIVATE)
    helped(cast.alder, cast.helen, work.now)

    found = {one.name: one for one in figures_across(cast.nadia.viewer.scope(Can.SEE_SHARES), today)}
    page = signed_in(client, cast.nadia).get(reverse("champions:across")).content.decode()

    assert {name: (one.champions, one.is_shown) for name, one in found.items()} == {
        "Alder Surgery": (1, True),
        "Birch Health Centre": (1, False),
        "Riverside PCN": (0, False),
    }
    assert cast.helen.name in page
    assert cast.lorna.name not in page
    assert [one.name for one in champions_near(asking(cast.samir), today)] == [cast.lorna.name, cast.helen.name]
    assert [one.name for one in champions_near(asking(cast.nadia), today)] == [cast.helen.name]


@pytest.mark.parametrize("name", ["champions:champions", "champions:across", "champions:home", "champions:library"])
def test_a_page_costs_the_same_for_one_and_for_three(name: str, work: Workplace, client: Client) -> None:
    cast = work.cast
    member = cast.nadia if name == "champions:across" else cast.ruth
    address = reverse(name, args=["A81001"] if name == "champions:champions" else [])
    signed_in(client, member)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(address).status_code == 200
        return len(asked_for)

    def one_more(member: Member, asker: Member) -> ChampionId:
        held = made_champion(cast.alder, member, work.now)
        question = asked(cast.alder, asker, work.now, shared=True)
        answer_question(by=member.viewer, at=work.now, question=question, words="Hold both keys")
        helped(cast.alder, member, work.now)
        asked(cast.alder, cast.ruth, work.now)
        return held

    one_more(cast.helen, cast.aisha)
    once = cost()
    one_more(cast.tomasz, cast.aisha)
    one_more(cast.mei, cast.aisha)

    assert cost() == once


def test_who_can_teach_could_be_next(work: Workplace) -> None:
    from tests.rooms.skilled import FILING, follow

    skilled, today = follow(work), work.now.date()
    start_system(
        by=BUILDER, at=work.now, organisation=work.cast.alder, system="emis-web", period=Period(date(2024, 1, 1))
    )
    skilled.names(work.cast.helen, FILING)
    skilled.signed(work.cast.aisha, FILING, work.cast.helen, level=Level.TEACH)
    scope = work.cast.ruth.viewer.scope(Can.SEE_CHAMPIONS)

    found = could_be_next(scope, work.cast.alder, ["system:emis-web"], today)

    assert [one.name for one in found] == [work.cast.aisha.name]
    assert could_be_next(scope, work.cast.alder, ["topic:smartcards"], today) == []
