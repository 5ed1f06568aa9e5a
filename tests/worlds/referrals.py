"""A referral and a question to a specialist in a world, in a file that is no outsider's, and their forms."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/plans/{dossier}/referrals/send/": (
        "coordinator",
        {
            "unit": b"outside",
            "urgency": b"ordinary",
            "purpose": b"family",
            "words": b"x",
            "consent": b"child",
            "reads_days": b"180",
        },
        "offering after why without once",
    ),
    "/plans/referrals/{referral}/": (
        "coordinator",
        {"step": b"refuse", "reason": b"no_room", "said_by": b"telephone", "seen": b"1"},
        "words once on done result urgency why told child",
    ),
    "/plans/referrals/{referral}/link/": ("coordinator", {"step": b"make"}, "ring named contact once"),
    "/plans/{dossier}/specialists/": (
        "coordinator",
        {"specialist": b"doctor", "unit": b"1", "urgency": b"ordinary", "words": b"x"},
        "once",
    ),
    "/plans/questions/{question}/": ("coordinator", {"words": b"x", "facet": b"7"}, ""),
}
ASKED = (
    *(("coordinator", "/plans/referrals/sent/", name) for name in ("state", "urgency", "after")),
    *(("coordinator", "/plans/referrals/several/", name) for name in ("offering", "file")),
    *(("coordinator", "/plans/referrals/received/", name) for name in ("state", "urgency", "after")),
)


def refer(world: World) -> None:
    """Put down a referral of the place that waits, and a question, in the file that `places.wait` chose."""
    put_down(
        world,
        "plans_referral",
        "dossier_id, place_id, from_unit_id, purpose, consent, without, reads_until, sent_at, steps",
        "dossier_id, id, unit_id, 'family', 'child', '', now() + interval '90 days', now(), 1 FROM plans_serviceplace",
    )
    put_down(
        world,
        "plans_specialistquestion",
        "dossier_id, specialist, urgency, from_unit_id, to_unit_id, asked_at",
        "dossier_id, 'doctor', 'ordinary', unit_id, unit_id, now() FROM plans_serviceplace",
    )
