-- Intervals at 95 %. poisson_low and poisson_high are functions of queries/statistics.py, since SQL has no gamma quantiles.

-- Wilson 1927, the score interval of a share p of n; n may be an effective number.
CREATE MACRO wilson(p, n) AS {
  'low': if(n > 0 AND p IS NOT NULL, greatest(0, (p + 3.8414588206941254 / (2 * n) - 1.959963984540054 * sqrt(p * (1 - p) / n + 3.8414588206941254 / (4 * n * n))) / (1 + 3.8414588206941254 / n)), NULL),
  'high': if(n > 0 AND p IS NOT NULL, least(1, (p + 3.8414588206941254 / (2 * n) + 1.959963984540054 * sqrt(p * (1 - p) / n + 3.8414588206941254 / (4 * n * n))) / (1 + 3.8414588206941254 / n)), NULL)};

-- Exact Poisson (Garwood 1936) of a count that stands for `exposure`.
CREATE MACRO poisson_rate(count, exposure) AS {'low': poisson_low(count) / nullif(exposure, 0), 'high': poisson_high(count) / nullif(exposure, 0)};
