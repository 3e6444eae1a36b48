-- A report of "2020" may mean any day of 2020, so it is late only if all of 2020 is.
SELECT 'kub_report' AS "table", _row, 'reported_on' AS field, kub_id AS code, closed_on
FROM kub_report
JOIN (SELECT kub_id, max(closed_on) AS closed_on FROM kub GROUP BY ALL
  HAVING bool_and(closed_on IS NOT NULL))
USING (kub_id)
WHERE reported_on__from > closed_on
