"""What is said of a skill is signed for by somebody entitled, never by oneself, never in a circle, and never edited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import escape
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from preceptor.compliance.records.actions import withdraw_record
from preceptor.compliance.records.domain import RecordId
from preceptor.compliance.records.models import Record
from preceptor.compliance.records.queries import waiting_count
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.foundation.access import EVERYWHERE, Can, Scope, system_account
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.gates import acting
from preceptor.foundation.models import JournalLine
from preceptor.register.organisations.actions import start_system, stop_system
from preceptor.register.organisations.domain import Period
from preceptor.training.skills.actions import (
    end_assessor,
    log_procedure,
    name_assessor,
    not_yet,
    sign,
    sign_invited,
    take_back,
)
from preceptor.training.skills.domain import Level
from preceptor.training.skills.domain.published import FrameworkId
from preceptor.training.skills.domain.signing import AskId, OwnSkill, SeenIn, digest_of
from preceptor.training.skills.models import SignOff, SignOffAsk, SkillRating
from preceptor.training.skills.queries import (
    ask_by_token,
    asked_of,
    asks_about,
    assessors_at,
    framework_of,
    named_at,
    own_skill,
    picture_of,
    taken_back,
    version_gone_by,
)
from preceptor.ui.words import day
from tests.cast import ALDER, BUILDER, Member, signed_in
from tests.rooms.skilled import FILING, LETTERS, SINCE, Skilled, signing

SCRIBE = "scribe-tell-patient"
_LETTER_SEEN = ("Reads the whole letter, not only the summary",)

pytestmark = pytest.mark.django_db


def own(skilled: Skilled, member: Member, skill: str = FILING) -> OwnSkill:
    return own_skill(Scope(person=member.person), member.person, skill)


def standing(skilled: Skilled, member: Member, skill: str = FILING) -> Status:
    picture = picture_of(EVERYWHERE, skilled.cast.alder, skilled.now.date(), person=member.person)
    return picture.held[str(member.engagement), skill].verdict.status


def test_a_signature_makes_a_record_and_the_judge_says_valid(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    before = standing(skilled, aisha)

    found = skilled.signed(aisha, FILING, helen)

    row = SignOff.objects.get(pk=found)
    assert before is Status.OVERDUE
    assert standing(skilled, aisha) is Status.VALID
    assert (row.record.kind, row.record.level, row.record.subject_id) == ("sign-off", 2, f"skill-{FILING}")
    assert row.record.expires_on == row.expires_on
    assert row.sha256 == hashlib.sha256(row.content.encode()).hexdigest()
    assert "In their words: Most days" in row.content
    assert "Statement: Corrected two entries while I watched." in row.content
    assert "Not seen: Uses the system’s own way" in row.content
    assert row.entitled_by.startswith("named for it by Ruth Okafor")


def test_a_signature_says_in_which_system_it_was_seen_and_the_person_is_told_when_another_is_used(
    skilled: Skilled, client: Client
) -> None:
    aisha, helen, alder, now = skilled.cast.aisha, skilled.cast.helen, skilled.cast.alder, skilled.now
    skilled.names(helen, FILING)
    start_system(by=BUILDER, at=now, organisation=alder, system="emis-web", period=Period(SINCE))
    skilled.says(aisha, FILING)
    ask = skilled.asks(aisha, FILING, helen)
    address = reverse("skills:own", args=[ALDER, FILING])
    elsewhere = replace(signing(), seen_in=SeenIn("systmone", "SystmOne"))

    with pytest.raises(Refusal, match="used here"):
        sign(by=helen.viewer, at=now, ask=ask, signing=elsewhere)
    told = signed_in(client, helen).get(reverse("skills:sign", args=[ask])).text
    seen = replace(signing(), seen_in=SeenIn("emis-web", "EMIS Web", "9.2"))
    row = SignOff.objects.get(pk=sign(by=helen.viewer, at=now, ask=ask, signing=seen))
    before = signed_in(client, aisha).get(address).content.decode()
    stop_system(by=BUILDER, at=now, organisation=alder, system="emis-web", ends_on=now.date())
    start_system(by=BUILDER, at=now, organisation=alder, system="systmone", period=Period(now.date()))

    assert (row.system, row.system_version) == ("emis-web", "9.2")
    assert "Seen in: EMIS Web 9.2\n" in row.content
    assert "audit trail of the entry" in told
    assert "marked in error" not in told
    assert "another system" not in before
    assert "another system: SystmOne is used here now" in client.get(address).content.decode()


def test_a_skill_of_certain_systems_is_signed_for_in_one_of_them(skilled: Skilled) -> None:
    aisha, helen, alder, now = skilled.cast.aisha, skilled.cast.helen, skilled.cast.alder, skilled.now
    start_system(by=BUILDER, at=now, organisation=alder, system="ai-scribe", period=Period(SINCE))
    skilled.names(helen, SCRIBE)
    skilled.says(aisha, SCRIBE)
    ask = skilled.asks(aisha, SCRIBE, helen)
    skill = framework_of(_version(skilled)).skill(SCRIBE)
    assert skill is not None

    with pytest.raises(Refusal, match="in which system"):
        sign(by=helen.viewer, at=now, ask=ask, signing=replace(signing(), seen=skill.look_for[:1]))


def _version(skilled: Skilled) -> FrameworkId:
    found = version_gone_by(EVERYWHERE, skilled.cast.alder, skilled.now.date())
    assert found is not None
    return found.id


def test_what_somebody_says_of_themselves_is_not_in_the_journal(skilled: Skilled) -> None:
    skilled.says(skilled.cast.aisha, FILING)

    assert [one.what["said"] for one in JournalLine.objects.filter(verb="skill.rated")] == ["sealed"]


def test_a_later_word_does_not_carry_an_earlier_signature(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    found = skilled.signed(aisha, FILING, helen)
    text = SignOff.objects.get(pk=found).content
    signed_before = own(skilled, aisha).is_signed

    skilled.says(aisha, FILING, Level.TEACH)

    after = own(skilled, aisha)
    assert (signed_before, after.is_signed) == (True, False)
    assert [one.id for one in after.signed] == [found]
    assert SignOff.objects.get(pk=found).content == text
    assert after.rating is not None
    assert after.signed[0].rating != after.rating.id


def test_the_same_word_again_is_refused_until_its_signature_runs_out(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    with pytest.raises(Refusal, match=f"exactly this already, on {day(skilled.now.date())}"):
        skilled.says(aisha, FILING)
    skilled.asks(aisha, FILING, helen)
    skilled.says(aisha, FILING)
    ask = skilled.asks(aisha, FILING, helen)
    with pytest.raises(Refusal, match="at the latest"):
        skilled.signs(helen, ask, until=skilled.now.date() + timedelta(days=9000))
    found = skilled.signs(helen, ask)
    last = SignOff.objects.get(pk=found).expires_on
    assert last is not None
    soon = datetime.combine(last, time(12), UTC) - timedelta(days=60)

    with pytest.raises(Refusal, match="It stands"):
        skilled.says(aisha, FILING, at=soon - timedelta(days=1))
    signed_before = own(skilled, aisha).is_signed
    skilled.says(aisha, FILING, at=soon)

    assert (signed_before, own(skilled, aisha).is_signed) == (True, False)


def test_the_same_word_is_said_anew_when_its_signature_was_withdrawn_or_is_for_less(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    found = skilled.signed(aisha, FILING, helen)
    record = SignOff.objects.get(pk=found).record_id
    withdraw_record(by=skilled.cast.ruth.viewer, at=skilled.now, record=RecordId(record), reason="Not seen after all")

    skilled.says(aisha, FILING)
    skilled.says(aisha, FILING, Level.TEACH)
    skilled.signs(helen, skilled.asks(aisha, FILING, helen), level=Level.CAN)
    skilled.says(aisha, FILING, Level.TEACH)

    assert len(own(skilled, aisha).ratings) == 4


def test_nobody_signs_for_themselves(skilled: Skilled) -> None:
    helen, aisha = skilled.cast.helen, skilled.cast.aisha
    skilled.names(helen, FILING)
    skilled.says(helen, FILING)
    skilled.says(aisha, FILING)

    with pytest.raises(Refusal, match="somebody from the list"):
        skilled.asks(helen, FILING, helen)
    ask = skilled.asks(aisha, FILING, helen)
    with pytest.raises(Http404):
        sign(by=aisha.viewer, at=skilled.now, ask=ask, signing=signing())


def test_an_assessor_is_in_date_at_teaching_or_named(skilled: Skilled) -> None:
    aisha, helen, tomasz, ruth = skilled.cast.aisha, skilled.cast.helen, skilled.cast.tomasz, skilled.cast.ruth
    skilled.names(helen, FILING)
    skilled.signed(aisha, FILING, helen, level=Level.TEACH)
    version = version_gone_by(EVERYWHERE, skilled.cast.alder, skilled.now.date())
    assert version is not None
    skill = framework_of(version.id).skill(FILING)
    assert skill is not None
    scope, today = Scope(frozenset({skilled.cast.alder})), skilled.now.date()

    def able(on_days: int = 0) -> dict[str, str]:
        found = assessors_at(scope, skilled.cast.alder, skill, today + timedelta(on_days), besides=tomasz.person)
        return {one.name: one.entitled_by[:24] for one in found}

    now, later = able(), able(366 * 4)
    (one,) = named_at(skilled.cast.alder, FILING)
    end_assessor(by=ruth.viewer, at=skilled.now, organisation=skilled.cast.alder, named=one.id)

    assert now == {"Dr Helen Marsh": "named for it by Ruth Oka", "Aisha Rahman": "in date at teaching it u"}
    assert set(later) == {"Dr Helen Marsh"}, "a signature that has run out entitles nobody"
    assert set(able()) == {"Aisha Rahman"}


def test_whoever_is_no_longer_entitled_may_not_sign(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    ask = skilled.asks(aisha, FILING, helen)
    (one,) = named_at(skilled.cast.alder, FILING)

    end_assessor(by=skilled.cast.ruth.viewer, at=skilled.now, organisation=skilled.cast.alder, named=one.id)

    with pytest.raises(Refusal, match="nobody named you"):
        skilled.signs(helen, ask)


def test_a_circle_of_two_and_one_of_three_are_refused(skilled: Skilled) -> None:
    aisha, helen, tomasz = skilled.cast.aisha, skilled.cast.helen, skilled.cast.tomasz
    for member in (aisha, helen, tomasz):
        skilled.names(member, FILING)
    skilled.signed(aisha, FILING, helen)
    skilled.says(helen, FILING)
    back = skilled.asks(helen, FILING, aisha)

    with pytest.raises(Refusal, match="rests on Dr Helen Marsh"):
        skilled.signs(aisha, back)
    skilled.signed(tomasz, FILING, aisha)
    round_about = _asked_again(skilled, helen, tomasz)
    with pytest.raises(Refusal, match="rests on Dr Helen Marsh"):
        skilled.signs(tomasz, round_about)

    assert SignOff.objects.count() == 2


def test_a_circle_ends_where_a_signature_was_withdrawn_or_came_from_outside(skilled: Skilled) -> None:
    aisha, helen, ruth = skilled.cast.aisha, skilled.cast.helen, skilled.cast.ruth
    skilled.names(helen, FILING)
    skilled.names(aisha, FILING)
    first = skilled.signed(aisha, FILING, helen)
    skilled.says(helen, FILING)
    back = skilled.asks(helen, FILING, aisha)
    record = RecordId(SignOff.objects.get(pk=first).record_id)

    withdraw_record(by=ruth.viewer, at=skilled.now, record=record, reason="Signed by mistake")

    second = skilled.signs(aisha, back)

    assert set(SignOff.objects.values_list("pk", flat=True)) == {first, second}


def test_a_lower_signature_from_outside_does_not_hide_a_circle(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    for member in (aisha, helen):
        skilled.names(member, FILING)
    skilled.signed(aisha, FILING, helen, level=Level.TEACH)
    skilled.says(aisha, FILING, Level.TEACH)
    skilled.invites(aisha, FILING, "outside")
    by = system_account("Rosa Marlow, Practice nurse")
    sign_invited(by=by, at=skilled.now + timedelta(hours=1), token="outside", signing=signing(Level.AWARE))
    back = _asked_again(skilled, helen, aisha)

    with pytest.raises(Refusal, match="rests on Dr Helen Marsh"):
        skilled.signs(aisha, back)


def _asked_again(skilled: Skilled, member: Member, assessor: Member) -> AskId:
    skilled.says(member, FILING)
    return skilled.asks(member, FILING, assessor)


def _copied(row: SignOff, **other: Any) -> None:
    """Writes a further signature past all actions, as somebody with the database in hand might.

    With `of` the ask is about the rating of somebody else, with `recorded_of` the record is theirs.
    """
    of = other.pop("of", None)
    rating = SkillRating.objects.create(
        person_id=of or other.get("person_id", row.person_id),
        organisation_id=row.ask.organisation_id,
        skill=row.skill,
        framework_version_id=row.ask.rating.framework_version_id,
        now=2,
        need=2,
        at=row.at,
    )
    ask = SignOffAsk.objects.create(
        rating=rating,
        organisation_id=row.ask.organisation_id,
        assessor_id=other.get("assessor_id", row.assessor_id),
        assessor_name="Somebody",
        at=row.at,
    )
    record = row.record
    record.pk, record._state.adding = uuid4(), True
    record.person_id = other.pop("recorded_of", other.get("person_id", row.person_id))
    record.save(force_insert=True)
    row.pk, row._state.adding = uuid4(), True
    row.ask, row.record, row.at = ask, record, row.at + timedelta(seconds=1)
    for name, value in other.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_the_database_itself_refuses_oneself_a_circle_and_a_wrong_digest(skilled: Skilled) -> None:
    aisha, helen, tomasz = skilled.cast.aisha, skilled.cast.helen, skilled.cast.tomasz
    for member in (aisha, helen, tomasz):
        skilled.names(member, FILING)
    first = skilled.signed(aisha, FILING, helen)
    skilled.signed(tomasz, FILING, aisha)
    wrong: list[dict[str, Any]] = [
        {"assessor_id": aisha.person},
        {"person_id": helen.person, "assessor_id": aisha.person},
        {"person_id": helen.person, "assessor_id": tomasz.person},
        {"person_id": skilled.cast.ruth.person, "content": "Something else"},
        {"person_id": skilled.cast.ruth.person, "statement": ""},
        {"of": helen.person},
        {"person_id": skilled.cast.ruth.person, "skill": "lock-screen"},
        {"person_id": skilled.cast.ruth.person, "recorded_of": helen.person},
    ]

    for other in wrong:
        with acting(), pytest.raises(IntegrityError), transaction.atomic():
            _copied(SignOff.objects.select_related("ask__rating", "record").get(pk=first), **other)
    with acting(), transaction.atomic():
        right = SignOff.objects.select_related("ask__rating", "record").get(pk=first)
        _copied(right, person_id=skilled.cast.ruth.person)

    assert SignOff.objects.count() == 3


@pytest.mark.parametrize(
    "table", ["skillrating", "signoffask", "asktakenback", "signoff", "frameworkversion", "frameworkadoption"]
)
@pytest.mark.parametrize("sql", ["DELETE FROM training_{}", "UPDATE training_{} SET id = id"])
def test_nothing_said_or_signed_is_rewritten(table: str, sql: str, skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.signed(aisha, FILING, helen)
    skilled.says(aisha, FILING, Level.TEACH)
    take_back(by=aisha.viewer, at=skilled.now, ask=skilled.asks(aisha, FILING, helen))

    with acting(), pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_twenty_are_logged_before_a_signature_and_count_with_it(skilled: Skilled) -> None:
    gp, nurse = skilled.cast.helen, skilled.cast.aisha
    skilled.names(nurse, LETTERS)
    skilled.says(gp, LETTERS)
    ask = skilled.asks(gp, LETTERS, nurse)

    def log(count: int) -> None:
        for _ in range(count):
            log_procedure(
                by=gp.viewer,
                at=skilled.now,
                organisation=skilled.cast.alder,
                skill=LETTERS,
                on=skilled.now.date(),
                supervisor="Aisha Rahman",
            )

    log(19)
    with pytest.raises(Refusal, match="Only 19 of 20"):
        sign(by=nurse.viewer, at=skilled.now, ask=ask, signing=replace(signing(), seen=_LETTER_SEEN))
    log(1)
    waiting = [one.counts for one in own(skilled, gp, LETTERS).logged]
    assert waiting_count(EVERYWHERE, skilled.cast.alder) == 0, "they wait for the assessor and not for the manager"
    client, here = signed_in(Client(), nurse), reverse("skills:sign", args=[ask])
    shown = re.findall(r'name="logged" value="([^"]+)"', client.get(here).text)
    ticked = {"answer": "sign", "level": "2", "method": "observed", "seen": "0", "statement": "All twenty of them"}
    page = client.post(here, {**ticked, "logged": shown[1:]}).text
    assert "Something was logged or taken back while you looked" in page
    assert client.post(here, {**ticked, "logged": shown}).status_code == 302

    assert waiting == [False] * 20
    assert [one.counts for one in own(skilled, gp, LETTERS).logged] == [True] * 20
    assert standing(skilled, gp, LETTERS) is Status.VALID


def test_somebody_outside_signs_once_by_a_link_while_it_lasts(skilled: Skilled) -> None:
    aisha, now = skilled.cast.aisha, skilled.now
    skilled.says(aisha, FILING)
    skilled.invites(aisha, FILING, "a secret")
    outside = system_account("Rosa Marlow, Practice nurse at Elm Road")

    with pytest.raises(Http404):
        ask_by_token("another", now.date())
    with pytest.raises(Http404):
        ask_by_token("a secret", now.date() + timedelta(days=29))
    found = sign_invited(by=outside, at=now, token="a secret", signing=signing())
    with pytest.raises(Http404):
        sign_invited(by=outside, at=now, token="a secret", signing=signing())

    row = SignOff.objects.get(pk=found)
    assert (row.assessor_id, row.assessor_name) == (None, "Rosa Marlow")
    assert row.entitled_by.startswith("invited by Aisha Rahman on")
    assert "rosa.marlow@elm.example; Practice nurse at Elm Road" in row.content
    assert row.content.count("Rosa Marlow") == 1
    assert standing(skilled, aisha) is Status.VALID
    read = signed_in(Client(), aisha).get(reverse("skills:signature", args=[found])).text
    assert f"<dd>invited by Aisha Rahman on {day(now.date())} by a link to rosa.marlow@elm.example" in read


def test_one_invites_neither_oneself_nor_a_colleague(skilled: Skilled) -> None:
    aisha = skilled.cast.aisha
    skilled.says(aisha, FILING)

    for email, said in (
        (aisha.email.upper(), "Nobody signs for themselves"),
        (skilled.cast.tomasz.email.upper(), "They work here"),
    ):
        with pytest.raises(Refusal, match=said):
            skilled.invites(aisha, FILING, "a secret", email)


def test_not_yet_answers_the_question_and_leaves_no_record(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    ask = skilled.asks(aisha, FILING, helen)
    records = Record.objects.count()

    not_yet(by=helen.viewer, at=skilled.now, ask=ask, words="Practise finding what the mistake touched.")

    answers = own(skilled, aisha).answers
    assert [(one.assessor, one.words) for one in answers] == [
        ("Dr Helen Marsh", "Practise finding what the mistake touched.")
    ]
    assert Record.objects.count() == records
    assert asked_of(helen.viewer.scope(Can.SIGN_SKILLS), helen.person) == []


def test_what_was_asked_is_taken_back_by_whoever_asked_and_then_somebody_else_is_asked(skilled: Skilled) -> None:
    aisha, helen, ruth = skilled.cast.aisha, skilled.cast.helen, skilled.cast.ruth
    for assessor in (helen, ruth):
        skilled.names(assessor, FILING)
    skilled.says(aisha, FILING)
    asked = skilled.asks(aisha, FILING, helen)
    with pytest.raises(Refusal, match="wait for an answer"):
        skilled.asks(aisha, FILING, ruth)

    with pytest.raises(Http404):
        take_back(by=skilled.cast.tomasz.viewer, at=skilled.now, ask=asked)
    take_back(by=aisha.viewer, at=skilled.now, ask=asked)

    scope = helen.viewer.scope(Can.SIGN_SKILLS)
    assert asked_of(scope, helen.person) == []
    assert taken_back(scope, helen.person, asked) == "Aisha Rahman has taken back what they asked of you"
    assert taken_back(ruth.viewer.scope(Can.SIGN_SKILLS), ruth.person, asked) == "", "it was not asked of them"
    with pytest.raises(Http404):
        skilled.signs(helen, asked)
    with pytest.raises(Refusal, match="has taken this back"):
        take_back(by=aisha.viewer, at=skilled.now, ask=asked)
    skilled.signs(ruth, skilled.asks(aisha, FILING, ruth))
    assert own(skilled, aisha).is_signed


def test_who_looks_at_a_word_that_has_changed_since_signs_nothing_and_is_told(skilled: Skilled, client: Client) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    asked = skilled.asks(aisha, FILING, helen)
    signed_in(client, helen)
    page = reverse("skills:sign", args=[asked])
    assert "I can do it without help" in client.get(page).text

    skilled.says(aisha, FILING, Level.AWARE)
    told = client.post(page, {"answer": "not-yet", "statement": "Practise it once more"}, follow=True)

    assert "Aisha Rahman has said something else of this skill since they asked you" in told.text
    assert "Nothing was signed" in told.text
    assert (SignOff.objects.count(), own(skilled, aisha).answers, own(skilled, aisha).asked) == (0, (), ())
    skilled.signs(helen, skilled.asks(aisha, FILING, helen), level=Level.AWARE)
    assert own(skilled, aisha).is_signed


def test_a_link_of_something_taken_back_says_so(skilled: Skilled, client: Client) -> None:
    aisha = skilled.cast.aisha
    skilled.says(aisha, FILING)
    token = "a-link-that-nobody-guesses"
    asked = skilled.invites(aisha, FILING, token)
    signed_in(client, aisha)
    answered = client.post(reverse("skills:take-back", args=[ALDER, FILING, asked]), follow=True)
    client.logout()

    page = client.get(reverse("skills:invited", args=[token]))

    assert "You can ask somebody else" in answered.text
    assert (page.status_code, "Aisha Rahman has taken back what they asked of you" in page.text) == (404, True)


def test_nobody_is_asked_for_what_waits_or_was_never_said(skilled: Skilled, client: Client) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    signed_in(client, aisha)
    pages = [reverse(f"skills:{name}", args=[ALDER, FILING]) for name in ("ask", "invite")]
    never = [client.get(page, follow=True) for page in pages]
    skilled.says(aisha, FILING)
    open_ = [client.get(page) for page in pages]
    skilled.asks(aisha, FILING, helen)

    waiting = [client.get(page, follow=True) for page in pages]

    assert ["Say first how well you do it" in page.text for page in never] == [True, True]
    assert [page.status_code for page in open_] == [200, 200]
    assert ["You have asked already, and wait for an answer" in page.text for page in waiting] == [True, True]


def test_what_somebody_says_is_theirs_until_they_ask(skilled: Skilled) -> None:
    aisha, helen, tomasz, ruth = skilled.cast.aisha, skilled.cast.helen, skilled.cast.tomasz, skilled.cast.ruth
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    alder = Scope(frozenset({skilled.cast.alder}))
    before = asks_about(alder, skilled.cast.alder, aisha.person)

    skilled.asks(aisha, FILING, helen)

    assert before == []
    assert [one.rating.said.words for one in asks_about(alder, skilled.cast.alder, aisha.person)] == ["Most days"]
    assert len(asked_of(helen.viewer.scope(Can.SIGN_SKILLS), helen.person)) == 1
    assert asked_of(tomasz.viewer.scope(Can.SIGN_SKILLS), tomasz.person) == []
    for other in (tomasz, ruth, helen):
        with pytest.raises(Http404):
            own_skill(Scope(person=other.person), aisha.person, FILING)


def test_to_know_of_a_skill_is_ones_own_to_say(skilled: Skilled) -> None:
    tomasz = skilled.cast.tomasz
    aware = "audit-who-looked"
    before = standing(skilled, tomasz, aware)

    skilled.says(tomasz, aware, Level.AWARE)

    assert (before, standing(skilled, tomasz, aware)) == (Status.OVERDUE, Status.VALID)


def test_a_manager_names_colleagues_of_theirs_and_not_themselves(skilled: Skilled) -> None:
    ruth, aisha, owen, lorna = skilled.cast.ruth, skilled.cast.aisha, skilled.cast.owen, skilled.cast.lorna

    def name(by: Member, whom: Member) -> Callable[[], int]:
        return lambda: name_assessor(
            by=by.viewer,
            at=skilled.now,
            organisation=skilled.cast.alder,
            person=whom.person,
            skill=FILING,
            reason="Does it daily",
        )

    with pytest.raises(Refusal, match="Nobody names themselves"):
        name(ruth, ruth)()
    for by, whom, refusal in ((owen, aisha, Http404), (aisha, aisha, PermissionDenied), (ruth, lorna, Http404)):
        with pytest.raises(refusal):
            name(by, whom)()


def test_a_signature_is_read_in_words_and_kept_to_the_letter(skilled: Skilled, client: Client) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    skilled.names(helen, FILING)
    skilled.says(aisha, FILING)
    seen = replace(signing(), statement="Case 1234-56-78 on 2026-02-30, twice")
    found = sign(by=helen.viewer, at=skilled.now, ask=skilled.asks(aisha, FILING, helen), signing=seen)

    page = signed_in(client, aisha).get(reverse("skills:signature", args=[found])).text

    row, today = SignOff.objects.get(pk=found), london_date(skilled.now)
    facts, _, rest = page.partition("The text exactly as it was signed")
    assert f"<dd>{aisha.name}</dd>" in facts
    assert f"<dt>Signed on</dt><dd>{day(today)}</dd>" in facts
    assert f"<dt>Said on {day(today)}</dt>" in facts
    assert "<dd>Case 1234-56-78 on 2026-02-30, twice</dd>" in facts, "what people wrote is as they wrote it"
    assert today.isoformat() not in facts.partition("<main")[2]
    assert FILING not in facts.partition("<main")[2]
    assert escape(row.content.splitlines()[1]) in rest


def test_two_words_of_one_day_are_told_apart_by_the_time(skilled: Skilled, client: Client) -> None:
    aisha = skilled.cast.aisha
    morning = datetime(2026, 11, 3, 9, 15, tzinfo=UTC)
    page = reverse("skills:own", args=[ALDER, FILING])
    skilled.says(aisha, FILING, Level.AWARE, at=morning)
    alone = signed_in(client, aisha).get(page).text

    skilled.says(aisha, FILING, Level.CAN, at=morning + timedelta(hours=5))

    both = client.get(page).text
    assert "On 3 November 2026: “I know of it" in alone
    assert "On 3 November 2026 at 2:15pm: “I can do it" in both
    assert "On 3 November 2026 at 9:15am: “I know of it" in both


def test_the_same_facts_make_the_same_digest(skilled: Skilled) -> None:
    skilled.names(skilled.cast.helen, FILING)
    row = SignOff.objects.get(pk=skilled.signed(skilled.cast.aisha, FILING, skilled.cast.helen))

    assert digest_of(row.content) == row.sha256
    assert digest_of(row.content.replace("two", "three")) != row.sha256
