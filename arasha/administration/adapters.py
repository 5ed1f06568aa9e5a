"""How the sign-in library is bent to this house: no sign-up, no mails of its own, events as acts, sealed secrets."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arasha.administration import actions, queries, rules
from arasha.kernel.access import actions as access
from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages import actions as messages
from arasha.kernel.worktime import queries as worktime


class SecondFactorExists(LoginStage):
    """Nobody gets in by a password alone: without a second factor the way ends at a page that says so."""

    key = "second_factor_exists"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """End the sign-in of an account that has no second factor."""
        if self.login.user is not None and queries.has_second_factor(self.login.user):
            return None, True
        return HttpResponseRedirect(reverse("sign_in_lost")), False


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; what the library would tell by flash or mail is an act or a notice."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The login or the password is wrong."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "incorrect_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_login_stages(self) -> list[str]:
        """Ask for a second factor always, and whatever else the library asks before."""
        return [f"{__name__}.{SecondFactorExists.__name__}", f"{AuthenticateStage.__module__}.AuthenticateStage"]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Lead somebody whose account was closed to the words about an ended post."""
        return HttpResponseRedirect(f"{reverse('account_login')}?ended=1")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows what happened."""

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Tell the person by a notice that their way of signing in was changed.

        The library calls this inside the request's transaction or after its commit, when nobody acts any more.
        """
        if connection.in_atomic_block:
            _tell(context.request.actor, user)
        else:
            with access.system("sign_in") as actor:
                _tell(actor, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure and write it as an act."""
        super().authentication_failed(request, **credentials)
        actions.note_failure(actor=request.actor, now=worktime.domain_now(), step="password")  # type: ignore[attr-defined]  # set by the door

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Confirm by the second factor only: whoever sits at an open session may have seen the password typed."""
        pages = {"mfa_reauthenticate": _("A code"), "mfa_reauthenticate_webauthn": _("A passkey")}
        return [{"id": name, "description": words, "url": reverse(name)} for name, words in pages.items()]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write the act, then go on."""
        records = get_authentication_records(request, user)
        factor = next((record["type"] for record in reversed(records) if record["method"] == "mfa"), "persona")
        actions.note_sign_in(actor=request.actor, now=worktime.domain_now(), user_id=user.pk, factor=factor)  # type: ignore[attr-defined]  # set by the door
        return super().post_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Choose the post first; that page goes on by itself when there is one only."""
        return reverse("post")


def _tell(actor: Actor, user: User) -> None:
    now = worktime.domain_now()
    messages.notify(actor=actor, code="sign_in_changed", link="/account/", now=now, users=[user.pk])


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: sealed secrets, a drawn code, and never the last one taken away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or was used before. Wait for the next one."),
    }

    def get_totp_issuer(self) -> str:
        """Name the system in the person's app."""
        return "Arasha"

    def _get_user_identifier(self, user: User) -> str:
        return user.login

    def _get_site_name(self) -> str:
        return "Arasha"

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code without a further library."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, xmldecl=False, svgns=True, border=2)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Seal a secret before it comes into the database."""
        return rules.seal(text, key=settings.SECRET_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return rules.unseal(encrypted_text, key=settings.SECRET_KEY)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep at least one second factor."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
