SELECT c.table_name AS "table", t.comment AS table_comment, c.column_name AS "column",
  c.data_type AS type, c.comment
FROM duckdb_columns() c JOIN duckdb_tables() t USING (database_oid, schema_oid, table_oid)
WHERE NOT c.internal AND c.schema_name = 'main' ORDER BY t.table_oid, c.column_index;
