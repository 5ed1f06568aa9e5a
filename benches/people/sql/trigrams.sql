-- Trigrams over each person's surname and given name: what is similar enough is read, access is asked, then the nearest are taken.
CREATE INDEX trigrams_name ON people_name USING gin ((surname_key || ' ' || given_key) gin_trgm_ops) WITH (fastupdate = off);

CREATE FUNCTION trigrams_find(
    said text[], as_surname text[], as_given text[], as_father text[], year_from int, year_to int, unit int, region text
) RETURNS TABLE (person_id uuid, dossier_id uuid, cost real) LANGUAGE plpgsql STABLE
SET pg_trgm.similarity_threshold = 0.45 SET pg_trgm.word_similarity_threshold = 0.6 AS $$
DECLARE
    since CONSTANT date := make_date(year_from, 1, 1);
    until CONSTANT date := make_date(year_to, 12, 31);
    father CONSTANT text := (SELECT as_father[i] FROM generate_subscripts(said, 1) AS i WHERE said[i] = 'f');
    typed CONSTANT text := (SELECT string_agg(CASE said[i] WHEN 's' THEN as_surname[i] ELSE as_given[i] END, ' ')
                              FROM generate_subscripts(said, 1) AS i WHERE said[i] IS DISTINCT FROM 'f');
BEGIN
    RETURN QUERY
    WITH near AS MATERIALIZED (
        SELECT n.*, 1 - similarity(typed, n.surname_key || ' ' || n.given_key) AS far
          FROM people_name n
         WHERE cardinality(said) > 1 AND (n.surname_key || ' ' || n.given_key) % typed
        UNION ALL
        SELECT n.*, 1 - word_similarity(typed, n.surname_key || ' ' || n.given_key)
          FROM people_name n
         WHERE cardinality(said) = 1 AND typed <% (n.surname_key || ' ' || n.given_key))
    SELECT n.person_id, n.dossier_id,
           (n.far + CASE WHEN since IS NULL OR (n.birth_first <= until AND n.birth_last >= since) THEN 0 ELSE 0.1 END
                  + CASE WHEN father IS NULL OR n.father_key = father THEN 0 WHEN n.father_key = '' THEN 0.15
                         ELSE 0.1 * levenshtein_less_equal(father, n.father_key, 3) END)::real
      FROM near n
     WHERE (since IS NULL OR n.birth_first IS NULL OR (n.birth_first <= until + 366 AND n.birth_last >= since - 366))
       AND CASE WHEN unit IS NOT NULL
                THEN (SELECT true FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = unit LIMIT 1)
                WHEN region IS NOT NULL
                THEN (SELECT left(p.district, 2) = region FROM people_person p WHERE p.id = n.person_id)
                ELSE true END
     ORDER BY 3, 1 LIMIT 10;
END
$$;
