-- A fact stands in the file of its person.
ALTER TABLE public.people_absence ADD CONSTRAINT absence_of_person_in_file
    FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id);
ALTER TABLE public.people_pregnancy ADD CONSTRAINT pregnancy_of_person_in_file
    FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id);

-- What rules count, by human being: for the clock that notices, and for nobody who sits in a unit. Each of these
-- functions asks first whose work this is.
CREATE FUNCTION people.demand_noticing() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() OR access.purpose() IS DISTINCT FROM 'notice' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

-- All schools of whom at least so many rows are of schools and one began since that day.
CREATE FUNCTION people.moved(p_since date, p_least integer)
RETURNS TABLE (identity uuid, dossier uuid, place integer, called text, since date, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    WITH moved AS (
        SELECT i.identity FROM public.people_attendance a
          JOIN public.people_person p ON p.id = a.person_id AND p.ended_at IS NULL
          JOIN public.people_personidentity i ON i.person_id = p.id
         WHERE a.kind = 'school' AND a.ended_at IS NULL
         GROUP BY i.identity HAVING count(*) >= p_least AND max(a.since) >= p_since)
    SELECT i.identity, a.dossier_id, a.place_id, a.called::text, a.since, a.until
      FROM moved m
      JOIN public.people_personidentity i ON i.identity = m.identity
      JOIN public.people_person p ON p.id = i.person_id AND p.ended_at IS NULL
      JOIN public.people_attendance a ON a.person_id = p.id AND a.kind = 'school' AND a.ended_at IS NULL
     ORDER BY i.identity, a.since, a.id;
END $$;

-- All times away of whom one lasted into or after that day.
CREATE FUNCTION people.missed(p_since date)
RETURNS TABLE (identity uuid, dossier uuid, kind text, since date, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    WITH missed AS (
        SELECT DISTINCT i.identity FROM public.people_absence a
          JOIN public.people_person p ON p.id = a.person_id AND p.ended_at IS NULL
          JOIN public.people_personidentity i ON i.person_id = p.id
         WHERE a.ended_at IS NULL AND coalesce(a.until, p_since) >= p_since)
    SELECT i.identity, a.dossier_id, a.kind::text, a.since, a.until
      FROM missed m
      JOIN public.people_personidentity i ON i.identity = m.identity
      JOIN public.people_person p ON p.id = i.person_id AND p.ended_at IS NULL
      JOIN public.people_absence a ON a.person_id = p.id AND a.ended_at IS NULL
     ORDER BY i.identity, a.since, a.id;
END $$;

-- What lies sealed of pregnancies and births, as bytes, in open files.
CREATE FUNCTION people.expecting()
RETURNS TABLE (id uuid, identity uuid, person uuid, dossier uuid, sealed bytea, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    SELECT g.id, i.identity, g.person_id, g.dossier_id, g.sealed, g.recorded_at
      FROM public.people_pregnancy g
      JOIN public.people_person p ON p.id = g.person_id AND p.ended_at IS NULL
      JOIN public.people_personidentity i ON i.person_id = p.id
      JOIN public.access_dossier d ON d.id = g.dossier_id AND d.closed_at IS NULL
     WHERE g.ended_at IS NULL
     ORDER BY g.recorded_at, g.id;
END $$;

-- The rows of some human beings in open files, with what says who leads and whether others may know of the file.
CREATE FUNCTION people.rows_of(p_identities uuid[])
RETURNS TABLE (identity uuid, sealed boolean, person uuid, dossier uuid, role text, birth_first date, birth_last date,
    died boolean, kind text, lead integer, protected boolean, territory text, opened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.demand_noticing();
    RETURN QUERY
    SELECT i.identity, i.sealed, p.id, p.dossier_id, p.role::text, p.birth_first, p.birth_last, p.died, d.kind::text,
           d.lead_unit_id, coalesce(b.protected, false), d.territory_id::text, d.opened_at
      FROM public.people_personidentity i
      JOIN public.people_person p ON p.id = i.person_id AND p.ended_at IS NULL
      JOIN public.access_dossier d ON d.id = p.dossier_id AND d.closed_at IS NULL
      LEFT JOIN public.access_unit u ON u.id = d.lead_unit_id
      LEFT JOIN public.access_body b ON b.id = u.body_id
     WHERE i.identity = ANY (p_identities)
     ORDER BY i.identity, p.recorded_at, p.id;
END $$;
