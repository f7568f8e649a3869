"""Descriptions of skills that somebody who does the task has read and confirmed; only as long as they say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from .framework import Framework, Review, Skill


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That somebody stands by the description of a skill with this digest, for a place; by and on what day."""

    skill: str
    digest: str
    by: str
    on: date


def description_digest(skill: Skill) -> str:
    """The SHA-256 digest of how a skill is described: what is done, where, what to look for and how it is shown.

    Who is expected to have it and for how long a signature holds is for each place to say and no part of it, nor
    where it was read.
    """
    variants = [{"system": one.system, "says": one.says, "from_version": one.from_version} for one in skill.variants]
    said = (skill.title, skill.systems, variants, skill.look_for, skill.shown, skill.times)
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def reviewed(framework: Framework, confirmed: Iterable[Confirmed]) -> Framework:
    """The framework with the newest review of each skill that is still described as it was when it was confirmed."""
    found: dict[str, Confirmed] = {}
    for one in sorted(confirmed, key=lambda each: each.on):
        skill = framework.skill(one.skill)
        if skill is not None and description_digest(skill) == one.digest:
            found[one.skill] = one
    if not found:
        return framework
    skills = (
        replace(one, review=Review(found[one.key].by, found[one.key].on)) if one.key in found else one
        for one in framework.skills
    )
    return replace(framework, skills=tuple(skills))
