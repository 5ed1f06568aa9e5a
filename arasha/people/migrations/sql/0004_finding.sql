-- Finding people by name. Typed words are looked for in the small vocabulary of the words that names consist of, with
-- letters left out on both sides; people are then found by equality of two words, from the nearest pairs on, until
-- enough are sure. Measured beside other designs: docs/decisions/0023.
--
-- Costs: a letter left out, put in, changed or swapped with its neighbour is 1; a word that only begins as typed 1;
-- surname and given name the other way round 0.5; a person whose father's name, asked for, is not known 0.5; a birth
-- beside the years asked for 1.

-- What remains of a word when exactly so many letters are left out: 0, 1 or 2.
CREATE FUNCTION people.cut(p_word text, p_letters integer) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT CASE p_letters
    WHEN 0 THEN ARRAY[p_word]
    WHEN 1 THEN ARRAY(SELECT DISTINCT pg_catalog.left(p_word, i - 1) || pg_catalog.substr(p_word, i + 1)
                        FROM pg_catalog.generate_series(1, pg_catalog.length(p_word)) AS i)
    ELSE ARRAY(SELECT DISTINCT pg_catalog.left(p_word, i - 1) || pg_catalog.substr(p_word, i + 1, j - i - 1)
                      || pg_catalog.substr(p_word, j + 1)
                 FROM pg_catalog.generate_series(1, pg_catalog.length(p_word)) AS i,
                      pg_catalog.generate_series(i + 1, pg_catalog.length(p_word)) AS j)
END $$;

