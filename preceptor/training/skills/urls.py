"""Routes about skills, with their permissions."""

from preceptor.foundation.access import ANYONE, Can
from preceptor.ui.routing import route

from . import views

app_name = "skills"

urlpatterns = [
    route("my/skills/", views.mine, name="mine", may=Can.SEE_STANDING),
    route("my/skills/<str:code>/<slug:key>/", views.own, name="own", may=Can.RATE_SKILLS),
    route("my/skills/<str:code>/<slug:key>/rate/", views.rate, name="rate", may=Can.RATE_SKILLS),
    route("my/skills/<str:code>/<slug:key>/log/", views.log, name="log", may=Can.RATE_SKILLS),
    route("my/skills/<str:code>/<slug:key>/ask/", views.ask, name="ask", may=Can.RATE_SKILLS),
    route("my/skills/<str:code>/<slug:key>/invite/", views.invite, name="invite", may=Can.RATE_SKILLS),
    route(
        "my/skills/<str:code>/<slug:key>/asked/<uuid:ask>/take-back/",
        views.take_back,
        name="take-back",
        may=Can.RATE_SKILLS,
    ),
    route("my/signing/", views.asked, name="asked", may=Can.SIGN_SKILLS),
    route("my/signing/<uuid:ask>/", views.sign, name="sign", may=Can.SIGN_SKILLS),
    route("signing/<str:token>/", views.invited, name="invited", may=ANYONE),
    route("signatures/<uuid:sign_off>/", views.signature, name="signature", may=Can.RATE_SKILLS),
    route("practices/<str:code>/skills/", views.skills, name="skills", may=Can.SEE_SKILLS),
    route("practices/<str:code>/skills.csv", views.skills_csv, name="csv", may=Can.SEE_SKILLS),
    route("practices/<str:code>/skills/people/<uuid:person>/", views.person, name="person", may=Can.SEE_SKILLS),
    route("practices/<str:code>/skills/framework/", views.framework, name="framework", may=Can.SEE_REQUIREMENTS),
    route("practices/<str:code>/skills/framework/follow/", views.adopt, name="adopt", may=Can.EDIT_SKILLS),
    route("practices/<str:code>/skills/framework/modules/", views.choose, name="choose", may=Can.EDIT_SKILLS),
    route("practices/<str:code>/skills/framework/add/", views.add, name="add", may=Can.EDIT_SKILLS),
    route("practices/<str:code>/skills/<slug:key>/", views.skill, name="skill", may=Can.SEE_REQUIREMENTS),
    route("practices/<str:code>/skills/<slug:key>/review/", views.review, name="review", may=Can.EDIT_SKILLS),
    route("practices/<str:code>/skills/<slug:key>/change/", views.change, name="change", may=Can.EDIT_SKILLS),
    route(
        "practices/<str:code>/skills/<slug:key>/assessors/",
        views.assessors,
        name="assessors",
        may=Can.NAME_ASSESSORS,
    ),
    route(
        "practices/<str:code>/skills/<slug:key>/assessors/<int:named>/end/",
        views.end_assessor,
        name="end-assessor",
        may=Can.NAME_ASSESSORS,
    ),
]
