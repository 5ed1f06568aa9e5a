from django.db import migrations

from arasha.kernel.access.rules import definer_all
from arasha.kernel.journal.rules import row_journal

# What the model declared when this migration was written.
CLIMB = dict.fromkeys("id request_id rung unit_id at".split(), "code")
HELD = (
    definer_all("releases_climb")
    + row_journal("releases_climb", classes=CLIMB)
    + """
GRANT SELECT ON public.releases_climb TO arasha_backup;
GRANT SELECT, INSERT ON public.releases_climb TO arasha_app;
CREATE POLICY request_reads ON public.releases_climb FOR SELECT TO arasha_app
  USING (EXISTS (SELECT FROM public.releases_filerequest r WHERE r.id = releases_climb.request_id));
CREATE POLICY system_inserts ON public.releases_climb FOR INSERT TO arasha_app
  WITH CHECK ((SELECT access.is_system()));
"""
)


class Migration(migrations.Migration):
    """Lets the clock alone write who was told of a late request, and shows it to who sees the request."""

    dependencies = [("releases", "0007_climb"), ("access", "0021_limited_parts"), ("journal", "0003_vault_files")]
    operations = [migrations.RunSQL(HELD)]
