"""What needs attention, the units of the place, one unit with its functions and posts, and who sits there."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration import actions, forms, queries
from arasha.administration.views import places_words as words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Function, Post, Unit
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import Conflict, Refused
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at

PAGE = 50
SHOWN = 10


@may("administer")
@require_safe
def landing(request: StaffRequest) -> HttpResponse:
    """Show what needs attention in the place: what waits, what is empty, what ends, what is missing."""
    found = queries.attention(request.actor, request.now)
    context = words.landing(found, request.actor, request.now)
    return render(request, "administration/landing.html", context)


@may("administer")
@require_safe
def units(request: StaffRequest) -> HttpResponse:
    """List the units of the place; filters stand in the address."""
    form = forms.UnitFilterForm(request.GET, places=place_choices(request), functions=words.functions(_functions()))
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = queries.found_units(request.actor, queries.UnitFilter(**asked), request.now)
    mark = request.GET.get("after", "")
    cut = list(
        (queries.after(found, int(mark)) if mark.isascii() and mark.isdigit() and len(mark) < 10 else found)[: PAGE + 1]
    )
    shown = cut[:PAGE]
    numbers = [unit.pk for unit in shown]
    context = {
        "page_title": _("Units of your place"),
        "form": form,
        "rows": words.units(
            shown, queries.functions_of(numbers, request.now), queries.holders_of(numbers, request.now)
        ),
        "following": f"?{urlencode(asked | {'after': shown[-1].pk})}" if len(cut) > PAGE else "",
    }
    return render(request, "administration/units.html", context)


@may("administer")
@require_safe
def unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Show a unit: what it is, its functions with their periods, its posts and who sits, sat and is to sit there."""
    found = administered(unit)
    waiting = [one for one in queries.waiting(request.actor, request.now) if one.unit_id == unit]
    context = words.unit(
        found, queries.given_to(unit), queries.posts_in(unit), queries.sittings(unit), waiting=waiting, now=request.now
    ) | {"own": unit == request.actor.unit_id}
    return render(request, "administration/unit.html", context)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def give_function(request: StaffRequest, unit: int) -> HttpResponse:
    """Give a unit a function; a sensitive one waits for a second person."""
    found = administered(unit, request)
    form = forms.FunctionForm(
        request.POST if request.method == "POST" else None,
        functions=words.functions(_functions(), mark=True),
        places=place_choices(request),
        initial={"since": local(request.now).date(), "territory": found.territory_id},
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            proposal = actions.give_function(
                actor=request.actor,
                now=request.now,
                unit_id=unit,
                function=told["function"],
                territory=told["territory"],
                since=_from(told["since"], request.now),
                until=_to(told["until"]),
            )
        except Conflict:
            form.add_error("function", _("The unit has this function already, or it is proposed."))
        except actions.UnitInvalid:
            form.add_error("since", _("Choose today or a later day, and an end after it."))
        else:
            messages.success(request, words.given(waits=proposal is not None))
            return redirect("unit", unit=unit)
    context = {"page_title": _("Which function does this unit get?"), "page_meta": found.name, "form": form}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


@may("administer")
@require_POST
def end_function(request: StaffRequest, unit: int) -> HttpResponse:
    """Take a function from a unit now."""
    administered(unit, request)
    given = request.POST.get("given", "")
    known = {str(one.pk): one.pk for one in queries.given_to(unit)}
    if given not in known:
        raise Http404
    try:
        actions.end_function(actor=request.actor, now=request.now, given=known[given], until=request.now)
        messages.success(request, _("The unit no longer has this function."))
    except actions.UnitInvalid:
        messages.info(request, _("This function had ended before."))
    return redirect("unit", unit=unit)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def add_post(request: StaffRequest, unit: int) -> HttpResponse:
    """Make an empty post in a unit."""
    found = administered(unit, request)
    form = forms.PostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        facts = actions.PostFacts((told["title_kk"], told["title_ru"], told["title_en"]), heads=told["heads"])
        actions.add_post(actor=request.actor, now=request.now, unit_id=unit, facts=facts)
        messages.success(request, _("The post is made. Nobody sits in it yet."))
        return redirect("unit", unit=unit)
    context = {"page_title": _("What is the new post called?"), "page_meta": found.name, "form": form}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def change_post(request: StaffRequest, unit: int, post: int) -> HttpResponse:
    """Change a post's titles and rank, and narrow it to some of the unit's functions."""
    found = administered(unit, request)
    wanted = _post(unit, post)
    has = queries.functions_of([unit], request.now)[unit]
    narrowed = [one.code for one in has] if wanted.functions is None else wanted.functions
    stands = {name: getattr(wanted, name) for name in ("title_kk", "title_ru", "title_en")}
    form = forms.ChangePostForm(
        request.POST if request.method == "POST" else None,
        functions=words.functions(has, mark=True),
        initial=stands | {"heads": wanted.rank == "head", "functions": narrowed},
    )
    if form.is_valid():
        told = form.cleaned_data
        # a post that has all of the unit's functions, and had, also has those that the unit gets later
        whole = wanted.functions is None and set(told["functions"]) == {one.code for one in has}
        facts = actions.PostFacts(
            (told["title_kk"], told["title_ru"], told["title_en"]), None if whole else told["functions"], told["heads"]
        )
        try:
            actions.change_post(actor=request.actor, now=request.now, post_id=post, facts=facts)
        except Refused:
            form.add_error("functions", _("Somebody sits here: functions can only be taken away."))
        else:
            messages.success(request, _("The post is changed."))
            return redirect("unit", unit=unit)
    context = {"page_title": _("What is this post?"), "page_meta": f"{wanted.title}, {found.name}", "form": form}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: StaffRequest, unit: int, post: int) -> HttpResponse:
    """Seat somebody in a post, now or on a day to come."""
    found = administered(unit, request)
    wanted = _post(unit, post)
    form = forms.SeatForm(
        request.POST if request.method == "POST" else None, initial={"since": local(request.now).date()}
    )
    if form.is_valid() and _seated(request, form, post):
        return redirect("unit", unit=unit)
    context = {
        "page_title": _("Who sits in this post?"),
        "page_meta": f"{wanted.title}, {found.name}",
        "form": form,
    }
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


