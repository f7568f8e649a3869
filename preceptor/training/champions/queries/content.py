"""What ships about champions. It is about nobody, so nothing here takes a scope."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from preceptor.register.organisations.queries import clinical_systems, digital_services

from ..domain.content import SERVICE, SYSTEM, Content, read_content

_FOLDER: Final = Path(settings.HOUSE) / "data" / "champions"


@cache
def content() -> Content:
    """Topics, steps and the toolkit of the data folder, read once."""
    return read_content({path.name: path.read_text("utf-8") for path in _FOLDER.glob("*.yaml")})


def topic_names() -> dict[str, str]:
    """Every topic by its key: systems, services to patients, then everyday digital work, each by name."""
    return {
        **{f"{SYSTEM}:{one.code}": one.name for one in clinical_systems()},
        **{f"{SERVICE}:{one.code}": one.name for one in digital_services()},
        **{one.key: one.name for one in content().topics},
    }
