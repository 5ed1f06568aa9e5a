"""Writes of the administration folder."""

from arasha.administration.actions.accounts import create_account, end_post, invite, reset_second_factor, reveal
from arasha.administration.actions.days import propose_days
from arasha.administration.actions.links import ask_for_password, complete_link, prepare_factor, take_link
from arasha.administration.actions.own import change_password, choose_language, end_session
from arasha.administration.actions.posts import (
    PostFacts,
    PostInvalid,
    Seated,
    add_post,
    change_post,
    seat,
    set_active,
)
from arasha.administration.actions.proposals import confirm, refuse, settle_proposals, withdraw
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
from arasha.administration.actions.signoffs import confirm_signoff, sign_tables
from arasha.administration.actions.structure import Findable, StillPointed, propose_structure
from arasha.administration.actions.ties import declare_tie, end_tie, strike_tie
from arasha.administration.actions.units import UnitInvalid, end_function, give_function

__all__ = [
    "Findable",
    "PostFacts",
    "PostInvalid",
    "RosterInvalid",
    "Seated",
    "StillPointed",
    "Taken",
    "UnitInvalid",
    "add_change",
    "add_hours",
    "add_post",
    "ask_for_password",
    "change_password",
    "change_post",
    "choose_language",
    "complete_link",
    "confirm",
    "confirm_signoff",
    "create_account",
    "declare_tie",
    "end_function",
    "end_hours",
    "end_post",
    "end_session",
    "end_tie",
    "give_function",
    "invite",
    "note_failure",
    "note_sign_in",
    "note_sign_out",
    "prepare_factor",
    "propose_days",
    "propose_structure",
    "refuse",
    "reset_second_factor",
    "reveal",
    "seat",
    "set_active",
    "settle_proposals",
    "sign_tables",
    "strike_tie",
    "take_link",
    "take_over_table",
    "withdraw",
    "withdraw_change",
]
