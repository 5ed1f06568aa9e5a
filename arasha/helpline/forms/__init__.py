"""What is typed at a helpline."""

from arasha.helpline.forms.console import LineForm, LogForm, PassForm, PastForm, RingForm, ShutForm, SignalForm
from arasha.helpline.forms.standing import (
    AskForm,
    HeldForm,
    NoteForm,
    OpenProfileForm,
    PhraseForm,
    ShiftForm,
    WordForm,
    WordsForm,
)

__all__ = [
    "AskForm",
    "HeldForm",
    "LineForm",
    "LogForm",
    "NoteForm",
    "OpenProfileForm",
    "PassForm",
    "PastForm",
    "PhraseForm",
    "RingForm",
    "ShiftForm",
    "ShutForm",
    "SignalForm",
    "WordForm",
    "WordsForm",
]
