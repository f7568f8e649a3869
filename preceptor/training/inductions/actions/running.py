"""Everything that happens in an induction: it begins, things are shown and read, and somebody else signs it off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.records.actions import add_record, withdraw_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId, RecordKind
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import supersede
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import EngagementId, PersonId
from preceptor.register.people.queries import engagement_by_id, works_within

from ..domain.course import WHYS, Course, Ending, Entry, InductionId, Outcome, Plan, State
from ..domain.programme import ItemKind, ProgrammeId, Who
from ..domain.rules import about
from ..domain.signing import digest_of, left_words, seal_of, text_of
from ..domain.texts import TextId
from ..models import Induction, InductionEnd, InductionLink, InductionPlan, InductionStep
from ..queries.courses import course_by_token, course_of, courses_helped, own_course
from ..queries.programmes import programmes_at

LINK_AFTER: Final = timedelta(days=7)  # how long after the first day a link still opens
_BY_HAND: Final = {ItemKind.SHOWN, ItemKind.SKILLS}


@action("induction.started", may=Can.RUN_INDUCTIONS)
def start_induction(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    engagement: EngagementId,
    programme: ProgrammeId,
    first_on: date,
    why: str,
    plan: Plan,
) -> InductionId:
    """Begins somebody's induction by the version of a programme that the place goes by now.

    Refuses a day on which they do not work here, and a second one for the same start.
    """
    place = organisation_by_id(by.scope(Can.RUN_INDUCTIONS), organisation)
    term = engagement_by_id(Scope(frozenset({place.pk})), engagement)
    if programme not in {one.id for one in programmes_at(Scope(frozenset({place.pk})), place.pk)}:
        raise Refusal("Choose a programme from the list", field="programme")
    if why not in WHYS:
        raise Refusal("Say why it begins", field="why")
    starts_on = term.starts_on or date.min
    if first_on < starts_on or (term.ends_on and first_on >= term.ends_on):
        raise Refusal("The first day must be one on which they work here", field="first_on")
    lock(PersonId(term.engagement.person_id))
    if Induction.objects.filter(engagement_id=engagement, end=None).exists():
        raise Refusal("They are in induction for this already")
    row = Induction.objects.create(
        person_id=term.engagement.person_id,
        engagement_id=engagement,
        organisation_id=place.pk,
        programme_id=programme,
        why=why,
        first_on=first_on,
        at=at,
        by=by.user,
        by_name=by.name,
    )
    _plan(by, at, row, plan)
    return InductionId(row.pk)


@action("induction.planned", may=Can.RUN_INDUCTIONS)
def plan_induction(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, plan: Plan
) -> None:
    """Says who helps, and when and where it begins. What was planned before stays in the history."""
    course = _managed(by, at, organisation, induction)
    row = Induction.objects.get(pk=course.begun.id)
    supersede(InductionPlan.objects.filter(induction=row), at)
    _plan(by, at, row, plan)


@action("induction-item.ticked", may=Can.RUN_INDUCTIONS)
def tick_off(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    induction: InductionId,
    item: str,
    on: date,
    shown_by: str,
    note: str = "",
) -> None:
    """Ticks off what was shown or done, with who showed it. Some items write a record to the ledger.

    Refuses one's own, what is judged from records, skills that somebody signs for, and what only the person can accept.
    """
    course = _managed(by, at, organisation, induction)
    _refuse_own(by, course)
    entry = _open(course, item, _BY_HAND)
    _refuse_unsigned(entry)
    _refuse_day(course, on, at)
    if not shown_by.strip():
        raise Refusal("Say who showed it", field="shown_by")
    record = _record(by, at, course, entry.item.subject, on, entry.item.title) if entry.item.subject else None
    _step(by, at, course, entry, on, shown_by=shown_by.strip(), note=note.strip(), record=record)


@action("induction-item.done", may=Can.FOLLOW_INDUCTION)
def own_done(*, by: Viewer, at: datetime, induction: InductionId, item: str, on: date, shown_by: str) -> None:
    """Says of one's own induction that something of one's own was done. Others' tasks are theirs to tick off."""
    course = _own(by, at, induction)
    entry = _open(course, item, {ItemKind.SHOWN})
    if entry.item.who is not Who.PERSON:
        raise Refusal("Whoever shows you this ticks it off")
    _refuse_day(course, on, at)
    _step(by, at, course, entry, on, shown_by=shown_by.strip())


