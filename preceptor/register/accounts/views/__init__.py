"""HTTP in, one query or action, page out."""

from .access import access, change_role, close, give_role, invite, open_again, take_role
from .passwords import change_password, choose_password, forgotten_password, sent
from .reading import accessibility, help_and_contacts, me, who_can_see
from .signing import sign_in, sign_out

__all__ = [
    "access",
    "accessibility",
    "change_password",
    "change_role",
    "choose_password",
    "close",
    "forgotten_password",
    "give_role",
    "help_and_contacts",
    "invite",
    "me",
    "open_again",
    "sent",
    "sign_in",
    "sign_out",
    "take_role",
    "who_can_see",
]
