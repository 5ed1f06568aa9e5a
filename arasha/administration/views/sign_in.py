"""Signing in: login and password, the second step, one-time links. Each page runs with the purpose sign_in."""

from typing import Any

from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.administration import actions, forms, queries, rules
from arasha.administration.models import Link
from arasha.kernel.access import policy
from arasha.kernel.access.models import User
from arasha.kernel.worktime import queries as worktime


def _lends() -> bool:
    """Say whether this instance has personas and this process their address."""
    try:
        reverse("sign_in_as", kwargs={"user": 0})
    except NoReverseMatch:
        return False
    return queries.instance_kind() != "production"


@method_decorator(policy.sign_in, name="dispatch")
class SignIn(LoginView):
    """Login and password."""

    template_name = "administration/sign_in.html"
    form_class = forms.SignInForm

    def get_form_class(self) -> type[forms.SignInForm]:
        """Take our form."""
        return forms.SignInForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the personas, where there are any."""
        lent = []
        if _lends() and rules.on_loopback(self.request.META):
            lent = queries.lent_accounts(at=worktime.domain_now())
        ended = self.request.GET.get("ended") == "1"
        return super().get_context_data(**more) | {"page_title": _("Sign in"), "lent": lent, "ended": ended}


@method_decorator(policy.sign_in, name="dispatch")
class SecondStep(AuthenticateView):
    """A code of the app, a recovery code, or a passkey."""

    template_name = "administration/second_step.html"

    def get_form_class(self) -> type[forms.CodeForm]:
        """Take our form."""
        return forms.CodeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """Write the failure as an act."""
        actions.note_failure(actor=self.request.actor, now=worktime.domain_now(), step="second_factor")
        return super().form_invalid(form)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add whose sign-in this is, and whether there is a passkey."""
        user = self.stage.login.user
        passkeys = bool(queries.factors(user)["webauthn"])
        title = _("Show that it is you")
        return super().get_context_data(**more) | {"page_title": title, "login": user.login, "passkeys": passkeys}


@policy.sign_in
@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Say what to do without the second factor."""
    return render(request, "administration/lost.html", {"page_title": _("Without your device")})


@policy.sign_in
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password; the answer is the same for every login."""
    form = forms.ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"].strip()
        if not ratelimit.consume(request, action="reset_password", key=login.lower()):
            return ratelimit.respond_429(request)
        actions.ask_for_password(actor=request.actor, now=worktime.domain_now(), login=login)  # type: ignore[attr-defined]  # set by the door
        return HttpResponseRedirect(reverse("sign_in_asked"))
    return render(request, "administration/forgotten.html", {"page_title": _("A new password"), "form": form})


@policy.sign_in
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a letter leaves if there is such an account."""
    return render(request, "administration/asked.html", {"page_title": _("Look into your mailbox")})


@policy.sign_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one_time_link(request: HttpRequest, code: str) -> HttpResponse:
    """Use a one-time link: set password, second factor, or both."""
    try:
        link = queries.link_of(code)
        user = User.objects.get(pk=link.user_id or 0, is_active=True)
    except (rules.LinkNotValid, User.DoesNotExist):
        return _not_valid(request)
    if request.method == "POST" and not ratelimit.consume(request, action="link", key=code):
        return ratelimit.respond_429(request)
    actor, now = request.actor, worktime.domain_now()  # type: ignore[attr-defined]  # set by the door
    secret = "" if link.kind == "password" else actions.prepare_factor(actor=actor, now=now, link=link)
    form = _form(link, user, secret, request)
    if form.is_bound and form.is_valid():
        password = form.cleaned_data.get("password", "")
        try:
            codes = actions.complete_link(actor=actor, now=now, link=link, password=password, secret=secret)
        except rules.LinkNotValid:
            return _not_valid(request)
        return render(request, "administration/link_done.html", {"page_title": _("It is done"), "codes": codes})
    return render(request, "administration/link.html", _page(link, user, secret, form))


def _form(link: Link, user: User, secret: str, request: HttpRequest) -> forms.NewPasswordForm | forms.NewFactorForm:
    data = request.POST if request.method == "POST" else None
    if link.kind == "invitation":
        return forms.SetUpForm(data, user=user, secret=secret)
    if link.kind == "factor":
        return forms.NewFactorForm(data, user=user, secret=secret)
    return forms.NewPasswordForm(data, user=user)


def _page(link: Link, user: User, secret: str, form: Any) -> dict[str, Any]:
    titles = {
        "invitation": _("Set up your account"),
        "password": _("A new password"),
        "factor": _("A new second step"),
    }
    page = {"page_title": titles[link.kind], "form": form, "login": user.login, "secret": secret}
    if secret:
        adapter = get_adapter()
        page["drawing"] = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    return page


def _not_valid(request: HttpRequest) -> HttpResponse:
    page = {"page_title": _("This link no longer works")}
    return render(request, "administration/link_void.html", page, status=410)
