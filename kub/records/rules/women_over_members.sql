SELECT 'kub_report' AS "table", _row, 'women' AS field, members FROM kub_report
WHERE women > members
