"""Routes of people, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "people"

_ONE = "people/<uuid:person>/"
_ENGAGEMENT = f"{_ONE}engagements/<uuid:engagement>/"

urlpatterns = [
    route("practices/<str:code>/people/", views.people, name="people", may=Can.SEE_PEOPLE),
    route("practices/<str:code>/people/add/", views.add, name="add", may=Can.EDIT_PEOPLE),
    route("practices/<str:code>/people/import/", views.import_file, name="import", may=Can.IMPORT),
    route("practices/<str:code>/people/import/check/", views.import_check, name="import-check", may=Can.IMPORT),
    route(
        "practices/<str:code>/people/<uuid:person>/add-role/",
        views.add_engagement,
        name="add-engagement",
        may=Can.EDIT_PEOPLE,
    ),
    route("my/questions/", views.questions, name="questions", may=Can.CONFIRM_WORK),
    route(_ONE, views.person, name="person", may=Can.SEE_PEOPLE),
    route(f"{_ONE}edit/", views.edit, name="edit", may=Can.EDIT_PEOPLE),
    route(f"{_ENGAGEMENT}correct/", views.correct, name="correct", may=Can.EDIT_PEOPLE),
    route(f"{_ENGAGEMENT}leave/", views.leave, name="leave", may=Can.EDIT_PEOPLE),
    route(f"{_ENGAGEMENT}remove/", views.void, name="void", may=Can.EDIT_PEOPLE),
    route(f"{_ENGAGEMENT}tasks/give/", views.give_task, name="give-task", may=Can.EDIT_PEOPLE),
    route(f"{_ENGAGEMENT}tasks/<str:task>/end/", views.end_task, name="end-task", may=Can.EDIT_PEOPLE),
    route(f"{_ONE}states/add/", views.add_state, name="add-state", may=Can.EDIT_PEOPLE),
    route(f"{_ONE}states/<str:state>/end/", views.end_state, name="end-state", may=Can.EDIT_PEOPLE),
]
