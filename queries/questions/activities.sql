SELECT k.sector::VARCHAR AS sector, activity, count(*) AS kub,
  if(bool_or(withheld), NULL, coalesce(sum(members), 0))::BIGINT AS members
FROM shown_kub k JOIN kub_year y USING (programme_id, kub_id)
WHERE k.programme_id = $programme AND y.active
  -- A plain number, so that of ten million rows those of other years are passed over.
  AND y.year = (SELECT max(year) FROM programme_year
    WHERE programme_id = $programme AND between_years(NULL, $until, year))
  AND in_places($districts, $villages, district_code, k.village_code)
  AND chosen($sectors, k.sector)
GROUP BY k.sector, activity ORDER BY kub DESC, k.sector, activity;
