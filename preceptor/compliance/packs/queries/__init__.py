"""Every read of packs."""

from .answers import declined_by_law, notices, waiting_at, waiting_notices
from .following import PlaceOn, names_known, places_on
from .offered import offerable, own_pack, own_rule, pack_named, packs_reaching, versions_of
from .picture import pack_at, packs_at
from .trying import Adopting, Forecast, Tried, adopting, forecasts, trial_of, try_at

__all__ = [
    "Adopting",
    "Forecast",
    "PlaceOn",
    "Tried",
    "adopting",
    "declined_by_law",
    "forecasts",
    "names_known",
    "notices",
    "offerable",
    "own_pack",
    "own_rule",
    "pack_at",
    "pack_named",
    "packs_at",
    "packs_reaching",
    "places_on",
    "trial_of",
    "try_at",
    "versions_of",
    "waiting_at",
    "waiting_notices",
]
