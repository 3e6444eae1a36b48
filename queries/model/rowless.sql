-- What schema 4 added to the tables of records, for a version of before: nothing is known there.
ALTER TABLE village ADD COLUMN source_row INTEGER;
ALTER TABLE kub ADD COLUMN source_row INTEGER;
ALTER TABLE kub_report ADD COLUMN source_row INTEGER;
ALTER TABLE lkm ADD COLUMN source_row INTEGER;
ALTER TABLE lkm_report ADD COLUMN source_row INTEGER;
ALTER TABLE library ADD COLUMN source_row INTEGER;
ALTER TABLE library_report ADD COLUMN source_row INTEGER;
ALTER TABLE school_visit ADD COLUMN source_row INTEGER;
ALTER TABLE award ADD COLUMN source_row INTEGER;
ALTER TABLE study_visit ADD COLUMN source_row INTEGER;
ALTER TABLE published_figure ADD COLUMN source_row INTEGER;
ALTER TABLE target ADD COLUMN source_row INTEGER;