-- How many letters may be wrong in a word: none in one letter, one in up to four, else two.
CREATE FUNCTION people.slips(p_word text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT CASE WHEN pg_catalog.length(p_word) < 2 THEN 0 WHEN pg_catalog.length(p_word) < 5 THEN 1 ELSE 2 END $$;

-- All cuts of a word that are indexed.
CREATE FUNCTION people.cuts(p_word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT people.cut(p_word, 0) || CASE WHEN people.slips(p_word) > 0 THEN people.cut(p_word, 1) END
    || CASE WHEN people.slips(p_word) > 1 THEN people.cut(p_word, 2) END $$;

CREATE INDEX word_cuts ON public.people_word USING gin (people.cuts(word)) WITH (fastupdate = off);

-- A name that stands is an entry; one that was taken back, or whose person was, is none. Keys and births follow.
CREATE FUNCTION people.enter(p_name uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.people_entry e WHERE e.id = p_name;
    INSERT INTO public.people_entry
           (id, person_id, dossier_id, surname_key, given_key, father_key, birth_first, birth_last, hidden)
    SELECT n.id, p.id, p.dossier_id, n.surname_key, n.given_key, n.father_key, p.birth_first, p.birth_last, i.sealed
      FROM public.people_personname n
      JOIN public.people_person p ON p.id = n.person_id
      JOIN public.people_personidentity i ON i.person_id = p.id
     WHERE n.id = p_name AND n.ended_at IS NULL AND p.ended_at IS NULL;
    INSERT INTO public.people_word AS w (word, roles)
    SELECT k.word, bit_or(k.role)
      FROM public.people_entry e
     CROSS JOIN LATERAL (VALUES (e.surname_key, 1::smallint), (e.given_key, 2::smallint), (e.father_key, 4::smallint))
           AS k (word, role)
     WHERE e.id = p_name AND k.word <> '' GROUP BY k.word ORDER BY k.word
        ON CONFLICT (word) DO UPDATE SET roles = w.roles | EXCLUDED.roles
     WHERE w.roles & EXCLUDED.roles <> EXCLUDED.roles;
END $$;

CREATE FUNCTION people.follow_name() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.enter(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_name AFTER INSERT OR UPDATE ON public.people_personname
    FOR EACH ROW EXECUTE FUNCTION people.follow_name();

CREATE FUNCTION people.follow_person() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM people.enter(n.id) FROM public.people_personname n WHERE n.person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_person AFTER UPDATE ON public.people_person
    FOR EACH ROW WHEN ((OLD.birth_first, OLD.birth_last, OLD.ended_at) IS DISTINCT FROM
                       (NEW.birth_first, NEW.birth_last, NEW.ended_at))
    EXECUTE FUNCTION people.follow_person();

-- A reading of a typed word in one role: what stands between `low` and `high` in the index, and what that costs.
CREATE TYPE people.reading AS (place integer, role integer, low text, high text, cost real);
CREATE TYPE people.hit AS (person uuid, dossier uuid, cost real, reach integer);

-- The words of a role that are near to a typed one.
CREATE FUNCTION people.near(p_place integer, p_role integer, p_typed text) RETURNS SETOF people.reading
LANGUAGE sql STABLE STRICT ROWS 30 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT p_place, p_role, near.word, near.word, min(near.cost)::real
  FROM (SELECT w.word, greatest(c.letters, length(w.word) - length(p_typed) + c.letters) AS cost
          FROM generate_series(0, people.slips(p_typed)) AS c (letters)
         CROSS JOIN LATERAL (SELECT v.word, v.roles FROM public.people_word v
                              WHERE people.cuts(v.word) && people.cut(p_typed, c.letters)) AS w
         WHERE w.roles & p_role > 0
        UNION ALL
        (SELECT v.word, CASE WHEN v.word = p_typed THEN 0 ELSE 1 END FROM public.people_word v
          WHERE length(p_typed) > 2 AND v.word >= p_typed AND v.word < p_typed || '~' AND v.roles & p_role > 0
          ORDER BY v.word LIMIT 40)
       ) AS near
 WHERE near.cost <= people.slips(p_typed)
 GROUP BY near.word
UNION ALL
SELECT p_place, p_role, p_typed, p_typed || '~', 0.5 WHERE length(p_typed) < 2 AND p_role = 2 $$;

-- How far a father's name is from the one asked for: at most 3. What follows it may be a misspelt ending.
CREATE FUNCTION people.father_cost(p_typed text, p_father text) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_typed IS NULL OR p_typed = '' OR p_typed = p_father THEN 0
            WHEN p_father = '' THEN 0.5
            ELSE least(public.levenshtein_less_equal(p_typed, p_father, 3),
                0.5 + public.levenshtein_less_equal(left(p_typed, length(p_father)), p_father, 3), 3) END::real;

-- What asked years add: nothing within them, 0.5 where no birth is known, 1 within a year of them; NULL beyond.
CREATE FUNCTION people.birth_cost(p_first date, p_last date, p_since date, p_until date) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_since IS NULL OR (p_first <= p_until AND p_last >= p_since) THEN 0
            WHEN p_first IS NULL THEN 0.5
            WHEN p_first <= p_until + 366 AND p_last >= p_since - 366 THEN 1 END::real;

-- How far whoever acts reaches into files: 2 as one of the team, 1 as who coordinates the place (or the nation) and may
-- learn the least that tells a child from another, 0 not at all. Asked before anything is cut to the nearest ones.
CREATE TYPE people.asker AS (
    system boolean, nation boolean, units integer[], "user" integer, reads bigint, moment timestamptz,
    barred uuid[], glass uuid[], places text[]);

CREATE FUNCTION people.asking() RETURNS people.asker
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_moment timestamptz := access.moment();
BEGIN
    RETURN ROW(access.is_system(), access.scope() = 'nation', access.units(), access.user_id(), access.reads(), v_moment,
        access.barred(), access.glass(), ARRAY(
            SELECT CASE WHEN f.territory_id = '000000000' THEN '%'
                        WHEN f.territory_id = territory.region(f.territory_id) THEN left(f.territory_id, 2) || '%'
                        ELSE left(f.territory_id, 4) || '%' END
              FROM public.access_unitfunction f
             WHERE f.unit_id = access.unit_id() AND f.function_id IN ('coordination_district', 'coordination_region')
               AND f.since <= v_moment AND (f.until IS NULL OR f.until > v_moment)))::people.asker;
END $$;

CREATE FUNCTION people.reach(p_asker people.asker, p_dossier uuid, p_hidden boolean) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_asker.system THEN
        RETURN 2;
    ELSIF p_dossier = ANY (p_asker.barred) OR p_asker.reads & 1 = 0 AND NOT p_asker.nation THEN
        RETURN 0;
    ELSIF p_asker.reads & 1 <> 0 AND (p_dossier = ANY (p_asker.glass) OR (
            SELECT true FROM public.access_member m
             WHERE m.dossier_id = p_dossier AND m.ended_at IS NULL
               AND (m.until IS NULL OR m.until > p_asker.moment)
               AND (m.unit_id = ANY (p_asker.units) OR m.user_id = p_asker."user")
               AND m.reads & p_asker.reads & 1 <> 0 LIMIT 1)) THEN
        RETURN 2;
    ELSIF p_hidden OR NOT p_asker.nation AND p_asker.places = '{}' THEN
        RETURN 0;
    END IF;
    -- A file that a protected body leads is a refuge's: not even its place is said.
    RETURN coalesce((
        SELECT 1 FROM public.access_dossier d
          LEFT JOIN public.access_unit u ON u.id = d.lead_unit_id LEFT JOIN public.access_body b ON b.id = u.body_id
         WHERE d.id = p_dossier AND (p_asker.nation OR d.territory_id LIKE ANY (p_asker.places))
           AND NOT coalesce(b.protected, false)), 0);
END $$;

-- The nearest people whom the asker may know of. The i-th typed word reads as each of the keys; `p_said` names its role
-- ('s', 'g', 'f') or is NULL. Without a second word a single one is looked for alone, the nearest births first.
CREATE FUNCTION people.find(p_said text[], p_surnames text[], p_givens text[], p_fathers text[],
    p_since date, p_until date, p_limit integer) RETURNS SETOF people.hit
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asker people.asker := people.asking();
    v_readings people.reading[];
    v_found people.hit[] := '{}';
BEGIN
    IF cardinality(p_said) NOT BETWEEN 1 AND 6 OR p_limit NOT BETWEEN 1 AND 50 THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    v_readings := ARRAY(
        SELECT r FROM generate_subscripts(p_said, 1) AS i
         CROSS JOIN LATERAL (VALUES (1, p_surnames[i]), (2, p_givens[i]), (4, p_fathers[i])) AS k (role, typed)
         CROSS JOIN LATERAL people.near(i, k.role, k.typed) AS r
         WHERE (k.role = 4) = (p_said[i] IS NOT DISTINCT FROM 'f') AND (k.role < 4 OR cardinality(p_said) = 2));
    FOR v_level IN 0..3 LOOP
        v_found := v_found || CASE WHEN cardinality(p_said) = 1 THEN ARRAY(
            SELECT ROW(n.person_id, n.dossier_id,
                       p.cost + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until), r.reach)::people.hit
              FROM unnest(v_readings) AS p
              JOIN public.people_entry n
                ON p.role = 1 AND n.surname_key = p.low OR p.role = 2 AND n.given_key BETWEEN p.low AND p.high
             CROSS JOIN LATERAL people.reach(v_asker, n.dossier_id, n.hidden) AS r (reach)
             WHERE p.cost > v_level - 1 AND p.cost <= v_level
               AND (p_since IS NULL OR n.birth_first BETWEEN p_since - 366 AND p_until + 366)
               AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL
               AND r.reach > 0
             LIMIT 200)
        ELSE ARRAY(
            SELECT ROW(n.person_id, n.dossier_id,
                       p.cost + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until)
                       + people.father_cost(p.third, n.father_key), r.reach)::people.hit
              FROM (SELECT s.low AS surname, g.low AS given, g.high AS given_high,
                           (SELECT max(p_fathers[i]) FROM generate_subscripts(p_said, 1) AS i
                             WHERE i <> s.place AND i <> g.place
                               AND (cardinality(p_said) = 3 OR p_said[i] = 'f')) AS third,
                           s.cost + g.cost
                           + CASE WHEN p_said[s.place] = 'g' OR p_said[g.place] = 's' THEN 0.5 ELSE 0 END AS cost
                      FROM unnest(v_readings) AS s JOIN unnest(v_readings) AS g ON g.place <> s.place AND g.role = 2
                     WHERE s.role = 1) AS p
              JOIN public.people_entry n ON n.surname_key = p.surname AND n.given_key BETWEEN p.given AND p.given_high
             CROSS JOIN LATERAL people.reach(v_asker, n.dossier_id, n.hidden) AS r (reach)
             WHERE p.cost > v_level - 1 AND p.cost <= v_level
               AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL
               AND r.reach > 0
             UNION ALL
            -- A given name or a surname and a father's name alone.
            SELECT ROW(n.person_id, n.dossier_id, w.cost + f.cost
                       + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until), r.reach)::people.hit
              FROM unnest(v_readings) AS f JOIN unnest(v_readings) AS w ON w.role < 4
              JOIN public.people_entry n ON n.father_key = f.low AND n.father_key <> ''
                   AND (w.role = 2 AND n.given_key BETWEEN w.low AND w.high OR w.role = 1 AND n.surname_key = w.low)
             CROSS JOIN LATERAL people.reach(v_asker, n.dossier_id, n.hidden) AS r (reach)
             WHERE f.role = 4 AND f.cost + w.cost > v_level - 1 AND f.cost + w.cost <= v_level
               AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL
               AND r.reach > 0)
        END;
        EXIT WHEN (SELECT count(*) FROM unnest(v_found) AS f WHERE f.cost <= v_level) >= p_limit;
    END LOOP;
    RETURN QUERY SELECT f.person, f.dossier, min(f.cost), max(f.reach) FROM unnest(v_found) AS f
                  GROUP BY f.person, f.dossier ORDER BY 3, 1 LIMIT p_limit;
END $$;

-- The same by a keyed hash of a number: an identification number for who may read papers, a telephone for who may read
-- contacts. A number that another function asks for finds nobody, whoever bears it.
CREATE FUNCTION people.find_number(p_kind text, p_fingerprint bytea, p_limit integer) RETURNS SETOF people.hit
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asker people.asker := people.asking();
    v_bit integer := CASE p_kind WHEN 'iin' THEN 20 ELSE 1 END;
BEGIN
    IF NOT v_asker.system AND v_asker.reads & (1::bigint << v_bit) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT found.person_id, found.dossier_id, 0::real, r.reach
      FROM (SELECT p.person_id, p.dossier_id FROM public.people_paper p
             WHERE p_kind = 'iin' AND p.fingerprint = p_fingerprint AND p.ended_at IS NULL
             UNION
            SELECT c.person_id, c.dossier_id FROM public.people_contact c
             WHERE p_kind = 'phone' AND c.fingerprint = p_fingerprint AND c.ended_at IS NULL) AS found
      JOIN public.people_person person ON person.id = found.person_id AND person.ended_at IS NULL
      JOIN public.people_personidentity i ON i.person_id = person.id
     CROSS JOIN LATERAL people.reach(v_asker, found.dossier_id, i.sealed) AS r (reach)
     WHERE r.reach > 0 AND (v_asker.system OR r.reach = 1 OR v_bit = 20 OR access.may_read(found.dossier_id, 1::smallint))
     ORDER BY person.recorded_at DESC LIMIT p_limit;
END $$;

-- The least that tells a found person from another: for who coordinates the place the name, the years of birth and the
-- unit to ask; for the nation no name. Whoever is on the team reads the file's own rows.
CREATE FUNCTION people.glimpse(p_persons uuid[])
RETURNS TABLE (person uuid, dossier uuid, reach integer, called text, sex text, birth_first date, birth_last date,
    territory text, lead integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asker people.asker := people.asking();
BEGIN
    RETURN QUERY
    SELECT p.id, p.dossier_id, r.reach, CASE WHEN v_asker.nation AND r.reach = 1 THEN '' ELSE p.called::text END,
           p.sex::text, CASE WHEN r.reach = 1 THEN date_trunc('year', p.birth_first)::date ELSE p.birth_first END,
           CASE WHEN r.reach = 1 THEN (date_trunc('year', p.birth_last) + interval '1 year - 1 day')::date
                ELSE p.birth_last END, d.territory_id::text, d.lead_unit_id
      FROM public.people_person p
      JOIN public.access_dossier d ON d.id = p.dossier_id
      JOIN public.people_personidentity i ON i.person_id = p.id
     CROSS JOIN LATERAL people.reach(v_asker, p.dossier_id, i.sealed) AS r (reach)
     WHERE p.id = ANY (p_persons) AND p.ended_at IS NULL AND r.reach > 0;
END $$;
