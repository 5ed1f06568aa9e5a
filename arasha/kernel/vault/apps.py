from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "arasha.kernel.vault"
    label = "vault"
