-- What model/fact_packed.sql made at the import.
CREATE VIEW reader.shown_fact AS FROM file.packed.shown_fact;
CREATE VIEW reader.shown_kub AS FROM file.packed.shown_kub;
CREATE VIEW reader.shown_money AS FROM file.packed.shown_money;
