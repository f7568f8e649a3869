"""A notice is drafted by the place that tells of it, and by nobody else."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.http import Http404, QueryDict
from django.test import Client
from django.urls import reverse

from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import MEGABYTE, hold, place_of
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.rollouts.actions import add_file, discard_notice, draft_rollout, save_notice
from preceptor.training.rollouts.domain import Notice, RolloutId
from preceptor.training.rollouts.forms import WhomForm
from preceptor.training.rollouts.queries.drafts import draft_of, drafts_of
from tests.cast import ALDER, NOW, Cast, Member, signed_in

pytestmark = pytest.mark.django_db

LIVE = date(2026, 11, 30)


def drafted(place: OrganisationId, member: Member, system: str = "emis-web", audience: object = None) -> RolloutId:
    """A draft of a notice."""
    return draft_rollout(
        by=member.viewer,
        at=NOW,
        organisation=place,
        title="New redaction screen",
        system=system,
        goes_live_on=LIVE,
        different="You decide before you file\n- A reason is asked",
        audience=audience,
    )


def test_a_draft_keeps_what_was_said_and_refuses_who_has_not_seen_it(cast: Cast) -> None:
    rollout = drafted(cast.alder, cast.ruth)
    scope = cast.ruth.viewer.scope(Can.EDIT_ROLLOUTS)
    held = draft_of(scope, cast.alder, rollout)

    second = save_notice(
        by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=1, notice=replace(held.notice, audience="everyone")
    )

    assert held.notice.different == ("You decide before you file", "A reason is asked")
    assert (second, draft_of(scope, cast.alder, rollout).notice.missing) == (2, ())
    with pytest.raises(Refusal, match="while you had it open"):
        save_notice(by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=1, notice=held.notice)
    discard_notice(by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=2)
    assert drafts_of(scope, cast.alder) == []


def test_two_who_have_one_part_open_do_not_overwrite_each_other(cast: Cast, client: Client) -> None:
    rollout = drafted(cast.alder, cast.ruth)
    signed_in(client, cast.ruth)
    for part in ("change", "whom", "do", "material"):
        page = client.get(reverse("rollouts:part", args=[ALDER, rollout, part])).text
        assert 'name="revision" value="1"' in page, part
    here = reverse("rollouts:part", args=[ALDER, rollout, "change"])
    soon = london_date(datetime.now(UTC)) + timedelta(days=14)
    day = {"goes_live_on_day": soon.day, "goes_live_on_month": soon.month, "goes_live_on_year": soon.year}
    first = {"revision": "1", "title": "First", "system": "emis-web", "different": "This", **day}

    long = client.post(here, first | {"different": "word " * 201})
    saved, late = client.post(here, first), client.post(here, first | {"title": "Second"})

    assert "Use 200 words or fewer. There are 201" in long.text
    assert saved.status_code == 302, saved.text
    assert "Nothing of yours was saved" in late.text
    assert 'name="revision" value="1"' in late.text, "to press again does not overwrite it either"
    assert draft_of(EVERYWHERE, cast.alder, rollout).notice.title == "First"


@pytest.mark.parametrize(
    ("said", "chosen", "audience"),
    [
        ({"whom": "everyone"}, "everyone", "everyone"),
        ({"whom": "everyone", "system": "emis-web"}, "everyone", {"system": ["emis-web"]}),
        ({"whom": "some", "role": "receptionist"}, "some", {"role": ["receptionist"]}),
        (
            {"whom": "some", "role": "receptionist", "other_role": "cleaner"},
            "some",
            {"role": ["receptionist", "cleaner"]},
        ),
        (
            {"whom": "some", "role": "receptionist", "staff_group": "gp", "system": "emis-web"},
            "some",
            {"all": [{"any": [{"role": ["receptionist"]}, {"staff_group": ["gp"]}]}, {"system": ["emis-web"]}]},
        ),
        ({"whom": "kept"}, "kept", {"any": [{"role": ["receptionist"]}, {"system": ["emis-web"]}]}),
    ],
)
def test_whom_it_is_for_is_shown_again_as_it_was_said(said: dict[str, str], chosen: str, audience: object) -> None:
    lists = {
        "role": [("receptionist", "Receptionist (4)")],
        "other_role": [("cleaner", "Cleaner")],
        "staff_group": [("gp", "GPs")],
        "system": [("emis-web", "E")],
    }
    before = Notice("It", "emis-web", LIVE, audience=audience if chosen == "kept" else None)

    built = WhomForm(QueryDict(urlencode(said)), notice=before, lists=lists, as_it_is="").value()

    assert built is not None
    assert built.audience == audience
    again = WhomForm(None, notice=built, lists=lists, as_it_is="")
    shown = {key: again.initial.get(key) or again.fields[key].initial for key in said}
    assert shown == {key: value if key == "whom" else [value] for key, value in said.items()}


def _picture(width: int, height: int) -> bytes:
    """A sound picture of one colour, small as a file however large it is on a screen."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_a_picture_too_large_to_open_on_a_phone_is_refused_and_not_kept(cast: Cast) -> None:
    rollout = drafted(cast.alder, cast.ruth)

    def add(content: bytes) -> None:
        file = hold(content, "screen.png", NOW)
        add_file(by=cast.ruth.viewer, at=NOW, rollout=rollout, revision=1, file=file, words="The new button")

    for content, refusal in (
        (_picture(20_000, 19_000), "megapixels"),
        (bytes(6 * MEGABYTE), "smaller than 5 MB"),
        (b"Words alone", "must be a PNG or JPEG picture, or a PDF. “screen.png” is not$"),
    ):
        with pytest.raises(Refusal, match=refusal):
            add(content)
        assert not place_of(hashlib.sha256(content).hexdigest()).exists()
    add(_picture(800, 600))

    assert len(draft_of(EVERYWHERE, cast.alder, rollout).notice.attachments) == 1


def test_a_draft_is_refused_a_system_or_an_audience_that_is_none(cast: Cast) -> None:
    with pytest.raises(Refusal, match="system from the list"):
        drafted(cast.alder, cast.ruth, system="pigeon-post")
    with pytest.raises(Refusal, match="who it is for"):
        drafted(cast.alder, cast.ruth, audience={"colour": ["blue"]})


def test_another_place_has_no_such_draft(cast: Cast) -> None:
    rollout = drafted(cast.alder, cast.ruth)

    with pytest.raises(Http404):
        drafted(cast.birch, cast.ruth)
    with pytest.raises(Http404):
        discard_notice(by=cast.nadia.viewer, at=NOW, rollout=rollout, revision=1)
