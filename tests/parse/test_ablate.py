"""The tool that finds rules of the parser which no page needs."""

from types import ModuleType

from tools.ablate import Page, Parser, ablate


def small_parser() -> ModuleType:
    """A module that takes `!` off, and says which words it knows and how the text ends."""
    module = ModuleType("rules")
    exec(
        "import re\n"
        "MARK: re.Pattern[str] = re.compile('!')\n"
        "NEVER: re.Pattern[str] = re.compile('x')\n"
        "WORDS: frozenset[str] = frozenset(('satu', 'dua', 'tiga'))\n"
        "ENDS: tuple[str, ...] = ('a', 'q')\n"
        "def read(text): return MARK.sub('', text), [w in WORDS for w in text.split()], text.endswith(ENDS)\n",
        vars(module),
    )
    return module


def test_rules_that_fewer_than_two_pages_need_are_listed() -> None:
    module = small_parser()
    parser = Parser([module])
    texts = ("satu!", "satu ! a", "satu dua", "satu a")
    pages = [Page(text, text, lambda text=text: module.read(text)) for text in texts]  # type: ignore[misc]
    before = [page.read() for page in pages]
    said: list[str] = []
    ablate(parser, pages, parser.rules, said.append)
    needed = {rule.name.removeprefix("rules."): rule.needed_by for rule in parser.rules}
    assert needed == {
        "MARK": ["satu!", "satu ! a"],
        "NEVER": [],
        "WORDS[satu]": ["satu ! a", "satu dua"],
        "WORDS[dua]": ["satu dua"],
        "WORDS[tiga]": [],
        "ENDS[a]": ["satu ! a", "satu dua"],
        "ENDS[q]": [],
    }
    assert len(said) == 4
    assert [page.read() for page in pages] == before
