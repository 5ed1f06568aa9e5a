from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "arasha.kernel.documents"
    label = "documents"
