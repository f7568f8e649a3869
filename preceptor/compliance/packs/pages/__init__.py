"""What the pages about packs show."""

from . import downloads
from .offering import ForecastRow, LawRow, NextCheckPage, NextPage, OfferRow, OwnPage, PlaceRow, ReasonRow
from .reaching import AdoptPage, ChangePage, FormPage, LineRow, PackPage, PackRow, PacksPage
from .told import (
    answered_words,
    areas_of_offers,
    change_of,
    pack_row,
    rows_by_state,
    sides,
    state_of_pack,
    versions_told,
)
from .trying import TryPage, told_of

__all__ = [
    "AdoptPage",
    "ChangePage",
    "ForecastRow",
    "FormPage",
    "LawRow",
    "LineRow",
    "NextCheckPage",
    "NextPage",
    "OfferRow",
    "OwnPage",
    "PackPage",
    "PackRow",
    "PacksPage",
    "PlaceRow",
    "ReasonRow",
    "TryPage",
    "answered_words",
    "areas_of_offers",
    "change_of",
    "downloads",
    "pack_row",
    "rows_by_state",
    "sides",
    "state_of_pack",
    "told_of",
    "versions_told",
]
