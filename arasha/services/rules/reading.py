"""What an offering amounts to for somebody who asks: findings against it, and whether a child fits."""

from collections.abc import Sequence

from arasha.services.rules.lists import CONDITIONS

OLDEST_SON = 17


def findings(
    *, conditions: Sequence[str], sexes: str, siblings: str, with_parent: str, son_to: int | None
) -> list[str]:
    """Return what the way in which a service takes children costs them, as codes of `findings.csv`, worst first.

    Refusing without papers or a statement to the police, taking locals or one sex only: requirements V01 and the
    evaluation that describes crisis centres (source document 004).
    """
    found = [CONDITIONS[code].more["finding"] for code in conditions if CONDITIONS[code].more["finding"]]
    found += [f"{sexes}_only"] if sexes != "all" else []
    found += ["son_turned_away"] if with_parent == "yes" and son_to is not None and son_to < OLDEST_SON else []
    found += ["siblings_parted"] if siblings == "no" else []
    return found
