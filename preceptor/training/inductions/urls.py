"""Routes about inductions, with their permissions."""

from preceptor.foundation.access import ANYONE, Can
from preceptor.ui.routing import route

from . import views

app_name = "inductions"

_AT = "practices/<str:code>/inductions/"
_ONE = f"{_AT}<uuid:induction>/"
_KEY = f"{_AT}programmes/<slug:key>/"
_MINE = "my/inductions/<uuid:induction>/"

urlpatterns = [
    route(_AT, views.board, name="board", may=Can.SEE_INDUCTIONS),
    route("practices/<str:code>/inductions.csv", views.board_csv, name="csv", may=Can.SEE_INDUCTIONS),
    route(f"{_AT}begin/", views.begin, name="begin", may=Can.RUN_INDUCTIONS),
    route(f"{_AT}start/<uuid:engagement>/", views.start, name="start", may=Can.RUN_INDUCTIONS),
    route(f"{_AT}programmes/", views.programmes, name="programmes", may=Can.SEE_INDUCTIONS),
    route(_KEY, views.programme, name="programme", may=Can.SEE_INDUCTIONS),
    route(f"{_KEY}take/", views.take, name="take", may=Can.EDIT_PROGRAMMES),
    route(f"{_KEY}add/", views.add_item, name="add-item", may=Can.EDIT_PROGRAMMES),
    route(f"{_KEY}<slug:item>/change/", views.change_item, name="change-item", may=Can.EDIT_PROGRAMMES),
    route(f"{_KEY}<slug:item>/drop/", views.drop_item, name="drop-item", may=Can.EDIT_PROGRAMMES),
    route(f"{_AT}texts/<slug:key>/", views.text, name="text", may=Can.SEE_INDUCTIONS),
    route(f"{_AT}texts/<slug:key>/write/", views.write, name="write", may=Can.EDIT_PROGRAMMES),
    route(_ONE, views.course, name="course", may=Can.SEE_INDUCTIONS),
    route(f"{_ONE}plan/", views.plan, name="plan", may=Can.RUN_INDUCTIONS),
    route(f"{_ONE}items/<slug:key>/", views.item, name="item", may=Can.RUN_INDUCTIONS),
    route(f"{_ONE}sign-off/", views.sign, name="sign-off", may=Can.RUN_INDUCTIONS),
    route(f"{_ONE}stop/", views.stop, name="stop", may=Can.RUN_INDUCTIONS),
    route(f"{_ONE}link/", views.link, name="link", may=Can.RUN_INDUCTIONS),
    route(f"{_ONE}link/end/", views.end_link, name="end-link", may=Can.RUN_INDUCTIONS),
    route(_MINE, views.own, name="own", may=Can.FOLLOW_INDUCTION),
    route(f"{_MINE}read/<slug:key>/", views.read, name="read", may=Can.FOLLOW_INDUCTION),
    route(f"{_MINE}done/<slug:key>/", views.done, name="done", may=Can.FOLLOW_INDUCTION),
    route("my/tasks/", views.tasks, name="tasks", may=Can.HELP_INDUCTIONS),
    route("my/tasks/<uuid:induction>/<slug:key>/", views.help_with, name="help", may=Can.HELP_INDUCTIONS),
    route("first-session/<str:token>/", views.pack, name="pack", may=ANYONE),
    route("first-session/<str:token>/<slug:key>/", views.pack_read, name="pack-read", may=ANYONE),
]
