-- The records on the very days of published figures, which are no year's ends. Since schema 2; for
-- a version of before it is made at opening.
CREATE TABLE day_fact AS
WITH day AS (SELECT DISTINCT programme_id, date FROM published_figure),
report AS (
  SELECT programme_id, kub_id, members, reported_on,
    lead(reported_on) OVER (PARTITION BY programme_id, kub_id ORDER BY reported_on) AS next_on
  FROM kub_report WHERE programme_id IN (SELECT programme_id FROM day)),
state AS (
  SELECT d.programme_id, d.date, k.village_code, r.members
  FROM day d JOIN kub k ON k.programme_id = d.programme_id AND k.founded_on <= d.date
    AND (k.closed_on IS NULL OR k.closed_on > d.date)
  LEFT JOIN report r ON r.programme_id = k.programme_id AND r.kub_id = k.kub_id
    AND r.reported_on <= d.date AND (r.next_on IS NULL OR r.next_on > d.date)),
active AS (SELECT programme_id, date, count(*) AS kub, sum(members)::BIGINT AS members,
  count(DISTINCT village_code) AS villages FROM state GROUP BY ALL),
opened AS (SELECT d.programme_id, d.date, count(*) AS libraries
  FROM day d JOIN library l ON l.programme_id = d.programme_id AND l.opened_on <= d.date
  GROUP BY ALL)
SELECT programme_id, date, coalesce(kub, 0) AS kub, coalesce(members, 0) AS members,
  coalesce(villages, 0) AS villages, coalesce(libraries, 0) AS libraries
FROM day LEFT JOIN active USING (programme_id, date) LEFT JOIN opened USING (programme_id, date)
ORDER BY programme_id, date;
COMMENT ON TABLE day_fact IS 'Fakta: keadaan pada tanggal angka publikasi | Facts: state on the days of published figures';
COMMENT ON COLUMN day_fact.date IS 'Tanggal | Date';
COMMENT ON COLUMN day_fact.kub IS 'KUB aktif | Active KUB';
COMMENT ON COLUMN day_fact.members IS 'Anggota | Members';
COMMENT ON COLUMN day_fact.villages IS 'Desa dengan KUB aktif | Villages with an active KUB';
COMMENT ON COLUMN day_fact.libraries IS 'Perpustakaan yang dibuka | Libraries open';
