-- Where there is too much of it to hold it twice.
CREATE VIEW reader.shown_money AS FROM ready.money;
