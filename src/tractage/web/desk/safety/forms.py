"""Forms of safety."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.sanctions import Kind
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.people.selectors import member_named
from tractage.hq.safety.guard_models import RuleAction, RuleKind
from tractage.hq.safety.models import KINDS, Account
from tractage.hq.safety.sanctions import OFFERED
from tractage.hq.safety.services import GuardSettings, RuleContent, Wanted, account_of_member, said
from tractage.web.desk.safety.shown import articles

ENDS = {
    "": gettext_lazy("No end"),
    "1": gettext_lazy("1 hour"),
    "24": gettext_lazy("24 hours"),
    "168": gettext_lazy("7 days"),
    "720": gettext_lazy("30 days"),
}
AREA = forms.Textarea(attrs={"rows": 3})


class SanctionForm(forms.Form):
    """A sanction: whom, what, which article, on what evidence, until when."""

    pseudonym = forms.CharField(label=gettext_lazy("Pseudonym on the site"), max_length=32)
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=[(one.value, KINDS[one]) for one in OFFERED])
    article = forms.ChoiceField(label=gettext_lazy("Article of the charter"))
    seen = forms.CharField(
        label=gettext_lazy("What was seen"),
        max_length=2000,
        required=False,
        widget=AREA,
        help_text=gettext_lazy("Facts, with their day. The person reads them."),
    )
    where = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    end = forms.ChoiceField(label=gettext_lazy("Until"), choices=list(ENDS.items()), required=False)
    name = forms.CharField(
        label=gettext_lazy("New name"),
        max_length=32,
        required=False,
        help_text=gettext_lazy("Only to change a name."),
    )
    emergency = forms.BooleanField(
        label=gettext_lazy("Emergency: a ban holds at once, and lapses in 24 hours without a second person"),
        required=False,
    )

    def __init__(self, *args: Any, campaign: Campaign, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = articles(campaign)  # type: ignore[attr-defined]
        if not named:
            del self.fields["pseudonym"]

    def clean_pseudonym(self) -> str:
        """Somebody who is here."""
        name: str = self.cleaned_data["pseudonym"]
        if member_named(name) is None:
            raise ValidationError(_("Nobody here has this pseudonym. Check a letter?"))
        return name

    def account(self) -> Account:
        """Whom the pseudonym names."""
        member = member_named(self.cleaned_data["pseudonym"])
        assert member is not None
        return account_of_member(member)

    def wanted(self, evidence: tuple[Evidence, ...] = ()) -> Wanted:
        """What is asked for."""
        given = self.cleaned_data
        end = given["end"]
        return Wanted(
            Kind(given["kind"]),
            given["article"],
            (*evidence, *said(given["seen"], given["where"])),
            emergency=given["emergency"],
            until=now() + timedelta(hours=int(end)) if end else None,
            name=given["name"],
        )


class WaveForm(forms.Form):
    """The containment of a wave."""

    article = forms.ChoiceField(label=gettext_lazy("Article of the charter"))
    seen = forms.CharField(label=gettext_lazy("What was seen"), max_length=2000, widget=AREA)
    emergency = forms.BooleanField(
        label=gettext_lazy("Emergency: start at once; it lapses in 24 hours without a second person"),
        required=False,
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = articles(campaign)  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """A rule on words."""

    kind = forms.ChoiceField(label=gettext_lazy("What it looks for"), choices=RuleKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=400,
        help_text=gettext_lazy(
            "A word or phrase as it is written: disguises, plurals and accents are found by themselves. "
            "A pattern is an RE2 expression."
        ),
    )
    action = forms.ChoiceField(label=gettext_lazy("What it does"), choices=RuleAction.choices)
    scope = forms.CharField(
        label=gettext_lazy("Channels, separated by commas"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Empty: everywhere."),
    )

    def content(self, key: str = "") -> RuleContent:
        """What the rule says."""
        given = self.cleaned_data
        scope = tuple(part.strip() for part in given["scope"].split(",") if part.strip())
        return RuleContent(key or given["text"][:80], given["kind"], given["text"], given["action"], scope)


class SettingsForm(forms.Form):
    """Gate, floods, raids, ladder."""

    gate = forms.BooleanField(label=gettext_lazy("The gate acts"), required=False)
    floods = forms.BooleanField(label=gettext_lazy("Floods are stopped"), required=False)
    raids = forms.BooleanField(label=gettext_lazy("Raids move the ladder"), required=False)
    pictures = forms.BooleanField(label=gettext_lazy("Known pictures are removed"), required=False)
    names = forms.BooleanField(label=gettext_lazy("The gate reads names"), required=False)
    age_minutes = forms.IntegerField(label=gettext_lazy("Least age of an account, minutes"))
    age_without_picture_minutes = forms.IntegerField(
        label=gettext_lazy("Least age without a picture, minutes")
    )
    lockdown_from = forms.IntegerField(label=gettext_lazy("Raiders from which the door is closed"))
    watch_minutes = forms.IntegerField(label=gettext_lazy("Watch lasts, minutes"))
    slow_minutes = forms.IntegerField(label=gettext_lazy("Slow mode lasts, minutes"))
    gate_minutes = forms.IntegerField(label=gettext_lazy("The gate lasts, minutes"))
    lockdown_minutes = forms.IntegerField(label=gettext_lazy("Closed lasts, minutes"))
    text_days = forms.IntegerField(label=gettext_lazy("Texts of incidents are kept, days"))
    incident_days = forms.IntegerField(label=gettext_lazy("Incidents are kept, days"))
    article = forms.ChoiceField(label=gettext_lazy("Article that a quarantine of the guard names"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = articles(campaign)  # type: ignore[attr-defined]

    def settings(self) -> GuardSettings:
        """What is asked for."""
        return GuardSettings(**self.cleaned_data)
