"""Choosing and changing passwords."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain import Credentials, Secret
from . import letters, library


def forgotten_password(request: Request) -> HttpResponse:
    """Ask for a letter with a link. The answer is the same whether or not there is such an account."""
    form = forms.ForgottenForm(request.POST or None)
    status = 200
    if email := form.value():
        if library.may_ask_for_letter(request, email):
            if account := queries.account_by_email(email):
                link = letter_link(request, account.pk, queries.token_for(account))
                letters.send(letters.forgotten_password(to=account.email, name=str(account.person), link=link))
            return redirect("account_reset_password_done")
        form.refuse("", "We have sent several letters already. Wait a few minutes, then try again")
        status = 429
    page = pages.AccountFormPage(
        title="I have forgotten my password",
        back=Link("Back to sign in", reverse("account_login")),
        form=form,
        button="Send me a link",
        intro=("We send a link to your email address. With it you choose a new password.",),
    )
    return render(request, page, status=status)


def sent(request: Request) -> HttpResponse:
    """A letter is on its way, if there is an account."""
    return render(request, pages.SentPage(title="Check your email"))


def choose_password(request: Request, user: UUID, token: str) -> HttpResponse:
    """Choose a password with the link from a letter."""
    account = queries.account_with_token(user, token)
    if account is None:
        return render(request, pages.SpentLinkPage(title="This link no longer works"), status=410)
    form = forms.PasswordForm(request.POST or None, weaknesses=partial(queries.weaknesses_of, account))
    if password := form.value():
        viewer = queries.viewer_of(account.pk, request.today)
        actions.choose_password(by=viewer, at=request.at, password=password)
        messages.success(request, "Your password is saved. Sign in with it.")
        return redirect("account_login")
    page = pages.AccountFormPage(
        title="Choose a password", form=form, button="Save password", intro=(f"For {account.email}.",)
    )
    return render(request, page)


def change_password(request: Request) -> HttpResponse:
    """Change one's password while signed in."""
    account = queries.account_by_id(request.viewer.user) if request.viewer.user else None
    if account is None:
        raise Http404
    form = forms.ChangePasswordForm(
        request.POST or None,
        weaknesses=partial(queries.weaknesses_of, account),
        problem=lambda given: library.password_problem(request, Credentials(account.email, Secret(given))),
    )
    if password := form.value():
        actions.choose_password(by=request.viewer, at=request.at, password=password)
        account.refresh_from_db()
        update_session_auth_hash(request, account)
        messages.success(request, "Your password is changed.")
        return redirect("accounts:me")
    here = reverse("accounts:me")
    page = pages.AccountFormPage(
        title="Change your password",
        back=Link("Your account", here),
        form=form,
        button="Change password",
        outcome="You stay signed in here, and are signed out everywhere else.",
        cancel=Link("Cancel", here),
    )
    return render(request, page, status=429 if library.TOO_MANY in form.errors.get("current", ()) else 200)


def letter_link(request: Request, user: UUID, token: str) -> str:
    """The whole address of the page where a password is chosen."""
    return request.build_absolute_uri(reverse("account_reset_password_from_key", args=[user, token]))
