"""Entry points without a request: loading the national programmes and texts from the data folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.foundation.access import Viewer
from preceptor.training.skills.domain import reading as skills

from .actions import load_inductions
from .domain.reading import FOLDER, National, read_inductions

DATA: Final = Path(settings.HOUSE) / "data"


def inductions_in(catalogue: Catalogue, folder: Path = DATA) -> National:
    """The programmes and texts a folder holds; raises `CatalogueError` with every problem in them."""
    framework = skills.read_framework(_files(folder, skills.FOLDER), catalogue).framework
    return read_inductions(_files(folder, FOLDER), catalogue, frozenset(one.key for one in framework.skills))


def load_all(by: Viewer, at: datetime, catalogue: Catalogue, folder: Path = DATA) -> int:
    """Loads the national programmes and texts. Doing it twice changes nothing."""
    return load_inductions(by=by, at=at, national=inductions_in(catalogue, folder))


def _files(folder: Path, within: str) -> dict[str, str]:
    """The texts of a folder of the data folder, by path."""
    found = sorted((folder / within).rglob("*.yaml"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}
