"""Count: so many records within so many months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..reading import Fields, Json
from ..words import Names, kinds_phrase, level_phrase, plural, within_phrase
from .kind import Ask, Criterion, ReadInner, read_kinds


@dataclass(frozen=True, slots=True)
class Count(Criterion):
    """At least so many records of the subject, each counting from its day for so many months; null is for ever."""

    key: ClassVar[str] = "count"

    subject: str
    at_least: int
    months: int | None
    level: int = 1
    kinds: tuple[str, ...] | None = None

    @classmethod
    def read(cls, value: object, place: str, _inner: ReadInner, /) -> Count:
        """Reads `{subject, level, kinds, at_least, months}`."""
        fields = Fields(value, place, frozenset({"subject", "level", "kinds", "at_least", "months"}))
        return cls(
            subject=fields.text("subject"),
            at_least=fields.whole("at_least", 1),
            months=fields.months(),
            level=fields.whole("level", 1, default=1),
            kinds=read_kinds(fields),
        )

    def written(self) -> Json:
        """Every field that says something."""
        said: dict[str, Json] = {"subject": self.subject, "level": self.level}
        if self.kinds is not None:
            said["kinds"] = list(self.kinds)
        return {self.key: said | {"at_least": self.at_least, "months": self.months}}

    def asks(self) -> tuple[Ask, ...]:
        """The one subject."""
        return (Ask(self.subject, self.level, self.kinds),)

    def words(self, names: Names) -> str:
        """Such as “at least 20 records of cervical sampling, as log, within any 12 months”."""
        what = f"{names.subject(self.subject)}{level_phrase(self.level)}{kinds_phrase(self.kinds, names)}"
        return f"at least {plural(self.at_least, 'record')} of {what}{within_phrase(self.months)}"
