-- The one layer that every answer passes: scope macros read these views, never the facts or
-- records themselves, so what a reader may see is decided here and nowhere else.

-- Small cells (kub/store/small_cells.py). A mark adds up like the facts; it is 0 over a scope that
-- leaves every group of cells whole, and then the members (women_mark: then the women) of the scope
-- may be told. Without any small cell all marks are 0, and these views replace nothing; otherwise
-- model/access_small.sql puts theirs in their place.
CREATE VIEW shown_village_fact AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM village_fact;
CREATE VIEW shown_district_fact AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM district_fact;
CREATE VIEW shown_programme_fact AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM programme_fact;
CREATE VIEW shown_kub_year AS FROM kub_year;
-- withheld: neither its own members nor those of its activity may be told.
CREATE VIEW shown_kub AS SELECT *, false AS withheld FROM kub;
CREATE VIEW shown_kub_report AS FROM kub_report;
-- Days of published figures on which the members of the whole programme may not be told.
CREATE VIEW withheld_day AS SELECT NULL::VARCHAR AS programme_id, NULL::DATE AS date WHERE false;

-- A cursor that nobody gave a role is a reader's.
CREATE MACRO is_analyst() AS coalesce(getvariable('role') = 'analyst', false);
-- A figure about people, unless the marks of its scope say that it cuts a group.
CREATE MACRO shown(mark, value) AS if(coalesce(mark, 0) = 0, value, NULL);
CREATE MACRO few(people) AS people BETWEEN 1 AND 4;
