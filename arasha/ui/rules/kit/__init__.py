"""What the kit page shows: each component with made-up values, in the reader's language."""

from django.utils.translation import pgettext

from arasha.ui.rules import page, parts
from arasha.ui.rules.kit.figures import of_deadlines, of_lists, of_moments, of_territories, the_clock, the_journey

NEUTRAL = ("ground", "surface", "sunken", "line", "line-2", "ink", "ink-2", "teal", "teal-tint")
MEANINGS = tuple(f"{name}{tone}" for name in ("amber", "brick", "slate", "moss") for tone in ("", "-mark", "-tint"))
TOKENS = (*NEUTRAL, *MEANINGS, "heat-1", "heat-2", "heat-3")
HERE = "#main"


def context(theme: str) -> dict[str, object]:
    """Return the kit page's context; `theme` is a wish from the address, for looking at both."""
    return (
        {
            "page_title": pgettext("kit", "Tokens, states and parts"),
            "page_meta": pgettext("kit", "Training instance. Every person and number here is made up."),
            "shell": _shell(),
            "tokens": TOKENS,
            "tabs": [
                page.Link(pgettext("kit", "Parts"), "?", current=True),
                page.Link(pgettext("kit", "Light"), "?theme=light"),
                page.Link(pgettext("kit", "Dark"), "?theme=dark"),
            ],
            "primary": page.Action(pgettext("kit", "Add an entry"), HERE),
            "secondary": page.Action(pgettext("kit", "Ask for access"), HERE, kind="secondary"),
            "warning": page.Action(pgettext("kit", "Hand over to the police"), HERE, kind="warning"),
            "small": page.Action(pgettext("kit", "Take it"), HERE, small=True),
        }
        | ({"theme": theme} if theme in {"light", "dark"} else {})
        | _answers()
        | _people()
        | _journey()
        | the_clock()
        | the_journey()
        | of_deadlines()
        | of_lists()
        | of_territories()
        | of_moments()
    )


def _shell() -> page.Shell:
    return page.Shell(
        post=pgettext("kit", "District coordinator"),
        territory=pgettext("kit", "Saryagash district"),
        user=pgettext("kit", "G. Abdikerimova"),
        rail=[
            page.RailItem(pgettext("kit", "My work"), HERE, late=4),
            page.RailItem(pgettext("kit", "Signals"), HERE, count=7),
            page.RailItem(pgettext("kit", "Cases"), HERE, count=128),
            page.RailItem(pgettext("kit", "Coordination"), HERE),
            page.RailItem(pgettext("kit", "Figures"), HERE, current=True),
        ],
        change_url=HERE,
        search_url=HERE,
        messages_url=HERE,
        messages=3,
        account_url=HERE,
        sign_out_url=HERE,
        foot=[
            page.Link(pgettext("kit", "Glossary"), HERE),
            page.Link(pgettext("kit", "Help"), HERE),
            page.Link(pgettext("kit", "Who looked at my account"), HERE),
        ],
    )


def _states() -> list[parts.State]:
    return [
        parts.State("late", pgettext("kit", "15 h late")),
        parts.State("soon", pgettext("kit", "due today, 15:40")),
        parts.State("wait", pgettext("kit", "seen, not answered")),
        parts.State("open", pgettext("kit", "not due yet")),
        parts.State("met", pgettext("kit", "met in 45 min")),
        parts.State("extended", pgettext("kit", "extended to 31.03.2026")),
        parts.State("suspended", pgettext("kit", "suspended by a decision")),
    ]


