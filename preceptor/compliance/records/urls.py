"""Routes of records, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "records"

urlpatterns = [
    route("my/records/", views.mine, name="mine", may=Can.SEE_RECORDS),
    route("my/records/add/", views.add_mine, name="add-mine", may=Can.ADD_RECORD),
    route("people/<uuid:person>/records/", views.person, name="person", may=Can.SEE_RECORDS),
    route("people/<uuid:person>/records/add/", views.add_record, name="add", may=Can.ADD_RECORD),
    route("records/<uuid:record>/", views.record, name="record", may=Can.SEE_RECORDS),
    route("records/<uuid:record>/certificate/", views.certificate, name="certificate", may=Can.SEE_RECORDS),
    route("records/<uuid:record>/review/", views.review, name="review", may=Can.DECIDE_RECORDS),
    route("records/<uuid:record>/correct/", views.correct, name="correct", may=Can.WITHDRAW_RECORD),
    route("records/<uuid:record>/withdraw/", views.withdraw, name="withdraw", may=Can.WITHDRAW_RECORD),
    route("records/<uuid:record>/take-back/", views.take_back, name="take-back", may=Can.ADD_RECORD),
    route("practices/<str:code>/records/import/", views.import_file, name="import", may=Can.IMPORT),
    route("practices/<str:code>/records/import/check/", views.import_check, name="import-check", may=Can.IMPORT),
    route("practices/<str:code>/records/import/names/", views.names, name="names", may=Can.IMPORT),
    route("practices/<str:code>/waiting/", views.waiting, name="waiting", may=Can.DECIDE_RECORDS),
]
