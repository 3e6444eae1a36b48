"""What the files of an answer are called: they sort by question, and say what they are about."""

from kub.answers.answer import Answer
from kub.words import Words
from kub.words.rows import plain
from kub.words.slug import slug


def file_name(answer: Answer, ending: str, words: Words, writing: str | None = None) -> str:
    """'kub-growth_kecamatan-tulis_2023-06-30_contoh.csv': question, scope, data date, and whether
    it is a sample.

    writing: of a CSV file, so that the two of one answer have two names.
    """
    parts = [f"kub-{slug(answer.chart, 40)}", slug(answer.scope, 60), data_date(answer)]
    if answer.source.sample:
        parts.append(words("cell.sample_file"))
    if writing:
        parts.append(words(f"pack.csv.{writing}"))
    return "_".join(part for part in parts if part) + f".{ending}"


def data_date(answer: Answer) -> str:
    """The newest as-of date of the rows; where a question has none, the day of the data version."""
    if "as_of" in answer.frame.columns and len(answer.frame):
        return str(plain(answer.frame["as_of"].max()) or "")
    return slug(answer.source.version.split(" ")[0], 20)
