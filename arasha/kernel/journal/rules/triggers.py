"""The SQL that makes a table journalled, written out column by column: three times faster than one that looks."""

import re
from collections.abc import Mapping
from typing import Final

CLASSES: Final = frozenset({"code", "personal", "sealed"})
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")

# Log tables of higher folders whose rows are sealed beside the acts: table → key column.
# The folder adds its own when its rules are imported, and runs `log_journal` in its migration.
SEALED_TABLES: dict[str, str] = {}

# Whatever a value's text depends on is pinned, so that verify reads the same; each pin costs a write some
# microseconds, so a table pins what its columns' types need.
_PINS = """DO $pins$
DECLARE
  v_pin text;
BEGIN
  FOR v_pin IN SELECT DISTINCT p.pin FROM pg_attribute a
    JOIN (VALUES ('timestamptz', 'timezone = ''UTC''', 'any'), ('timestamptz', 'datestyle = ''ISO, YMD''', 'secret'),
      ('timestamp', 'datestyle = ''ISO, YMD''', 'secret'), ('date', 'datestyle = ''ISO, YMD''', 'secret'),
      ('bytea', 'bytea_output = ''hex''', 'code'), ('float4', 'extra_float_digits = 1', 'any'),
      ('float8', 'extra_float_digits = 1', 'any'), ('interval', 'intervalstyle = ''postgres''', 'any')
    ) AS p (type, pin, class)
    ON p.type::regtype = a.atttypid OR a.atttypid <> ALL (
      '{{bool,bytea,date,float4,float8,int2,int4,int8,interval,jsonb,numeric,text,timestamp,timestamptz,uuid,varchar,'
      'bpchar,int4[],int8[],text[],uuid[]}}'::regtype[])
    WHERE a.attrelid = 'public.{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND p.class IN ('any', CASE WHEN a.attname = ANY ('{{{secret}}}') THEN 'secret' ELSE 'code' END)
  LOOP
    EXECUTE 'ALTER FUNCTION journal.row_{table}() SET ' || v_pin;
  END LOOP;
END $pins$;"""


def row_journal(
    table: str,
    *,
    key: str = "id",
    classes: Mapping[str, str],
    owner: str | None = None,
    owner_kind: str = "dossier",
    facet: str | int | None = None,
) -> str:
    """Return the SQL that journals each row of `table`; run it in the migration that makes or changes the table.

    `classes` maps every column to "code", "personal" or "sealed" (bytea). Where there is one that is not "code",
    `owner` names the uuid column whose vault history keeps the earlier values (of `owner_kind` "dossier" or "person")
    and `facet` the facet's bit or the column that holds it. A write without an open act raises AR410, TRUNCATE and
    a changed key AR411; both also under session_replication_role = replica. Columns of type json, xml or point have
    no equality and can't be journalled.
    """
    return f"""
{row_function(table, key=key, classes=classes, owner=owner, owner_kind=owner_kind, facet=facet)}
{_PINS.format(table=table, secret=",".join(column for column, kind in classes.items() if kind != "code"))}
GRANT CREATE ON SCHEMA journal TO arasha_definer;
ALTER FUNCTION journal.row_{table}() OWNER TO arasha_definer;
REVOKE CREATE ON SCHEMA journal FROM arasha_definer;
REVOKE ALL ON FUNCTION journal.row_{table}() FROM PUBLIC;
GRANT SELECT ON public.{table} TO arasha_definer;
CREATE OR REPLACE TRIGGER journal_row AFTER INSERT OR UPDATE OR DELETE ON public.{table}
  FOR EACH ROW EXECUTE FUNCTION journal.row_{table}();
CREATE OR REPLACE TRIGGER journal_all BEFORE TRUNCATE ON public.{table}
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER journal_row, ENABLE ALWAYS TRIGGER journal_all;
"""


