"""What the tests of packs share: the small catalogue, and a network with a pack."""

import pytest

from preceptor.compliance.packs.domain import PackId
from tests.rooms.packs.made import follows, published
from tests.rooms.requirements.conftest import loaded, small_catalogue, whole_catalogue
from tests.rooms.workplace import Workplace

__all__ = ["loaded", "small_catalogue", "whole_catalogue"]


@pytest.fixture
def changed(work: Workplace) -> PackId:
    """The pack in two versions, the first of which Alder and Birch follow."""
    pack = published(work)
    follows(work, work.cast.ruth, work.cast.alder, pack)
    follows(work, work.cast.lorna, work.cast.birch, pack)
    return published(work, changed=True)
