WITH here AS (
  SELECT sector, sum(kub)::BIGINT AS kub, sum(members)::BIGINT AS members, sum(mark) AS mark,
    sum(programme_kub) FILTER (WHERE frame) AS programme_kub
  FROM shown_fact
  WHERE programme_id = $programme AND level = level_of($districts, $villages)
    AND in_year($until, asked_from, asked_to) AND sector IS NOT NULL
    AND in_places($districts, $villages, district_code, village_code)
    AND (frame OR chosen($sectors, sector))
  GROUP BY sector)
SELECT sector::VARCHAR AS sector, kub, shown(mark, members) AS members,
  kub / nullif(sum(kub) OVER (), 0) AS share,
  -- Of a total that is withheld, any share would give it back.
  shown(mark, shown(sum(mark) OVER (), members / nullif(sum(members) OVER (), 0)))
    AS members_share,
  programme_kub / nullif(sum(programme_kub) OVER (), 0) AS programme_share,
  share / nullif(programme_share, 0) AS lq, mark <> 0 AS withheld
FROM here ORDER BY here.sector;
