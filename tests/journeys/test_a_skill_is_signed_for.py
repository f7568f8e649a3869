"""A nurse says what she can do, an assessor signs, and a changed word does not carry the signature."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World
from tests.rooms.skilled import follow_at

_SKILL = "Correct a wrong entry so that both the mistake and the correction can be seen"


def test_a_signature_survives_and_is_not_carried_over(world: World, visit: Visit) -> None:
    cast, now = world.cast, world.work.now
    follow_at(cast.alder, now - timedelta(days=1))
    ruth, helen = visit(cast.ruth), visit(cast.helen)
    aisha = visit(cast.aisha, width=PHONE, scripts=False)

    # The nurse says how well she does it. Nobody here can sign yet.
    aisha.opens("/my/skills/").unfolds("Consultation record").follows(_SKILL)
    aisha.reads("You have not said yet").follows("Say how well you do it").presses("Keep this")
    aisha.reads("There is a problem", "Choose how well you do it now")
    aisha.picks("How well do you do this now?", "I can do it without help")
    aisha.picks("How well do you need to do it?", "Can do").presses("Keep this")
    aisha.reads("Nobody has signed for this yet.").follows("Ask for a signature")
    aisha.reads("Nobody here can sign for this skill yet.")

    # The manager names somebody, and does not see what the nurse said.
    ruth.opens("/").follows("Skills").follows("Consultation record").follows(_SKILL).follows("Who may sign for it")
    ruth.reads("Nobody here can sign for it.").picks("Who may sign for it?", "Dr Helen Marsh, GP partner")
    ruth.writes("What makes them able to?", "Does it every day").presses("Name them")
    ruth.reads("Dr Helen Marsh: named for it by Ruth Okafor")

    # She asks; the assessor signs, after a mistake.
    aisha.opens("/my/skills/").unfolds("Consultation record").follows(_SKILL).follows("Ask for a signature")
    aisha.picks("Whom do you want to ask?", "Dr Helen Marsh").presses("Ask them")
    aisha.reads("Waiting for Dr Helen Marsh")
    helen.opens("/my/skills/").follows("1 colleague’s skill waits for your signature")
    helen.follows(f"Aisha Rahman: {_SKILL}").picks("What is your answer?", "I sign for it")
    helen.presses("Give your answer").reads("There is a problem", "Choose what you saw", "Choose how it was shown")
    helen.picks("How did they show it?", "Seen being done")
    helen.picks("In which system did you see it?", "EMIS Web")
    helen.picks("What did you see?", "Tells the patient where it could have affected them")
    helen.writes("In your own words", "Corrected two entries while I watched.").presses("Give your answer")
    helen.reads("You have signed.", "Nobody waits for your signature.")

    # It is valid. She says something else, and the signature stays under what she said before.
    aisha.opens("/my/skills/").unfolds("Consultation record").reads("1 of 6 in date").follows(_SKILL)
    aisha.reads("is signed for.", "Valid").follows("Say how well you do it now")
    aisha.picks("How well do you do this now?", "I can teach it").presses("Keep this")
    aisha.reads("you have since changed it. What you say now is not signed for.")
    aisha.follows(f"Dr Helen Marsh, {world.today.day} {world.today:%B %Y}")
    aisha.reads("now I can do it without help", "Corrected two entries while I watched.", "Digest of the text")
