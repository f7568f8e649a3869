"""The items of an induction as rules for the judge, what happened as facts for it, and its answers as a course.

What an item asks is told by its words: the same words need not be met again by who comes back, other words must be.
A text is told by its version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.standing.domain import facts
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.foundation.dates import london_date

from .course import Begun, Course, Entry, Outcome, State, Step, Trained
from .programme import STAGE_DAYS, Item, ItemKind, Stage
from .texts import TextVersion

_NAMESPACE: Final = UUID("0c6e7a0e-5d1d-4f43-9b0e-7c9d9fb0a1c3")
_IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
_TEXT: Final = "text:"
_YEAR: Final = 12  # how long data security lasts where the place asks nothing of it
_URGENT: Final = (Status.OVERDUE, Status.DUE, Status.PAUSED, Status.DUE_SOON, Status.VALID)


@dataclass(frozen=True, slots=True)
class Known:
    """What the judge is given about one person beside the induction itself.

    The world holds one engagement. `training` are the requirements of the place by key, `titles` their names by id,
    `skills` the rules that the framework makes of each skill, with their titles: people meet those in `said` by
    their own word. `texts` are the versions that are in use by key.
    """

    world: facts.World
    training: Mapping[str, str]
    skills: Mapping[str, tuple[Requirement, ...]]
    texts: Mapping[str, TextVersion]
    steps: tuple[Step, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


def about(item: Item, text: TextVersion | None) -> str:
    """What a fact about an item is a fact of: a version of a text, or the item in its present words."""
    return f"{_TEXT}{text.id}" if text else f"item:{item.key}:{item.fingerprint}"


def course(begun: Begun, known: Known, today: date) -> Course:
    """An induction as it stands on a day, or on its first day while that is ahead: by the judge."""
    on = begun.ended.on if begun.ended else max(today, begun.first_on)
    on = max(on, *(one.starts_on for one in known.world.engagements))
    items = [(item, known.texts.get(item.text) if item.text else None) for item in begun.programme.items]
    unwritten = tuple(item.title for item, text in items if item.text and text is None)
    asked = [(item, text) for item, text in items if not item.text or text is not None]
    rules = {item.key: _rule(begun, item, text) for item, text in asked}
    earlier = tuple(one for one in known.steps if one.induction != begun.id)
    records = tuple(one for one in known.world.records if one.on < begun.first_on)
    before = _verdicts(replace(begun, ended=None), known, rules, on, earlier, records)
    trained_by = _trained_by(begun, known, before)
    rules |= {item.key: _rule(begun, item, None, trained_by) for item, _ in asked if item.kind is ItemKind.SIGN_OFF}
    now = _verdicts(begun, known, rules, on, known.steps, known.world.records)
    last = {one.item: one for one in known.steps if one.induction == begun.id}
    found = (_entry(begun, item, text, rules[item.key], known, now, before, last.get(item.key)) for item, text in asked)
    return Course(begun, on, tuple(one for one in found if one is not None), unwritten)


def _verdicts(
    begun: Begun,
    known: Known,
    rules: Mapping[str, Requirement],
    on: date,
    steps: Iterable[Step],
    records: tuple[facts.Record, ...],
) -> dict[str, Verdict]:
    """How the person stands on a day in the items, in what the place asks, and in the skills, by requirement."""
    wanted = {key for item in begun.programme.items for key in item.requirements}
    shown = {key for item in begun.programme.items for key in item.skills}
    of_place = {known.training[key] for key in wanted if key in known.training}
    steps = tuple(steps)
    world = replace(
        known.world,
        records=(*records, *_records(begun, steps)),
        requirements=(
            *(one for one in known.world.requirements if one.id in of_place),
            *rules.values(),
            *(rule for key in sorted(shown) for rule in known.skills.get(key, ())),
        ),
        adjustments=(*_adjustments(known.world, of_place), *_exemptions(begun, rules, steps)),
    )
    return {one.requirement: one for one in Judge(world, None).verdicts(on)}


def _trained_by(begun: Begun, known: Known, before: Mapping[str, Verdict]) -> date:
    """The day by which the last of the training that was not met on the first day is due."""
    keys = (key for item in begun.programme.items for key in item.requirements)
    asked = (before[known.training[key]] for key in keys if known.training.get(key) in before)
    due = (one.due_on for one in asked if one.status in {Status.DUE, Status.OVERDUE} and one.due_on)
    return max(due, default=begun.first_on)


def _rule(begun: Begun, item: Item, text: TextVersion | None, earliest: date | None = None) -> Requirement:
    """What one item asks, from the first day on, within the days of its stage; a newer text from its own day on.

    It is due on `earliest` at the earliest: nobody signs before the training is due.
    """
    subject, months = about(item, text), item.lasts_months
    if item.kind is ItemKind.TRAINING:
        subject, months = item.requirements[0], _YEAR
    if item.kind is ItemKind.SIGN_OFF:
        subject = f"signed:{begun.id}"
    met: Json = {"achieved": {"subject": subject, "months": months}}
    days = max(_days(begun, item.stage), (earliest - begun.first_on).days if earliest else 0)
    starts_on = max(begun.first_on, london_date(text.published_at)) if text else begun.first_on
    version = Version(starts_on, None, Everyone(), read_criterion(met), days, notice_days=0, return_days=days)
    return Requirement(str(uuid5(_NAMESPACE, f"{begun.id}:{item.key}")), (version,), item.title)


def _days(begun: Begun, stage: Stage) -> int:
    """Within how many days of the first one something of a stage is to be done: by the planned log-in or session."""
    planned = {Stage.LOG_IN: begun.plan.log_in_on, Stage.SESSION: begun.plan.session_on}.get(stage)
    return max(0, (planned - begun.first_on).days) if planned else STAGE_DAYS[stage]


def _records(begun: Begun, steps: Iterable[Step]) -> Iterable[facts.Record]:
    for number, one in enumerate(steps):
        if one.outcome is Outcome.DONE and one.withdrawn_at is None:
            yield facts.Record(f"step-{number}", str(begun.person), one.about, one.on)
    if begun.ended and begun.ended.ending == "signed":
        yield facts.Record("signed", str(begun.person), f"signed:{begun.id}", begun.ended.on)


def _adjustments(world: facts.World, of_place: set[str]) -> Iterable[facts.Adjustment]:
    """Leave, and what the place let off or put off of what is asked here."""
    for one in world.adjustments:
        if isinstance(one, facts.Pause) or (isinstance(one, facts.Exemption) and one.requirement in of_place):
            yield one
        elif isinstance(one, facts.Extension) and set(one.requirements) & of_place:
            yield replace(one, requirements=tuple(key for key in one.requirements if key in of_place))


def _exemptions(begun: Begun, rules: Mapping[str, Requirement], steps: Iterable[Step]) -> Iterable[facts.Adjustment]:
    aside = {
        one.item: one
        for one in steps
        if one.induction == begun.id and one.outcome is Outcome.ASIDE and one.withdrawn_at is None
    }
    for key in aside:
        if key in rules:
            yield facts.Exemption(f"aside-{key}", rules[key].id, begun.engagement, date.min + timedelta(days=1))


def _entry(
    begun: Begun,
    item: Item,
    text: TextVersion | None,
    rule: Requirement,
    known: Known,
    now: Mapping[str, Verdict],
    before: Mapping[str, Verdict],
    step: Step | None,
) -> Entry | None:
    verdict = now.get(rule.id)
    if step and (step.outcome is Outcome.UNDONE or step.withdrawn_at is not None):
        step = None
    if item.kind is ItemKind.TRAINING:
        theirs = [known.training[key] for key in item.requirements if known.training.get(key) in now]
        if not theirs and not item.stays:
            return None
        ids = theirs or [rule.id]
        state = _state(all(_met(now, one) for one in ids), all(_met(before, one) for one in ids))
        shown = min((now[one] for one in ids if one in now), key=lambda one: _URGENT.index(one.status), default=None)
        trained = (
            Trained(key, known.titles.get(known.training[key], ""), _met(now, known.training[key]))
            for key in item.requirements
            if known.training.get(key) in now
        )
        return Entry(item, state, shown, trained=tuple(trained))
    expected = [one for key in item.skills for one in known.skills.get(key, ()) if one.id in now]
    if begun.ended and step and step.outcome is Outcome.DONE:
        expected = []  # as it was ticked off and signed then
    skills = tuple(one.title or "" for one in expected)
    left = tuple(one.title or "" for one in expected if not _met(now, one.id))
    to_say = tuple(one.title or "" for one in expected if one.id in known.said and not _met(now, one.id))
    if verdict is None:
        return Entry(item, State.ASIDE, None, step, skills=skills, skills_left=left, to_say=to_say)
    if item.kind is not ItemKind.SKILLS:
        older_on = _older_on(item, text, known.steps) if text else None
        return Entry(item, _state(_met(now, rule.id), _met(before, rule.id)), verdict, step, text, older_on=older_on)
    if not expected:  # nothing of it is asked here, so whoever shows it says so
        return Entry(item, _state(_met(now, rule.id), _met(before, rule.id)), verdict, step)
    had = sum(_met(before, one.id) for one in expected)
    return Entry(item, _state(not left, had == len(expected)), verdict, step, None, skills, left, to_say, had)


def _older_on(item: Item, text: TextVersion, steps: Iterable[Step]) -> date | None:
    """The last day on which another version of a text was accepted for an item."""
    accepted = (
        one.on
        for one in steps
        if one.item == item.key and one.outcome is Outcome.DONE and one.withdrawn_at is None
        if one.about.startswith(_TEXT) and one.about != about(item, text)
    )
    return max(accepted, default=None)


def _met(verdicts: Mapping[str, Verdict], requirement: str) -> bool:
    return requirement in verdicts and verdicts[requirement].status in _IN_DATE


def _state(is_met: bool, was_met: bool) -> State:  # noqa: FBT001 - the two answers of the judge
    if not is_met:
        return State.TO_DO
    return State.BEFORE if was_met else State.DONE
