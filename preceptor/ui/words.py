"""How dates, counts and names are written. Words follow the NHS content guide."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

_DENSE = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date | None) -> str:
    """A date in text and tables: 3 May 2028. Nothing for no date."""
    return f"{value.day} {value:%B} {value.year}" if value else ""


@lru_cache(maxsize=4096)
def dense_day(value: date | None) -> str:
    """A date where space is short: 4 Dec 2026."""
    return f"{value.day} {_DENSE[value.month - 1]} {value.year}" if value else ""


def full_day(value: date) -> str:
    """A date with its weekday: Monday 23 November 2026."""
    return f"{value:%A} {day(value)}"


def clock(value: time) -> str:
    """A time of day: 8:30am, 1pm."""
    minute = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minute}{'am' if value.hour < 12 else 'pm'}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 person, 2 people, 0 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def minutes(number: int) -> str:
    """A length of time: 25 minutes, 1 hour, 2 hours 30 minutes."""
    hours, rest = divmod(number, 60)
    parts = [count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(count(rest, "minute"))
    return " ".join(parts)


def signed_minutes(number: int) -> str:
    """A difference in minutes as a length of time: +5 hours, −1 hour 30 minutes, or none."""
    if not number:
        return "0 hours"
    return f"{'+' if number > 0 else '−'}{minutes(abs(number))}"


def listed(items: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Words in a row: a; a and b; a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def inside(name: str) -> str:
    """A name as it stands inside a sentence: locum GP for Locum GP; GP partner stays, as it begins with letters."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def initials(name: str) -> str:
    """The first letters of the first and last name, without a title."""
    words = [word for word in name.split() if word.rstrip(".").lower() not in {"dr", "mr", "mrs", "ms", "miss", "prof"}]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
