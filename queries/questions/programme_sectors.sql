-- Sector mix of each programme beside that of the other loaded ones together; its own regency is
-- left out of those. Guests enter nobody else's.
WITH f AS MATERIALIZED (FROM figures($programme, $peers, $until, [], $denominator, $guests)),
cell AS (SELECT *, unnest(enum_range(NULL::sector)::sector[]) AS sector, unnest(sectors) AS here
  FROM f),
mix AS (
  SELECT a.position, a.programme, a.sector, a.here AS kub, any_value(a.regency) AS regency,
    any_value(a.is_sample) AS is_sample, any_value(a.declared) AS declared,
    any_value(a.as_of) AS as_of, coalesce(sum(b.here), 0)::BIGINT AS others
  FROM cell a
  LEFT JOIN cell b ON b.sector = a.sector AND b.regency_code <> a.regency_code AND NOT b.declared
  GROUP BY ALL),
-- Shares are of all KUB: the filter only chooses which sectors are listed.
shares AS (
  SELECT *, kub / nullif(sum(kub) OVER w, 0) AS share,
    others / nullif(sum(others) OVER w, 0) AS others_share
  FROM mix WINDOW w AS (PARTITION BY programme))
SELECT programme, sector::VARCHAR AS sector, kub, share, others_share,
  share / nullif(others_share, 0) AS lq, regency, as_of, is_sample, declared
FROM shares WHERE chosen($sectors, sector) ORDER BY position, shares.sector;
