"""Numbers read back from how people are shown them: '1.234', '12,3 %', 'Rp 3,87 miliar'."""

import re

# What stands behind a compact number, by language.
SCALES = {
    "id": {"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12},
    "en": {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
}
_NUMBER = re.compile(r"(?:Rp )?([+-]?)(?:Rp )?([\d.,]+) ?(%|[a-z]+)?")


def read(text: str, lang: str) -> tuple[float, float]:
    """(value, half of what its last digit is worth). Raises ValueError for what is no number."""
    said = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    found = _NUMBER.fullmatch(said)
    if not found:
        raise ValueError(f"no number: {text!r}")
    sign, digits, unit = found.groups()
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    digits = digits.replace(thousands, "").replace(point, ".")
    scale = 0.01 if unit == "%" else SCALES[lang][unit] if unit else 1.0
    decimals = len(digits.partition(".")[2])
    return float(sign + digits) * scale, 0.5 * 10**-decimals * scale
