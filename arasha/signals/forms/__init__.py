"""What people fill in about signals."""

from arasha.signals.forms.deciding import BarForm, CloseSignalForm
from arasha.signals.forms.injury import InjuryForm
from arasha.signals.forms.noticed import DismissForm, WorryForm
from arasha.signals.forms.opening import OpenCaseForm
from arasha.signals.forms.receipt import ProofForm, ReceiptForm
from arasha.signals.forms.report import Choices, ReportForm

__all__ = [
    "BarForm",
    "Choices",
    "CloseSignalForm",
    "DismissForm",
    "InjuryForm",
    "OpenCaseForm",
    "ProofForm",
    "ReceiptForm",
    "ReportForm",
    "WorryForm",
]
