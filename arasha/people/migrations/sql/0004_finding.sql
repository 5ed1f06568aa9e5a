-- Finding people by name. Typed words are looked for in the small vocabulary of the words that names consist of, with
-- letters left out on both sides; people are then found by equality of two words, from the nearest pairs on, until
-- enough are sure. Measured beside other designs: docs/decisions/0023.
--
-- Costs: a letter left out, put in, changed or swapped with its neighbour 1; a word that only begins as typed 1; surname
-- and given name the other way round 0.5; no father's name known where one was asked for 1.5, another one up to 3; a
-- birth a year beside the one asked for 1, no birth known 0.5.

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

-- A typed word read in one role: what stands between `low` and `high` in the index, and what that costs.
CREATE TYPE people.reading AS (place integer, role integer, low text, high text, cost real);
CREATE TYPE people.hit AS (person uuid, dossier uuid, cost real, reach integer);

-- The words of a role (1 surname, 2 given name, 4 father's name) that are near to a typed one, some of them twice.
CREATE FUNCTION people.near(p_role integer, p_typed text) RETURNS TABLE (word text, cost real)
LANGUAGE sql STABLE PARALLEL SAFE STRICT ROWS 30 AS $$
SELECT v.word::text, greatest(c.letters, pg_catalog.length(v.word) - pg_catalog.length(p_typed) + c.letters)::real
  FROM pg_catalog.generate_series(0, people.slips(p_typed)) AS c (letters)
  JOIN public.people_word v ON people.cuts(v.word) && people.cut(p_typed, c.letters)
 WHERE v.roles & p_role > 0 $$;

-- The readings of a typed word in a role. `p_alone`: no other word is typed.
CREATE FUNCTION people.read(p_place integer, p_role integer, p_typed text, p_alone boolean)
RETURNS SETOF people.reading LANGUAGE sql STABLE PARALLEL SAFE STRICT ROWS 30 AS $$
SELECT p_place, p_role, r.word, r.word, min(r.cost)::real
  FROM (SELECT n.word, n.cost FROM people.near(p_role, p_typed) AS n
        UNION ALL -- a woman's surname with a misspelt ending: its last letter is no letter of the key
        SELECT n.word, n.cost + 0.5 FROM people.near(p_role, pg_catalog.left(p_typed, -1)) AS n
         WHERE p_role = 1 AND pg_catalog.length(p_typed) > 5 AND p_typed LIKE '%a'
        UNION ALL -- the beginning of a name
        (SELECT v.word::text, 1 FROM public.people_word v
          WHERE (p_alone OR p_role = 1) AND pg_catalog.length(p_typed) > 2
            AND v.word > p_typed AND v.word < p_typed || '~' AND v.roles & p_role > 0
          ORDER BY v.word LIMIT 40)
        UNION ALL -- a patronymic with a misspelt ending begins with the father's name
        SELECT v.word::text, 1 FROM pg_catalog.generate_series(3, pg_catalog.length(p_typed) - 2) AS c (letters)
          JOIN public.people_word v ON v.word = pg_catalog.left(p_typed, c.letters) AND v.roles & p_role > 0
         WHERE p_role = 4
       ) AS r
 WHERE r.cost <= CASE WHEN pg_catalog.length(p_typed) < 3 THEN 1 ELSE 2.5 END
 GROUP BY r.word
UNION ALL -- an initial, or the beginning of a given name, beside a surname
SELECT p_place, p_role, p_typed, p_typed || '~', 1
 WHERE p_role = 2 AND pg_catalog.length(p_typed) NOT IN (0, 2) AND NOT p_alone $$;

-- How far a known name is from a typed one: at most 3. What follows it in the typed one may be a misspelt ending.
CREATE FUNCTION people.name_cost(p_typed text, p_known text) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN p_typed IS NULL OR p_typed = '' OR p_typed = p_known THEN 0
            WHEN p_known = '' THEN 1.5
            ELSE least(public.levenshtein_less_equal(p_typed, p_known, 3), 0.25 + public.levenshtein_less_equal(
                pg_catalog.left(p_typed, pg_catalog.length(p_known)), p_known, 3), 3) END::real $$;

-- What asked days of birth add: nothing within them, 0.5 where no birth is known, 1 within a year; NULL beyond.
CREATE FUNCTION people.birth_cost(p_first date, p_last date, p_since date, p_until date) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN p_since IS NULL OR (p_first <= p_until AND p_last >= p_since) THEN 0
            WHEN p_first IS NULL THEN 0.5
            WHEN p_first <= p_until + 366 AND p_last >= p_since - 366 THEN 1 END::real $$;

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
    -- A file that a protected body leads is a refuge's: not even its place is said. A signal is told by nobody yet.
    RETURN coalesce((
        SELECT 1 FROM public.access_dossier d
          LEFT JOIN public.access_unit u ON u.id = d.lead_unit_id LEFT JOIN public.access_body b ON b.id = u.body_id
         WHERE d.id = p_dossier AND d.kind <> 'signal'
           AND (p_asker.nation OR d.territory_id LIKE ANY (p_asker.places))
           AND NOT coalesce(b.protected, false)), 0);
END $$;

-- The nearest of the candidates whom the asker may know of, each once; reach is asked of one after the other until there
-- are enough, so that who is not reached takes nobody's place.
CREATE FUNCTION people.reached(p_asker people.asker, p_candidates people.hit[], p_limit integer) RETURNS SETOF people.hit
LANGUAGE sql STABLE ROWS 10 AS $$
SELECT c.person, c.dossier, c.cost, r.reach
  FROM (SELECT k.person, k.dossier, min(k.cost) AS cost FROM pg_catalog.unnest(p_candidates) AS k
         GROUP BY k.person, k.dossier ORDER BY 3, 1 OFFSET 0) AS c
  JOIN public.people_personidentity i ON i.person_id = c.person
 CROSS JOIN LATERAL people.reach(p_asker, c.dossier, i.sealed) AS r (reach)
 WHERE r.reach > 0 LIMIT p_limit $$;

-- People with a surname and a given name among the readings that together cost up to a level, and more than the last.
CREATE FUNCTION people.by_names(p_readings people.reading[], p_level integer, p_said text[], p_fathers text[],
    p_since date, p_until date) RETURNS SETOF people.hit LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, (p.cost + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until)
       + least(f.cost, people.name_cost(p.father, n.father_key)))::real, 0
  FROM (SELECT s.low AS surname, g.low, g.high, 6 - s.place - g.place AS third,
               p_fathers[6 - s.place - g.place] AS father, s.cost + g.cost
               + CASE WHEN p_said[s.place] = 'g' OR p_said[g.place] = 's' THEN 0.5 ELSE 0 END AS cost
          FROM pg_catalog.unnest(p_readings) AS s JOIN pg_catalog.unnest(p_readings) AS g
            ON g.place <> s.place AND s.role = 1 AND g.role = 2) AS p
  JOIN public.people_entry n ON n.surname_key = p.surname AND n.given_key BETWEEN p.low AND p.high
  LEFT JOIN pg_catalog.unnest(p_readings) AS f ON f.role = 4 AND f.place = p.third AND f.low = n.father_key
 WHERE p.cost > p_level - 1 AND p.cost <= p_level
   AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL $$;

