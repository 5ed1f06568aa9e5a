from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = Path(__file__).parent / "sql"
OURS = (
    "people.enter(uuid)",
    "people.follow_name()",
    "people.follow_person()",
    "people.asking()",
    "people.reach(people.asker, uuid, boolean)",
)
THEIRS = (
    "people.find(text[], text[], text[], text[], date, date, integer)",
    "people.find_number(text, bytea, integer)",
    "people.glimpse(uuid[])",
)
# Steps of the search: not definers, they run within those that are.
STEPS = (
    "people.cut(text, integer)",
    "people.slips(text)",
    "people.cuts(text)",
    "people.near(integer, text)",
    "people.read(integer, integer, text, boolean)",
    "people.name_cost(text, text)",
    "people.birth_cost(date, date, date, date)",
    "people.reached(people.asker, people.hit[], integer)",
    "people.by_names(people.reading[], integer, text[], text[], date, date)",
    "people.by_father(people.reading[], text[], text[], date, date)",
    "people.by_birth(text[], text[], text[], text[], date, date)",
    "people.by_one_name(people.asker, people.reading[], date, date, real, integer)",
    "people.of_teams(people.asker, integer)",
    "people.find_one(people.asker, people.reading[], date, date, integer)",
)


class Migration(migrations.Migration):
    """Finds people by name, number and birth: what derives from names, and who reaches how far."""

    dependencies = [("people", "0003_entries"), ("access", "0016_account_leaves")]
    operations = [
        migrations.RunSQL(definer_all("people_entry")),
        migrations.RunSQL(definer_all("people_word")),
        migrations.RunSQL((SQL / "0004_finding.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature)) for signature in OURS),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in THEIRS),
        migrations.RunSQL(
            f"REVOKE ALL ON FUNCTION {', '.join(STEPS)} FROM PUBLIC;\n"
            f"GRANT EXECUTE ON FUNCTION {', '.join(STEPS)} TO arasha_definer;\n"
            "REVOKE ALL ON TYPE people.reading, people.asker, people.hit FROM PUBLIC;\n"
            "GRANT USAGE ON TYPE people.reading, people.asker, people.hit TO arasha_definer;\n"
            "GRANT USAGE ON TYPE people.hit TO arasha_app;\n"
        ),
    ]
