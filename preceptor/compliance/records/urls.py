"""Routes of records, with their permissions."""

from django.urls import URLPattern

app_name = "records"

urlpatterns: list[URLPattern] = []
