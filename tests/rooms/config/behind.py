"""What stands behind each door at Alder Surgery: things that exist, and forms filled in so that they do something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from preceptor.compliance.packs.domain import PackId
from preceptor.compliance.packs.queries import packs_at
from preceptor.compliance.records.actions import add_record, pick_names
from preceptor.compliance.records.domain import Achievement, HowKnown
from preceptor.compliance.records.domain.imports import Pick
from preceptor.compliance.requirements.actions import add_source, record_leave
from preceptor.compliance.requirements.domain.decisions import Decision, Eased, Force, NewSource, RequirementId
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.models import Requirement
from preceptor.compliance.rulemaking.actions import save_draft, start_draft
from preceptor.compliance.rulemaking.domain.drafts import DraftId
from preceptor.compliance.rulemaking.domain.questions import ASKED
from preceptor.compliance.rulemaking.queries import draft_of
from preceptor.compliance.subjects.queries import equivalences_approved
from preceptor.foundation.access import EVERYWHERE, Role
from preceptor.foundation.files import hold
from preceptor.register.accounts.actions import give_role
from preceptor.register.accounts.queries import roles_held
from preceptor.register.organisations.actions import start_service, start_system
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import add_state
from preceptor.training.champions.actions import say_step
from preceptor.training.cover.queries import rotas_written
from preceptor.training.inductions.domain.course import InductionId
from preceptor.training.inductions.domain.signing import seal_of
from preceptor.training.inductions.models import Induction
from preceptor.training.inductions.queries import courses_at, programmes_at
from preceptor.training.services.actions import change_supplier, offer_service
from preceptor.training.services.domain.terms import Basis, Product
from preceptor.training.services.models import ServiceTerm
from preceptor.training.skills.domain.reviewing import description_digest
from preceptor.training.skills.queries import framework_of, latest_national
from tests.cast import ALDER, BUILDER
from tests.rooms.championed import SMARTCARDS, championed
from tests.rooms.covered import chosen, on_all_week
from tests.rooms.evidence.made import endorsed_at, seen_at
from tests.rooms.inducted import KEYS, begun_at, ready_at
from tests.rooms.rolled import rolled
from tests.rooms.skilled import FILING, LETTERS, SAID, follow_at, national, spoken_of
from tests.rooms.timed import time_offered
from tests.rooms.workplace import Workplace

Answers = Mapping[str, object]

# Answers, and those that are found out only when they are given: another question of the database each.
_Asked = Mapping[str, object | Callable[[], object]]

# The doors that are about a skill.
_ABOUT_SKILLS: Final = (
    *("skills:assessors", "skills:change", "skills:end-assessor", "skills:own", "skills:rate", "skills:review"),
    *("skills:skill", "skills:take-back"),
)

# The doors that are about a programme of induction.
_ABOUT_PROGRAMMES: Final = (
    *("inductions:add-item", "inductions:change-item", "inductions:drop-item", "inductions:programme"),
)

# A picture of one point.
_PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
_SINCE: Final = Period(date(2024, 1, 1))

_ABOUT_NOTICES: Final = ("rollouts:draft", "rollouts:part", "rollouts:discard")


@dataclass(frozen=True, slots=True)
class Behind:
    """The ids of what stands behind the doors, and those of the doors that are about something else."""

    ids: Mapping[str, object]
    others: Mapping[str, Mapping[str, object]]
    work: Workplace
    begun: InductionId

    def asked(self, door: str, asks: tuple[str, ...]) -> dict[str, object]:
        """What the address of a door asks for."""
        found = {**self.ids, **self.others.get(door.partition(":")[0], {}), **self.others.get(door, {})}
        if door == "inductions:sign-off":
            found["induction"] = _ready(self.work, self.begun)
        return {name: found[name] for name in asks}


def behind(work: Workplace) -> Behind:
    """Alder Surgery's nurse with a task, a state, access, leave and records; the practice with a system and more."""
    aisha, now, alder = work.cast.aisha, work.now, work.cast.alder
    start_system(by=BUILDER, at=now, organisation=alder, system="emis-web", period=_SINCE)
    start_service(by=BUILDER, at=now, organisation=alder, service="online-consultation", period=_SINCE)
    add_state(by=BUILDER, at=now, person=aisha.person, state="enrolled:pcpep", period=_SINCE)
    give_role(by=BUILDER, at=now, engagement=aisha.engagement, role=Role.MANAGER)
    away = Eased(now.date(), "Sabbatical or career break", "Partners’ meeting")
    shown = add_record(
        by=aisha.viewer,
        at=now,
        person=aisha.person,
        achievement=Achievement("display-screen", date(2025, 3, 1)),
        how_known=HowKnown.COPY,
        certificate=hold(_PICTURE, "certificate.png", now),
    )
    accepted = work.did(aisha, "conflict-resolution", date(2025, 3, 1))
    changes = _rollouts(work)
    begun = begun_at(alder, work.cast.helen.engagement, now, work.cast.ruth.person)
    return Behind(
        work=work,
        begun=begun,
        ids={
            "code": ALDER,
            "person": aisha.person,
            "engagement": aisha.engagement,
            "key": "fire-safety",
            "part": "learning",
            "draft": _drafted(work),
            "source": _added(work),
            "number": endorsed_at(alder, now),
            "question": "first-time",
            "pack": _national(work)[0],
            "system": "emis-web",
            "service": "online-consultation",
            "task": "vaccinator",
            "state": "enrolled:pcpep",
            "equivalence": _equivalence(work),
            "adjustment": record_leave(by=BUILDER, at=now, engagement=aisha.engagement, eased=away),
            "held": roles_held(EVERYWHERE, aisha.person)[0].pk,
            "record": work.did(aisha, "fire-safety", date(2025, 3, 1), by=aisha.viewer),
        },
        others={
            "champions": _champions(work),
            "cover": _covered(work),
            "inductions": {"induction": begun, "item": "room"},
            "planner": {"time": time_offered(BUILDER, now, alder, now.date())[0]},
            "rollouts": changes,
            "rollouts:version": {**changes, "number": 1},
            "skills": _skills(work),
            **{door: {"key": FILING} for door in _ABOUT_SKILLS},
            "skills:ask": {"key": SAID},
            "skills:invite": {"key": SAID},
            "skills:log": {"key": LETTERS},
            "champions:toolkit-page": {"key": "helping-well"},
            **{door: {"rollout": changes["notice"], "part": "whom"} for door in _ABOUT_NOTICES},
            **{door: {"key": "receptionist"} for door in _ABOUT_PROGRAMMES},
            **{door: {"key": key} for door, key in KEYS.items()},
            "inductions:take": {"key": "gp"},
            "services:offer": {"service": "video-consultation"},
            "accounts:give-role": {"person": work.cast.tomasz.person},
            "records:certificate": {"record": shown},
            "records:correct": {"record": accepted},
            "records:withdraw": {"record": accepted},
        },
    )