def log_journal(table: str, *, key: str = "id") -> str:
    """Return the SQL that makes `table` a sealed log: hashed when written, sealed once, never changed or deleted.

    The table has `hash bytea`, `sealed_in bigint` and `recorded_at timestamptz` beside its own columns, and a partial
    index over rows whose `sealed_in` is null.
    """
    _checked_names(table, key)
    return f"""
INSERT INTO public.journal_source (table_name, key) VALUES ('{table}', '{key}') ON CONFLICT DO NOTHING;
GRANT SELECT ON public.{table} TO arasha_definer;
GRANT UPDATE (sealed_in) ON public.{table} TO arasha_definer;
CREATE INDEX IF NOT EXISTS {table}_sealed ON public.{table} (sealed_in) WHERE sealed_in IS NOT NULL;
CREATE TRIGGER journal_hash BEFORE INSERT ON public.{table} FOR EACH ROW EXECUTE FUNCTION journal.hash_log();
CREATE TRIGGER journal_guard BEFORE UPDATE ON public.{table} FOR EACH ROW EXECUTE FUNCTION journal.guard_log();
CREATE TRIGGER journal_keep BEFORE DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION journal.refuse();
CREATE TRIGGER journal_all BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse();
ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER journal_hash, ENABLE ALWAYS TRIGGER journal_guard,
  ENABLE ALWAYS TRIGGER journal_keep, ENABLE ALWAYS TRIGGER journal_all;
"""  # noqa: S608 - the names were checked


def row_function(
    table: str,
    *,
    key: str,
    classes: Mapping[str, str],
    owner: str | None,
    owner_kind: str,
    facet: str | int | None,
) -> str:
    """Return the trigger function's SQL alone; ValueError names what is wrong with the declaration."""
    _checked_names(table, key, *classes)
    if unknown := {column for column, kind in classes.items() if kind not in CLASSES}:
        raise ValueError(f"{table}: unknown class of {sorted(unknown)}")
    codes = [column for column, kind in classes.items() if kind == "code"]
    secret = [column for column, kind in classes.items() if kind != "code"]
    if classes.get(key) != "code":
        raise ValueError(f"{table}: the key is a code")
    if secret and (owner is None or facet is None or owner_kind not in {"dossier", "person"}):
        raise ValueError(f"{table}: {secret[0]} needs an owner and a facet")
    place = _Place(owner or "", owner_kind, facet)
    return _FUNCTION.format(
        table=table,
        key=key,
        moved=place.moved() if secret else "false",
        salted="v_salt := uuid_send(gen_random_uuid());" if secret else "",
        inserted=_inserted(codes, secret, classes, place),
        updated=_updated([column for column in codes if column != key], secret, classes, place),
        scope=f"'{owner_kind}:' || v_row.{owner}" if secret else "''",
        history=_history(secret, classes, place) if secret else "",
    )


class _Place:
    """Where a table's earlier values are kept, as SQL on a row."""

    def __init__(self, owner: str, kind: str, facet: str | int | None) -> None:
        self.owner, self.kind, self.facet = owner, kind, facet

    def facet_of(self, row: str) -> str:
        """Return the facet's bit as SQL."""
        return f"{self.facet}::smallint" if isinstance(self.facet, int) else f"{row}.{self.facet}"

    def of(self, row: str) -> str:
        """Return kind, key and facet as SQL."""
        return f"'{self.kind}', {row}.{self.owner}, {self.facet_of(row)}"

    def moved(self) -> str:
        """Return the SQL of "the row changed its owner or facet"."""
        facet = "" if isinstance(self.facet, int) else f" OR NEW.{self.facet} IS DISTINCT FROM OLD.{self.facet}"
        return f"NEW.{self.owner} IS DISTINCT FROM OLD.{self.owner}{facet}"


def _value(row: str, column: str, kind: str) -> str:
    """Return a value's bytes as SQL."""
    return f"{row}.{column}" if kind == "sealed" else f"convert_to({row}.{column}::text, 'UTF8')"


def _committed(column: str, kind: str, place: _Place) -> str:
    """Return the salted commitment to a column's new value as SQL; a missing value is committed to as well."""
    name = column.encode().hex() + "00"
    value = f"coalesce('\\x01'::bytea || {_value('NEW', column, kind)}, '')"
    return (
        f"jsonb_build_object('commitment', encode(sha256(v_salt || '\\x{name}'::bytea || {value}), 'hex'), "
        f"'facet', {place.facet_of('NEW')})"
    )


