"""Every read of rollouts: notices, who takes them over, who is ready, and what is asked."""

from .drafts import draft_of, drafts_of, file_of
from .places import (
    AtPlace,
    RuleMade,
    corrections_of,
    decisions_on,
    followed_at,
    refreshers_at,
    rollout_at,
    rollouts_at,
    rules_of,
    system_names,
)
from .questions import question_on, questions_on, unanswered_at
from .standing import (
    OwnChange,
    OwnRefresher,
    Step,
    live_at,
    own_change,
    own_changes,
    own_refreshers,
    readiness_across,
    readiness_at,
    reminded_on,
    touched_by,
)

__all__ = [
    "AtPlace",
    "OwnChange",
    "OwnRefresher",
    "RuleMade",
    "Step",
    "corrections_of",
    "decisions_on",
    "draft_of",
    "drafts_of",
    "file_of",
    "followed_at",
    "live_at",
    "own_change",
    "own_changes",
    "own_refreshers",
    "question_on",
    "questions_on",
    "readiness_across",
    "readiness_at",
    "refreshers_at",
    "reminded_on",
    "rollout_at",
    "rollouts_at",
    "rules_of",
    "system_names",
    "touched_by",
    "unanswered_at",
]
