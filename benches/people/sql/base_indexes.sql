ALTER TABLE people_person ADD PRIMARY KEY (id);
CREATE INDEX people_person_iin ON people_person (iin);
CREATE INDEX access_member_team ON access_member (dossier_id, unit_id);
CREATE INDEX access_member_unit ON access_member (unit_id, dossier_id);
CREATE INDEX people_name_dossier ON people_name (dossier_id);
ANALYZE people_person, people_name, access_member;
