"""Which subject a name from someone else's list means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .subjects import Subject, SubjectCode

_INTERVAL: Final = re.compile(r"\b(?:every\s+)?\d+\s*(?:years?|yrs?|months?)\b", re.IGNORECASE)
_LEVEL: Final = re.compile(
    r"\b(?:(?:level|lvl|tier)\s*[-:]?\s*(\d|one|two|three|four|five|iii|ii|iv|i|v)|l(\d))\b", re.IGNORECASE
)
_NUMBERS: Final = {
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five"), 1)},
    **{word: number for number, word in enumerate(("i", "ii", "iii", "iv", "v"), 1)},
}
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PUNCTUATION: Final = re.compile(r"[^\w]+")
_PREFIX: Final = re.compile(r"^(?:(?:nhs|cstf|esr|elfh|e lfh|statutory|mandatory)\s+)+")
_SUFFIX: Final = re.compile(r"(?:\s+(?:training|course|module|refresher|certificate))+$")
_BETWEEN: Final = re.compile(r"\s+-\s+|\s*[–—]\s*|\s*:\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """The subject and level a name means."""

    subject: SubjectCode
    level: int


class SubjectIndex:
    """Every name of every subject, ready to be looked up. Built once, asked for every row of a file."""

    __slots__ = ("_bags", "_names", "_subjects", "_titles")

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._subjects = {subject.code: subject for subject in subjects}
        self._names: dict[str, tuple[SubjectCode, int | None]] = {}
        self._titles: dict[str, str] = {}
        for subject in self._subjects.values():
            self._learn(subject.code, subject.code, None)
        for subject in self._subjects.values():
            self._learn(subject.name, subject.code, None)
        for subject in self._subjects.values():
            for alias in subject.aliases:
                self._learn(alias, subject.code, None)
            for level in subject.levels:
                for alias in level.aliases:
                    self._learn(alias, subject.code, level.number)
        self._bags = self._by_words()

    def __contains__(self, code: str) -> bool:
        """Is there a subject with this code?"""
        return code in self._subjects

    def subject(self, code: str) -> Subject | None:
        """The subject with this code."""
        return self._subjects.get(SubjectCode(code))

    def named(self, text: str) -> Named | None:
        """The subject and level a name means: a code, a name or an alias, level words and wrappings allowed.

        Takes `NHS|CSTF|Fire Safety - 2 Years|` and “Safeguarding Adults (Version 2) - Level 3” as well as plain names.
        A level in the words wins over the level an alias means, even one the subject does not have, so that it can be
        refused. None when nothing here goes by that name.
        """
        whole = _plain(text)
        if found := self._names.get(whole):
            return self._at(found, None)
        core, level = _core_of(text)
        for words in _readings(core):
            if found := self._names.get(words) or self._bags.get(_bag(words)):
                return self._at(found, level)
        return None

    def near(self, text: str, most: int = 3) -> list[str]:
        """Names here that look like this one, the nearest first, for the message that nothing goes by it."""
        core, _ = _core_of(text)
        matches = difflib.get_close_matches(_plain(core), self._titles, n=most * 3, cutoff=0.6)
        found: list[str] = []
        for match in matches:
            title = self._titles[match]
            if title not in found:
                found.append(title)
        return found[:most]

    def _learn(self, name: str, code: SubjectCode, level: int | None) -> None:
        plain = _plain(name)
        if plain:
            self._names.setdefault(plain, (code, level))
            self._titles.setdefault(plain, self._subjects[code].name)

    def _by_words(self) -> dict[frozenset[str], tuple[SubjectCode, int | None]]:
        """Names by their words in any order; words that could mean two things are left out."""
        bags: dict[frozenset[str], tuple[SubjectCode, int | None] | None] = {}
        for plain, meant in self._names.items():
            bag = _bag(plain)
            bags[bag] = meant if bags.get(bag, meant) == meant else None
        return {bag: meant for bag, meant in bags.items() if meant is not None}

    def _at(self, found: tuple[SubjectCode, int | None], level: int | None) -> Named:
        """A level that was said is kept as it is, also one the subject does not have: whoever asked must refuse it."""
        code, meant = found
        if level is not None:
            return Named(code, level)
        return Named(code, meant if meant is not None else self._subjects[code].lowest)


def _plain(text: str) -> str:
    """A name without case, punctuation and spare spaces."""
    return _PUNCTUATION.sub(" ", text.casefold().replace("&", " and ")).strip()


def _bag(plain: str) -> frozenset[str]:
    return frozenset(plain.split()) - {"and", "of", "the", "for", "in", "to", "with"}


def _core_of(text: str) -> tuple[str, int | None]:
    """A name without its wrapping, interval, asides and level words, and the highest level these named."""
    parts = [part.strip() for part in text.split("|") if part.strip()]
    title = parts[-1] if parts else text
    levels = [_NUMBERS.get((words or digit).lower()) or int(words or digit) for words, digit in _LEVEL.findall(title)]
    bare = _LEVEL.sub(" ", _INTERVAL.sub(" ", _ASIDE.sub(" ", title)))
    return bare, max(levels, default=None)


def _readings(core: str) -> list[str]:
    """The ways to read a name, the likeliest first: whole, then its last part, then its first."""
    pieces = [plain for part in _BETWEEN.split(core) if (plain := _plain(part))]
    wholes = [" ".join(pieces), *pieces[::-1]]
    return [words for whole in wholes for words in _strippings(whole) if words]


def _strippings(words: str) -> list[str]:
    bare = _SUFFIX.sub("", _PREFIX.sub("", words))
    return [words, bare] if bare != words else [words]
