"""The editor as a browser sees it, and who may open it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.requirements.actions import retire
from preceptor.compliance.requirements.domain.audience import All, Any, Everyone, Role, StaffGroup, Task
from preceptor.compliance.requirements.domain.criteria import Achieved, AllOf, Count, Expiry, Hours
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key, rule_examples, sources_for
from preceptor.compliance.rulemaking.domain.drafts import DraftId
from preceptor.compliance.rulemaking.domain.questions import ASKED
from preceptor.compliance.rulemaking.models import Draft as Row
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import add_months
from preceptor.ui.words import day
from tests.cast import ALDER, BUILDER, HUB, signed_in

from .conftest import AT, COMING, DECIDED, EARLY, Desk, days

RULES = f"/practices/{ALDER}/rules/"
QUESTIONS = (
    "what-and-why",
    "for-whom",
    "how-it-is-met",
    "first-time",
    "again",
    "early-and-late",
    "taking-over",
    "one-person",
)


def words(client: Client, path: str, **query: str) -> str:
    """The plain words of a page that must be there."""
    response = client.get(path, query)
    assert response.status_code == 200, (path, response)
    return plain(response.content.decode())


def plain(html: str) -> str:
    """A page without its markup."""
    body = html.split("<main", 1)[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_fire_safety_every_year_is_drafted_tried_and_published(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)
    here = f"/practices/{ALDER}/requirements/fire-safety/"
    assert 'name="key" value="fire-safety"' in ruth.get(here).content.decode()

    started = ruth.post(f"{RULES}start/", {"key": "fire-safety"})
    draft = DraftId(Row.objects.get().pk)
    assert started["Location"] == desk.address(draft)
    assert "Fire safety, draft of version" in words(ruth, desk.address(draft))
    assert desk.send(ruth, draft, "again", {"how": "months", "months": "12", "after": "check"}) == desk.address(draft)
    assert "You changed the rule and not the reason." in words(ruth, desk.address(draft))
    over = {**days("first_on", COMING), "way": "at_renewal", "after": "check"}
    assert desk.send(ruth, draft, "taking-over", over) == desk.address(draft)
    assert desk.send(ruth, draft, "what-and-why", {**DECIDED, "after": "check"}) == desk.address(draft)
    said = words(ruth, desk.address(draft))
    assert f"From {day(COMING)}: everyone:" in said
    assert "It counts for 12 months. Was: it counts for 24 months." in said
    assert "You changed the rule" not in said
    assert f"Nobody becomes overdue on {day(COMING)}." in said
    dry = words(ruth, desk.address(draft, "dry-run"))
    assert "Nothing has been published." in dry
    assert "At next renewal (your choice)" in dry
    number = desk.draft(draft).number
    assert f"Publish version {number} from {day(COMING)}" in dry

    published = ruth.post(desk.address(draft, "dry-run"), desk.seen(draft))

    assert published["Location"] == here
    version = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "fire-safety").versions[-1]
    met_by = version.rule.met_by
    assert isinstance(met_by, Achieved)
    assert (version.number, version.rule.starts_on, met_by.months) == (number, COMING, 12)
    assert version.rule.transition == AtRenewal()
    assert version.decision.decided_by == "Partners’ meeting"
    assert "What this version changed" in words(ruth, desk.address(draft, "dry-run"))


def test_a_requirement_of_our_own_is_asked_about_question_by_question(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)

    ruth.post(f"{RULES}start/", {"requirement": "new"})
    draft = DraftId(Row.objects.get().pk)
    answers: list[tuple[str, Mapping[str, object]]] = [
        ("what-and-why", {**DECIDED, "title": "The lift", "short": "", "area": "safety", "minutes": "20"}),
        ("for-whom", {"c_key": "all", "c-0_key": "task", "c-0_is": "is", "c-0_of": ["chaperone", "vaccinator"]}),
        ("how-it-is-met", {"w_key": "achieved", "w_subject": "fire-safety", "w_level": "1"}),
        ("first-time", {"when": "days", "days": "14"}),
        ("again", {"how": "months", "months": "36"}),
        ("early-and-late", EARLY),
        ("taking-over", days("first_on", COMING)),
    ]
    for number, (question, given) in enumerate(answers):
        assert f"Question {number + 1} of 8" in words(ruth, desk.address(draft, question))
        onwards = desk.send(ruth, draft, question, given)
        assert onwards == desk.address(draft, QUESTIONS[number + 1] if number < 6 else ""), plain(onwards)[:600]
    assert "with this rule: " in words(ruth, desk.address(draft, "one-person")).lower()
    ruth.post(desk.address(draft, "dry-run"), desk.seen(draft))

    made = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "the-lift")
    rule = made.versions[0].rule
    assert (made.title, made.short, made.area_name) == ("The lift", "The lift", "Safety at work")
    assert rule.audience == Task(("chaperone", "vaccinator"))
    assert rule.met_by == Achieved("fire-safety", 36, early_days=60)
    assert (rule.first_due_days, rule.starts_on, rule.transition) == (14, COMING, None)
    assert made.versions[0].decision.minutes == 20


def test_a_new_requirement_begins_with_the_rule_of_an_example(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)
    page = words(ruth, f"{RULES}start/")
    assert all(f"Begin from this : {one.title}" in page for one in rule_examples())

    started = ruth.post(f"{RULES}start/", {"example": "hours"})

    draft = DraftId(Row.objects.get().pk)
    hours = next(one for one in rule_examples() if one.key == "hours")
    answers = desk.draft(draft).answers
    assert started["Location"] == desk.address(draft)
    assert (answers.audience, answers.met_by, answers.first_due_days) == (
        hours.audience,
        hours.met_by,
        hours.first_due_days,
    )
    assert [one.value for one in answers.missing] == ["what-and-why", "taking-over"]
    assert "12 hours of Safeguarding children" in words(ruth, desk.address(draft))
    assert ruth.post(f"{RULES}start/", {"example": "alchemy"}).status_code == 404


def test_starting_with_a_requirement_asks_for_one(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)
    fire = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "fire-safety")

    assert "Choose the requirement you want to change" in plain(ruth.post(f"{RULES}start/").content.decode())
    assert not Row.objects.exists()
    ruth.post(f"{RULES}start/", {"requirement": str(fire.id)})
    assert Row.objects.get().requirement_id == fire.id


def test_conditions_are_added_one_by_one_without_being_saved(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    before = desk.draft(draft)

    page = desk.send(ruth, draft, "for-whom", {"do": "add:c", "c_key": "everyone", "c_add": "role"})
    assert 'name="c-0_of"' in page
    assert 'value="all" checked' in page
    page = desk.send(
        ruth,
        draft,
        "for-whom",
        {"do": "update", "c_key": "any", "c-0_key": "role", "c-0_is": "is", "c-0_of": "receptionist"},
    )
    assert "1 of 6 people at Alder Surgery today" in plain(page)
    assert "Tomasz Nowak, Receptionist" in plain(page)
    assert desk.draft(draft) == before


def test_htmx_is_given_the_count_alone(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()

    given = {"revision": 1, "do": "update", "c_key": "everyone"}
    part = ruth.post(desk.address(draft, "for-whom"), given, headers={"HX-Request": "true"}).content.decode()

    assert "6 of 6 people at Alder Surgery today" in part
    assert "<form" not in part


def test_a_group_is_kept_with_its_conditions(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    fields: dict[str, object] = {
        "c_key": "all",
        "c-0_key": "any",
        "c-0-0_key": "staff_group",
        "c-0-0_is": "is",
        "c-0-0_of": ["nurse"],
        "c-0-1_key": "role",
        "c-0-1_is": "is",
        "c-0-1_of": ["receptionist"],
        "c-1_key": "task",
        "c-1_is": "is",
        "c-1_of": ["chaperone"],
    }

    desk.send(ruth, draft, "for-whom", fields)

    expected = All((Any((StaffGroup(("nurse",)), Role(("receptionist",)))), Task(("chaperone",))))
    assert desk.draft(draft).answers.audience == expected
    again = ruth.get(desk.address(draft, "for-whom")).content.decode()
    assert "Condition 1: a group, any of these" in plain(again)


def test_several_things_are_asked_for_in_a_list(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    one = {"w_key": "achieved", "w_subject": "fire-safety", "w_level": "1"}

    page = desk.send(ruth, draft, "how-it-is-met", {**one, "do": "join:w", "w_join": "all_of"})
    assert 'name="w-0_subject"' in page
    two: dict[str, object] = {
        "w_key": "all_of",
        "w-0_key": "achieved",
        "w-0_subject": "fire-safety",
        "w-0_level": "1",
        "w-0_kept": '{"months": 24, "expiry": "replace"}',
        "w-1_key": "count",
        "w-1_subject": "fire-safety",
        "w-1_level": "1",
        "w-1_at_least": "3",
        "w-1_kinds": ["course", "assessment"],
    }
    assert "they are valid until the end of" in plain(desk.send(ruth, draft, "how-it-is-met", {**two, "do": "update"}))
    assert desk.send(ruth, draft, "how-it-is-met", two).endswith("/first-time/")

    rule = desk.draft(draft).answers
    first = Achieved("fire-safety", 24, expiry=Expiry.REPLACE)
    assert rule.met_by == AllOf((first, Count("fire-safety", 3, None, kinds=("course", "assessment"))))
    assert [one.value for one in rule.missing] == ["what-and-why", "again", "taking-over"]
    desk.send(ruth, draft, "again", {"m0": "24", "m1": "12"})
    assert desk.draft(draft).answers.met_by == AllOf(
        (first, Count("fire-safety", 3, 12, kinds=("course", "assessment")))
    )


def test_again_turns_one_thing_into_hours_or_times(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()

    desk.send(ruth, draft, "again", {"how": "hours", "minutes": "240", "hours_months": "36"})
    assert desk.draft(draft).answers.met_by == Hours(("fire-safety",), 240, 36)
    desk.send(ruth, draft, "again", {"how": "times", "times": "2", "times_months": ""})
    assert desk.draft(draft).answers.met_by == Count("fire-safety", 2, None)
    desk.send(ruth, draft, "again", {"how": "never"})
    assert desk.draft(draft).answers.met_by == Achieved("fire-safety", None)


@pytest.mark.parametrize(
    ("question", "given", "said", "field"),
    [
        ("what-and-why", {**DECIDED, "decided_by": ""}, "Say who decided", "id_decided_by"),
        ("what-and-why", {**DECIDED, "s0_says": "Yearly."}, "Choose the source that says so", "id_s0_source"),
        ("what-and-why", {**DECIDED, **days("decided_on", date(2199, 1, 1))}, "in the past", "id_decided_on_year"),
        ("for-whom", {"c_key": "all"}, "Add a condition, or choose everyone", "id_c_add"),
        ("for-whom", {"c_key": "all", "c-0_key": "task", "c-0_is": "is"}, "Choose at least one", "id_c-0_of"),
        ("how-it-is-met", {"w_key": "achieved", "w_level": "1"}, "Choose a subject", "id_w_subject"),
        (
            "how-it-is-met",
            {"w_key": "count", "w_subject": "fire-safety", "w_level": "1", "w_at_least": "some"},
            "How many times must be a whole number",
            "id_w_at_least",
        ),
        ("first-time", {"when": "days"}, "Enter the number of days", "id_days"),
        ("again", {"how": "months", "months": "0"}, "Months must be between 1 and 1,200", "id_months"),
        ("again", {"how": "months"}, "Enter the number of months", "id_months"),
        ("early-and-late", {**EARLY, "early0": "700"}, "must be between 0 and 671", "id_early0"),
        ("early-and-late", {**EARLY, "notice": ""}, "Enter the days of notice", "id_notice"),
        ("taking-over", {"way": "at_once"}, "Enter the first day", "id_first_on_day"),
        (
            "taking-over",
            {"way": "at_once", **days("first_on", date(2020, 1, 1))},
            "First day must be after 1 February 2025",
            "id_first_on_day",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_question_and_nothing_is_saved(
    client: Client, desk: Desk, question: str, given: dict[str, object], said: str, field: str
) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    before = desk.draft(draft)

    page = desk.send(ruth, draft, question, given)

    assert "There is a problem" in page
    assert said in unescape(page)
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert desk.draft(draft) == before


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(client: Client, desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    ruth = signed_in(client, cast.ruth)
    seen = desk.draft(draft).revision
    desk.send(ruth, draft, "first-time", {"when": "days", "days": "7"})

    page = desk.send(ruth, draft, "first-time", {"when": "days", "days": "99", "revision": seen})

    assert "Ruth Okafor changed this draft on" in plain(page)
    assert "while you had it open" in plain(page)
    assert 'value="99"' in page
    assert desk.draft(draft).answers.first_due_days == 7
    late = ruth.post(desk.address(draft, "dry-run"), {"revision": seen})
    assert late.status_code == 302  # nothing can be tried yet
    kept = ruth.post(desk.address(draft, "discard"), {"revision": seen}).content.decode()
    assert "while you had it open" in kept


def test_a_refusal_of_publishing_leads_to_its_question(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    desk.send(ruth, draft, "taking-over", {"way": "at_once", "grace": "28", **days("first_on", COMING)})
    assert desk.draft(draft).answers.transition == AtOnce(28)

    dry = words(ruth, desk.address(draft, "dry-run"))
    assert "Before publishing, answer: What and why" in dry
    assert day(COMING + timedelta(days=28)) in dry
    page = ruth.post(desk.address(draft, "dry-run"), desk.seen(draft)).content.decode()
    assert "Answer “What and why” before publishing" in page
    assert f'href="{desk.address(draft, "what-and-why")}"' in page


def test_what_was_tried_on_an_older_version_is_tried_again_before_it_is_published(client: Client, desk: Desk) -> None:
    ruth, first, second = signed_in(client, desk.work.cast.ruth), desk.start(), desk.start()
    for draft, on in ((first, COMING), (second, COMING.replace(month=6))):
        desk.send(ruth, draft, "taking-over", {"way": "at_renewal", **days("first_on", on)})
        desk.send(ruth, draft, "what-and-why", DECIDED)
    seen = desk.seen(second)
    number = seen["number"]
    ruth.post(desk.address(first, "dry-run"), desk.seen(first))

    page = plain(ruth.post(desk.address(second, "dry-run"), seen).content.decode())

    assert f"Version {number} was published while you had this open, and yours was not." in page
    assert f"Publish version {number + 1} from 1 June {COMING.year}" in page
    assert desk.draft(second).published is None
    ruth.post(desk.address(second, "dry-run"), desk.seen(second))
    assert desk.draft(second).published == number + 1


def test_a_draft_is_kept_listed_shared_and_put_away(client: Client, desk: Desk) -> None:
    cast = desk.work.cast
    ruth, draft = signed_in(client, cast.ruth), desk.start()
    desk.start(None)

    later = desk.send(ruth, draft, "first-time", {"when": "before", "do": "later"})
    listed = words(ruth, RULES)
    assert later == RULES
    assert "2 drafts." in listed
    assert "Fire safety, draft of version" in listed
    assert "New requirement, draft" in listed
    assert "2 questions open" in listed
    assert "Fire safety" in words(signed_in(Client(), cast.priya), desk.address(draft))

    gone = ruth.post(desk.address(draft, "discard"), {"revision": desk.draft(draft).revision})
    assert gone["Location"] == RULES
    assert ruth.get(desk.address(draft)).status_code == 404
    assert "1 draft." in words(ruth, RULES)


def test_a_page_of_drafts_costs_the_same_for_one_and_for_three(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            desk.start()
        words(ruth, RULES)
        with CaptureQueriesContext(connection) as asked:
            words(ruth, RULES)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_drafts_are_for_those_who_may_change_requirements_there(client: Client, desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    pages = [
        RULES,
        f"{RULES}start/",
        desk.address(draft),
        desk.address(draft, "dry-run"),
        desk.address(draft, "discard"),
    ]
    pages += [desk.address(draft, question) for question in QUESTIONS]
    pages += [f"{desk.address(draft)}dry-run.csv", f"{desk.address(draft)}dry-run.xlsx"]

    for page in pages:
        assert Client().get(page)["Location"].startswith("/sign-in"), page
        assert signed_in(Client(), cast.tomasz).get(page).status_code == 403, page
        for member in (cast.owen, cast.lorna, cast.nadia):
            assert signed_in(Client(), member).get(page).status_code == 404, page
            sent = signed_in(Client(), member).post(page, {"revision": 1, "do": "save", "key": "fire-safety"})
            assert sent.status_code in {404, 405}, page
    assert Row.objects.get().revision == 1


def test_asking_for_less_than_the_law_based_rule_asks_why_the_law_allows_it(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    desk.send(ruth, draft, "what-and-why", {**DECIDED, "after": "check"})
    desk.send(ruth, draft, "taking-over", {"way": "at_renewal", **days("first_on", COMING)})
    desk.send(ruth, draft, "again", {"how": "months", "months": "12"})
    assert "A law asks for this" not in words(ruth, desk.address(draft))
    desk.send(ruth, draft, "again", {"how": "months", "months": "36"})
    desk.send(ruth, draft, "first-time", {"when": "days", "days": "60"})

    check = words(ruth, desk.address(draft))
    dry = words(ruth, desk.address(draft, "dry-run"))
    refused = ruth.post(desk.address(draft, "dry-run"), desk.seen(draft)).content.decode()
    silent = ruth.post(desk.address(draft), {"revision": desk.draft(draft).revision, "legal_reason": " "})
    said = {"revision": desk.draft(draft).revision, "legal_reason": "The order names no interval."}
    kept = ruth.post(desk.address(draft), said)
    published = ruth.post(desk.address(draft, "dry-run"), desk.seen(draft))

    assert "It is measured by what it was taken from, National catalogue:" in check
    assert "Fire safety counts for 36 months instead of 24 months." in check
    assert "Someone new has 60 days instead of 14." in check
    assert "Before publishing, answer: Why the law allows you to ask for less" in dry
    assert "Say why the law allows you to ask for less" in refused
    assert "Say why the law allows you to ask for less" in silent.content.decode()
    assert kept["Location"] == desk.address(draft)
    assert published["Location"] == f"/practices/{ALDER}/requirements/fire-safety/"
    page = words(ruth, published["Location"])
    assert "Version 2, to come" in page
    version = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "fire-safety").versions[-1]
    assert version.decision.legal_reason == "The order names no interval."
    assert "Why the law allows less: The order names no interval." in page


def test_a_source_is_added_cited_and_confirmed(client: Client, desk: Desk) -> None:
    cast = desk.work.cast
    ruth, draft = signed_in(client, cast.ruth), desk.start(None)
    new = {
        "new_title": "Fire risk assessment of our building",
        "new_publisher": "Vale Fire Safety",
        "new_clause": "section 4",
        "new_says": "Everyone needs to know the shared exit.",
        "new_link": "https://fire.example/assessment",
        "new_force": "contract",
        "new_ticks": ["followed"],
    }
    what = {**DECIDED, "title": "The exit", "area": "safety", "basis": "contract"}

    half = plain(desk.send(ruth, draft, "what-and-why", {**what, "new_clause": "section 4", "new_link": "fire"}))
    assert "Say what the source is called" in half
    assert "Enter a link that begins with https://" in half
    assert desk.send(ruth, draft, "what-and-why", {**what, **new}).endswith("/for-whom/")

    (cited,) = desk.draft(draft).answers.citations
    assert cited.source == f"{ALDER.lower()}-fire-risk-assessment-of-our-building"
    assert (cited.clause, cited.followed) == ("section 4", True)
    assert "Fire risk assessment of our building (not verified)" in words(ruth, desk.address(draft, "what-and-why"))
    again = plain(desk.send(ruth, draft, "what-and-why", {**what, **new}))
    assert "has added Fire risk assessment of our building already" in again
    first = date(2026, 11, 1)
    desk.answer(
        draft,
        lambda answers: replace(
            answers,
            audience=Everyone(),
            met_by=Achieved("fire-safety", None),
            starts_on=first,
            answered=frozenset(ASKED),
        ),
    )
    ruth.post(desk.address(draft, "dry-run"), desk.seen(draft))

    here, confirm = f"/practices/{ALDER}/requirements/the-exit/", f"/practices/{ALDER}/sources/{cited.source}/"
    before = words(ruth, here)
    assert "Added here, for somebody to read and confirm: Fire risk assessment" in before
    assert "Nobody has found this in a source yet" in before
    assert "Everyone needs to know the shared exit." in words(ruth, confirm)
    assert "today or in the past" in ruth.post(confirm, days("checked_on", date(2199, 1, 1))).content.decode()
    done = ruth.post(confirm, {**days("checked_on", date(2026, 11, 20)), "next": here})
    assert done["Location"] == here
    after = words(ruth, here)
    assert "20 Nov 2026" in after
    assert "Not verified" not in after
    assert "to read and confirm" not in after
    assert signed_in(Client(), cast.tomasz).get(confirm).status_code == 403
    assert signed_in(Client(), cast.nadia).get(confirm).status_code == 404
    birch = [one.key for one in sources_for(EVERYWHERE, cast.birch)]
    assert cited.source not in birch
    assert birch


def test_a_question_nobody_asks_is_not_there(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()

    assert ruth.get(desk.address(draft, "what-else")).status_code == 404
    assert ruth.get(f"{desk.address(draft)}dry-run.csv").status_code == 404
    assert ruth.get(desk.address(draft, "dry-run"))["Location"] == desk.address(draft)
    assert ruth.post(desk.address(draft, "first-time"), {"when": "before", "revision": "new"}).status_code == 404


def test_an_ended_requirement_is_not_drafted_again(client: Client, desk: Desk) -> None:
    cast = desk.work.cast
    fire = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety")
    retire(
        by=BUILDER,
        at=AT,
        requirement=fire.id,
        ends_on=date(2027, 1, 1),
        reason="We are moving out.",
        legal_reason="No premises of our own.",
    )

    page = signed_in(client, cast.ruth).post(f"{RULES}start/", {"key": "fire-safety"}, follow=True).content.decode()

    assert "Fire safety has ended and cannot be changed" in page
    assert not Row.objects.exists()


def test_the_last_question_shows_one_person_before_and_after(client: Client, desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    done = desk.work.now.date() - timedelta(days=203)
    desk.work.did(cast.aisha, "fire-safety", done)
    ruth = signed_in(client, cast.ruth)
    desk.send(ruth, draft, "again", {"how": "months", "months": "12"})
    desk.send(ruth, draft, "taking-over", {"way": "at_renewal", **days("first_on", COMING)})

    page = words(ruth, desk.address(draft, "one-person"), person=str(cast.aisha.engagement))

    two, three, four = (
        day(add_months(done, 12 * years)) for years in (2, 3, 4)
    )  # the years shown hold one more or two
    assert "Aisha Rahman, Practice nurse" in page
    assert re.search(f"Now: to be done by {two}( and|,) {four}", page)
    assert f"Version 2: to be done by {two}, {three}, {four} and " in page


def test_the_rule_is_read_back_with_a_worked_example(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    desk.send(ruth, draft, "again", {"how": "months", "months": "12"})
    desk.send(ruth, draft, "early-and-late", EARLY)

    page = words(ruth, desk.address(draft, "again"))

    year = COMING.year
    assert f"Someone who does it on 15 March {year} is valid until the end of 15 March {year + 1}." in page
    assert f"If they do it again on 1 February {year + 1}, they are valid until the end of 15 March {year + 2}." in page
    assert "would do it sooner in the first two years" in page


def test_the_file_says_what_the_page_says(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    desk.send(ruth, draft, "taking-over", {"way": "at_once", **days("first_on", COMING)})
    desk.send(ruth, draft, "for-whom", {"c_key": "all", "c-0_key": "role", "c-0_is": "is", "c-0_of": "receptionist"})

    csv = ruth.get(f"{desk.address(draft)}dry-run.csv").content.decode("utf-8-sig")
    book = ruth.get(f"{desk.address(draft)}dry-run.xlsx")
    page = words(ruth, desk.address(draft, "dry-run"))

    assert "Nothing changes for anybody in: Receptionist." in page
    assert "Receptionist,1" in csv
    assert "No longer required,5" in csv
    assert "Helen Marsh" in csv
    assert "Tomasz Nowak" not in csv
    assert book["Content-Disposition"] == f'attachment; filename="dry-run-{ALDER}-fire-safety.xlsx"'
    assert book.content.startswith(b"PK")
    assert desk.draft(draft).answers.audience == Role(("receptionist",))


def test_sources_are_folded_by_name_and_one_more_is_a_button_away(client: Client, desk: Desk) -> None:
    ruth, draft = signed_in(client, desk.work.cast.ruth), desk.start()
    cited = desk.draft(draft).answers.citations

    page = words(ruth, desk.address(draft, "what-and-why"))
    assert "Source 1: Regulatory Reform (Fire Safety) Order 2005, article 21 (checked " in page
    more = plain(desk.send(ruth, draft, "what-and-why", {**DECIDED, "rows": len(cited), "do": "source"}))
    assert f"Source {len(cited) + 1}: nothing chosen yet" in more
    given = {
        "s0_source": cited[0].source,
        "s0_says": "Every year here.",
        "s0_clause": "art. 21",
        "s0_ticks": ["followed"],
    }
    desk.send(ruth, draft, "what-and-why", {**DECIDED, **given})

    (kept,) = desk.draft(draft).answers.citations
    assert (kept.source, kept.says, kept.clause) == (cited[0].source, "Every year here.", "art. 21")
    assert (kept.followed, kept.verified) == (True, False)


def test_a_hub_drafts_what_it_asks_of_its_own_people_and_sees_figures_only(client: Client, desk: Desk) -> None:
    cast = desk.work.cast
    gareth, rules = signed_in(client, cast.gareth), f"/practices/{HUB}/rules/"
    gareth.post(f"{rules}start/", {"requirement": "new"})
    draft = DraftId(Row.objects.get().pk)
    here = f"{rules}{draft}/"
    answers: list[tuple[str, Mapping[str, object]]] = [
        ("what-and-why", {**DECIDED, "title": "Giving feedback", "area": "safety"}),
        ("for-whom", {"c_key": "everyone"}),
        ("how-it-is-met", {"w_key": "achieved", "w_subject": "fire-safety", "w_level": "1"}),
        ("first-time", {"when": "days", "days": "14"}),
        ("again", {"how": "never"}),
        ("early-and-late", EARLY),
        ("taking-over", days("first_on", COMING)),
    ]
    for revision, (question, given) in enumerate(answers, 1):
        sent = gareth.post(f"{here}{question}/", {"revision": revision, "do": "save", **given})
        assert sent.status_code == 302, plain(sent.content.decode())

    check, dry = words(gareth, here), words(gareth, f"{here}dry-run/")
    csv = gareth.get(f"{here}dry-run.csv").content.decode()
    one = words(gareth, f"{here}one-person/")
    gareth.post(f"{here}dry-run/", {"revision": len(answers) + 1, "number": 1})

    assert "It would concern fewer than 5 people here" in check
    assert "Alder Surgery 6 people" in dry
    assert "You see figures here, not people." in one
    assert all("fewer than 5 people here" in page and "Newly required,1" not in page for page in (dry, csv))
    for page in (check, dry, csv, one):
        assert not {"Gareth", "Priya", "Aisha", "Helen"} & set(re.findall(r"\w+", page.partition("To share this")[0]))
    made = requirement_by_key(EVERYWHERE, cast.hub, "giving-feedback")
    assert made.title == "Giving feedback"
    assert "It is asked of nobody here today." in words(gareth, f"/practices/{HUB}/requirements/giving-feedback/")
    offered = gareth.post(f"/practices/{HUB}/pack/giving-feedback/share/")
    assert offered["Location"] == f"/practices/{HUB}/pack/"
    assert "Giving feedback" in words(gareth, f"/practices/{HUB}/pack/")
    assert gareth.get(f"/practices/{ALDER}/rules/").status_code == 404
