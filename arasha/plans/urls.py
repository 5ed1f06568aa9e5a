"""Addresses of a file's risk, safety plan, entitlement and assessment together."""

from django.urls import path

from arasha.plans.views import (
    deciding,
    drafting,
    eligibility,
    outside,
    pages,
    parts,
    printing,
    risk,
    safety_plan,
    summing,
)

app_name = "plans"
urlpatterns = [
    path("<uuid:dossier>/risk/", risk.risk, name="risk"),
    path("<uuid:dossier>/safety-plan/", safety_plan.safety_plan, name="safety_plan"),
    path("<uuid:dossier>/safety-plan/<int:number>/", safety_plan.version, name="safety_plan_version"),
    path("<uuid:dossier>/safety-plan/draft/", drafting.save, name="plan_draft"),
    path("<uuid:dossier>/safety-plan/draft/settle/", drafting.settle, name="plan_draft_settle"),
    path("<uuid:dossier>/safety-plan/print/", printing.print_plan, name="print_plan"),
    path("<uuid:dossier>/eligibility/", eligibility.eligibility, name="eligibility"),
    path("<uuid:dossier>/assessment/", pages.assessment, name="assessment"),
    path("<uuid:dossier>/assessment/ask/", deciding.ask, name="ask"),
    path("<uuid:dossier>/assessment/outside/", outside.outside, name="outside"),
    path("<uuid:dossier>/assessment/application/", deciding.application, name="application"),
    path("<uuid:dossier>/assessment/end/", deciding.end, name="end"),
    path("<uuid:dossier>/assessment/view/", deciding.view, name="view"),
    path("<uuid:dossier>/assessment/sign/", deciding.sign, name="sign"),
    path("<uuid:dossier>/assessment/paper/", pages.paper, name="paper"),
    path("<uuid:dossier>/assessment/summary/", summing.summary, name="summary"),
    path("<uuid:dossier>/assessment/summary/save/", summing.save, name="summary_save"),
    path("<uuid:dossier>/assessment/summary/copy/", summing.settle, name="summary_settle"),
    path("parts/<uuid:part>/", parts.part, name="part"),
    path("parts/<uuid:part>/told/", parts.told, name="told"),
    path("parts/<uuid:part>/begin/", parts.begin, name="begin"),
    path("parts/<uuid:part>/apart/", parts.apart, name="apart"),
    path("parts/<uuid:part>/save/", parts.save, name="save"),
    path("parts/<uuid:part>/copy/", parts.settle, name="settle"),
    path("parts/<uuid:part>/newer/", parts.newer, name="newer"),
    path("parts/<uuid:part>/correct/", parts.correct, name="correct"),
    path("parts/<uuid:part>/pass-on/", deciding.pass_on, name="pass_on"),
]
