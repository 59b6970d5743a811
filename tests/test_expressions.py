"""Every regular expression of the package takes linear time, or runs on text that is cut before.

An expression holds the interpreter while it runs: a quadratic one freezes whatever waits for it. All of them are found (the
calls of `re` in the source, and the values of modules and classes), and driven with runs of what they are made of.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as tree  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

import pytest

import eksread
from eksread.parse import urls
from eksread.parse.comments import threads
from eksread.parse.embedded import articledata
from eksread.parse.language import bylines, datelines, dates
from eksread.parse.listing import cards

if TYPE_CHECKING:
    from types import ModuleType

SHORT: Final = 2_000
"""Characters of the first try."""
PLAIN: Final = 0.35e-6
"""Seconds a character below which no second try is made: a quadratic expression takes longer for the first try."""
LENGTH: Final = 10_000
TOO_LONG: Final = 0.1  # seconds after which an expression is stopped
CALM: Final = 0.02  # seconds that an expression may take on bounded text
FUNCTIONS: Final = frozenset("match fullmatch search findall finditer sub subn split compile".split())
FLAGS_AT: Final = {
    "compile": 1,
    "sub": 4,
    "subn": 4,
    "split": 3,
}  # which argument the flags are, else the third
BOUNDED: Final = {
    "parse.urls._PARTS": urls.MAX_URL,
    "parse.language.datelines._DATELINES": datelines.MAX_DATELINE,
    "parse.language.datelines._BARE": datelines.MAX_DATELINE,
    "parse.comments.threads._CONTROL": threads.MAX_CONTROL,
    "parse.language.bylines._PAIR": bylines.MAX_LINE,
    "parse.language.bylines._SENT": bylines.MAX_LINE,
    "parse.language.bylines._TAIL": bylines.MAX_TAIL,
    "parse.language.dates._WRITTEN": dates.MAX_PRINTED,
    "parse.listing.cards._BACKGROUND": cards.MAX_STYLE,
}
"""Expressions on text that is cut, with the constant that cuts it."""
MADE: Final = {
    "parse.embedded.articledata": lambda: list(patterns(vars(articledata))),
    "parse.urls": lambda: [urls._compile(("/{w}-{n}-{slug}.html", "/{yyyy}/{mm}/{slug}", "/{slug}"))],
    "tui.render.text_layout": lambda: [re.compile(r"tahun\s+baru|tahun")],  # of words that were searched for
}
"""What is made of values that the source does not show."""

pytestmark = pytest.mark.slow

Key = tuple[str | bytes, int]


class Use:
    """The functions that are called on an expression, and the places where it is made."""

    def __init__(self) -> None:
        self.functions: set[str] = set()
        self.places: set[str] = set()


def patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from patterns((*value, *value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from patterns(item)


@cache
def modules() -> dict[str, tuple[ModuleType, ast.Module]]:
    """Give each module of the package and its source, by its name without the package's."""
    found = {}
    for info in pkgutil.walk_packages(eksread.__path__, "eksread."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            text = Path(str(module.__file__)).read_text("utf-8")
            found[info.name.removeprefix("eksread.")] = (module, ast.parse(text))
    return found


def calls_of_re(source: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(source):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=function)) if (
                function in FUNCTIONS
            ):
                yield function, node


def made_by(call: ast.Call, function: str, names: dict[str, Any]) -> re.Pattern[Any]:
    """Give the expression of a call; NameError where its text is known only when it runs."""
    given = [one.value for one in call.keywords if one.arg == "flags"]
    given += call.args[FLAGS_AT.get(function, 2) :][:1]

    def value(node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), "source", "eval"), dict(names))

    return re.compile(value(call.args[0]), value(given[0]) if given else 0)


