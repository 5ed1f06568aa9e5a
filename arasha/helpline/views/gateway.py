"""Where the SMS gateway brings what it has: signed, a moment old, each once. Nobody is signed in here."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from arasha.helpline import actions
from arasha.helpline.rules import sms
from arasha.kernel.access import policy
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now

PURPOSE = "sms"


# Exempt from the token against forged forms: the gateway proves itself by its signature.
@policy.public(reason="the SMS gateway has no account: each message bears a signature by a key that it and we know")
@csrf_exempt
@require_POST
@sensitive_variables()
def incoming(request: HttpRequest) -> HttpResponse:
    """Take in a short message or a receipt: 204 when it is kept, also the second time; 401 and 400 say nothing more."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > sms.LONGEST_BODY:
        return HttpResponse(status=413)
    signed = sms.is_signed(
        settings.ARASHA_SMS_SECRET,
        name=request.headers.get("webhook-id", ""),
        moment=request.headers.get("webhook-timestamp", ""),
        signature=request.headers.get("webhook-signature", ""),
        body=request.body,
        now=time.time(),
    )
    if not signed:
        return HttpResponse(status=401)
    try:
        brought = sms.incoming(request.body)
    except sms.NotOurs:
        return HttpResponse(status=400)
    with system(PURPOSE) as actor:
        actions.bring_sms(actor=actor, incoming=brought, now=domain_now())
    return HttpResponse(status=204)
