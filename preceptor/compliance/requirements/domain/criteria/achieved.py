"""Achieved: a record of a subject counts for so long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ..reading import MOST_DAYS, Fields, Json
from ..words import Names, every_phrase, kinds_phrase, level_phrase, plural
from .kind import Ask, Criterion, ReadInner, read_kinds

_SHORTEST_MONTH: Final = 28


class Expiry(StrEnum):
    """What a certificate's own last day does to the last day worked out."""

    CAP = "cap"
    REPLACE = "replace"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Achieved(Criterion):
    """A record of the subject, at the level or above, counts from its day for so many months; null is for ever."""

    key: ClassVar[str] = "achieved"

    subject: str
    months: int | None
    level: int = 1
    kinds: tuple[str, ...] | None = None
    expiry: Expiry = Expiry.CAP
    early_days: int | None = None

    @classmethod
    def read(cls, value: object, place: str, _inner: ReadInner, /) -> Achieved:
        """Reads `{subject, level, kinds, months, expiry, early_days}`."""
        fields = Fields(value, place, frozenset({"subject", "level", "kinds", "months", "expiry", "early_days"}))
        months = fields.months()
        early_days = fields.whole_or_none("early_days", 0, MOST_DAYS)
        if early_days is not None:
            if months is None:
                raise fields.wrong("early_days", "cannot be said when “months” is null: nothing runs out")
            if early_days >= _SHORTEST_MONTH * months:
                problem = f"must be shorter than {_SHORTEST_MONTH} days for each month, so less than "
                raise fields.wrong("early_days", f"{problem}{_SHORTEST_MONTH * months}; it is {early_days}")
        return cls(
            subject=fields.text("subject"),
            months=months,
            level=fields.whole("level", 1, default=1),
            kinds=read_kinds(fields),
            expiry=fields.choice("expiry", Expiry, Expiry.CAP),
            early_days=early_days,
        )

    def written(self) -> Json:
        """Every field that says something."""
        said: dict[str, Json] = {"subject": self.subject, "level": self.level}
        if self.kinds is not None:
            said["kinds"] = list(self.kinds)
        said |= {"months": self.months, "expiry": self.expiry.value}
        if self.early_days is not None:
            said["early_days"] = self.early_days
        return {self.key: said}

    def asks(self) -> tuple[Ask, ...]:
        """The one subject."""
        return (Ask(self.subject, self.level, self.kinds),)

    def words(self, names: Names) -> str:
        """Such as “basic life support, every 12 months; renew up to 60 days early and keep the date”."""
        often = "once" if self.months is None else every_phrase(self.months)
        what = f"{names.subject(self.subject)}{level_phrase(self.level)}{kinds_phrase(self.kinds, names)}, {often}"
        clauses = [what]
        if self.expiry is Expiry.REPLACE:
            clauses.append("if the certificate has its own last day, that day is used")
        elif self.expiry is Expiry.IGNORE:
            clauses.append("a last day on the certificate makes no difference")
        if self.early_days:
            clauses.append(f"renew up to {plural(self.early_days, 'day')} early and keep the date")
        return "; ".join(clauses)
