"""The form of a work, and its rights sheet."""

import re
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.adapters.media import Family, MediaError
from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.models import AiPolicy, Campaign
from tractage.hq.library.legal import MONTAGE_LABEL, POLL_LABEL, RESULT_LABEL
from tractage.hq.library.models import AiDeclaration, Kind, Status, Work
from tractage.hq.library.services import FILELESS
from tractage.hq.library.submission import CAPTIONS, FAMILIES, ORIGINAL, CleanFile, WorkContent, read_upload
from tractage.hq.missions.models import Brief
from tractage.hq.missions.selectors import held_by
from tractage.hq.people.models import Member
from tractage.hq.people.selectors import member_named

LICENCES = ("CC BY-SA 4.0", "CC BY 4.0", "CC0 1.0")
TEXT_FILES = frozenset({Family.CAPTIONS})
LABELS = {
    MONTAGE_LABEL: gettext_lazy("It is a montage of a real person"),
    POLL_LABEL: gettext_lazy("It quotes a poll"),
    RESULT_LABEL: gettext_lazy("It gives results of the day"),
}
LANGUAGES = {"fr": "Français", "en": "English"}


class Ground(models.TextChoices):
    """By what right a part of a work is there."""

    OWN = "own", gettext_lazy("I made it")
    FREE = "free", gettext_lazy("Free licence")
    PERMISSION = "permission", gettext_lazy("The owner said yes")
    PUBLIC = "public", gettext_lazy("Public domain or official document")
    QUOTATION = "quotation", gettext_lazy("Short quotation (art. L122-5, 3°)")
    PARODY = "parody", gettext_lazy("Parody or caricature (art. L122-5, 4°)")


class WorkForm(forms.Form):
    """What an author says of a work, and its files."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG, WebP, GIF, MP4, MOV or WebM. Its metadata (place, device, name) is removed."
        ),
    )
    captions = forms.FileField(
        label=gettext_lazy("Captions, for a video"),
        required=False,
        help_text=gettext_lazy("SRT or VTT, for people who do not hear it."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in FAMILIES]
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    body = forms.CharField(
        label=gettext_lazy("The text itself, for a text"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("People copy it from its page: it has no file."),
    )
    link = forms.URLField(
        label=gettext_lazy("Where it is played, for a game"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("An address in https; a picture of it may be sent as its file."),
    )
    alt_text = forms.CharField(
        label=gettext_lazy("Alternative text"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What one sees, said to someone who does not see it."),
    )
    summary = forms.CharField(label=gettext_lazy("In a sentence"), required=False, max_length=300)
    brief = forms.ModelChoiceField(
        Brief.objects.none(),
        label=gettext_lazy("Mission"),
        required=False,
        empty_label=gettext_lazy("None: my own idea"),
    )
    parent = forms.ModelChoiceField(Work.objects.none(), required=False, widget=forms.HiddenInput)
    credit = forms.CharField(
        label=gettext_lazy("Credit line"),
        max_length=60,
        help_text=gettext_lazy("The name under the work: a pseudonym is enough."),
    )
    coauthors = forms.CharField(
        label=gettext_lazy("Made with"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Pseudonyms of members, separated by commas. They will not review it."),
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=[(one, one) for one in LICENCES])
    seats = forms.CharField(
        label=gettext_lazy("Seats it speaks of"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Like 24-03, separated by commas. Empty: the whole country."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["fr"],
    )
    labels = forms.MultipleChoiceField(
        label=gettext_lazy("To be labelled"),
        choices=list(LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ai = forms.ChoiceField(
        label=gettext_lazy("Generative AI"),
        choices=AiDeclaration.choices,
        widget=forms.RadioSelect,
        initial=AiDeclaration.NONE,
    )

    def __init__(
        self, *args: Any, campaign: Campaign, member: Member, work: Work | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.member = campaign, member
        self.sends = bool(self.data.get("send"))
        editions = list(work.editions.all()) if work else []
        self.kept_formats = {edition.format: edition.media_type for edition in editions}
        held = [claim.brief_id for claim in held_by(member)]
        if work and work.brief_id:
            held.append(work.brief_id)
        self.fields["brief"].queryset = Brief.objects.filter(pk__in=held, campaign=campaign)  # type: ignore[attr-defined]
        released = Work.objects.filter(campaign=campaign, status=Status.RELEASED)
        if work and work.parent_id:
            released |= Work.objects.filter(pk=work.parent_id)
        self.fields["parent"].queryset = released.order_by("pk")  # type: ignore[attr-defined]

    def clean_coauthors(self) -> list[Member]:
        """Members found by their pseudonym."""
        found = []
        for name in filter(None, map(str.strip, self.cleaned_data["coauthors"].split(","))):
            member = member_named(name)
            if member is None or not member.is_active:
                raise ValidationError(_("Nobody here is called “%(name)s”."), params={"name": name})
            if member.pk != self.member.pk:
                found.append(member)
        return found

    def clean_seats(self) -> list[str]:
        """Known seats."""
        found: list[str] = []
        for code in filter(None, re.split(r"[,;\s]+", self.cleaned_data["seats"].upper())):
            try:
                found.append(seat(code).code)
            except InputError:
                raise ValidationError(
                    _("“%(line)s”: no seat has this number."), params={"line": code}
                ) from None
        return found

    def clean_ai(self) -> str:
        """What the campaign's policy allows."""
        said = str(self.cleaned_data["ai"])
        if said != AiDeclaration.NONE and self.campaign.ai_policy == AiPolicy.NONE:
            raise ValidationError(
                _("Thank you for saying so. This campaign takes only works made without generative AI.")
            )
        return said

    def clean(self) -> dict[str, Any]:
        """Read the files, the costly part, once the kind is known."""
        given = super().clean() or self.cleaned_data
        families = FAMILIES.get(Kind(given["kind"])) if given.get("kind") else None
        if families is not None:
            given["clean_file"] = self._read("file", families) if families else None
            given["clean_captions"] = self._read("captions", TEXT_FILES)
            self._check_words(given, Kind(given["kind"]))
            self._check_presence(given)
        return given

    def _check_words(self, given: dict[str, Any], kind: Kind) -> None:
        """What each kind must say; a text describes itself."""
        if kind != Kind.TEXT and not given.get("alt_text") and "alt_text" not in self.errors:
            self.add_error("alt_text", _("Say what one sees, for people who do not see it."))
        if kind == Kind.TEXT and not given.get("body") and self.sends and "body" not in self.errors:
            self.add_error("body", _("It has no words yet: write the text itself."))
        link = given.get("link", "")
        if kind == Kind.GAME and "link" not in self.errors and not link.startswith("https://"):
            self.add_error("link", _("A game needs the address where it is played, in https."))
        given["body"] = given.get("body", "") if kind == Kind.TEXT else ""
        given["link"] = link if kind == Kind.GAME else ""

    def _read(self, name: str, families: frozenset[Family]) -> CleanFile | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data.get(name)
        if not upload:
            return None
        path = getattr(upload, "temporary_file_path", None)
        source = Path(path()) if path else upload.read()
        try:
            return read_upload(source, upload.name or "", families)
        except MediaError as refusal:
            self.add_error(name, refusal.in_words(_))
            return None

    def _check_presence(self, given: dict[str, Any]) -> None:
        if not self.sends or "file" in self.errors or given["kind"] in FILELESS:
            return
        fresh: CleanFile | None = given["clean_file"]
        media_type = fresh.info.mime if fresh else self.kept_formats.get(ORIGINAL, "")
        if not media_type:
            self.add_error("file", _("Everything else is kept: choose the file to send."))
        elif media_type.startswith("video/") and not (
            given["clean_captions"] or CAPTIONS in self.kept_formats or "captions" in self.errors
        ):
            self.add_error(
                "captions", _("A video needs its captions (SRT or VTT), for people who do not hear it.")
            )