-- People with a father's name and one other name among the readings: the third word, if any, may be anything.
CREATE FUNCTION people.by_father(p_readings people.reading[], p_surnames text[], p_givens text[], p_since date,
    p_until date) RETURNS SETOF people.hit LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, (o.cost + f.cost + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until)
       + people.name_cost(p_surnames[6 - o.place - f.place], n.surname_key))::real, 0
  FROM pg_catalog.unnest(p_readings) AS o JOIN pg_catalog.unnest(p_readings) AS f
    ON f.place <> o.place AND o.role = 2 AND f.role = 4 AND o.low = o.high
  JOIN public.people_entry n ON n.given_key = o.low AND n.father_key = f.low AND n.father_key <> ''
 WHERE o.cost + f.cost <= 1 AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL
UNION ALL
SELECT n.person_id, n.dossier_id, (o.cost + f.cost + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until)
       + people.name_cost(p_givens[6 - o.place - f.place], n.given_key))::real, 0
  FROM pg_catalog.unnest(p_readings) AS o JOIN pg_catalog.unnest(p_readings) AS f
    ON f.place <> o.place AND o.role = 1 AND f.role = 4
  JOIN public.people_entry n ON n.surname_key = o.low AND n.father_key = f.low AND n.father_key <> ''
 WHERE o.cost + f.cost <= 1 AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL $$;

