-- The tables of one version. Every row comes from a checked workbook (kub/records) or a
-- reference file; what SQL can promise by itself is promised here, the rest by kub/records/rules/.
-- The two large tables carry no key index: at ten million reports it would cost more memory
-- than the data, and the rule duplicate_report has already counted.
-- source_row: the row of its sheet, as Excel numbers it; NULL in versions of before schema 4, and
-- for villages that the sheet Desa does not list. model/sheets.sql says which sheet of which file.
CREATE TABLE programme (
  programme_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, regency_code VARCHAR NOT NULL,
  regency VARCHAR NOT NULL,
  operator VARCHAR NOT NULL, started_on DATE, source VARCHAR, is_sample BOOLEAN NOT NULL,
  position INTEGER NOT NULL);
CREATE TABLE population (
  programme_id VARCHAR NOT NULL, year INTEGER, population BIGINT NOT NULL CHECK (population >= 0),
  from_workbook BOOLEAN NOT NULL, source VARCHAR);
CREATE TABLE village (
  programme_id VARCHAR, village_code VARCHAR, village VARCHAR NOT NULL,
  district_code VARCHAR NOT NULL, district VARCHAR NOT NULL,
  is_target BOOLEAN NOT NULL, population BIGINT CHECK (population >= 0), population_year INTEGER,
  lat DOUBLE, lon DOUBLE, idm DOUBLE, idm_class VARCHAR, source_row INTEGER,
  PRIMARY KEY (programme_id, village_code));
CREATE TABLE kub (
  programme_id VARCHAR NOT NULL, kub_id VARCHAR NOT NULL, name VARCHAR NOT NULL,
  village_code VARCHAR NOT NULL,
  sector sector NOT NULL, activity VARCHAR, founded_on DATE NOT NULL,
  closed_on DATE CHECK (closed_on >= founded_on), source_row INTEGER);
CREATE TABLE kub_report (
  programme_id VARCHAR NOT NULL, kub_id VARCHAR NOT NULL, reported_on DATE NOT NULL,
  members INTEGER NOT NULL CHECK (members >= 0), women INTEGER CHECK (women BETWEEN 0 AND members),
  revenue_idr DOUBLE, assets_idr DOUBLE, source_row INTEGER);
CREATE TABLE lkm (
  programme_id VARCHAR, lkm_id VARCHAR, name VARCHAR NOT NULL, village_code VARCHAR NOT NULL,
  founded_on DATE, source_row INTEGER,
  PRIMARY KEY (programme_id, lkm_id));
CREATE TABLE lkm_report (
  programme_id VARCHAR NOT NULL, lkm_id VARCHAR NOT NULL, reported_on DATE NOT NULL,
  customers INTEGER NOT NULL,
  savings_idr DOUBLE, loans_idr DOUBLE, overdue_idr DOUBLE, assets_idr DOUBLE, source_row INTEGER);
CREATE TABLE library (
  programme_id VARCHAR, library_id VARCHAR, name VARCHAR NOT NULL, village_code VARCHAR NOT NULL,
  opened_on DATE NOT NULL, source_row INTEGER,
  PRIMARY KEY (programme_id, library_id));
CREATE TABLE library_report (
  programme_id VARCHAR NOT NULL, library_id VARCHAR NOT NULL, reported_on DATE NOT NULL,
  books INTEGER, visits INTEGER, source_row INTEGER);
CREATE TABLE school_visit (
  programme_id VARCHAR NOT NULL, visited_on DATE NOT NULL, school VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  village_code VARCHAR NOT NULL, students INTEGER NOT NULL, source_row INTEGER);
CREATE TABLE award (
  programme_id VARCHAR NOT NULL, awarded_on DATE NOT NULL, award VARCHAR NOT NULL,
  awarding_body VARCHAR NOT NULL, source VARCHAR, source_row INTEGER);
CREATE TABLE study_visit (
  programme_id VARCHAR NOT NULL, visited_on DATE NOT NULL, institution VARCHAR NOT NULL,
  regency_code VARCHAR NOT NULL, participants INTEGER, source_row INTEGER);
CREATE TABLE published_figure (
  programme_id VARCHAR NOT NULL, date DATE NOT NULL, indicator VARCHAR NOT NULL,
  value DOUBLE NOT NULL, source VARCHAR NOT NULL, source_row INTEGER);
CREATE TABLE target (
  programme_id VARCHAR NOT NULL, indicator VARCHAR NOT NULL, year INTEGER NOT NULL,
  value DOUBLE NOT NULL, source_row INTEGER);
CREATE TABLE source_file (
  programme_id VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
  imported_at TIMESTAMP NOT NULL, importer VARCHAR NOT NULL);
-- One row: schema_number lets newer code read older versions.
CREATE TABLE version (schema_number INTEGER NOT NULL, built_at TIMESTAMP NOT NULL,
  importer VARCHAR NOT NULL);
