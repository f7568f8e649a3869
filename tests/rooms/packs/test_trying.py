"""Who changes is seen before a place takes what a pack offers; the numbers are those of taking it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from preceptor.compliance.packs.actions import adopt, take_change
from preceptor.compliance.packs.domain import PackId
from preceptor.compliance.packs.domain.effects import by, each, figures, step_of
from preceptor.compliance.packs.queries import adopting, pack_at, packs_at, try_at
from preceptor.compliance.requirements.actions import retire
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of
from preceptor.compliance.standing.domain.trials import Effect, Proposal, trial
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from tests.cast import ALDER, signed_in
from tests.rooms.packs.made import DECIDED, NEXT_YEAR, on, taken_by_ruth
from tests.rooms.workplace import Workplace


def _asked(pack: PackId, **more: object) -> tuple[str, dict[str, object]]:
    """The address of taking fire safety at Alder, and answers to it."""
    said = {"number": 2, **on("first_on", NEXT_YEAR), "takes_over": "at_once", "grace": 30}
    decided = {"decided_by": "Partners", **on("decided_on", DECIDED)}
    return f"/practices/{ALDER}/packs/{pack}/fire-safety/take/", {**said, **decided, **more}


@pytest.mark.parametrize("way", [AtRenewal(), AtOnce(0), AtOnce(30), NewStarters()])
def test_the_numbers_after_taking_are_those_of_the_dry_run(work: Workplace, changed: PackId, way: Transition) -> None:
    cast, today = work.cast, work.now.date()
    for member, days in ((cast.ruth, 500), (cast.aisha, 400), (cast.tomasz, 30)):
        work.did(member, "fire-safety", today - timedelta(days=days))
    line = pack_at(EVERYWHERE, cast.alder, changed, today).line("fire-safety")
    assert line is not None

    before = try_at(EVERYWHERE, cast.alder, [step_of(line, NEXT_YEAR, way)])
    grace = way.grace_days if isinstance(way, AtOnce) else None
    if isinstance(way, NewStarters):
        _taken(work, changed, way)
    else:
        taken_by_ruth(work, changed, on=NEXT_YEAR, grace=grace)
    loaded = loaded_of(EVERYWHERE, cast.alder)
    rule = next(one.rule for one in loaded.asked.values() if one.key == "fire-safety")
    earlier = type(rule)(rule.id, rule.versions[:-1])

    assert before is not None
    (day, *later) = before.trial.days
    assert (day, len(later)) == (NEXT_YEAR, 1 if grace else 0)
    minutes = {rule.id: requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").versions[-1].decision.minutes or 0}
    after = trial(
        loaded.world,
        ALDER,
        [Proposal(earlier, rule)],
        days=before.trial.days,
        end=before.trial.end,
        minutes=minutes,
    )
    assert figures(before.trial, before.taken) == figures(after, before.taken)
    assert before.trial.count(Effect.OVERDUE) == sum(
        loaded.verdicts(day).get((one.engagement, rule.id)) is not None
        for one in before.trial.differences
        if Effect.OVERDUE in one.effects()
    )
    roles = by(before.trial, before.taken, {key: seat.role_name for key, seat in before.seats.items()})
    assert sum(one.people for one in roles.values()) >= figures(before.trial, before.taken).people > 0


def test_the_numbers_after_adopting_several_are_those_of_the_dry_run(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    national = next(one for one in packs_at(EVERYWHERE, cast.alder, today) if one.pack.is_national)
    keys = [one.key for one in national.lines if one.ours is None and one.new][:6]
    for member, subject in ((cast.ruth, "chaperoning"), (cast.aisha, "display-screen"), (cast.aisha, "chaperoning")):
        work.did(member, subject, today - timedelta(days=100))

    doing = adopting(EVERYWHERE, cast.alder, national.version, [*keys, "fire-safety"], NEXT_YEAR, work.now)
    before = try_at(EVERYWHERE, cast.alder, doing.steps)
    adopt(
        by=cast.ruth.viewer,
        at=work.now,
        organisation=cast.alder,
        pack=national.pack.id,
        wanted=[*keys, "fire-safety"],
        starts_on=NEXT_YEAR,
        decided_by="Partners",
        decided_on=DECIDED,
    )
    loaded = loaded_of(EVERYWHERE, cast.alder)
    rules = {one.key: one.rule for one in loaded.asked.values() if one.key in keys}
    minutes = {
        rule.id: requirement_by_key(EVERYWHERE, cast.alder, key).versions[-1].decision.minutes or 0
        for key, rule in rules.items()
    }

    assert [one.proposal.id for one in doing.steps] == keys  # what it has as it is, fire safety, is no step
    assert before is not None
    proposals = [Proposal(None, rules[key]) for key in keys]
    days, end = before.trial.days, before.trial.end
    after = trial(loaded.world, ALDER, proposals, days=days, end=end, minutes=minutes)
    found = figures(before.trial, before.taken)
    assert found == figures(after, before.taken)
    assert found.required > 6
    assert found.minutes_after > found.minutes_before == 0
    assert sum(some.required for _, some in each(before.trial, before.taken)) == found.required


def test_who_changes_is_shown_before_several_are_adopted(client: Client, work: Workplace) -> None:
    ruth, address = signed_in(client, work.cast.ruth), f"/practices/{ALDER}/requirements/adopt/"
    chosen = {"area_clinical": ["spirometry", "ecg"], **on("first_on", NEXT_YEAR)}
    answers = {**chosen, "decided_by": "Partners", **on("decided_on", DECIDED)}
    number = next(one.number for one in packs_at(EVERYWHERE, work.cast.alder, work.now.date()) if one.pack.is_national)

    page = ruth.post(address, answers).content.decode()
    file = ruth.post(address, {**answers, "file": "csv"}).content.decode("utf-8-sig")
    other = ruth.post(address, {**answers, "number": number + 1, "confirm": "yes"}).content.decode()
    held = {one.key for one in requirements_of(EVERYWHERE, work.cast.alder)}
    done = ruth.post(address, {**answers, "number": number, "confirm": "yes"})

    assert "Dry run: who changes if Alder Surgery adopts 2 requirements" in page
    assert "Nothing has been saved" in page
    assert "By requirement" in page
    assert f'name="number" value="{number}"' in page
    assert "Newly required" in file
    assert "Nothing was saved. Look at what it says now" in other
    assert "spirometry" not in held
    assert done.status_code == 302


def _taken(work: Workplace, pack: PackId, way: Transition) -> None:
    take_change(
        by=work.cast.ruth.viewer,
        at=work.now,
        organisation=work.cast.alder,
        pack=pack,
        number=2,
        key="fire-safety",
        starts_on=NEXT_YEAR,
        transition=way,
        decided_by="Partners",
        decided_on=DECIDED,
    )


def test_who_changes_is_shown_before_a_change_is_taken(client: Client, work: Workplace, changed: PackId) -> None:
    ruth = signed_in(client, work.cast.ruth)
    address, answers = _asked(changed)

    page = ruth.post(address, answers).content.decode()
    held = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").versions
    file = ruth.post(address, {**answers, "file": "csv"}).content.decode("utf-8-sig")
    back = ruth.post(address, {**answers, "after": 1, "change": "Change"}).content.decode()
    done = ruth.post(address, {**answers, "after": 1, "confirm": "yes"})

    assert "Nothing has been saved" in page
    assert "Aisha Rahman" in page
    assert 'name="grace" value="30"' in page
    assert "By role" in page
    assert len(held) == 1
    assert "Newly overdue on 1 January 2028" in file
    assert "Aisha Rahman,Practice nurse" in file
    assert 'value="30"' in back
    assert "There is a problem" not in back
    assert done.status_code == 302
    taken = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").versions
    assert [one.rule.transition for one in taken] == [None, AtOnce(30)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"number": 1}, "Vale pack is now at version 2. Nothing was saved"),
        ({"number": 1, "after": 1, "confirm": "yes"}, "Vale pack is now at version 2. Nothing was saved"),
        ({"after": 3, "confirm": "yes"}, "was changed here meanwhile. Nothing was saved"),
        (on("first_on", date(2020, 1, 1)), "The first day must be after"),
        ({"decided_by": ""}, "Say who decided"),
    ],
)
def test_answers_that_no_longer_hold_are_refused_in_words(
    client: Client, work: Workplace, changed: PackId, more: dict[str, object], said: str
) -> None:
    address, answers = _asked(changed, **more)

    page = signed_in(client, work.cast.ruth).post(address, answers).content.decode()

    assert said in page
    assert 'value="Partners"' in page or more == {"decided_by": ""}
    assert len(requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").versions) == 1


def test_what_was_tried_on_fewer_versions_is_tried_again(work: Workplace, changed: PackId) -> None:
    taken_by_ruth(work, changed, on=NEXT_YEAR)

    with pytest.raises(Refusal, match="was changed here meanwhile"):
        take_change(
            by=work.cast.ruth.viewer,
            at=work.now,
            organisation=work.cast.alder,
            pack=changed,
            number=2,
            key="fire-safety",
            starts_on=date(2029, 1, 1),
            transition=AtRenewal(),
            decided_by="Partners",
            decided_on=DECIDED,
            after=1,
        )


def test_what_has_ended_is_not_tried_again(client: Client, work: Workplace, changed: PackId) -> None:
    address, _ = _asked(changed)
    fire = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").id
    ended = work.now.date() + timedelta(days=9)
    why = "The landlord does it"
    retire(by=work.cast.ruth.viewer, at=work.now, requirement=fire, ends_on=ended, reason=why, legal_reason=why)

    assert signed_in(client, work.cast.ruth).get(address).status_code == 404
