"""Addresses of signing in, of one's account and of the accounts administered. What is not here is off."""

from django.urls import URLPattern, URLResolver, include, path

from arasha.administration import queries
from arasha.administration.views import (
    access_tables,
    accounts,
    days,
    duty,
    own,
    places,
    proposals,
    sign_in,
    structure,
    structure_tables,
    systems,
    ties,
)

# Names with `account_` and `mfa_` are those that the sign-in library asks for.
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second/", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/lost/", sign_in.lost, name="sign_in_lost"),
    path("sign-in/password/", sign_in.forgotten, name="account_reset_password"),
    path("sign-in/password/asked/", sign_in.asked, name="sign_in_asked"),
    path("link/<str:code>/", sign_in.one_time_link, name="one_time_link"),
    path("sign-out/", own.SignOut.as_view(), name="account_logout"),
    path("post/", own.post, name="post"),
    path("account/", own.account, name="account"),
    path("account/language/", own.language, name="account_language"),
    path("account/password/", own.password, name="account_change_password"),
    path("account/confirm/", own.Confirm.as_view(), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", own.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/add/", own.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", own.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/codes/", own.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/sessions/<str:mark>/end/", own.end_session, name="end_session"),
    path("account/ties/", ties.ties, name="ties"),
    path("account/ties/<uuid:tie>/end/", ties.end, name="end_tie"),
    path("account/ties/<uuid:tie>/strike/", ties.strike, name="strike_tie"),
    path("duty/", duty.on_duty, name="duty"),
    path("duty/<int:unit>/", duty.unit, name="duty_unit"),
    path("duty/<int:unit>/add/", duty.add_hours, name="duty_add"),
    path("duty/<int:unit>/end/", duty.end_hours, name="duty_end"),
    path("duty/<int:unit>/change/", duty.add_change, name="duty_change"),
    path("duty/<int:unit>/withdraw/", duty.withdraw_change, name="duty_withdraw"),
    path("duty/<int:unit>/table/", duty.table, name="duty_table"),
    path("administration/systems/", include(systems.addresses)),
    path("administration/", places.landing, name="administration"),
    path("administration/structure/", structure.structure, name="structure"),
    path("administration/structure/table/", structure_tables.take, name="structure_table"),
    path("administration/structure/export/<str:kind>/", structure_tables.export, name="structure_export"),
    path("administration/structure/example/<str:kind>/", structure_tables.template, name="structure_example"),
    path("administration/bodies/", structure.bodies, name="bodies"),
    path("administration/bodies/add/", structure.add_body, name="add_body"),
    path("administration/bodies/<int:body>/", structure.body, name="body"),
    path("administration/bodies/<int:body>/change/", structure.change_body, name="change_body"),
    path("administration/bodies/<int:body>/units/add/", structure.add_unit, name="add_unit"),
    path("administration/units/", places.units, name="units"),
    path("administration/units/<int:unit>/", places.unit, name="unit"),
    path("administration/units/<int:unit>/change/", structure.change_unit, name="change_unit"),
    path("administration/units/<int:unit>/end/", structure.end_unit, name="end_unit"),
    path("administration/units/<int:unit>/functions/", places.give_function, name="give_function"),
    path("administration/units/<int:unit>/functions/end/", places.end_function, name="end_function"),
    path("administration/units/<int:unit>/posts/", places.add_post, name="add_post"),
    path("administration/units/<int:unit>/posts/<int:post>/change/", places.change_post, name="change_post"),
    path("administration/units/<int:unit>/posts/<int:post>/seat/", places.seat, name="seat"),
    path("access-tables/", access_tables.tables, name="access_tables"),
    path("access-tables/sign/", access_tables.sign, name="sign_tables"),
    path("access-tables/confirm/", access_tables.confirm, name="confirm_signoff"),
    path("administration/calendar/", days.calendar, name="country_calendar"),
    path("administration/calendar/change/", days.change_day, name="change_day"),
    path("administration/proposals/", proposals.proposals, name="proposals"),
    path("administration/proposals/<uuid:proposal>/", proposals.proposal, name="proposal"),
    path("administration/proposals/decide/", proposals.decide, name="decide"),
    path("administration/accounts/", accounts.accounts, name="accounts"),
    path("administration/accounts/invite/", accounts.invite, name="invite"),
    path("administration/accounts/<int:user>/invite/", accounts.invite_again, name="invite_again"),
    path("administration/accounts/<int:user>/second-factor/", accounts.reset_second_factor, name="reset_second_factor"),
    path("administration/posts/<int:post>/end/", accounts.end_post, name="end_post"),
]


def of_personas(kind: str) -> list[URLPattern]:
    """Return the addresses of one-click personas: none in production, whose process never loads that room."""
    if kind == "production":
        return []
    from arasha.administration import personas  # noqa: PLC0415  never loaded in production

    return [path("sign-in/as/<int:user>/", personas.sign_in_as, name="sign_in_as")]


urlpatterns += of_personas(queries.instance_kind())
