"""The story of one requirement: the rule, the decision behind it, its sources, and its versions through time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

from preceptor.foundation.dates import london_date
from preceptor.register.people.domain import RoleTerms
from preceptor.ui.pages import StatusTag
from preceptor.ui.words import day, minutes

from .audience import Role, named
from .decisions import FORCE_NAMES
from .drawing import Drawn, drawn
from .held import HeldRequirement, HeldVersion, OtherAnswer, Says
from .reviews import review_tag
from .telling import Difference, brief_sentence, differences, lead_sentence
from .wording import audience_sentence, criterion_sentence, transition_sentence
from .words import Names

# The terms of additional roles, by the code of the role.
Terms: TypeAlias = Mapping[str, RoleTerms]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a decision record."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source side by side with the others: what it says, with what force, when that was checked."""

    title: str
    link: str
    origin: str
    says: str
    rule: str
    followed: bool
    force: str
    checked_on: date | None
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: when, what changed from the one before, and how it took over."""

    heading: str
    is_now: bool
    period: str
    sentence: str
    note: str
    changes: tuple[Difference, ...]
    takes_over: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One requirement whole: the rule, the decision, the sources, the versions."""

    area: str
    lead: str
    shown: str
    facts: tuple[Fact, ...]
    review: StatusTag | None
    verified: bool
    local_choice: str
    differ: bool
    sources: tuple[SourceRow, ...]
    versions: tuple[VersionRow, ...]
    drawn: Drawn


def whole_of(
    one: HeldRequirement, names: Names, today: date, terms: Terms = MappingProxyType({}), *, by: str = ""
) -> Whole:
    """What both pages of one requirement show of it, with the contract terms of the additional roles it is for.

    With `by`, that is named in the place of whoever decided, recorded or published it: their names stay at home.
    """
    version = one.shown(today)
    sources = _sources(version, names)
    review = review_tag(one.review_by, today)
    return Whole(
        area=one.area_name,
        lead=lead_sentence(version.rule, names),
        shown=f"version {version.number}",
        facts=_facts(one, version, today, terms, by=by, reviewed=review is not None),
        review=review,
        verified=version.decision.verified or any(_is_read(one) for one in version.citations),
        local_choice=version.decision.local_choice,
        differ=any(not row.followed for row in sources),
        sources=sources,
        versions=_versions(one, names, today, by),
        drawn=drawn(one, today),
    )


def _is_read(one: Says) -> bool:
    """Does the version follow a source its owner added and somebody has confirmed since?"""
    return one.followed and bool(one.source.own_key) and one.source.verified


def ending_of(one: HeldRequirement, today: date, *, sees_reason: bool) -> str:
    """The end of a requirement in a sentence; empty while none is set. Who gave which reason is the place's own."""
    if one.ending is None:
        return ""
    last = day(one.ending.ends_on - timedelta(days=1))
    verb = "was" if one.ending.ends_on <= today else "will be"
    said = f"{last} {verb} the last day it is required."
    if sees_reason:
        said += f" {one.ending.by} recorded why: {one.ending.reason}"
    law = one.ending.legal_reason
    return f"{said} A law asks for it; why it does not apply here: {law}" if law else said


def _facts(
    one: HeldRequirement, version: HeldVersion, today: date, terms: Terms, *, by: str, reviewed: bool
) -> tuple[Fact, ...]:
    decision = version.decision
    who = (by and decision.decided_by and f"By {by}") or decision.decided_by
    decided = ", ".join(part for part in (who, day(decision.decided_on)) if part)
    recorded = "" if by else f". Recorded by {version.published_by}"
    facts = [
        Fact("Basis", FORCE_NAMES[decision.basis]),
        Fact("Why", decision.rationale),
        Fact("Why the law allows less", decision.legal_reason),
        Fact("Decided", f"{decided}{recorded}" if decided else ""),
        Fact("In force", _period(one, version, today)),
        Fact("Takes", _takes(version)),
        Fact("Review by", "" if reviewed else day(one.review_by)),
        Fact("From", _origin(one, version)),
        Fact("Note", decision.note),
        *(_contract(named, terms[role]) for role, named in _additional(version, terms)),
    ]
    return tuple(fact for fact in facts if fact.words)


