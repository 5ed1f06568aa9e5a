"""The table of URLs."""

from django.urls import URLPattern, URLResolver, include, path

from arasha.doors.urls import staff_patterns as tellers
from arasha.signals.urls import receipt_patterns
from arasha.web import api, training, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    path("api/", views.developers, name="developers"),
    path("api/v1/", include((api.addresses(), "api"))),
    path("obligations/", include("arasha.obligations.urls")),
    path("", include("arasha.ui.urls")),
    path("training/clock/", training.clock, name="training_clock"),
    path("", include("arasha.administration.urls")),
    path("signals/", include("arasha.signals.urls")),
    path("cases/", include("arasha.cases.urls")),
    path("people/", include("arasha.people.urls")),
    path("plans/", include("arasha.plans.urls")),
    path("services/", include("arasha.services.urls")),
    path("tellers/", include((tellers, "tellers"))),
    path("sms/", include("arasha.helpline.gateway_urls")),
    path("surveys/", include("arasha.surveys.urls")),
    path("certificates/", include("arasha.prevention.urls")),
    path("conferences/", include("arasha.conferences.urls")),
    path("medical-social/", include("arasha.medical_social.urls")),
    path("adulthood/", include("arasha.adulthood.urls")),
    path("requests/", include("arasha.releases.urls")),
    path("files/<uuid:dossier>/sharing/", include("arasha.sharing.urls")),
    path("infrastructure/", include("arasha.coverage.urls")),
    path("", include("arasha.institutions.urls")),
    path("workforce/", include("arasha.workforce.urls")),
    path("emergencies/", include("arasha.emergency.urls")),
    path("pilots/", include("arasha.governance.urls")),
    path("feedback/", include("arasha.participation.urls")),
    path("evidence/", include("arasha.evidence.urls")),
    path("helpline/", include("arasha.helpline.urls")),
    path("receipt/", include((receipt_patterns, "receipt"))),
    path("services/", include("arasha.services.exchange_urls")),
    path("procedures/", include("arasha.protocols.urls")),
    path("forms/", include("arasha.questionnaires.urls")),
    path("", include("arasha.care.urls")),
    path("", include("arasha.coordination.urls")),
]
