"""What the frameworks a practice follows expect, as requirements for the judge: skills are judged like training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.domain.transitions import AtOnce, NewStarters
from preceptor.compliance.requirements.domain.versions import Requirement, Version, read_version

from .framework import Framework, Level, Skill

# Skills have identifiers of their own, the same wherever they are worked out.
_NAMESPACE: Final = UUID("6f0d5a4e-3a0c-4b7e-9d0b-0f6f5f1f9a27")
GRACE_DAYS: Final = 90  # to meet what a new version expects of somebody who met the one before

SIGN_OFF: Final = "sign-off"
OWN_WORD: Final = "reflection"
LOG: Final = "log"


@dataclass(frozen=True, slots=True)
class Expected:
    """A skill at a level: what one requirement made from a framework is about."""

    skill: str
    level: Level

    @property
    def id(self) -> RequirementId:
        """The identifier of the requirement."""
        return RequirementId(uuid5(_NAMESPACE, f"{self.skill}:{int(self.level)}"))


@dataclass(frozen=True, slots=True)
class Adopted:
    """A version of a framework that a practice follows from a day on, and when that was recorded."""

    version: UUID
    framework: Framework
    rules: Mapping[Expected, Version]
    starts_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Ruled:
    """The requirements of a practice, with the skill and level each is about."""

    requirements: tuple[KnownRequirement, ...]
    about: Mapping[str, Expected]


def ruled(owner: UUID, adoptions: Sequence[Adopted]) -> Ruled:
    """What the adopted versions expect, one requirement for each skill and level that somebody is asked for.

    A later version takes over at once, with time to meet it; what it leaves out ends on its first day. Who is there
    already when something is first asked has as long as the level says; who comes later, as long as the skill says.
    """
    held = _in_order(adoptions)
    told: dict[Expected, tuple[Framework, Skill]] = {}
    rules: dict[Expected, list[Version]] = {}
    for at, one in enumerate(held):
        ends_on = held[at + 1].starts_on if at + 1 < len(held) else None
        for expected, rule in one.rules.items():
            version = replace(
                rule,
                starts_on=one.starts_on,
                ends_on=ends_on,
                published_at=one.recorded_at,
                transition=AtOnce(GRACE_DAYS),
            )
            days = one.framework.term(expected.level).first_due_days
            _append(rules.setdefault(expected, []), version, days)
            skill = one.framework.skill(expected.skill)
            if skill is not None:
                told[expected] = (one.framework, skill)
    found = tuple(_known(owner, expected, *told[expected], tuple(rules[expected])) for expected in rules)
    return Ruled(found, {str(expected.id): expected for expected in rules})


def followed(adoptions: Sequence[Adopted], on: date) -> Adopted | None:
    """The version followed on a day; None before the first."""
    return next((one for one in reversed(_in_order(adoptions)) if one.starts_on <= on), None)


def _in_order(adoptions: Iterable[Adopted]) -> list[Adopted]:
    """By first day; of two from one day only the one recorded last."""
    by_day = {one.starts_on: one for one in sorted(adoptions, key=lambda one: (one.starts_on, one.recorded_at))}
    return list(by_day.values())


def _append(versions: list[Version], version: Version, present_days: int) -> None:
    """Adds a version, or lets the one before go on when it says the same.

    Where newcomers have less time than who is present, the first day is a version of its own for those: they stay
    with it, as the one from the next day on is for new starters.
    """
    last = versions[-1] if versions else None
    same = ("audience", "met_by", "first_due_days")
    if last and last.ends_on == version.starts_on and all(getattr(last, k) == getattr(version, k) for k in same):
        versions[-1] = replace(last, ends_on=version.ends_on)
        return
    next_day = version.starts_on + timedelta(days=1)
    if version.first_due_days == present_days or version.ends_on == next_day:
        versions.append(replace(version, first_due_days=present_days))
        return
    versions.append(replace(version, ends_on=next_day, first_due_days=present_days))
    versions.append(replace(version, starts_on=next_day, transition=NewStarters()))


def _known(
    owner: UUID, expected: Expected, framework: Framework, skill: Skill, versions: tuple[Version, ...]
) -> KnownRequirement:
    position = next(at for at, one in enumerate(framework.modules) if one.key == skill.module)
    return KnownRequirement(
        id=expected.id,
        owner=owner,
        key=skill.key,
        title=skill.title,
        short=skill.title,
        column=skill.key,
        area=skill.module,
        area_name=framework.modules[position].name,
        area_position=position,
        position=framework.skills.index(skill),
        minutes=skill.minutes,
        minutes_verified=False,
        review_by=None,
        rule=Requirement(str(expected.id), versions, skill.title),
    )


def rules_of(framework: Framework) -> Mapping[Expected, Version]:
    """What a framework expects, as rules that begin on no day in particular."""
    found = {}
    for skill in framework.skills:
        for level in Level:
            audience = _audience(framework, skill, level)
            if audience is not None:
                rule = {
                    "from": "1900-01-01",
                    "audience": audience,
                    "met_by": criterion(skill, level),
                    "first_due_days": framework.first_due_days(skill, level),
                }
                found[Expected(skill.key, level)] = read_version(rule)
    return found


def criterion(skill: Skill, level: Level) -> Json:
    """How a skill is met at a level: one's own word for being aware, else a signature, after so many logged."""
    if level is Level.AWARE:
        kinds: list[Json] = [SIGN_OFF, OWN_WORD]
        return {"achieved": {"subject": skill.subject, "level": int(level), "kinds": kinds, "months": None}}
    signed: Json = {
        "achieved": {
            "subject": skill.subject,
            "level": int(level),
            "kinds": [SIGN_OFF],
            "months": skill.lasts_months,
        }
    }
    if not skill.times:
        return signed
    logged: Json = {"count": {"subject": skill.subject, "kinds": [LOG], "at_least": skill.times, "months": None}}
    return {"all_of": [logged, signed]}


def _audience(framework: Framework, skill: Skill, level: Level) -> Json | None:
    """The roles of the families asked for this level, where the practice has what the task is done in."""
    roles: list[Json] = [
        role for family in framework.families if skill.expects.get(family.key) is level for role in family.roles
    ]
    if not roles:
        return None
    who: Json = {"role": roles}
    module = next(one for one in framework.modules if one.key == skill.module)
    where: list[Json] = []
    if module.service:
        where.append({"service": [module.service]})
    needed = [skill.systems, (module.system,) if module.system and module.system not in skill.systems else ()]
    where += [{"system": list(some)} for some in needed if some and not set(some) & set(framework.everywhere)]
    return {"all": [*where, who]} if where else who
