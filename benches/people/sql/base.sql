-- What production has whatever the index design: persons, their names as matching keys, and who is on the team of a dossier.
-- The keys of `people_name` are plain text in byte order; `birth_*` stand beside them so that a name and a year are one index scan.
CREATE TABLE people_person (
    id uuid NOT NULL, dossier_id uuid NOT NULL, birth_first date, birth_last date, sex text NOT NULL, iin text NOT NULL, district text NOT NULL
);
CREATE TABLE people_name (
    person_id uuid NOT NULL, dossier_id uuid NOT NULL,
    surname_key text COLLATE "C" NOT NULL, given_key text COLLATE "C" NOT NULL, father_key text COLLATE "C" NOT NULL,
    birth_first date, birth_last date
);
CREATE TABLE access_member (dossier_id uuid NOT NULL, unit_id int NOT NULL);
