"""The gauges: one module for each kind of criterion, and one line each in the registry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, cast

from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
)

from .achieved import AchievedGauge
from .combined import AllOfGauge, AnyOfGauge, FirstThenGauge
from .count import CountGauge
from .gauge import Equivalences, Gauge, RecordGauge, Ways
from .hours import HoursGauge
from .state import StateGauge

__all__ = [
    "AchievedGauge",
    "AllOfGauge",
    "AnyOfGauge",
    "CountGauge",
    "Equivalences",
    "FirstThenGauge",
    "Gauge",
    "HoursGauge",
    "RecordGauge",
    "StateGauge",
    "Ways",
    "gauge_of",
]

_Inner: TypeAlias = tuple[Gauge, ...]

_GAUGES: Final[Mapping[type[Criterion], Callable[[Criterion, Equivalences, _Inner], Gauge]]] = {
    Achieved: lambda criterion, equivalences, _: AchievedGauge(cast(Achieved, criterion), equivalences),
    Count: lambda criterion, equivalences, _: CountGauge(cast(Count, criterion), equivalences),
    Hours: lambda criterion, equivalences, _: HoursGauge(cast(Hours, criterion), equivalences),
    State: lambda criterion, equivalences, _: StateGauge(cast(State, criterion), equivalences),
    AllOf: lambda _, __, inner: AllOfGauge(inner),
    AnyOf: lambda _, __, inner: AnyOfGauge(inner),
    FirstThen: lambda _, __, inner: FirstThenGauge(*inner),
}


def gauge_of(criterion: Criterion, equivalences: Equivalences) -> Gauge:
    """The gauge that measures a criterion, with those of the criteria inside it."""
    inner = tuple(gauge_of(part, equivalences) for _, part in criterion.parts())
    return _GAUGES[type(criterion)](criterion, equivalences, inner)
