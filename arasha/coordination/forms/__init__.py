"""What is typed across files: breaking the glass, withdrawing a form, closing a case."""

from arasha.coordination.forms.closing import DecideForm, ProposeForm, ReopenForm
from arasha.coordination.forms.standing import EmergencyForm, WithdrawForm

__all__ = ["DecideForm", "EmergencyForm", "ProposeForm", "ReopenForm", "WithdrawForm"]
