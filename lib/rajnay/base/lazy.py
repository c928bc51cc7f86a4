"""What is made when it is first asked for: values by name, and a property that is computed once,
without the lock that functools takes for threads before Python 3.12: of the small values asked of
every clause it would cost as much as their computing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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


class Later(Mapping[str, Value]):
    """Values by name, each made when it is first asked for.

    >>> made = Later({"one": lambda: 1, "draft": lambda: 2}, unlisted={"draft"})
    >>> list(made), made["draft"]
    (['one'], 2)
    """

    def __init__(
        self, makers: Mapping[str, Callable[[], Value]], unlisted: Collection[str] = ()
    ) -> None:
        """Take what makes each value, and the names that are there only for who knows them."""
        self._makers = makers
        self._listed = [name for name in makers if name not in unlisted]
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        """Return the value of a name, made at the first call."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names that are listed, nothing made."""
        return iter(self._listed)

    def __len__(self) -> int:
        """Return how many are listed."""
        return len(self._listed)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a value of a name, without making it."""
        return name in self._makers
