"""Addresses of the helpline."""

from django.urls import path

from arasha.helpline.views import console, debriefs, doing, outward, phrases, profiles, shifts

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
    path("phrases/", phrases.library, name="phrases"),
    path("phrases/<uuid:phrase>/", phrases.phrase, name="phrase"),
    path("phrases/<uuid:phrase>/retire/", phrases.retire, name="retire_phrase"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/<uuid:profile>/", profiles.guidance, name="guidance"),
    path("profiles/<uuid:profile>/forget/", profiles.forget, name="forget_profile"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/plan/", shifts.plan, name="plan_shift"),
    path("shifts/print/", shifts.sheet, name="shift_sheet"),
    path("shifts/<uuid:shift>/cancel/", shifts.cancel, name="cancel_shift"),
    path("matters/<uuid:subject>/note/", shifts.note, name="note_matter"),
    path("matters/<uuid:subject>/take/", shifts.take, name="take_over"),
    path("debriefs/", debriefs.debriefs, name="debriefs"),
    path("debriefs/<uuid:debrief>/ask/", debriefs.ask, name="ask_debrief"),
    path("debriefs/<uuid:debrief>/decline/", debriefs.decline, name="decline_debrief"),
    path("debriefs/<uuid:debrief>/write/", debriefs.write, name="write_debrief"),
    path("debriefs/<uuid:debrief>/held/", debriefs.took_place, name="debrief_held"),
    path("<uuid:contact>/phrases/", phrases.found, name="find_phrases"),
    path("<uuid:contact>/phrases/find/", phrases.find, name="phrases_without_script"),
    path("<uuid:contact>/phrases/<uuid:phrase>/put/", phrases.put, name="put_phrase"),
    path("<uuid:contact>/phrases/<uuid:phrase>/used/", phrases.used, name="phrase_used"),
    path("<uuid:contact>/profile/", profiles.profile, name="profile"),
    path("<uuid:contact>/heavy/", debriefs.heavy, name="heavy"),
    path("<uuid:contact>/<slug:what>/", doing.do, name="do"),
]
