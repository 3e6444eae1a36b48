WITH here AS (
  SELECT sector, sum(lives)::BIGINT AS lived, sum(earner)::BIGINT AS earners,
    sum(revenue_idr) AS revenue, sum(mark) AS mark,
    shown_money(sum(member_mark), sum(member_idr) / nullif(sum(members), 0)) AS per_member,
    -- From eight on no quarter rests on a single KUB.
    if(enough(earners, 8), quantile_cont(revenue_idr, [0.25, 0.5, 0.75]), NULL) AS quarters
  FROM shown_money
  WHERE programme_id = $programme AND in_year($until, asked_from, asked_to)
    AND in_places($districts, $villages, district_code, village_code)
    AND sector IS NOT NULL AND (frame OR chosen($sectors, sector))
  GROUP BY sector),
-- A card: as its rows say it, with the total of its own row, and without spread.
own AS (
  SELECT s.sector, coalesce(m.lived, 0) AS lived, coalesce(m.earners, 0) AS earners,
    m.revenue_idr, m.revenue_idr / nullif(t.revenue_idr, 0) AS share,
    m.revenue_idr / nullif(m.earners, 0) AS revenue_per_kub, m.revenue_per_member,
    NULL AS lower_per_kub, NULL AS median_per_kub, NULL AS upper_per_kub
  FROM card c JOIN year_in_scope($programme, $until) y ON c.programme_id = $programme
  CROSS JOIN (SELECT unnest(enum_range(NULL::sector)::sector[]) AS sector) s
  LEFT JOIN card_money m ON m.programme_id = $programme AND m.year = y.year
    AND m.sector = s.sector AND chosen($sectors, s.sector)
  LEFT JOIN card_money t ON t.programme_id = $programme AND t.year = y.year
    AND t.sector IS NOT DISTINCT FROM $sectors[1]::sector
  UNION ALL
  SELECT sector, lived, earners, shown_money(mark, revenue)::BIGINT,
    -- Of a total that is withheld, any share would give it back.
    shown_money(mark, shown_money(sum(mark) OVER (), revenue / nullif(sum(revenue) OVER (), 0))),
    shown_money(mark, revenue / nullif(earners, 0)), per_member,
    in_two_digits(shown_money(mark, quarters[1])), in_two_digits(shown_money(mark, quarters[2])),
    in_two_digits(shown_money(mark, quarters[3]))
  FROM here)
SELECT * REPLACE (sector::VARCHAR AS sector) FROM own ORDER BY own.sector;
