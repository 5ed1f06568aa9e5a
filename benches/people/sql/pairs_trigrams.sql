-- After pairs.sql: the same pairs, the vocabulary searched by trigrams instead of by letters left out.
DROP INDEX people_word_cuts;
CREATE INDEX people_word_trigrams ON people_word USING gin (word gin_trgm_ops) WITH (fastupdate = off);
CREATE OR REPLACE FUNCTION people_near(role int, typed text) RETURNS TABLE (word text, cost real)
LANGUAGE sql STABLE STRICT ROWS 30 SET pg_trgm.similarity_threshold = 0.3 AS $$
SELECT v.word, levenshtein_less_equal(v.word, typed, 3)::real
  FROM people_word v WHERE v.word % typed AND v.roles & role > 0 AND levenshtein_less_equal(v.word, typed, 3) < 4
$$;
