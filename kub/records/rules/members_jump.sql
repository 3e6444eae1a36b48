-- A warning, upwards and downwards: more often a digit too many or too few than a group that
-- changed so.
SELECT 'kub_report' AS "table", _row, 'members' AS field, before, before_on
FROM (
  SELECT _row, members, lag(members) OVER earlier AS before,
    lag(reported_on) OVER earlier AS before_on
  FROM kub_report WHERE kub_id IS NOT NULL AND reported_on IS NOT NULL AND members IS NOT NULL
  WINDOW earlier AS (PARTITION BY kub_id ORDER BY reported_on, _row))
WHERE before > 0 AND members > 0 AND (members > 5 * before OR before > 5 * members)
