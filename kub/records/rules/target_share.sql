-- A warning: a cell that a spreadsheet shows as 60 % holds 0.6.
SELECT 'target' AS "table", _row, 'value' AS field FROM target
WHERE indicator = 'perempuan' AND value <= 1
