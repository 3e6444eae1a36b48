"""What a version holds, in numbers."""

from typing import Any

from kub.store.cards import CARD_TABLES
from kub.store.opening import RECORD_TABLES, connect
from kub.store.versions import Version


def summary(version: Version) -> dict[str, Any]:
    """Version, schema, programmes (the default first), source files with SHA-256, row counts."""
    con = connect(version)
    [(schema_number, built_at, importer)] = con.execute("FROM version").fetchall()
    programmes = con.execute(
        """SELECT programme_id, name, regency_code, regency, operator, is_sample,
          max(as_of) AS as_of, programme_id IN (SELECT programme_id FROM card) AS is_card
        FROM programme LEFT JOIN programme_year USING (programme_id)
        GROUP BY ALL ORDER BY is_sample, is_card, any_value(position)"""
    ).df()
    files = con.execute(
        "SELECT * EXCLUDE importer FROM source_file ORDER BY programme_id, file"
    ).df()
    default = programmes["programme_id"].iloc[0] if len(programmes) else None
    return {
        "version": version.name,
        "path": str(version.path),
        "schema_number": schema_number,
        "built_at": built_at,
        "importer": importer,
        "default_programme": default,
        "programmes": programmes.to_dict("records"),
        "source_files": files.to_dict("records"),
        "rows": {table: len(con.table(table)) for table in (*RECORD_TABLES, *CARD_TABLES)},
    }
