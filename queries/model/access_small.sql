-- The views of a version with small cells; the tables are filled by kub/store/small_cells.py.
CREATE OR REPLACE VIEW shown_village_fact AS
SELECT * REPLACE (if(is_analyst(), 0, mark) AS mark, if(is_analyst(), 0, women_mark) AS women_mark)
FROM access.village_fact;
CREATE OR REPLACE VIEW shown_district_fact AS
SELECT * REPLACE (if(is_analyst(), 0, mark) AS mark, if(is_analyst(), 0, women_mark) AS women_mark)
FROM access.district_fact;
CREATE OR REPLACE VIEW shown_programme_fact AS
SELECT * REPLACE (if(is_analyst(), 0, mark) AS mark, if(is_analyst(), 0, women_mark) AS women_mark)
FROM access.programme_fact;
CREATE OR REPLACE VIEW shown_kub AS
SELECT k.*, NOT is_analyst() AND g.village_code IS NOT NULL AS withheld
FROM kub k LEFT JOIN access.guarded g USING (programme_id, village_code, sector);
CREATE OR REPLACE VIEW withheld_day AS SELECT programme_id, date FROM access.withheld_day
WHERE NOT is_analyst() AND date IS NOT NULL;
