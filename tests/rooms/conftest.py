"""What every room's tests may ask for."""

import pytest

from tests.cast import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    """Alder Surgery and its people, in an otherwise empty register."""
    return build()
