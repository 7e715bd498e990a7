"""Trello's documents, as far as retro reads them: nearly all optional, and never fatal.

The same shapes come from the API and from a board's JSON export, whatever its year. A field of another type than
expected reads as its default; an entry of a list that is no document, or has no id, is left out and counted.
"""

from typing import Annotated, Any

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
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticUseDefault

from retro_trello.lenient import (
    Id,
    Instant,
    NoInstant,
    NoText,
    NoTexts,
    OtherId,
    Text,
    Texts,
    each,
    read_each,
    unread,
)
from retro_trello.older import card_of_today, label_of_today


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


class BoardList(Document):
    """A list of a board."""

    id: Id
    name: Text = ""
    closed: bool = False


class Label(Document):
    """A label, as a board defines it or a card carries it."""

    id: Text = ""
    name: Text = ""
    color: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, value: Any) -> Any:
        return label_of_today(value)


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
    options: Annotated[list[Option], each(Option)] = []


def _values(value: object) -> object:
    return value if isinstance(value, dict) else None


class CustomFieldItem(Document):
    """A value of a custom field on a card."""

    id_custom_field: Text = ""
    value: dict[str, Any] | None = None
    no_value: Annotated[str, unread(_values)] = Field(default="", alias="value")
    """The words of a value that has not the shape of one."""
    id_value: OtherId = None


class CheckItem(Document):
    """A line of a checklist, with its own person and date on newer boards."""

    id: Id
    name: Text = ""
    state: Text = ""
    due: Instant = None
    no_due: NoInstant = Field(default="", alias="due")
    id_member: OtherId = None


class Checklist(Document):
    """A checklist of a card."""

    id: Text = ""
    id_card: Text = ""
    name: Text = ""
    check_items: Annotated[list[CheckItem], each(CheckItem)] = []


class Attachment(Document):
    """A file or an address on a card."""

    name: Text = ""
    url: Text = ""


class Card(Document):
    """A card. Fields named `no_…` hold the words of what could not be read as the field it should be."""

    id: Id
    id_board: Text = ""
    id_list: Text = ""
    id_short: int | None = None
    short_link: Text = ""
    short_url: Text = ""
    url: Text = ""
    name: Text = ""
    no_name: NoText = Field(default="", alias="name")
    desc: Text = ""
    no_desc: NoText = Field(default="", alias="desc")
    closed: bool = False
    due: Instant = None
    no_due: NoInstant = Field(default="", alias="due")
    start: Instant = None
    no_start: NoInstant = Field(default="", alias="start")
    due_complete: bool = False
    date_completed: Instant = None
    no_date_completed: NoInstant = Field(default="", alias="dateCompleted")
    date_last_activity: Instant = None
    is_template: bool = False
    card_role: str | None = None
    mirror_source_id: str | None = None
    id_members: Texts = []
    no_id_members: NoTexts = Field(default="", alias="idMembers")
    id_labels: Texts = []
    id_checklists: Texts = []
    labels: Annotated[list[Label], each(Label)] = []
    custom_field_items: Annotated[list[CustomFieldItem], each(CustomFieldItem)] = []
    attachments: Annotated[list[Attachment], each(Attachment)] = []
    checklists: Annotated[list[Checklist], each(Checklist)] = []
    """Only where a card is read by itself; a board's answer holds all of them at its top."""
    plugin_data: list[Any] = []
    badges: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, value: Any) -> Any:
        return card_of_today(value)


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


def _cards(value: object) -> list[Card]:
    found: dict[str, Card] = {}
    for card in read_each(Card, value):
        found.setdefault(card.id, card)
    return list(found.values())


class Board(Document):
    """A board with everything on it, as an export holds it and as one nested request gives it."""

    id: Id
    name: Text = ""
    url: Text = ""
    short_url: Text = ""
    short_link: Text = ""
    closed: bool = False
    id_organization: Text = ""
    date_last_activity: Instant = None
    prefs: dict[str, Any] = {}
    lists: Annotated[list[BoardList], each(BoardList)] = []
    labels: Annotated[list[Label], each(Label)] = []
    label_names: dict[str, Any] = {}
    members: Annotated[list[Member], each(Member)] = []
    memberships: Annotated[list[Membership], each(Membership)] = []
    custom_fields: Annotated[list[CustomField], each(CustomField)] = []
    checklists: Annotated[list[Checklist], each(Checklist)] = []
    cards: Annotated[list[Card], BeforeValidator(_cards)] = []
    """Each id once: the first card that has it."""
    actions: Annotated[list[Action] | None, BeforeValidator(_actions)] = None
    """None where the source does not send them."""
    plugin_data: list[Any] = []
