SELECT visited_on, school, level, village_code, village, district, students,
  sheet_of($programme, 'school_visit', source_row) AS sheet, source_row,
  file_of($programme, 'school_visit', source_row) AS file
FROM school_visits_in_scope($programme, $districts, $villages, $since, $until)
ORDER BY visited_on, source_row;
