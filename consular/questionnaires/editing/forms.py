"""The form of one piece of a questionnaire: its texts once for each language, its settings, its condition."""

import json
from collections.abc import Iterator
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consular.questionnaires.conditions import ConditionError, names
from consular.questionnaires.editing import conditions
from consular.questionnaires.editing.conditions import Row, Test, Together
from consular.questionnaires.editing.pieces import TEXTS, Content, Place, ids, in_short, known_before
from consular.questionnaires.editing.status import ASKS, Kind
from consular.questionnaires.editing.words import (
    DEEPEST,
    DEMANDED,
    EMPTY,
    LABELS,
    LIMITS,
    LONG,
    LONGEST_RAW,
    MOST_ROWS,
    SPARE_ROWS,
    WORDS_OF_TYPE,
    depth,
    id_field,
    unknown_name,
    with_name,
)
from consular.questionnaires.schema import QUESTION_ID, SLUG
from consular.questionnaires.status import Type
from consular.ui.fields import BooleanField, CharField, ChoiceField, IntegerField
from consular.ui.forms import Form
from consular.ui.widgets import Textarea


class PieceForm(Form):
    """Asks for what a piece says itself. `place` is where it stands, or will stand; `content` the whole draft."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, place: Place, content: Content, data: Any = None, *, is_new: bool = False) -> None:
        self.place, self.content, self.is_new = place, content, is_new
        self.old: Content = {} if is_new else place.piece
        super().__init__(data)
        self.questions = ids(content)
        self.known = known_before(content, place)
        self.fields |= dict(self._fields())

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        kind = self.place.kind
        if self.is_new and kind not in {Kind.GROUP, Kind.CHECK}:
            yield "id", id_field(kind)
        if kind in ASKS:
            types = [("", "–"), *((each.value, WORDS_OF_TYPE[each]) for each in Type)]
            yield (
                "type",
                ChoiceField(label=_("Type"), choices=types, select=True, initial=self.old.get("type", "")),
            )
        for name in TEXTS[kind]:
            yield from self._text(name)
        if kind in ASKS:
            yield from self._settings()
        if kind == Kind.SECTION:
            yield (
                "shared",
                BooleanField(
                    label=_("People who travel together may answer it alike"),
                    required=False,
                    initial=self.old.get("shared", False),
                ),
            )
        if kind == Kind.CHECK:
            yield from self._bounds()
        if not self.is_new and kind != Kind.CHECK:
            yield "still_right", BooleanField(label=_("The translations still say the same"), required=False)
        if self.has_condition:
            yield from self._condition()

    # Texts

    def _text(self, name: str) -> Iterator[tuple[str, forms.Field]]:
        for code, language in settings.LANGUAGES:
            direction = "rtl" if code in settings.LANGUAGES_BIDI else "ltr"
            yield (
                f"{name}_{code}",
                CharField(
                    label=_("%(what)s in %(language)s") % {"what": LABELS[name], "language": language},
                    initial=(self.old.get(name) or {}).get(code, ""),
                    required=name in DEMANDED and code == "en" and self.place.kind != Kind.GROUP,
                    max_length=LIMITS.get(name, 300),
                    multiline=True,
                    widget=Textarea(attrs={"lang": code, "dir": direction, "rows": 3 if name in LONG else 2}),
                ),
            )

    def _texts(self) -> Content:
        """Return what was typed; what nobody touched stays as it is, down to its blanks."""
        return {
            name: found
            for name in TEXTS[self.place.kind]
            if (
                found := {
                    code: words for code, _name in settings.LANGUAGES if (words := self._word(name, code))
                }
            )
        }

    def _word(self, name: str, code: str) -> str:
        typed: str = self.cleaned_data.get(f"{name}_{code}", "")
        written: str = (self.old.get(name) or {}).get(code, "")
        return written if written and self.fields[f"{name}_{code}"].to_python(written) == typed else typed

    # Settings of questions

    def _settings(self) -> Iterator[tuple[str, forms.Field]]:
        old = self.old
        yield (
            "required",
            BooleanField(label=_("It must be answered"), required=False, initial=old.get("required", True)),
        )
        yield (
            "length",
            IntegerField(
                label=_("Most characters"),
                min_value=1,
                max_value=10_000,
                required=False,
                initial=old.get("length"),
            ),
        )
        for name, label in (
            ("at_least", _("Least number, or rows")),
            ("at_most", _("Greatest number, or rows")),
        ):
            yield name, IntegerField(label=label, required=False, initial=old.get(name))
        yield "currencies", CharField(
            label=_("Currencies"), help_text=_("Their codes, such as EUR, USD. Empty: every currency."),
            max_length=200, required=False, initial=", ".join(old.get("currencies", ())),
        )  # fmt: skip
        yield "source", CharField(
            label=_("Source"), help_text=_("The form or law that it comes from."), max_length=200,
            required=False, initial=old.get("source", ""),
        )  # fmt: skip

    def clean_id(self) -> str:
        name, kind = str(self.cleaned_data["id"]), self.place.kind
        if not (QUESTION_ID if kind in ASKS else SLUG).fullmatch(name) and kind != Kind.CHOICE:
            raise ValidationError(
                _("Use small letters a–z, digits and _; a point between the parts, such as trip.purpose.")
                if kind in ASKS
                else _("Use small letters a–z, digits and hyphens.")
            )
        if kind == Kind.CHOICE and not all(
            each.isascii() and (each.isalnum() or each in "_-") for each in name
        ):
            raise ValidationError(_("Use the letters a–z, digits, hyphens and _."))
        return name

    def clean_currencies(self) -> list[str]:
        codes = [
            code for part in self.cleaned_data["currencies"].split(",") if (code := part.strip().upper())
        ]
        unknown = [code for code in codes if code not in list_currencies()]
        if unknown:
            raise ValidationError(_("There is no such currency: %(code)s"), params={"code": unknown[0]})
        return codes

    # Checks between answers

    def _bounds(self) -> Iterator[tuple[str, forms.Field]]:
        names = [("", "–"), *((name, self._named(name)) for name in self.known)]
        yield (
            "question",
            ChoiceField(
                label=_("Question"), choices=names, select=True, initial=self.old.get("question", "")
            ),
        )
        for name, label in (("at_least", _("Not less than")), ("at_most", _("Not more than"))):
            bound = self.old.get(name) or {}
            yield f"{name}_of", ChoiceField(
                label=label, choices=with_name(names, bound.get("of")), select=True, required=False,
                initial=bound.get("of", ""),
            )  # fmt: skip
            yield f"{name}_days", IntegerField(
                label=_("%(limit)s: this many more") % {"limit": label}, required=False, initial=bound.get("days"),
            )  # fmt: skip
        yield (
            "never",
            BooleanField(
                label=_("No answer at all goes with the condition"),
                required=False,
                initial=self.old.get("never"),
            ),
        )

    # The condition

    @property
    def has_condition(self) -> bool:
        kinds = (Kind.SECTION, Kind.PAGE, Kind.QUESTION, Kind.CHOICE, Kind.CHECK)
        is_in_a_row = any(each.kind == Kind.COLUMN for each in self.place.above())
        return self.place.kind in kinds and not is_in_a_row and self.place.where != "closing"

    def _condition(self) -> Iterator[tuple[str, forms.Field]]:
        found = conditions.as_rows(self.old.get("when"), self.questions)
        together, rows = found or (Together.ALL, [])
        yield (
            "together",
            ChoiceField(
                label=_("It is asked if"),
                choices=Together.choices,
                initial=together,
                required=False,
                inline=True,
            ),
        )
        for place in range(min(len(rows) + SPARE_ROWS, MOST_ROWS)):
            yield from self._condition_row(place, rows[place] if place < len(rows) else Row("", ""))
        yield "raw", CharField(
            label=_("Condition as JSON"),
            help_text=_("For what the rows above cannot say. What stands here counts instead of them."),
            multiline=True, max_length=LONGEST_RAW, required=False,
            initial="" if found else json.dumps(self.old["when"], ensure_ascii=False, indent=1),
            widget=Textarea(attrs={"dir": "ltr", "rows": 4}),
        )  # fmt: skip

    def _condition_row(self, place: int, row: Row) -> Iterator[tuple[str, forms.Field]]:
        names = [("", "–"), *((name, self._named(name)) for name in self.known)]
        yield f"name{place}", ChoiceField(
            label=_("Question of condition %(number)s") % {"number": place + 1},
            choices=with_name(names, row.name), select=True, required=False, initial=row.name,
        )  # fmt: skip
        yield (
            f"test{place}",
            ChoiceField(
                label=_("Test"),
                choices=[("", "–"), *Test.choices],
                select=True,
                required=False,
                initial=row.test,
            ),
        )
        yield f"value{place}", CharField(
            label=_("Value"), help_text=_("true or false for yes or no; commas between several."),
            required=False, max_length=500, initial=row.value, widget=forms.TextInput(attrs={"dir": "ltr"}),
        )  # fmt: skip

    def _named(self, name: str) -> str:
        question = self.questions.get(name)
        return f"{name} · {in_short(question.get('label') or {})}" if question else name

    def clean(self) -> Content:
        data = super().clean() or self.cleaned_data
        if self.has_condition and not self.errors:
            data["when"] = self._read_condition()
        return data

    def _read_condition(self) -> Any:
        if raw := self.cleaned_data.get("raw"):
            return self._read_raw(raw)
        rows, data = [], self.cleaned_data
        for place in range(MOST_ROWS):
            name, test = data.get(f"name{place}", ""), data.get(f"test{place}", "")
            if bool(name) != bool(test):
                self.add_error(f"test{place}", _("Choose both a question and a test, or neither"))
            elif name and name not in self.known:
                self.add_error(f"name{place}", unknown_name(name))
            elif name:
                rows.append((place, Row(name, test, data.get(f"value{place}", ""))))
        return None if self.errors else self._together(rows)

    def _together(self, rows: list[tuple[int, Row]]) -> Any:
        for place, row in rows:
            try:
                made = conditions.from_rows("all", [row], self.questions)
            except ValueError:
                self.add_error(f"value{place}", _("Enter a whole number"))
                continue
            if not row.value and "answered" not in row.test:
                self.add_error(f"value{place}", _("Enter a value"))
            elif unknown := [name for name in names(made) if name not in self.known]:
                self.add_error(f"value{place}", unknown_name(unknown[0]))
        if self.errors:
            return None
        return conditions.from_rows(
            self.cleaned_data.get("together") or "all", [row for _place, row in rows], self.questions
        )

    def _read_raw(self, raw: str) -> Any:
        try:
            condition = json.loads(raw if depth(raw) <= DEEPEST else "")
            unknown = [name for name in names(condition) if name not in self.known]
        except (ConditionError, ValueError, TypeError, RecursionError) as error:
            self.add_error("raw", _("This is no condition: %(why)s") % {"why": str(error)[:200]})
            return None
        if unknown:
            self.add_error("raw", unknown_name(unknown[0]))
        return condition

    # What comes out

    def piece(self) -> Content:
        """Return what the piece says now: what was typed, and what the form does not ask for as it was."""
        data, kind = self.cleaned_data, self.place.kind
        asked = {
            *TEXTS[kind],
            "when",
            "length",
            "at_least",
            "at_most",
            "currencies",
            "question",
            "never",
            "shared",
        }
        made = {name: value for name, value in self.old.items() if name not in asked}
        if "id" in self.fields:
            made["value" if kind == Kind.CHOICE else "id"] = data["id"]
        made |= self._texts()
        if kind in {Kind.GROUP, Kind.WHOLE}:
            made.setdefault("title", {})
        if kind in ASKS:
            made |= self._read_settings(made)
        if kind == Kind.SECTION and data["shared"]:
            made["shared"] = True
        if kind == Kind.CHECK:
            made |= self._read_bounds()
        kept = self.old.get("when") if not self.has_condition else data.get("when")
        return made | ({"when": kept} if kept else {}) | (EMPTY.get(kind, {}) if self.is_new else {})

    def _read_settings(self, made: Content) -> Content:
        data = self.cleaned_data
        made.pop("required", None)
        made.pop("source", None)
        found = {
            name: data[name] for name in ("type", "length", "at_least", "at_most", "currencies", "source")
        }
        kept = {name: value for name, value in found.items() if value not in (None, "", [])}
        return kept if data["required"] else {**kept, "required": False}

    def _read_bounds(self) -> Content:
        data = self.cleaned_data
        found: Content = {"question": data["question"]}
        for name in ("at_least", "at_most"):
            if of := data.get(f"{name}_of"):
                days = data.get(f"{name}_days")
                found[name] = {"of": of, "days": days} if days else {"of": of}
        return {**found, "never": True} if data.get("never") else found

    # How it is drawn

    @property
    def plain(self) -> list[Any]:
        return [
            self[name]
            for name in self.fields
            if not name.startswith(("together", "name", "test", "value", "raw"))
        ]

    @property
    def rows(self) -> list[list[Any]]:
        places = [name.removeprefix("name") for name in self.fields if name.startswith("name")]
        return [[self[f"{part}{place}"] for part in ("name", "test", "value")] for place in places]


class PublishForm(Form):
    reason = CharField(
        label=_("Reason"),
        help_text=_("Every member of staff can read it in the history of the questionnaire."),
        max_length=300,
        required_message=_("Say in a few words what has changed, and why"),
    )
