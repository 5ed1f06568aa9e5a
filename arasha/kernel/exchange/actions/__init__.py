"""Every write of the exchange: entering, accounts and tokens, kept answers, webhooks and what becomes of them."""

from arasha.kernel.exchange.actions.accounts import (
    ProposalInvalid,
    TooManyTokens,
    confirm_account,
    confirm_budget,
    end_account,
    issue_token,
    propose_account,
    revoke_token,
)
from arasha.kernel.exchange.actions.answers import InFlight, KeyReused, forget_answers, keep_answer, kept_answer
from arasha.kernel.exchange.actions.entering import enter, note_use
from arasha.kernel.exchange.actions.limits import count_request
from arasha.kernel.exchange.actions.posting import GivenUp, give_up_failing, post_due
from arasha.kernel.exchange.actions.webhooks import AddressRefused, end_webhook, make_webhook, resend

__all__ = [
    "AddressRefused",
    "GivenUp",
    "InFlight",
    "KeyReused",
    "ProposalInvalid",
    "TooManyTokens",
    "confirm_account",
    "confirm_budget",
    "count_request",
    "end_account",
    "end_webhook",
    "enter",
    "forget_answers",
    "give_up_failing",
    "issue_token",
    "keep_answer",
    "kept_answer",
    "make_webhook",
    "note_use",
    "post_due",
    "propose_account",
    "resend",
    "revoke_token",
]
