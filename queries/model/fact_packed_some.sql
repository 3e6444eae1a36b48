-- The rest, a part at a time: all at once would not fit in the memory of an import. What is of no
-- year goes with the first.
INSERT INTO file.packed.shown_fact FROM ready.fact
WHERE level = 'village' AND programme_id BETWEEN $first AND $last
  AND coalesce(year, 0) BETWEEN $since AND $until
ORDER BY programme_id, year, village_code;
INSERT INTO file.packed.shown_kub FROM ready.shown_kub
WHERE programme_id BETWEEN $first AND $last AND year(founded_on) BETWEEN $since AND $until
ORDER BY programme_id, founded_on;
INSERT INTO file.packed.shown_money FROM ready.money
WHERE programme_id BETWEEN $first AND $last AND coalesce(year, 0) BETWEEN $since AND $until
ORDER BY programme_id, year, village_code;
