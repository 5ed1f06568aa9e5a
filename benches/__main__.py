"""`python -m benches [GROUP]`: measure, print a line a figure, keep the results; status 1 when a budget is not kept."""

import os
import sys

from benches import place
from benches.figures import Figure, keep

GROUPS = ("ground", "obligations", "people", "doors", "helpline", "assessment", "directory", "directory_import", "work")
# They have a database of their own, or need none.
ALONE = {"people", "assessment", "directory_import"}


def main(words: list[str]) -> int:
    """Measure the groups named, or all; `ground.reading` names one module of a group."""
    wanted = words or list(GROUPS)
    if unknown := [word for word in wanted if word.partition(".")[0] not in GROUPS]:
        print(f"No such group of figures: {', '.join(unknown)}. There is: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    over = False
    for word in [word for word in wanted if word.partition(".")[0] in ALONE]:
        over = any(figure.over for figure in measure_alone(*word.partition(".")[::2])) or over
    wanted = [word for word in wanted if word.partition(".")[0] not in ALONE]
    if not wanted:
        return 1 if over else 0
    with place.running() as bench:
        for word in wanted:
            figures = measure(bench, *word.partition(".")[::2])
            over = over or any(figure.over for figure in figures)
    return 1 if over else 0


def measure_alone(group: str, only: str) -> list[Figure]:
    """Measure a group that does not use the shared data: people (a corpus of its own), assessment (no database),
    directory_import (an empty directory)."""
    if group == "people":
        from benches.people import real  # noqa: PLC0415 - it needs rules that other groups don't load

        measured, scale = real.figures(), real.PERSONS
    elif group == "directory_import":
        from benches import directory_import  # noqa: PLC0415

        measured, scale = directory_import.figures(), directory_import.ROWS
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings")
        import django  # noqa: PLC0415 - its settings are read from the variables above

        django.setup()
        from benches import assessment  # noqa: PLC0415

        measured, scale = assessment.figures(only), 0
    begin, figures = os.getloadavg()[0], []
    print(f"{group}: load {begin:.1f}", flush=True)
    for figure in measured:
        print(figure.line(), flush=True)
        figures.append(figure)
    kept = keep(group, figures, scale, (begin, os.getloadavg()[0]))
    print(f"kept in {kept.relative_to(place.ROOT)}", flush=True)
    return figures


def measure(bench: place.Bench, group: str, only: str) -> list[Figure]:
    """Measure a group on its data, which are made when this tree has none yet."""
    os.environ.update(bench.variables(bench.name))
    import django  # noqa: PLC0415 - its settings are read from the variables above

    django.setup()
    from benches import directory, doors, filling, ground, helpline, obligations, work  # noqa: PLC0415

    filling.ensure(bench)
    begin, figures = os.getloadavg()[0], []
    print(f"{group}: {place.scale():,} dossiers, load {begin:.1f}", flush=True)
    parts = {
        "ground": ground,
        "obligations": obligations,
        "doors": doors,
        "helpline": helpline,
        "directory": directory,
        "work": work,
    }
    for figure in parts[group].figures(bench, only):
        print(figure.line(), flush=True)
        figures.append(figure)
    kept = keep(group, figures, place.scale(), (begin, os.getloadavg()[0]))
    print(f"kept in {kept.relative_to(place.ROOT)}", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
