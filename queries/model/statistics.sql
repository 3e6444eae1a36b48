-- Intervals at 95 %. poisson_low and poisson_high are functions of queries/statistics.py, since SQL
-- has no gamma quantiles.

-- Wilson 1927, the score interval of a share p of n; n may be an effective number.
CREATE MACRO wilson(p, n) AS {
  'low': if(n > 0 AND p IS NOT NULL,
    greatest(0, (p + 3.8414588206941254 / (2 * n) - 1.959963984540054 * sqrt(p * (1 - p) / n + 3.8414588206941254 / (4 * n * n))) / (1 + 3.8414588206941254 / n)), NULL),
  'high': if(n > 0 AND p IS NOT NULL,
    least(1, (p + 3.8414588206941254 / (2 * n) + 1.959963984540054 * sqrt(p * (1 - p) / n + 3.8414588206941254 / (4 * n * n))) / (1 + 3.8414588206941254 / n)), NULL)};

-- Whether a figure has a place among others: not where fewer than five stand behind it.
CREATE MACRO is_ranked(value, n) AS value IS NOT NULL AND n >= 5;

-- Rows with the place of each in its list. rows: the name of a table or CTE with value, n, low and
-- high, and `among`, which list a row stands in. Rank 1 is the highest; equal values share a rank,
-- whatever the last bit of a sum or product says. rank_best and rank_worst: the places that the
-- 95 % intervals leave open. ranked: how many have a place. Each is a count of those above, looked
-- up in the sorted list: comparing every two takes a second for all regencies of the country.
CREATE MACRO placed(rows) AS TABLE
WITH own AS (
  SELECT *, is_ranked(value, n) AS has_place,
    count(*) FILTER (is_ranked(value, n)) OVER (PARTITION BY among) AS of
  FROM query_table(rows)),
by_value AS (SELECT among, value, count(*) OVER (PARTITION BY among ORDER BY value DESC) AS above
  FROM own WHERE has_place),
by_low AS (SELECT among, low, count(*) OVER (PARTITION BY among ORDER BY low DESC) AS above
  FROM own WHERE has_place AND low IS NOT NULL),
by_high AS (SELECT among, high, count(*) OVER (PARTITION BY among ORDER BY high DESC) AS above
  FROM own WHERE has_place AND high IS NOT NULL)
SELECT o.* EXCLUDE (has_place, of), if(has_place, 1 + coalesce(v.above, 0), NULL) AS rank,
  if(has_place AND o.low IS NOT NULL, 1 + coalesce(l.above, 0), NULL) AS rank_best,
  if(has_place AND o.low IS NOT NULL, coalesce(h.above, 0), NULL) AS rank_worst,
  if(has_place, of, NULL) AS ranked
FROM own o
ASOF LEFT JOIN by_value v ON v.among = o.among AND v.value > o.value + 1e-9 * abs(o.value)
ASOF LEFT JOIN by_low l ON l.among = o.among AND l.low > o.high
ASOF LEFT JOIN by_high h ON h.among = o.among AND h.high >= o.low;

-- Exact Poisson (Garwood 1936) of a count that stands for `exposure`.
CREATE MACRO poisson_rate(count, exposure) AS {'low': poisson_low(count) / nullif(exposure, 0),
  'high': poisson_high(count) / nullif(exposure, 0)};
