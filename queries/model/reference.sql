-- Lists that stay with the code, not with the records: a version of any age is asked beside
-- today's.
CREATE TABLE published_elsewhere (
  year INTEGER NOT NULL, region VARCHAR NOT NULL, scheme VARCHAR NOT NULL, groups BIGINT NOT NULL,
  members BIGINT,
  counted VARCHAR NOT NULL CHECK (counted IN ('aided', 'budgeted', 'formed')),
  source VARCHAR NOT NULL, note VARCHAR);
COMMENT ON TABLE published_elsewhere IS 'Acuan: angka publikasi di daerah lain | Reference: figures published elsewhere';
COMMENT ON COLUMN published_elsewhere.year IS 'Tahun | Year';
COMMENT ON COLUMN published_elsewhere.region IS 'Daerah | Region';
COMMENT ON COLUMN published_elsewhere.scheme IS 'Program | Scheme';
COMMENT ON COLUMN published_elsewhere.groups IS 'Kelompok | Groups';
COMMENT ON COLUMN published_elsewhere.members IS 'Anggota | Members';
COMMENT ON COLUMN published_elsewhere.counted IS 'Yang dihitung: dibantu (aided), dianggarkan (budgeted), pernah dibentuk (formed) | What is counted: aided, budgeted, formed';
COMMENT ON COLUMN published_elsewhere.source IS 'Sumber | Source';
COMMENT ON COLUMN published_elsewhere.note IS 'Catatan (Inggris) | Note';

CREATE TABLE regencies (
  position INTEGER NOT NULL, regency_code VARCHAR PRIMARY KEY, regency VARCHAR NOT NULL,
  villages BIGINT NOT NULL,
  area_km2 DOUBLE NOT NULL CHECK (area_km2 > 0), population BIGINT NOT NULL,
  population_year INTEGER NOT NULL, source VARCHAR NOT NULL);
COMMENT ON TABLE regencies IS 'Acuan: kabupaten/kota pembanding | Reference: regencies and cities to compare with';
COMMENT ON COLUMN regencies.position IS 'Urutan | Order';
COMMENT ON COLUMN regencies.regency_code IS 'Kode kabupaten/kota | Regency code';
COMMENT ON COLUMN regencies.regency IS 'Kabupaten/kota | Regency or city';
COMMENT ON COLUMN regencies.villages IS 'Desa dan kelurahan | Desa and kelurahan';
COMMENT ON COLUMN regencies.area_km2 IS 'Luas, km² | Area, km²';
COMMENT ON COLUMN regencies.population IS 'Penduduk | Residents';
COMMENT ON COLUMN regencies.population_year IS 'Tahun penduduk | Year of the population';
COMMENT ON COLUMN regencies.source IS 'Sumber | Source';

CREATE TABLE published_cooperative (
  name VARCHAR NOT NULL, village_code VARCHAR NOT NULL, founded INTEGER, reported_on DATE,
  customers BIGINT, assets_idr DOUBLE, source VARCHAR NOT NULL);
COMMENT ON TABLE published_cooperative IS 'Acuan: angka publikasi koperasi simpan pinjam | Reference: published figures of savings-and-loan cooperatives';
COMMENT ON COLUMN published_cooperative.founded IS 'Tahun berdiri | Year founded';
COMMENT ON COLUMN published_cooperative.reported_on IS 'Tanggal angka | Date of the figures';
COMMENT ON COLUMN published_cooperative.customers IS 'Nasabah atau anggota koperasi | Customers or members of the cooperative';
COMMENT ON COLUMN published_cooperative.assets_idr IS 'Aset, rupiah | Assets, rupiah';

-- awarded_on: the last day of what is known, none where no year is; published_as: how the source
-- dates it, where that is no day.
CREATE TABLE published_award (
  regency_code VARCHAR NOT NULL, awarded_on DATE, published_as VARCHAR, award VARCHAR NOT NULL,
  awarding_body VARCHAR, source VARCHAR NOT NULL, remark VARCHAR);
COMMENT ON TABLE published_award IS 'Acuan: penghargaan menurut publikasi | Reference: awards as published';
COMMENT ON COLUMN published_award.published_as IS 'Waktu menurut sumber | Date as published';
COMMENT ON COLUMN published_award.remark IS 'Hal yang perlu diketahui tentang sumbernya | What to know about the source';

CREATE TABLE core_village (regency_code VARCHAR NOT NULL, village_code VARCHAR NOT NULL,
  source VARCHAR NOT NULL);
COMMENT ON TABLE core_village IS 'Acuan: desa inti yang terdampak langsung | Reference: core villages, directly affected';

CREATE TABLE official_regency (regency_code VARCHAR PRIMARY KEY, regency VARCHAR NOT NULL,
  province VARCHAR NOT NULL);
COMMENT ON TABLE official_regency IS 'Acuan: kabupaten/kota menurut daftar resmi | Reference: regencies and cities of the official list';
