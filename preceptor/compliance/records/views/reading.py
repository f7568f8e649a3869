"""Records as people read them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.files import answer_with
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import person_by_id
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain import Entry, RecordId
from .shown import facts_of, file_of, history_of, row_of, title_of_entry, word_of


def mine(request: Request) -> HttpResponse:
    """One's own records."""
    me = own_person(request)
    page = _records_page(
        request,
        me,
        title="My records",
        back=None,
        own=True,
        add_href=reverse("records:add-mine"),
        deciders=tuple(queries.deciders_of(me, request.today)),
    )
    return render(request, page)


def person(request: Request, person: UUID) -> HttpResponse:
    """A person's records, for whoever may see them."""
    scope = request.viewer.scope(Can.SEE_RECORDS)
    holder = person_by_id(scope, PersonId(person))
    may_add = request.viewer.scope(Can.ADD_RECORD)
    page = _records_page(
        request,
        PersonId(holder.pk),
        title=f"Records of {holder}",
        back=None,
        own=request.viewer.person == holder.pk,
        add_href=reverse("records:add", args=[holder.pk]) if may_add else "",
        deciders=(),
    )
    return render(request, page)


def record(request: Request, record: UUID) -> HttpResponse:
    """One record with its history, and what the viewer may do about it."""
    entry = queries.record_by_id(request.viewer.scope(Can.SEE_RECORDS), RecordId(record))
    own = request.viewer.person == entry.person
    may_change = entry.withdrawn is None and not entry.added_elsewhere and _may(request, Can.WITHDRAW_RECORD, entry)
    may_decide = entry.is_waiting and not own and _may(request, Can.DECIDE_RECORDS, entry)
    state, word = word_of(entry)
    back = (
        Link("My records", reverse("records:mine"))
        if own
        else Link(f"Records of {entry.person_name}", reverse("records:person", args=[entry.person]))
    )
    page = pages.RecordPage(
        title=title_of_entry(entry),
        back=back,
        person=entry.person_name,
        own=own,
        state=state,
        word=word,
        facts=facts_of(entry),
        certificate=file_of(entry),
        history=history_of(entry),
        review_href=reverse("records:review", args=[entry.id]) if may_decide else "",
        correct_href=reverse("records:correct", args=[entry.id]) if may_change else "",
        withdraw_href=reverse("records:withdraw", args=[entry.id]) if may_change else "",
        take_back_href=reverse("records:take-back", args=[entry.id]) if own and entry.is_waiting else "",
    )
    return render(request, page)


def certificate(request: Request, record: UUID) -> HttpResponse:
    """The file that came with a record."""
    return answer_with(queries.certificate_of(request.viewer.scope(Can.SEE_RECORDS), RecordId(record)))


def own_person(request: Request) -> PersonId:
    """Who the viewer is. A system account has no records of its own."""
    if request.viewer.person is None:
        raise Http404
    return PersonId(request.viewer.person)


def _may(request: Request, permission: Can, entry: Entry) -> bool:
    return request.viewer.may(permission) and queries.is_visible(request.viewer.scope(permission), entry.id)


def _records_page(
    request: Request,
    person: PersonId,
    *,
    title: str,
    back: Link | None,
    own: bool,
    add_href: str,
    deciders: tuple[str, ...],
) -> pages.RecordsPage:
    entries = queries.records_of(request.viewer.scope(Can.SEE_RECORDS), person)
    return pages.RecordsPage(
        title=title,
        back=back,
        own=own,
        waiting=tuple(row_of(one) for one in entries if one.is_waiting),
        counting=tuple(row_of(one) for one in entries if one.counts),
        others=tuple(row_of(one) for one in entries if not one.is_waiting and not one.counts),
        add_href=add_href,
        deciders=deciders,
    )
