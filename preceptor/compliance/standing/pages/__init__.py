"""How a standing is shown, and what the why page shows."""

from .day import AsOf, address, as_of
from .strip import Strip, strip_of
from .tags import BEFORE, CODES, WORDS, date_of, tag_of
from .why import Fact, Hrefs, WhyPage, why_page

__all__ = [
    "BEFORE",
    "CODES",
    "WORDS",
    "AsOf",
    "Fact",
    "Hrefs",
    "Strip",
    "WhyPage",
    "address",
    "as_of",
    "date_of",
    "strip_of",
    "tag_of",
    "why_page",
]
