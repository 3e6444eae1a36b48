CREATE TABLE reader.shown_kub AS FROM ready.shown_kub;
