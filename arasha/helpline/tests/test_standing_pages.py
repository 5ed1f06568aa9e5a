"""Pages of phrases, known callers, shifts and debriefs: for the helpline alone, and without a script too."""

from uuid import uuid4

import pytest
from django.test import Client

from arasha.helpline import actions, queries
from arasha.helpline.models import Contact, Phrase, Profile
from arasha.helpline.tests import line as cast
from arasha.helpline.tests.line import Line
from arasha.kernel.access.tests.cast import browser_of
from arasha.obligations.tests.cast import NOW
