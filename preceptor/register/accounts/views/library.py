"""What the sign-in library does for us: it checks an address and a password under its rate limits."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..domain import Credentials

TOO_MANY: Final = "There were too many tries. Wait 5 minutes, then try again"


class TooManyTriesError(Exception):
    """Somebody, or something, has tried too often in the last minutes."""


def checked(request: HttpRequest, credentials: Credentials) -> UUID | None:
    """Whose account these belong to, if anybody's. Raises after too many tries from one place or for one address."""
    if not ratelimit.consume(request, action="login"):
        raise TooManyTriesError
    try:
        found = get_adapter(request).authenticate(
            request, email=credentials.email, password=credentials.password.reveal()
        )
    except ValidationError as error:
        raise TooManyTriesError from error
    return UUID(str(found.pk)) if found else None


def password_problem(request: HttpRequest, credentials: Credentials) -> str:
    """What is wrong with a password someone signed in gives, under the limits of the door; nothing if it is right."""
    try:
        return "" if checked(request, credentials) else "Current password is not right"
    except TooManyTriesError:
        return TOO_MANY


def may_ask_for_letter(request: HttpRequest, email: str) -> bool:
    """May another letter be asked for, or have there been too many?"""
    return bool(ratelimit.consume(request, action="reset_password", key=email.lower()))
