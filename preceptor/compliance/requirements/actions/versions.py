"""An organisation's own changes to its requirements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Final
from uuid import UUID

from django.db.models import Max, Q
from django.utils.text import slugify

from preceptor.compliance.subjects.models import SubjectArea
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.decisions import Called, Cited, Decision, Otherwise, RequirementId
from ..domain.looser import looser
from ..domain.reading import DocumentError, Json
from ..domain.versions import Version, read_version
from ..domain.words import Names
from ..models import Requirement, RequirementVersion, Retirement, Source
from ..queries import unknown_codes
from ..queries.rows import asked_by_law, measured_by, requirement_row, rule_of
from .steps import NewVersion, write_versions

# A key stands in an address, where these words lead elsewhere.
_TAKEN: Final = frozenset({"adopt", "next"})
_LONGEST_KEY: Final = 70


@action("requirement.added", may=Can.EDIT_REQUIREMENTS)
def add_requirement(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    called: Called,
    rule: Mapping[str, Json],
    decision: Decision,
    citations: Sequence[Cited] = (),
    alternatives: Sequence[Otherwise] = (),
) -> RequirementId:
    """Adds a requirement of an owner's own with its first version. Its key is made from its title, unique at the owner.

    Refuses a title the owner has already, an area nobody knows, and whatever publishing a version refuses.
    """
    owner = organisation_by_id(by.scope(Can.EDIT_REQUIREMENTS), organisation)
    Organisation.objects.select_for_update().get(pk=owner.pk)
    title, short = called.title.strip(), called.short.strip() or called.title.strip()[:40]
    if not title:
        raise Refusal("Say what it is called", field="title")
    if Requirement.objects.filter(owner=owner, title__iexact=title).exists():
        raise Refusal(f"{owner.name} has a requirement called {title} already", field="title")
    if not SubjectArea.objects.filter(pk=called.area).exists():
        raise Refusal("Choose an area", field="area")
    _refuse_undecided(decision)
    version = _read(rule, None)
    _refuse_unknown(version, citations, alternatives)
    last = Requirement.objects.filter(owner=owner, area=called.area).aggregate(last=Max("position"))["last"]
    row = Requirement.objects.create(
        key=_free_key(owner.pk, title),
        owner=owner,
        area_id=called.area,
        title=title,
        short=short,
        position=(last or 0) + 1,
    )
    rule_said = replace(version, published_at=None, transition=None)
    new = NewVersion(row.pk, 1, rule_said, decision, tuple(citations), tuple(alternatives))
    write_versions(by, at, [new])
    return RequirementId(row.pk)


def _free_key(owner: UUID, title: str) -> str:
    """A key that neither the owner nor the national catalogue has, so that what is adopted later finds its place."""
    stem = slugify(title)[:_LONGEST_KEY].strip("-") or "requirement"
    rows = Requirement.objects.filter(Q(owner=owner) | Q(owner=None), key__startswith=stem)
    held = _TAKEN | set(rows.values_list("key", flat=True))
    return next(key for number in count(1) if (key := stem if number == 1 else f"{stem}-{number}") not in held)


@action("requirement.published", may=Can.EDIT_REQUIREMENTS)
def publish_version(
    *,
    by: Viewer,
    at: datetime,
    requirement: RequirementId,
    rule: Mapping[str, Json],
    decision: Decision,
    citations: Sequence[Cited] = (),
    alternatives: Sequence[Otherwise] = (),
) -> int:
    """Publishes the next version of a requirement, and says its number. The rule is as in standing.md, section 9.

    Refuses a first day that is not after the last version's, a rule that cannot be read, codes nobody knows, a
    requirement that has ended, and asking for less of what a law asks without saying why the law allows that.
    """
    row = _locked(by, requirement)
    if hasattr(row, "retirement"):
        raise Refusal(f"{row.title} has ended and cannot be changed")
    _refuse_undecided(decision)
    last = row.versions.order_by("-number").first()
    version = _read(rule, last)
    _refuse_unknown(version, citations, alternatives)
    number = last.number + 1 if last else 1
    new = NewVersion(
        requirement=row.pk,
        number=number,
        rule=replace(version, published_at=None),
        decision=_lawful(row, version, decision),
        citations=tuple(citations),
        alternatives=tuple(alternatives),
    )
    write_versions(by, at, [new])
    return number


@action("requirement.retired", may=Can.EDIT_REQUIREMENTS)
def retire(
    *, by: Viewer, at: datetime, requirement: RequirementId, ends_on: date, reason: str, legal_reason: str = ""
) -> None:
    """Ends a requirement at its owner: from `ends_on` on nobody there needs it. Refuses without a reason, and twice.

    What a law asks for, by any version of it, is not ended without saying why the law does not ask it here.
    """
    row = _locked(by, requirement)
    if hasattr(row, "retirement"):
        raise Refusal(f"{row.title} has ended already")
    if not reason.strip():
        raise Refusal("Say why it is no longer needed", field="reason")
    if not legal_reason.strip() and asked_by_law(row):
        raise Refusal("A law asks for this. Say why it does not apply to you", field="legal_reason")
    first = row.versions.order_by("number").first()
    if first and ends_on < first.starts_on:
        raise Refusal(f"It starts on {first.starts_on:%-d %B %Y}, so it cannot end before", field="last_on")
    Retirement.objects.create(
        requirement=row,
        ends_on=ends_on,
        reason=reason.strip(),
        legal_reason=legal_reason.strip(),
        at=at,
        by_name=by.name,
    )


def _locked(by: Viewer, requirement: RequirementId) -> Requirement:
    """The requirement, if it is the viewer's to change; whoever else is changing it waits until the action is over."""
    Requirement.objects.select_for_update().filter(pk=requirement).first()
    row = requirement_row(by.scope(Can.EDIT_REQUIREMENTS), requirement)
    concerning(row.owner_id)
    return row


def _lawful(row: Requirement, version: Version, decision: Decision) -> Decision:
    """The decision, with the reason the law allows less where the version asks for less, and only there."""
    measure = measured_by(row, version.starts_on)
    if measure is None or not looser(version, rule_of(measure), Names()):
        return replace(decision, legal_reason="")
    if not decision.legal_reason.strip():
        raise Refusal("A law asks for this. Say why the law allows you to ask for less", field="legal_reason")
    return decision


def _refuse_undecided(decision: Decision) -> None:
    if not decision.rationale.strip():
        raise Refusal("Say why", field="rationale")
    if not decision.decided_by.strip():
        raise Refusal("Say who decided this", field="decided_by")


def _read(rule: Mapping[str, Json], last: RequirementVersion | None) -> Version:
    try:
        version = read_version(dict(rule), "", first=last is None)
    except DocumentError as error:
        raise Refusal(str(error), field=error.place.partition(".")[0].partition("[")[0]) from error
    if last and version.starts_on <= last.starts_on:
        raise Refusal(
            f"The first day must be after {last.starts_on:%-d %B %Y}, when the version before starts", field="from"
        )
    return version


def _refuse_unknown(version: Version, citations: Sequence[Cited], alternatives: Sequence[Otherwise]) -> None:
    for kind, code in unknown_codes(version):
        raise Refusal(
            f"There is no {kind} called “{code}”", field="met_by" if kind in {"subject", "state"} else "audience"
        )
    named = {one.source for one in citations} | {one.source for one in alternatives if one.source is not None}
    missing = named - set(Source.objects.filter(pk__in=named).values_list("pk", flat=True))
    if missing:
        raise Refusal(f"There is no source called “{min(missing)}”", field="citations")
