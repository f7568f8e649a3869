"""Routes of accounts, with their permissions."""

from preceptor.foundation.access import ANYONE, SIGNED_IN, Can
from preceptor.ui.routing import route

from . import views

app_name = "accounts"

urlpatterns = [
    route("my/account/", views.me, name="me", may=SIGNED_IN),
    route("who-can-see-what/", views.who_can_see, name="who-can-see", may=ANYONE),
    route("accessibility/", views.accessibility, name="accessibility", may=ANYONE),
    route("help/", views.help_and_contacts, name="help", may=ANYONE),
    route("people/<uuid:person>/access/", views.access, name="access", may=Can.GIVE_ACCESS),
    route("people/<uuid:person>/access/invite/", views.invite, name="invite", may=Can.GIVE_ACCESS),
    route("people/<uuid:person>/access/close/", views.close, name="close", may=Can.GIVE_ACCESS),
    route("people/<uuid:person>/access/open/", views.open_again, name="open", may=Can.GIVE_ACCESS),
    route("people/<uuid:person>/access/give/", views.give_role, name="give-role", may=Can.GIVE_ACCESS),
    route("people/<uuid:person>/access/<int:held>/take/", views.take_role, name="take-role", may=Can.GIVE_ACCESS),
    route(
        "people/<uuid:person>/engagements/<uuid:engagement>/change-role/",
        views.change_role,
        name="change-role",
        may=Can.EDIT_PEOPLE,
    ),
]

# The names the sign-in library looks for. They stand outside the room's namespace because it knows of none.
sign_in = [
    route("sign-in/", views.sign_in, name="account_login", may=ANYONE),
    route("sign-out/", views.sign_out, name="account_logout", may=SIGNED_IN),
    route("forgotten-password/", views.forgotten_password, name="account_reset_password", may=ANYONE),
    route("forgotten-password/sent/", views.sent, name="account_reset_password_done", may=ANYONE),
    route(
        "choose-password/<uuid:user>/<str:token>/",
        views.choose_password,
        name="account_reset_password_from_key",
        may=ANYONE,
    ),
    route("my/account/password/", views.change_password, name="account_change_password", may=SIGNED_IN),
]
