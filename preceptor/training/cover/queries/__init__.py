"""Every read of what is critical, of the rota, and of who covers what."""

from .abilities import abilities_at, ability_choices, names_at, national_names, skill_choices, suggestions
from .covering import counts_beneath, covering_of, covering_of_loaded, reasons_on
from .desks import desk_at
from .rotas import rota_plan, rotas_at, rotas_written, staff_at

__all__ = [
    "abilities_at",
    "ability_choices",
    "counts_beneath",
    "covering_of",
    "covering_of_loaded",
    "desk_at",
    "names_at",
    "national_names",
    "reasons_on",
    "rota_plan",
    "rotas_at",
    "rotas_written",
    "skill_choices",
    "staff_at",
    "suggestions",
]
