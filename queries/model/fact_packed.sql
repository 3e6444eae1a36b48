-- Of a country, at its import: what questions read, ready in the file of the version, and sorted, so
-- that a question about one programme, or about all of them as a whole, passes over the blocks of
-- rows it does not need. Marks are those of the version itself (kub/store/small_cells.py).
CREATE SCHEMA file.packed;
CREATE TABLE file.packed.shown_fact AS FROM ready.fact WHERE level <> 'village'
ORDER BY level, programme_id, year;
CREATE TABLE file.packed.shown_kub AS FROM ready.shown_kub LIMIT 0;
CREATE TABLE file.packed.shown_money AS FROM ready.money LIMIT 0;
