"""The letter people are sent when a place says that they work there."""

from __future__ import annotations

from uuid import UUID

from django.core.mail import send_mail
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.ui.requests import Request

from .. import queries


def ask(request: Request, organisation: UUID) -> int:
    """Writes to everybody a place asked in this request, at the address they are known by. Says how many letters."""
    asked = queries.addresses_to_ask(request.viewer.scope(Can.EDIT_PEOPLE), organisation, request.at)
    link = request.build_absolute_uri(reverse("people:questions"))
    for address, claim in asked:
        place = claim.engagement.organisation.name
        send_mail(f"{place} says you work there", _text(str(claim.engagement.person), place, link), None, [address])
    return len(asked)


def _text(name: str, place: str, link: str) -> str:
    return (
        f"Hello {name},\n\n"
        f"{place} has entered you on Preceptor as someone who works there.\n\n"
        f"Is that right? Sign in and answer yes or no:\n{link}\n\n"
        f"Until you say yes, {place} sees nothing of your training but what it writes down itself. If you do not know "
        "the place, answer no.\n\n"
        "No account yet? The place can send you another letter, with a link to choose a password. Then sign in and "
        "answer.\n"
    )
