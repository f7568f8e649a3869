"""The curriculum of the clinical system: a table of modules by families of roles, and the requirements made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from ..decisions import Force
from ..reading import Json
from ..versions import read_version
from .entries import Book, Entry
from .lists import define_level
from .places import Value
from .sources import LONGEST_SHORT
from .types import (
    CatalogueRequirement,
    Citation,
    Curriculum,
    DatedVersion,
    Family,
    Level,
    Mark,
    Module,
    Role,
    Subject,
)

_FILE: Final = frozenset(
    {
        *("source", "says", "rationale", "from", "published_at", "review_by", "basis"),
        *("families", "marks", "modules", "others"),
    },
)
_FAMILY: Final = frozenset({"key", "name", "data", "uses"})
_MARK: Final = frozenset({"mark", "level", "name", "required", "kinds", "minutes", "first_due_days"})
_MODULE: Final = frozenset({"key", "name", "content", "area", "named", "service", "system", "marks"})
_LEVELS: Final = 9
_MOST: Final = 1000


class Table:
    """The file as read: the curriculum, and what its requirements have in common."""

    __slots__ = ("basis", "curriculum", "published_at", "rationale", "review_by", "says", "source", "starts_on")

    def __init__(self, value: Value, book: Book) -> None:
        entry = Entry(value, book, _FILE)
        self.source = entry.reference("source", "source")
        self.says = entry.text("says")
        self.rationale = entry.text("rationale")
        self.starts_on = entry.day("from")
        self.published_at = entry.moment("published_at")
        self.review_by: date = entry.day("review_by")
        self.basis = entry.choice("basis", Force, Force.LOCAL)
        if not entry.has("families"):
            entry.wrong("families", "is missing. Add it to this entry")
        self.curriculum = Curriculum(
            families=tuple(_family(Entry(item, book, _FAMILY)) for item in entry.items("families")),
            marks=tuple(_mark(Entry(item, book, _MARK)) for item in entry.items("marks")),
            modules=(),
        )
        modules = tuple(_module(Entry(item, book, _MODULE), self.curriculum) for item in entry.items("modules"))
        self.curriculum = replace(self.curriculum, modules=modules, others=entry.text("others", ""))

    def subjects(self) -> tuple[Subject, ...]:
        """The modules as subjects, with the marks as their levels."""
        levels = tuple(Level(mark.level, mark.name) for mark in self.curriculum.marks)
        return tuple(
            Subject(module.key, module.name, module.area, levels, module.content) for module in self.curriculum.modules
        )

    def requirements(self, roles: Iterable[Role]) -> tuple[CatalogueRequirement, ...]:
        """One requirement for each module and each required mark that some role has there."""
        known = tuple(roles)
        return tuple(
            self._requirement(module, mark, audience)
            for module in self.curriculum.modules
            for mark in self.curriculum.marks
            if mark.required and (audience := _audience(module, mark, known)) is not None
        )

    def _requirement(self, module: Module, mark: Mark, audience: Json) -> CatalogueRequirement:
        achieved: dict[str, Json] = {"subject": module.key, "level": mark.level, "months": None}
        if mark.kinds:
            achieved["kinds"] = list(mark.kinds)
        rule = read_version(
            {
                "from": self.starts_on.isoformat(),
                "published_at": self.published_at.isoformat(),
                "audience": audience,
                "met_by": {"achieved": achieved},
                "first_due_days": mark.first_due_days,
            },
        )
        return CatalogueRequirement(
            key=f"{module.key}-{mark.mark.lower()}",
            title=f"{module.name}: {mark.name.lower()}",
            short=module.name,
            column=module.key,
            area=module.area,
            core=False,
            basis=self.basis,
            rationale=self.rationale,
            note=f"{module.content}.",
            local_choice="The practice may move a role up or down a level.",
            minutes=mark.minutes,
            minutes_verified=False,
            review_by=self.review_by,
            verified=False,
            source=self.source,
            citations=(Citation(self.source, "", self.says, followed=True, verified=module.named),),
            alternatives=(),
            versions=(DatedVersion(rule, ""),),
        )


def _family(entry: Entry) -> Family:
    return Family(
        key=entry.key("family"),
        name=entry.text("name"),
        data=entry.text("data", ""),
        uses=entry.texts("uses"),
    )


def _mark(entry: Entry) -> Mark:
    required = entry.flag("required")
    return Mark(
        mark=entry.text("mark"),
        level=entry.whole("level", 1, _LEVELS),
        name=entry.text("name"),
        required=required,
        kinds=entry.references("kinds", "kind of record"),
        minutes=entry.whole("minutes", 1, _MOST, default=None if required else 1),
        first_due_days=entry.whole("first_due_days", 0, _MOST, default=None if required else 0),
    )


def _module(entry: Entry, curriculum: Curriculum) -> Module:
    key = entry.key("subject")
    for mark in curriculum.marks:
        define_level(entry.book, entry, key, mark.level)
        if mark.required:
            entry.book.define("requirement", f"{key}-{mark.mark.lower()}", entry.place)
    name = entry.text("name", longest=LONGEST_SHORT)
    entry.book.define("name of a subject", name.casefold(), entry.place_of("name"))
    return Module(
        key=key,
        name=name,
        content=entry.text("content"),
        area=entry.reference("area", "area"),
        named=entry.flag("named"),
        service=entry.reference_or_none("service", "service"),
        system=entry.reference_or_none("system", "system"),
        marks=_marks(entry, curriculum),
    )


def _marks(entry: Entry, curriculum: Curriculum) -> Mapping[str, str]:
    value = entry.inner("marks")
    if value is None:
        return {}
    row = Entry(value, entry.book, frozenset(family.key for family in curriculum.families))
    known = {mark.mark for mark in curriculum.marks}
    found = {family.key: row.text(family.key) for family in curriculum.families if row.has(family.key)}
    for family, mark in found.items():
        if mark not in known:
            row.wrong(family, f"must be one of the marks {', '.join(sorted(known))}")
    return found


def _audience(module: Module, mark: Mark, roles: tuple[Role, ...]) -> Json:
    """Who has the mark, as staff groups where a whole group has it and roles where not; None when nobody has."""
    marked = [role for role in roles if role.curriculum and module.marks.get(role.curriculum) == mark.mark]
    whole = [group for group in _groups(marked) if all(role in marked for role in roles if role.staff_group == group)]
    single = [role.key for role in marked if role.staff_group not in whole]
    tests: list[Json] = []
    if whole:
        tests.append({"staff_group": list(whole)})
    if single:
        tests.append({"role": list(single)})
    if not tests:
        return None
    who: Json = tests[0] if len(tests) == 1 else {"any": tests}
    return {"all": [*_where(module), who]} if module.service or module.system else who


def _groups(roles: list[Role]) -> list[str]:
    return list(dict.fromkeys(role.staff_group for role in roles))


def _where(module: Module) -> Iterator[Json]:
    if module.service:
        yield {"service": [module.service]}
    if module.system:
        yield {"system": [module.system]}
