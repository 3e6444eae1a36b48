WITH here AS (
  SELECT any_value(as_of) AS as_of, bool_or(provisional) AS provisional, sum(kub) AS kub,
    sum(members) AS members, sum(women) AS women, sum(women_members) AS women_members,
    sum(reported) AS reported, sum(unreported) AS unreported, sum(founded) AS founded,
    sum(closed) AS closed, sum(mark) AS mark, sum(women_mark) AS women_mark,
    count(*) FILTER (WHERE frame AND village_code IS NOT NULL AND listed($denominator, is_target))
      + coalesce(sum(card_villages), 0) AS villages,
    sum(card_covered) FILTER (WHERE (sector IS NULL) = (len($sectors) = 0)) AS card_covered,
    list(village_code) FILTER (WHERE kub > 0 AND listed($denominator, is_target)) AS covered,
    list_filter([sum(kub) FILTER (WHERE sector = 'makanan'),
      sum(kub) FILTER (WHERE sector = 'kerajinan'), sum(kub) FILTER (WHERE sector = 'laundry'),
      sum(kub) FILTER (WHERE sector = 'koperasi'), sum(kub) FILTER (WHERE sector = 'lainnya')],
      lambda c: c > 0) AS sectors
  FROM shown_fact
  WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
    AND in_places($districts, $villages, district_code, village_code)
    AND (frame OR chosen($sectors, sector)))
SELECT $programme::VARCHAR AS programme,
  coalesce(as_of, make_date($until::INTEGER, 12, 31)) AS as_of,
  provisional, kub::BIGINT AS kub,
  shown(mark, members)::BIGINT AS members,
  shown(mark, members / nullif(kub, 0)) AS members_per_kub,
  shown(women_mark, women / nullif(women_members, 0)) AS women_share,
  shown(mark, shown(women_mark, women_members / nullif(members, 0))) AS women_known_share,
  -- list_distinct: count(DISTINCT) beside other sums is planned as a join.
  villages::BIGINT AS villages,
  coalesce(card_covered, len(list_distinct(covered)), 0)::BIGINT AS villages_covered,
  villages_covered / nullif(here.villages, 0) AS coverage, len(sectors) AS sectors,
  reported::BIGINT AS reported, unreported::BIGINT AS unreported,
  founded::BIGINT AS founded, closed::BIGINT AS closed,
  effective_number(here.sectors) AS diversity, women_mark <> 0 AS withheld
FROM here;
