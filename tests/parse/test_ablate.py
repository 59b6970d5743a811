"""The tool that finds rules of the parser which no page needs."""

from types import ModuleType
from typing import Any

from tools.ablate import Ablation, Page, Parser, demo_pages


def small_parser() -> ModuleType:
    """A module that takes `!` off, and says which words it knows and how the text ends."""
    module = ModuleType("rules")
    exec(
        "import re\n"
        "MARK: re.Pattern[str] = re.compile('!')\n"
        "NEVER: re.Pattern[str] = re.compile('x')\n"
        "WORDS: frozenset[str] = frozenset(('satu', 'dua', 'tiga'))\n"
        "ENDS: tuple[str, ...] = ('a', 'q')\n"
        "def ends(text) -> 'bool': return text.endswith(ENDS)\n"
        "def read(text): return MARK.sub('', text), [w in WORDS for w in text.split()], ends(text)\n",
        vars(module),
    )
    return module


def test_rules_that_fewer_than_two_pages_need_are_listed() -> None:
    module = small_parser()
    parser = Parser([module])
    texts = ("satu!", "satu ! a", "satu dua", "satu a")
    makers = ("A", "A", "B", "C")
    pages = [
        Page(text, maker, text, lambda text=text: module.read(text))
        for text, maker in zip(texts, makers, strict=True)
    ]  # type: ignore[misc]
    before = [page.read() for page in pages]
    said: list[str] = []
    ablation = Ablation(parser, pages, parser.rules)
    judged = [ablation.judge(index) for index in range(len(parser.rules))]
    ablation.report(judged, said.append)
    needed = {name.removeprefix("rules."): pages for name, pages, _ in judged}
    assert needed == {
        "MARK": ["satu!"],
        "NEVER": [],
        "WORDS[satu]": ["satu ! a", "satu dua"],
        "WORDS[dua]": ["satu dua"],
        "WORDS[tiga]": [],
        "ENDS[a]": ["satu ! a", "satu dua"],
        "ENDS[q]": [],
        "ends()": ["satu ! a", "satu dua"],
    }
    assert len(said) == 6
    assert [page.read() for page in pages] == before


def test_the_demos_pages_are_judges_too() -> None:
    front = next(demo_pages())
    assert (front.name, front.maker) == ("demo/blog/", "demo/blog")
    form: Any = front.read()
    assert form["kind"] == "list"
