"""Lists the rules of the parser that no page needs: `python -m tools.ablate [MODULE...]`.

A rule is a compiled expression at the top of a module of `eksread.parse`, one word in a table there (a set, tuple or
dictionary of strings), or a function that may find nothing (it gives a `bool`, a list, or `... | None`). Each is
switched off in turn - an expression never matches, a word is missing, a function finds nothing - and the pages where it did
something are read again, until two makers' pages come out otherwise: first the goldens and then the demo's pages in
each of its layouts, of which the whole JSON counts, then those of the bench in the folder that EXTRACT_BENCH_DATA names, of which
title, body, date and authors count. Each golden is a maker of its own, so is each layout and each host of the bench. A
rule that no page needs should go; one that a single maker's pages need wants a page of another, or should go.

A word of a tuple can matter where the page's text has it. With names of modules (`listing.cards`) only their rules are
tried. One process for each core; the time of a complete run is in the Makefile.
"""

from __future__ import annotations

import gzip
import importlib
import json
import multiprocessing
import os
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import eksread.parse
from benchmarks.extract import extract
from eksread.demo import addresses, load_edition
from eksread.demo.site import Site
from eksread.export.json_form import parsed_json
from eksread.model.fetched import Page as Fetched
from eksread.parse import parse
from tests import goldens
from tests.demo.layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

PREFIX = "eksread.parse."
ENOUGH = 2
"""Makers whose pages need a rule, after which no more are asked."""

NOTHING: dict[str, Callable[[], object]] = {
    "bool": bool,
    "list": list,
    "tuple": tuple,
    "set": set,
    "Iterator": lambda: iter(()),
}
"""What a function gives that finds nothing, by the type that it gives."""

hits: set[str] = set()
"""The names of the rules that did something since this was last emptied."""


class Switched:
    """A compiled expression that says when it matches, and matches nothing while it is off."""

    def __init__(self, name: str, pattern: re.Pattern[str]) -> None:
        self.name = name
        self.off = False
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _found(self, match: re.Match[str] | None) -> re.Match[str] | None:
        if match is None or self.off:
            return None
        hits.add(self.name)
        return match

    def match(self, *args: Any) -> re.Match[str] | None:
        return self._found(self._pattern.match(*args))

    def search(self, *args: Any) -> re.Match[str] | None:
        return self._found(self._pattern.search(*args))

    def fullmatch(self, *args: Any) -> re.Match[str] | None:
        return self._found(self._pattern.fullmatch(*args))

    def finditer(self, *args: Any) -> Iterator[re.Match[str]]:
        return (match for match in self._pattern.finditer(*args) if self._found(match))

    def findall(self, *args: Any) -> list[Any]:
        found = self._pattern.findall(*args)
        return found if found and self._found(self._pattern.search(*args)) else []

    def sub(self, new: Any, text: str, count: int = 0) -> str:
        return self.subn(new, text, count)[0]

    def subn(self, new: Any, text: str, count: int = 0) -> tuple[str, int]:
        changed, times = self._pattern.subn(new, text, count)
        if not times or self.off:
            return text, 0
        hits.add(self.name)
        return changed, times

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        return self._pattern.split(text, maxsplit) if self._found(self._pattern.search(text)) else [text]


class WatchedSet(frozenset[str]):
    """A set of words that says which of them were found in it."""

    name: str

    def _note(self, words: Any) -> None:
        hits.update(f"{self.name}[{word}]" for word in words if isinstance(word, str))

    def __contains__(self, word: object) -> bool:
        found = super().__contains__(word)
        if found:
            self._note((word,))
        return found

    def __iter__(self) -> Iterator[str]:
        self._note(super().__iter__())
        return super().__iter__()

    def __and__(self, other: Any) -> frozenset[str]:
        found = super().__and__(frozenset(other))
        self._note(found)
        return found

    __rand__ = intersection = __and__

    def issuperset(self, other: Any) -> bool:
        words = list(other)
        self._note(word for word in words if super(WatchedSet, self).__contains__(word))
        return super().issuperset(words)

    def isdisjoint(self, other: Any) -> bool:
        return not self & other


class WatchedDict(dict[str, Any]):
    """A dictionary that says which of its keys were found in it."""

    name: str

    def _note(self, key: object) -> None:
        if super().__contains__(key):
            hits.add(f"{self.name}[{key}]")

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        hits.update(f"{self.name}[{key}]" for key in super().__iter__())
        return super().__iter__()

    def keys(self) -> Any:
        return list(self)

    def items(self) -> Any:
        return [(key, super(WatchedDict, self).__getitem__(key)) for key in self]


