"""The forms of series and episodes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Work
from tractage.hq.shelves.models import Episode
from tractage.hq.shelves.services import works_for_episodes

MOMENT = "%Y-%m-%dT%H:%M"


class SeriesForm(forms.Form):
    """What a series is called."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=90)
    summary = forms.CharField(
        label=gettext_lazy("In a sentence"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChangeSeriesForm(SeriesForm):
    """The same, and whether it goes on."""

    goes_on = forms.BooleanField(label=gettext_lazy("It goes on"), required=False)


class EpisodeForm(forms.Form):
    """A number of a series."""

    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=9999)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=90)
    at = forms.DateTimeField(
        label=gettext_lazy("Announced for"),
        required=False,
        input_formats=[MOMENT, f"{MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=gettext_lazy("Paris time. Empty: it is not announced yet."),
    )
    work = forms.ModelChoiceField(
        Work.objects.none(),
        label=gettext_lazy("Work"),
        required=False,
        empty_label=gettext_lazy("None yet"),
        help_text=gettext_lazy("It shows on the series’ page once it is released."),
    )

    def __init__(self, *args: Any, campaign: Campaign, episode: Episode | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [work.pk for work in works_for_episodes(campaign)]
        if episode and episode.work_id:
            known.append(episode.work_id)
        works = Work.objects.filter(pk__in=known).order_by("-pk")
        self.fields["work"].queryset = works  # type: ignore[attr-defined]
