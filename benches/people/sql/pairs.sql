-- Vocabulary and pairs: typed words are searched in a small table of the distinct words that names consist of, letters left out
-- on both sides; persons are then found by equality of two words, from the nearest pairs on, until ten are sure.
--
-- Costs: a letter left out, put in, changed, moved or swapped with its neighbour 1; a word that only begins as typed 1; surname and
-- given name the other way round 0.5; no father's name on record where one was asked for 1.5, another one up to 3; a birth year that
-- is wrong by one 1, no birth on record 0.5.

-- For production: `people_name` needs `birth_first` and `birth_last` beside its keys, both NULL when unknown, at most three years
-- apart; its text columns in byte order ("C"). Only `people_find` becomes a definer function with a pinned search_path: a function in SQL
-- with settings of its own can't be inlined. A region's check reads `people_person.district`; where a dossier has a territory, read that.
-- The index on (dossier_id) of `people_name` and those on (dossier_id, unit_id) and (unit_id, dossier_id) of `access_member` stand in
-- base_indexes.sql.

-- roles: 1 used as a surname, 2 as a given name, 4 as a father's name.
CREATE TABLE people_word (word text COLLATE "C" PRIMARY KEY, roles smallint NOT NULL);

-- What remains of a word when exactly so many letters are left out: 0, 1 or 2.
CREATE FUNCTION people_cut(word text, letters int) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT CASE letters
    WHEN 0 THEN ARRAY[word]
    WHEN 1 THEN ARRAY(SELECT DISTINCT pg_catalog.left(word, i - 1) || pg_catalog.substr(word, i + 1)
                        FROM pg_catalog.generate_series(1, pg_catalog.length(word)) AS i)
    ELSE ARRAY(SELECT DISTINCT pg_catalog.left(word, i - 1) || pg_catalog.substr(word, i + 1, j - i - 1) || pg_catalog.substr(word, j + 1)
                 FROM pg_catalog.generate_series(1, pg_catalog.length(word)) AS i,
                      pg_catalog.generate_series(i + 1, pg_catalog.length(word)) AS j)
END
$$;

