"""The lock is part of the door: a route that does not say who may use it cannot be written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from preceptor.foundation.access import ANYONE, SIGNED_IN, Can, May

from .requests import Request

View = Callable[..., HttpResponseBase]


def route(pattern: str, view: View, *, name: str, may: May) -> URLPattern:
    """A path with its permission.

    Signed out leads to sign-in and back; lacking the permission altogether is refused.
    """

    @functools.wraps(view)
    def locked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if may is not ANYONE:
            viewer = cast("Request", request).viewer
            if not viewer.is_signed_in:
                return _to_sign_in(request)
            if may is not SIGNED_IN and not viewer.may(cast("Can", may)):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    locked.may = may  # type: ignore[attr-defined] # read by the routes reference and its test
    return path(pattern, locked, name=name)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}")
