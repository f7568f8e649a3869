"""What is frozen stays: the text, its digest, the way back, and what differs since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date

from preceptor.oversight.evidence.domain import (
    Analysis,
    NotRequired,
    analysis,
    changes_since,
    digest_of,
    endorsed,
    opened,
    printed,
    text_of,
    told,
)
from tests.domain.evidence.small import DATA, ENDORSING, FIRE, ON, RISK, facts, holder

# A version as it was written in November 2026. It must open for ever: never change this text.
FIRST = (
    '{"code":"A81001","endorsement":{"by":"Dr Helen Marsh","effect":"","on":"2026-11-23","recorded_by":"Ruth O'
    'kafor","review_by":"2027-11-23","telling":""},"in_date":5,"measure":{"is_verified":true,"item":"3.2.1","n'
    'eeded":95,"note":"","of":3,"published_on":"2026-11-23","subject":"data-security","subject_name":"Data sec'
    'urity","trained":2},"of":7,"on":"2026-11-23","people":1,"place":"Alder Surgery","roles":[{"code":"nurse",'
    '"contract":"","data":"The whole record.","group":"Nurses","name":"Nurse","needs":[{"people":1,"training":'
    '"fire-safety"}],"people":1,"systems":["EMIS Web"]}],"specialists":[{"code":"siro","count":1,"holders":["R'
    'uth"],"name":"Senior information risk owner","trainings":[]}],"trainings":[{"area":"Safety","basis":"Law"'
    ',"decided_by":"Partners","decided_on":"2026-01-05","frequency":"Every 24 months","is_estimate":true,"judg'
    'ed":"A certificate is accepted","key":"fire-safety","method":"Course, e-learning or session","minutes":30'
    ',"must":"Fire safety","review_by":"2027-01-05","source":"Fire order","title":"Fire safety","why":"Everyon'
    'e has to get out."}]}'
)

# What versions written since hold beside it, as an older one says it.
CAME_LATER: dict[str, object] = {"not_required": None}
HIS = NotRequired("fire-safety", "Fire safety", "The duty is the landlord’s.", "He trains us.", ON, "Ruth Okafor")


def frozen() -> Analysis:
    return endorsed(analysis(facts()), ENDORSING, "Ruth Okafor")


def test_the_text_comes_back_as_the_same_analysis() -> None:
    assert opened(text_of(frozen())) == frozen()


def test_the_text_is_the_same_for_the_same_analysis_and_in_order() -> None:
    text = text_of(frozen())

    assert text == text_of(frozen())
    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_the_digest_is_that_of_the_text_and_covers_the_endorsement() -> None:
    text = text_of(frozen())
    other = endorsed(analysis(facts()), replace(ENDORSING, by="Somebody else"), "Ruth Okafor")

    assert digest_of(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert digest_of(text_of(other)) != digest_of(text)


def test_what_was_written_first_still_opens_word_for_word() -> None:
    found = opened(FIRST)

    assert digest_of(FIRST) == "39b0f2b4693dd8afa4930b41bff458e28a767c8d0ee7c7b706d7c39923e63fb6"
    first = json.loads(FIRST)
    trainings = [{**one, "allowed": ""} for one in first["trainings"]]
    assert json.loads(text_of(found)) == {**first, **CAME_LATER, "trainings": trainings}
    assert told(found).not_required_lead == "What was declined was not part of the analysis then."
    assert changes_since(found, replace(found, not_required=(HIS,))) == ()
    assert told(found).endorsement[0].words == "Dr Helen Marsh"
    assert told(found).roles[0].rows[0].title == "Fire safety"
    assert printed(found, 1, digest_of(FIRST))["number"] == 1


def test_nothing_differs_from_itself() -> None:
    assert changes_since(frozen(), analysis(facts())) == ()


def test_what_differs_is_said_in_words() -> None:
    then = frozen()
    yearly = replace(FIRE, rule=replace(FIRE.rule, met_by=replace(FIRE.rule.met_by, months=12)))  # type: ignore[type-var] # an Achieved
    now = analysis(
        replace(
            facts(
                holder("Rosa", "reception", "fire-safety"),
                holder("Ruth", "manager", "fire-safety", "information-risk", tasks=("siro",)),
                requirements=(yearly, replace(DATA, decision=replace(DATA.decision, minutes=45)), RISK),
            ),
            roles={**facts().roles, "manager": facts().roles["reception"]},
            systems=(("SystmOne", "core clinical system"),),
        )
    )
    now = replace(now, measure=replace(now.measure, trained=3, published_on=date(2026, 12, 1)) if now.measure else None)

    assert changes_since(then, now) == (
        "The training item was 2 of 3, 66%, for 23 November 2026. It is 3 of 3, 100%, for 1 December 2026.",
        "Receptionist is a new role here: 1 person.",
        "Receptionist: 1 person, and 2 then.",
        "Receptionist no longer needs Data security.",
        "Receptionist uses SystmOne, and used EMIS Web then.",
        "Nobody is Nurse any more; it was 1 person.",
        "Senior information risk owner: Ruth, and nobody is recorded then.",
        "Fire safety: how often is “Every 12 months”, and was “Every 24 months” then.",
    )


def test_a_training_that_takes_longer_and_data_described_otherwise_are_said() -> None:
    then = frozen()
    longer = replace(DATA, decision=replace(DATA.decision, minutes=None))
    told_otherwise = {**facts().roles, "reception": replace(facts().roles["reception"], data="Names.")}
    now = analysis(replace(facts(requirements=(FIRE, longer, *facts().asked[2:])), roles=told_otherwise))

    assert changes_since(then, now) == (
        "Receptionist: the data it works with is described otherwise.",
        "Data security takes no stated time, and took 60 minutes then.",
    )


def test_what_a_law_asks_for_is_declined_for_another_reason_and_taken_again() -> None:
    before, then, other, again = (
        replace(analysis(facts()), not_required=some)
        for some in ((), (HIS,), (replace(HIS, legal_reason="Nobody works there."),), ())
    )

    assert told(then).not_required_lead == (
        "1 thing a law asks for is not required here. Each says why the law does not apply."
    )
    assert told(then).not_required[0].decided == "Ruth Okafor, not required from 23 November 2026 on."
    assert changes_since(before, then) == (
        "A law asks for Fire safety, and it was declined since: The duty is the landlord’s.",
    )
    assert changes_since(then, other) == ("Fire safety: why the law does not apply is said otherwise.",)
    assert changes_since(other, again) == ("Fire safety is required again.",)
    assert told(then.from_above()).not_required[0].decided == "Not required from 23 November 2026 on."


def test_why_the_law_allows_less_is_told_beside_the_decision_and_when_it_is_new() -> None:
    then = analysis(facts())
    less = replace(FIRE, decision=replace(FIRE.decision, legal_reason="We have no premises."))
    now = analysis(facts(requirements=(less, *facts().asked[1:])))

    assert changes_since(then, now) == (
        "Fire safety: why the law allows asking for less is “We have no premises.”, and was not said then.",
    )
    assert told(now).areas[0].rows[0].why == (
        "Why fire-safety. It asks for less than where it was taken from. The law allows it: We have no premises."
    )
    assert told(then).areas[0].rows[0].why == "Why fire-safety."


def test_another_threshold_and_more_needs_are_said() -> None:
    then = replace(frozen(), measure=None)
    assert changes_since(then, analysis(facts())) == ()

    now = analysis(facts(holder("Aisha", "nurse", "fire-safety", "information-risk", kind="arrs")))
    before = analysis(facts(holder("Aisha", "nurse", "fire-safety", kind="arrs")))
    measured = replace(now, measure=replace(now.measure, needed=90) if now.measure else None)

    assert changes_since(before, measured)[1:] == (
        "The training item asked for 95%. It asks for 90%.",
        "Nurse now also needs Information risk.",
    )
