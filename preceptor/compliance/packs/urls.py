"""Routes of packs, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "packs"

_PACK = "practices/<str:code>/packs/<uuid:pack>/"
_OWN = "practices/<str:code>/pack/"

urlpatterns = [
    route("practices/<str:code>/packs/", views.packs, name="packs", may=Can.SEE_REQUIREMENTS),
    route("practices/<str:code>/requirements/adopt/", views.adopt, name="adopt", may=Can.EDIT_REQUIREMENTS),
    route(_PACK, views.pack, name="pack", may=Can.SEE_REQUIREMENTS),
    route(f"{_PACK}adopt/", views.adopt_pack, name="adopt-pack", may=Can.EDIT_REQUIREMENTS),
    route(f"{_PACK}<slug:key>/", views.change, name="change", may=Can.EDIT_REQUIREMENTS),
    route(f"{_PACK}<slug:key>/take/", views.take, name="take", may=Can.EDIT_REQUIREMENTS),
    route(f"{_PACK}<slug:key>/leave/", views.leave, name="leave", may=Can.EDIT_REQUIREMENTS),
    route(f"{_PACK}<slug:key>/decline/", views.decline, name="decline", may=Can.EDIT_REQUIREMENTS),
    route(_OWN, views.own, name="own", may=Can.EDIT_PACKS),
    route(f"{_OWN}next/", views.next_version, name="next", may=Can.EDIT_PACKS),
    route(f"{_OWN}<slug:key>/", views.offer, name="offer", may=Can.EDIT_PACKS),
    route(f"{_OWN}<slug:key>/rule/", views.rule, name="rule", may=Can.EDIT_PACKS),
    route(f"{_OWN}<slug:key>/share/", views.share, name="share", may=Can.EDIT_PACKS),
]
