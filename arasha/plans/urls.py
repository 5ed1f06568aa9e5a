"""Addresses of a file's risk, safety plan and entitlement."""

from django.urls import path

from arasha.plans.views import eligibility, printing, risk, safety_plan

app_name = "plans"
urlpatterns = [
    path("<uuid:dossier>/risk/", risk.risk, name="risk"),
    path("<uuid:dossier>/safety-plan/", safety_plan.safety_plan, name="safety_plan"),
    path("<uuid:dossier>/safety-plan/<int:number>/", safety_plan.version, name="safety_plan_version"),
    path("<uuid:dossier>/safety-plan/print/", printing.print_plan, name="print_plan"),
    path("<uuid:dossier>/eligibility/", eligibility.eligibility, name="eligibility"),
]
