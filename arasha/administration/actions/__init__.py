"""Writes of the administration folder."""

from arasha.administration.actions.accounts import create_account, end_post, invite, reset_second_factor, reveal
from arasha.administration.actions.links import ask_for_password, complete_link, prepare_factor, take_link
from arasha.administration.actions.own import change_password, choose_language, end_session
from arasha.administration.actions.rosters import (
    RosterInvalid,
    Taken,
    add_change,
    add_hours,
    end_hours,
    take_over_table,
    withdraw_change,
)
from arasha.administration.actions.sign_in import note_failure, note_sign_in, note_sign_out

__all__ = [
    "RosterInvalid",
    "Taken",
    "add_change",
    "add_hours",
    "ask_for_password",
    "change_password",
    "choose_language",
    "complete_link",
    "create_account",
    "end_hours",
    "end_post",
    "end_session",
    "invite",
    "note_failure",
    "note_sign_in",
    "note_sign_out",
    "prepare_factor",
    "reset_second_factor",
    "reveal",
    "take_link",
    "take_over_table",
    "withdraw_change",
]
