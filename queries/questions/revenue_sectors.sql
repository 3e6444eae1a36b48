WITH here AS (
  SELECT sector, sum(lives)::BIGINT AS lived, sum(earner)::BIGINT AS earners,
    sum(revenue_idr) AS revenue, sum(mark) AS mark,
    shown_money(sum(member_mark), sum(member_idr) / nullif(sum(members), 0)) AS per_member
  FROM shown_money
  WHERE programme_id = $programme AND in_year($until, asked_from, asked_to)
    AND in_places($districts, $villages, district_code, village_code)
    AND sector IS NOT NULL AND (frame OR chosen($sectors, sector))
  GROUP BY sector)
SELECT sector::VARCHAR AS sector, lived, earners, shown_money(mark, revenue)::BIGINT AS revenue_idr,
  -- Of a total that is withheld, any share would give it back.
  shown_money(mark, shown_money(sum(mark) OVER (), revenue / nullif(sum(revenue) OVER (), 0)))
    AS share,
  shown_money(mark, revenue / nullif(earners, 0)) AS revenue_per_kub,
  per_member AS revenue_per_member
FROM here ORDER BY here.sector;
