-- Of ten million rows a question about one programme and year then reads one block. A statement of
-- its own: beside the windows and joins of facts.sql, a country's do not fit into what an import
-- may hold.
CREATE TABLE sorted AS FROM kub_year ORDER BY programme_id, year, kub_id;
DROP TABLE kub_year;
ALTER TABLE sorted RENAME TO kub_year;
