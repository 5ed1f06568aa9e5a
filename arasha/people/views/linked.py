"""Files that may name one person: for who oversees the place, with whom to ask, and without any name."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people import queries, rules
from arasha.people.views import alleged_words as said
from arasha.people.views import words
from arasha.ui.rules.parts import Empty

# Each file that is shown counts among the files that somebody may look at on one day.
A_PAGE = 5


@may("see_linked_allegations")
@require_safe
def linked(request: StaffRequest) -> HttpResponse:
    """List clusters of allegations of two or more files; each file that is shown is put down as looked at."""
    found = queries.linked_allegations()
    asked = request.GET.get("page", "1")
    page = min(int(asked), len(found) // A_PAGE + 1) if asked.isdecimal() and len(asked) < 6 else 1
    shown = found[(max(page, 1) - 1) * A_PAGE : max(page, 1) * A_PAGE]
    for dossier in dict.fromkeys(member.dossier for cluster in shown for member in cluster.members):
        request.look(dossier, kind="search")
    title = ngettext(
        "%(n)s group of files may name one person", "%(n)s groups of files may name one person", len(found)
    )
    context = {
        "page_title": title % {"n": len(found)} if found else _("No files seem to name one person"),
        "clusters": [_cluster(one) for one in shown],
        "next": page + 1 if len(found) > max(page, 1) * A_PAGE else None,
        "nothing": Empty(
            _("No files of your territory seem to name one person"),
            _("When two files name somebody alike, you will be told by a message. Nobody else sees it."),
        ),
    }
    return render(request, "people/linked.html", context)


def _cluster(one: queries.Cluster) -> dict[str, Any]:
    agrees = ", ".join(rules.LINK_AGREEMENTS.label(code) for code in one.agrees)
    heading = ngettext("%(n)s file", "%(n)s files", one.files) % {"n": one.files}
    return {"heading": heading, "agrees": words.capital(agrees), "members": [_member(row) for row in one.members]}


def _member(one: queries.Linked) -> dict[str, str]:
    place = territory(one.territory) if one.territory else None
    return {
        "role": words.capital(rules.SUSPECT_ROLES.label(one.role)),
        "termed": str(rules.termed(child=one.child, status=one.status)),
        "place": one.place,
        "territory": place.name(words.language()) if place else "",
        "status": said.status(one.status),
        "tone": said.TONES[one.status],
        "ask": one.lead,
        "since": format_date(local(one.recorded_at).date(), words.language()),
    }
