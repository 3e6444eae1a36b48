-- The programmes that are compared, with the files of each.
SELECT p.programme_id AS programme, p.regency, p.is_sample, f.file, f.sha256,
  f.imported_at::DATE AS imported_on
FROM programme p JOIN compared($programme, $peers) USING (programme_id)
LEFT JOIN source_file f USING (programme_id)
ORDER BY p.is_sample, p.position, f.file;
