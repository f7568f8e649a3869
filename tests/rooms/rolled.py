"""A published change notice, with a picture, a check and a question."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.reading import Json
from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import hold
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.rollouts.actions import add_file, ask_about, draft_rollout, publish_notice, save_notice
from preceptor.training.rollouts.domain import Check, Notice, RolloutId, Task, TaskKind
from preceptor.training.rollouts.domain.questions import QuestionId
from preceptor.training.rollouts.queries import draft_of
from tests.cast import BUILDER, Member

CHECK: Final = Check("What comes first?", ("You file", "You choose who can see it"), 1, "It asks before you file")
TASK: Final = Task("task-1", TaskKind.PRACTISE, "Practise on the test patient", 10, groups=("gp",))
PICTURE: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True)
class Rolled:
    """What stands behind the doors about rollouts."""

    rollout: RolloutId
    draft: RolloutId
    file: UUID
    question: QuestionId


def drafted(
    place: OrganisationId,
    at: datetime,
    *,
    by: Viewer = BUILDER,
    live: date | None = None,
    audience: Json = "everyone",
    asks: bool = False,
) -> RolloutId:
    """The draft of a notice, with a check and a task when it asks for them."""
    rollout = draft_rollout(
        by=by,
        at=at,
        organisation=place,
        title="New redaction screen",
        system="emis-web",
        goes_live_on=live or london_date(at) + timedelta(days=7),
        different="You decide before you file whether the patient can see it",
        audience=audience,
    )
    if asks:
        notice = replace(said(place, rollout), checks=(CHECK,), tasks=(TASK,))
        save_notice(by=by, at=at, rollout=rollout, revision=1, notice=notice)
    return rollout


def said(place: OrganisationId, rollout: RolloutId) -> Notice:
    """What a draft says."""
    return draft_of(EVERYWHERE, place, rollout).notice


def published(
    place: OrganisationId,
    at: datetime,
    *,
    by: Viewer = BUILDER,
    live: date | None = None,
    audience: Json = "everyone",
    asks: bool = False,
) -> RolloutId:
    """A published notice."""
    rollout = drafted(place, at, by=by, live=live, audience=audience, asks=asks)
    revision = draft_of(EVERYWHERE, place, rollout).revision
    publish_notice(by=by, at=at, rollout=rollout, revision=revision)
    return rollout


def rolled(place: OrganisationId, at: datetime, asker: Member, audience: Json = "everyone") -> Rolled:
    """A notice with a picture and a question, and the draft of another."""
    rollout = drafted(place, at, audience=audience, asks=True)
    add_file(
        by=BUILDER,
        at=at,
        rollout=rollout,
        revision=2,
        file=hold(PICTURE, "screen.png", at),
        words="The switch is beside the button",
    )
    file = said(place, rollout).attachments[0].file
    publish_notice(by=BUILDER, at=at, rollout=rollout, revision=3)
    question = ask_about(
        by=asker.viewer, at=at, organisation=place, rollout=rollout, words="What about letters scanned before?"
    )
    return Rolled(rollout, drafted(place, at), file, question)
