-- Each village of the denominator: has it a library, a KUB, both or neither? The work list of what
-- is missing.
WITH l AS (SELECT village_code, count(*) AS libraries
  FROM libraries_in_scope($programme, $districts, $villages)
  WHERE opened_on <= ends_in_scope($programme, $until) GROUP BY village_code)
SELECT v.village_code, v.village, v.district_code, v.district,
  coalesce(l.libraries, 0) AS libraries, coalesce(k.kub, 0) AS kub,
  CASE WHEN l.libraries > 0 AND k.kub > 0 THEN 'both' WHEN l.libraries > 0 THEN 'library'
  WHEN k.kub > 0 THEN 'kub' ELSE 'neither' END AS has, v.is_target
FROM villages_in_scope($programme, $districts, $villages, $denominator) v
LEFT JOIN l USING (village_code)
LEFT JOIN kub_of_villages($programme, $districts, $villages, $sectors, $until) k
  USING (village_code) ORDER BY v.village_code;
