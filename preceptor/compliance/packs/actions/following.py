"""Beginning to follow a pack."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from preceptor.compliance.requirements.actions.taking import take_over
from preceptor.compliance.requirements.domain.adoption import Adopted, Outcome
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import Answer, Item, PackId
from ..models import PackAdoption, PackAnswer, PackVersion
from ..queries.offered import items_of, pack_named, wanted_of
from ..queries.picture import pictures

_TAKEN = frozenset({Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED})


@action("pack.adopted", may=Can.EDIT_REQUIREMENTS)
def adopt(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    pack: PackId,
    wanted: Collection[str],
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> list[Adopted]:
    """Lets an organisation follow a pack, and take some of its requirements as they are, in the order of the pack.

    What it does not choose is remembered as not chosen. What it changed itself or ended is left as it is, and shown as
    a difference. Done again, it takes what is wanted of the latest version; doing it twice changes nothing.
    """
    scope = by.scope(Can.EDIT_REQUIREMENTS)
    owner = organisation_by_id(scope, organisation)
    Organisation.objects.select_for_update().get(pk=owner.pk)
    named = pack_named(scope, owner.pk, pack, london_date(at))
    version = PackVersion.objects.filter(pack_id=pack, published_at__lte=at).order_by("-number").first()
    items = items_of([version.pk])[version.pk] if version else {}
    keys = set(wanted)
    if version is None or not keys or not keys <= items.keys():
        raise Refusal("Choose requirements from the pack", field="wanted")
    first = not PackAdoption.objects.filter(organisation=owner, pack_id=pack).exists()
    before = {one.key: one for one in pictures({owner.pk: [named]})[owner.pk][0].lines}
    outcomes = take_over(by, at, scope, owner, wanted_of(items, keys), starts_on, decided_by, decided_on)
    if first:
        PackAdoption.objects.create(
            organisation=owner,
            pack_id=pack,
            pack_version=version,
            at=at,
            by_name=by.name,
            decided_by=decided_by.strip(),
            decided_on=decided_on,
        )
    answers = {one.key: Answer.TAKEN for one in outcomes if one.outcome in _TAKEN}
    if first:
        for key, line in before.items():
            if key not in answers and line.new and line.ours is None:
                answers[key] = Answer.NOT_CHOSEN
            elif key not in answers and line.new and line.ours and line.ours.terms == line.new.terms:
                answers[key] = Answer.TAKEN
    _answer(by, at, owner.pk, version, items, answers)
    return outcomes


def _answer(
    by: Viewer,
    at: datetime,
    organisation: UUID,
    version: PackVersion,
    items: Mapping[str, Item],
    answers: Mapping[str, Answer],
) -> None:
    """Writes down what was answered, but not what was answered in the same way before."""
    rows = PackAnswer.objects.filter(organisation_id=organisation, pack_version__pack_id=version.pack_id)
    last = {row.key: (row.answer, row.item_id) for row in rows.order_by("at", "pk")}
    PackAnswer.objects.bulk_create(
        PackAnswer(
            organisation_id=organisation,
            pack_version=version,
            key=key,
            item_id=items[key].version,
            answer=answer,
            at=at,
            by_name=by.name,
        )
        for key, answer in sorted(answers.items())
        if last.get(key) != (answer.value, items[key].version)
    )
