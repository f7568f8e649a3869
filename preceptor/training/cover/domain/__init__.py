"""Abilities, the rota, and the gaps in it, as values."""