@action("induction-item.helped", may=Can.HELP_INDUCTIONS)
def help_done(*, by: Viewer, at: datetime, induction: InductionId, item: str, on: date, note: str = "") -> None:
    """Ticks off what one shows as the buddy or for IT. What is for others does not exist."""
    course = _helped(by, at, induction)
    entry = next((one for one in course.tasks_of(by.person or UUID(int=0)) if one.item.key == item), None)
    if entry is None or entry.item.kind not in _BY_HAND:
        raise Refusal("This is not one of your tasks")
    if not entry.is_left:
        raise Refusal("This is ticked off already")
    _refuse_unsigned(entry)
    _refuse_day(course, on, at)
    _step(by, at, course, entry, on, shown_by=by.name, note=note.strip())


@action("induction-text.accepted", may=Can.FOLLOW_INDUCTION)
def accept(*, by: Viewer, at: datetime, induction: InductionId, item: str, text: TextId) -> None:
    """Accepts a text in exactly the version that was read. Refuses one that is not in use any more."""
    _accept(by, at, _own(by, at, induction), item, text)


@action("induction-text.accepted-by-link", may=Can.FOLLOW_INDUCTION, private=("token",))
def accept_by_link(*, by: Viewer, at: datetime, token: str, item: str, text: TextId) -> None:
    """Accepts a text as whoever the link was given to."""
    _held(course_by_token(token, london_date(at)).begun.id)
    _accept(by, at, course_by_token(token, london_date(at)), item, text)


@action("induction-item.set-aside", may=Can.RUN_INDUCTIONS)
def set_aside(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, item: str, reason: str
) -> None:
    """Leaves an item out of one induction, and says why. Refuses what is in every programme, and training."""
    course = _managed(by, at, organisation, induction)
    _refuse_own(by, course)
    entry = _open(course, item, {*_BY_HAND, ItemKind.READ})
    if entry.item.stays:
        raise Refusal("This is in every programme and cannot be left out")
    if not reason.strip():
        raise Refusal("Say why it is left out", field="note")
    _step(by, at, course, entry, london_date(at), outcome=Outcome.ASIDE, note=reason.strip())


@action("induction-item.undone", may=Can.RUN_INDUCTIONS)
def undo(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, item: str, reason: str
) -> None:
    """Takes back a tick or a leaving out that was wrong. Both stay in the history; its record is withdrawn."""
    course = _managed(by, at, organisation, induction)
    _refuse_own(by, course)
    entry = course.entry(item)
    if entry is None or entry.step is None or entry.state not in {State.DONE, State.ASIDE}:
        raise Refusal("There is nothing to take back")
    if not reason.strip():
        raise Refusal("Say what was wrong", field="note")
    last = InductionStep.objects.filter(induction_id=course.begun.id, item=item).order_by("-at", "-pk").first()
    if last and last.record_id:
        withdraw_record(by=by, at=at, record=RecordId(last.record_id), reason=reason.strip())
    _step(by, at, course, entry, london_date(at), outcome=Outcome.UNDONE, note=reason.strip())


@action("induction.signed-off", may=Can.RUN_INDUCTIONS)
def sign_off(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, statement: str, seal: str
) -> None:
    """Signs an induction off under exactly what was shown, read and known, and writes the record of it.

    Refuses one's own, one in which something is left to do, and what is not what somebody looked at, by its seal.
    """
    place = organisation_by_id(by.scope(Can.RUN_INDUCTIONS), organisation)
    course = _managed(by, at, organisation, induction)
    _refuse_own(by, course)
    if by.person is None:
        raise Refusal("Only a person can sign")
    if not course.is_ready:
        raise Refusal(left_words(course))
    if course.on > london_date(at):
        raise Refusal("The first day is still ahead")
    if seal_of(course) != seal:
        raise Refusal("Something changed while you looked. Look at the list again, then sign")
    if not statement.strip():
        raise Refusal("Say how it went, in your own words", field="statement")
    today = london_date(at)
    text = text_of(course, place.name, statement.strip(), by.name, today)
    completes = course.begun.programme.completes
    record = _record(by, at, course, completes, today, f"Induction: {course.begun.programme.title}")
    _end(by, at, course, Ending.SIGNED, statement.strip(), text, record)


