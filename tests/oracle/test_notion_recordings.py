"""Recorded traffic of Notion is read whole: ids, dates, people, statuses and relations are counted from the raw JSON.

RETRO_DATA names the folder of recorded inputs that stands beside a checkout.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.model import Task
from retro_notion import payload, values
from retro_notion.mapping import task_of
from retro_notion.reading import reading
from retro_notion.settings import BoardSettings

pytestmark = pytest.mark.oracle

PARIS = ZoneInfo("Europe/Paris")
Raw = dict[str, Any]


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, Raw]]:
    """Every recorded answer that went well, with the path that was asked."""
    folder = os.environ.get("RETRO_DATA", "")
    if not folder:
        pytest.skip("RETRO_DATA names no folder of recorded inputs")
    lines = [
        json.loads(line)
        for file in sorted((Path(folder) / "notion" / "ultimate-notion").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    return [(line["path"], line["res"]) for line in lines if line["status"] == 200 and isinstance(line["res"], dict)]


def objects(document: Any, kind: str) -> Iterator[Raw]:
    """Every object of a kind, however deep."""
    if isinstance(document, dict):
        if document.get("object") == kind:
            yield document
        for value in document.values():
            yield from objects(value, kind)
    elif isinstance(document, list):
        for value in document:
            yield from objects(value, kind)


def raw_counts(page: Raw) -> Counter[str]:
    """What a page holds, by its JSON alone."""
    found: Counter[str] = Counter(ids=1)
    for cell in page["properties"].values():
        kind = cell["type"]
        value = cell[kind]
        if kind == "date" and value is not None:
            found["dates"] += 1 + (value["end"] is not None)
        elif kind == "people":
            found["people"] += len(value)
        elif kind in ("created_by", "last_edited_by"):
            found["people"] += value is not None
        elif kind == "status":
            found["statuses"] += value is not None
        elif kind == "select":
            found["options"] += value is not None
        elif kind == "multi_select":
            found["options"] += len(value)
        elif kind == "relation":
            found["relations"] += len(value)
            found["cut"] += cell.get("has_more") is True
    found["stamps"] += sum(page[name] is not None for name in ("created_time", "last_edited_time"))
    return found


def read_counts(page: payload.Page) -> Counter[str]:
    """What we read of it."""
    found: Counter[str] = Counter(ids=1)
    for cell in page.properties.values():
        if cell.type == "date":
            found["dates"] += sum(day is not None for day in values.dates(cell, PARIS))
        found["people"] += len(values.people(cell))
        found["statuses" if cell.type == "status" else "options"] += len(values.options(cell))
        found["relations"] += len(values.relation(cell))
        found["cut"] += cell.has_more is True
    found["stamps"] += sum(at is not None for at in (page.created_time, page.last_edited_time))
    return found


def test_every_page_is_read_whole(answers: list[tuple[str, Raw]]) -> None:
    """Page by page, counts of dates, people, statuses, options, relations and stamps agree with the raw JSON."""
    raw_total: Counter[str] = Counter()
    read_total: Counter[str] = Counter()
    for _path, answer in answers:
        for document in objects(answer, "page"):
            if "properties" not in document:
                continue
            page = payload.Page.model_validate(document)
            assert page.id == document["id"]
            assert len(page.properties) == len(document["properties"])
            raw, read = raw_counts(document), read_counts(page)
            assert +raw == +read, document["id"]
            raw_total += raw
            read_total += read
    print(dict(raw_total))  # noqa: T201 - the figures that a person asks for with -s
    assert raw_total == read_total
    assert all(raw_total[kind] for kind in ("ids", "dates", "people", "statuses", "relations", "cut"))


def test_every_data_source_and_database_is_read_whole(answers: list[tuple[str, Raw]]) -> None:
    """Every column keeps its id, name and type; every option, group and other end of a relation is there."""
    sources = columns = 0
    for _path, answer in answers:
        for document in objects(answer, "data_source"):
            if "properties" not in document:
                continue
            source = payload.DataSource.model_validate(document)
            sources += 1
            assert source.id == document["id"]
            raw = document["properties"]
            assert {(c.name, c.type, c.wire) for c in source.columns} == {
                (n, c["type"], c["id"]) for n, c in raw.items()
            }
            for column in source.columns:
                columns += 1
                assert column.config == raw[column.name][column.type]
        for document in objects(answer, "database"):
            database = payload.Database.model_validate(document)
            assert [each.id for each in database.data_sources] == [each["id"] for each in document["data_sources"]]
    print({"data sources": sources, "columns": columns})  # noqa: T201 - idem
    assert sources > 100


def test_every_query_keeps_its_rows(answers: list[tuple[str, Raw]]) -> None:
    """As many pages are read of a query's answer as it holds, with its cursor."""
    queries = rows = 0
    for path, answer in answers:
        if not path.endswith("/query"):
            continue
        found = payload.Found.model_validate(answer)
        queries += 1
        rows += len(found.results)
        assert len(payload.read_each(payload.Page, found.results)) == len(answer["results"])
        assert (found.next_cursor, found.has_more) == (answer["next_cursor"], answer["has_more"])
        assert not found.incomplete
    print({"queries": queries, "rows": rows})  # noqa: T201 - idem
    assert queries > 100


