-- Published counts of groups elsewhere, from the reference file. Groups aided in one year are no
-- cumulative count.
SELECT year, region, scheme, groups, members, members / nullif(groups, 0) AS members_per_group,
  if(counted = 'formed', 'partly', 'no') AS definition, counted AS because, source
FROM published_elsewhere ORDER BY because = 'formed' DESC, year DESC, region, scheme;
