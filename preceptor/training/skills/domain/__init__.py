"""Skills as values: a framework, its modules and skills, and how they are read from `data/skills/`."""

from .framework import Family, Framework, Level, LevelTerm, Module, Review, Shown, Skill, Variant

__all__ = [
    "Family",
    "Framework",
    "Level",
    "LevelTerm",
    "Module",
    "Review",
    "Shown",
    "Skill",
    "Variant",
]
