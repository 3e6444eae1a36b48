-- Only the share of women is a percentage; a percentage of KUB says nothing without its whole.
SELECT 'target' AS "table", _row, 'value' AS field, indicator FROM target
WHERE value__percent AND value IS NOT NULL AND indicator <> 'perempuan'