@dataclass
class Page:
    """A page, who made it, its text in lower case, how it is read, and what came of it when all rules were on."""

    name: str
    maker: str
    text: str
    read: Callable[[], object]
    result: object = None


@dataclass
class Rule:
    """What can be switched off: a name, and what does it and undoes it. `word` is that of a tuple."""

    name: str
    switch: Callable[[bool], None]
    word: str = ""


def parser_modules() -> list[ModuleType]:
    """Give all modules of the parser."""
    names = [found.name for found in pkgutil.walk_packages(eksread.parse.__path__, PREFIX)]
    return [eksread.parse, *map(importlib.import_module, names)]


class Parser:
    """The modules of a parser with their rules."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self.modules = modules
        self.rules: list[Rule] = []
        self._seen: dict[int, object] = {}
        values = [value for module in modules for value in vars(module).values()]
        values += [method for value in values if isinstance(value, type) for method in vars(value).values()]
        self._caches = [value.cache_clear for value in values if hasattr(value, "cache_clear")]
        for module in self.modules:
            short = module.__name__.removeprefix(PREFIX)
            for attribute in getattr(module, "__annotations__", {}):
                value = vars(module).get(attribute)
                if id(value) not in self._seen:
                    self._take(f"{short}.{attribute}", value)
            for attribute, value in list(vars(module).items()):
                if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                    self._take_function(f"{short}.{attribute}()", value)

    def _take(self, name: str, value: object) -> None:
        """Make rules of a value at the top of a module."""
        new = self._switched(name, value)
        if new is not value:
            self._replace(value, new)
            return
        words = list(value) if isinstance(value, frozenset | set | tuple | dict) else []
        if not words or not all(isinstance(word, str) for word in words):
            return
        if isinstance(value, dict):
            watched: Any = WatchedDict(value)
        elif isinstance(value, tuple):
            watched = value
        else:
            watched = WatchedSet(value)
        if not isinstance(value, tuple):
            watched.name = name
            self._replace(value, watched)
        for word in words:
            switch = self._word_switch(value, watched, word)
            self.rules.append(Rule(f"{name}[{word}]", switch, word if isinstance(value, tuple) else ""))

    def _take_function(self, name: str, function: FunctionType) -> None:
        """Make a rule of a function that may find nothing."""
        given = str(function.__annotations__.get("return", ""))
        nothing = (lambda: None) if given.endswith("| None") else NOTHING.get(given.partition("[")[0])
        if nothing is None:
            return
        off = False

        @wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            if off:
                return nothing()
            hits.add(name)
            return function(*args, **kwargs)

        def switch(value: bool) -> None:
            nonlocal off
            off = value

        self._replace(function, watched)
        self.rules.append(Rule(name, switch))

    def _word_switch(self, value: Any, watched: Any, word: str) -> Callable[[bool], None]:
        now = watched

        def switch(off: bool) -> None:
            nonlocal now
            if not off:
                new = watched
            elif isinstance(value, dict):
                new = {key: item for key, item in value.items() if key != word}
            else:
                new = type(value)(item for item in value if item != word)
            self._replace(now, new)
            now = new

        return switch

    def _switched(self, name: str, value: Any) -> Any:
        """Give a value with switches in place of its expressions, itself when it has none."""
        if isinstance(value, re.Pattern):
            switched = Switched(name, value)
            self.rules.append(Rule(name, lambda off: setattr(switched, "off", off)))
            return switched
        if isinstance(value, dict):
            new = {key: self._switched(f"{name}[{key}]", item) for key, item in value.items()}
            return new if any(new[key] is not value[key] for key in value) else value
        if type(value) in (tuple, list):
            items = [self._switched(f"{name}[{at}]", item) for at, item in enumerate(value)]
            return type(value)(items) if any(a is not b for a, b in zip(items, value, strict=True)) else value
        return value

    def _replace(self, old: object, new: object) -> None:
        """Put a value in another's place wherever a module knows it."""
        self._seen[id(old)], self._seen[id(new)] = old, new
        for module in self.modules:
            for attribute, value in list(vars(module).items()):
                if value is old:
                    setattr(module, attribute, new)

    def forget(self) -> None:
        """Empty the caches, which remember what rules said."""
        for clear in self._caches:
            clear()


def golden_pages() -> Iterator[Page]:
    for kind in goldens.KINDS:
        for path in goldens.page_files(kind):
            body, url, moment = path.read_bytes(), goldens.address(path), goldens.moment(path)
            name = f"{kind}/{path.name}"
            yield Page(
                name, name, body.decode("utf-8", "replace").lower(), _reader(Fetched(url, body, moment))
            )


