-- The one layer that every answer passes: scope macros read these views, never the facts or
-- records themselves, so what a reader may see is decided here and nowhere else.
CREATE VIEW shown_village_fact AS FROM village_fact;
CREATE VIEW shown_district_fact AS FROM district_fact;
CREATE VIEW shown_programme_fact AS FROM programme_fact;
CREATE VIEW shown_kub_year AS FROM kub_year;
CREATE VIEW shown_kub AS FROM kub;
CREATE VIEW shown_kub_report AS FROM kub_report;
