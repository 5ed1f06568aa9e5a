-- Equality of coarse keys: consonants of the surname with the initial of the given name, and the like; nothing but `=`, so that
-- indexes may be used under row security. What one of the keys finds is sorted by edit distance.
CREATE FUNCTION skeleton(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT pg_catalog.translate(word, 'aeiou', '')
$$;
CREATE INDEX skeletons_surname ON people_name (skeleton(surname_key), left(given_key, 1));
CREATE INDEX skeletons_given ON people_name (skeleton(given_key), left(surname_key, 2));
CREATE INDEX skeletons_given_birth ON people_name (given_key, birth_first);
CREATE INDEX skeletons_surname_birth ON people_name (surname_key, birth_first);
CREATE INDEX skeletons_given_father ON people_name (given_key, father_key) WHERE father_key <> '';
ANALYZE people_name;

CREATE FUNCTION skeletons_of(surname text, given text, father text, since date, until date) RETURNS SETOF people_name
LANGUAGE sql STABLE AS $$
SELECT * FROM people_name WHERE skeleton(surname_key) = skeleton(surname) AND left(given_key, 1) = left(given, 1)
UNION
SELECT * FROM people_name WHERE skeleton(given_key) = skeleton(given) AND left(surname_key, 2) = left(surname, 2)
UNION
SELECT * FROM people_name WHERE given_key = given AND birth_first BETWEEN since - 366 AND until + 366
   AND (surname IS NULL OR levenshtein_less_equal(surname_key, surname, 3) < 4)
UNION
SELECT * FROM people_name WHERE surname_key = surname AND birth_first BETWEEN since - 366 AND until + 366
   AND (given IS NULL OR levenshtein_less_equal(given_key, given, 3) < 4)
UNION
SELECT * FROM people_name WHERE given_key = given AND father_key = father AND father_key <> ''
   AND levenshtein_less_equal(surname_key, surname, 3) < 4
$$;

CREATE FUNCTION skeletons_find(
    said text[], as_surname text[], as_given text[], as_father text[], year_from int, year_to int, unit int, region text
) RETURNS TABLE (person_id uuid, dossier_id uuid, cost real) LANGUAGE plpgsql STABLE AS $$
DECLARE
    since CONSTANT date := make_date(year_from, 1, 1);
    until CONSTANT date := make_date(year_to, 12, 31);
BEGIN
    RETURN QUERY
    WITH asked AS (
        SELECT as_surname[s.i] AS surname, as_given[g.i] AS given, as_father[f.i] AS father,
               CASE WHEN said[s.i] = 'g' OR said[g.i] = 's' THEN 0.5 ELSE 0 END AS turned
          FROM (SELECT generate_subscripts(said, 1) AS i) AS s
          JOIN (SELECT generate_subscripts(said, 1) AS i) AS g ON g.i <> s.i
          LEFT JOIN (SELECT generate_subscripts(said, 1) AS i) AS f ON f.i NOT IN (s.i, g.i)
         WHERE said[s.i] IS DISTINCT FROM 'f' AND said[g.i] IS DISTINCT FROM 'f'
        UNION ALL SELECT NULL, as_given[1], NULL, 0 WHERE cardinality(said) = 1),
    near AS MATERIALIZED (
        SELECT n.person_id, n.dossier_id,
               (a.turned + CASE WHEN a.surname IS NULL THEN 0 ELSE levenshtein(n.surname_key, a.surname) END
                + CASE WHEN a.given IS NULL THEN 0 ELSE levenshtein(n.given_key, a.given) END
                + CASE WHEN a.father IS NULL OR a.father = n.father_key THEN 0 WHEN n.father_key = '' THEN 1.5
                       ELSE least(levenshtein_less_equal(a.father, n.father_key, 3), 3) END
                + CASE WHEN since IS NULL OR (n.birth_first <= until AND n.birth_last >= since) THEN 0 ELSE 1 END)::real AS far
          FROM asked a CROSS JOIN LATERAL skeletons_of(a.surname, a.given, a.father, since, until) AS n
         WHERE since IS NULL OR n.birth_first IS NULL OR (n.birth_first <= until + 366 AND n.birth_last >= since - 366))
    SELECT n.person_id, n.dossier_id, min(n.far) FROM near n
     WHERE CASE WHEN unit IS NOT NULL
                THEN (SELECT true FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = unit LIMIT 1)
                WHEN region IS NOT NULL
                THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = n.person_id)
                ELSE true END
     GROUP BY n.person_id, n.dossier_id ORDER BY 3, 1 LIMIT 10;
END
$$;
