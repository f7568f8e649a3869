"""The whole catalogue from the texts of its files, or every problem in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from .boards import boards
from .curriculum import Table
from .entries import Book
from .examples import FILE as EXAMPLES
from .examples import examples
from .lists import areas, conflicts, equivalences, roles, subjects, systems, terms, training_items
from .places import CatalogueError, Place, Value, document
from .sources import source_file
from .types import Area, Catalogue, CatalogueRequirement, Conflict, Term

_T = TypeVar("_T")

SOURCES: Final = "sources/"
ELSEWHERE: Final = ("capability/", "champions/", "cover/", "inductions/", "services/", "skills/")  # what others read
LISTS: Final[Mapping[str, str]] = {
    "staff-groups.yaml": "staff group",
    "engagement-kinds.yaml": "kind of engagement",
    "record-kinds.yaml": "kind of record",
    "tasks.yaml": "task",
    "states.yaml": "state",
    "services.yaml": "service",
}
FILES: Final = frozenset(
    {
        *LISTS,
        "areas.yaml",
        "systems.yaml",
        "roles.yaml",
        "subjects.yaml",
        "equivalences.yaml",
        "conflicts.yaml",
        "curriculum.yaml",
        "training-items.yaml",
        EXAMPLES,
        "organisations/icbs.yaml",
    },
)


def read_catalogue(files: Mapping[str, str]) -> Catalogue:
    """The catalogue that files hold, by path below `data/`; raises `CatalogueError` with every problem found.

    Files that are missing or are no YAML are told first and alone: what the others refer to may be in them.
    """
    book = Book()
    values = _documents(files, book)
    catalogue = None
    if values.keys() >= FILES | {file for file in files if file.startswith(SOURCES)}:
        catalogue = _read(values, book)
        book.check_references()
    if catalogue is None or book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return catalogue


def _documents(files: Mapping[str, str], book: Book) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for file in sorted(files):
        if file.startswith(ELSEWHERE):
            continue
        if file not in FILES and not file.startswith(SOURCES):
            book.wrong(Place(file, 1), "is not a file of the catalogue. data/README.md says which there are")
            continue
        try:
            values[file] = document(files[file], file)
        except CatalogueError as error:
            book.problems += error.problems
            continue
        for key in values[file].repeated_keys():
            book.wrong(key.place, f"“{key.node.value}” is written twice here. Keep one")
    for file in sorted(FILES - files.keys()):
        book.wrong(Place(file, 1), "is missing. The catalogue needs this file, even if its list is empty")
    return values


def _read(values: Mapping[str, Value], book: Book) -> Catalogue:
    def of(file: str, reader: Callable[[Value, Book], _T]) -> _T:
        return reader(values[file], book)

    listed: dict[str, tuple[Term, ...]] = {file: of(file, terms(kind)) for file, kind in LISTS.items()}
    all_areas = of("areas.yaml", areas)
    table = Table(values["curriculum.yaml"], book)
    all_roles = of("roles.yaml", roles)
    all_subjects, aliases = of("subjects.yaml", subjects)
    read = [source_file(value, book) for file, value in values.items() if file.startswith(SOURCES)]
    # What is made from the table is made only when everything it is made from is sound.
    made = () if book.problems else table.requirements(all_roles)
    requirements = (*(requirement for _, found in read for requirement in found), *made)
    questions = of("conflicts.yaml", conflicts)
    _check_columns(requirements, values, book)
    _check_conflicts(questions, requirements, values["conflicts.yaml"], book)
    return Catalogue(
        areas=all_areas,
        staff_groups=listed["staff-groups.yaml"],
        engagement_kinds=listed["engagement-kinds.yaml"],
        record_kinds=listed["record-kinds.yaml"],
        roles=all_roles,
        tasks=listed["tasks.yaml"],
        states=listed["states.yaml"],
        systems=of("systems.yaml", systems),
        services=listed["services.yaml"],
        subjects=(*all_subjects, *table.subjects()),
        aliases=aliases,
        equivalences=of("equivalences.yaml", equivalences),
        sources=tuple(source for source, _ in read),
        requirements=_ordered(requirements, all_areas),
        conflicts=questions,
        curriculum=table.curriculum,
        training_items=of("training-items.yaml", training_items),
        examples=of(EXAMPLES, examples),
        boards=of("organisations/icbs.yaml", boards),
    )


def _ordered(requirements: Iterable[CatalogueRequirement], areas: Iterable[Area]) -> tuple[CatalogueRequirement, ...]:
    """By area, what nearly every practice starts with first; else in the order of files and of their entries."""
    position = {area.key: index for index, area in enumerate(areas)}
    return tuple(sorted(requirements, key=lambda one: (position.get(one.area, len(position)), not one.core)))


def _check_columns(requirements: Iterable[CatalogueRequirement], values: Mapping[str, Value], book: Book) -> None:
    """Requirements that share a column of the matrix share its heading and its area."""
    first: dict[str, CatalogueRequirement] = {}
    for requirement in requirements:
        other = first.setdefault(requirement.column, requirement)
        if (requirement.short, requirement.area) != (other.short, other.area):
            file = f"{SOURCES}{requirement.source}.yaml"
            place = values[file].place if file in values else Place(file, 1)
            book.wrong(
                place,
                f"{requirement.key} and {other.key} share the column “{requirement.column}” and must have the same "
                "“short” and “area”. Make them alike, or give one another column",
            )


def _check_conflicts(
    questions: Iterable[Conflict],
    requirements: Iterable[CatalogueRequirement],
    value: Value,
    book: Book,
) -> None:
    """Every requirement that a conflict is about shows the other answers."""
    bare = {requirement.key for requirement in requirements if not requirement.alternatives}
    for index, question in enumerate(questions):
        for key in question.requirements:
            if key in bare:
                what = f"{key} has no alternatives though this question is about it. Write the other answer there"
                book.wrong(value.line_of(f"[{index}].requirements"), what)
