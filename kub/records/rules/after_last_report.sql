-- A warning: numbers speak of the date of the newest report, so a KUB that began later shows in
-- none of them yet. One that has reports is told by before_founding, if at all.
SELECT 'kub' AS "table", _row, 'founded_on' AS field, newest_on
FROM kub, (SELECT max(reported_on) AS newest_on FROM kub_report)
WHERE founded_on__from > newest_on AND NOT EXISTS (FROM kub_report r WHERE r.kub_id = kub.kub_id)
