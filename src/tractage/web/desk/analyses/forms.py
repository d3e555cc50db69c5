"""The form with which a file of posts is given to radar."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.adapters.posts.files import SUFFIXES
from tractage.domain.radar.settings import Correction, Settings
from tractage.hq.analyses.services import Look

PLATFORMS = (
    ("", gettext_lazy("A table whose columns I name")),
    ("x", gettext_lazy("Export of X")),
    ("visibrain", gettext_lazy("Export of Visibrain")),
    ("bluesky", gettext_lazy("Bluesky (JSON)")),
    ("mastodon", gettext_lazy("Mastodon (JSON)")),
)
CORRECTIONS = (
    (Correction.ACCOUNTS.value, gettext_lazy("By accounts (advised)")),
    (Correction.BH.value, gettext_lazy("By links")),
    (Correction.BONFERRONI.value, gettext_lazy("No mistake at all")),
)
MOST_BYTES = 2 * 2**30
USUAL = Settings()


class AnalysisForm(forms.Form):
    """What to read and how to look; the usual values suit most files."""

    file = forms.FileField(
        label=gettext_lazy("File of posts"),
        help_text=gettext_lazy("CSV, NDJSON (also .gz, .zst) or Parquet: one row a share."),
        error_messages={"required": gettext_lazy("Choose the file of posts.")},
    )
    title = forms.CharField(label=gettext_lazy("Title of the report"), max_length=120)
    platform = forms.ChoiceField(label=gettext_lazy("Where it comes from"), choices=PLATFORMS, required=False)
    layers = forms.CharField(
        label=gettext_lazy("Columns of what is shared"),
        initial="object_id",
        required=False,
        help_text=gettext_lazy("Retweeted id, link, hashtag, image; several with commas."),
    )
    account = forms.CharField(
        label=gettext_lazy("Column of the account"), initial="account_id", required=False
    )
    content = forms.CharField(label=gettext_lazy("Column of the post"), initial="content_id", required=False)
    time = forms.CharField(
        label=gettext_lazy("Column of the time"), initial="timestamp_share", required=False
    )
    window = forms.FloatField(
        label=gettext_lazy("Seconds between two shares, at most"),
        initial=USUAL.window,
        min_value=0,
        max_value=86400,
    )
    min_participation = forms.IntegerField(
        label=gettext_lazy("Shares that an account needs"), initial=USUAL.min_participation, min_value=1
    )
    level = forms.FloatField(
        label=gettext_lazy("False discoveries allowed"),
        initial=USUAL.level,
        min_value=0.0001,
        max_value=0.5,
        help_text=gettext_lazy("0.01: one flagged account in a hundred may be there by chance."),
    )
    correction = forms.ChoiceField(label=gettext_lazy("Caution"), choices=CORRECTIONS, required=False)
    skip_bad = forms.BooleanField(
        label=gettext_lazy("Count bad rows and go on, instead of stopping at the first"), required=False
    )

    def clean_file(self) -> Any:
        """Refuse what is too large, empty or of another kind before it is kept."""
        file = self.cleaned_data["file"]
        suffixes = [part for part in file.name.lower().split(".")[1:] if part not in ("gz", "zst")]
        if not suffixes or f".{suffixes[-1]}" not in SUFFIXES:
            raise forms.ValidationError(
                _("%(name)s is not a file of posts: expected .csv, .tsv, .ndjson, .jsonl or .parquet.")
                % {"name": file.name}
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("More than 2 GB: use the command tractage radar detect, which works from disk.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        """A table needs the names of its columns."""
        data = super().clean() or self.cleaned_data
        if not data.get("platform"):
            for name in ("layers", "account", "content", "time"):
                if not str(data.get(name, "")).strip():
                    self.add_error(name, _("A table needs this column's name."))
        return data

    def look(self) -> Look:
        """The options, typed."""
        data = self.cleaned_data
        names = tuple(name.strip() for name in data["layers"].split(",") if name.strip())
        return Look(
            platform=data["platform"],
            layers=() if data["platform"] else names,
            account=data["account"].strip(),
            content=data["content"].strip(),
            time=data["time"].strip(),
            skip_bad=data["skip_bad"],
            settings=Settings(
                window=data["window"],
                min_participation=data["min_participation"],
                level=data["level"],
                correction=Correction(data["correction"] or "accounts"),
            ),
        )
