ALTER TABLE people_person ADD PRIMARY KEY (id);
CREATE INDEX people_person_iin ON people_person (iin);
CREATE INDEX access_member_team ON access_member (dossier_id, unit_id);
ANALYZE people_person, people_name, access_member;
