CREATE TABLE reader.shown_money AS FROM ready.money;
DROP VIEW ready.money;
DROP VIEW ready.earning_mark;
DROP TABLE IF EXISTS access.earning_mark;
DROP SCHEMA money CASCADE;
