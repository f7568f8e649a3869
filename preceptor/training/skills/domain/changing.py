"""A framework's next version: a skill added, left out, or expected otherwise. The version before stays as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from .framework import Framework, Level, Shown, Skill


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a framework, in words that stay with the version it makes."""

    framework: Framework
    says: str


@dataclass(frozen=True, slots=True)
class NewSkill:
    """A skill that a place adds of its own, as somebody typed it."""

    title: str
    module: str
    expects: Mapping[str, Level]
    look_for: tuple[str, ...]
    minutes: int
    lasts_months: int | None


class UnchangedError(ValueError):
    """Nothing would be different."""


def with_expectations(framework: Framework, skill: Skill, expects: Mapping[str, Level]) -> Change:
    """The framework with other expectations of one skill; refuses those it has already."""
    ordered = {one.key: expects[one.key] for one in framework.families if one.key in expects}
    if ordered == dict(skill.expects):
        raise UnchangedError
    changed = replace(skill, expects=ordered)
    skills = tuple(changed if one.key == skill.key else one for one in framework.skills)
    return Change(replace(framework, skills=skills), f"“{skill.title}”: {_difference(framework, skill, ordered)}")


def without(framework: Framework, skill: Skill) -> Change:
    """The framework without one skill: nobody is expected to have it."""
    skills = tuple(one for one in framework.skills if one.key != skill.key)
    return Change(replace(framework, skills=skills), f"“{skill.title}” is left out")


def with_modules(framework: Framework, source: Framework, chosen: Collection[str]) -> Change:
    """The framework with the skills of the chosen modules alone.

    What it has of a module stays as it is; a module it has nothing of comes from `source`, and with it the families of
    roles that its expectations speak of. Refuses to change nothing.
    """
    order = {one.key: at for at, one in enumerate(framework.modules)}
    has = {one.module for one in framework.skills}
    kept = [one for one in framework.skills if one.module in chosen]
    back = [one for one in source.skills if one.module in chosen and one.module not in has and one.module in order]
    out = [one.name for one in framework.modules if one.key in has and one.key not in chosen]
    into = [one.name for one in framework.modules if any(skill.module == one.key for skill in back)]
    if not out and not into:
        raise UnchangedError
    if back:
        kept = [replace(one, expects=_of_families(one, framework, source)) for one in kept]
        framework = replace(framework, families=source.families)
    skills = sorted((*kept, *back), key=lambda one: order[one.module])
    said = [f"{words}: {', '.join(names)}" for words, names in (("Left out", out), ("Taken in", into)) if names]
    return Change(replace(framework, skills=tuple(skills)), ". ".join(said))


def _of_families(skill: Skill, before: Framework, after: Framework) -> Mapping[str, Level]:
    """What a skill expects by other families of the same roles: the most that was expected of any role in each."""
    found = {}
    for family in after.families:
        were = {one.key for one in before.families if set(one.roles) & set(family.roles)}
        levels = [level for key, level in skill.expects.items() if key in were]
        if levels:
            found[family.key] = max(levels)
    return found


def with_skill(framework: Framework, new: NewSkill, key: str) -> Change:
    """The framework with a skill of one's own, after the others of its module."""
    skill = Skill(
        key=key,
        title=new.title,
        module=new.module,
        expects={one.key: new.expects[one.key] for one in framework.families if one.key in new.expects},
        look_for=new.look_for,
        shown=(Shown.OBSERVED, Shown.DISCUSSED, Shown.EVIDENCE),
        minutes=new.minutes,
        lasts_months=new.lasts_months,
    )
    order = {one.key: at for at, one in enumerate(framework.modules)}
    skills = sorted((*framework.skills, skill), key=lambda one: order[one.module])
    return Change(replace(framework, skills=tuple(skills)), f"“{new.title}” is added")


def _difference(framework: Framework, skill: Skill, expects: Mapping[str, Level]) -> str:
    said = []
    for family in framework.families:
        before, after = skill.expects.get(family.key), expects.get(family.key)
        if before is not after:
            said.append(f"{family.name} from {_level(framework, before)} to {_level(framework, after)}")
    return "; ".join(said)


def _level(framework: Framework, level: Level | None) -> str:
    if level is None:
        return "nothing"
    name = framework.term(level).name
    return name[:1].lower() + name[1:]
