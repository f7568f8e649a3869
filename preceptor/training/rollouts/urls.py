"""Routes about rollouts, with their permissions."""

from typing import Final

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "rollouts"

_PLACE: Final = "practices/<str:code>/rollouts/"
_DRAFT: Final = f"{_PLACE}drafts/<uuid:rollout>/"
_ONE: Final = f"{_PLACE}<uuid:rollout>/"
_MINE: Final = "my/changes/<str:code>/<uuid:rollout>/"

urlpatterns = [
    route("my/changes/", views.changes, name="changes", may=Can.READ_ROLLOUTS),
    route("my/changes/<str:code>/refresher/", views.refresher, name="refresher", may=Can.READ_ROLLOUTS),
    route(_MINE, views.change, name="change", may=Can.READ_ROLLOUTS),
    route(f"{_MINE}check/", views.check, name="check", may=Can.READ_ROLLOUTS),
    route(f"{_MINE}ask/", views.ask, name="ask", may=Can.READ_ROLLOUTS),
    route(f"{_MINE}questions/<uuid:question>/", views.ask_too, name="ask-too", may=Can.READ_ROLLOUTS),
    route(f"{_MINE}done/<slug:step>/", views.done, name="done", may=Can.READ_ROLLOUTS),
    route("rollouts/", views.across, name="across", may=Can.SEE_SHARES),
    route("rollouts/files/<uuid:file>/", views.file, name="file", may=Can.READ_ROLLOUTS),
    route(_PLACE, views.rollouts, name="rollouts", may=Can.SEE_ROLLOUTS),
    route(f"{_PLACE}start/", views.start, name="start", may=Can.EDIT_ROLLOUTS),
    route(f"{_PLACE}yearly/", views.yearly, name="yearly", may=Can.EDIT_ROLLOUTS),
    route(_DRAFT, views.draft, name="draft", may=Can.EDIT_ROLLOUTS),
    route(f"{_DRAFT}discard/", views.discard, name="discard", may=Can.EDIT_ROLLOUTS),
    route(f"{_DRAFT}<slug:part>/", views.part, name="part", may=Can.EDIT_ROLLOUTS),
    route(_ONE, views.rollout, name="rollout", may=Can.SEE_ROLLOUTS),
    route(f"{_ONE}versions/<int:number>/", views.version, name="version", may=Can.SEE_ROLLOUTS),
    route(f"{_ONE}decide/", views.decide, name="decide", may=Can.EDIT_ROLLOUTS),
    route(f"{_ONE}remind/", views.remind, name="remind", may=Can.EDIT_ROLLOUTS),
    route(f"{_ONE}correct/", views.correct, name="correct", may=Can.EDIT_ROLLOUTS),
    route(f"{_ONE}rule/", views.rule, name="rule", may=Can.EDIT_REQUIREMENTS),
    route(f"{_ONE}questions/<uuid:question>/", views.answer, name="answer", may=Can.EDIT_ROLLOUTS),
]
