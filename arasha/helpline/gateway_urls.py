"""The one address at which the SMS gateway brings what it has, mounted at /sms/ in the process that serves staff."""

from django.urls import path

from arasha.helpline.views import gateway

app_name = "gateway"
urlpatterns = [path("", gateway.incoming, name="sms")]
