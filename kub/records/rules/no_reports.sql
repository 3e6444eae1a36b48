-- A warning: KUB without a single report have no members and no newest date.
SELECT 'kub_report' AS "table", NULL AS _row, NULL AS field
WHERE EXISTS (FROM kub) AND NOT EXISTS (FROM kub_report) AND 'kub_report' NOT IN (FROM broken_table)
