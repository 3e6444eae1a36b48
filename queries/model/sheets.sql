-- The sheet that each table of a programme was read from. Since schema 4.
CREATE TABLE source_sheet (
  programme_id VARCHAR NOT NULL, record VARCHAR NOT NULL, file VARCHAR NOT NULL,
  sheet VARCHAR NOT NULL);
COMMENT ON TABLE source_sheet IS 'Lembar asal setiap tabel catatan | The sheet that each table of records came from';
COMMENT ON COLUMN source_sheet.record IS 'Tabel catatan | Table of records';
COMMENT ON COLUMN source_sheet.file IS 'Nama berkas | File name';
COMMENT ON COLUMN source_sheet.sheet IS 'Nama lembar | Sheet';
