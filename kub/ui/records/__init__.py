"""The page of the records: dropped, checked and published; reported or not; their versions."""