def _skills(work: Workplace) -> dict[str, object]:
    """Alder Surgery follows a framework, and its nurse asked for a signature and has one."""
    follow_at(work.cast.alder, work.now)
    spoken = spoken_of(work, work.cast.alder, work.cast.aisha, work.cast.ruth)
    return {"ask": spoken.ask, "sign_off": spoken.sign_off, "named": spoken.named}


def _supplier_planned(work: Workplace) -> str:
    """Alder Surgery’s online consultation runs on a product, and will on another."""
    if ServiceTerm.objects.filter(organisation_id=work.cast.alder).exists():
        return "yes"
    given: dict[str, Any] = {"by": BUILDER, "at": work.now, "organisation": work.cast.alder}
    given |= {"service": "online-consultation", "decided_by": "Partners’ meeting"}
    offer_service(**given, product=Product("", "Riverbank Consult", Basis.OWN), starts_on=date(2024, 1, 1))
    later = work.now.date() + timedelta(days=20)
    change_supplier(**given, product=Product("accurx", "", Basis.OWN), starts_on=later, different="One list")
    return "yes"


def _description(work: Workplace) -> str:
    """The digest of what the framework that is followed says of filing."""
    latest = latest_national()
    skill = framework_of(latest.id).skill(FILING) if latest else None
    return description_digest(skill) if skill else ""


def _rollouts(work: Workplace) -> dict[str, object]:
    """Alder Surgery's manager has a change to read, about which the receptionist asked something."""
    made = rolled(work.cast.alder, work.now, work.cast.tomasz, {"person": [str(work.cast.ruth.person)]})
    return {
        "rollout": made.rollout,
        "notice": made.draft,
        "file": made.file,
        "question": made.question,
        "step": "read",
    }


