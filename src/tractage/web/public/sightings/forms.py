"""The form of “Seen!”: a link or a screenshot; all else can stay empty."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.adapters.media import DEFAULT, MediaError, clean_bytes
from tractage.domain.reach.views import ViewsError, parse_views
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Status, Work
from tractage.hq.sightings.addresses import read_link
from tractage.hq.sightings.kinds import How
from tractage.hq.sightings.prints import PICTURES, WorkMatch, look_for
from tractage.hq.sightings.refusals import FieldRefused, views_refusal
from tractage.hq.sightings.services import PLATFORM_NAMES, Seen

NAMES = {
    "tiktok": "TikTok",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "facebook": "Facebook",
    "threads": "Threads",
    "bluesky": "Bluesky",
    "reddit": "Reddit",
    "telegram": "Telegram",
}
ASKED = (How.PASSING, How.SEARCH, How.SELF)


def platform_name(platform: str) -> str:
    """A platform as it writes itself."""
    return NAMES.get(platform) or (_("Elsewhere on the web") if platform == "web" else platform)


class SeenForm(forms.Form):
    """What somebody says of a post."""

    link = forms.CharField(
        label=gettext_lazy("Link of the post"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://…"}),
    )
    capture = forms.FileField(
        label=gettext_lazy("Or a screenshot"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("It serves to recognise the work, then it is thrown away."),
    )
    views = forms.CharField(
        label=gettext_lazy("Views, if you can read them"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "12 k"}),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How did you find it?"), required=False, widget=forms.RadioSelect
    )
    query = forms.CharField(
        label=gettext_lazy("Which word or hashtag?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "#"}),
    )
    platform = forms.ChoiceField(label=gettext_lazy("Platform, without a link"), required=False)
    published = forms.DateField(
        label=gettext_lazy("Published on, if you can read it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    keep = forms.BooleanField(
        label=gettext_lazy("Keep the screenshot as proof for 90 days (coordinators alone see it)"),
        required=False,
    )
    work = forms.SlugField(required=False, widget=forms.HiddenInput)
    unknown = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign, member: bool, **words: Any) -> None:
        """Offer "I posted it" to members alone."""
        super().__init__(*args, **words)
        self.campaign = campaign
        choices = [(how.value, str(how.label)) for how in ASKED if member or how != How.SELF]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]
        self.fields["how"].initial = How.PASSING
        platforms = [("", _("Choose"))] + [(name, platform_name(name)) for name in PLATFORM_NAMES]
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A link or a screenshot; the work of the address is one of the wall."""
        given = super().clean() or self.cleaned_data
        if not given.get("link") and not given.get("capture") and not self.errors:
            self.add_error("link", _("Paste a link, or choose a screenshot."))
        self._read(given)
        return given

    def _read(self, given: dict[str, Any]) -> None:
        """Say at once all that is wrong with the link and the number, which the service reads again."""
        if given.get("link"):
            try:
                read_link(given["link"])
            except FieldRefused as refusal:
                self.add_error("link", str(refusal))
        if given.get("views", "").strip():
            try:
                parse_views(given["views"])
            except ViewsError as error:
                self.add_error("views", str(views_refusal(error)))

    @property
    def chosen(self) -> Work | None:
        """The work that the page was opened for, or that was chosen on it."""
        slug = self["work"].value()
        shown = [Status.RELEASED, Status.RECALLED]
        works = Work.objects.filter(campaign=self.campaign, status__in=shown)
        return works.filter(slug=slug).first() if slug else None

    def seen(self, matches: list[WorkMatch]) -> Seen:
        """What is logged, once valid. Raises MediaError for a screenshot that cannot be kept."""
        given = self.cleaned_data
        proof, suffix = None, ".png"
        if given["keep"] and given["capture"]:
            given["capture"].seek(0)
            proof, info = clean_bytes(given["capture"].read(), name=given["capture"].name, families=PICTURES)
            suffix = info.suffix
        return Seen(
            how=given["how"] or How.PASSING,
            link=given["link"],
            platform=given["platform"],
            work=self.chosen,
            views=given["views"],
            query=given["query"],
            published=given["published"],
            matches=[one.plain() for one in matches],
            proof=proof,
            proof_suffix=suffix,
        )


def recognise(campaign: Campaign, upload: "UploadedFile[Any]") -> list[WorkMatch]:
    """What the prints say of an uploaded screenshot. Raises MediaError in words."""
    from tractage.adapters.media.refusals import Reason

    name = upload.name or "capture"
    if (upload.size or 0) > DEFAULT.picture_bytes:
        found, limit = (f"{size / 1e6:.0f} MB" for size in (upload.size or 0, DEFAULT.picture_bytes))
        raise MediaError(Reason.TOO_HEAVY, name=name, found=found, limit=limit)
    return list(look_for(campaign, upload.read(), name))
