-- The programme's awards and, of the same regency, those published that its records lack. An award
-- is the same where name and year are, or where the source knows no year: some are given every
-- year. published_as: the date as the source has it, where it is no day ("2018", "before 2018",
-- none); a record of a month or year stands on its last day.
WITH here AS (SELECT *, row_number() OVER () AS number FROM award WHERE programme_id = $programme),
known AS (SELECT a.*, row_number() OVER () AS number FROM published_award a
  JOIN programme p USING (regency_code) WHERE p.programme_id = $programme),
same AS (SELECT h.number, k.number AS known FROM here h JOIN known k
  ON lower(trim(k.award)) = lower(trim(h.award))
  AND coalesce(year(k.awarded_on) = year(h.awarded_on), true)),
-- Of several that fit, the one dated nearest; one row for each record.
nearest AS (SELECT h.number, k.* EXCLUDE (number) FROM here h JOIN same USING (number)
  JOIN known k ON k.number = same.known
  QUALIFY row_number() OVER (PARTITION BY h.number
    ORDER BY abs(k.awarded_on - h.awarded_on) NULLS LAST, k.awarded_on, k.source) = 1)
SELECT h.awarded_on, k.published_as, h.award, h.awarding_body,
  coalesce(k.source, h.source) AS source, k.remark, true AS recorded
FROM here h LEFT JOIN nearest k USING (number) WHERE between_years($since, $until, year(h.awarded_on))
UNION ALL
SELECT k.awarded_on, k.published_as, k.award, k.awarding_body, k.source, k.remark, false
FROM known k
WHERE k.number NOT IN (SELECT known FROM same)
  AND coalesce(between_years($since, $until, year(k.awarded_on)), $since IS NULL AND $until IS NULL)
ORDER BY awarded_on NULLS LAST, award, recorded DESC, awarding_body NULLS LAST, source NULLS LAST;
