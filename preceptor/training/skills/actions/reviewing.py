"""Standing by how a skill is described, and no longer doing so. Each is a further row."""

from __future__ import annotations

from datetime import datetime

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import Skill
from ..domain.reviewing import description_digest
from ..models import SkillReview
from ..queries import framework_of, stands_by, version_to_read


@action("skill.confirmed", may=Can.EDIT_SKILLS)
def confirm_skill(
    *, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, digest: str, words: str
) -> None:
    """Says for a place and those beneath it that a skill is described rightly; `words` are what they do, who say so.

    `digest` is that of the description they read: refuses when there is another one by now, and to confirm it twice.
    """
    place = _locked(by, organisation)
    described = _described(by, at, place, skill)
    if description_digest(described) != digest:
        raise Refusal("The description has changed since you opened this page. Read it again, then confirm it")
    if stands_by(place.pk, described):
        raise Refusal("Somebody here has confirmed this description already")
    _say(by, at, place, described, words, stands=True)


@action("skill.doubted", may=Can.EDIT_SKILLS)
def doubt_skill(*, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, reason: str) -> None:
    """Takes back that a place stands by a description, with the reason. Refuses what it does not stand by."""
    place = _locked(by, organisation)
    described = _described(by, at, place, skill)
    if not stands_by(place.pk, described):
        raise Refusal("Nobody here stands by this description")
    _say(by, at, place, described, reason, stands=False)


def _locked(by: Viewer, organisation: OrganisationId) -> Organisation:
    """The place, held until the action is over, so that of two at once the second sees the first."""
    place = organisation_by_id(by.scope(Can.EDIT_SKILLS), organisation)
    return Organisation.objects.select_for_update().get(pk=place.pk)


def _described(by: Viewer, at: datetime, place: Organisation, key: str) -> Skill:
    version = version_to_read(by.scope(Can.EDIT_SKILLS), place.pk, london_date(at))
    found = framework_of(version.id).skill(key) if version else None
    if found is None:
        raise Refusal("There is no such skill in the version you go by")
    return found


def _say(by: Viewer, at: datetime, place: Organisation, skill: Skill, words: str, *, stands: bool) -> None:
    if not words.strip():
        raise Refusal("Say what you do, or why", field="words")
    SkillReview.objects.create(
        organisation=place,
        skill=skill.key,
        sha256=description_digest(skill),
        stands=stands,
        words=words.strip(),
        at=at,
        by=by.user,
        by_name=by.name,
    )