def _champions(work: Workplace) -> dict[str, object]:
    """Alder Surgery's GP is a champion whom the nurse asked something, and the receptionist offers to be one.

    The GP agreed the time for it, which the manager may confirm.
    """
    cast = work.cast
    made = championed(cast.alder, work.now, cast.helen, cast.aisha, cast.tomasz)
    say_step(by=cast.helen.viewer, at=work.now, organisation=cast.alder, step="agree-the-time")
    return {"champion": made.champion, "question": made.question, "offer": made.offer, "given": made.given}


def _covered(work: Workplace) -> dict[str, object]:
    """Alder Surgery counts chaperones as critical and has a rota."""
    cast, now, by = work.cast, work.now, work.cast.ruth.viewer
    return {
        "ability": chosen(by, now, cast.alder),
        "rota": on_all_week(by, now, cast.alder, cast.tomasz),
        "on": now.date().isoformat(),
        "session": "morning",
    }


def _ready(work: Workplace, begun: InductionId) -> InductionId:
    """Alder Surgery's GP only wants the signature."""
    helen = work.cast.helen
    work.did(helen, "data-security", work.now.date())
    work.did(helen, "infection-prevention", work.now.date(), level=2)
    return ready_at(work.cast.alder, helen.engagement, begun, work.now)


def _seal(work: Workplace) -> str:
    """What the page to sign holds of the induction that only wants the signature; nothing where there is none."""
    alder, today = work.cast.alder, work.now.date()
    if not Induction.objects.filter(engagement_id=work.cast.helen.engagement, end=None).exists():
        return ""
    found = courses_at(EVERYWHERE, alder, today)
    return next((seal_of(one) for one in found if one.is_ready), "")


def _programme(work: Workplace) -> str:
    """The programme for receptionists, where there are programmes."""
    found = programmes_at(EVERYWHERE, work.cast.alder)
    return next((str(one.id) for one in found if one.programme.key == "receptionist"), "")


def _national(work: Workplace) -> tuple[PackId, int]:
    """The national pack and its latest version."""
    (one,) = packs_at(EVERYWHERE, work.cast.alder, work.now.date())
    return one.pack.id, one.number


def _drafted(work: Workplace) -> DraftId:
    """A draft of the next version of fire safety, ready to be published."""
    ruth, now, alder = work.cast.ruth.viewer, work.now, work.cast.alder
    fire = Requirement.objects.get(owner=alder, key="fire-safety")
    draft = start_draft(by=ruth, at=now, organisation=alder, requirement=RequirementId(fire.pk))
    decided = Decision(Force.LOCAL, "Our building is old.", "Partners’ meeting", date(2026, 1, 5))
    answers = replace(
        draft_of(EVERYWHERE, alder, draft).answers,
        decision=decided,
        starts_on=now.date() + timedelta(days=40),
        transition=AtRenewal(),
        answered=frozenset(ASKED),
    )
    save_draft(by=ruth, at=now, draft=draft, revision=1, answers=answers)
    return draft


def _added(work: Workplace) -> str:
    """A source that Alder Surgery added, and nobody has confirmed."""
    source = NewSource("Fire risk assessment of our building", "Vale Fire Safety", Force.LOCAL)
    return add_source(by=work.cast.ruth.viewer, at=work.now, organisation=work.cast.alder, source=source)


def _equivalence(work: Workplace) -> int:
    """Something that counts as something else everywhere."""
    return next(one.id for one in equivalences_approved())


def _day(name: str, day: date) -> dict[str, object]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _latest() -> str:
    """The latest version of the national framework, where there is one."""
    latest = latest_national()
    return str(latest.id) if latest else ""


def _remembered(work: Workplace) -> str:
    """A name in Alder Surgery's files that somebody said is left out."""
    words = "Team away day"
    pick_names(by=BUILDER, at=work.now, organisation=work.cast.alder, picks={words: (Pick.LEAVE_OUT, None)})
    return words


def filled(work: Workplace, door: str) -> Answers:
    """The answers that do what is done behind a door."""
    asked = forms(work)[door]
    return {name: answer() if callable(answer) else answer for name, answer in asked.items()}


