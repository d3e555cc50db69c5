"""The form of a brief: lists are lines, facts come with their source."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.hq.missions.services import BriefContent, Fact, Target
from tractage.hq.people.models import Craft

LINES = forms.Textarea(attrs={"rows": 3})
MOMENT = "%Y-%m-%dT%H:%M"


class LinesField(forms.CharField):
    """One item a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Lines again."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class BriefForm(forms.Form):
    """What is asked for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=90)
    goal = forms.CharField(
        label=gettext_lazy("Goal"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    craft = forms.ChoiceField(label=gettext_lazy("Craft"), choices=Craft.choices)
    minutes = forms.IntegerField(
        label=gettext_lazy("Effort in minutes"), min_value=1, max_value=600, initial=30
    )
    versions = forms.IntegerField(
        label=gettext_lazy("Versions wanted"),
        min_value=1,
        max_value=500,
        initial=5,
        help_text=gettext_lazy("Distinct versions, not copies: one tab each."),
    )
    hold_hours = forms.IntegerField(
        label=gettext_lazy("Hours a tab is held"), min_value=1, max_value=240, initial=22
    )
    deadline = forms.DateTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        input_formats=[MOMENT, f"{MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=gettext_lazy("Paris time. Empty: no deadline."),
    )
    targets = LinesField(
        label=gettext_lazy("Seats, one a line"),
        help_text=gettext_lazy(
            "24-03, or 24-03 ; Firstname NAME for an official candidate there. Empty: the whole country."
        ),
    )
    formats = LinesField(label=gettext_lazy("Formats, one a line"))
    do = LinesField(label=gettext_lazy("To do, one a line"))
    dont = LinesField(label=gettext_lazy("Not to do, one a line"))
    rights_hints = forms.CharField(
        label=gettext_lazy("About rights"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    first = forms.BooleanField(
        label=gettext_lazy("A first mission, for newcomers: ten minutes at most"), required=False
    )

    def clean_targets(self) -> list[Target]:
        """Known seats; who is a candidate there is checked when the brief is kept."""
        found = []
        for line in self.cleaned_data["targets"]:
            code, _sign, candidate = line.partition(";")
            code = code.strip().upper()
            if not re.fullmatch(r"[0-9A-Z]{2,3}-\d{2}", code):
                raise ValidationError(_("“%(line)s”: a seat is written like 24-03."), params={"line": line})
            try:
                seat(code)
            except InputError:
                raise ValidationError(
                    _("“%(line)s”: no seat has this number."), params={"line": line}
                ) from None
            found.append(Target(code, candidate.strip()))
        return found


class FactForm(forms.Form):
    """A fact and where it comes from; an empty row is left out."""

    text = forms.CharField(label=gettext_lazy("Fact"), required=False, max_length=600)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=200)
    url = forms.URLField(
        label=gettext_lazy("Address of the source"), required=False, max_length=400, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        """A fact without its source is no fact."""
        given = self.cleaned_data
        if given.get("text") and not given.get("source"):
            self.add_error("source", _("The fact is kept here: it still needs its source."))
        if given.get("source") and not given.get("text"):
            self.add_error("text", _("A source, but for which fact?"))
        return given


FactForms = forms.formset_factory(FactForm, extra=3, max_num=20, validate_max=True)


def content_from(form: BriefForm, facts: Any) -> BriefContent:
    """The content that valid forms describe."""
    rows = [Fact(one["text"], one["source"], one["url"]) for one in facts.cleaned_data if one.get("text")]
    return BriefContent(**form.cleaned_data, facts=rows)


def initial_of(content: BriefContent) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the forms start with, to change a brief."""
    from dataclasses import asdict

    known = asdict(content)
    facts = known.pop("facts")
    known["targets"] = [
        f"{one.seat} ; {one.candidate}" if one.candidate else one.seat for one in content.targets
    ]
    return known, list(facts)
