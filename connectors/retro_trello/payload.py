"""Trello's documents, as far as retro reads them: nearly all optional, and never fatal.

The same shapes come from the API and from a board's JSON export, whatever its year. A field of another type than
expected reads as its default; an entry of a list that is no document, or has no id, is left out and counted.
"""

import math
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticUseDefault


def instant(value: object) -> datetime | None:
    """An instant as Trello writes it, aware and in UTC; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def created(native_id: str) -> datetime | None:
    """When something was made: the first eight digits of its id are a second since 1970."""
    try:
        return datetime.fromtimestamp(int(native_id[:8], 16), UTC)
    except ValueError:
        return None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half an emoji is no text
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("text")
    return str(value)


Text = Annotated[str, BeforeValidator(_text)]
Instant = Annotated[datetime | None, BeforeValidator(instant)]


class Document(BaseModel):
    """A document of Trello's: unknown fields are passed over, wrong ones read as their default."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)

    @field_validator("*", mode="wrap")
    @classmethod
    def _lenient(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError:
            if info.field_name == "id" and cls.model_fields["id"].is_required():
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


def _each(kind: type[Document]) -> BeforeValidator:
    return BeforeValidator(lambda value: read_each(kind, value))


def _texts(value: object) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


Texts = Annotated[list[str], BeforeValidator(_texts)]
Id = Annotated[str, Field(min_length=1)]


class BoardList(Document):
    """A list of a board."""

    id: Id
    name: Text = ""
    closed: bool = False


class Label(Document):
    """A label, as a board defines it or a card carries it."""

    id: Text = ""
    name: Text = ""


class Member(Document):
    """A person on a board. The full name may have vanished with an account's migration."""

    id: Id
    full_name: Text = ""
    username: Text = ""


class Membership(Document):
    """A person's place on a board: an administrator, a normal member, an observer."""

    id_member: Text = ""
    member_type: Text = ""
    deactivated: bool = False


class Option(Document):
    """A choice of a list field."""

    id: Id
    value: dict[str, Any] = {}


class CustomField(Document):
    """The definition of a custom field; kinds that are not known yet are kept as they are named."""

    id: Id
    name: Text = ""
    type: Text = ""
    options: Annotated[list[Option], _each(Option)] = []


class CustomFieldItem(Document):
    """A value of a custom field on a card."""

    id_custom_field: Text = ""
    value: dict[str, Any] | None = None
    id_value: str | None = None


class CheckItem(Document):
    """A line of a checklist, with its own person and date on newer boards."""

    id: Id
    name: Text = ""
    state: Text = ""
    due: Instant = None
    id_member: str | None = None


class Checklist(Document):
    """A checklist of a card."""

    id: Text = ""
    id_card: Text = ""
    name: Text = ""
    check_items: Annotated[list[CheckItem], _each(CheckItem)] = []


class Attachment(Document):
    """A file or an address on a card."""

    name: Text = ""
    url: Text = ""


class Card(Document):
    """A card."""

    id: Id
    id_board: Text = ""
    id_list: Text = ""
    id_short: int | None = None
    short_link: Text = ""
    short_url: Text = ""
    url: Text = ""
    name: Text = ""
    desc: Text = ""
    closed: bool = False
    due: Instant = None
    start: Instant = None
    due_complete: bool = False
    date_completed: Instant = None
    date_last_activity: Instant = None
    is_template: bool = False
    card_role: str | None = None
    mirror_source_id: str | None = None
    id_members: Texts = []
    labels: Annotated[list[Label], _each(Label)] = []
    custom_field_items: Annotated[list[CustomFieldItem], _each(CustomFieldItem)] = []
    attachments: Annotated[list[Attachment], _each(Attachment)] = []
    checklists: Annotated[list[Checklist], _each(Checklist)] = []
    """Only where a card is read by itself; a board's answer holds all of them at its top."""
    plugin_data: list[Any] = []


class Action(Document):
    """Something that was done: a comment, a move of a date."""

    id: Text = ""
    type: Text = ""
    date: Instant = None
    id_member_creator: Text = ""
    data: dict[str, Any] = {}
    member_creator: dict[str, Any] = {}


def _actions(value: object) -> list[Action] | None:
    return read_each(Action, value) if isinstance(value, list) else None


class Board(Document):
    """A board with everything on it, as an export holds it and as one nested request gives it."""

    id: Id
    name: Text = ""
    url: Text = ""
    short_url: Text = ""
    short_link: Text = ""
    closed: bool = False
    date_last_activity: Instant = None
    prefs: dict[str, Any] = {}
    lists: Annotated[list[BoardList], _each(BoardList)] = []
    members: Annotated[list[Member], _each(Member)] = []
    memberships: Annotated[list[Membership], _each(Membership)] = []
    custom_fields: Annotated[list[CustomField], _each(CustomField)] = []
    checklists: Annotated[list[Checklist], _each(Checklist)] = []
    cards: Annotated[list[Card], _each(Card)] = []
    actions: Annotated[list[Action] | None, BeforeValidator(_actions)] = None
    """None where the source does not send them."""
    plugin_data: list[Any] = []
