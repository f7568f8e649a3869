"""Civil dates in Europe/London: the only place of month and year arithmetic.

A day is a `date`, or its ordinal (`date.toordinal`) where speed matters; both kinds of function here agree.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


def days_in_month(year: int, month: int) -> int:
    """The number of days in a month of the civil calendar."""
    if month == _FEBRUARY and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return 29
    return _MONTH_LENGTHS[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later (or earlier), clipped to that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, days_in_month(year, month)))


def last_valid_day(on: date, months: int) -> date:
    """The last day, itself included, of a thing valid for so many months from `on`."""
    return add_months(on, months)


@lru_cache(maxsize=1 << 16)
def months_later(day: int, months: int) -> int:
    """`add_months` on ordinals."""
    return add_months(date.fromordinal(day), months).toordinal()


def first_day_reaching(day: date, months: int) -> date:
    """The earliest day from which so many months last until the end of `day` at least."""
    around = range(months_later(day.toordinal(), -months) - 4, months_later(day.toordinal(), -months) + 5)
    found = bisect_left(around, day.toordinal(), key=lambda start: months_later(start, months))
    return date.fromordinal(around[found])


def london_date(moment: datetime) -> date:
    """The civil date in London at a moment; refuses a moment without an offset."""
    if moment.tzinfo is None:
        message = "a moment needs an offset from UTC"
        raise ValueError(message)
    return moment.astimezone(_london()).date()


def london_time(moment: datetime) -> time:
    """The time on the clocks of London at a moment; refuses a moment without an offset."""
    if moment.tzinfo is None:
        message = "a moment needs an offset from UTC"
        raise ValueError(message)
    return moment.astimezone(_london()).time()


@lru_cache(maxsize=1)
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")


def end_of_day(day: date) -> datetime:
    """The last moment of a civil day in London, in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time(), _london())
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
