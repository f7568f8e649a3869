"""Who is signed in, for Django: the library's own ways of signing in, and the account with its person in one query."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from preceptor.register.accounts.queries import account_by_id


class WithPerson(AuthenticationBackend):  # type: ignore[misc] # the library has no types
    """Signs in as the library does; whoever is signed in comes with their person."""

    def get_user(self, user_id: UUID) -> object:
        """The open account with this identifier, if there is one."""
        return account_by_id(user_id)
