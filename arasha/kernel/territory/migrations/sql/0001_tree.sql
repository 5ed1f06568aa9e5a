-- Territory is reference data: everybody reads it, only the owner writes (load-reference, territory import).

CREATE SCHEMA territory;
REVOKE ALL ON SCHEMA territory FROM PUBLIC;
GRANT USAGE ON SCHEMA territory TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;
REVOKE ALL ON public.territory_territory, public.territory_succession, public.territory_formername,
  public.territory_edition FROM PUBLIC;
GRANT SELECT ON public.territory_territory, public.territory_succession, public.territory_formername,
  public.territory_edition TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;

-- What a code says by itself; the same as rules.codes.
CREATE FUNCTION territory.region(p_kato text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_kato <> '000000000' THEN pg_catalog.rpad(pg_catalog.left(p_kato, 2), 9, '0') END
$$;
CREATE FUNCTION territory.district(p_kato text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN pg_catalog.left(p_kato, 2) IN ('71', '75', '79') THEN
      CASE WHEN pg_catalog.substr(p_kato, 3, 4) <> '0000' THEN pg_catalog.rpad(pg_catalog.left(p_kato, 6), 9, '0') END
    WHEN pg_catalog.substr(p_kato, 3, 2) <> '00' THEN pg_catalog.rpad(pg_catalog.left(p_kato, 4), 9, '0')
  END
$$;
REVOKE ALL ON FUNCTION territory.region(text), territory.district(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION territory.region(text), territory.district(text)
  TO arasha_app, arasha_public, arasha_definer, arasha_reader, arasha_backup;