def _told(task: Task) -> str:
    own = (task.start, task.due, *task.owners, *task.references, *task.children, *task.related, task.parent)
    return " ".join(map(str, (*own, *task.extra.values(), task.status, task.actual_finish, task.actual_start)))


def _sources(answers: list[tuple[str, Raw]]) -> dict[str, Raw]:
    """Every data source with all the columns that it ever had, by name."""
    found: dict[str, Raw] = {}
    for _path, answer in answers:
        for document in objects(answer, "data_source"):
            if document.get("properties"):
                known = found.setdefault(document["id"], {**document, "properties": {}})
                known["properties"] = {**known["properties"], **document["properties"]}
    return found


def _words(cell: Raw) -> list[str]:
    """What a task must tell of a cell, by its JSON alone."""
    kind = cell["type"]
    value = cell[kind]
    if kind == "date" and value is not None:
        return [value["start"][:10]]
    if kind == "people":
        return [person.get("name", person["id"]) for person in value]
    if kind == "relation":
        return [other["id"].replace("-", "") for other in value]
    return [value["name"]] if kind == "status" and value is not None else []


def test_every_row_becomes_a_task_that_tells_all(answers: list[tuple[str, Raw]]) -> None:
    """With its data source's columns, each row is a task in which every day, name and related page can be found."""
    sources = _sources(answers)
    pages = [page for _path, answer in answers for page in objects(answer, "page") if "properties" in page]
    rows = [page for page in pages if str(page["parent"].get("data_source_id")) in sources]
    words = 0
    for document in rows:
        source = sources[document["parent"]["data_source_id"]]
        page = payload.Page.model_validate(document)
        on = reading(payload.DataSource.model_validate(source), BoardSettings(), PARIS).with_titles([page])
        told = _told(task_of(page, on))
        ids = {column["id"] for column in source["properties"].values()}
        wanted = [word for cell in document["properties"].values() if cell["id"] in ids for word in _words(cell)]
        assert [word for word in wanted if word not in told] == []
        words += len(wanted)
    print({"tasks": len(rows), "words": words})  # noqa: T201 - idem
    assert len(rows) > 300


def test_recorded_relations_are_completed(answers: list[tuple[str, Raw]]) -> None:
    """The values of a property in several answers are read to the last."""
    items = [answer for path, answer in answers if "/properties/" in path and answer.get("object") == "list"]
    read = [payload.Found.model_validate(answer) for answer in items]
    assert sum(len(found.results) for found in read) == sum(len(answer["results"]) for answer in items)
    assert any(found.has_more for found in read) == any(answer["has_more"] for answer in items)
