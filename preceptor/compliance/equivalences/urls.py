"""Routes of equivalences, with their permissions: anyone who sees requirements reads, leads approve."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "equivalences"

urlpatterns = [
    route("equivalences/", views.equivalences, name="equivalences", may=Can.SEE_REQUIREMENTS),
    route("equivalences/add/", views.add, name="add", may=Can.APPROVE_EQUIVALENCES),
    route("equivalences/<int:equivalence>/end/", views.end, name="end", may=Can.APPROVE_EQUIVALENCES),
    route("equivalences/names/", views.names, name="names", may=Can.APPROVE_EQUIVALENCES),
    route("equivalences/names/answer/", views.answer, name="answer", may=Can.APPROVE_EQUIVALENCES),
]
