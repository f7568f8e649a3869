"""Routes about champions, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "champions"

urlpatterns = [
    route("my/champions/", views.home, name="home", may=Can.ASK_CHAMPION),
    route("my/champions/ask/", views.ask, name="ask", may=Can.ASK_CHAMPION),
    route("my/champions/library/", views.library, name="library", may=Can.ASK_CHAMPION),
    route("my/champions/questions/<uuid:question>/", views.question, name="question", may=Can.ASK_CHAMPION),
    route("my/champions/questions/<uuid:question>/solved/", views.solved, name="solved", may=Can.ASK_CHAMPION),
    route("my/champions/offer/", views.offer, name="offer", may=Can.ASK_CHAMPION),
    route("my/champions/help/", views.log_help, name="help", may=Can.ASK_CHAMPION),
    route("my/champions/help/<uuid:given>/take-back/", views.take_back, name="take-back", may=Can.ASK_CHAMPION),
    route("my/champions/steps/", views.steps, name="steps", may=Can.ASK_CHAMPION),
    route("my/champions/toolkit/", views.toolkit, name="toolkit", may=Can.ASK_CHAMPION),
    route("my/champions/toolkit/<slug:key>/", views.toolkit_page, name="toolkit-page", may=Can.ASK_CHAMPION),
    route("champions/", views.across, name="across", may=Can.SEE_SHARES),
    route("practices/<str:code>/champions/", views.champions, name="champions", may=Can.SEE_CHAMPIONS),
    route("practices/<str:code>/champions/add/", views.add, name="add", may=Can.EDIT_CHAMPIONS),
    route("practices/<str:code>/champions/call/", views.call, name="call", may=Can.EDIT_CHAMPIONS),
    route("practices/<str:code>/champions/<uuid:champion>/", views.change, name="change", may=Can.EDIT_CHAMPIONS),
    route(
        "practices/<str:code>/champions/<uuid:champion>/steps/",
        views.steps_of,
        name="steps-of",
        may=Can.EDIT_CHAMPIONS,
    ),
    route("practices/<str:code>/champions/offers/<uuid:offer>/", views.decide, name="decide", may=Can.EDIT_CHAMPIONS),
]
