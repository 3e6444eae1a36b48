-- Sector mix of each programme beside that of the other loaded ones together; its own regency is
-- left out of those. Guests enter nobody else's.
WITH f AS MATERIALIZED (FROM figures($programme, $peers, $until, [], $denominator, $guests)),
cell AS (SELECT *, unnest(enum_range(NULL::sector)::sector[]) AS sector, unnest(sectors) AS here
  FROM f),
-- All that is loaded, less the own regency: comparing every two takes seconds for a country. What is
-- of no known regency stands beside nobody.
counted AS (SELECT *, if(declared OR regency_code IS NULL, 0, here) AS loaded FROM cell),
mix AS (
  SELECT position, programme, sector, here AS kub, regency, is_sample, declared, as_of,
    if(regency_code IS NULL, 0, sum(loaded) OVER (PARTITION BY sector)
      - sum(loaded) OVER (PARTITION BY sector, regency_code))::BIGINT AS others
  FROM counted),
-- Shares are of all KUB: the filter only chooses which sectors are listed.
shares AS (
  SELECT *, kub / nullif(sum(kub) OVER w, 0) AS share,
    others / nullif(sum(others) OVER w, 0) AS others_share
  FROM mix WINDOW w AS (PARTITION BY programme))
SELECT programme, sector::VARCHAR AS sector, kub, share, others_share,
  share / nullif(others_share, 0) AS lq, regency, as_of, is_sample, declared
FROM shares WHERE chosen($sectors, sector) ORDER BY position, shares.sector;
