-- What kub/store/small_cells.py found out at import, for this version and the others beside it.
-- part and women_part: cells with the same number are told together only, in one year of the same
-- records; 0 is told nowhere. Cells that are not named are told each by itself. guarded: cells
-- whose KUB are not told one by one; block: those that were joined.
CREATE SCHEMA IF NOT EXISTS small;
CREATE TABLE small.generation (number INTEGER);
CREATE TABLE small.records (position INTEGER, name VARCHAR, programme_id VARCHAR, records INTEGER);
CREATE TABLE small.part (programme_id VARCHAR, records INTEGER, year INTEGER, village_code VARCHAR,
  district_code VARCHAR,
  sector VARCHAR, part BIGINT, women_part BIGINT);
CREATE TABLE small.guarded (programme_id VARCHAR, village_code VARCHAR, sector VARCHAR,
  block INTEGER);
-- Days of published figures on which the programme's members are withheld.
CREATE TABLE small.day (programme_id VARCHAR, records INTEGER, date DATE);
-- Years in which the members of those that state their revenue are told of the whole programme.
CREATE TABLE small.earning (programme_id VARCHAR, records INTEGER, year INTEGER);
