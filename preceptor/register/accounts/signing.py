"""What the sign-in library does for us: checks an address and a password under its rate limits, and opens a session."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from .domain import Credentials
from .models import User


class TooManyTriesError(Exception):
    """Somebody, or something, has tried too often in the last minutes."""


def checked(request: HttpRequest, credentials: Credentials) -> User | None:
    """The open account these belong to, or None. Raises after too many tries from one place or for one address."""
    if not ratelimit.consume(request, action="login"):
        raise TooManyTriesError
    try:
        found = get_adapter(request).authenticate(
            request, email=credentials.email, password=credentials.password.reveal()
        )
    except ValidationError as error:
        raise TooManyTriesError from error
    return found if isinstance(found, User) and found.is_active else None


def open_session(request: HttpRequest, account: User) -> None:
    """Signs the account in. The session gets a new key, so that an old one is worth nothing."""
    login(request, account)


def keep_session(request: HttpRequest, account: User) -> None:
    """Keeps this one session after a change of password, which ends all others."""
    update_session_auth_hash(request, account)


def may_ask_for_letter(request: HttpRequest, email: str) -> bool:
    """May another letter be asked for, or have there been too many?"""
    return bool(ratelimit.consume(request, action="reset_password", key=email.lower()))


def token_for(account: User) -> str:
    """What proves that someone has had our letter. Once used, after a sign-in or after 3 days it is worth nothing."""
    return default_token_generator.make_token(account)


def is_token_of(account: User | None, token: str) -> bool:
    """Is this the token of that account, and still good?"""
    return default_token_generator.check_token(account, token)
