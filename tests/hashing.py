"""The passwords' own algorithm at a price that tests can pay: others pay a third of a second a password."""

from django.contrib.auth.hashers import ScryptPasswordHasher


class LightScrypt(ScryptPasswordHasher):
    """Scrypt with 16 steps in place of 16,384; what it wrote says so itself, so that anybody can check it."""

    work_factor = 2**4
