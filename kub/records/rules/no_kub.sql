-- A warning: nothing to count yet.
SELECT 'kub' AS "table", NULL AS _row, NULL AS field
WHERE NOT EXISTS (FROM kub) AND 'kub' NOT IN (FROM broken_table)