-- People of the asked birth, or a year beside it, who have one of the names as it is typed: the other may be anything, at
-- a cost of up to 3. Finds whose other name is spelt beyond recognition.
CREATE FUNCTION people.by_birth(p_said text[], p_surnames text[], p_givens text[], p_fathers text[], p_since date,
    p_until date) RETURNS SETOF people.hit LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, (people.name_cost(p_surnames[s.i], n.surname_key)
       + people.name_cost(p_givens[g.i], n.given_key)
       + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until)
       + people.name_cost(p_fathers[6 - s.i - g.i], n.father_key)
       + CASE WHEN p_said[s.i] = 'g' OR p_said[g.i] = 's' THEN 0.5 ELSE 0 END)::real, 0
  FROM pg_catalog.generate_subscripts(p_said, 1) AS s (i)
  JOIN pg_catalog.generate_subscripts(p_said, 1) AS g (i) ON g.i <> s.i
 CROSS JOIN LATERAL (
    SELECT * FROM public.people_entry e
     WHERE e.given_key = p_givens[g.i] AND e.birth_first BETWEEN p_since - 366 AND p_until + 366
       AND public.levenshtein_less_equal(e.surname_key, p_surnames[s.i], 3) < 4
    UNION ALL
    SELECT * FROM public.people_entry e
     WHERE e.surname_key = p_surnames[s.i] AND e.birth_first BETWEEN p_since - 366 AND p_until + 366
       AND public.levenshtein_less_equal(e.given_key, p_givens[g.i], 3) < 4) AS n
 WHERE p_said[s.i] IS DISTINCT FROM 'f' AND p_said[g.i] IS DISTINCT FROM 'f'
   AND people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL $$;

-- People with one name, born between two days, whom the asker may know of. Nothing is sorted: of a name that tens of
-- thousands bear, any ten are as good as any others.
CREATE FUNCTION people.by_one_name(p_asker people.asker, p_readings people.reading[], p_since date, p_until date,
    p_extra real, p_limit integer) RETURNS SETOF people.hit LANGUAGE sql STABLE ROWS 10 AS $$
SELECT n.person_id, n.dossier_id, (r.cost + p_extra)::real, k.reach
  FROM pg_catalog.unnest(p_readings) AS r
 CROSS JOIN LATERAL (
    SELECT g.person_id, g.dossier_id, g.hidden FROM public.people_entry g
     WHERE r.role = 2 AND g.given_key = r.low
       AND (p_since IS NULL OR g.birth_first BETWEEN p_since - 1096 AND p_until AND g.birth_last >= p_since)
    UNION ALL
    SELECT s.person_id, s.dossier_id, s.hidden FROM public.people_entry s
     WHERE r.role = 1 AND s.surname_key = r.low
       AND (p_since IS NULL OR s.birth_first BETWEEN p_since - 1096 AND p_until AND s.birth_last >= p_since)) AS n
 CROSS JOIN LATERAL people.reach(p_asker, n.dossier_id, n.hidden) AS k (reach)
 WHERE k.reach > 0 LIMIT p_limit $$;

-- The names in the files of the asker's own teams, at most so many.
CREATE FUNCTION people.of_teams(p_asker people.asker, p_most integer) RETURNS SETOF public.people_entry
LANGUAGE sql STABLE AS $$
SELECT n.* FROM (
    SELECT DISTINCT m.dossier_id FROM public.access_member m
     WHERE (m.unit_id = ANY (p_asker.units) OR m.user_id = p_asker."user") AND m.ended_at IS NULL) AS own
  JOIN public.people_entry n ON n.dossier_id = own.dossier_id LIMIT p_most $$;

-- Search by one name: in a small unit's own files, else by name and birth. A farther word, or another year, is looked at
-- only where the nearer ones found nobody.
CREATE FUNCTION people.find_one(p_asker people.asker, p_readings people.reading[], p_since date, p_until date,
    p_limit integer) RETURNS SETOF people.hit LANGUAGE plpgsql STABLE AS $$
DECLARE
    c_few CONSTANT integer := 5000;
    v_names public.people_entry[];
    v_found people.hit[] := '{}';
