-- Words are derived by trigger, which a copy passes by. The asker comes from settings here, in place of a session.
INSERT INTO people_word (word, roles)
SELECT word, bit_or(role) FROM (
    SELECT DISTINCT surname_key AS word, 1::smallint AS role FROM people_entry
     UNION ALL SELECT DISTINCT given_key, 2::smallint FROM people_entry
     UNION ALL SELECT DISTINCT father_key, 4::smallint FROM people_entry) AS used
 WHERE word <> '' GROUP BY word;

CREATE OR REPLACE FUNCTION people.asking() RETURNS people.asker
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT ROW(false, current_setting('bench.unit') = '' AND current_setting('bench.region') = '',
    CASE WHEN current_setting('bench.unit') = '' THEN '{}'
         ELSE ARRAY[nullif(current_setting('bench.unit'), '')::integer] END,
    NULL::integer, ~0::bigint, now(), '{}'::uuid[], '{}'::uuid[],
    CASE WHEN current_setting('bench.region') = '' THEN '{}'
         ELSE ARRAY[current_setting('bench.region') || '%'] END)::people.asker $$;
