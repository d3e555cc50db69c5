"""The form of an operation: its window in Paris time, lists as lines, works and zones as boxes."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.domain.law.zones import everywhere
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Status, Work
from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.operations.services import OperationContent
from tractage.web.desk.missions.forms import MOMENT, LinesField
from tractage.web.desk.operations.shown import zone_name

MOST_WORKS = 48


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=[MOMENT, f"{MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=help_text,
    )


class OperationForm(forms.Form):
    """What is done together, when, and where."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=90)
    goal = forms.CharField(
        label=gettext_lazy("Goal"), max_length=1200, widget=forms.Textarea(attrs={"rows": 4})
    )
    slogan = forms.CharField(
        label=gettext_lazy("Slogan or hashtag"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("A hashtag, never an account."),
    )
    starts_at = _moment(gettext_lazy("Start"), gettext_lazy("Paris time. The law pack has its say."))
    ends_at = _moment(gettext_lazy("End"))
    seats = LinesField(
        label=gettext_lazy("Seats, one a line"),
        help_text=gettext_lazy("24-03. Empty, and no zone: the whole country and abroad."),
    )
    zones = forms.MultipleChoiceField(
        label=gettext_lazy("Zones"), required=False, widget=forms.CheckboxSelectMultiple
    )
    do = LinesField(label=gettext_lazy("To do, one a line"))
    dont = LinesField(label=gettext_lazy("Not to do, one a line"))
    brief = forms.ModelChoiceField(
        Brief.objects.none(),
        label=gettext_lazy("Mission that makes its versions"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    works = forms.ModelMultipleChoiceField(
        Work.objects.none(),
        label=gettext_lazy("Works to draw on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = LinesField(
        label=gettext_lazy("Checklist, one line each"),
        help_text=gettext_lazy("On its page each line can then be given to someone."),
    )

    def __init__(self, campaign: Campaign, *args: Any, steps: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [work.pk for work in self.initial.get("works", ())]
        released = Work.objects.filter(campaign=campaign, status=Status.RELEASED)
        shown = list(released.values_list("pk", flat=True)[:MOST_WORKS])
        self.fields["works"].queryset = released.filter(pk__in=[*shown, *chosen])  # type: ignore[attr-defined]
        open_briefs = Brief.objects.filter(campaign=campaign, status=BriefStatus.OPEN)
        self.fields["brief"].queryset = open_briefs  # type: ignore[attr-defined]
        self.fields["zones"].choices = [(name, zone_name(name)) for name in everywhere()]  # type: ignore[attr-defined]
        if not steps:
            del self.fields["steps"]

    def clean_seats(self) -> list[str]:
        """Known seats."""
        found = []
        for line in self.cleaned_data["seats"]:
            code = line.strip().upper()
            if not re.fullmatch(r"[0-9A-Z]{2,3}-\d{2}", code):
                raise ValidationError(_("“%(line)s”: a seat is written like 24-03."), params={"line": line})
            try:
                seat(code)
            except InputError:
                words = _("“%(line)s”: no seat has this number.")
                raise ValidationError(words, params={"line": line}) from None
            found.append(code)
        return list(dict.fromkeys(found))

    def content(self) -> tuple[OperationContent, Sequence[str]]:
        """The content that a valid form describes, and the lines of its checklist."""
        known = dict(self.cleaned_data)
        steps = known.pop("steps", ())
        known["works"] = list(known["works"])
        return OperationContent(**known), steps


class PostMortemForm(forms.Form):
    """What coordinators write once it is over."""

    went_well = forms.CharField(label=gettext_lazy("What went well"), required=False, max_length=3000)
    went_wrong = forms.CharField(label=gettext_lazy("What went wrong"), required=False, max_length=3000)
    said = forms.CharField(label=gettext_lazy("What people said"), required=False, max_length=3000)
    lessons = forms.CharField(
        label=gettext_lazy("What we keep for next time"), required=False, max_length=3000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.Textarea(attrs={"rows": 4})


class ExpressForm(forms.Form):
    """The day of the dissolution, and the decreed Sunday once it is known."""

    dissolution = forms.DateField(
        label=gettext_lazy("Day of the dissolution"), widget=forms.DateInput(attrs={"type": "date"})
    )
    first_round = forms.DateField(
        label=gettext_lazy("First round, once decreed"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: the earliest Sunday that the Constitution allows."),
    )
