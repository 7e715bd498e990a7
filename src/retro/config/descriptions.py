"""What every key of retro.toml is for, in the user's language: the descriptions of its JSON Schema."""

from collections.abc import Mapping

from retro.i18n import text as _


def descriptions() -> Mapping[str, Mapping[str, str]]:
    """The sentence of each key, by the model that has it."""
    return {**_workspace(), **_sources(), **_boards(), **_plan(), **_lint(), **_nights()}


def _workspace() -> dict[str, dict[str, str]]:
    return {
        "Settings": {
            "version": _("The version of this file's format: 1."),
            "workspace": _("Language, time zone and state."),
            "calendar": _("When work is done; also that of tasks without an owner."),
            "people": _("People with several accounts, part-time, hours of their own, or leave, by a short name."),
            "teams": _("Teams, roles and suppliers that own tasks, by a short name: one of them does each task."),
            "sources": _("Accounts and files, by a short name."),
            "boards": _("What is read of the sources, by a short name."),
            "projects": _(
                "What boards work to together, by a short name; without any, each board of that kind is one."
            ),
            "schedule": _("How dates are computed."),
            "lint": _("Which remarks are made."),
            "sync": _("How and when the nightly run writes."),
            "notify": _("Where notices go: addresses of incoming webhooks, as secrets."),
            "mirror": _("The one database that is kept in step with all boards."),
        },
        "Workspace": {
            "lang": _("The language of what retro writes on boards."),
            "timezone": _("The one zone in which an hour becomes a day, such as Europe/Paris."),
            "state": _("The folder of what retro remembers, beside this file; closed to others."),
        },
        "CalendarSection": {
            "week": _('The hours of each day, such as "9:00-12:00 13:00-17:00"; "" is a day off.'),
            "day": _('How long "one day" is in estimates and messages, such as "7h".'),
            "country": _("Whose public holidays nobody works, as a code of two letters; empty: none."),
            "subdivision": _('The part of the country, where it has holidays of its own: "57", "6AE", "971".'),
            "bridges": _('Days between a holiday and a weekend: "work" or "off".'),
            "solidarity_day": _('Whit Monday in France: "work" or "off".'),
            "closures": _('Days on which nobody works: "2026-12-24..2027-01-01", or one day.'),
        },
        "PersonSection": {
            "name": _("The full name."),
            "ids": _("The accounts that mean this person, such as trello:5abbe4b7ddc1b351ef961414."),
            "aliases": _("E-mail addresses, and other ways of writing the name."),
            "share": _("The part of full time: 0.8 makes days shorter, so tasks longer."),
            "week": _("Hours of the days that differ from the project's."),
            "leave": _("Days off: ranges of dates, or the name of an .ics file."),
        },
        "TeamSection": {
            "name": _("What it is called, such as a role: Graphiste."),
            "ids": _("The accounts or groups that mean it, such as notion:4f2c0000-0000-4000-8000-000000000000."),
            "aliases": _("Addresses, and other ways of writing the name."),
            "members": _("Who is in it: names under [people]."),
            "size": _("How many they are, where nobody is named."),
        },
    }


def _sources() -> dict[str, dict[str, str]]:
    return {
        "SecretReference": {
            "env": _("The environment variable that holds the secret."),
            "file": _("The file that holds the secret, read by you alone."),
            "command": _("The command that prints the secret, as a list of its words."),
            "keyring": _("The entry of the system's keyring: service/name."),
        },
        "SourceSection": {
            "kind": _("The tool: trello, notion or file."),
            "key": _("Where the application's key is found; Trello alone has one."),
            "token": _("Where the token is found; never the token itself."),
            "path": _("The file, as seen from this one; it is read again at each run."),
            "url": _("Another address of the tool: https, or loopback for the sandbox."),
        },
    }


