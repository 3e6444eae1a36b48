"""One member of a workbook, streamed through a real parser (expat) that counts what it is given."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from kub.records.unreadable import Unreadable, damaged

# Elements that are no cells (columns, rules, links) in a member, so also how deep they can nest.
_OTHER_ELEMENTS = 1_000_000
# Of one tag or one text, in bytes. Excel's longest cell has 32,767 characters.
_LONGEST = 4 * 2**20

Start = Callable[[str, dict[str, str]], None]


class Names(dict[str, str]):
    """Element as expat names it → its local name, "" where its
    namespace is not that of the root.
    """

    def __init__(self) -> None:
        super().__init__()
        self._namespace: str | None = None

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition("}")
        if self._namespace is None:
            self._namespace = namespace
        known = local if namespace == self._namespace else ""
        # A workbook has some dozen names; a hostile one must not fill memory with them.
        if len(self) < 1000:
            self[name] = known
        return known


def parse(chunks: Iterable[bytes], start: Start, parts: list[str]) -> None:
    """Feeds one member to expat; `parts` collects the text between two starts.

    Raises Unreadable.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    # Fewer calls: expat hands text over in pieces at every line break otherwise.
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = parts.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if max(fed - parser.CurrentByteIndex, sum(map(len, parts))) > _LONGEST:
                raise Unreadable("too_complex")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(error) from error


def _refuse_doctype(*_: object) -> None:
    """No workbook has a document type; entities are how a small file becomes a large one."""
    raise Unreadable("document_type")


class Others:
    """Counts the elements that are not read."""

    def __init__(self) -> None:
        self._count = 0

    def add(self) -> None:
        self._count += 1
        if self._count > _OTHER_ELEMENTS:
            raise Unreadable("too_complex")


BLANKS = " \t\r\n"


def unindented(text: str) -> str:
    """Without the line break and blanks before the next tag, which programs write that indent their
    XML.

    Text is taken from one start of an element to the next: a handler for ends would cost a fifth
    more time.
    """
    bare = text.rstrip(BLANKS)
    return bare if "\n" in text[len(bare) :] else text
