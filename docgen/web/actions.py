"""An order and a button of its form in, the order that the button asks for out; what the form has not is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from docgen.cards import read_card
from docgen.document import Annex, Block, Clause, Document, Inline, Paragraph, Ref, Strong
from docgen.errors import OrderInvalid, Problem
from docgen.library import ClauseSpec
from docgen.library.sheets import load_sheets, read_pasted
from docgen.model import JsonObject, apply_patch, found, inherited_matter, scan_json, write_json
from docgen.render.layout import plain
from docgen.service import Preview, Service
from docgen.web.fields import Control, Entry, Group, Rows, walk
from docgen.web.forms import form_table
from docgen.web.hints import CASES, decline
from docgen.web.posted import put, rows_at
from docgen.web.spoken import together

TASK = "/facts/task"
"""Where the words of a task stand."""


@dataclass(slots=True)
class Pressed:
    """A button that was pressed: the order as it was typed, the form's fields, what was sent, how the order reads.

    ``told`` is what the person should look at afterwards.
    """

    service: Service
    raw: JsonObject
    fields: tuple[Entry, ...]
    sent: MultiDict[str, str]
    preview: Callable[[], Preview]
    told: list[Problem] = field(default_factory=list)


def press(pressed: Pressed, button: str) -> None:
    """Carry out what a button asks for, in the order itself. Raises BadRequest for what the form does not have."""
    what, _, where = button.partition(" ")
    if what not in _BUTTONS or not where:
        raise BadRequest
    _BUTTONS[what](pressed, where)


def copied(order: JsonObject) -> JsonObject:
    """Return an order of its own, equal to the given one."""
    return scan_json(write_json(order))[0]


# --- rows and parts ------------------------------------------------------------------------------


def _add(pressed: Pressed, where: str) -> None:
    _rows(pressed, where)
    _own_rows(pressed, where).append({})


def _own_rows(pressed: Pressed, where: str) -> list[Any]:
    """Return the order's own list at a place; where it had none, with the rows of the document that it is based on."""
    name, matter = where.removeprefix("/matter/"), pressed.raw.get("matter")
    part = _inherited(pressed.raw, where)
    if isinstance(part, list) and not (isinstance(matter, dict) and name in matter):
        put(pressed.raw, where, part)
    return rows_at(pressed.raw, where)


def _inherited(raw: JsonObject, where: str) -> Any:
    """Return a copy of what the earlier document has at a place of the matter; None for nothing."""
    inherited = inherited_matter(raw["based_on"]) if isinstance(raw.get("based_on"), dict) else {}
    name = where.removeprefix("/matter/")
    return copied({"part": inherited[name]})["part"] if name in inherited else None


def _remove(pressed: Pressed, where: str) -> None:
    rows, index = _row(pressed, where)
    del rows[index]


def _up(pressed: Pressed, where: str) -> None:
    rows, index = _row(pressed, where)
    if index:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]


def _put(pressed: Pressed, where: str) -> None:
    entry, part = _known(pressed, where), _inherited(pressed.raw, where)
    absent = isinstance(entry, Group) and entry.optional and not entry.present
    if not absent and not (isinstance(entry, Rows) and entry.inherited):
        raise BadRequest
    put(pressed.raw, where, {} if part is None else part)


def _drop(pressed: Pressed, where: str) -> None:
    entry = _known(pressed, where)
    if not isinstance(entry, Group) or not entry.optional:
        raise BadRequest
    parent, _, last = where.rpartition("/")
    found(pressed.raw, parent).pop(last, None)


def _paste(pressed: Pressed, where: str) -> None:
    """Add the rows of a spreadsheet. Raises OrderInvalid with every cell that cannot be read."""
    _rows(pressed, where)
    name = where.removeprefix("/matter/")
    tables = load_sheets(pressed.service.settings.library).tables
    text = pressed.sent.get(where + "?paste", "")
    if name not in tables or not text.strip():
        return
    reading = read_pasted(text.replace("\r\n", "\n").strip("\n"), tables[name])
    if reading.problems:
        raise OrderInvalid(reading.problems)
    _own_rows(pressed, where).extend(reading.records)


def _card(pressed: Pressed, where: str) -> None:
    """Put what a company's card says into a client; refuse nothing: doubts stand beside the fields afterwards."""
    if not where.startswith("/matter/clients/"):
        raise BadRequest
    rows, index = _row(pressed, where)
    text = pressed.sent.get(where + "?card", "")
    if not text.strip():
        return
    card = read_card(text)
    typed = rows[index] if isinstance(rows[index], dict) else {}
    rows[index] = {**typed, **card.client}
    pressed.told += [Problem(where + one.where, one.code, one.message, one.hint) for one in card.doubts]
    if card.unread:
        message = "из карточки не взято: " + "; ".join(card.unread)
        pressed.told.append(Problem(where, "unread", message, "впишите нужное сами"))


def _task(pressed: Pressed, where: str) -> None:
    """Put in a usual task: its words where none stand, its services after those that stand."""
    if where != TASK:
        raise BadRequest
    _known(pressed, where)
    tasks = {one.title: one for one in form_table(pressed.service).tasks}
    task = tasks.get(pressed.sent.get(where + "?task", ""))
    if task is None:
        return
    facts, matter = pressed.raw.setdefault("facts", {}), pressed.raw.setdefault("matter", {})
    facts["task"] = facts.get("task") or task.task
    if task.proceedings:
        matter.setdefault("proceedings", task.proceedings)
    standing = [one for one in _own_rows(pressed, "/matter/services") if one]
    matter["services"] = [*standing, *({"action": action} for action in task.services)]


