-- Both shares are of the sectors chosen: a village's crafts among its food and crafts, held against
-- the same in the programme. Quotients are compared as one division of whole numbers, so that equal
-- ones tie and the sector listed first wins.
WITH here AS (
  SELECT village_code, any_value(village) AS village, any_value(district) AS district,
    sum(kub)::BIGINT AS kub, sum(members) AS members, sum(mark) AS mark,
    list(kub) FILTER (WHERE kub > 0) AS kubs,
    arg_max({'sector': sector, 'kub': kub, 'there': programme_kub},
      (kub / nullif(programme_kub, 0), -enum_code(sector)::INTEGER)) FILTER (WHERE kub > 0) AS most,
    -- Of the frames alone, which no village has.
    sum(sum(programme_kub) FILTER (WHERE village_code IS NULL)) OVER () AS total
  FROM shown_fact
  WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
    AND in_places($districts, $villages, district_code, village_code)
    AND chosen($sectors, sector)
  GROUP BY village_code)
SELECT village_code, village, district, kub, shown(mark, members)::BIGINT AS members,
  effective_number(kubs) AS diversity, most.sector::VARCHAR AS sector, most.kub / kub AS share,
  (most.kub * total) / (kub * most.there) AS lq
FROM here WHERE village_code IS NOT NULL AND kub > 0 ORDER BY kub DESC, village_code;
