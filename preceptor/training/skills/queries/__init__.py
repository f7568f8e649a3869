"""Every read of frameworks, of how people stand in their skills, and of what was said and signed."""

from .frameworks import (
    follows,
    framework_of,
    latest_national,
    picture_of,
    pictures_of_person,
    system_names,
    version_gone_by,
    version_to_change,
    versions_offered,
)
from .signing import (
    ask_by_token,
    ask_for,
    asked_of,
    asks_about,
    assessors_at,
    entitled,
    logged_by,
    named_at,
    own_skill,
    sign_off_by_id,
    systems_for,
)

__all__ = [
    "ask_by_token",
    "ask_for",
    "asked_of",
    "asks_about",
    "assessors_at",
    "entitled",
    "follows",
    "framework_of",
    "latest_national",
    "logged_by",
    "named_at",
    "own_skill",
    "picture_of",
    "pictures_of_person",
    "sign_off_by_id",
    "system_names",
    "systems_for",
    "version_gone_by",
    "version_to_change",
    "versions_offered",
]
