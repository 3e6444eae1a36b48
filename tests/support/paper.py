"""What a printed pack shows, read as text."""


class OneBar:
    """Pictures that are there without a browser: one bar."""

    SVG = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="70" height="30">'
        b'<rect width="40" height="9" fill="#0B6274"/></svg>'
    )

    def svg(self, *_: object) -> bytes:
        return self.SVG


def flat(text: str) -> str:
    """Without the breaks of lines, whichever sign stands for a space; the
    typeface has one glyph for - and minus.
    """
    return "".join(text.split()).replace("\N{MINUS SIGN}", "-")