class RightForm(forms.Form):
    """One part of a work, whose it is, and by what right it is there; an empty row is left out."""

    what = forms.CharField(label=gettext_lazy("What"), required=False, max_length=120)
    ground = forms.ChoiceField(label=gettext_lazy("By what right"), choices=Ground.choices, required=False)
    owner = forms.CharField(label=gettext_lazy("Whose it is"), required=False, max_length=120)
    licence = forms.CharField(label=gettext_lazy("Which licence"), required=False, max_length=60)
    tests = forms.CharField(label=gettext_lazy("Why the exception applies"), required=False, max_length=600)
    proof = forms.CharField(
        label=gettext_lazy("Proof"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("An address, or where the agreement is kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Each ground has what it needs."""
        given = self.cleaned_data
        if not given.get("what"):
            if given.get("owner") or given.get("proof"):
                self.add_error("what", _("The rest is kept: of which part of the work is it?"))
            return given
        ground = given.get("ground") or Ground.OWN
        if ground != Ground.OWN and not given.get("owner"):
            self.add_error("owner", _("Write whose it is, even if it is free."))
        if ground == Ground.FREE and not given.get("licence"):
            self.add_error("licence", _("Write which one, such as CC BY 4.0."))
        if ground in (Ground.FREE, Ground.PERMISSION) and not given.get("proof"):
            self.add_error("proof", _("Say where it can be checked."))
        if ground in (Ground.QUOTATION, Ground.PARODY) and not given.get("tests"):
            words = {
                Ground.QUOTATION: _("Say why it is short, what it serves, and that its author is named."),
                Ground.PARODY: _("Say why one laughs, that nobody can mistake it, and that it harms nobody."),
            }
            self.add_error("tests", words[Ground(ground)])
        return given


RightForms = forms.formset_factory(RightForm, extra=1, max_num=12, validate_max=True)


def rights_from(rows: Any) -> list[dict[str, str]]:
    """The sheet that valid forms describe; `basis` is what the work's public page says."""
    sheet = []
    for one in rows.cleaned_data:
        if one.get("what"):
            ground = Ground(one.get("ground") or Ground.OWN)
            parts = [one["owner"], one["licence"] or str(ground.label)]
            known = {key: one[key] for key in ("what", "owner", "licence", "tests", "proof")}
            sheet.append(known | {"ground": ground.value, "basis": ", ".join(filter(None, parts))})
    return sheet


def content_from(form: WorkForm, rows: Any) -> WorkContent:
    """The content that valid forms describe."""
    names = ("kind", "title", "alt_text", "summary", "body", "link", "brief", "parent", "credit",
             "coauthors", "licence", "seats", "languages", "labels", "ai")  # fmt: skip
    return WorkContent(**{name: form.cleaned_data[name] for name in names}, rights=rights_from(rows))


def initial_of(work: Work) -> dict[str, Any]:
    """What the form starts with, to change a work."""
    names = ("kind", "title", "alt_text", "summary", "body", "link", "brief", "parent", "credit",
             "licence", "languages", "labels", "ai")  # fmt: skip
    return {name: getattr(work, name) for name in names} | {
        "coauthors": ", ".join(one.pseudonym for one in work.coauthors.all()),
        "seats": ", ".join(one.seat for one in work.targets.all()),
    }