# --- one value -----------------------------------------------------------------------------------


def _blank(pressed: Pressed, where: str) -> None:
    """Leave a value open on purpose: a rule to write on by hand stands in its place."""
    entry = _known(pressed, where)
    if not isinstance(entry, Control) or not entry.blankable:
        raise BadRequest
    put(pressed.raw, where, None)


def _forms(pressed: Pressed, where: str) -> None:
    """Put the declined forms of a name or a position in, to be confirmed or mended."""
    if not isinstance(_known(pressed, where), Group) or not where.endswith("_forms"):
        raise BadRequest
    parent, _, last = where.rpartition("/")
    whole, name = found(pressed.raw, parent), last.removesuffix("_forms")
    text, sex = str(whole.get(name, "")).strip(), str(whole.get("sex", ""))
    if not text:
        raise BadRequest
    made = {case: decline(name, text, case, sex, pressed.service.words).text for case in CASES}
    whole[last] = made


def _mend(pressed: Pressed, where: str) -> None:
    """Apply the cure that a problem of this order has: the server knows it, the button only names the problem."""
    problem, _, title = where.partition("|")
    code, _, place = problem.partition(" ")
    preview = pressed.preview()
    problems = (*together(preview.problems), *(preview.draft.warnings if preview.draft else ()))
    asked = [one for one in problems if (one.code, one.where) == (code, place)]
    patches = [cure.patch for one in asked for cure in one.cures if cure.title == title]
    if not patches:
        raise BadRequest
    mended = apply_patch(pressed.raw, patches[0])
    pressed.raw.clear()
    pressed.raw.update(mended)


# --- clauses -------------------------------------------------------------------------------------


def _copy(pressed: Pressed, where: str) -> None:
    """Make a clause's text, as it reads now, the lawyer's own; references to other clauses stay alive."""
    _clause(pressed, where)
    draft = pressed.preview().draft
    text = wording(draft.document, where) if draft else ""
    if not text:
        raise BadRequest
    pressed.raw.setdefault("clauses", {}).setdefault("replace", {}).setdefault(where, text)


def _after(pressed: Pressed, where: str) -> None:
    """Add a special term after a clause."""
    _clause(pressed, where)
    pressed.raw.setdefault("clauses", {}).setdefault("add", []).append({"after": where})


def _omit(pressed: Pressed, where: str) -> None:
    """Leave a clause out, or take it in again. Raises BadRequest for one that must stand."""
    if _clause(pressed, where).required:
        raise BadRequest
    omitted = pressed.raw.setdefault("clauses", {}).setdefault("omit", [])
    if where in omitted:
        omitted.remove(where)
    else:
        omitted.append(where)


def wording(document: Document, clause: str) -> str:
    """Return the text of a clause as a special term has it: paragraphs apart, their sub-clauses on lines with ``- ``.

    References stand as the library writes them.
    """
    blocks = [one for one in _clauses(document.blocks) if one.clause == clause]
    main = min((one.level for one in blocks if isinstance(one, Clause)), default=0)
    paragraphs: list[str] = []
    for one in blocks:
        text = "".join(_words(inline) for inline in one.inlines).strip()
        if isinstance(one, Clause) and one.level > main and paragraphs:
            paragraphs[-1] += f"\n- {text}"
        else:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _words(inline: Inline) -> str:
    match inline:
        case Ref():
            return f"{{{{ ref('{inline.target}') }}}}"
        case Strong():
            return "".join(map(_words, inline.children))
        case _:
            return plain((inline,))


def _clauses(blocks: tuple[Block, ...]) -> list[Clause | Paragraph]:
    made: list[Clause | Paragraph] = []
    for block in blocks:
        if isinstance(block, Clause | Paragraph):
            made.append(block)
        elif isinstance(block, Annex):
            made += _clauses(block.blocks)
    return made


# --- what a form has -----------------------------------------------------------------------------


def _known(pressed: Pressed, where: str) -> Entry:
    """Return the entry of a place; refuse one that the form does not have."""
    entry = next((one for one in walk(pressed.fields) if one.name == where), None)
    if entry is None:
        raise BadRequest
    return entry


def _rows(pressed: Pressed, where: str) -> Rows:
    """Return the list of a place; refuse what is none."""
    entry = _known(pressed, where)
    if not isinstance(entry, Rows):
        raise BadRequest
    return entry


def _row(pressed: Pressed, where: str) -> tuple[list[Any], int]:
    parent, _, index = where.rpartition("/")
    if not any(one.name == where for one in _rows(pressed, parent).rows):
        raise BadRequest
    return rows_at(pressed.raw, parent), int(index)


def _clause(pressed: Pressed, name: str) -> ClauseSpec:
    """Return a clause that the document has or could have; refuse another kind's."""
    draft = pressed.preview().draft
    if draft is None or name not in {one.id for one in draft.decisions} & pressed.service.library.clauses.keys():
        raise BadRequest
    return pressed.service.library.clauses[name].spec


_BUTTONS: dict[str, Callable[[Pressed, str], None]] = {
    "add": _add,
    "after": _after,
    "blank": _blank,
    "card": _card,
    "copy": _copy,
    "drop": _drop,
    "forms": _forms,
    "mend": _mend,
    "omit": _omit,
    "paste": _paste,
    "put": _put,
    "remove": _remove,
    "task": _task,
    "up": _up,
}
