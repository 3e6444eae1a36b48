-- Every programme on every indicator, with its place (model/statistics.sql). Programmes and guests
-- stand in one list, so that "3rd" and "6th" are places of the same ranking.
WITH f AS (FROM figures($programme, $peers, $until, $sectors, $denominator, $guests)),
indicator AS (
  SELECT *, unnest([
    {'indicator': 'kub', 'value': kub::DOUBLE, 'n': kub, 'i': NULL, 'because': counted},
    {'indicator': 'members', 'value': members::DOUBLE, 'n': members, 'i': NULL,
      'because': coalesce(counted, if(unreported > 0, 'unreported', NULL))},
    {'indicator': 'members_per_kub', 'value': members / nullif(kub, 0), 'n': kub, 'i': NULL,
      'because': coalesce(counted, if(unreported > 0, 'unreported', NULL))},
    {'indicator': 'kub_per_10k', 'value': kub / nullif(population, 0) * 10000, 'n': kub,
      'i': poisson_rate(kub, population / 10000),
     'because': coalesce(counted, if(abs(population_year - year) > 2, 'population_year', NULL))},
    {'indicator': 'members_per_1k', 'value': members / nullif(population, 0) * 1000, 'n': members,
      'i': poisson_rate(members, population / 1000),
     'because': coalesce(counted, if(unreported > 0, 'unreported', NULL),
       if(abs(population_year - year) > 2, 'population_year', NULL))},
    {'indicator': 'coverage', 'value': covered / nullif(villages, 0), 'n': villages,
      'i': wilson(covered / nullif(villages, 0), villages),
     'because': coalesce(counted, if($denominator = 'target', 'target', NULL))},
    {'indicator': 'women_share', 'value': women / nullif(women_members, 0), 'n': women_members,
      'i': wilson(women / nullif(women_members, 0), women_members),
     'because': coalesce(counted, if(women_members < members, 'women_known', NULL))},
    {'indicator': 'cagr_3y', 'value': pow(kub_after / nullif(kub_before, 0), 1 / 3) - 1,
      'n': kub_before, 'i': NULL, 'because': counted},
    {'indicator': 'survival_3y', 'value': survival, 'n': at_risk, 'i': wilson(survival, effective),
      'because': counted},
    {'indicator': 'diversity', 'value': effective_number(list_filter(sectors, lambda c, i: c > 0
      AND chosen($sectors, enum_range(NULL::sector)[i]))), 'n': kub, 'i': NULL, 'because': counted},
    {'indicator': 'gini', 'value': gini, 'n': villages, 'i': NULL,
      'because': coalesce(counted, if($denominator = 'target', 'target', NULL))},
    {'indicator': 'revenue_per_kub', 'value': revenue_per_kub, 'n': earners, 'i': NULL,
      'because': counted},
    {'indicator': 'revenue_per_member', 'value': revenue_per_member, 'n': earners, 'i': NULL,
      'because': counted}], max_depth := 2),
    generate_subscripts([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 1) AS number
  FROM f),
measured AS (SELECT *, indicator AS among, i['low'] AS low, i['high'] AS high FROM indicator)
SELECT programme, indicator, value, low, high, n, rank, rank_best, rank_worst, ranked, regency,
  as_of, provisional, population, population_year,
  CASE WHEN because IS NULL THEN 'yes' WHEN because = 'aided' THEN 'no'
  ELSE 'partly' END AS definition,
  because, is_sample, declared
FROM placed('measured') ORDER BY position, number;
