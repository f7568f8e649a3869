"""Routes about protected time, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "planner"

urlpatterns = [
    route("my/time/", views.mine, name="mine", may=Can.SEE_STANDING),
    route("records/<uuid:record>/time/", views.say, name="say", may=Can.ADD_RECORD),
    route("practices/<str:code>/time/", views.time, name="time", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/time.csv", views.time_csv, name="csv", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/time/offer/", views.offer, name="offer", may=Can.PLAN_WORK),
    route("practices/<str:code>/time/across/", views.across, name="across", may=Can.SEE_SHARES),
    route("practices/<str:code>/time/people/<uuid:person>/", views.person, name="person", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/time/<uuid:time>/call-off/", views.call_off, name="call-off", may=Can.PLAN_WORK),
]