def assigned(source: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the names that a module and its classes assign, as (class or "", name)."""
    for prefix, body in [
        ("", source.body),
        *((one.name, one.body) for one in source.body if isinstance(one, ast.ClassDef)),
    ]:
        for node in body:
            for target in [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", ()):
                if isinstance(target, ast.Name):
                    yield prefix, target.id


def expressions() -> dict[Key, Use]:
    """Give every expression of the package with its uses; fails where the source makes one that is not found."""
    found: defaultdict[Key, Use] = defaultdict(Use)
    for name, (module, source) in modules().items():
        for prefix, target in assigned(source):
            for pattern in patterns(getattr(getattr(module, prefix) if prefix else module, target, None)):
                found[pattern.pattern, pattern.flags].places.add(f"{name}.{target}")
        for function, call in calls_of_re(source):
            try:
                held = [made_by(call, function, vars(module))]
            except NameError:
                held = MADE[name]()
                assert held, f"{name}:{call.lineno} makes an expression that MADE does not give"
            for pattern in held:
                use = found[pattern.pattern, pattern.flags]
                if function != "compile":
                    use.functions.add(function)
                    use.places.add(f"{name}:{call.lineno}")
                elif not use.places:
                    use.places.add(f"{name}:{call.lineno}")
    add_uses(found)
    return dict(found)


def loops(source: ast.Module) -> dict[str, set[str]]:
    """Give the names that loops bind, each with the names of what is looped over."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in ast.walk(source):
        if isinstance(node, ast.For | ast.comprehension):
            over = {one.id for one in ast.walk(node.iter) if isinstance(one, ast.Name)}
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    found[target.id] |= over
    return found


def add_uses(found: dict[Key, Use]) -> None:
    """Add the functions that are called on names, those that a loop binds to a container's expressions among them."""
    for module, source in modules().values():
        bound = loops(source)
        for node in ast.walk(source):
            if not isinstance(node, ast.Attribute) or node.attr not in FUNCTIONS:
                continue
            of = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            name = of.id if isinstance(of, ast.Name) else getattr(of, "attr", "")
            owner: Any = module
            if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name):
                owner = vars(module).get(of.value.id, module)
            for held in (name, *bound.get(name, ())):
                for pattern in patterns(getattr(owner, held, None)):
                    found[pattern.pattern, pattern.flags].functions.add(node.attr)


