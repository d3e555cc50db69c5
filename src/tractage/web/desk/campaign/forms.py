"""The forms of the campaign's settings."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.studio.kits import kit_names, load_kit
from tractage.hq.campaigns.campaign_file import COLOUR, PAPERS
from tractage.hq.campaigns.models import AiPolicy

OWN = "own"
NAMES = {
    "encre": gettext_lazy("Ink"),
    "canari": gettext_lazy("First paper"),
    "saumon": gettext_lazy("Second paper"),
    "menthe": gettext_lazy("Third paper"),
    "ciel": gettext_lazy("Fourth paper"),
    "lilas": gettext_lazy("Fifth paper"),
}


class WordsForm(forms.Form):
    """Name, summary, hashtags, policy."""

    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=60)
    summary = forms.CharField(
        label=gettext_lazy("In two sentences"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    hashtags = forms.CharField(
        label=gettext_lazy("Hashtags"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Separated by spaces. They are proposed, never imposed."),
    )
    ai_policy = forms.ChoiceField(
        label=gettext_lazy("Generative AI"), choices=AiPolicy.choices, widget=forms.RadioSelect
    )

    def clean_hashtags(self) -> list[str]:
        """One item a word; the sign is added where it was left out."""
        words = re.split(r"[\s,;]+", str(self.cleaned_data["hashtags"]).strip())
        return [word if word.startswith("#") else f"#{word}" for word in words if word]


class PartnerForm(forms.Form):
    """A community that one works with; an empty row is left out."""

    name = forms.CharField(label=gettext_lazy("What it is called"), required=False, max_length=80)
    url = forms.URLField(label=gettext_lazy("Address"), required=False, max_length=300, assume_scheme="https")
    what = forms.CharField(label=gettext_lazy("What is done together"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        given = self.cleaned_data
        if any(given.get(key) for key in ("name", "url", "what")):
            for key in ("name", "url", "what"):
                if not given.get(key) and key not in self.errors:
                    self.add_error(key, _("The rest of the line is kept: this is still missing."))
        return given


class ArticleForm(forms.Form):
    """An article of the charter; an empty one is left out."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=80)
    text = forms.CharField(
        label=gettext_lazy("Text"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """A title and a text, or neither."""
        given = self.cleaned_data
        for key, other in (("title", "text"), ("text", "title")):
            if given.get(other) and not given.get(key):
                self.add_error(key, _("The rest of the article is kept: this is still missing."))
        return given


class VersionForm(forms.Form):
    """The version that a charter is put in force under."""

    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=20,
        help_text=gettext_lazy("Another word than the one in force, such as 2027.2."),
    )


class CostForm(forms.Form):
    """A line of the ledger."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    label = forms.CharField(label=gettext_lazy("What"), max_length=120)
    euros = forms.DecimalField(
        label=gettext_lazy("Euros"), min_value=0, max_value=1_000_000, max_digits=9, decimal_places=2
    )


class KitForm(forms.Form):
    """A kit that ships, or colours of one's own."""

    kit = forms.ChoiceField(label=gettext_lazy("Kit"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, load_kit(name).name.capitalize()) for name in kit_names()]
        self.fields["kit"].choices = [*names, (OWN, _("Colours of our own"))]  # type: ignore[attr-defined]
        for name in PAPERS:
            self.fields[name] = forms.RegexField(
                COLOUR,
                label=NAMES[name],
                required=False,
                widget=forms.TextInput(attrs={"type": "color"}),
                error_messages={"invalid": _("A colour is written like #FFD23F.")},
            )

    @property
    def colour_fields(self) -> list[Any]:
        """The fields of the ink and the five papers."""
        return [self[name] for name in PAPERS]

    def colours(self) -> dict[str, str]:
        """The colours that valid answers mean; those of the product are none."""
        given = self.cleaned_data
        if given["kit"] != OWN:
            base, chosen = load_kit().colours, load_kit(given["kit"]).colours
            return {name: chosen[name] for name in PAPERS if chosen[name] != base[name]}
        return {name: str(given[name]).upper() for name in PAPERS if given[name]}


PartnerForms = forms.formset_factory(PartnerForm, extra=3, max_num=40, validate_max=True)
ArticleForms = forms.formset_factory(ArticleForm, extra=2, max_num=30, validate_max=True)
