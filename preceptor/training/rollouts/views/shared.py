"""What the views share: the place, names of codes, and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from preceptor.compliance.requirements.domain.audience import Audience
from preceptor.compliance.requirements.domain.wording import audience_sentence
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import audience_names, names_for
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.files import answer_with
from preceptor.ui.requests import Request

from .. import queries

NAMED: Final = 8


def file(request: Request, file: UUID) -> HttpResponse:
    """A picture or a document of a notice."""
    editing, reading = request.viewer.scope(Can.EDIT_ROLLOUTS), request.viewer.scope(Can.READ_ROLLOUTS)
    return answer_with(queries.file_of(editing, reading, file, request.today))


def sentence_of(scope: Scope, audience: Audience | None) -> str:
    """Whom an audience takes in, in words, of a long list the first; nothing while nobody said."""
    if audience is None:
        return ""
    return audience_sentence(audience, audience_names(scope, [audience]), most=NAMED)


def names_of(scope: Scope) -> Names:
    """The names of roles, groups and tasks."""
    return names_for(scope)


def groups_of(scope: Scope) -> Mapping[str, str]:
    """The names of staff groups."""
    return names_for(scope).staff_groups
