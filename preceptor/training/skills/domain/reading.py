"""The national framework from the texts of `data/skills/`, or every problem in them by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import Catalogue, CatalogueError, Place
from preceptor.compliance.requirements.domain.catalogue.entries import Book, Entry
from preceptor.compliance.requirements.domain.catalogue.places import Value, document

from .framework import (
    LEVEL_KEYS,
    SUBJECT_PREFIX,
    Family,
    Framework,
    Level,
    LevelTerm,
    Module,
    Review,
    Shown,
    Skill,
    Variant,
)

FOLDER: Final = "skills/"
FRAMEWORK: Final = "skills/framework.yaml"
LONGEST_KEY: Final = 40 - len(SUBJECT_PREFIX)
LONGEST_TITLE: Final = 120
LEAST_POINTS: Final = 3
MOST_POINTS: Final = 5
_LONGEST_MONTHS: Final = 120
_MOST_MINUTES: Final = 480
_MOST_TIMES: Final = 200
_LONGEST_DAYS: Final = 1000

_FRAMEWORK: Final = frozenset({"key", "title", "version", "note", "levels", "everywhere"})
_LEVEL: Final = frozenset({"key", "name", "means", "first_due_days"})
_MODULE: Final = frozenset({"module", "first_due_days", "skills"})
_SKILL: Final = frozenset(
    {
        *("key", "title", "systems", "variants", "expects", "look_for", "shown", "times", "lasts_months", "minutes"),
        *("first_due_days", "verified", "reviewed_by", "reviewed_on"),
    }
)
_VARIANT: Final = frozenset({"system", "says", "from_version", "source", "read_on"})


@dataclass(frozen=True, slots=True)
class National:
    """The framework that the data folder holds, and the number of its version."""

    version: int
    framework: Framework


def read_framework(files: Mapping[str, str], catalogue: Catalogue) -> National:
    """The framework that files hold, by path below `data/`; raises `CatalogueError` with every problem found.

    Modules, families and systems are those of the catalogue. Each module has one file.
    """
    book = Book()
    _define(catalogue, book)
    values = _documents(files, book)
    national = None
    if FRAMEWORK in values:
        national = _framework(values, catalogue, book)
        book.check_references()
    if national is None or book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return national


def _define(catalogue: Catalogue, book: Book) -> None:
    """Notes what skills may refer to, where the catalogue has it."""
    for kind, file, keys in (
        ("module", "curriculum.yaml", [one.key for one in catalogue.curriculum.modules]),
        ("system", "systems.yaml", [one.key for one in catalogue.systems]),
        ("name of a subject", "subjects.yaml", [one.name.casefold() for one in catalogue.subjects]),
    ):
        for key in keys:
            book.define(kind, key, Place(file, 1))


def _documents(files: Mapping[str, str], book: Book) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for file in sorted(files):
        try:
            values[file] = document(files[file], file)
        except CatalogueError as error:
            book.problems += error.problems
            continue
        for key in values[file].repeated_keys():
            book.wrong(key.place, f"“{key.node.value}” is written twice here. Keep one")
    if FRAMEWORK not in files:
        book.wrong(Place(FRAMEWORK, 1), "is missing. It says what the levels mean")
    return values


def _framework(values: Mapping[str, Value], catalogue: Catalogue, book: Book) -> National:
    entry = Entry(values[FRAMEWORK], book, _FRAMEWORK)
    families = tuple(
        Family(one.key, one.name, tuple(role.key for role in catalogue.roles if role.curriculum == one.key))
        for one in catalogue.curriculum.families
    )
    written: dict[str, tuple[Skill, ...]] = {}
    for file, value in values.items():
        if file != FRAMEWORK:
            module, skills = _file(value, families, book)
            written[module] = skills
    for one in catalogue.curriculum.modules:
        if one.key not in written:
            book.wrong(Place(FRAMEWORK, 1), f"no file holds the skills of “{one.key}”. Add one")
    framework = Framework(
        key=entry.key("framework"),
        title=entry.text("title"),
        note=entry.text("note", ""),
        levels=tuple(_levels(entry, book)),
        families=families,
        modules=tuple(
            Module(one.key, one.name, one.content, one.service, one.system) for one in catalogue.curriculum.modules
        ),
        skills=tuple(skill for one in catalogue.curriculum.modules for skill in written.get(one.key, ())),
        everywhere=entry.references("everywhere", "system"),
    )
    return National(entry.whole("version", 1, 10_000), framework)


def _levels(framework: Entry, book: Book) -> Iterator[LevelTerm]:
    found = set()
    for item in framework.items("levels"):
        entry = Entry(item, book, _LEVEL)
        key = entry.text("key")
        if key not in LEVEL_KEYS:
            entry.wrong("key", f"must be one of: {', '.join(LEVEL_KEYS)}")
            continue
        found.add(key)
        yield LevelTerm(
            LEVEL_KEYS[key],
            entry.text("name"),
            entry.text("means"),
            entry.whole("first_due_days", 0, _LONGEST_DAYS),
        )
    if missing := [key for key in LEVEL_KEYS if key not in found]:
        framework.wrong("levels", f"must say what each level means; missing: {', '.join(missing)}")


def _file(value: Value, families: tuple[Family, ...], book: Book) -> tuple[str, tuple[Skill, ...]]:
    entry = Entry(value, book, _MODULE)
    module = entry.reference("module", "module")
    book.define("file of a module", module, entry.place_of("module"))
    days = _first_due(entry, None)
    skills = tuple(_skill(Entry(item, book, _SKILL), module, families, days) for item in entry.items("skills"))
    if not skills:
        entry.wrong("skills", "must hold at least one skill")
    return module, skills


def _first_due(entry: Entry, otherwise: int | None) -> int | None:
    key = "first_due_days"
    return entry.whole(key, 0, _LONGEST_DAYS) if entry.has(key) else otherwise


def _skill(entry: Entry, module: str, families: tuple[Family, ...], first_due_days: int | None) -> Skill:
    key = entry.key("skill")
    if len(key) > LONGEST_KEY:
        entry.wrong("key", f"must be at most {LONGEST_KEY} characters")
    title = entry.text("title", longest=LONGEST_TITLE)
    entry.book.define("name of a subject", title.casefold(), entry.place_of("title"))
    look_for = entry.texts("look_for")
    if not LEAST_POINTS <= len(look_for) <= MOST_POINTS:
        entry.wrong("look_for", f"must hold {LEAST_POINTS} to {MOST_POINTS} points an assessor can see")
    shown = _shown(entry)
    if entry.has("times") != (Shown.LOGGED in shown):
        entry.wrong("times", "says how often, and goes with “logged” in “shown”. Write both or neither")
    return Skill(
        key=key,
        title=title,
        module=module,
        expects=_expects(entry, families),
        look_for=look_for,
        shown=shown,
        minutes=entry.whole("minutes", 1, _MOST_MINUTES),
        first_due_days=_first_due(entry, first_due_days),
        times=entry.whole("times", 2, _MOST_TIMES) if entry.has("times") else 0,
        lasts_months=entry.whole("lasts_months", 1, _LONGEST_MONTHS) if entry.has("lasts_months") else None,
        systems=entry.references("systems", "system"),
        variants=tuple(_variant(Entry(item, entry.book, _VARIANT)) for item in entry.items("variants")),
        review=_review(entry),
    )


def _shown(entry: Entry) -> tuple[Shown, ...]:
    found = []
    for text, place in entry.texts_with_places("shown"):
        if text in set(Shown):
            found.append(Shown(text))
        else:
            entry.book.wrong(place, f"“shown” must be of: {', '.join(Shown)}; not “{text}”")
    if not set(found) - {Shown.LOGGED}:
        entry.wrong("shown", "must say how an assessor sees it; a log alone is signed by nobody")
    return tuple(found)


def _expects(entry: Entry, families: tuple[Family, ...]) -> Mapping[str, Level]:
    value = entry.inner("expects")
    if value is None:
        return {}
    row = Entry(value, entry.book, frozenset(one.key for one in families))
    found = {}
    for family in families:
        if row.has(family.key):
            level = row.text(family.key)
            if level not in LEVEL_KEYS:
                row.wrong(family.key, f"must be one of: {', '.join(LEVEL_KEYS)}; not “{level}”")
            found[family.key] = LEVEL_KEYS.get(level, Level.AWARE)
    if not found:
        entry.wrong("expects", "must name at least one family of roles")
    return found


def _is_address(source: str) -> bool:
    """Is this the address of a page: a way, a host with a dot, and no spaces?"""
    way, _, rest = source.partition("://")
    return way in {"https", "http"} and "." in rest.partition("/")[0].strip(".") and not any(map(str.isspace, source))


def _variant(entry: Entry) -> Variant:
    source = entry.text("source", "")
    if source and not _is_address(source):
        entry.wrong("source", "must be the address of a page, beginning with https:// or http://")
    if bool(source) != entry.has("read_on"):
        entry.wrong("source", "goes with “read_on”, the day its page was read. Write both or neither")
    return Variant(
        system=entry.reference("system", "system"),
        says=entry.text("says"),
        from_version=entry.text("from_version", ""),
        source=source,
        read_on=entry.day_or_none("read_on"),
    )


def _review(entry: Entry) -> Review | None:
    verified = entry.flag("verified")
    named = entry.has("reviewed_by") and entry.has("reviewed_on")
    if verified and not named:
        entry.wrong("verified", "is true only with “reviewed_by” and “reviewed_on”: who confirmed it, and when")
    if not verified and (entry.has("reviewed_by") or entry.has("reviewed_on")):
        entry.wrong("verified", "must be true when somebody has confirmed it")
    return Review(entry.text("reviewed_by"), entry.day("reviewed_on")) if verified and named else None
