"""What people type to sign in and to set up their account."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arasha.kernel.access.models import User

CODE = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "class": "govuk-input--width-10",
    "spellcheck": "false",
}


def plain_password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A password field: nothing stripped, shown on wish, never sent back to the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text, max_length=256)


def code_field() -> forms.CharField:
    """The six digits of a second factor."""
    return forms.CharField(
        label=_("Code from your app"),
        help_text=_("Six digits. A new one comes every 30 seconds."),
        widget=forms.TextInput(attrs=CODE),
        max_length=20,
    )


class SignInForm(LoginForm):
    """Login and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Login"),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        )
        self.fields["password"] = plain_password(_("Password"), "current-password")
        self.order_fields(["login", "password"])


class CodeForm(AuthenticateForm):
    """The second step: a code of the app, or one of the recovery codes."""

    code = code_field()


class ConfirmCodeForm(ReauthenticateForm):
    """The same before something important."""

    code = code_field()


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    login = forms.CharField(
        label=_("Login"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = plain_password(
        _("New password"), "new-password", _("At least 12 characters. Three or four unlike words are easy to remember.")
    )
    again = plain_password(_("The same password again"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse short, common and telling passwords."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """Another password, with the present one."""

    present = plain_password(_("Present password"), "current-password")
    field_order = ["present", "password", "again"]

    def clean_present(self) -> str:
        """Refuse a wrong present password."""
        return _right(self.user, self.cleaned_data["present"])


class SetUpForm(NewPasswordForm):
    """An invitation: password and second factor at once."""

    code = code_field()
    field_order = ["password", "again", "code"]

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        """Refuse a code that the shown secret does not make."""
        return _made_by(self.secret, self.cleaned_data["code"])


class NewFactorForm(forms.Form):
    """A lost second factor: the password that is known, and a code of the new app."""

    present = plain_password(_("Your password"), "current-password")
    code = code_field()

    def __init__(self, *args: Any, user: User, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret

    def clean_present(self) -> str:
        """Refuse a wrong password."""
        return _right(self.user, self.cleaned_data["present"])

    def clean_code(self) -> str:
        """Refuse a code that the shown secret does not make."""
        return _made_by(self.secret, self.cleaned_data["code"])


class LanguageForm(forms.Form):
    """The language of pages and letters."""

    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=settings.LANGUAGES)


class InviteForm(forms.Form):
    """Somebody who is to have an account."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As colleagues write it."))
    login = forms.RegexField(
        label=_("Login"), regex=r"^[a-z0-9._-]+$", max_length=60, help_text=_("Small Latin letters, figures, dots.")
    )
    email = forms.EmailField(label=_("Work e-mail"), help_text=_("The invitation goes there."))
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=settings.LANGUAGES)


def _right(user: User, password: str) -> str:
    if not user.check_password(password):
        raise ValidationError(_("The password is wrong."))
    return password


def _made_by(secret: str, code: str) -> str:
    if not validate_totp_code(secret, code):
        raise ValidationError(_("The code is wrong or was used before. Wait for the next one."))
    return code