BEGIN
    IF NOT (p_asker.system OR p_asker.nation) AND p_asker.places = '{}' THEN
        v_names := ARRAY(SELECT n FROM people.of_teams(p_asker, c_few + 1) AS n);
        IF cardinality(v_names) <= c_few THEN
            RETURN QUERY SELECT * FROM people.reached(p_asker, ARRAY(
                SELECT ROW(n.person_id, n.dossier_id, (r.cost
                           + people.birth_cost(n.birth_first, n.birth_last, p_since, p_until))::real, 0)::people.hit
                  FROM unnest(v_names) AS n
                  JOIN unnest(p_readings) AS r ON r.low = CASE r.role WHEN 1 THEN n.surname_key ELSE n.given_key END
                 WHERE people.birth_cost(n.birth_first, n.birth_last, p_since, p_until) IS NOT NULL), p_limit);
            RETURN;
        END IF;
    END IF;
    FOR v_level IN 0..2 LOOP
        FOR v_off IN 0..CASE WHEN p_since IS NULL THEN 0 ELSE 1 END LOOP
            v_found := v_found || ARRAY(SELECT f FROM people.by_one_name(p_asker, ARRAY(
                SELECT r FROM unnest(p_readings) AS r WHERE r.cost > v_level - 1 AND r.cost <= v_level ORDER BY r.cost),
                p_since - 366 * v_off, p_until + 366 * v_off, v_off::real, p_limit) AS f);
            EXIT WHEN cardinality(v_found) >= p_limit;
        END LOOP;
        EXIT WHEN cardinality(v_found) > 0;
    END LOOP;
    RETURN QUERY SELECT f.person, f.dossier, min(f.cost), max(f.reach) FROM unnest(v_found) AS f
                  GROUP BY f.person, f.dossier ORDER BY 3, 1 LIMIT p_limit;
END $$;

-- The nearest people whom the asker may know of. One to three typed words; the i-th reads as each of the keys, and
-- `p_said` names its role ('s', 'g', 'f') or is NULL. Candidates are gone through by level of cost: when enough cost no
-- more than the level, no later one can be nearer. Where somebody is all that was typed, words three letters apart are
-- not looked at: that level is the widest, and of no use then.
CREATE FUNCTION people.find(p_said text[], p_surnames text[], p_givens text[], p_fathers text[],
    p_since date, p_until date, p_limit integer) RETURNS SETOF people.hit
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asker people.asker := people.asking();
    v_readings people.reading[];
    v_found people.hit[] := '{}';
BEGIN
    IF cardinality(p_said) NOT BETWEEN 1 AND 3 OR p_limit NOT BETWEEN 1 AND 50 THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    v_readings := ARRAY(
        SELECT r FROM generate_subscripts(p_said, 1) AS i
         CROSS JOIN LATERAL (VALUES (1, p_surnames[i]), (2, p_givens[i]), (4, p_fathers[i])) AS k (role, typed)
         CROSS JOIN LATERAL people.read(i, k.role, k.typed, cardinality(p_said) = 1) AS r
         WHERE CASE k.role WHEN 4 THEN cardinality(p_said) > 1 AND (p_said[i] IS NULL OR p_said[i] = 'f')
                           ELSE p_said[i] IS DISTINCT FROM 'f' END);
    IF cardinality(p_said) = 1 THEN
        RETURN QUERY SELECT * FROM people.find_one(v_asker, ARRAY(
            SELECT r FROM unnest(v_readings) AS r WHERE p_said[1] IS NULL OR (p_said[1] = 's') = (r.role = 1)),
            p_since, p_until, p_limit);
        RETURN;
    END IF;
    FOR v_level IN 0..3 LOOP
        v_found := v_found || ARRAY(SELECT f FROM people.reached(v_asker, ARRAY(
            SELECT c FROM people.by_names(v_readings, v_level, p_said, p_fathers, p_since, p_until) AS c), p_limit) AS f);
        EXIT WHEN (SELECT count(DISTINCT f.person) FROM unnest(v_found) AS f WHERE f.cost <= v_level) >= p_limit
               OR v_level = 2 AND EXISTS (SELECT FROM unnest(v_found) AS f WHERE f.cost = 0);
    END LOOP;
    IF NOT EXISTS (SELECT FROM unnest(v_found) AS f WHERE f.cost < 2) THEN
        v_found := v_found || ARRAY(SELECT f FROM people.reached(v_asker, ARRAY(
            SELECT c FROM people.by_father(v_readings, p_surnames, p_givens, p_since, p_until) AS c
             UNION ALL
            SELECT c FROM people.by_birth(p_said, p_surnames, p_givens, p_fathers, p_since, p_until) AS c),
            p_limit) AS f);
    END IF;
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
