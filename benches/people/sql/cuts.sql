-- Deletion neighbourhood of each person: surname and given name with no letter or one left out, as hashes, in one array a person.
-- Both names must have a cut in common with what is typed.
CREATE FUNCTION cuts_of(kind text, word text) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT array_agg(DISTINCT hashtext(kind || left(word, i - 1) || substr(word, i + 1))) FROM generate_series(1, length(word) + 1) AS i
$$;
CREATE TABLE cuts_name (
    person_id uuid NOT NULL, dossier_id uuid NOT NULL, surname_key text COLLATE "C" NOT NULL, given_key text COLLATE "C" NOT NULL,
    father_key text COLLATE "C" NOT NULL, birth_first date, birth_last date, cuts int[] NOT NULL
);
INSERT INTO cuts_name
SELECT n.*, s.cuts || g.cuts FROM people_name n
  JOIN (SELECT word, cuts_of('s', word) AS cuts FROM (SELECT DISTINCT surname_key AS word FROM people_name) AS w OFFSET 0) AS s
    ON s.word = n.surname_key
  JOIN (SELECT word, cuts_of('g', word) AS cuts FROM (SELECT DISTINCT given_key AS word FROM people_name) AS w OFFSET 0) AS g
    ON g.word = n.given_key;
CREATE INDEX cuts_name_cuts ON cuts_name USING gin (cuts) WITH (fastupdate = off);
CREATE INDEX cuts_name_given_birth ON cuts_name (given_key, birth_first);
ANALYZE cuts_name;

CREATE FUNCTION cuts_find(
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
         WHERE said[s.i] IS DISTINCT FROM 'f' AND said[g.i] IS DISTINCT FROM 'f'),
    near AS MATERIALIZED (
        SELECT n.person_id, n.dossier_id,
               (a.turned + levenshtein(n.surname_key, a.surname) + levenshtein(n.given_key, a.given)
                + CASE WHEN a.father IS NULL OR a.father = n.father_key THEN 0 WHEN n.father_key = '' THEN 1.5
                       ELSE least(levenshtein_less_equal(a.father, n.father_key, 3), 3) END
                + CASE WHEN since IS NULL OR (n.birth_first <= until AND n.birth_last >= since) THEN 0 ELSE 1 END)::real AS far
          FROM asked a
          JOIN cuts_name n ON n.cuts && cuts_of('s', a.surname) AND n.cuts && cuts_of('g', a.given)
         WHERE since IS NULL OR n.birth_first IS NULL OR (n.birth_first <= until + 366 AND n.birth_last >= since - 366)
        UNION ALL
        SELECT n.person_id, n.dossier_id, CASE WHEN n.birth_first <= until AND n.birth_last >= since THEN 0 ELSE 1 END
          FROM cuts_name n
         WHERE cardinality(said) = 1 AND n.given_key = as_given[1] AND n.birth_first BETWEEN since - 366 AND until + 366)
    SELECT n.person_id, n.dossier_id, min(n.far) FROM near n
     WHERE CASE WHEN unit IS NOT NULL
                THEN (SELECT true FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = unit LIMIT 1)
                WHEN region IS NOT NULL
                THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = n.person_id)
                ELSE true END
     GROUP BY n.person_id, n.dossier_id ORDER BY 3, 1 LIMIT 10;
END
$$;
