"""A value that is worked out when it is first looked at, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class once(Generic[Owner, Value]):  # noqa: N801 - used as a decorator
    """As ``functools.cached_property``, without the lock of Python 3.11, which an assessment would take eleven times.

    Two threads that look at once work the same value out twice.
    """

    def __init__(self, work: Callable[[Owner], Value]) -> None:
        self.work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, whole: None, owner: type[Owner]) -> once[Owner, Value]: ...

    @overload
    def __get__(self, whole: Owner, owner: type[Owner]) -> Value: ...

    def __get__(self, whole: Owner | None, owner: type[Owner]) -> Any:
        if whole is None:
            return self
        value = self.work(whole)
        whole.__dict__[self.name] = value
        return value
