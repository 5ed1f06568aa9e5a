"""Addresses of the helpline."""

from django.urls import path

from arasha.helpline.views import console, doing, outward

app_name = "helpline"
urlpatterns = [
    path("", console.console, name="console"),
    path("lists/", console.lists, name="lists"),
    path("begin/", doing.begin, name="begin"),
    path("next/", doing.take_next, name="next"),
    path("call-backs/", outward.call_backs, name="call_backs"),
    path("call-backs/take/", outward.take_call_back, name="take_call_back"),
    path("call-backs/<uuid:call_back>/take/", outward.take_call_back, name="take_this_call_back"),
    path("call-backs/<uuid:call_back>/done/", outward.call_back_done, name="call_back_done"),
    path("past/", outward.past, name="past"),
    path("wall/", outward.wall, name="wall"),
    path("<uuid:contact>/", console.contact, name="contact"),
    path("<uuid:contact>/talk/", console.talk, name="talk"),
    path("<uuid:contact>/signal/", outward.signal, name="signal"),
    path("<uuid:contact>/<slug:what>/", doing.do, name="do"),
]
