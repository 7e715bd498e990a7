"""Notion's documents, as far as retro reads them: nearly all optional, and never fatal.

A field of another type than expected reads as its default. A property's value is kept as Notion sent it, whatever its
type, so that one that retro does not know loses nothing; `values` reads it.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticUseDefault


def instant(value: object) -> datetime | None:
    """An instant as Notion writes it, aware, in the offset it stands in; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text")  # noqa: TRY004 - pydantic's word for "not this"
    return value.encode("utf-8", "replace").decode()  # half an emoji is no text


def plain(runs: object) -> str:
    """The text of an array of rich text: its runs' `plain_text`, or their content, joined."""
    found: list[str] = []
    for run in runs if isinstance(runs, list) else ():
        if not isinstance(run, dict):
            continue
        text = run.get("text")
        content = text.get("content") if isinstance(text, dict) else None
        told = run.get("plain_text", content)
        if isinstance(told, str):
            found.append(told)
    return "".join(found).encode("utf-8", "replace").decode()


Text = Annotated[str, BeforeValidator(_text)]
Title = Annotated[str, BeforeValidator(plain)]
Instant = Annotated[datetime | None, BeforeValidator(instant)]
Id = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Raw = dict[str, Any]


class Document(BaseModel):
    """A document of Notion's: unknown fields are passed over, wrong ones read as their default."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _lenient(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError:
            if info.field_name is not None and cls.model_fields[info.field_name].is_required():
                raise
            raise PydanticUseDefault from None


KindT = TypeVar("KindT", bound=Document)


def read_each(kind: type[KindT], value: object) -> list[KindT]:
    """The entries of a list that can be read as `kind`; what is no document, or has no id, is left out."""
    found: list[KindT] = []
    for entry in value if isinstance(value, list) else ():
        try:
            found.append(entry if isinstance(entry, kind) else kind.model_validate(entry))
        except ValidationError:
            continue
    return found


class User(Document):
    """A person, a bot, or a group of people; often its id alone."""

    id: Id
    object: Text = ""
    name: Text = ""
    type: Text = ""
    person: Raw = {}

    @property
    def email(self) -> str | None:
        """The person's address, where the connection may see it."""
        told = self.person.get("email")
        return told if isinstance(told, str) and told else None


class Property(Document):
    """One cell: `value` is what stands under its type, as sent."""

    id: Text = ""
    """As compared: percent escapes read."""
    type: Text = ""
    value: Any = None
    has_more: bool | None = None
    """Whether Notion has more of it than it shows; None where it does not say."""
    doubtful: bool = False
    """Whether its value was left out: Notion computed it from a part of what it should rest on."""

    @model_validator(mode="before")
    @classmethod
    def _under_its_type(cls, document: Any) -> Any:
        if not isinstance(document, dict):
            return {}
        kind, id_ = document.get("type"), document.get("id")
        value = document.get(kind) if isinstance(kind, str) else None
        told = document.get("has_more")
        more = told if isinstance(told, bool) else None
        return {"id": unquote(id_) if isinstance(id_, str) else "", "type": kind, "value": value, "has_more": more}


class Column(Document):
    """One column of a data source: `config` is what stands under its type (options, groups, a relation's other end)."""

    id: Text = ""
    """As compared: percent escapes read."""
    wire: Text = ""
    """As Notion writes it, for requests."""
    name: Text = ""
    type: Text = ""
    config: Raw = {}

    @model_validator(mode="before")
    @classmethod
    def _under_its_type(cls, document: Any) -> Any:
        if not isinstance(document, dict) or "config" in document:
            return document
        kind, id_ = document.get("type"), document.get("id")
        config = document.get(kind) if isinstance(kind, str) else None
        id_ = id_ if isinstance(id_, str) else ""
        return {"id": unquote(id_), "wire": id_, "name": document.get("name"), "type": kind, "config": config}


def _properties(value: object) -> dict[str, Property]:
    """Cells by the decoded id of their column; by name where an id is missing."""
    found: dict[str, Property] = {}
    for name, document in value.items() if isinstance(value, dict) else ():
        try:
            each = document if isinstance(document, Property) else Property.model_validate(document)
        except ValidationError:
            continue
        found[each.id or str(name)] = each
    return found


def _columns(value: object) -> list[Column]:
    """Columns in the order in which they came, each with the name it stands under."""
    entries = value.items() if isinstance(value, dict) else ()
    named = [{**column, "name": name} for name, column in entries if isinstance(column, dict)]
    return [*read_each(Column, named), *read_each(Column, value)]


def _users(kind: type[User]) -> BeforeValidator:
    def read(value: object) -> User | None:
        return next(iter(read_each(kind, [value])), None)

    return BeforeValidator(read)


Editor = Annotated[User | None, _users(User)]


class Page(Document):
    """A row of a data source."""

    id: Id
    url: Text = ""
    created_time: Instant = None
    last_edited_time: Instant = None
    created_by: Editor = None
    last_edited_by: Editor = None
    in_trash: bool = False
    archived: bool = False
    is_archived: bool = False
    parent: Raw = {}
    properties: Annotated[dict[str, Property], BeforeValidator(_properties)] = {}

    @property
    def set_aside(self) -> bool:
        """In the trash or archived, in the words of any version."""
        return self.in_trash or self.archived or self.is_archived


class Named(Document):
    """An id with a name: a data source as its database lists it."""

    id: Id
    name: Text = ""


class Database(Document):
    """A database: the container of data sources, without columns of its own."""

    id: Id
    title: Title = ""
    url: Text = ""
    data_sources: Annotated[list[Named], BeforeValidator(lambda value: read_each(Named, value))] = []


class DataSource(Document):
    """A table: its columns."""

    id: Id
    title: Title = ""
    url: Text = ""
    in_trash: bool = False
    last_edited_time: Instant = None
    parent: Raw = {}
    columns: Annotated[list[Column], Field(alias="properties"), BeforeValidator(_columns)] = []

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Comment(Document):
    """A comment on a page."""

    id: Text = ""
    created_by: Editor = None
    rich_text: Title = ""


class View(Document):
    """A view of a data source: its name, and which columns it draws arrows and sub-items by."""

    id: Id
    name: Text = ""
    type: Text = ""
    data_source_id: Text = ""
    configuration: Raw = {}

    def column(self, part: str) -> str | None:
        """The id of the column that a part of the configuration (`arrows_by`, `subtasks`) names, escapes read."""
        held = self.configuration.get(part)
        told = held.get("property_id") if isinstance(held, dict) else None
        return unquote(told) if isinstance(told, str) and told else None


class Found(Document):
    """One page of a list: rows, users, values; and whether there is more."""

    results: list[Any] = []
    next_cursor: str | None = None
    has_more: bool = False
    request_status: Raw = {}

    @property
    def incomplete(self) -> bool:
        """Whether Notion stopped short: it gives 10 000 rows to one query and no more."""
        return self.request_status.get("type") == "incomplete"
