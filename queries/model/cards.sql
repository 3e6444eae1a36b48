-- Benchmark cards (docs/card.md): what programmes share instead of their records, as their cards
-- say it. Since schema 3; a version of before has none.

-- The programme as a whole. survival, at_risk and effective: at three years, at the newest date
-- (queries/model/figures.sql).
CREATE TABLE IF NOT EXISTS card (
  programme_id VARCHAR PRIMARY KEY, version VARCHAR NOT NULL, villages BIGINT NOT NULL,
  kelurahan BIGINT NOT NULL, survival DOUBLE, at_risk BIGINT, effective DOUBLE);
-- Each year, of the whole programme (sector NULL) and of each sector. What readers do not see is
-- NULL.
CREATE TABLE IF NOT EXISTS card_year (
  programme_id VARCHAR NOT NULL, year INTEGER NOT NULL, as_of DATE NOT NULL,
  provisional BOOLEAN NOT NULL, sector sector, kub BIGINT NOT NULL, founded BIGINT NOT NULL,
  closed BIGINT NOT NULL, members BIGINT, women BIGINT, women_members BIGINT,
  reported BIGINT NOT NULL, unreported BIGINT NOT NULL, covered BIGINT NOT NULL, gini DOUBLE);
CREATE TABLE IF NOT EXISTS card_survival (
  programme_id VARCHAR NOT NULL, years INTEGER NOT NULL, at_risk BIGINT NOT NULL,
  survival DOUBLE NOT NULL);
CREATE TABLE IF NOT EXISTS card_figure (
  programme_id VARCHAR NOT NULL, date DATE NOT NULL, indicator VARCHAR NOT NULL,
  published DOUBLE NOT NULL, recorded DOUBLE, source VARCHAR NOT NULL);
-- Nominal rupiah of each year, of the whole programme and of each sector; what does not add up
-- (medians, what is matched) of the whole alone.
CREATE TABLE IF NOT EXISTS card_money (
  programme_id VARCHAR NOT NULL, year INTEGER NOT NULL, sector sector, lived BIGINT NOT NULL,
  earners BIGINT NOT NULL, revenue_idr BIGINT, median_per_kub DOUBLE, revenue_per_member DOUBLE,
  matched_kub BIGINT, matched_change DOUBLE, assets_kub BIGINT NOT NULL, assets_idr BIGINT);
CREATE TABLE IF NOT EXISTS card_target (
  programme_id VARCHAR NOT NULL, indicator VARCHAR NOT NULL, year INTEGER NOT NULL, as_of DATE,
  provisional BOOLEAN NOT NULL, target DOUBLE NOT NULL, actual DOUBLE, reached DOUBLE,
  projected DOUBLE, status VARCHAR);

COMMENT ON TABLE card IS 'Kartu pembanding: program yang hanya membagikan angka tahunan | Benchmark card: programmes that share yearly figures only';
COMMENT ON COLUMN card.version IS 'Versi data pada kartu | Data version of the card';
COMMENT ON COLUMN card.villages IS 'Desa dan kelurahan | Desa and kelurahan';
COMMENT ON COLUMN card.kelurahan IS 'Kelurahan | Kelurahan';
COMMENT ON COLUMN card.survival IS 'Bagian KUB yang bertahan tiga tahun | Share of KUB that last three years';
COMMENT ON COLUMN card.at_risk IS 'KUB yang masih diamati pada tiga tahun | KUB under observation at three years';
COMMENT ON COLUMN card.effective IS 'Banyaknya KUB di balik rentangnya | The number of KUB behind its interval';
COMMENT ON TABLE card_year IS 'Kartu pembanding: angka tiap tahun, seluruh program dan tiap sektor | Benchmark card: figures of each year, of the programme and of each sector';
COMMENT ON COLUMN card_year.sector IS 'Sektor; kosong: seluruh program | Sector; empty: the whole programme';
COMMENT ON COLUMN card_year.kub IS 'KUB aktif | Active KUB';
COMMENT ON COLUMN card_year.members IS 'Anggota; kosong bila dirahasiakan | Members; empty where withheld';
COMMENT ON COLUMN card_year.covered IS 'Desa dengan KUB aktif | Villages with an active KUB';
COMMENT ON COLUMN card_year.gini IS 'Gini anggota antardesa | Gini of members over villages';
COMMENT ON TABLE card_survival IS 'Kartu pembanding: daya tahan KUB | Benchmark card: survival of KUB';
COMMENT ON TABLE card_figure IS 'Kartu pembanding: angka publikasi di samping catatan | Benchmark card: published figures beside the records';
COMMENT ON TABLE card_target IS 'Kartu pembanding: target dan capaian | Benchmark card: targets and what is reached';
COMMENT ON TABLE card_money IS 'Kartu pembanding: omzet dan aset, rupiah nominal | Benchmark card: revenue and assets, nominal rupiah';
