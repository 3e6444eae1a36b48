-- What an analyst sees is a reader's, with nothing withheld but what a card never had. Only
-- model/{fact,kub}_*.sql and this file name a role.
CREATE VIEW analyst.shown_fact AS
SELECT * REPLACE (if(card_covered IS NULL, 0, mark)::BIGINT AS mark,
  if(card_covered IS NULL, 0, women_mark)::BIGINT AS women_mark) FROM reader.shown_fact;
CREATE VIEW analyst.shown_kub AS SELECT * REPLACE (false AS withheld) FROM reader.shown_kub;

CREATE VIEW analyst.shown_money AS
SELECT * REPLACE (0::BIGINT AS mark, 0::BIGINT AS member_mark, 0::BIGINT AS matched_mark,
  0::BIGINT AS assets_mark) FROM reader.shown_money;
-- A figure that shows single KUB's money where too few stand behind it: a median, a change.
CREATE MACRO reader.enough(number, fewest) AS number >= fewest;
CREATE MACRO analyst.enough(number, fewest) AS true;

CREATE TABLE reader.shown_figure AS
SELECT * EXCLUDE withheld REPLACE (if(withheld, NULL, recorded) AS recorded) FROM ready.figure;
CREATE TABLE analyst.shown_figure AS FROM reader.shown_figure WHERE false;
INSERT INTO analyst.shown_figure SELECT * EXCLUDE withheld FROM ready.figure;
-- A quarter or a median is often one KUB's own amount; met again under another filter it would name
-- that KUB. In two digits it is nobody's.
CREATE MACRO reader.in_two_digits(amount) AS
  if(amount > 0, round(amount, 1 - floor(log10(amount))::INTEGER), amount);
CREATE MACRO analyst.in_two_digits(amount) AS amount;
-- Money of a single KUB is the analyst's alone.
CREATE MACRO reader.single_money(amount) AS NULL::DOUBLE;
CREATE MACRO analyst.single_money(amount) AS amount;
