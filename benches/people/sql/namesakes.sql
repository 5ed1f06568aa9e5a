-- For the bench alone: a copy of the names, where it counts namesakes whatever the indexes of the design that is measured.
CREATE SCHEMA bench;
CREATE TABLE bench.name AS SELECT * FROM people_name;
CREATE INDEX ON bench.name (surname_key, given_key);
CREATE INDEX ON bench.name (given_key, birth_first);
ANALYZE bench.name;
