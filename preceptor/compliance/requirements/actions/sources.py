"""Sources that organisations add beside those of the national catalogue."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Final

from django.utils.text import slugify

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.decisions import NewSource
from ..models import Source
from ..queries.sources import own_source_row

_LONGEST_KEY: Final = 60


@action("source.added", may=Can.EDIT_REQUIREMENTS)
def add_source(*, by: Viewer, at: datetime, organisation: OrganisationId, source: NewSource) -> str:
    """Adds a source of an owner's own, not verified, and says its key.

    Refuses one without a title or a publisher, and a title the owner has added already.
    """
    owner = organisation_by_id(by.scope(Can.EDIT_REQUIREMENTS), organisation)
    title, publisher = source.title.strip(), source.publisher.strip()
    if not title or not publisher:
        raise Refusal("Say what the source is called, and who publishes it", field="new_title")
    if source.checked_on and source.checked_on > london_date(at):
        raise Refusal("The day it was checked must be today or in the past", field="new_checked_on")
    if Source.objects.filter(owner=owner, title__iexact=title).exists():
        raise Refusal(f"{owner.name} has added {title} already. Choose it from the list", field="new_title")
    row = Source.objects.create(
        key=_free_key(owner.code, title),
        owner=owner,
        title=title,
        publisher=publisher,
        link=source.link,
        legal_force=source.force,
        checked_on=source.checked_on,
        verified=False,
    )
    return str(row.pk)


@action("source.confirmed", may=Can.EDIT_REQUIREMENTS)
def confirm_source(*, by: Viewer, at: datetime, source: str, checked_on: date) -> None:
    """Says that somebody read a source its owner added, on a day, and found that it says what is cited.

    Refuses a day still to come. Confirmed again, it has the later day.
    """
    row = own_source_row(by.scope(Can.EDIT_REQUIREMENTS), source)
    concerning(row.owner_id)
    if checked_on > london_date(at):
        raise Refusal("The day it was checked must be today or in the past", field="checked_on")
    row.verified = True
    row.checked_on = max(checked_on, row.checked_on or checked_on)
    row.save(update_fields=["verified", "checked_on"])


def _free_key(code: str, title: str) -> str:
    """A key that begins with the owner's code, so that no source of the catalogue ever has it."""
    stem = f"{code.lower()}-{slugify(title)}"[:_LONGEST_KEY].strip("-")
    held = set(Source.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for number in count(1) if (key := stem if number == 1 else f"{stem}-{number}") not in held)
