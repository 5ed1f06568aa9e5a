"""What is compared with: a bare Django application, one insert and one select, served in the same way.

Started by gunicorn as `benches.bare:application`; the DSN stands in the environment.
"""

import json
import os
import uuid

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from arasha.config import environment

settings.configure(
    SECRET_KEY="bare",  # noqa: S106 - no secret
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    USE_TZ=True,
    DATABASES={"default": environment.database(os.environ["ARASHA_OWNER_DATABASE_URL"], "the benches' DSN")},
)


def told(request: HttpRequest) -> JsonResponse:
    """Keep one row, or give the newest 25."""
    with connection.cursor() as cursor:
        if request.method == "POST":
            row = uuid.uuid4()
            said = json.dumps(json.loads(request.body))
            cursor.execute("INSERT INTO bench.told (id, said) VALUES (%s, %s)", [row, said])
            return JsonResponse({"id": str(row)}, status=201)
        cursor.execute("SELECT id, state, due_now FROM public.bench_owed ORDER BY due_now, id LIMIT 25")
        return JsonResponse({"items": [{"id": str(a), "state": b, "due_at": c.isoformat()} for a, b, c in cursor]})


urlpatterns = [path("told", told)]
application = get_wsgi_application()
