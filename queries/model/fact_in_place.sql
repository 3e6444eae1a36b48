-- Where there is too much of it to hold it twice, and the file has none that is ready: slower.
CREATE VIEW reader.shown_fact AS FROM ready.fact;
CREATE VIEW reader.shown_kub AS FROM ready.shown_kub;
CREATE VIEW reader.shown_money AS FROM ready.money;
