SELECT 'target' AS "table", _row, 'value' AS field FROM target
WHERE indicator = 'perempuan' AND value > 100
