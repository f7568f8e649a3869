"""Entry points without a request: loading the national framework of skills from the data folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.foundation.access import Viewer

from .actions import load_framework
from .domain.reading import FOLDER, National, read_framework

DATA: Final = Path(settings.HOUSE) / "data"


def framework_in(catalogue: Catalogue, folder: Path = DATA) -> National:
    """The framework a folder holds; raises `CatalogueError` with every problem in it."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted((folder / FOLDER).rglob("*.yaml"))
    }
    return read_framework(files, catalogue)


def load_skills(by: Viewer, at: datetime, catalogue: Catalogue, folder: Path = DATA) -> int:
    """Loads the national framework. Doing it twice changes nothing."""
    return load_framework(by=by, at=at, national=framework_in(catalogue, folder))
