-- A report is about a KUB, LKM or library of this workbook.
SELECT "table", _row, of_table || '_id' AS field,
  if(of_table = 'library', 'Perpustakaan', upper(of_table)) AS expected
FROM unresolved_code WHERE near IS NULL
