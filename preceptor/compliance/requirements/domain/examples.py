"""Examples of rules, one or more for each shape a rule can have, for whoever writes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .audience import Audience
from .criteria import Criterion


class Shape(StrEnum):
    """The shapes a rule can have. One rule may have several; an example stands for one of them."""

    INTERVAL = "interval"
    ROLLING_WINDOW = "rolling-window"
    COUNT = "count"
    HOURS = "hours"
    DEADLINE = "deadline"
    ONCE = "once"
    PARTS = "parts"
    SIGN_OFF = "sign-off"
    ASSESSMENT_FIRST = "assessment-first"
    LOCAL_CHOICE = "local-choice"
    STATE = "state"


SHAPE_NAMES: Final[Mapping[Shape, str]] = {
    Shape.INTERVAL: "Every so many months",
    Shape.ROLLING_WINDOW: "Within the last so many months",
    Shape.COUNT: "So many records in a time",
    Shape.HOURS: "Hours in a time, some of them with others",
    Shape.DEADLINE: "Within so many days of something",
    Shape.ONCE: "Once",
    Shape.PARTS: "Several parts, all of them",
    Shape.SIGN_OFF: "Signed off, with numbers",
    Shape.ASSESSMENT_FIRST: "Assessment first, training only if needed",
    Shape.LOCAL_CHOICE: "Your own choice, with a reason",
    Shape.STATE: "Holding a state, such as a registration",
}


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A worked rule of one shape: whom it is for, how it is met and by when, and the requirement it is taken from.

    `changes` says what a practice made of that requirement and why; empty when this is the requirement's own rule.
    """

    key: str
    shape: Shape
    title: str
    tells: str
    requirement: str
    audience: Audience
    met_by: Criterion
    first_due_days: int | None
    changes: str = ""
