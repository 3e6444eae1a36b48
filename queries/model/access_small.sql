-- The views of a version with small cells; the tables are filled by kub/store/small_cells.py.
CREATE OR REPLACE VIEW ready.seen_kub AS SELECT k.*, g.village_code IS NOT NULL AS withheld
FROM kub k LEFT JOIN access.guarded g USING (programme_id, village_code, sector);
CREATE OR REPLACE VIEW ready.marked_day AS SELECT programme_id, date FROM access.withheld_day
WHERE date IS NOT NULL;
