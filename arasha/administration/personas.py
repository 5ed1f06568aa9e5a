"""Try it as somebody: one click signs in as a made-up person. Imported only where nothing is real.

A room of its own so that a production instance never loads it: `urls` asks for the kind before it imports it, and
each request asks again.
"""

from allauth.account.internal.flows.login import resume_login
from allauth.account.models import Login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from arasha.administration import queries, rules
from arasha.administration.models import Persona
from arasha.kernel.access import policy


@policy.sign_in
@require_POST
def sign_in_as(request: HttpRequest, user: int) -> HttpResponse:
    """Sign in as a persona, on this machine only; 404 everywhere else."""
    if queries.instance_kind() == "production" or not rules.on_loopback(request.META):
        raise Http404
    try:
        persona = Persona.objects.select_related("user").get(pk=user, user__is_active=True)
    except Persona.DoesNotExist:
        raise Http404 from None
    login = Login(user=persona.user)
    login.state = {"stages": {key: {"handled": True} for key in ("second_factor_exists", "mfa_authenticate")}}
    response: HttpResponse = resume_login(request, login)
    return response