def _answers() -> dict[str, object]:
    check = page.Action(pgettext("kit", "Record a safety check"), HERE, kind="secondary")
    return {
        "states": _states(),
        "safety_banners": [
            parts.Safety(
                "safe",
                pgettext("kit", "Safe for now: with her aunt"),
                pgettext("kit", "Seen in person yesterday at 17:20."),
                check,
            ),
            parts.Safety(
                "unsafe",
                pgettext("kit", "Not safe: the alleged perpetrator is at home"),
                pgettext("kit", "Somebody must stay with the child."),
            ),
            parts.Safety(
                "unknown",
                pgettext("kit", "Not known: nobody has seen the child for 34 days"),
                pgettext("kit", "A visit is due every 7 days."),
            ),
        ],
        "four_answers": _four(),
    }


def _four() -> list[parts.Answer]:
    return [
        parts.Answer(
            pgettext("kit", "Who leads"),
            pgettext("kit", "Aigerim Nurlanova"),
            pgettext("kit", "Family support centre, since 20.03.2026."),
        ),
        parts.Answer(
            pgettext("kit", "What is late"),
            pgettext("kit", "1 late, 1 due today"),
            pgettext("kit", "The school has not answered."),
            late=True,
        ),
        parts.Answer(
            pgettext("kit", "What the child said"),
            quote=pgettext("kit", "“I want to stay at my aunt’s.”"),
            text=pgettext("kit", "24.03.2026"),
        ),
        parts.Answer(
            pgettext("kit", "What happens next"),
            pgettext("kit", "Case conference, today, 15:00"),
            pgettext("kit", "Then the answer of the police."),
        ),
    ]


def _people() -> dict[str, object]:
    late, soon, _wait, waiting, *_rest = _states()
    return {
        "team_members": [
            parts.Member(
                pgettext("kit", "Family support centre"),
                pgettext("kit", "leads"),
                pgettext("kit", "A. Nurlanova"),
                leads=True,
            ),
            parts.Member(
                pgettext("kit", "Guardianship unit"), pgettext("kit", "partner"), pgettext("kit", "B. Zhumabekov")
            ),
            parts.Member(pgettext("kit", "School No. 14"), pgettext("kit", "obliged"), pgettext("kit", "N. Ospanova")),
        ],
        "owed_next": [
            parts.Owed(late, pgettext("kit", "Answer in writing"), pgettext("kit", "School No. 14"), HERE),
            parts.Owed(soon, pgettext("kit", "First case conference"), pgettext("kit", "Family support centre"), HERE),
            parts.Owed(waiting, pgettext("kit", "Say what was done"), pgettext("kit", "Police, juvenile unit")),
        ],
        "sealed_blocks": [
            parts.Sealed(pgettext("kit", "Who reported"), pgettext("kit", "Sealed for everybody on this case.")),
            parts.Sealed(
                pgettext("kit", "Forensic interview"),
                pgettext("kit", "You may ask for access with a reason; another person reviews it."),
                page.Link(pgettext("kit", "Ask for access"), HERE),
            ),
            parts.Sealed(
                pgettext("kit", "Forensic interview"),
                pgettext("kit", "Open to you until 12:41. Every look is recorded."),
                page.Link(pgettext("kit", "Read it"), HERE),
                open=True,
            ),
        ],
    }


def _journey() -> dict[str, object]:
    return {
        "journey": [
            parts.Entry(
                pgettext("kit", "Absent from school for 9 days"),
                "14.10.2025",
                1,
                "wait",
                body=pgettext("kit", "School No. 14"),
            ),
            parts.Entry(pgettext("kit", "71 days: nobody acted"), gap=True),
            parts.Entry(
                pgettext("kit", "Injuries reported"),
                "20.03.2026, 15:40",
                2,
                "met",
                HERE,
                body=pgettext("kit", "District hospital"),
            ),
            parts.Entry(
                pgettext("kit", "Answer in writing"),
                "26.03.2026, 18:30",
                3,
                "late",
                HERE,
                body=pgettext("kit", "School No. 14"),
            ),
            parts.Entry(
                pgettext("kit", "Case conference"),
                "27.03.2026, 15:00",
                4,
                "soon",
                HERE,
                body=pgettext("kit", "Family support centre"),
            ),
        ],
    }
