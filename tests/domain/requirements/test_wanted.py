"""What a requirement wants recorded, in an address."""

from preceptor.compliance.requirements.domain.criteria import Ask, read_criterion
from preceptor.compliance.requirements.domain.wanted import in_address


def _asked(value: object) -> tuple[Ask, ...]:
    return read_criterion(value).asked()


def test_a_criterion_says_each_record_it_asks_for_once() -> None:
    asked = _asked(
        {
            "any_of": [
                {"achieved": {"subject": "update", "months": 36}},
                {"count": {"subject": "samples", "level": 2, "kinds": ["log"], "at_least": 20, "months": 12}},
                {"hours": {"subjects": ["theory", "update"], "minutes": 60, "months": 36}},
                {"state": {"state": "on-the-register"}},
            ]
        }
    )

    assert asked == (Ask("update"), Ask("samples", 2, ("log",)), Ask("theory"))


def test_subjects_come_with_the_level_that_would_do() -> None:
    assert in_address([Ask("resuscitation", 2), Ask("anaphylaxis")]) == [
        ("subject", "resuscitation:2"),
        ("subject", "anaphylaxis:1"),
    ]


def test_a_kind_comes_along_only_when_it_would_do_for_all_that_name_kinds() -> None:
    assessed = Ask("record-access", 3, ("assessment", "sign-off"))

    assert in_address([assessed])[1:] == [("kind", "assessment")]
    assert in_address([assessed, Ask("referrals", 3, ("sign-off",))])[2:] == [("kind", "sign-off")]
    assert in_address([assessed, Ask("update", 1, ("course",))])[2:] == []
    assert in_address([]) == []
