"""Hours: so much time within so many months, some of it participatory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..reading import Fields, Json
from ..words import Names, level_phrase, listed, time_phrase, within_phrase
from .kind import Ask, Criterion, ReadInner


@dataclass(frozen=True, slots=True)
class Hours(Criterion):
    """Records of the subjects that add up to the minutes, each counting from its day for so many months."""

    key: ClassVar[str] = "hours"

    of: tuple[str, ...]
    minutes: int
    months: int | None
    level: int = 1
    participatory_minutes: int | None = None

    @classmethod
    def read(cls, value: object, place: str, _inner: ReadInner, /) -> Hours:
        """Reads `{subjects, level, minutes, participatory_minutes, months}`."""
        fields = Fields(value, place, frozenset({"subjects", "level", "minutes", "participatory_minutes", "months"}))
        return cls(
            of=fields.texts("subjects"),
            minutes=fields.whole("minutes", 0),
            months=fields.months(),
            level=fields.whole("level", 1, default=1),
            participatory_minutes=fields.whole_or_none("participatory_minutes", 0),
        )

    def written(self) -> Json:
        """Every field that says something."""
        said: dict[str, Json] = {"subjects": list(self.of), "level": self.level, "minutes": self.minutes}
        if self.participatory_minutes is not None:
            said["participatory_minutes"] = self.participatory_minutes
        return {self.key: said | {"months": self.months}}

    def asks(self) -> tuple[Ask, ...]:
        """Every subject whose time counts."""
        return tuple(Ask(subject, self.level) for subject in self.of)

    def words(self, names: Names) -> str:
        """Such as “8 hours of safeguarding children, within any 36 months, at least 4 hours of it participatory”."""
        what = listed([names.subject(subject) for subject in self.of], "or")
        said = f"{time_phrase(self.minutes)} of {what}{level_phrase(self.level)}{within_phrase(self.months)}"
        if self.participatory_minutes:
            said += f", at least {time_phrase(self.participatory_minutes)} of it participatory"
        return said