-- How many letters may be left out of a word: none of one letter, one of up to four, else two.
CREATE FUNCTION people_slips(word text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT CASE WHEN pg_catalog.length(word) < 2 THEN 0 WHEN pg_catalog.length(word) < 5 THEN 1 ELSE 2 END
$$;

-- All cuts of a word that are indexed.
CREATE FUNCTION people_cuts(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT public.people_cut(word, 0) || CASE WHEN public.people_slips(word) > 0 THEN public.people_cut(word, 1) END
    || CASE WHEN public.people_slips(word) > 1 THEN public.people_cut(word, 2) END
$$;

INSERT INTO people_word
SELECT word, bit_or(role)::smallint
  FROM (SELECT DISTINCT surname_key AS word, 1 AS role FROM people_name
        UNION ALL SELECT DISTINCT given_key, 2 FROM people_name
        UNION ALL SELECT DISTINCT father_key, 4 FROM people_name) AS used
 WHERE word <> '' GROUP BY word;
CREATE INDEX people_word_cuts ON people_word USING gin (people_cuts(word)) WITH (fastupdate = off);
CREATE INDEX people_name_surname_given ON people_name (surname_key, given_key);
CREATE INDEX people_name_given_birth ON people_name (given_key, birth_first);
CREATE INDEX people_name_surname_birth ON people_name (surname_key, birth_first);
CREATE INDEX people_name_given_father ON people_name (given_key, father_key) WHERE father_key <> '';
CREATE INDEX people_name_surname_father ON people_name (surname_key, father_key) WHERE father_key <> '';
ANALYZE people_word, people_name;

-- Keeps the vocabulary with the names: a word is written once for each role, so that common names are no place to queue at.
CREATE FUNCTION people_learn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO people_word AS w
    SELECT word, bit_or(role)::smallint
      FROM (VALUES (NEW.surname_key, 1), (NEW.given_key, 2), (NEW.father_key, 4)) AS used (word, role)
     WHERE word <> '' AND NOT EXISTS (SELECT FROM people_word k WHERE k.word = used.word AND k.roles & used.role > 0)
     GROUP BY word
    ON CONFLICT (word) DO UPDATE SET roles = w.roles | excluded.roles;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_learn AFTER INSERT OR UPDATE ON people_name FOR EACH ROW EXECUTE FUNCTION people_learn();

-- A typed word read in one role: what stands between `low` and `high` in the index, and what that costs. `place` is the word's.
CREATE TYPE people_reading AS (place int, role int, low text, high text, cost real);
CREATE TYPE people_found AS (person_id uuid, dossier_id uuid, cost real);

-- The words of a role (1 surname, 2 given name, 4 father's name) that are near to a typed one, some of them twice.
CREATE FUNCTION people_near(role int, typed text) RETURNS TABLE (word text, cost real)
LANGUAGE sql STABLE PARALLEL SAFE STRICT ROWS 30 AS $$
SELECT v.word, greatest(c.letters, length(v.word) - length(typed) + c.letters)::real
  FROM generate_series(0, people_slips(typed)) AS c (letters)
  JOIN people_word v ON people_cuts(v.word) && people_cut(typed, c.letters)
 WHERE v.roles & role > 0
$$;

-- The readings of a typed word in a role. `alone`: no other word is typed.
CREATE FUNCTION people_read(place int, role int, typed text, alone boolean) RETURNS SETOF people_reading
LANGUAGE sql STABLE PARALLEL SAFE STRICT ROWS 30 AS $$
SELECT place, role, r.word, r.word, min(r.cost)::real
  FROM (SELECT n.word, n.cost FROM people_near(role, typed) AS n
        UNION ALL -- a woman's surname with a misspelt ending: its last letter is no letter of the key
        SELECT n.word, n.cost + 0.5 FROM people_near(role, left(typed, -1)) AS n
         WHERE role = 1 AND length(typed) > 5 AND typed LIKE '%a'
        UNION ALL -- the beginning of a name
        (SELECT v.word, 1 FROM people_word v
          WHERE (alone OR role = 1) AND length(typed) > 2
            AND v.word > typed AND v.word < typed || '~' AND v.roles & role > 0
          ORDER BY v.word LIMIT 40)
        UNION ALL -- a patronymic with a misspelt ending begins with the father's name
        SELECT v.word, 1 FROM generate_series(3, length(typed) - 2) AS c (letters)
          JOIN people_word v ON v.word = left(typed, c.letters) AND v.roles & role > 0
         WHERE role = 4
       ) AS r
 WHERE r.cost <= CASE WHEN length(typed) < 3 THEN 1 ELSE 2.5 END
 GROUP BY r.word
UNION ALL -- an initial, or the beginning of a given name, beside a surname
SELECT place, role, typed, typed || '~', 1 WHERE role = 2 AND length(typed) NOT IN (0, 2) AND NOT alone
$$;

-- How far a name on record is from a typed one: at most 3. What follows it in the typed one may be a misspelt ending.
CREATE FUNCTION people_name_cost(typed text, recorded text) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN typed IS NULL OR typed = '' OR typed = recorded THEN 0
            WHEN recorded = '' THEN 1.5
            ELSE least(levenshtein_less_equal(typed, recorded, 3),
                       0.25 + levenshtein_less_equal(left(typed, length(recorded)), recorded, 3), 3) END::real
$$;

-- What the asked birth days add: nothing within them, 0.5 where no birth is known, 1 within a year; NULL beyond: somebody else.
CREATE FUNCTION people_birth_cost(birth_first date, birth_last date, since date, until date) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN since IS NULL OR (birth_first <= until AND birth_last >= since) THEN 0
            WHEN birth_first IS NULL THEN 0.5
            WHEN birth_first <= until + 366 AND birth_last >= since - 366 THEN 1 END::real
$$;

-- Persons with a surname and a given name among the readings that together cost up to `level`, more than `level` - 1.
CREATE FUNCTION people_by_names(readings people_reading[], level int, said text[], as_father text[], since date, until date)
RETURNS SETOF people_found LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, p.cost + people_birth_cost(n.birth_first, n.birth_last, since, until)
       + least(f.cost, people_name_cost(p.father, n.father_key))
  FROM (SELECT s.low AS surname, g.low, g.high, 6 - s.place - g.place AS third, as_father[6 - s.place - g.place] AS father,
               s.cost + g.cost + CASE WHEN said[s.place] = 'g' OR said[g.place] = 's' THEN 0.5 ELSE 0 END AS cost
          FROM unnest(readings) AS s JOIN unnest(readings) AS g ON g.place <> s.place AND s.role = 1 AND g.role = 2) AS p
  JOIN people_name n ON n.surname_key = p.surname AND n.given_key BETWEEN p.low AND p.high
  LEFT JOIN unnest(readings) AS f ON f.role = 4 AND f.place = p.third AND f.low = n.father_key
 WHERE p.cost > level - 1 AND p.cost <= level
   AND people_birth_cost(n.birth_first, n.birth_last, since, until) IS NOT NULL
$$;

-- Persons with a father's name and one other name among the readings: the third word, if any, may be
-- anything, at a cost of up to 3.
CREATE FUNCTION people_by_father(
    readings people_reading[], said text[], as_surname text[], as_given text[], since date, until date
) RETURNS SETOF people_found LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, o.cost + f.cost + people_birth_cost(n.birth_first, n.birth_last, since, until)
       + people_name_cost(as_surname[6 - o.place - f.place], n.surname_key)
  FROM unnest(readings) AS o JOIN unnest(readings) AS f ON f.place <> o.place AND o.role = 2 AND f.role = 4 AND o.low = o.high
  JOIN people_name n ON n.given_key = o.low AND n.father_key = f.low AND n.father_key <> ''
 WHERE o.cost + f.cost <= 1 AND people_birth_cost(n.birth_first, n.birth_last, since, until) IS NOT NULL
UNION ALL
SELECT n.person_id, n.dossier_id, o.cost + f.cost + people_birth_cost(n.birth_first, n.birth_last, since, until)
       + people_name_cost(as_given[6 - o.place - f.place], n.given_key)
  FROM unnest(readings) AS o JOIN unnest(readings) AS f ON f.place <> o.place AND o.role = 1 AND f.role = 4
  JOIN people_name n ON n.surname_key = o.low AND n.father_key = f.low AND n.father_key <> ''
 WHERE o.cost + f.cost <= 1 AND people_birth_cost(n.birth_first, n.birth_last, since, until) IS NOT NULL
$$;

-- Persons of the asked birth, or a year beside it, who have one of the names as it is typed: the other may be anything, at a cost
-- of up to 3. Finds whose other name is spelt beyond recognition.
CREATE FUNCTION people_by_birth(said text[], as_surname text[], as_given text[], as_father text[], since date, until date)
RETURNS SETOF people_found LANGUAGE sql STABLE AS $$
SELECT n.person_id, n.dossier_id, people_name_cost(as_surname[s.i], n.surname_key) + people_name_cost(as_given[g.i], n.given_key)
       + people_birth_cost(n.birth_first, n.birth_last, since, until) + people_name_cost(as_father[6 - s.i - g.i], n.father_key)
       + CASE WHEN said[s.i] = 'g' OR said[g.i] = 's' THEN 0.5 ELSE 0 END
  FROM generate_subscripts(said, 1) AS s (i) JOIN generate_subscripts(said, 1) AS g (i) ON g.i <> s.i
 CROSS JOIN LATERAL (
    SELECT * FROM people_name WHERE given_key = as_given[g.i] AND birth_first BETWEEN since - 366 AND until + 366
       AND levenshtein_less_equal(surname_key, as_surname[s.i], 3) < 4
    UNION ALL
    SELECT * FROM people_name WHERE surname_key = as_surname[s.i] AND birth_first BETWEEN since - 366 AND until + 366
       AND levenshtein_less_equal(given_key, as_given[g.i], 3) < 4) AS n
 WHERE said[s.i] IS DISTINCT FROM 'f' AND said[g.i] IS DISTINCT FROM 'f'
$$;

-- The ten nearest of the candidates whom the asker may know of, each person once; access is asked of one after the other until
-- there are ten. The scalar subqueries stay lookups of one row each; an EXISTS could be hashed, which reads all teams.
CREATE FUNCTION people_reached(candidates people_found[], unit int, region text) RETURNS SETOF people_found
LANGUAGE sql STABLE ROWS 10 AS $$
SELECT c.* FROM (SELECT person_id, dossier_id, min(cost) AS cost FROM unnest(candidates)
                  GROUP BY person_id, dossier_id ORDER BY 3, 1 OFFSET 0) AS c
 WHERE CASE WHEN unit IS NOT NULL
            THEN (SELECT true FROM access_member m WHERE m.dossier_id = c.dossier_id AND m.unit_id = unit LIMIT 1)
            WHEN region IS NOT NULL
            THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = c.person_id)
            ELSE true END
 LIMIT 10
$$;

-- Ten persons with one name whom the asker may know of, born between two days. Nothing is sorted: of a name that tens of thousands
-- bear, any ten are as good as any others.
CREATE FUNCTION people_by_one_name(readings people_reading[], since date, until date, extra real, unit int, region text)
RETURNS SETOF people_found LANGUAGE sql STABLE ROWS 10 AS $$
SELECT n.person_id, n.dossier_id, r.cost + extra
  FROM unnest(readings) AS r
 CROSS JOIN LATERAL (
    SELECT g.person_id, g.dossier_id FROM people_name g
     WHERE r.role = 2 AND g.given_key = r.low
       AND g.birth_first BETWEEN since - 1096 AND until AND g.birth_last >= since
    UNION ALL
    SELECT s.person_id, s.dossier_id FROM people_name s
     WHERE r.role = 1 AND s.surname_key = r.low
       AND s.birth_first BETWEEN since - 1096 AND until AND s.birth_last >= since) AS n
 WHERE CASE WHEN unit IS NOT NULL
            THEN (SELECT true FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = unit LIMIT 1)
            WHEN region IS NOT NULL
            THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = n.person_id)
            ELSE true END
 LIMIT 10
$$;

-- The names in a unit's dossiers, at most so many.
CREATE FUNCTION people_of_unit(unit int, most int) RETURNS SETOF people_name LANGUAGE sql STABLE AS $$
SELECT n.* FROM access_member m JOIN people_name n ON n.dossier_id = m.dossier_id WHERE m.unit_id = unit LIMIT most
$$;

-- Search by one name: in a small unit's own dossiers, else by name and birth. A farther word, or another birth year, is looked at
-- only where the nearer ones found too few.
CREATE FUNCTION people_find_one(readings people_reading[], since date, until date, unit int, region text)
RETURNS SETOF people_found LANGUAGE plpgsql STABLE AS $$
DECLARE
    few CONSTANT int := 5000;
    names people_name[];
    found people_found[] := '{}';
BEGIN
    IF unit IS NOT NULL THEN
        names := ARRAY(SELECT n FROM people_of_unit(unit, few + 1) AS n);
        IF cardinality(names) <= few THEN
            RETURN QUERY
            SELECT n.person_id, n.dossier_id, min(r.cost + people_birth_cost(n.birth_first, n.birth_last, since, until))::real
              FROM unnest(names) AS n
              JOIN unnest(readings) AS r ON r.low = CASE r.role WHEN 1 THEN n.surname_key ELSE n.given_key END
             WHERE people_birth_cost(n.birth_first, n.birth_last, since, until) IS NOT NULL
             GROUP BY n.person_id, n.dossier_id ORDER BY 3, 1 LIMIT 10;
            RETURN;
        END IF;
    END IF;
    FOR level IN 0..2 LOOP
        FOR off IN 0..CASE WHEN since IS NULL THEN 0 ELSE 1 END LOOP
            found := found || ARRAY(SELECT f FROM people_by_one_name(
                ARRAY(SELECT r FROM unnest(readings) AS r WHERE r.cost > level - 1 AND r.cost <= level ORDER BY r.cost),
                coalesce(since, '1800-01-01') - 366 * off, coalesce(until, '2200-01-01') + 366 * off, off, unit, region) AS f);
            EXIT WHEN cardinality(found) >= 10;
        END LOOP;
        EXIT WHEN cardinality(found) > 0;
    END LOOP;
    RETURN QUERY SELECT f.person_id, f.dossier_id, min(f.cost) FROM unnest(found) AS f
                  GROUP BY f.person_id, f.dossier_id ORDER BY 3, 1 LIMIT 10;
END
$$;

-- The ten nearest persons whom the asker may know of. At most three words, none of them empty; the i-th typed word reads as each of
-- the keys; `said` names its role ('s', 'g', 'f') or is NULL. Years are whole: from 1 January of the first to 31 December of the
-- last, NULL for any. The asker reaches a unit's dossiers, or a region's, or the nation's when both are NULL.
--
-- Candidates are gone through by level of cost; each level's are sorted, and access is asked of one after the other until ten are
-- reached: who is not reached takes no place. When ten cost no more than the level, no later one can be nearer. Where somebody is
-- found who is all that was typed, words three letters apart are not looked at: that level is the widest, and of no use then.
CREATE FUNCTION people_find(
    said text[], as_surname text[], as_given text[], as_father text[], year_from int, year_to int, unit int, region text
) RETURNS SETOF people_found LANGUAGE plpgsql STABLE AS $$
DECLARE
    since CONSTANT date := make_date(year_from, 1, 1);
    until CONSTANT date := make_date(year_to, 12, 31);
    readings CONSTANT people_reading[] := ARRAY(
        SELECT r FROM generate_subscripts(said, 1) AS i
         CROSS JOIN LATERAL (VALUES (1, as_surname[i]), (2, as_given[i]), (4, as_father[i])) AS k (role, typed)
         CROSS JOIN LATERAL people_read(i, k.role, k.typed, cardinality(said) = 1) AS r
         WHERE CASE k.role WHEN 4 THEN cardinality(said) > 1 AND (said[i] IS NULL OR said[i] = 'f')
                           ELSE said[i] IS DISTINCT FROM 'f' END);
    found people_found[] := '{}';
BEGIN
    IF cardinality(said) = 1 THEN
        RETURN QUERY SELECT * FROM people_find_one(
            ARRAY(SELECT r FROM unnest(readings) AS r WHERE said[1] IS NULL OR (said[1] = 's') = (r.role = 1)),
            since, until, unit, region);
        RETURN;
    END IF;
    FOR level IN 0..3 LOOP
        found := found || ARRAY(SELECT f FROM people_reached(
            ARRAY(SELECT c FROM people_by_names(readings, level, said, as_father, since, until) AS c), unit, region) AS f);
        EXIT WHEN (SELECT count(DISTINCT f.person_id) FROM unnest(found) AS f WHERE f.cost <= level) >= 10
               OR level = 2 AND EXISTS (SELECT FROM unnest(found) AS f WHERE f.cost = 0);
    END LOOP;
    IF NOT EXISTS (SELECT FROM unnest(found) AS f WHERE f.cost < 2) THEN
        found := found || ARRAY(SELECT f FROM people_reached(
            ARRAY(SELECT c FROM people_by_father(readings, said, as_surname, as_given, since, until) AS c
                  UNION ALL
                  SELECT c FROM people_by_birth(said, as_surname, as_given, as_father, since, until) AS c),
            unit, region) AS f);
    END IF;
    RETURN QUERY SELECT f.person_id, f.dossier_id, min(f.cost) FROM unnest(found) AS f
                  GROUP BY f.person_id, f.dossier_id ORDER BY 3, 1 LIMIT 10;
END
$$;
