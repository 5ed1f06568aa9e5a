from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = Path(__file__).parent / "sql"
PUBLIC = (
    "doors.begin_parcel(uuid, integer, bytea)",
    "doors.put_piece(uuid, integer, bytea)",
    "doors.end_parcel(uuid)",
    "doors.drop_parcel(uuid)",
    "doors.send_parcels(bytea, uuid[])",
)
STAFF = (
    "doors.take_parcel()",
    "doors.parcel_piece(uuid, integer)",
    "doors.parcel_opened(uuid)",
    "doors.parcel_left(uuid)",
    "doors.sweep_parcels()",
    "doors.parcels_waiting(uuid)",
)


class Migration(migrations.Migration):
    """Leaves files on their way to definer functions."""

    dependencies = [("doors", "0003_parcels"), ("evidence", "0002_protection")]
    operations = [
        migrations.RunSQL(definer_all("doors_parcel")),
        migrations.RunSQL(definer_all("doors_parcelpiece")),
        migrations.RunSQL((SQL / "0004_parcels.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
    ]
