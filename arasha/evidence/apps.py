from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "arasha.evidence"
    label = "evidence"
