-- Lists that stay with the code, not with the records: a version of any age is asked beside today's.
CREATE TABLE published_elsewhere (
  year INTEGER NOT NULL, region VARCHAR NOT NULL, scheme VARCHAR NOT NULL, groups BIGINT NOT NULL, members BIGINT,
  counted VARCHAR NOT NULL CHECK (counted IN ('aided', 'budgeted', 'formed')), source VARCHAR NOT NULL, note VARCHAR);
COMMENT ON TABLE published_elsewhere IS 'Acuan: angka publikasi di daerah lain | Reference: figures published elsewhere';
COMMENT ON COLUMN published_elsewhere.year IS 'Tahun | Year';
COMMENT ON COLUMN published_elsewhere.region IS 'Daerah | Region';
COMMENT ON COLUMN published_elsewhere.scheme IS 'Program | Scheme';
COMMENT ON COLUMN published_elsewhere.groups IS 'Kelompok | Groups';
COMMENT ON COLUMN published_elsewhere.members IS 'Anggota | Members';
COMMENT ON COLUMN published_elsewhere.counted IS 'Yang dihitung: dibantu (aided), dianggarkan (budgeted), pernah dibentuk (formed) | What is counted: aided, budgeted, formed';
COMMENT ON COLUMN published_elsewhere.source IS 'Sumber | Source';
COMMENT ON COLUMN published_elsewhere.note IS 'Catatan (Inggris) | Note';
