"""What one does with a notice oneself: reads it, answers, practises, and confirms the yearly refresher."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from preceptor.compliance.records.actions import say_record
from preceptor.compliance.records.domain import Achievement, RecordKind
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId

from ..domain.notice import CHECK, RolloutId, marked
from ..domain.rules import REFRESHER, edition_of, refresher_at, subject_of, title_of
from ..models import RefresherDone, RolloutAttempt, RolloutDone, RolloutVersion
from ..queries.drafts import published_of
from ..queries.standing import OwnChange, OwnRefresher, own_change, own_refreshers


@action("rollout.done", may=Can.READ_ROLLOUTS)
def say_done(*, by: Viewer, at: datetime, rollout: RolloutId, step: str, number: int) -> None:
    """Says that one has read a version, or did a task of it. It is bound to the text of that version.

    Refuses what one is not asked for, the check, which is answered instead, and a version that was corrected since.
    """
    _, change = _asked(by, at, rollout, step, number)
    if step == CHECK:
        raise Refusal("Answer the questions")
    _done(by, at, change, step)


@action("rollout.answered", may=Can.READ_ROLLOUTS, private={"answers"})
def answer_check(*, by: Viewer, at: datetime, rollout: RolloutId, number: int, answers: Sequence[int]) -> bool:
    """Keeps one's answers to the check of a version, and says whether they are all right. Wrong, one tries again."""
    person, change = _asked(by, at, rollout, CHECK, number)
    checks = change.told.notice.checks
    if len(answers) != len(checks) or not all(
        0 <= one < len(check.options) for one, check in zip(answers, checks, strict=True)
    ):
        raise Refusal("Answer every question")
    is_right = all(marked(checks, answers))
    RolloutAttempt.objects.create(
        person_id=person, version_id=change.told.id, answers=list(answers), is_right=is_right, at=at
    )
    if is_right:
        _done(by, at, change, CHECK)
    return is_right


@action("refresher.confirmed", may=Can.READ_ROLLOUTS)
def confirm_refresher(*, by: Viewer, at: datetime, organisation: OrganisationId, sha256: str) -> None:
    """Confirms everything that changed at a place since one last did. Refuses when it is not what one saw any more."""
    if by.person is None:
        raise Refusal("Only a person can say this")
    today = london_date(at)
    lock(PersonId(by.person))
    held = next((one for one in own_refreshers(by.person, today) if one.place == organisation), None)
    if held is None or not held.may_be_confirmed:
        raise Refusal("There is nothing to confirm here")
    text = text_of(held)
    if digest(text) != sha256:
        raise Refusal("Something changed while you read. Please look again")
    subject = refresher_at(organisation) if held.verdict is not None else REFRESHER
    achievement = Achievement(subject, today, 1, RecordKind.REFLECTION, title="Yearly refresher of what changed")
    record = say_record(by=by, at=at, organisation=organisation, achievement=achievement)
    RefresherDone.objects.create(
        person_id=by.person,
        organisation_id=organisation,
        content=text,
        sha256=sha256,
        record_id=record,
        on=today,
        at=at,
    )


def text_of(refresher: OwnRefresher) -> str:
    """The one text of what changed, of which a confirmation is: each notice with its version, and what it said."""
    told = [(str(one.told.id), one.told.notice.title, one.told.notice.different) for one in refresher.changes]
    return msgspec.json.encode({"place": refresher.code, "changes": told}).decode()


def digest(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _asked(by: Viewer, at: datetime, rollout: RolloutId, step: str, number: int) -> tuple[UUID, OwnChange]:
    """The change as one is asked for it, held so that nothing is said twice at once."""
    if by.person is None:
        raise Refusal("Only a person can say this")
    lock(PersonId(by.person))
    change = own_change(by.person, rollout, london_date(at))
    if change is None or change.step(step) is None:
        raise Refusal("You are not asked for this")
    if change.told.number != number:
        raise Refusal("This was corrected while you read it. Please look again")
    return by.person, change


def _done(by: Viewer, at: datetime, change: OwnChange, step: str) -> None:
    held = change.step(step)
    if by.person is None or (held is not None and held.is_done):
        return
    edition = edition_of(published_of([change.id])[change.id], change.told.number)
    achievement = Achievement(
        subject_of(edition, step),
        london_date(at),
        1,
        RecordKind.REFLECTION,
        title=f"{change.told.notice.title}: {title_of(change.told.notice, step)}"[:200],
    )
    place = OrganisationId(change.place)
    record = say_record(by=by, at=at, organisation=place, achievement=achievement)
    version = RolloutVersion.objects.get(pk=change.told.id)
    RolloutDone.objects.create(
        person_id=by.person,
        organisation_id=place,
        version=version,
        step=step,
        sha256=version.sha256,
        record_id=record,
        at=at,
    )
