"""The one place where an organisation is entered: who is asking is a ContextVar, never a connection.

Blocks may nest, be re-entered, be left in any order (a generator that is forgotten ends its block whenever it
is collected) and be left in another thread or task than they were entered in: what is entered is a chain of
frames that belongs to each context, and leaving a block takes out its own frame and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import wraps
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import Any, Final, Generic, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID

SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class NoOrganisation(LookupError):
    """An organisation's data was asked for outside any: wrap the work in `entered(organisation)`."""


@dataclass(frozen=True, slots=True)
class Current:
    """An organisation as the database sees it: its id, its schema and the database alias it lives on."""

    organisation_id: UUID
    schema: str
    alias: str = "default"

    def __post_init__(self) -> None:
        if not SCHEMA_NAME.match(self.schema) or self.schema == "public":
            raise ValueError(f"not the name of an organisation's schema: {self.schema!r}")


class Enterable(Protocol):
    """Anything that knows its `Current`, such as `tenants.models.Organisation`."""

    def as_current(self) -> Current: ...


class _Frame:
    """A block that was entered in this context, and what was entered around it."""

    __slots__ = ("block", "inside", "outer")

    def __init__(self, block: Block[Any], inside: Current | None, outer: _Frame | None) -> None:
        self.block = block
        self.inside = inside
        self.outer = outer


_innermost: ContextVar[_Frame | None] = ContextVar("octavo_organisation", default=None)


def current() -> Current:
    """The organisation entered here; raises `NoOrganisation` where there is none."""
    organisation = current_or_none()
    if organisation is None:
        raise NoOrganisation("no organisation is entered: use tenants.context.entered(organisation)")
    return organisation


def current_or_none() -> Current | None:
    frame = _innermost.get()
    return None if frame is None else frame.inside


def is_settled() -> bool:
    """Whether somebody has said for whom this is done: for an organisation, or by `in_public` for none."""
    return _innermost.get() is not None


class Block(Generic[T]):
    """A stretch of work inside one organisation, or outside all: `with block:`, or a decorator of functions.

    It holds no state, so it may be used again, within itself and by several threads and tasks at once.
    """

    __slots__ = ("inside",)

    def __init__(self, inside: T) -> None:
        self.inside: Final = inside

    def __enter__(self) -> T:
        _innermost.set(_Frame(self, cast("Current | None", self.inside), _innermost.get()))
        return self.inside

    def __exit__(self, *error: object) -> None:
        frame = _innermost.get()
        if frame is not None and frame.block is self:
            _innermost.set(frame.outer)
        else:
            _innermost.set(_without(self, frame))

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """The function, done inside: awaited where it is a coroutine, step by step where a generator."""
        return cast("Callable[P, R]", _decorated(self, function))

    def each(self, steps: Iterable[R]) -> Generator[R]:
        """What `steps` gives, each made inside; whoever takes it stays where they are."""
        taken, own = iter(steps), self._first()
        try:
            while True:
                takers = _innermost.get()
                _innermost.set(own)
                try:
                    step = next(taken)
                except StopIteration:
                    return
                finally:  # a block that `steps` keeps open between two of them is its own
                    own = _innermost.get()
                    _innermost.set(takers)
                yield step
        finally:
            if hasattr(taken, "close"):
                with self:
                    taken.close()

    async def each_async(self, steps: AsyncIterable[R]) -> AsyncIterator[R]:
        """The same of an asynchronous iterable."""
        taken, own = aiter(steps), self._first()
        try:
            while True:
                takers = _innermost.get()
                _innermost.set(own)
                try:
                    step = await anext(taken)
                except StopAsyncIteration:
                    return
                finally:
                    own = _innermost.get()
                    _innermost.set(takers)
                yield step
        finally:
            if hasattr(taken, "aclose"):
                with self:
                    await taken.aclose()

    def _first(self) -> _Frame | None:
        return _Frame(self, cast("Current | None", self.inside), None)


def entered(organisation: Enterable | Current) -> Block[Current]:
    """Work inside an organisation until the block ends; nests, and restores what was entered before."""
    return Block(organisation if isinstance(organisation, Current) else organisation.as_current())


def in_public() -> Block[None]:
    """Work explicitly outside any organisation, even when called from within one."""
    return Block(None)


def as_now() -> Block[Current | None]:
    """A block in which whatever is entered at this moment is entered again, however much later that is."""
    return Block(current_or_none())


def inside_as_now(function: Callable[P, R]) -> Callable[P, R]:
    """The function, done where we are now, whenever and by whomever it is called."""
    return as_now()(function)


def kept_inside(steps: Iterable[R]) -> Iterator[R]:
    """For what is taken after this block has ended, as a stream is: each step is made where we are now."""
    return as_now().each(steps)


def carried(function: Callable[P, R]) -> Callable[P, R]:
    """The function in a copy of the whole context of this moment: for threads, which begin without."""
    here = copy_context()

    @wraps(function)
    def there(*args: P.args, **kwargs: P.kwargs) -> R:
        return here.copy().run(function, *args, **kwargs)

    return there


def _without(block: Block[Any], frame: _Frame | None) -> _Frame | None:
    """The chain without the innermost frame of this block; as it is where the block was left before."""
    if frame is None:
        return None
    if frame.block is block:
        return frame.outer
    return _Frame(frame.block, frame.inside, _without(block, frame.outer))


def _decorated(block: Block[Any], function: Callable[..., Any]) -> Callable[..., Any]:
    if iscoroutinefunction(function):

        @wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with block:
                return await function(*args, **kwargs)

        return awaited
    if isgeneratorfunction(function):
        return wraps(function)(lambda *args, **kwargs: block.each(function(*args, **kwargs)))
    if isasyncgenfunction(function):
        return wraps(function)(lambda *args, **kwargs: block.each_async(function(*args, **kwargs)))

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        with block:
            return function(*args, **kwargs)

    return called
