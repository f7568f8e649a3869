"""What the why page shows."""

from .strip import Strip, strip_of
from .why import Fact, Hrefs, WhyPage, why_page

__all__ = ["Fact", "Hrefs", "Strip", "WhyPage", "strip_of", "why_page"]
