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

-- The place of a figure in one list, `among`: value, low and high of all that are ranked, its own
-- too. Rank 1 is the highest; equal values share a rank, whatever the last bit of a sum or product
-- says. best and worst: the places that the 95 % intervals leave open.
CREATE MACRO place(value, low, high, n, among) AS if(is_ranked(value, n), {
  'rank': 1 + len(list_filter(among, lambda other: other['value'] > value + 1e-9 * abs(value))),
  'best': if(low IS NULL, NULL, 1 + len(list_filter(among, lambda other: other['low'] > high))),
  'worst': if(low IS NULL, NULL, len(list_filter(among, lambda other: other['high'] >= low))),
  'of': len(among)}, NULL);

-- Exact Poisson (Garwood 1936) of a count that stands for `exposure`.
CREATE MACRO poisson_rate(count, exposure) AS {'low': poisson_low(count) / nullif(exposure, 0),
  'high': poisson_high(count) / nullif(exposure, 0)};
