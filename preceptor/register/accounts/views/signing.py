"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect

from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import forms, pages, queries
from . import library


def sign_in(request: Request) -> HttpResponse:
    """Sign in with an email address and a password, and go on to where one was going."""
    onward = next_url(request, "/")
    if request.viewer.is_signed_in:
        return redirect(onward)
    form = forms.SignInForm(request.POST or None)
    status = 200
    if credentials := form.value():
        try:
            user = library.checked(request, credentials)
        except library.TooManyTriesError:
            form.refuse("", library.TOO_MANY)
            status = 429
        else:
            account = queries.account_by_id(user) if user else None
            if account:
                login(request, account)
                return redirect(onward)
            form.refuse("", "The email address or the password is not right")
    return render(request, pages.SignInPage(title="Sign in", form=form, next=onward), status=status)


def sign_out(request: Request) -> HttpResponse:
    """Sign out. Following a link only asks; the button does it."""
    if request.method == "POST":
        logout(request)
        return redirect("account_login")
    return render(request, pages.SignOutPage(title="Sign out of Preceptor"))
