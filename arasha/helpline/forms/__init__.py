"""What is typed at a helpline."""

from arasha.helpline.forms.console import LogForm, PassForm, RingForm, ShutForm, SignalForm
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
    "LogForm",
    "NoteForm",
    "OpenProfileForm",
    "PassForm",
    "PhraseForm",
    "RingForm",
    "ShiftForm",
    "ShutForm",
    "SignalForm",
    "WordForm",
    "WordsForm",
]
