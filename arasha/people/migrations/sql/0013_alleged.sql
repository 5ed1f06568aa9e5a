-- Who is said to have harmed. What an adult of the family may is closed at once; who may be one person across files is
-- compared for those who oversee a place, and for nobody else.

ALTER TABLE public.people_allegation ADD CONSTRAINT allegation_in_file UNIQUE (id, dossier_id);
ALTER TABLE public.people_allegation ADD CONSTRAINT allegation_of_person_in_file
    FOREIGN KEY (person_id, dossier_id) REFERENCES public.people_person (id, dossier_id);
ALTER TABLE public.people_allegationstate ADD CONSTRAINT state_of_allegation_in_file
    FOREIGN KEY (allegation_id, dossier_id) REFERENCES public.people_allegation (id, dossier_id);

-- Words with all their keys, one beside the other: `serik nurgalieva/nurgaliev`.
CREATE FUNCTION people.keyed(p_keys text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_keys = '' THEN '{}' ELSE pg_catalog.string_to_array(p_keys, ' ') END;

-- What one is to a child, as widely as people mix it up: who teaches and who trains works with children. Nothing for a
-- role that joins nobody. The same stands in roles_of_suspects.csv.
CREATE FUNCTION people.role_group(p_role text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_role IN ('parent', 'step_parent', 'relative') THEN 'family'
            WHEN p_role IN ('teacher', 'coach', 'institution_worker') THEN 'works'
            WHEN p_role <> 'other' THEN p_role END;

-- An allegation that stands is compared; an unfounded one, and one that was taken back, is not.
CREATE FUNCTION people.enter_suspect(p_allegation uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.people_suspect s WHERE s.allegation_id = p_allegation;
    INSERT INTO public.people_suspect
           (allegation_id, dossier_id, person_id, role, place_id, territory, called, nicknames, places)
    SELECT a.id, a.dossier_id, a.person_id, a.role, a.place_id, a.territory, people.keyed(a.called_keys),
           people.keyed(a.nickname_keys), people.keyed(a.place_keys)
      FROM public.people_allegation a
     CROSS JOIN LATERAL (SELECT s.status FROM public.people_allegationstate s WHERE s.allegation_id = a.id
                          ORDER BY s.number DESC, s.id LIMIT 1) AS newest
     WHERE a.id = p_allegation AND a.ended_at IS NULL AND newest.status <> 'unfounded';
END $$;

CREATE FUNCTION people.follow_allegation() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.enter_suspect(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_allegation AFTER INSERT OR UPDATE ON public.people_allegation
    FOR EACH ROW EXECUTE FUNCTION people.follow_allegation();

CREATE FUNCTION people.follow_allegation_state() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.enter_suspect(NEW.allegation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_allegation_state AFTER INSERT OR UPDATE ON public.people_allegationstate
    FOR EACH ROW EXECUTE FUNCTION people.follow_allegation_state();

-- What somebody may in a file is closed by who may say that they are alleged to have harmed, though they may write
-- nothing else of the file's people: until somebody decides anew. What is closed for another reason stays as it is.
CREATE FUNCTION people.close_to_suspect(p_allegation uuid, p_now timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_file uuid; v_person uuid; v_closed integer;
BEGIN
    SELECT a.dossier_id, a.person_id INTO v_file, v_person FROM public.people_suspect s
      JOIN public.people_allegation a ON a.id = s.allegation_id
     WHERE s.allegation_id = p_allegation AND a.person_id IS NOT NULL;
    IF NOT FOUND OR NOT access.may_insert(v_file, 5::smallint) THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    END IF;
    INSERT INTO public.people_standing (id, dossier_id, person_id, recorded_at, unit_id, matter, allowed, reason)
    SELECT gen_random_uuid(), v_file, v_person, greatest(p_now, newest.recorded_at + interval '1 microsecond'),
           access.unit_id(), m.matter, false, 'alleged'
      FROM unnest(ARRAY['consent', 'see', 'told', 'invited']) AS m (matter)
      LEFT JOIN LATERAL (SELECT s.allowed, s.recorded_at FROM public.people_standing s
                          WHERE s.person_id = v_person AND s.matter = m.matter AND s.ended_at IS NULL
                          ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1) AS newest ON true
     WHERE newest.allowed IS NOT FALSE;
    GET DIAGNOSTICS v_closed = ROW_COUNT;
    RETURN v_closed;
END $$;

-- The places that whoever acts oversees: of prosecution, of coordination in a region, of the ombudsperson; as patterns.
CREATE FUNCTION people.overseen() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.reads() & 32 = 0 THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT people.reaching(f.territory_id) FROM public.access_unitfunction f
         WHERE f.unit_id = access.unit_id() AND f.function_id = ANY (access.functions())
           AND f.function_id IN ('coordination_region', 'prosecution', 'ombudsperson')
           AND f.since <= access.moment() AND (f.until IS NULL OR f.until > access.moment()));
END $$;

CREATE FUNCTION people.reaching(p_territory text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE WHEN p_territory = '000000000' THEN '%'
                WHEN p_territory = territory.region(p_territory) THEN left(p_territory, 2) || '%'
                ELSE left(p_territory, 4) || '%' END;
END $$;

-- Pairs of standing allegations of two files that may be about one person, with what agrees.
--   The same human being by the identities of persons; or, where births don't speak against it,
--   a full name, with district or place, or anywhere with what they are to the child (then one word is the very same);
--   a nickname, with the place, or with what they are to the child within a region;
--   a part of a name, with what they are to the child and the place, or the district for who works with children;
--   where of one of them no name is known: the same role at the same place.
-- Words are near when one letter is left out, put in, changed or swapped; short ones must be the same. Files that a
-- refuge leads, and those in which an identity is sealed, are never compared; nor what happened in a refuge.
CREATE FUNCTION people.linked(p_places text[], p_barred uuid[]) RETURNS TABLE (one uuid, other uuid, agrees text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
WITH shown AS MATERIALIZED (
    SELECT s.allegation_id, s.dossier_id, s.person_id, s.role, people.role_group(s.role) AS grouped, s.place_id,
           territory.district(s.territory) AS district, territory.region(s.territory) AS region, s.called, s.nicknames,
           s.places, i.identity, p.birth_first, p.birth_last
      FROM public.people_suspect s
      JOIN public.access_dossier d ON d.id = s.dossier_id
      LEFT JOIN public.access_unit u ON u.id = d.lead_unit_id LEFT JOIN public.access_body b ON b.id = u.body_id
      LEFT JOIN public.access_unit pu ON pu.id = s.place_id LEFT JOIN public.access_body pb ON pb.id = pu.body_id
      LEFT JOIN public.people_person p ON p.id = s.person_id AND p.ended_at IS NULL
      LEFT JOIN public.people_personidentity i ON i.person_id = p.id
     WHERE d.territory_id LIKE ANY (p_places) AND d.id <> ALL (p_barred)
       AND NOT coalesce(b.protected, false) AND NOT coalesce(pb.protected, false)
       AND NOT EXISTS (SELECT FROM public.people_person k JOIN public.people_personidentity ki ON ki.person_id = k.id
                        WHERE k.dossier_id = s.dossier_id AND ki.sealed)
), words AS (
    SELECT s.allegation_id, 'name' AS kind, c.place + 10 AS position, k.word
      FROM shown s CROSS JOIN LATERAL unnest(s.called) WITH ORDINALITY AS c (keys, place)
     CROSS JOIN LATERAL unnest(string_to_array(c.keys, '/')) AS k (word)
    UNION
    SELECT s.allegation_id, 'name', k.place, k.word
      FROM shown s JOIN public.people_entry e ON e.person_id = s.person_id
     CROSS JOIN LATERAL (VALUES (1::bigint, e.surname_key), (2, e.given_key), (3, e.father_key)) AS k (place, word)
     WHERE k.word <> ''
    UNION
    SELECT s.allegation_id, 'nickname', c.place + 100, k.word
      FROM shown s CROSS JOIN LATERAL unnest(s.nicknames) WITH ORDINALITY AS c (keys, place)
     CROSS JOIN LATERAL unnest(string_to_array(c.keys, '/')) AS k (word)
    UNION
    SELECT s.allegation_id, 'place', c.place + 200, c.keys
      FROM shown s CROSS JOIN LATERAL unnest(s.places) WITH ORDINALITY AS c (keys, place)
), bearing AS (
    SELECT DISTINCT w.allegation_id FROM words w WHERE w.kind <> 'place'
), spread AS MATERIALIZED (
    SELECT DISTINCT w.allegation_id, s.dossier_id, s.grouped, s.district, s.region, w.kind, w.position, c.cut
      FROM words w JOIN shown s ON s.allegation_id = w.allegation_id
     CROSS JOIN LATERAL unnest(CASE WHEN length(w.word) < 5 OR w.word ~ '^[0-9]' THEN ARRAY[w.word]
                                    ELSE people.cut(w.word, 0) || people.cut(w.word, 1) END) AS c (cut)
), named AS MATERIALIZED (
    SELECT DISTINCT c.allegation_id, c.dossier_id, c.grouped, w.word || ' ' || c.cut AS both
      FROM spread c JOIN words w ON w.allegation_id = c.allegation_id AND w.position <> c.position
     WHERE c.kind = 'name' AND w.kind = 'name' AND c.grouped IS NOT NULL
), met AS (
    SELECT a.allegation_id AS one, b.allegation_id AS other,
           least(count(DISTINCT a.position) FILTER (WHERE a.kind = 'name' AND b.kind = 'name'),
                 count(DISTINCT b.position) FILTER (WHERE a.kind = 'name' AND b.kind = 'name')) AS names,
           bool_or(a.kind = 'nickname' AND b.kind = 'nickname') AS nickname, bool_or(a.kind <> 'place') AS part,
           bool_or(a.kind = 'place') AS place, false AS same
      FROM spread a JOIN spread b ON b.cut = a.cut AND (b.kind = 'place') = (a.kind = 'place')
       AND b.district = a.district AND b.allegation_id > a.allegation_id AND b.dossier_id <> a.dossier_id
     GROUP BY a.allegation_id, b.allegation_id
    UNION ALL
    SELECT a.allegation_id, b.allegation_id, 0, true, true, false, false
      FROM spread a JOIN spread b ON b.cut = a.cut AND b.grouped = a.grouped AND b.region = a.region
       AND b.allegation_id > a.allegation_id AND b.dossier_id <> a.dossier_id
     WHERE a.kind = 'nickname' AND b.kind = 'nickname'
    UNION ALL
    SELECT a.allegation_id, b.allegation_id, 2, false, true, false, false
      FROM named a JOIN named b ON b.both = a.both AND b.grouped = a.grouped
       AND b.allegation_id > a.allegation_id AND b.dossier_id <> a.dossier_id
    UNION ALL
    SELECT a.allegation_id, b.allegation_id, 0, false, false, coalesce(b.place_id = a.place_id, false),
           coalesce(b.identity = a.identity, false)
      FROM shown a JOIN shown b ON b.allegation_id > a.allegation_id AND b.dossier_id <> a.dossier_id
       AND b.place_id = a.place_id
    UNION ALL
    SELECT a.allegation_id, b.allegation_id, 0, false, false, false, true
      FROM shown a JOIN shown b ON b.allegation_id > a.allegation_id AND b.dossier_id <> a.dossier_id
       AND b.identity = a.identity
), pair AS (
    SELECT m.one, m.other, max(m.names) > 1 AS name, bool_or(m.nickname) AS nickname, bool_or(m.part) AS part,
           bool_or(m.place) AS place, bool_or(m.same) AS same
      FROM met m GROUP BY m.one, m.other
), judged AS (
    SELECT pair.*, coalesce(b.grouped = a.grouped, false) AS role, b.role = a.role AS same_role,
           coalesce(b.district = a.district, false) AS district, coalesce(b.region = a.region, false) AS region,
           coalesce(a.grouped IN ('works', 'clergy'), false) AS works,
           a_named.allegation_id IS NULL OR b_named.allegation_id IS NULL AS nameless,
           coalesce(a.birth_first <= b.birth_last + 366 AND b.birth_first <= a.birth_last + 366, true) AS births
      FROM pair JOIN shown a ON a.allegation_id = pair.one JOIN shown b ON b.allegation_id = pair.other
      LEFT JOIN bearing a_named ON a_named.allegation_id = pair.one
      LEFT JOIN bearing b_named ON b_named.allegation_id = pair.other
)
SELECT j.one, j.other, array_remove(ARRAY[
           CASE WHEN j.same THEN 'identity' END, CASE WHEN j.name THEN 'name' END,
           CASE WHEN j.nickname THEN 'nickname' END, CASE WHEN j.part AND NOT j.name AND NOT j.nickname THEN 'part' END,
           CASE WHEN j.role THEN 'role' END, CASE WHEN j.place THEN 'place' END, CASE WHEN j.district THEN 'district' END,
           CASE WHEN j.region AND NOT j.district THEN 'region' END], NULL)
  FROM judged j
 WHERE j.same OR j.births AND (
           j.name AND (j.role OR j.district OR j.place)
        OR j.nickname AND (j.place OR j.role AND j.region)
        OR j.part AND j.role AND (j.place OR j.works AND j.district)
        OR j.nameless AND j.same_role AND j.role AND j.place)
$$;

-- The links that whoever oversees a place may see, each from both sides, with the least by which somebody can be asked:
-- no name of the child, none of whom it is alleged, nothing of what was said.
CREATE FUNCTION people.linked_allegations()
RETURNS TABLE (allegation uuid, partner uuid, agrees text[], dossier uuid, role text, status text, child boolean,
    place integer, place_called text, territory text, lead integer, recorded_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_places text[] := people.overseen();
BEGIN
    IF v_places = '{}' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY
    SELECT a.id, side.partner, side.agrees, a.dossier_id, a.role::text, newest.status::text,
           coalesce(p.birth_last > (coalesce(a.since, (a.recorded_at AT TIME ZONE 'Asia/Almaty')::date)
                                    - interval '18 years')::date, a.age <> 'adult'),
           a.place_id, a.place_called::text, a.territory::text, d.lead_unit_id, a.recorded_at
      FROM people.linked(v_places, access.barred()) AS l
     CROSS JOIN LATERAL (VALUES (l.one, l.other, l.agrees), (l.other, l.one, l.agrees)) AS side (allegation, partner, agrees)
      JOIN public.people_allegation a ON a.id = side.allegation
      JOIN public.access_dossier d ON d.id = a.dossier_id
      LEFT JOIN public.people_person p ON p.id = a.person_id AND p.ended_at IS NULL
     CROSS JOIN LATERAL (SELECT s.status FROM public.people_allegationstate s WHERE s.allegation_id = a.id
                          ORDER BY s.number DESC, s.id LIMIT 1) AS newest;
END $$;

-- For the clock: the posts that oversee a place in which there is a link of which they were not told, put down as told.
-- Whoever is barred from one of the two files is not told.
CREATE FUNCTION people.new_links(p_now timestamptz) RETURNS SETOF integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY
    WITH link AS MATERIALIZED (
        SELECT l.one, l.other, d.id AS one_file, d.territory_id AS one_place, e.id AS other_file,
               e.territory_id AS other_place
          FROM people.linked('{%}', '{}') AS l
          JOIN public.people_allegation a ON a.id = l.one JOIN public.access_dossier d ON d.id = a.dossier_id
          JOIN public.people_allegation b ON b.id = l.other JOIN public.access_dossier e ON e.id = b.dossier_id
    ), seat AS (
        SELECT p.id, p.holder_id, array_agg(people.reaching(f.territory_id)) AS places
          FROM public.access_post p JOIN public.access_unitfunction f ON f.unit_id = p.unit_id
         WHERE p.holder_id IS NOT NULL AND p.since <= access.moment()
           AND (p.until IS NULL OR p.until > access.moment())
           AND f.function_id IN ('coordination_region', 'prosecution', 'ombudsperson')
           AND (p.functions IS NULL OR f.function_id = ANY (p.functions))
           AND f.since <= access.moment() AND (f.until IS NULL OR f.until > access.moment())
         GROUP BY p.id, p.holder_id
    ), told AS (
        INSERT INTO public.people_toldlink (id, post_id, one_id, other_id, told_at)
        SELECT gen_random_uuid(), s.id, l.one, l.other, p_now
          FROM link l JOIN seat s ON l.one_place LIKE ANY (s.places) AND l.other_place LIKE ANY (s.places)
         WHERE NOT EXISTS (SELECT FROM public.people_toldlink t
                            WHERE t.post_id = s.id AND t.one_id = l.one AND t.other_id = l.other)
           AND NOT message.is_barred(s.holder_id, l.one_file) AND NOT message.is_barred(s.holder_id, l.other_file)
            ON CONFLICT DO NOTHING
        RETURNING post_id
    )
    SELECT DISTINCT t.post_id FROM told t ORDER BY t.post_id;
END $$;
