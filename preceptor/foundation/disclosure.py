"""How few people a figure may be about before it could point at one of them."""

from __future__ import annotations

from typing import Final

# Figures about fewer people are held back from whoever may not see the people themselves.
FEWEST: Final = 5
