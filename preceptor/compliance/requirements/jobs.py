"""Entry points without a request: loading everything the data folder holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from preceptor.compliance.subjects.actions import load_equivalences, load_subjects
from preceptor.foundation.access import Viewer
from preceptor.register.organisations.actions import load_organisations, load_services, load_systems
from preceptor.register.people.actions import load_lists

from .actions import load_catalogue, load_training_items
from .domain import lists
from .domain.catalogue import Catalogue, read_catalogue
from .domain.loading import Loaded

DATA: Final = Path(settings.HOUSE) / "data"


def catalogue_in(folder: Path = DATA) -> Catalogue:
    """The catalogue a folder holds; raises `CatalogueError` with every problem in it."""
    files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    return read_catalogue(files)


@dataclass(frozen=True, slots=True)
class Changes:
    """What loading everything changed: how many lines of each list, and what became of the requirements."""

    lists: Mapping[str, int]
    catalogue: Loaded


def load_everything(by: Viewer, at: datetime, catalogue: Catalogue) -> Changes:
    """Loads every list and every requirement of the catalogue, all or nothing. Doing it twice changes nothing."""
    with transaction.atomic():
        subjects = load_subjects(by=by, at=at, areas=lists.areas(catalogue), subjects=lists.subjects_of(catalogue))
        changed = {
            "staff groups, roles, kinds, tasks and states": load_lists(
                by=by, at=at, lists=lists.staff_lists(catalogue)
            ),
            "clinical systems": load_systems(by=by, at=at, systems=lists.clinical_systems(catalogue)),
            "digital services": load_services(by=by, at=at, services=lists.digital_services(catalogue)),
            "integrated care boards": load_organisations(by=by, at=at, organisations=lists.boards(catalogue)),
            "areas and subjects": subjects,
            "equivalences": load_equivalences(by=by, at=at, approvals=lists.approvals(catalogue)),
        }
        loaded = load_catalogue(by=by, at=at, catalogue=catalogue)
        changed["training items"] = load_training_items(by=by, at=at, items=catalogue.training_items)
        return Changes(changed, loaded)
