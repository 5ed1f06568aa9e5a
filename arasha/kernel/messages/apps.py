from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "arasha.kernel.messages"
    label = "message"
