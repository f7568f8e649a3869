"""The tables of oversight, room by room."""

from .evidence.models import EndorsedAnalysis

__all__ = ["EndorsedAnalysis"]
