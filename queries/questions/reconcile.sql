-- A published figure speaks of the whole programme on one day: only since and until narrow it, and
-- it is held against records of that very day. Sources count groups formed and do not say whether
-- closed ones are left out.
SELECT date, indicator, published, recorded, recorded - published AS difference,
  if(indicator = 'perpustakaan', 'yes', 'partly') AS definition, source
FROM shown_figure
WHERE programme_id = $programme AND between_years($since, $until, year(date))
ORDER BY date, indicator, source;
