-- As unknown_code, but the same code in another writing is there: `001` for `1`, `a1` for `A1`.
SELECT "table", _row, of_table || '_id' AS field, near,
  if(of_table = 'library', 'Perpustakaan', upper(of_table)) AS expected
FROM unresolved_code WHERE near IS NOT NULL