def _reader(page: Fetched) -> Callable[[], object]:
    return lambda: parsed_json(parse(page))


def demo_pages() -> Iterator[Page]:
    """The demo's pages, each in every layout."""
    edition = load_edition()
    paths = ["/", addresses.INDEX, *(addresses.section(section.slug) for section in edition.sections)]
    for layout in LAYOUTS.values():
        site = Site(edition, "http://127.0.0.1:47815", (layout,))
        for path in [*paths, *map(addresses.article, edition.articles)]:
            body = site.reply(path).body
            page = Fetched(f"http://127.0.0.1:47815{path}", body, edition.now)
            yield Page(
                f"demo/{layout.name}{path}", f"demo/{layout.name}", body.decode().lower(), _reader(page)
            )


def bench_pages(root: Path) -> Iterator[Page]:
    """The pages of the bench, without what should come of them."""
    for truth in sorted(root.glob("*/*truth.json")):
        rows = json.loads(truth.read_text(encoding="utf-8"))
        if isinstance(rows, dict):
            rows = [{"file": f"{key}.html.gz", "url": row.get("url") or ""} for key, row in rows.items()]
        for row in rows:
            raw = (truth.parent / "html" / row["file"]).read_bytes()
            text = (gzip.decompress(raw) if row["file"].endswith(".gz") else raw).decode("utf-8", "replace")
            name = f"{truth.parent.name}/{row['file']}"
            maker = urlsplit(row["url"]).hostname or name
            yield Page(name, maker, text.lower(), lambda text=text, url=row["url"]: extract(text, url))


class Ablation:
    """Which pages need which rule of a parser."""

    def __init__(self, parser: Parser, pages: Sequence[Page], rules: Sequence[Rule]) -> None:
        self.parser = parser
        self.pages = pages
        self.rules = rules
        self._places: dict[str, list[Page]] = defaultdict(list)
        for page in pages:
            parser.forget()
            hits.clear()
            page.result = page.read()
            for name in hits:
                self._places[name].append(page)

    def judge(self, index: int) -> tuple[str, list[str], int]:
        """Give a rule's name, the pages that need it, `ENOUGH` at most and each of another maker, and on how many it acts."""
        rule = self.rules[index]
        word = rule.word.lower()
        asked = [page for page in self.pages if word in page.text] if word else self._places[rule.name]
        needed: dict[str, str] = {}
        rule.switch(True)
        for page in asked:
            if page.maker not in needed and self._reads_otherwise(page):
                needed[page.maker] = page.name
            if len(needed) >= ENOUGH:
                break
        rule.switch(False)
        return rule.name, list(needed.values()), len(asked)

    def _reads_otherwise(self, page: Page) -> bool:
        """Whether a page comes out otherwise now; an error says that the rule is needed."""
        self.parser.forget()
        try:
            return page.read() != page.result
        except Exception:
            return True

    def report(self, judged: Iterable[tuple[str, list[str], int]], say: Callable[[str], object]) -> None:
        """Say which rules fewer than `ENOUGH` pages need as they are judged, and how many there are."""
        counts: Counter[int] = Counter()
        for name, needed, asked in judged:
            counts[len(needed)] += 1
            if len(needed) < ENOUGH:
                say(f"{name}: {needed[0] if needed else 'no page'} of {asked}\n")
        say(
            f"{counts[0]} of {len(self.rules)} rules are needed by no page, {counts[1]} by one maker's alone\n"
        )


_inherited: list[Ablation] = []
"""What the processes that judge find at their start: rules and pages can't be sent to them."""


def _judge(index: int) -> tuple[str, list[str], int]:
    return _inherited[0].judge(index)


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def main() -> None:
    parser = Parser(parser_modules())
    root = os.environ.get("EXTRACT_BENCH_DATA")
    pages = [*golden_pages(), *demo_pages(), *(bench_pages(Path(root)) if root else ())]
    wanted = tuple(sys.argv[1:])
    rules = [rule for rule in parser.rules if not wanted or rule.name.startswith(wanted)]
    rules.sort(key=lambda rule: (bool(rule.word), rule.name.endswith("]")))  # the quick ones first
    _say(f"{len(rules)} rules, {len(pages)} pages; those that fewer than {ENOUGH} makers' pages need:\n")
    _inherited.append(Ablation(parser, pages, rules))
    with multiprocessing.get_context("fork").Pool() as pool:
        _inherited[0].report(pool.imap_unordered(_judge, range(len(rules))), _say)


if __name__ == "__main__":
    main()
