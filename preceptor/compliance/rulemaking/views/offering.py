"""What the pages of a draft need from elsewhere: names, choices, and the people the viewer may see."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.audience import Audience
from preceptor.compliance.requirements.domain.criteria import State
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import SourceKnown, names_for, sources_for
from preceptor.compliance.standing.queries import Loaded
from preceptor.foundation.access import Can, Scope
from preceptor.register.models import Organisation
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import queries
from ..domain.drafts import Draft
from ..domain.questions import Question
from ..forms import Offered


def seeing(request: Request, place: Organisation) -> Scope:
    """The scope that the people of a place are tried in: with their standing, or for figures alone."""
    own = request.viewer.scope(Can.SEE_STANDING)
    return own if own.holds(place.pk) else request.viewer.scope(Can.SEE_SHARES)


def sees_people(request: Request, place: Organisation) -> bool:
    """May the viewer see who the people of a place are, and how they stand?"""
    return request.viewer.scope(Can.SEE_STANDING).holds(place.pk)


def names_of(request: Request, draft: Draft) -> Names:
    """What everything in a draft and in the versions before it is called."""
    rules = [one.rule for one in draft.earlier]
    audience = draft.answers.audience
    if audience is not None:
        rules.append(_asking(audience, request))
    return names_for(request.viewer.scope(Can.SEE_PEOPLE), rules)


def offered_for(request: Request, place: Organisation, draft: Draft, question: Question, loaded: Loaded) -> Offered:
    """What there is to choose from in a question."""
    people = {str(seat.person): seat.name for seat in loaded.seats.values()} if sees_people(request, place) else {}
    is_what = question is Question.WHAT
    known = sources_of(request, place, draft) if is_what else []
    return Offered(
        names=names_of(request, draft),
        people=people,
        places={one.id: one.name or one.id for one in loaded.world.organisations},
        areas=tuple(queries.subject_areas()) if is_what else (),
        sources=tuple((one.key, _checked(one)) for one in known),
        unconfirmed=frozenset(one.key for one in known if one.is_unconfirmed),
    )


def sources_of(request: Request, place: Organisation, draft: Draft) -> list[SourceKnown]:
    """The sources a draft at a place may cite."""
    cited = [one.source for one in draft.answers.citations]
    return sources_for(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk, cited)


def _checked(source: SourceKnown) -> str:
    if source.is_unconfirmed:
        return f"{source.title} (not verified)"
    return f"{source.title} ({f'checked {day(source.checked_on)}' if source.checked_on else 'not checked'})"


def _asking(audience: Audience, request: Request) -> Version:
    return Version(request.today, None, audience, State("?"), None)
