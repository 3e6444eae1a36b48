-- The one layer that every answer passes. Each role has a schema of its own, `reader` and
-- `analyst`, with the same names in it, and a cursor looks into one of them: a question says
-- shown_fact and gets what its role may see. A cursor without a role sees none of these.

-- Small cells (kub/store/small_cells.py). A mark adds up like the facts; it is 0 over a scope that
-- leaves every group of cells whole, and then the members (women_mark: then the women) of the scope
-- may be told. Without any small cell all marks are 0, and these views replace nothing; otherwise
-- model/access_small.sql puts theirs in their place.
CREATE SCHEMA ready;
CREATE VIEW ready.marked_village AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM village_fact;
CREATE VIEW ready.marked_district AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM district_fact;
CREATE VIEW ready.marked_programme AS SELECT *, 0::BIGINT AS mark, 0::BIGINT AS women_mark
FROM programme_fact;
-- withheld: neither its own members nor those of its activity may be told.
CREATE VIEW ready.seen_kub AS SELECT *, false AS withheld FROM kub;
-- Marks of the members of those that state their revenue, as rows of their own.
CREATE VIEW ready.earning_mark AS SELECT programme_id, year, village_code, district_code, sector,
  0::BIGINT AS mark FROM village_fact WHERE false;
-- Days of published figures on which the members of the whole programme may not be told.
CREATE VIEW ready.marked_day AS SELECT NULL::VARCHAR AS programme_id, NULL::DATE AS date
WHERE false;

-- A figure about people, unless the marks of its scope say that it cuts a group.
CREATE MACRO shown(mark, value) AS if(coalesce(mark, 0) = 0, value, NULL);
CREATE MACRO few(people) AS people BETWEEN 1 AND 4;
-- The same of money: its marks (kub/store/money_cells.py) are numbers modulo a prime.
CREATE MACRO shown_money(mark, value) AS if(coalesce(mark, 0) % 2147483647 = 0, value, NULL);
