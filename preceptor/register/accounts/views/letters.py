"""The letters accounts send: what they say, and sending them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.mail import send_mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text, for one address."""

    to: str
    subject: str
    text: str


def invitation(*, to: str, name: str, by: str, link: str, sign_in: str, question: str = "") -> Letter:
    """Tells someone that they have an account, where to choose a password, and where to answer a `question`."""
    asked = (
        f"{by} says that you work together. Once signed in, say whether that is right:\n{question}\n\n"
        if question
        else ""
    )
    return Letter(
        to,
        "Your account for training records",
        f"Hello {name},\n\n"
        f"{by} has given you an account on Preceptor. There you see the training you need, and keep your certificates."
        "\n\n"
        f"Choose a password here. The link works once, for 3 days:\n{link}\n\n"
        f"After that, sign in with this email address:\n{sign_in}\n\n"
        f"{asked}"
        "If the link no longer works, choose “I have forgotten my password” on the sign-in page and we send another.\n",
    )


def forgotten_password(*, to: str, name: str, link: str) -> Letter:
    """Sends the link with which to choose another password."""
    return Letter(
        to,
        "Choose a new password",
        f"Hello {name},\n\n"
        "Someone, probably you, asked to choose a new password for Preceptor.\n\n"
        f"Choose one here. The link works once, for 3 days:\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
    )


def send(letter: Letter) -> None:
    """Hands the letter to whatever carries mail here."""
    send_mail(letter.subject, letter.text, None, [letter.to])
