"""What waits for a place's answer, and what a law asks for that it declined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from preceptor.compliance.requirements.domain.beside import Beside
from preceptor.compliance.requirements.domain.decisions import Force
from preceptor.compliance.requirements.models import Requirement, Retirement
from preceptor.compliance.standing.queries import Loaded
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.models import Organisation
from preceptor.ui.words import count, listed

from ..domain import Answer, Declined, PackAt
from ..models import PackAnswer
from .offered import is_unshared
from .picture import packs_at


def declined_by_law(scope: Scope, organisation: UUID) -> list[Declined]:
    """What a law asks for and an organisation does not require, each with the reasons, by title.

    Whether it was on the list and ended, or offered by a pack and never taken. Outside the scope there is nothing.
    """
    if not scope.holds(organisation):
        return []
    found = {
        row.requirement.key: Declined(
            key=row.requirement.key,
            title=row.requirement.title,
            starts_on=row.ends_on,
            reason=row.reason,
            legal_reason=row.legal_reason,
            at=row.at,
            by=row.by_name,
        )
        for row in Retirement.objects.filter(requirement__owner_id=organisation)
        .exclude(legal_reason="")
        .select_related("requirement")
    }
    held = set(Requirement.objects.filter(owner_id=organisation).values_list("key", flat=True))
    rows = PackAnswer.objects.filter(organisation_id=organisation, item__basis=Force.LAW).exclude(answer=Answer.LATER)
    last = {row.key: row for row in rows.select_related("item__requirement").order_by("at", "pk")}
    for key, row in last.items():
        if row.answer == Answer.DECLINED and key not in held and row.item:
            found[key] = Declined(
                key=key,
                title=row.item.requirement.title,
                starts_on=london_date(row.at),
                reason=row.reason,
                legal_reason=row.legal_reason,
                at=row.at,
                by=row.by_name,
            )
    return sorted(found.values(), key=lambda one: (one.title, one.key))


def waiting_at(scope: Scope, organisation: UUID, today: date, loaded: Loaded | None = None) -> list[PackAt]:
    """The packs of which something waits for an organisation's answer."""
    return [one for one in packs_at(scope, organisation, today, loaded) if one.waiting or one.open_by_law]


def notices(viewer: Viewer, organisation: UUID, today: date, key: str) -> Iterator[Beside]:
    """What packs have to say on an organisation's list, or beside one requirement of it."""
    scope = viewer.scope(Can.SEE_REQUIREMENTS)
    if not scope.holds(organisation):
        return
    code = Organisation.objects.values_list("code", flat=True).get(pk=organisation)
    may_answer = viewer.scope(Can.EDIT_REQUIREMENTS).holds(organisation)
    for one in packs_at(scope, organisation, today):
        about = (code, str(one.pack.id))
        if key:
            waits = any(line.key == key for line in one.waiting)
            if waits:
                words = f"{one.pack.name}, version {one.number}, says something new here."
                yield Beside(words, "See what changed", "packs:change", (*about, key)) if may_answer else Beside(words)
        elif one.waiting or one.open_by_law:
            yield _waits(one, about)
    if key and viewer.scope(Can.EDIT_PACKS).holds(organisation) and is_unshared(scope, organisation, key, today):
        yield Beside("The pack you offer does not hold this version yet.", "Offer it", "packs:own", (code,))
    declined = [] if key else declined_by_law(scope, organisation)
    for said in declined:
        yield Beside(f"A law asks for {said.title}. It is not required here, because: {said.legal_reason}")


def waiting_notices(scope: Scope, loaded: Loaded, today: date) -> list[Beside]:
    """What waits for an organisation's answer, for the home page of whoever may give it; the scope says who may."""
    place = loaded.organisation
    return [_waits(one, (place.code, str(one.pack.id))) for one in waiting_at(scope, place.pk, today, loaded)]


def _waits(one: PackAt, about: tuple[str, ...]) -> Beside:
    return Beside(words_of(one), "See what changed" if one.waiting else "See them", "packs:pack", about)


def words_of(one: PackAt) -> str:
    """What waits of a pack, in a sentence."""
    said = [f"{count(len(one.waiting), 'change')} to answer"] if one.waiting else []
    said += (
        [f"{count(len(one.open_by_law), 'requirement')} a law asks for, neither taken nor declined"]
        if one.open_by_law
        else []
    )
    return f"{one.pack.name}, version {one.number}: {listed(said)}."
