-- A report is about a KUB, LKM or library of this workbook. Where that sheet could not be read, nobody knows.
SELECT 'kub_report' AS "table", _row, 'kub_id' AS field, 'KUB' AS expected FROM kub_report r
WHERE kub_id IS NOT NULL AND 'kub' NOT IN (FROM broken_table)
  AND NOT EXISTS (SELECT 1 FROM kub k WHERE k.kub_id = r.kub_id)
UNION ALL
SELECT 'lkm_report', _row, 'lkm_id', 'LKM' FROM lkm_report r
WHERE lkm_id IS NOT NULL AND 'lkm' NOT IN (FROM broken_table)
  AND NOT EXISTS (SELECT 1 FROM lkm l WHERE l.lkm_id = r.lkm_id)
UNION ALL
SELECT 'library_report', _row, 'library_id', 'Perpustakaan' FROM library_report r
WHERE library_id IS NOT NULL AND 'library' NOT IN (FROM broken_table)
  AND NOT EXISTS (SELECT 1 FROM library l WHERE l.library_id = r.library_id)
