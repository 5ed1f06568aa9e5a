-- Vocabulary and pairs: typed words are searched in a small table of the distinct words that names consist of, letters left out
-- on both sides; persons are then found by equality of two words, from the nearest pairs on, until ten are sure.
--
-- Costs: a letter left out, put in, changed, moved or swapped with its neighbour is 1; a word that only begins as typed is 1; surname
-- and given name the other way round 0.5; a record without the father's name that was asked for 0.5; another birth year 1.

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

-- How many letters may be wrong in a word: none in one letter, one in up to four, else two.
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

-- A reading of a typed word in one role: what stands between `low` and `high` in the index, and what that costs.
CREATE TYPE people_reading AS (place int, role int, low text, high text, cost real);
CREATE TYPE people_found AS (person_id uuid, dossier_id uuid, cost real);

-- The words of a role that are near to a typed one.
CREATE FUNCTION people_near(place int, role int, typed text) RETURNS SETOF people_reading
LANGUAGE sql STABLE PARALLEL SAFE STRICT ROWS 30 AS $$
SELECT place, role, near.word, near.word, min(near.cost)::real
  FROM (SELECT w.word, greatest(c.letters, length(w.word) - length(typed) + c.letters) AS cost
          FROM generate_series(0, people_slips(typed)) AS c (letters)
         CROSS JOIN LATERAL (SELECT v.word, v.roles FROM people_word v
                              WHERE people_cuts(v.word) && people_cut(typed, c.letters)) AS w
         WHERE w.roles & role > 0
        UNION ALL
        (SELECT v.word, CASE WHEN v.word = typed THEN 0 ELSE 1 END FROM people_word v
          WHERE length(typed) > 2 AND v.word >= typed AND v.word < typed || '~' AND v.roles & role > 0
          ORDER BY v.word LIMIT 40)
       ) AS near
 WHERE near.cost <= people_slips(typed)
 GROUP BY near.word
UNION ALL
SELECT place, role, typed, typed || '~', 0.5 WHERE length(typed) < 2 AND role = 2
$$;

-- How far the father's name of a record is from the one asked for: at most 3. What follows it may be a misspelt ending.
CREATE FUNCTION people_father_cost(typed text, father text) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN typed IS NULL OR typed = '' OR typed = father THEN 0
            WHEN father = '' THEN 0.5
            ELSE least(levenshtein_less_equal(typed, father, 3), 0.5 + levenshtein_less_equal(left(typed, length(father)), father, 3), 3) END::real
$$;

-- What an asked birth year adds: nothing within it, 0.5 where no birth is known, 1 within a year of it; NULL beyond: another person.
CREATE FUNCTION people_birth_cost(birth_first date, birth_last date, since date, until date) RETURNS real
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN since IS NULL OR (birth_first <= until AND birth_last >= since) THEN 0
            WHEN birth_first IS NULL THEN 0.5
            WHEN birth_first <= until + 366 AND birth_last >= since - 366 THEN 1 END::real
$$;

-- Whether whoever asks may know of a record: all of the nation, a region's by its first two figures, or a unit's by the team.
-- The scalar subqueries stay lookups of one row each; an EXISTS could be hashed, which reads all teams.
CREATE FUNCTION people_reached(dossier uuid, person uuid, unit int, region text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT CASE WHEN unit IS NOT NULL
            THEN (SELECT true FROM access_member m WHERE m.dossier_id = dossier AND m.unit_id = unit LIMIT 1)
            WHEN region IS NOT NULL
            THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = person)
            ELSE true END
$$;

-- The ten nearest persons whom the asker may know of. The i-th typed word reads as each of the keys; `said` names its role
-- ('s', 'g', 'f') or is NULL. Years are whole: from 1 January of the first to 31 December of the last. No unit and no region: the nation.
CREATE FUNCTION people_find(
    said text[], as_surname text[], as_given text[], as_father text[], year_from int, year_to int, unit int, region text
) RETURNS SETOF people_found LANGUAGE plpgsql STABLE AS $$
DECLARE
    since CONSTANT date := make_date(year_from, 1, 1);
    until CONSTANT date := make_date(year_to, 12, 31);
    words CONSTANT int := cardinality(said);
    readings people_reading[];
    found people_found[] := '{}';
BEGIN
    readings := ARRAY(
        SELECT r FROM generate_subscripts(said, 1) AS i
         CROSS JOIN LATERAL (VALUES (1, 's', as_surname[i]), (2, 'g', as_given[i])) AS k (role, letter, typed)
         CROSS JOIN LATERAL people_near(i, k.role, k.typed) AS r
         WHERE said[i] IS DISTINCT FROM 'f');
    FOR level IN 0..3 LOOP
        found := found || ARRAY(
            SELECT ROW(n.person_id, n.dossier_id, p.cost + people_birth_cost(n.birth_first, n.birth_last, since, until)
                       + people_father_cost(p.third, n.father_key))::people_found
              FROM (SELECT s.low AS surname, g.low AS given, g.high AS given_high, as_father[6 - s.place - g.place] AS third,
                           s.cost + g.cost + CASE WHEN said[s.place] = 'g' OR said[g.place] = 's' THEN 0.5 ELSE 0 END AS cost
                      FROM unnest(readings) AS s JOIN unnest(readings) AS g ON g.place <> s.place AND g.role = 2
                     WHERE s.role = 1) AS p
              JOIN people_name n ON n.surname_key = p.surname AND n.given_key BETWEEN p.given AND p.given_high
             WHERE p.cost > level - 1 AND p.cost <= level
               AND people_birth_cost(n.birth_first, n.birth_last, since, until) IS NOT NULL
               AND people_reached(n.dossier_id, n.person_id, unit, region));
        EXIT WHEN (SELECT count(*) FROM unnest(found) AS f WHERE f.cost <= level) >= 10;
    END LOOP;
    RETURN QUERY SELECT f.person_id, f.dossier_id, min(f.cost) FROM unnest(found) AS f
                  GROUP BY f.person_id, f.dossier_id ORDER BY 3, 1 LIMIT 10;
END
$$;
