-- Who states money in each year, by what kub/store/money_cells.py must keep apart. A provisional
-- year has no change of revenue, so nothing of it is matched. seed: nobody can foretell it from the
-- counts that everybody sees, and the same records have the same.
WITH state AS (
  SELECT m.*, coalesce(members > 0, false) AS with_members,
    before_idr IS NOT NULL AND NOT y.provisional AS matched
  FROM kub_money m JOIN programme_year y USING (programme_id, year)),
followed AS (
  SELECT *, coalesce(lead(matched) OVER (PARTITION BY programme_id, kub_id ORDER BY year), false)
    AS followed
  FROM state)
SELECT programme_id, year, 'revenue' AS what, village_code, district_code,
  sector::VARCHAR AS sector, with_members::BIGINT AS with_members, matched::BIGINT AS matched,
  followed::BIGINT AS followed, count(*) AS kub,
  (bit_xor(hash(kub_id, year, revenue_idr)) % 2147483647)::BIGINT AS seed
FROM followed WHERE revenue_idr IS NOT NULL GROUP BY ALL
UNION ALL BY NAME
SELECT programme_id, year, 'assets' AS what, village_code, district_code,
  sector::VARCHAR AS sector, 1 AS with_members, 0 AS matched, 0 AS followed, count(*) AS kub,
  (bit_xor(hash(kub_id, year, assets_idr)) % 2147483647)::BIGINT AS seed
FROM kub_money WHERE assets_idr IS NOT NULL GROUP BY ALL
ORDER BY programme_id, what, year, village_code, sector, with_members, matched, followed;
