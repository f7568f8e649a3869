"""Which subject a name from someone else's list means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .subjects import Subject, SubjectCode, title_of

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


@dataclass(frozen=True, slots=True)
class Likely:
    """What an unknown name may well mean: a subject and level, by words it has in common with one of its names."""

    means: Named
    title: str
    name: str
    words: tuple[str, ...]


class SubjectIndex:
    """Every name of every subject, ready to be looked up. Built once, asked for every row of a file."""

    __slots__ = ("_bags", "_names", "_spelt", "_subjects", "_titles")

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._subjects = {subject.code: subject for subject in subjects}
        self._names: dict[str, tuple[SubjectCode, int | None]] = {}
        self._titles: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
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

    def likely(self, text: str, most: int = 3) -> tuple[Likely, ...]:
        """What a name nobody knows may well mean, the likeliest first, each with the words it is said by.

        Never more than a suggestion: a word in common is no proof.
        """
        core, level = _core_of(text)
        words = _telling(_plain(core))
        best: dict[SubjectCode, tuple[float, str, tuple[str, ...], int | None]] = {}
        for plain, (code, meant) in self._names.items():
            theirs = _telling(plain)
            shared = tuple(word for word in words if any(_are_alike(word, other) for other in theirs))
            if not shared or not theirs:
                continue
            score = len(shared) / len(set(words) | set(theirs))
            if code not in best or score > best[code][0]:
                best[code] = (score, self._spelt[plain], shared, meant)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:most]
        return tuple(self._likely(code, name, shared, level, meant) for code, (_, name, shared, meant) in ranked)

    def _likely(
        self, code: SubjectCode, name: str, shared: tuple[str, ...], level: int | None, meant: int | None
    ) -> Likely:
        """A suggestion with a level the subject has: the one said if it can be, else the name’s, else the lowest."""
        subject = self._subjects[code]
        said = level if level is not None and subject.has(level) else meant
        number = said if said is not None else subject.lowest
        return Likely(Named(code, number), title_of(subject.name, subject.level_name(number)), name, shared)

    def _learn(self, name: str, code: SubjectCode, level: int | None) -> None:
        plain = _plain(name)
        if plain:
            self._names.setdefault(plain, (code, level))
            self._titles.setdefault(plain, self._subjects[code].name)
            self._spelt.setdefault(plain, self._subjects[code].name if name == code else name)

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


def named_by(choice: str) -> Named:
    """The subject and level of a line chosen from a list, `code:level`."""
    code, _, level = choice.rpartition(":")
    return Named(SubjectCode(code), int(level))


def plain_name(text: str) -> str:
    """A name as names are compared: without case, punctuation and spare spaces."""
    return _plain(text)


# Words that many names have, and that tell nothing apart.
_TELLS_NOTHING: Final = frozenset(
    {
        *("a", "all", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with", "your"),
        *("annual", "awareness", "course", "initial", "introduction", "learning", "mandatory", "module", "nhs"),
        *("e", "online", "part", "practice", "refresher", "session", "staff", "statutory", "training", "update"),
        "yearly",
    }
)
_SHORTEST_STEM: Final = 5


def _telling(plain: str) -> list[str]:
    """The words of a name that tell it from others, in order."""
    return [word for word in dict.fromkeys(plain.split()) if word not in _TELLS_NOTHING and not word.isdigit()]


def _are_alike(one: str, other: str) -> bool:
    """Is it the same word, or do both begin alike, as “safeguard” and “safeguarding” do?"""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter))


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
