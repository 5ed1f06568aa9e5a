"""What people type: to sign in and to set up accounts."""

from arasha.administration.forms.rosters import HoursForm, RosterChangeForm, RosterTableForm
from arasha.administration.forms.sign_in import (
    ChangePasswordForm,
    CodeForm,
    ConfirmCodeForm,
    ForgottenForm,
    InviteForm,
    LanguageForm,
    NewFactorForm,
    NewPasswordForm,
    SetUpForm,
    SignInForm,
)

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmCodeForm",
    "ForgottenForm",
    "HoursForm",
    "InviteForm",
    "LanguageForm",
    "NewFactorForm",
    "NewPasswordForm",
    "RosterChangeForm",
    "RosterTableForm",
    "SetUpForm",
    "SignInForm",
]
