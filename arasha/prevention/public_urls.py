"""Where everybody checks a certificate, mounted at /certificate/ in the process that serves the public."""

from django.urls import path

from arasha.prevention.views import public

app_name = "certificate"
urlpatterns = [path("", public.check, name="check")]
