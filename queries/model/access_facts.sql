-- The views of a version with small cells whose facts have their marks (model/small_facts.sql).
CREATE OR REPLACE VIEW ready.marked_village AS FROM access.village_fact;
CREATE OR REPLACE VIEW ready.marked_district AS FROM access.district_fact;
CREATE OR REPLACE VIEW ready.marked_programme AS FROM access.programme_fact;
CREATE OR REPLACE VIEW ready.earning_mark AS
SELECT programme_id, year, village_code, district_code, sector, mark FROM access.earning_mark;