def forms(work: Workplace) -> dict[str, _Asked]:
    """For each door behind which something is done, the answers that would do it."""
    today = work.now.date()
    last = _day("last_on", today + timedelta(days=30))
    first = _day("first_on", today)
    terms = {"role": "receptionist", "kind": "employed"}
    person = {"given_name": "Rosa", "family_name": "Marlow", "email": "rosa.marlow@example.nhs.uk"}
    eased = {**first, "reason": "Other leave", "authority": "Partners’ meeting"}
    record = {
        "subject": "fire-safety:1",
        **_day("on", date(2026, 3, 2)),
        "shows_expiry": "no",
        "kind": "course",
        "how_known": "certificate",
    }

    def fire() -> str:
        return str(Requirement.objects.get(owner=work.cast.alder, key="fire-safety").pk)

    def seen() -> int:
        return _national(work)[1]

    families = [one.key for one in national().framework.families]
    expects = {f"of_{one}": "can" for one in families}
    adopted = {
        "area_clinical": "spirometry",
        **first,
        "decided_by": "Partners’ meeting",
        **_day("decided_on", date(2026, 1, 5)),
        "confirm": "yes",
    }
    covering = {"topics": SMARTCARDS, "hours": "1", "shares_name": "yes"}
    item = {"kind": "shown", "stage": "week", "who": "buddy", "minutes": 5, "reason": "Asked often"}
    return {
        "rollouts:start": {
            "title": "New redaction screen",
            "system": "emis-web",
            **_day("goes_live_on", today),
            "different": "You decide before you file",
        },
        "rollouts:part": {"whom": "everyone"},
        "rollouts:draft": {"revision": "1"},
        "rollouts:discard": {},
        "rollouts:correct": {},
        "rollouts:remind": {},
        "rollouts:decide": {"decision": "no", "reason": "We use something else"},
        "rollouts:yearly": {"is_asked": "yes"},
        "rollouts:rule": {"requirement": ""},
        "rollouts:answer": {"words": "Nothing changes for them"},
        "rollouts:ask": {"words": "Who prints it?"},
        "rollouts:ask-too": {},
        "rollouts:done": {"number": "1"},
        "champions:add": {**covering, "person": str(work.cast.aisha.person), **_day("starts_on", today)},
        "champions:call": {"words": "Two hours a week", "topics": SMARTCARDS, **_day("closes_on", today)},
        "champions:change": {**covering, **last},
        "champions:steps-of": {"step": "agree-the-time"},
        "services:offer": {
            "basis": "own",
            "product": "Riverbank",
            **_day("starts_on", today),
            "decided_by": "Partners",
        },
        "services:supplier": {
            "basis": "own",
            "product": "Riverbank",
            **_day("starts_on", today),
            "decided_by": "Partners",
            "different": "One list for everything",
        },
        "services:stop": last,
        "services:roles": {"roles": "receptionist", "reason": "Only the desk does it"},
        "services:text": {"words": "Until 4 in the afternoon", "links": ""},
        "champions:decide": {**covering, "decision": "yes", **_day("starts_on", today)},
        "inductions:add-item": {**item, "title": "The beep of the front door"},
        "inductions:change-item": {**item, "title": "Room, alarm and exits"},
        "inductions:drop-item": {"words": "There is only one room"},
        "inductions:end-link": {},
        "inductions:item": {"answer": "done", "shown_by": "Karen Doyle", **_day("on", today)},
        "inductions:plan": {"room": "Room 4", **_day("session_on", today), "session_time": "8:30am"},
        "inductions:sign-off": {"words": "Settled in well", "seal": lambda: _seal(work)},
        "inductions:start": {"programme": lambda: _programme(work), "why": "role", **first},
        "inductions:stop": {"words": "Began by mistake"},
        "inductions:take": {},
        "inductions:write": {"title": "What is different here", "lines": "Much", "minutes": 3, "reason": "Asked often"},
        "accounts:change-role": {**terms, **_day("first_on", today + timedelta(days=7))},
        "accounts:close": {},
        "accounts:give-role": {"engagement": str(work.cast.tomasz.engagement), "role": "manager", **first},
        "accounts:invite": {},
        "accounts:open": {},
        "accounts:take-role": last,
        "evidence:endorse": {
            "endorsed_by": "Dr Helen Marsh",
            **_day("endorsed_on", today),
            **_day("review_by", today + timedelta(days=365)),
            "seen": lambda: seen_at(work.cast.alder, work.now),
        },
        "organisations:rename": {"name": "Alder and Ash Surgery"},
        "organisations:start-service": {"code": "video-consultation", **_day("first_on", date(2025, 1, 1))},
        "organisations:start-system": {"code": "systmone", **_day("first_on", date(2025, 1, 1))},
        "organisations:stop-service": last,
        "organisations:stop-system": last,
        "people:add": {**person, **terms, **first},
        "people:add-engagement": {**terms, **first},
        "people:add-state": {"code": "registered:nmc", **first},
        "people:correct": {**terms, **_day("first_on", date(2022, 9, 6))},
        "people:edit": {**person, "given_name": "Aisha", "family_name": "Rahman-Marlow"},
        "people:end-state": last,
        "people:end-task": last,
        "people:give-task": {"code": "fire-marshal", **first},
        "people:import": {"file": SimpleUploadedFile("staff.csv", b"name,role\nAna Lee,receptionist\n")},
        "people:leave": last,
        "people:void": {"reason": "Entered twice"},
        "records:add": record,
        "records:correct": {**record, "reason": "The date was wrong"},
        "records:import": {
            "file": SimpleUploadedFile("records.csv", b"name,course,date\nAisha Rahman,Fire safety,2026-03-02\n"),
            "leave_out_unknown": "no",
        },
        "records:names": {"name": lambda: _remembered(work)},
        "records:review": {"decision": "accept"},
        "records:take-back": {},
        "records:withdraw": {"reason": "Not hers"},
        "packs:adopt": adopted,
        "packs:adopt-pack": adopted,
        "packs:change": {"number": seen},
        "packs:decline": {"number": seen, **last, "reason": "Done by the landlord", "legal_reason": "His duty"},
        "packs:leave": {"number": seen, "reason": "We have another way"},
        "packs:take": {
            "number": seen,
            **_day("first_on", today + timedelta(days=40)),
            "takes_over": "at_renewal",
            "decided_by": "Partners’ meeting",
            **_day("decided_on", date(2026, 1, 5)),
            "after": "1",
            "confirm": "yes",
        },
        "cover:choose": {
            "title": "Vaccinator",
            "task": "vaccinator",
            "least": "1",
            "reason": "Clinics every day",
            **_day("starts_on", today),
        },
        "cover:change": {
            "title": "Chaperoning women",
            "task": "chaperone",
            "least": "1",
            "reason": "Some ask for a woman",
            **_day("starts_on", today),
        },
        "cover:drop": {**last, "reason": "The nurses do it"},
        "cover:rota": {
            "turns": f"{work.cast.tomasz.engagement}:0:morning",
            "how": "1",
            "seen": lambda: str(rotas_written(EVERYWHERE, work.cast.alder, 1)[0].id),
        },
        "cover:undo": {},
        "planner:call-off": {"reason": "Too many away"},
        "planner:offer": {
            **_day("on", today + timedelta(days=9)),
            "starts_at": "1:30pm",
            "ends_at": "4pm",
            "covered_by": "Riverside PCN",
            "times": "2",
        },
        "planner:say": {"done": "home"},
        "skills:add": {
            **expects,
            "title": "Send samples by the van",
            "module": "record-results",
            "look_for": "Packs them\nLabels them\nWrites them down",
            "minutes": 10,
            "reason": "The van comes once a day",
            **_day("starts_on", today),
        },
        "skills:adopt": {
            "version": _latest,
            **_day("starts_on", today),
            "decided_by": "Partners’ meeting",
        },
        "skills:assessors": {"person": str(work.cast.helen.person), "reason": "Does it daily"},
        "skills:change": {**expects, "reason": "Reception does it here", **_day("starts_on", today)},
        "skills:choose": {"modules": ["record-results"], "reason": "To begin with", **_day("starts_on", today)},
        "skills:end-assessor": {},
        "skills:review": {"described": lambda: _description(work), "words": "Files letters daily"},
        "skills:take-back": {},
        "services:call-off": {"planned": lambda: _supplier_planned(work)},
        "skills:sign": {"answer": "not-yet", "statement": "Practise it once more"},
        "rulemaking:check": {"revision": 2, "legal_reason": "Our premises are exempt"},
        "rulemaking:confirm-source": _day("checked_on", today),
        "rulemaking:discard": {"revision": 2},
        "rulemaking:dry-run": {"revision": 2, "number": 2},
        "rulemaking:question": {"revision": 2, "do": "save", "when": "before"},
        "rulemaking:start": {"key": "fire-safety"},
        "requirements:exemption": {**eased, "requirement": fire},
        "requirements:extend": {**eased, "requirements": fire, **_day("until_on", today + timedelta(days=90))},
        "requirements:leave": {**eased, **last},
        "requirements:retire": {**last, "reason": "Merged with another", "legal_reason": "Asked there"},
        "requirements:withdraw-adjustment": {"reason": "They did not go"},
    }
