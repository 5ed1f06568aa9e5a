"""A journalled table and an access log of the tests' own, and a context to act in."""

import json
from typing import Any

from arasha.kernel.journal.rules import log_journal, row_journal

CLASSES = {
    "id": "code",
    "dossier_id": "code",
    "facet": "code",
    "state": "code",
    "weight": "code",
    "seen_at": "code",
    "name": "personal",
    "born": "personal",
    "note": "sealed",
}
DECLARATION: dict[str, Any] = {"classes": CLASSES, "owner": "dossier_id", "facet": "facet"}

TABLE = f"""
CREATE TABLE public.sample_row (
  id uuid PRIMARY KEY, dossier_id uuid NOT NULL, facet smallint NOT NULL DEFAULT 0, state text NOT NULL DEFAULT 'new',
  weight numeric(6, 2), seen_at timestamptz, name text, born date, note bytea);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON public.sample_row TO arasha_app;
{row_journal("sample_row", **DECLARATION)}
CREATE TABLE public.sample_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  "user" int, kind text, hash bytea, sealed_in bigint);
CREATE INDEX ON public.sample_log (recorded_at) WHERE sealed_in IS NULL;
GRANT SELECT, INSERT ON public.sample_log TO arasha_app;
{log_journal("sample_log")}
"""

# Stands for what access provides above: the tests' context is the setting itself.
CONTEXT = """
CREATE SCHEMA IF NOT EXISTS access;
GRANT USAGE ON SCHEMA access TO arasha_definer, arasha_app;
CREATE OR REPLACE FUNCTION access.context() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF coalesce(current_setting('arasha.context', true), '') = '' THEN
    RAISE EXCEPTION 'no context' USING ERRCODE = 'AR400';
  END IF;
  RETURN current_setting('arasha.context')::jsonb;
END $$;
CREATE OR REPLACE FUNCTION access.is_system() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT access.context()->>'kind' = 'system' $$;
GRANT EXECUTE ON FUNCTION access.context(), access.is_system() TO arasha_definer, arasha_app;
"""

DOCTOR = {
    "kind": "user",
    "user": 471147111,
    "post": 471147112,
    "unit": 471147113,
    "purpose": "",
    "request": "r471147114",
}
CLOCK = {"kind": "system", "purpose": "sealing"}


def entered(who: dict[str, Any]) -> str:
    """Return the SQL that makes `who` the context of this transaction."""
    return f"SELECT set_config('arasha.context', '{json.dumps(who)}', true)"
