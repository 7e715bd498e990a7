"""Values that are made quickly are the values that `dataclasses` would make."""

import pickle
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from inspect import signature
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Finding, Link, Reference, Task, TaskSchedule
from retro.model.quickly import quickly_made


@dataclass(frozen=True, slots=True)
class Slow:
    """One field of each kind: required, with a value, with a factory, by name only."""

    name: str
    size: int = 3
    held: Mapping[str, int] = field(default_factory=dict[str, int])
    late: bool = field(default=False, kw_only=True)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    """The same."""

    name: str
    size: int = 3
    held: Mapping[str, int] = field(default_factory=dict[str, int])
    late: bool = field(default=False, kw_only=True)


def told(value: Slow | Quick) -> list[object]:
    """All that a value holds."""
    return [getattr(value, each.name) for each in fields(value)]


@given(
    st.lists(st.one_of(st.text(), st.integers(), st.just({"a": 1})), max_size=4),
    st.dictionaries(st.sampled_from(["name", "size", "held", "late", "other"]), st.integers(), max_size=3),
)
def test_arguments_mean_the_same(by_place: list[Any], by_name: dict[str, Any]) -> None:
    """Whatever is given, by place or by name, makes the same value or is refused as well."""
    try:
        slow = Slow(*by_place, **by_name)
    except TypeError:
        with pytest.raises(TypeError):
            Quick(*by_place, **by_name)
        return
    assert told(Quick(*by_place, **by_name)) == told(slow)


def test_nothing_is_shared_that_a_factory_makes() -> None:
    """Two values have a dictionary each."""
    assert Quick("a").held is not Quick("b").held


@pytest.mark.parametrize("kind", [Task, TaskSchedule, Finding, Link, Reference, Quick])
def test_the_signature_stays(kind: type) -> None:
    """Tools that read a signature see each field with its annotation."""
    found = signature(kind).parameters
    assert [found[each.name].annotation for each in fields(kind)] == [each.type for each in fields(kind)]


def test_a_value_stays_what_it_is() -> None:
    """It is of its class, equal to its copies, pickled and replaced, and refuses to be changed."""
    task = Task(key="trello:1", board="b", title="Brief", labels=("SEO",))
    assert type(task) is Task
    assert deepcopy(task) == pickle.loads(pickle.dumps(task)) == replace(task) == task  # noqa: S301 - our own
    assert replace(task, title="Bilan") != task
    with pytest.raises(FrozenInstanceError):
        task.title = "autre"  # type: ignore[misc]  # what is under test
    with pytest.raises(FrozenInstanceError):
        del task.title
