"""A property that is computed once, without the lock that functools takes for threads before Python
3.12: of the small values asked of every clause it would cost as much as their computing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):
    """Compute a property at the first reading, and keep it in the instance's ``__dict__``."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        """Take the place of a method without arguments."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Note the name under which the value is kept."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[Value]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> lazy[Value] | Value:
        """Return the value; only the first reading comes here, those after it find what is kept."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
