"""The gauge of `state`."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.criteria import State

from ..days import Days, contains
from ..ledger import Ledger
from ..steps import Hold
from .gauge import NOTHING_TO_DO, Equivalences, Gauge, Ways


class StateGauge(Gauge):
    """The days of the state."""

    __slots__ = ("state",)

    def __init__(self, criterion: State, equivalences: Equivalences) -> None:
        self.state = criterion.state

    def days(self, ledger: Ledger) -> Days:
        """The days on which the person holds it."""
        return ledger.held(self.state)

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """To hold it."""
        return NOTHING_TO_DO if contains(self.days(ledger), day) else ((Hold(self.state),),)