SAMPLES: Final = {
    op.CATEGORY_SPACE: " ", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_DIGIT: "1", op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_WORD: "a", op.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
COMMON: Final = (
    " ",
    "a",
    "1",
    "A",
    "a ",
    "- ",
    ", ",
    "<",
    "(",
    "\n",
    ".",
    "a.",
    "1 ",
    "a-",
    "A ",
    "<a ",
    "\0",
)


def samples(members: Iterable[Any]) -> list[str]:
    """Give some characters of a class."""
    found = []
    for kind, value in members:
        if kind is op.NEGATE:
            return ["a", " ", "1", "-"]
        if kind in (op.LITERAL, op.RANGE):
            found.append(chr(value if kind is op.LITERAL else value[0]))
        elif kind is op.CATEGORY:
            found.append(SAMPLES[value])
    return found[:6]


def shortest(items: Iterable[Any]) -> str:
    """Give a short text that a part of an expression takes, more or less."""
    text = ""
    for kind, value in items:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind in (op.ANY, op.NOT_LITERAL):
            text += "a"
        elif kind is op.IN:
            text += samples(value)[0]
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            text += shortest(value[2]) * min(value[0], 50)
        elif kind is op.SUBPATTERN:
            text += shortest(value[3])
        elif kind is op.ATOMIC_GROUP:
            text += shortest(value)
        elif kind is op.BRANCH:
            text += shortest(value[1][0])
    return text


def runs(items: Iterable[Any], before: str, found: set[tuple[str, str]]) -> None:
    """Gather texts by what they begin with and what is then repeated: each repeat, after what leads to it."""
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            body = list(value[2])
            if value[1] > 20:
                units = samples(body[0][1]) if len(body) == 1 and body[0][0] is op.IN else [shortest(body)]
                found.update((before, unit) for unit in units)
                found.add(("", before[-200:] + units[0]))
            runs(body, before, found)
        elif kind is op.SUBPATTERN:
            runs(value[3], before, found)
        elif kind is op.ATOMIC_GROUP:
            runs(value, before, found)
        elif kind is op.BRANCH:
            for branch in value[1]:
                runs(branch, before, found)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            runs(value[1], before, found)
        elif kind is op.IN:
            found.update(("", unit) for unit in samples(value))
        before += shortest([(kind, value)])
    found.add(("", before[-200:]))


class Stopped(Exception):
    """An expression took too long."""


def stop(*_: object) -> None:
    raise Stopped


def seconds(function: str, pattern: re.Pattern[Any], text: str | bytes) -> float:
    """Give the processor time of one use; endless when it had to be stopped (an expression looks for signals)."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
    try:
        if function in ("match", "fullmatch"):
            getattr(pattern, function)(text)
        elif function == "search":
            pattern.search(text)
        else:
            pattern.sub(pattern.pattern[:0], text)
    except Stopped:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def is_slow(function: str, pattern: re.Pattern[Any], before: str, unit: str, bound: int | None) -> bool:
    """Whether twice the text takes more than three times as long; on bounded text, whether it takes long at all."""

    def least(size: int, times: int) -> float:
        text = (before + unit * (size // len(unit)))[: bound and bound - 1] + "\0"
        given = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
        return min(seconds(function, pattern, given) for _ in range(times))

    if bound:
        return least(bound, 1) > CALM and least(bound, 5) > CALM
    short = SHORT if len(unit) < 3 else SHORT * len(unit) // 2
    if least(short, 1) < short * PLAIN:
        return False
    for length in (SHORT, LENGTH):
        once = least(length, 2)
        if once == float("inf"):
            return True
        if least(2 * length, 3) < 3 * max(once, 2 * length * PLAIN):
            return False
    return True


def slow_uses(pattern: re.Pattern[Any], use: Use) -> Iterator[str]:
    texts: set[tuple[str, str]] = {("", unit) for unit in COMMON}
    runs(tree.parse(pattern.pattern, pattern.flags), "", texts)
    functions = (use.functions & {"match", "fullmatch"}) or set()
    if not use.functions:
        functions = {"match", "fullmatch"}
    if not use.functions or use.functions - {"match", "fullmatch", "search"}:
        functions.add("sub")
    elif "search" in use.functions:
        functions.add("search")
    bounds = [BOUNDED.get(place) for place in use.places]
    bound = None if None in bounds or not bounds else max(bound for bound in bounds if bound)
    yield from (
        f"{', '.join(sorted(use.places))}: {function} of {before[-40:]!r} and a run of {unit[:40]!r}"
        for before, unit in sorted(texts)
        if unit
        for function in sorted(functions)
        if is_slow(function, pattern, before, unit, bound)
    )


@pytest.fixture(autouse=True)
def _stopping() -> Iterator[None]:
    old = signal.signal(signal.SIGPROF, stop)
    yield
    signal.signal(signal.SIGPROF, old)


def test_every_expression_is_linear_or_runs_on_bounded_text() -> None:
    found = expressions()
    slow = [line for key, use in found.items() for line in slow_uses(re.compile(*key), use)]
    assert slow == []
    places = {place for use in found.values() for place in use.places}
    assert set(BOUNDED) <= places


def test_a_quadratic_expression_is_found() -> None:
    def slow(text: str, function: str) -> bool:
        use = Use()
        use.functions.add(function)
        return any(slow_uses(re.compile(text), use))

    assert slow(r"([\w:.-]+)\s*=\s*\"([^\"]*)\"", "findall")
    assert slow(r"\s*[|]\s*", "split")
    assert slow(r"(?:ab)*c", "search")
    assert not slow(r"\d{4}|[a-z]+", "findall")
