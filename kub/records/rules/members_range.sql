-- A warning: a joint business of one, or of more than 500, is rarely one.
SELECT 'kub_report' AS "table", _row, 'members' AS field FROM kub_report
WHERE members NOT BETWEEN 2 AND 500
