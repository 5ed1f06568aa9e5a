"""One's own account: the post to act in, language, password, second factors, sessions; and signing out."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.views import LogoutView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration import actions, forms, queries
from arasha.kernel.access import policy
from arasha.kernel.access.models import User
from arasha.kernel.worktime import queries as worktime

ONE_YEAR = 365 * 24 * 60 * 60
View = Callable[..., HttpResponseBase]


def recently(view: View) -> View:
    """Ask for the second factor again unless it was shown in the last five minutes."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if did_recently_reauthenticate(request):
            return view(request, *args, **more)
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")

    return asked


@method_decorator(policy.signed_in, name="dispatch")
class SignOut(LogoutView):
    """Sign out: by a button only, and the session is dead in the database, too."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        """Write the act, end the session, forget the cookie."""
        actor = request.actor  # type: ignore[attr-defined]  # set by the door
        actions.note_sign_out(actor=actor, now=worktime.domain_now(), user_id=actor.user_id)
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))


@policy.signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show how one signs in, one's posts and sessions."""
    user = cast(User, request.user)
    found = queries.factors(user)
    page = {
        "page_title": _("Your account"),
        "account": user,
        "posts": queries.posts_of(user.pk, at=worktime.domain_now()),
        "passkeys": [factor.wrap() for factor in found["webauthn"]],
        "has_app": bool(found["totp"]),
        "codes_left": sum(len(factor.wrap().get_unused_codes()) for factor in found["recovery_codes"]),
        "sessions": queries.sessions(request.session.session_key or ""),
        "language_form": forms.LanguageForm(initial={"language": user.language}),
    }
    return render(request, "administration/account.html", page)


@policy.signed_in
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """Choose the post to act in; with one post only, go on with it."""
    user = cast(User, request.user)
    held = queries.posts_of(user.pk, at=worktime.domain_now())
    chosen = request.POST.get("post", "")
    if request.method == "GET" and len(held) == 1 and request.GET.get("stay") != "1":
        chosen = str(held[0].pk)
    if chosen in {str(one.pk) for one in held}:
        request.session["post"] = int(chosen)  # the door asks the database before it acts in it
        return HttpResponseRedirect("/")
    page = {"page_title": _("In which post do you act?"), "posts": held, "present": request.session.get("post")}
    return render(request, "administration/post.html", page)


@policy.signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of pages and letters."""
    form = forms.LanguageForm(request.POST)
    response = HttpResponseRedirect(reverse("account"))
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.choose_language(actor=request.actor, now=worktime.domain_now(), language=chosen)  # type: ignore[attr-defined]  # set by the door
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


@policy.signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@recently
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; afterwards one signs in again everywhere."""
    user = cast(User, request.user)
    form = forms.ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        now, chosen = worktime.domain_now(), form.cleaned_data["password"]
        actions.change_password(actor=request.actor, now=now, user=user, password=chosen)  # type: ignore[attr-defined]  # set by the door
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "administration/form.html", {"page_title": _("Change your password"), "form": form})


@policy.signed_in
@require_POST
def end_session(request: HttpRequest, mark: str) -> HttpResponse:
    """End one of one's own sessions, on a lost device for instance."""
    actions.end_session(actor=request.actor, now=worktime.domain_now(), mark=mark)  # type: ignore[attr-defined]  # set by the door
    return HttpResponseRedirect(reverse("account"))


@method_decorator(policy.signed_in, name="dispatch")
class Confirm(ReauthenticateView):
    """Show a code again before something important."""

    template_name = "administration/confirm.html"

    def get_form_class(self) -> type[forms.ConfirmCodeForm]:
        """Take our form."""
        return forms.ConfirmCodeForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the title, and whether a passkey would do."""
        passkeys = bool(queries.factors(cast(User, self.request.user))["webauthn"])
        return super().get_context_data(**more) | {"page_title": _("Show that it is you"), "passkeys": passkeys}


@method_decorator(policy.signed_in, name="dispatch")
class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """The same with a passkey."""

    template_name = "administration/confirm_passkey.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the title."""
        return super().get_context_data(**more) | {"page_title": _("Show that it is you")}


@method_decorator(policy.signed_in, name="dispatch")
@method_decorator(recently, name="dispatch")
class AddPasskey(AddWebAuthnView):
    """Add a passkey of this device."""

    template_name = "administration/add_passkey.html"

    def get_success_url(self) -> str:
        """Go back to the account."""
        return reverse("account")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the title."""
        return super().get_context_data(**more) | {"page_title": _("Add a passkey")}


@method_decorator(policy.signed_in, name="dispatch")
@method_decorator(recently, name="dispatch")
class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, never the last second factor."""

    template_name = "administration/remove_passkey.html"
    success_url = reverse_lazy("account")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the title."""
        return super().get_context_data(**more) | {"page_title": _("Remove this passkey?")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse the last one in words."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            form.add_error(None, _("This is your only second step. Add another before you remove it."))
            return self.form_invalid(form)
        return super().form_valid(form)


@method_decorator(policy.signed_in, name="dispatch")
@method_decorator(recently, name="dispatch")
class NewCodes(GenerateRecoveryCodesView):
    """Make new recovery codes and show them once."""

    template_name = "administration/new_codes.html"
    success_url = reverse_lazy("account")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the title."""
        return super().get_context_data(**more) | {"page_title": _("New recovery codes")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the codes instead of going on: they are shown this once."""
        super().form_valid(form)
        factor = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES)
        page = {"page_title": _("Your recovery codes"), "codes": factor.wrap().generate_codes()}
        return render(self.request, "administration/codes.html", page)
