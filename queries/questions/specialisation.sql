-- Both shares are of the sectors chosen: a village's crafts among its food and crafts, held against
-- the same in the programme. Quotients are compared as one division of whole numbers, so that equal
-- ones tie and the sector listed first wins.
WITH y AS (FROM year_in_scope($programme, $until)),
here AS (SELECT village_code, sector, kub::BIGINT AS kub, members, mark
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  WHERE year = (SELECT year FROM y) AND kub > 0),
everywhere AS (SELECT sector, sum(kub)::BIGINT AS there, (sum(sum(kub)) OVER ())::BIGINT AS total
  FROM facts_in_scope($programme, [], [], $sectors) WHERE year = (SELECT year FROM y)
  GROUP BY sector),
quotient AS (SELECT h.*, sum(h.kub) OVER (PARTITION BY village_code)::BIGINT AS all_here,
  h.kub / all_here AS share,
    (h.kub * total) / (all_here * there) AS lq
  FROM here h JOIN everywhere USING (sector))
SELECT village_code, any_value(village) AS village, any_value(district) AS district,
  sum(kub)::BIGINT AS kub, shown(sum(mark), sum(members))::BIGINT AS members,
  effective_number(list(kub)) AS diversity,
  arg_max(q.sector, (lq, -enum_code(q.sector)::INTEGER))::VARCHAR AS sector,
  arg_max(share, (lq, -enum_code(q.sector)::INTEGER)) AS share, max(lq) AS lq
FROM quotient q JOIN village v USING (village_code) WHERE v.programme_id = $programme
GROUP BY village_code ORDER BY sum(kub) DESC, village_code;
