"""Drafts at Alder Surgery, and short ways to answer their questions as a browser does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.compliance.rulemaking.actions import publish_draft, save_draft, start_draft
from preceptor.compliance.rulemaking.domain.answers import Answers
from preceptor.compliance.rulemaking.domain.drafts import Draft, DraftId
from preceptor.compliance.rulemaking.queries import draft_of
from preceptor.foundation.access import EVERYWHERE
from tests.cast import ALDER, Member
from tests.rooms.workplace import Workplace

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW_YEAR = date(2027, 1, 1)
COMING = date(datetime.now(UTC).year + 1, 1, 1)  # for pages, which go by the clock


def days(name: str, day: date) -> dict[str, str]:
    """A day as its three boxes send it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


DECIDED = {
    "basis": "local",
    "rationale": "Our building is old.",
    "rows": "1",
    "decided_by": "Partners’ meeting",
    **days("decided_on", date(2026, 11, 16)),
}
EARLY = {"early0": "60", "expiry0": "cap", "notice": "60", "back": "28"}


@dataclass(frozen=True, slots=True)
class Desk:
    """The workplace with a draft on Ruth's desk."""

    work: Workplace

    def start(self, key: str | None = "fire-safety", by: Member | None = None) -> DraftId:
        """Ruth starts a draft of a requirement's next version, or of a new requirement."""
        alder = self.work.cast.alder
        requirement = requirement_by_key(EVERYWHERE, alder, key).id if key else None
        member = by or self.work.cast.ruth
        return start_draft(by=member.viewer, at=AT, organisation=alder, requirement=requirement)

    def draft(self, draft: DraftId | UUID) -> Draft:
        """The draft as it is now."""
        return draft_of(EVERYWHERE, self.work.cast.alder, draft)

    def answer(self, draft: DraftId, change: Callable[[Answers], Answers]) -> int:
        """Ruth changes the answers."""
        now = self.draft(draft)
        ruth = self.work.cast.ruth.viewer
        return save_draft(by=ruth, at=AT, draft=draft, revision=now.revision, answers=change(now.answers))

    def seen(self, draft: DraftId) -> dict[str, int]:
        """What the page of the dry run sends when it is published: the draft as it is now, and its number."""
        now = self.draft(draft)
        return {"revision": now.revision, "number": now.number}

    def publish(self, draft: DraftId, revision: int) -> int:
        """Ruth publishes a draft as the number it would have now."""
        ruth, number = self.work.cast.ruth.viewer, self.draft(draft).number
        return publish_draft(by=ruth, at=AT, draft=draft, revision=revision, number=number)

    def address(self, draft: DraftId, page: str = "") -> str:
        """Where a page of a draft is."""
        return f"/practices/{ALDER}/rules/{draft}/{f'{page}/' if page else ''}"

    def send(self, client: Client, draft: DraftId, question: str, answers: Mapping[str, object]) -> str:
        """Sends the answers of a question, and hands back where that leads, or the page with what is wrong."""
        given: dict[str, object] = {"revision": self.draft(draft).revision, "do": "save", **answers}
        response = client.post(self.address(draft, question), given)
        return response["Location"] if response.status_code == 302 else response.content.decode()


@pytest.fixture
def desk(work: Workplace) -> Desk:
    """Alder Surgery at work, with nothing drafted."""
    return Desk(work)
