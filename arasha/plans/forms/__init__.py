"""What people fill in about an assessment."""

from arasha.plans.forms.assessing import ApplicationForm, AskForm, OpenForm, ToldForm, ViewForm

__all__ = ["ApplicationForm", "AskForm", "OpenForm", "ToldForm", "ViewForm"]
