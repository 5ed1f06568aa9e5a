"""Which functions may lead a file."""

LEADERS = frozenset(
    {"coordination_district", "coordination_region", "guardianship", "social_protection", "family_support"}
)
RECEIVERS = frozenset(
    {"coordination_district", "coordination_region", "coordination_nation", "guardianship", "helpline"}
)
# Which functions may lead a file of a kind.
LEADERS_OF = {"case": LEADERS, "signal": RECEIVERS}
