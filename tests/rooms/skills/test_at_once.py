"""Two signatures at once make no circle: the test commits, and its database is emptied after it."""

from __future__ import annotations

import pytest

from preceptor.foundation.actions import Refusal
from preceptor.training.skills.actions import not_yet
from preceptor.training.skills.models import SignOff
from tests.cast import build
from tests.rooms import workplace
from tests.rooms.at_once import meanwhile
from tests.rooms.skilled import FILING, Skilled, follow


@pytest.fixture
def skilled(transactional_db: None) -> Skilled:
    """Alder Surgery and its framework, seen by every connection."""
    return follow(workplace.build(build()))


def test_two_who_sign_for_each_other_at_once_are_one_too_many(skilled: Skilled) -> None:
    aisha, helen = skilled.cast.aisha, skilled.cast.helen
    for member in (aisha, helen):
        skilled.names(member, FILING)
        skilled.says(member, FILING)
    skilled.says(skilled.cast.tomasz, FILING)
    asked = skilled.asks(skilled.cast.tomasz, FILING, helen)
    one, other = skilled.asks(aisha, FILING, helen), skilled.asks(helen, FILING, aisha)

    (second,) = meanwhile(lambda: skilled.signs(helen, one), lambda: skilled.signs(aisha, other))

    assert isinstance(second, Refusal)
    assert "rests on Dr Helen Marsh" in second.message
    assert [row.person_id for row in SignOff.objects.all()] == [aisha.person]
    (late,) = meanwhile(
        lambda: skilled.signs(helen, asked),
        lambda: not_yet(by=helen.viewer, at=skilled.now, ask=asked, words="Practise first"),
    )
    assert isinstance(late, Refusal)
    assert "answered already" in late.message
