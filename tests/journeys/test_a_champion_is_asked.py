"""A receptionist asks a champion in confidence, is answered, and the champion logs the help with two taps."""

from __future__ import annotations

from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World
from tests.rooms.championed import made_champion

_QUESTION = "My smartcard is blocked. Who unblocks it?"


def test_a_question_goes_to_a_champion_and_to_nobody_else(world: World, visit: Visit) -> None:
    cast, now = world.cast, world.work.now
    made_champion(cast.alder, cast.aisha, now)
    tomasz = visit(cast.tomasz, width=PHONE, scripts=False)
    aisha = visit(cast.aisha, width=PHONE)
    ruth = visit(cast.ruth)

    # The receptionist asks. What is missing is said first.
    tomasz.opens("/my/training/").follows("Ask a champion").follows("Ask a question").presses("Send your question")
    tomasz.reads("There is a problem", "Choose what it is about", "Write your question")
    tomasz.chooses("What is it about?", "Smartcards and signing in").writes("What do you want to know?", _QUESTION)
    tomasz.picks("Who may read it?", "Only champions of this topic").presses("Send your question")
    tomasz.reads("Waiting for an answer", f"Only champions of this topic and you read this: {cast.aisha.name} today.")

    # The manager sees that one waits, and not what it is.
    ruth.opens("/practices/A81001/champions/").reads("Smartcards and signing in: 1").misses(_QUESTION).looks()

    # The champion answers, and logs the help: the topic is chosen already.
    aisha.opens("/my/champions/").follows(_QUESTION).writes(
        "Your answer", "Ruth can, with the card in your hand."
    ).looks()
    aisha.presses("Send your answer").reads("It is sent.")
    aisha.opens("/my/champions/help/").picks("What with?", "Smartcards and signing in").looks_at_320()
    aisha.presses("10 minutes").reads("10 minutes are logged.", "1 time, 10 minutes in the last 4 weeks.")

    # The receptionist marks it as solved.
    tomasz.opens("/my/champions/").follows(_QUESTION).reads("Ruth can, with the card in your hand.")
    tomasz.presses("Mark as solved").reads("Your question is marked as solved.")
