-- Where there are too many facts to hold them twice.
CREATE VIEW reader.shown_fact AS FROM ready.fact;
