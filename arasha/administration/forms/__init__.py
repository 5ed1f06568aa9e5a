"""What people type: to sign in and to set up accounts."""

from arasha.administration.forms.days import DayForm
from arasha.administration.forms.places import ChangePostForm, FunctionForm, PostForm, SeatForm, UnitFilterForm
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
from arasha.administration.forms.structure import BodyForm, EndUnitForm, StructureTableForm, UnitForm, offered
from arasha.administration.forms.ties import TieForm

__all__ = [
    "BodyForm",
    "ChangePasswordForm",
    "ChangePostForm",
    "CodeForm",
    "ConfirmCodeForm",
    "DayForm",
    "EndUnitForm",
    "ForgottenForm",
    "FunctionForm",
    "HoursForm",
    "InviteForm",
    "LanguageForm",
    "NewFactorForm",
    "NewPasswordForm",
    "PostForm",
    "RosterChangeForm",
    "RosterTableForm",
    "SeatForm",
    "SetUpForm",
    "SignInForm",
    "StructureTableForm",
    "TieForm",
    "UnitFilterForm",
    "UnitForm",
    "offered",
]