def _inserted(codes: list[str], secret: list[str], classes: Mapping[str, str], place: _Place) -> str:
    """Return the statements that note every column of a new row, forty at a time (functions take a hundred)."""
    pairs = [f"'{column}', NEW.{column}" for column in codes]
    pairs += [f"'{column}', {_committed(column, classes[column], place)}" for column in secret]
    return "".join(
        f"\n    v_columns := v_columns || jsonb_build_object({', '.join(pairs[start : start + 40])});"
        for start in range(0, len(pairs), 40)
    )


def _updated(codes: list[str], secret: list[str], classes: Mapping[str, str], place: _Place) -> str:
    """Return the statements that note the columns that differ."""
    text = "".join(
        f"\n    IF NEW.{column} IS DISTINCT FROM OLD.{column} THEN "
        f"v_columns := v_columns || jsonb_build_object('{column}', NEW.{column}); END IF;"
        for column in codes
    )
    return text + "".join(
        f"\n    IF v_moved OR NEW.{column} IS DISTINCT FROM OLD.{column} THEN "
        f"v_columns := v_columns || jsonb_build_object('{column}', {_committed(column, classes[column], place)});"
        " END IF;"
        for column in secret
    )


def _history(secret: list[str], classes: Mapping[str, str], place: _Place) -> str:
    """Return the statements that keep the salt and the earlier values where they can be forgotten.

    A row that moved leaves its earlier values with the earlier owner, under the earlier facet.
    """
    olds = ", ".join(f"('{column}', {_value('OLD', column, classes[column])})" for column in secret)
    insert = (
        "INSERT INTO public.vault_history (change_id, column_name, salt, old_value, scope_kind, scope_key, facet)\n"
    )
    return f"""
  IF v_moved THEN
    {insert}    SELECT v_change, s.name, NULL, s.old, {place.of("OLD")}
    FROM (VALUES {olds}) AS s (name, old) WHERE v_columns ? s.name;
  END IF;
  {insert}  SELECT v_change, s.name, CASE WHEN TG_OP <> 'DELETE' THEN v_salt END, CASE WHEN NOT v_moved THEN s.old END,
    {place.of("v_row")}
  FROM (VALUES {olds}) AS s (name, old) WHERE TG_OP = 'DELETE' OR v_columns ? s.name;"""  # noqa: S608 - names checked


def _checked_names(*names: str) -> None:
    """Refuse what would not stand in SQL as it is."""
    for name in names:
        if not NAME.fullmatch(name):
            raise ValueError(f"not a name of a table or column: {name!r}")


_FUNCTION = """CREATE OR REPLACE FUNCTION journal.row_{table}() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $journal$
DECLARE
  v_act bigint;
  v_row public.{table};
  v_change bigint;
  v_salt bytea;
  v_moved boolean := false;
  v_columns jsonb := '{{}}';
BEGIN
  SELECT a.id INTO v_act FROM public.journal_act a
  WHERE a.id = nullif(current_setting('arasha.act', true), '')::bigint AND a.xid = pg_current_xact_id();
  IF v_act IS NULL THEN
    RAISE EXCEPTION 'a write to {table} with no act open' USING ERRCODE = 'AR410';
  END IF;
  {salted}
  IF TG_OP = 'INSERT' THEN
    v_row := NEW;{inserted}
  ELSIF TG_OP = 'UPDATE' THEN
    v_row := NEW;
    v_moved := {moved};
    IF NEW.{key} IS DISTINCT FROM OLD.{key} THEN
      RAISE EXCEPTION 'the key of {table} never changes' USING ERRCODE = 'AR411';
    END IF;{updated}
    IF v_columns = '{{}}' THEN
      RETURN NULL;
    END IF;
  ELSE
    v_row := OLD;
  END IF;
  INSERT INTO public.journal_change (act_id, table_name, row_key, operation, scope, columns)
  VALUES (v_act, '{table}', v_row.{key}, left(TG_OP, 1), {scope}, v_columns)
  RETURNING id INTO v_change;{history}
  RETURN NULL;
END $journal$;"""
