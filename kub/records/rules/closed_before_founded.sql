-- Founded "2017" and closed in June 2017 is possible.
SELECT 'kub' AS "table", _row, 'closed_on' AS field, founded_on__from AS founded_on
FROM kub WHERE closed_on < founded_on__from
