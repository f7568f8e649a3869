"""The examples of rules that `data/` holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from ..domain.catalogue import read_examples
from ..domain.examples import RuleExample


@cache
def rule_examples() -> tuple[RuleExample, ...]:
    """A rule of each shape, for whoever writes one. They are about nobody, so they need no scope."""
    return read_examples((Path(settings.HOUSE) / "data" / "examples.yaml").read_text("utf-8"))