def _seated(request: StaffRequest, form: forms.SeatForm, post: int) -> bool:
    """Seat whom the form names; what stands against it is said at its field."""
    told = form.cleaned_data
    line = next((one for one in queries.accounts(request.actor, at=request.now) if one.login == told["login"]), None)
    if line is None:
        form.add_error("login", _("No account that you administer has this login."))
        return False
    since, until = _from(told["since"], request.now), _to(told["until"])
    try:
        seated = actions.seat(
            actor=request.actor, now=request.now, post_id=post, user_id=line.user_id, since=since, until=until
        )
    except Refused:
        form.add_error("login", _("Nobody seats themselves, and a closed account sits nowhere."))
    except Conflict:
        form.add_error("login", _("Somebody sits in this post, or is to. End that first."))
    except actions.PostInvalid:
        form.add_error("until", _("This is not after the beginning."))
    else:
        messages.success(request, words.seated(seated.state))
        return True
    return False


def administered(unit: int, request: StaffRequest | None = None) -> Unit:
    """Return an administered unit; with a request, one that the actor may change: never their own."""
    found = queries.administered_unit(unit)
    if found is None or (request is not None and unit == request.actor.unit_id):
        raise Http404
    return found


def _post(unit: int, post: int) -> Post:
    found = next((one for one in queries.posts_in(unit) if one.pk == post), None)
    if found is None:
        raise Http404
    return found


def _functions() -> list[Function]:
    return list(Function.objects.order_by("label_kk"))


def place_choices(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the places that the actor administers, as choices."""
    return [(place.pk, place.name(words.language())) for place in queries.places_below(request.actor, request.now)]


def _from(day: date, now: datetime) -> datetime:
    """Return when something begins that is said by its day: today means now."""
    return now if day == local(now).date() else at(day, time(0))


def _to(day: date | None) -> datetime | None:
    """Return the end of a last day."""
    return at(day + timedelta(days=1), time(0)) if day else None
