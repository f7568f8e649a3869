"""Which subject a name from someone else's list means."""

import pytest

from preceptor.compliance.subjects.domain import (
    Equivalence,
    Level,
    Named,
    NotAllowedError,
    Subject,
    SubjectCode,
    SubjectIndex,
    level_choices,
    named_by,
    plain_name,
    title_of,
)


def _subject(code: str, name: str, *levels: Level, aliases: tuple[str, ...] = ()) -> Subject:
    return Subject(SubjectCode(code), name, "safety", levels, aliases)


INDEX = SubjectIndex(
    [
        _subject("fire-safety", "Fire safety", aliases=("Fire", "37856")),
        _subject("fire-marshal", "Fire marshal", aliases=("Fire warden",)),
        _subject(
            "infection-prevention",
            "Infection prevention and control",
            Level(1, "Level 1: everyone"),
            Level(2, "Level 2: direct care", ("IPC level 2",)),
            aliases=("IPC", "Infection control"),
        ),
        _subject(
            "resuscitation",
            "Resuscitation, adults",
            Level(1, "Level 1"),
            Level(2, "Level 2", ("Adult basic life support",)),
            aliases=("CPR", "BLS"),
        ),
        _subject("resuscitation-children", "Resuscitation, children", Level(2, "Level 2", ("Paediatric BLS",))),
        _subject("safeguarding-adults", "Safeguarding adults", *(Level(n, f"Level {n}") for n in (1, 2, 3))),
        _subject(
            "prevent",
            "Preventing radicalisation",
            Level(1, "Basic awareness", ("Prevent basic awareness",)),
            Level(3, "Awareness (level 3)", ("Prevent awareness",)),
        ),
    ]
)


@pytest.mark.parametrize(
    ("words", "code", "level"),
    [
        ("fire-safety", "fire-safety", 1),
        ("  FIRE   Safety ", "fire-safety", 1),
        ("37856", "fire-safety", 1),
        ("Fire safety training", "fire-safety", 1),
        ("NHS|CSTF|Fire Safety - 2 Years|", "fire-safety", 1),
        ("457|LOCAL|Fire warden|", "fire-marshal", 1),
        ("Fire Safety – Fire Warden", "fire-marshal", 1),
        ("Infection Prevention & Control", "infection-prevention", 1),
        ("IPC", "infection-prevention", 1),
        ("IPC level 2", "infection-prevention", 2),
        ("IPC L2", "infection-prevention", 2),
        ("NHS|CSTF|Infection Prevention and Control - Level 2 - 1 Year|", "infection-prevention", 2),
        ("Infection control: level two", "infection-prevention", 2),
        ("NHS|CSTF|Resuscitation - Level 2 - Adult Basic Life Support - 1 Year|", "resuscitation", 2),
        ("Resuscitation - Level 2 - Paediatric BLS - 1 Year", "resuscitation-children", 2),
        ("NHS|CSTF|Safeguarding Adults (Version 2) - Level 3 - 3 Years|", "safeguarding-adults", 3),
        ("Safeguarding adults level 1 and level 3", "safeguarding-adults", 3),
        ("Preventing Radicalisation - Basic Prevent Awareness - 3 Years", "prevent", 1),
        ("Preventing Radicalisation - Prevent Awareness - 3 Years", "prevent", 3),
    ],
)
def test_a_name_means_a_subject_and_a_level(words: str, code: str, level: int) -> None:
    assert INDEX.named(words) == Named(SubjectCode(code), level)


@pytest.mark.parametrize("words", ["", "|||", "Underwater basket weaving", "Fire saftey", "level 2"])
def test_a_name_nobody_knows_means_nothing(words: str) -> None:
    assert INDEX.named(words) is None


def test_a_level_that_was_said_is_kept_even_if_there_is_none_so_that_it_can_be_refused() -> None:
    assert INDEX.named("Fire safety level 7") == Named(SubjectCode("fire-safety"), 7)


def test_words_in_any_order_never_mean_one_of_two_subjects() -> None:
    index = SubjectIndex([_subject("a", "Safe handling of gas"), _subject("b", "Gas handling, safe")])

    assert index.named("Handling gas safe") is None
    assert index.named("Safe handling of gas") == Named(SubjectCode("a"), 1)


def test_near_names_are_offered_the_nearest_first() -> None:
    assert INDEX.near("Fire saftey")[0] == "Fire safety"
    assert INDEX.near("Underwater basket weaving") == []


def test_a_subject_without_levels_has_level_one_alone() -> None:
    plain = _subject("fire-safety", "Fire safety")

    assert (plain.has(1), plain.has(2), plain.lowest, plain.level_name(1)) == (True, False, 1, "")


@pytest.mark.parametrize(
    ("name", "level", "title"),
    [
        ("Fire safety", "", "Fire safety"),
        ("Safeguarding adults", "Level 3", "Safeguarding adults, level 3"),
        ("Freedom to Speak Up", "Listen Up", "Freedom to Speak Up, Listen Up"),
    ],
)
def test_a_title_names_the_level_as_people_say_it(name: str, level: str, title: str) -> None:
    assert title_of(name, level) == title


def test_impossible_subjects_and_equivalences_are_refused() -> None:
    fire, warden = SubjectCode("fire-safety"), SubjectCode("fire-marshal")

    with pytest.raises(NotAllowedError, match="1 or more"):
        Level(0, "None")
    with pytest.raises(NotAllowedError, match="one level twice"):
        _subject("x", "X", Level(1, "One"), Level(1, "Uno"))
    with pytest.raises(NotAllowedError, match="code and a name"):
        _subject("x", " ")
    with pytest.raises(NotAllowedError, match="already counts as itself"):
        Equivalence(fire, 1, fire, 2)
    with pytest.raises(NotAllowedError, match="1 or more"):
        Equivalence(warden, 0, fire, 1)


def _likely(text: str) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.means.subject, one.means.level, one.words) for one in INDEX.likely(text)]


def test_what_is_likely_is_told_with_the_words_in_common() -> None:
    (first, *_) = INDEX.likely("Fire extinguisher safety webinar")

    assert (first.means, first.title, first.words) == (
        Named(SubjectCode("fire-safety"), 1),
        "Fire safety",
        ("fire", "safety"),
    )
    assert first.name == "Fire safety"


def test_the_level_that_was_said_is_suggested_only_where_there_is_one() -> None:
    assert _likely("Safeguarding our adults level 3")[0] == ("safeguarding-adults", 3, ("safeguarding", "adults"))
    assert _likely("Safeguarding our adults level 9")[0][:2] == ("safeguarding-adults", 1)


def test_words_that_tell_nothing_apart_suggest_nothing() -> None:
    assert _likely("Mandatory annual training update") == []
    assert _likely("Reiki for beginners") == []


def test_at_most_three_things_are_likely_and_the_order_is_always_the_same() -> None:
    assert len(_likely("Fire safeguarding resuscitation infection adults")) == 3
    assert _likely("Fire safeguarding adults") == _likely("Fire safeguarding adults")


def test_a_line_chosen_from_a_list_is_the_subject_and_level_it_names() -> None:
    wards = _subject("infection", "Infection control", Level(2, "Level 2: direct care"))

    assert level_choices([wards, _subject("fire", "Fire safety")]) == [
        ("infection:2", "Infection control, level 2: direct care"),
        ("fire:1", "Fire safety"),
    ]
    assert named_by("infection:2") == Named(SubjectCode("infection"), 2)


def test_names_are_compared_without_case_punctuation_and_spaces() -> None:
    assert plain_name("  Fire – Safety & more ") == plain_name("fire safety AND more")
