"""Mutation testing: ``python -m tests.mutants bot/assessment/crs/core.py ...`` (folders too; ``--every 5``: a fifth).

A mutant is a module with one small fault built in; some test of ``TESTS`` (or of ``--tests``) has to fail.
The tests are collected once; each mutant is a fork in which the faulty functions take the place of the right ones
before the first test runs. Hypothesis tries few examples, always the same ones. Faults outside functions are not made.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import os
import signal
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import hypothesis
import pytest

TESTS = [Path("tests/assessment"), Path("tests/rules/test_completion.py")]
EXAMPLES = 8
SECONDS = 600
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def faults(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each place in a function with what is put there instead; the tree itself is left as it is.

    ``strict=`` of ``zip`` is left out, for it guards against what the code around it makes impossible; and so are the
    types of local names, which nothing evaluates.
    """
    guards = {node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "strict"}
    types = (node.annotation for node in ast.walk(tree) if isinstance(node, ast.AnnAssign))
    guards |= {node for annotation in types for node in ast.walk(annotation)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    places = dict.fromkeys(node for function in functions for part in function.body for node in ast.walk(part))
    for node in places:
        if node not in guards:
            yield from ((node, other) for other in _others(node))


def _others(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [op, *rest], comparators) if type(op) in COMPARED:
            yield ast.Compare(left, [COMPARED[type(op)](), *rest], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in COUNTED:
            yield ast.BinOp(left, COUNTED[type(op)](), right)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Name(name, ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Subscript(value, ast.Slice(lower, upper, step), context) if lower or upper:
            yield ast.Subscript(value, ast.Slice(upper, lower, step), context)
        case ast.Continue():
            yield ast.Break()
        case ast.AugAssign(target, op, value) if type(op) in COUNTED:
            yield ast.AugAssign(target, COUNTED[type(op)](), value)


class _Put(ast.NodeTransformer):
    def __init__(self, place: ast.AST, other: ast.AST) -> None:
        self.place, self.other = place, other

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self.place:
            return self.generic_visit(node)
        return ast.copy_location(copy.deepcopy(self.other), node)


class Mutants:
    """A pytest plugin that runs the collected tests once as they are, and once for each mutant."""

    def __init__(self, paths: list[Path], every: int) -> None:
        self.paths, self.every = paths, every
        self.survivors: list[str] = []
        self.found_by: int | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
        gc.collect()
        if self._found(session, lambda: None):
            raise pytest.UsageError(f"{session.items[0].nodeid} fails without a fault")
        for path in self.paths:
            source = path.read_text(encoding="utf-8")
            places = range(0, len(list(faults(ast.parse(source)))), self.every)
            survived = 0
            for place in places:
                tree, fault = _mutant(source, place)
                if not self._found(session, partial(_put_in_place, path, tree)):
                    survived += 1
                    self.survivors.append(f"{path}:{fault}")
                    print(f"\nsurvived: {self.survivors[-1]}", flush=True)
            print(f"\n{path}: {len(places)} tried, {len(places) - survived} found", flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """In a child, the first failure ends it."""
        if report.failed and self.found_by is not None:
            os.write(self.found_by, report.nodeid.encode())
            os._exit(1)

    def _found(self, session: pytest.Session, change: Callable[[], None]) -> bool:
        """Whether a test fails after the change, or none ends in time; what found it is tried first next time."""
        read, write = os.pipe()
        if (child := os.fork()) == 0:
            self.found_by = write
            session.config.pluginmanager.unregister(name="terminalreporter")
            change()
            for item, following in pairwise([*session.items, None]):
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            os._exit(0)
        os.close(write)
        survived = _survived(child)
        with os.fdopen(read) as found:
            node = found.read()
        session.items.sort(key=lambda item: item.nodeid != node)
        return not survived


def _mutant(source: str, place: int) -> tuple[ast.Module, str]:
    """The module with its fault of that number, and what it is."""
    tree = ast.parse(source)
    node, other = list(faults(tree))[place]
    said = f"{node.lineno}: {ast.unparse(node)[:90]} -> {ast.unparse(ast.copy_location(other, node))[:90]}"  # type: ignore[attr-defined]
    return ast.fix_missing_locations(_Put(node, other).visit(tree)), said.replace("\n", " ")


def _put_in_place(path: Path, tree: ast.Module) -> None:
    """Give every function of the module the code that it has in the mutant."""
    codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(tree, str(path), "exec"))}
    for function in gc.get_objects():
        if isinstance(function, types.FunctionType) and function.__code__.co_filename == str(path.resolve()):
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is not None and new.co_freevars == old.co_freevars:
                function.__code__ = new


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def _survived(child: int) -> bool:
    """Whether all tests passed in the child; one that does not end in time is found."""

    def end(*_: object) -> None:
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(SECONDS)
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    return os.waitstatus_to_exitcode(status) == 0


def _few_examples() -> None:
    """Hypothesis tries few examples, also where a test asks for more."""
    whole = hypothesis.settings.__init__

    def few(self: hypothesis.settings, parent: object = None, **given: object) -> None:
        if "max_examples" in given:
            given["max_examples"] = EXAMPLES
        whole(self, parent, **given)  # type: ignore[arg-type]

    hypothesis.settings.__init__ = few  # type: ignore[method-assign]
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, max_examples=EXAMPLES
    )
    hypothesis.settings.load_profile("mutants")


def main() -> int:
    """Try the mutants of the files named; the exit code is 1 if one survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="one mutant of so many")
    parser.add_argument("--tests", nargs="+", type=Path, default=TESTS, help="the tests that have to find them")
    given = parser.parse_args()
    files = [file for path in given.paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    _few_examples()
    mutants = Mutants(files, given.every)
    code = pytest.main(
        [*map(str, given.tests), "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly"], [mutants]
    )
    return int(code) or bool(mutants.survivors)


if __name__ == "__main__":
    sys.exit(main())
