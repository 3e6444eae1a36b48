-- A warning: more overdue than lent.
SELECT 'lkm_report' AS "table", _row, 'overdue_idr' AS field, loans_idr FROM lkm_report
WHERE overdue_idr > loans_idr
