"""HTTP in, one picture of the cover, page out."""

from .reading import ability, across, cover, cover_csv, session
from .writing import change, choose, drop, rota, rota_check, rota_import, undo

__all__ = [
    "ability",
    "across",
    "change",
    "choose",
    "cover",
    "cover_csv",
    "drop",
    "rota",
    "rota_check",
    "rota_import",
    "session",
    "undo",
]
