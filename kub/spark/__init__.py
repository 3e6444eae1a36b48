"""The same import on Apache Spark: it reads, checks and adds up; DuckDB keeps the version file."""
