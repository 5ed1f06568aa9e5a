"""What people fill in about signals."""

from arasha.signals.forms.deciding import BarForm, CloseSignalForm
from arasha.signals.forms.injury import InjuryForm
from arasha.signals.forms.noticed import DismissForm, WorryForm
from arasha.signals.forms.opening import OpenCaseForm
from arasha.signals.forms.receipt import ProofForm, ReceiptForm
from arasha.signals.forms.report import Choices, ReportForm
from arasha.signals.forms.ways import CompanyForm, HindranceForm

__all__ = [
    "BarForm",
    "Choices",
    "CloseSignalForm",
    "CompanyForm",
    "DismissForm",
    "HindranceForm",
    "InjuryForm",
    "OpenCaseForm",
    "ProofForm",
    "ReceiptForm",
    "ReportForm",
    "WorryForm",
]
