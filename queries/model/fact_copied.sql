-- The ready facts, KUB and money as tables, which a question binds and scans faster than views.
CREATE TABLE reader.shown_fact AS FROM ready.fact;
CREATE TABLE reader.shown_kub AS FROM ready.shown_kub;
CREATE TABLE reader.shown_money AS FROM ready.money;
DROP VIEW ready.fact;
DROP VIEW ready.marked_village;
DROP VIEW ready.marked_district;
DROP VIEW ready.marked_programme;
DROP TABLE IF EXISTS access.village_fact;
DROP TABLE IF EXISTS access.district_fact;
DROP TABLE IF EXISTS access.programme_fact;
DROP VIEW ready.money;
DROP VIEW ready.earning_mark;
DROP TABLE IF EXISTS access.earning_mark;
DROP SCHEMA money CASCADE;