def _boards() -> dict[str, dict[str, str]]:
    return {
        "BoardSection": {
            "source": _("The source that it is read from."),
            "at": _("Its address or id, as pasted; of a workbook, the name of the sheet."),
            "kind": _("project: works to a date. flow: always on. editorial: each card is its own publication date."),
            "data_source": _("Which data source, where a database has several."),
            "columns": _('Columns by what they hold: a name, or a pinned id such as "id:v_]<"; "" for none.'),
            "status": _("Names of lists, options or labels by what they mean, where retro does not know them."),
            "estimate": _('What sizes are read from first, such as "field:JH=days".'),
            "write": _("What retro may write, field by field; empty: nothing."),
            "write_where_guests_see": _("Whether it may write where guests or the public see the board."),
            "warnings": _("Where remarks go: a field, one comment edited in place, or a label."),
        },
        "WriteSection": {
            "own": _("Fields that retro adds for itself: latest, review, start, due, margin."),
            "fill": _("Empty cells of the team that retro may fill: start, due."),
            "overwrite": _("Cells of the team that retro may write over: start, due."),
        },
        "ProjectSection": {
            "name": _("What it is called."),
            "boards": _("Its boards."),
            "filter": _(
                'A part of them: "label:Site", "list:2027", "column:Projet=Site". The first that matches wins.'
            ),
            "client": _("Whom it is for."),
            "type": _("What kind of project it is."),
            "guardian": _("Who keeps the plan alive: a name under [people]."),
            "anchors": _("The dates that cannot move; without any, milestones with a date on its boards."),
        },
        "AnchorSection": {
            "name": _("What happens that day."),
            "date": _("The day, or the day and hour."),
            "task": _("The task that stands for it: its address, key or exact title."),
        },
    }


def _plan() -> dict[str, dict[str, str]]:
    return {
        "ScheduleSection": {
            "anchor_at": _("end: work may end with the anchor's day. start: on the working day before."),
            "milestones": _("anchor: an open milestone with a date binds what comes before it. task: it does not."),
            "due_dates": _("report: the team's dates are judged. deadline: they are obeyed."),
            "margin": _("The margin after a critical task, as a part of its work."),
            "margin_mode": _("task: a margin a task. project: pooled, with feeding buffers."),
            "buffers": _("How pooled margins are sized: half (of the chain), squares, or none: `margin` alone."),
            "critical_within": _("How far above the least slack a task is still critical."),
            "estimates": _("What a size is read from: the first that a task has."),
            "number_unit": _("What a number counts where its heading names no unit."),
            "point": _("How long a point is."),
            "sizes": _("How long each T-shirt size is."),
            "default": _("How long a task without any size is."),
            "review": _("How long a task in review is, on its reviewer's calendar."),
            "levelling": _("Whether nobody is given more work than their hours hold."),
            "reserve": _("The part of each person's hours that levelling keeps free."),
        },
    }


def _lint() -> dict[str, dict[str, str]]:
    return {
        "LintSection": {
            "profile": _("How strict to be: douce, standard or stricte."),
            "select": _("Codes of rules, or their beginnings; empty: those of the profile."),
            "ignore": _("Rules that are silent."),
            "extend_select": _("Rules beside those selected."),
            "mandatory": _("Rules that nothing silences."),
            "fail_on": _("The severity from which `retro lint` leaves with 1."),
            "baseline": _("The file of the remarks that are accepted for now."),
            "channels": _("Channels of titles, such as SEO; empty: those seen on at least three tasks."),
            "clients": _("Names that may stand before a title beside a channel, or instead of one."),
            "meeting": _('When the team meets, such as "mon 10:00".'),
            "rules": _("Options of rules, by code."),
            "overrides": _("Other choices for some boards, sources, lists or labels."),
        },
        "OverrideSection": {
            "boards": _("Patterns of boards, such as camp*."),
            "sources": _("Patterns of sources."),
            "lists": _("Patterns of lists."),
            "labels": _("Patterns of labels."),
            "select": _("The only rules that speak there."),
            "ignore": _("Rules that are silent there."),
        },
    }


def _nights() -> dict[str, dict[str, str]]:
    return {
        "SyncSection": {
            "quiet": _("How long a task is left alone after a person edited it."),
            "quiet_hours": _('When nothing is written, such as "20:00-07:00".'),
            "opt_out": _("The label or checkbox of tasks that retro must not write."),
            "guard_share": _("A board is held when unexplained changes exceed this share of its open tasks…"),
            "guard_least": _("…and this number."),
            "deadline": _("How long a run may last; what is left is for the next one."),
            "fail_on": _("The severity from which `retro sync` leaves with 1."),
            "health_url": _("An address to call when the run is done, as a secret."),
            "metrics": _("A file for Prometheus."),
        },
        "NotifySection": {
            "slack": _("The incoming webhook of a Slack channel."),
            "teams": _("The incoming webhook of a Teams channel."),
            "others": _("Channels of other kinds, as addresses of apprise: one a line of the secret."),
        },
        "MirrorSection": {
            "source": _("The source that holds the central database."),
            "at": _("Its address."),
        },
    }