@action("induction.stopped", may=Can.RUN_INDUCTIONS)
def stop_induction(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, reason: str
) -> None:
    """Ends an induction that is not finished, with the reason. What was shown and read stays."""
    course = _managed(by, at, organisation, induction)
    _refuse_own(by, course)
    if not reason.strip():
        raise Refusal("Say why it stops", field="reason")
    _end(by, at, course, Ending.STOPPED, reason.strip(), f"Stopped by {by.name}: {reason.strip()}", None)


@action("induction-link.made", may=Can.RUN_INDUCTIONS)
def make_link(
    *, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId, link_sha256: str
) -> None:
    """Lets a link open what is needed before the first day, until a week after it. One made before stops working.

    The word itself is shown once and kept nowhere.
    """
    course = _managed(by, at, organisation, induction)
    supersede(InductionLink.objects.filter(induction_id=course.begun.id), at)
    InductionLink.objects.create(
        induction_id=course.begun.id,
        link_sha256=link_sha256,
        expires_on=max(course.begun.first_on, london_date(at)) + LINK_AFTER,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


@action("induction-link.ended", may=Can.RUN_INDUCTIONS)
def end_link(*, by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId) -> None:
    """Stops the link from opening anything."""
    course = _managed(by, at, organisation, induction)
    supersede(InductionLink.objects.filter(induction_id=course.begun.id), at)


def _managed(by: Viewer, at: datetime, organisation: OrganisationId, induction: InductionId) -> Course:
    """An induction that goes on at a place one may run it at, held until the action is over."""
    place = organisation_by_id(by.scope(Can.RUN_INDUCTIONS), organisation)
    return _going_on(course_of(Scope(frozenset({place.pk})), place.pk, _held(induction), london_date(at)))


def _own(by: Viewer, at: datetime, induction: InductionId) -> Course:
    if by.person is None:
        raise Refusal("Only a person can say this")
    return _going_on(own_course(by.person, _held(induction), london_date(at)))


def _helped(by: Viewer, at: datetime, induction: InductionId) -> Course:
    if by.person is None:
        raise Refusal("Only a person can say this")
    _held(induction)
    found = courses_helped(by.scope(Can.HELP_INDUCTIONS), by.person, london_date(at))
    course = next((one for one in found if one.begun.id == induction), None)
    if course is None:
        raise Refusal("You do not help in this induction")
    return _going_on(course)


def _held(induction: InductionId) -> InductionId:
    """The induction, held until the action is over, before it is read: two ticks at once wait for each other."""
    Induction.objects.select_for_update().filter(pk=induction).first()
    return induction


def _going_on(course: Course) -> Course:
    concerning(course.begun.organisation)
    if course.begun.ended:
        raise Refusal("This induction has ended")
    return course


def _open(course: Course, item: str, kinds: set[ItemKind]) -> Entry:
    entry = course.entry(item)
    if entry is None or entry.item.kind not in kinds:
        raise Refusal("This cannot be ticked off by hand")
    if not entry.is_left:
        raise Refusal("This is done already")
    return entry


def _accept(by: Viewer, at: datetime, course: Course, item: str, text: TextId) -> None:
    _going_on(course)
    entry = _open(course, item, {ItemKind.READ})
    if entry.text is None or entry.text.id != text:
        raise Refusal("There is a newer version by now. Read it, then accept that one")
    _step(by, at, course, entry, london_date(at))


def _refuse_own(by: Viewer, course: Course) -> None:
    """Refuses one's own induction, and an account of nobody, of which nobody could tell whether it is its own."""
    if by.person is None and not by.system:
        raise Refusal("Only a person can say this. Your account is not that of anybody who works in a practice")
    if by.person == course.begun.person:
        raise Refusal("Nobody does this in their own induction. Ask another manager")


def _refuse_unsigned(entry: Entry) -> None:
    """Skills that are asked of somebody are done when an assessor has signed for each: a tick is no signature."""
    if not entry.is_by_hand:
        raise Refusal(f"Skills are not ticked off. {entry.skills_words}")


def _refuse_day(course: Course, on: date, at: datetime) -> None:
    if on > london_date(at):
        raise Refusal("The date must be today or in the past", field="on")
    if on < course.begun.first_on - timedelta(days=60):
        raise Refusal("The date is long before the first day", field="on")


def _record(by: Viewer, at: datetime, course: Course, subject: str, on: date, title: str) -> RecordId | None:
    """The record in the ledger; none when it is there already."""
    achievement = Achievement(subject, on, kind=RecordKind.SESSION, title=title, provider=by.name)
    try:
        return add_record(
            by=by, at=at, person=PersonId(course.begun.person), achievement=achievement, how_known=HowKnown.OBSERVED
        )
    except Refusal as refused:
        if refused.field == "on":
            return None
        raise


def _step(
    by: Viewer,
    at: datetime,
    course: Course,
    entry: Entry,
    on: date,
    *,
    outcome: Outcome = Outcome.DONE,
    shown_by: str = "",
    note: str = "",
    record: RecordId | None = None,
) -> None:
    InductionStep.objects.create(
        induction_id=course.begun.id,
        item=entry.item.key,
        about=about(entry.item, entry.text),
        text_id=entry.text.id if entry.text else None,
        outcome=outcome.value,
        on=on,
        shown_by=shown_by,
        note=note,
        record_id=record,
        at=at,
        by=by.user,
        by_name=by.name,
    )


def _end(
    by: Viewer, at: datetime, course: Course, ending: Ending, statement: str, text: str, record: RecordId | None
) -> None:
    InductionEnd.objects.create(
        induction_id=course.begun.id,
        person_id=course.begun.person,
        ending=ending.value,
        signer_id=by.person if ending is Ending.SIGNED else None,
        statement=statement,
        content=text,
        sha256=digest_of(text),
        record_id=record,
        on=london_date(at),
        at=at,
        by=by.user,
        by_name=by.name,
    )
    supersede(InductionLink.objects.filter(induction_id=course.begun.id), at)


def _plan(by: Viewer, at: datetime, row: Induction, plan: Plan) -> None:
    here = Scope(frozenset({row.organisation_id}))
    for helper, field in ((plan.buddy, "buddy"), (plan.it, "it")):
        if helper == row.person_id:
            raise Refusal("Choose somebody else: nobody shows things to themselves", field=field)
        if helper and not works_within(here, PersonId(helper), london_date(at)):
            raise Refusal("Choose somebody who works here", field=field)
    if plan.session_time and not plan.session_on:
        raise Refusal("Enter the day of the first session too", field="session_on")
    if plan.log_in_time and not plan.log_in_on:
        raise Refusal("Enter the day of the first log-in too", field="log_in_on")
    if plan.log_in_on and plan.session_on and plan.log_in_on > plan.session_on:
        raise Refusal("The first log-in must not come after the first session", field="log_in_on")
    term = engagement_by_id(here, EngagementId(row.engagement_id))
    for on, field in ((plan.log_in_on, "log_in_on"), (plan.session_on, "session_on")):
        if on and term.ends_on and on >= term.ends_on:
            raise Refusal("They work here no more on this day", field=field)
    InductionPlan.objects.create(
        induction=row,
        buddy_id=plan.buddy,
        it_id=plan.it,
        log_in_on=plan.log_in_on,
        log_in_time=plan.log_in_time,
        session_on=plan.session_on,
        session_time=plan.session_time,
        room=plan.room.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
