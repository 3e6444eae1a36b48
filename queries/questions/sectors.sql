WITH y AS (FROM year_in_scope($programme, $until)),
here AS (SELECT sector, sum(kub)::BIGINT AS kub, sum(members)::BIGINT AS members, sum(mark) AS mark
  FROM facts_in_scope($programme, $districts, $villages, $sectors) WHERE year = (SELECT year FROM y)
  GROUP BY sector),
everywhere AS (SELECT sector, sum(kub)::BIGINT AS kub FROM facts_in_scope($programme, [], [], [])
  WHERE year = (SELECT year FROM y) GROUP BY sector),
mix AS (
  SELECT s.sector, coalesce(h.kub, 0) AS kub, shown(h.mark, coalesce(h.members, 0)) AS members,
    coalesce(h.kub, 0) / nullif(sum(h.kub) OVER (), 0) AS share, 
    -- Of a total that is withheld, any share would give it back.
    shown(h.mark, shown(sum(h.mark) OVER (),
      coalesce(h.members, 0) / nullif(sum(h.members) OVER (), 0))) AS members_share,
    coalesce(h.mark, 0) <> 0 AS withheld,
    coalesce(e.kub, 0) / nullif(sum(e.kub) OVER (), 0) AS programme_share
  FROM (SELECT unnest(enum_range(NULL::sector)::sector[]) AS sector) s
  LEFT JOIN here h USING (sector) LEFT JOIN everywhere e USING (sector))
SELECT sector::VARCHAR AS sector, kub, members, share, members_share, programme_share,
  share / nullif(programme_share, 0) AS lq, withheld FROM mix ORDER BY mix.sector;
