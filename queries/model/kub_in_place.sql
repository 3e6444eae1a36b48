-- A version that is read from its file: its KUB are not copied.
CREATE VIEW reader.shown_kub AS FROM ready.shown_kub;
