-- One sheet of two versions (kub/store/changes.py): views `was` and `will` (key, content, shown).
-- What is in one of them alone is a row added or removed; where both have the key, a changed one.
WITH new AS (
  FROM (SELECT key, content, shown FROM will EXCEPT ALL SELECT key, content, shown FROM was)),
old AS (
  FROM (SELECT key, content, shown FROM was EXCEPT ALL SELECT key, content, shown FROM will)),
both_ends AS (
  SELECT coalesce(n.shown, o.shown) AS shown, coalesce(n.rows, 0) AS rows_new,
    coalesce(o.rows, 0) AS rows_old, least(rows_new, rows_old) AS rows_changed
  FROM (SELECT key, any_value(shown) AS shown, count(*) AS rows FROM new GROUP BY key) n
  FULL JOIN (SELECT key, any_value(shown) AS shown, count(*) AS rows FROM old GROUP BY key) o
    USING (key))
SELECT 'added', coalesce(sum(rows_new - rows_changed), 0)::BIGINT,
  list(shown ORDER BY shown) FILTER (WHERE rows_new > rows_changed)[:$most] FROM both_ends
UNION ALL
SELECT 'changed', coalesce(sum(rows_changed), 0)::BIGINT,
  list(shown ORDER BY shown) FILTER (WHERE rows_changed > 0)[:$most] FROM both_ends
UNION ALL
SELECT 'removed', coalesce(sum(rows_old - rows_changed), 0)::BIGINT,
  list(shown ORDER BY shown) FILTER (WHERE rows_old > rows_changed)[:$most] FROM both_ends
UNION ALL SELECT 'before', count(*), NULL FROM was
UNION ALL SELECT 'after', count(*), NULL FROM will
