"""Requirements and adjustments as rows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import TypeAlias

from preceptor.foundation.dates import london_date
from preceptor.register.people.domain import RoleTerms
from preceptor.ui.words import day, minutes

from ..domain.audience import Audience, Role, named
from ..domain.decisions import ADJUSTMENT_NAMES, FORCE_NAMES, AdjustmentKind
from ..domain.held import HeldAdjustment, HeldRequirement, HeldVersion, OtherAnswer, Says
from ..domain.reviews import review_tag
from ..domain.telling import brief_sentence, differences, lead_sentence
from ..domain.wording import audience_phrase, audience_sentence, criterion_sentence, transition_sentence
from ..domain.words import Names
from .shown import AdjustmentRow, AreaRows, Fact, RequirementRow, SourceRow, VersionRow, Whole

# The terms of additional roles, by the code of the role.
Terms: TypeAlias = Mapping[str, RoleTerms]


def areas_of(held: Iterable[HeldRequirement], names: Names, today: date) -> tuple[AreaRows, ...]:
    """Requirements as the rows of their areas."""
    return tuple(
        AreaRows(name, tuple(row_of(one, names, today) for one in some))
        for name, some in groupby(held, lambda one: one.area_name)
    )


def row_of(one: HeldRequirement, names: Names, today: date) -> RequirementRow:
    """A requirement as one row."""
    version = one.shown(today)
    return RequirementRow(
        key=one.key,
        title=one.title,
        sentence=brief_sentence(version.rule, names),
        basis=FORCE_NAMES[version.decision.basis],
        verified=version.decision.verified,
        core=one.core,
        review=review_tag(one.review_by, today),
        remark=_remark(one, today),
    )


def whole_of(one: HeldRequirement, names: Names, today: date, terms: Terms = MappingProxyType({})) -> Whole:
    """What both pages of one requirement show of it, with the contract terms of the additional roles it is for."""
    version = one.shown(today)
    sources = _sources(version, names)
    review = review_tag(one.review_by, today)
    return Whole(
        area=one.area_name,
        lead=lead_sentence(version.rule, names),
        shown=f"version {version.number}",
        facts=_facts(one, version, today, terms, reviewed=review is not None),
        review=review,
        verified=version.decision.verified,
        local_choice=version.decision.local_choice,
        differ=any(not row.followed for row in sources),
        sources=sources,
        versions=_versions(one, names, today),
    )


def ending_of(one: HeldRequirement, today: date) -> str:
    """The end of a requirement in a sentence; empty while none is set."""
    if one.ending is None:
        return ""
    last = day(one.ending.ends_on - timedelta(days=1))
    verb = "was" if one.ending.ends_on <= today else "will be"
    said = f"{last} {verb} the last day it is required. {one.ending.by} recorded why: {one.ending.reason}"
    law = one.ending.legal_reason
    return f"{said} A law asks for it; why it does not apply here: {law}" if law else said


def adjustment_row(one: HeldAdjustment, names: Names) -> AdjustmentRow:
    """An adjustment as one row."""
    if one.kind is AdjustmentKind.EXTENSION:
        days = f"What runs out from {day(one.starts_on)} on stays valid until {day(one.last_on)}"
    elif one.last_on:
        days = f"{day(one.starts_on)} to {day(one.last_on)}"
    else:
        days = f"From {day(one.starts_on)}, no last day yet"
    return AdjustmentRow(
        id=one.id,
        kind=ADJUSTMENT_NAMES[one.kind],
        whom=one.person or _for_whom(one.scope, names),
        requirements=one.requirements,
        days=days,
        reason=one.reason,
        authority=one.authority,
        recorded=f"Recorded by {one.recorded_by}, {day(london_date(one.recorded_at))}",
    )


def _for_whom(scope: Audience | None, names: Names) -> str:
    """Whom an extension is for."""
    words = audience_phrase(scope, names) if scope is not None else "everyone it concerns"
    return words[:1].upper() + words[1:]


def _remark(one: HeldRequirement, today: date) -> str:
    if one.ending:
        last = day(one.ending.ends_on - timedelta(days=1))
        words = f"Ended, last day {last}" if one.has_ended(today) else f"Ends, last day {last}"
        return (
            f"{words}. Asked by law; declined because: {one.ending.legal_reason}" if one.ending.legal_reason else words
        )
    if one.in_force(today) is None:
        starts_on = one.shown(today).rule.starts_on
        return f"Starts {day(starts_on)}" if starts_on > today else "Not in force now"
    return ""


def _facts(
    one: HeldRequirement, version: HeldVersion, today: date, terms: Terms, *, reviewed: bool
) -> tuple[Fact, ...]:
    decision = version.decision
    decided = ", ".join(part for part in (decision.decided_by, day(decision.decided_on)) if part)
    facts = [
        Fact("Basis", FORCE_NAMES[decision.basis]),
        Fact("Why", decision.rationale),
        Fact("Decided", f"{decided}. Recorded by {version.published_by}" if decided else ""),
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


def _versions(one: HeldRequirement, names: Names, today: date) -> tuple[VersionRow, ...]:
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
                note=version.decision.note if before else "",
                changes=differences(before.rule, version.rule, names) if before else (),
                takes_over=transition_sentence(version.rule.transition)
                if takes_over and version.rule.transition
                else "",
                published=f"Published by {version.published_by}, {day(london_date(version.published_at))}",
            )
        )
        before = version
    return tuple(reversed(rows))


def _period(one: HeldRequirement, version: HeldVersion, today: date) -> str:
    """The days a version is in force, cut by the next one and by the end of the requirement."""
    starts_on = version.rule.starts_on
    after = [other.rule.starts_on for other in one.versions if other.number == version.number + 1]
    ends = [version.rule.ends_on, *after, one.ending.ends_on if one.ending else None]
    ends_on = min((end for end in ends if end is not None), default=None)
    if ends_on is None:
        return f"Since {day(starts_on)}" if starts_on <= today else f"From {day(starts_on)}"
    if ends_on <= starts_on:
        return f"Never: it ended before {day(starts_on)}"
    return f"{day(starts_on)} to {day(ends_on - timedelta(days=1))}"
