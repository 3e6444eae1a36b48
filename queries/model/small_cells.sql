-- A KUB is a cell of its own in lists of KUB, by all its reports; the others of its cell go with
-- it. The last rows match nothing: they keep the table from being empty for a programme, as above.
CREATE TABLE access.guarded AS
SELECT programme_id, village_code, sector::sector AS sector FROM own
UNION SELECT programme_id, NULL, NULL FROM programme;

CREATE TABLE access.withheld_day AS
SELECT programme_id, date FROM own_day UNION SELECT programme_id, NULL FROM programme;