def _additional(version: HeldVersion, terms: Terms) -> list[tuple[str, str]]:
    """The roles a version is for with their names, if the network contract has terms for every one of them."""
    roles = sorted(named(version.rule.audience, Role))
    return [(role, terms[role].name) for role in roles] if roles and all(role in terms for role in roles) else []


def _contract(name: str, said: RoleTerms) -> Fact:
    terms = said.terms
    parts = (
        f"Network contract of {terms.contract_year}",
        terms.training,
        f"registration: {terms.registration}" if terms.registration else "no registration",
        f"supervision: {terms.supervision}" if terms.supervision else "",
    )
    check = "" if terms.verified else ". Not verified: check the Annex B in force"
    return Fact(name, f"{'; '.join(part for part in parts if part)}{check}")


def _takes(version: HeldVersion) -> str:
    if version.decision.minutes is None:
        return ""
    time = minutes(version.decision.minutes)
    return time if version.decision.minutes_verified else f"About {time}. This is an estimate, not verified"


def _origin(one: HeldRequirement, version: HeldVersion) -> str:
    if not one.origin:
        return ""
    if version.copied is None:
        return f"{one.origin}, changed here"
    origin = f"{version.offered_by}’s pack" if version.offered_by else "National catalogue"
    return f"{origin}, version {version.copied}, kept as it is"


def _sources(version: HeldVersion, names: Names) -> tuple[SourceRow, ...]:
    return tuple([_source_row(one) for one in version.citations] + [_other_row(one, names) for one in version.others])


def _source_row(one: Says) -> SourceRow:
    named = one.source
    return SourceRow(
        title=named.title,
        link=named.link,
        origin=", ".join(part for part in (one.clause, named.publisher) if part),
        says=one.says,
        rule="",
        followed=one.followed,
        force=FORCE_NAMES[named.force],
        checked_on=named.checked_on,
        verified=named.verified,
        note=named.note,
    )


def _other_row(one: OtherAnswer, names: Names) -> SourceRow:
    named = one.source
    said = [criterion_sentence(one.met_by, names)] if one.met_by is not None else []
    said += [audience_sentence(one.audience, names)] if one.audience is not None else []
    return SourceRow(
        title=named.title if named else "No source",
        link=named.link if named else "",
        origin=named.publisher if named else "",
        says=one.says,
        rule=" ".join(said),
        followed=False,
        force=FORCE_NAMES[named.force] if named else "",
        checked_on=named.checked_on if named else None,
        verified=one.verified,
        note=named.note if named else "",
    )


def _versions(one: HeldRequirement, names: Names, today: date, by: str) -> tuple[VersionRow, ...]:
    """Every version, newest first, each against the one before."""
    now = one.in_force(today)
    rows = []
    before: HeldVersion | None = None
    for version in one.versions:
        state = ", in force" if version is now else ", to come" if version.rule.starts_on > today else ""
        takes_over = before is not None and version.rule.transition is not None
        rows.append(
            VersionRow(
                heading=f"Version {version.number}{state}",
                is_now=version is now,
                period=_period(one, version, today),
                sentence="" if before else brief_sentence(version.rule, names),
                note=_note(version) if before else "",
                changes=differences(before.rule, version.rule, names) if before else (),
                takes_over=transition_sentence(version.rule.transition)
                if takes_over and version.rule.transition
                else "",
                published=f"Published by {by or version.published_by}, {day(london_date(version.published_at))}",
            )
        )
        before = version
    return tuple(reversed(rows))


def _note(version: HeldVersion) -> str:
    law = version.decision.legal_reason
    return " ".join(part for part in (version.decision.note, f"Why the law allows less: {law}" if law else "") if part)


def _period(one: HeldRequirement, version: HeldVersion, today: date) -> str:
    """The days a version is in force, in words."""
    starts_on, ends_on = one.period(version)
    if ends_on is None:
        return f"Since {day(starts_on)}" if starts_on <= today else f"From {day(starts_on)}"
    if ends_on <= starts_on:
        return f"Never: it ended before {day(starts_on)}"
    return f"{day(starts_on)} to {day(ends_on - timedelta(days=1))}"
