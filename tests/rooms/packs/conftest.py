"""What the tests of packs share: the small catalogue, and a network with a pack."""

from tests.rooms.requirements.conftest import loaded, small_catalogue, whole_catalogue

__all__ = ["loaded", "small_catalogue", "whole_catalogue"]
