"""Forms about people: what is wrong is said beside the field."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.people.models import Availability, Craft, Member
from tractage.hq.people.selectors import member_named

PSEUDONYM = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
NEW = {"autocomplete": "new-password"}


class PasswordMixin(forms.Form):
    """Checks `password` by the site's rules, for the member in view."""

    member: Member

    def check_password(self, member: Member) -> None:
        """Put what is wrong with the password beside it."""
        try:
            if "password" in self.cleaned_data:
                validate_password(self.cleaned_data["password"], member)
        except ValidationError as error:
            self.add_error("password", error)


class JoinForm(PasswordMixin):
    """Two fields, and what one likes to do."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonym"),
        max_length=32,
        help_text=gettext_lazy("Any name but your own: letters, digits, spaces, hyphens."),
        widget=forms.TextInput(attrs=PSEUDONYM),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("Ten characters or more. Three words you like make a good one."),
        widget=forms.PasswordInput(attrs=NEW),
    )
    crafts = forms.MultipleChoiceField(
        label=gettext_lazy("What you like to do"),
        choices=Craft.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_pseudonym(self) -> str:
        """A free name, typed as one likes."""
        wanted = " ".join(str(self.cleaned_data["pseudonym"]).split())
        if member_named(wanted):
            raise ValidationError(_("A good name, but someone has it: add a word or a number."))
        Member._meta.get_field("pseudonym").run_validators(wanted)
        return wanted

    def clean(self) -> dict[str, Any]:
        """The password must not be the pseudonym."""
        self.check_password(Member(pseudonym=self.cleaned_data.get("pseudonym", "")))
        return self.cleaned_data


class RecoverForm(PasswordMixin):
    """A code instead of the lost password."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonym"), max_length=32, widget=forms.TextInput(attrs=PSEUDONYM)
    )
    code = forms.CharField(
        label=gettext_lazy("One of your recovery codes"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"), strip=False, widget=forms.PasswordInput(attrs=NEW)
    )

    def clean(self) -> dict[str, Any]:
        """By the site's rules."""
        self.check_password(Member(pseudonym=self.cleaned_data.get("pseudonym", "")))
        return self.cleaned_data


class PasswordForm(PasswordMixin):
    """The password of today, then the next one."""

    current = forms.CharField(
        label=gettext_lazy("Password of today"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"), strip=False, widget=forms.PasswordInput(attrs=NEW)
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if not member.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Theirs."""
        found = str(self.cleaned_data["current"])
        if not self.member.check_password(found):
            raise ValidationError(_("This is not the password of today."))
        return found

    def clean(self) -> dict[str, Any]:
        """By the site's rules."""
        self.check_password(self.member)
        return self.cleaned_data


class ProfileForm(forms.Form):
    """What one says of oneself."""

    crafts = forms.MultipleChoiceField(
        label=gettext_lazy("What you like to do"),
        choices=Craft.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    availability = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[("", gettext_lazy("I would rather not say")), *Availability.choices],
        required=False,
    )
    shown = forms.BooleanField(
        label=gettext_lazy("My page is open to everyone: my pseudonym, my crafts, my released works."),
        required=False,
    )


class EraseForm(forms.Form):
    """Their pseudonym once more, and the credit that works keep."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Your pseudonym, to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credit = forms.CharField(
        label=gettext_lazy("Credit line of your works"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: they will be signed “anonyme”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_pseudonym(self) -> str:
        """Theirs, whatever the capitals."""
        found = str(self.cleaned_data["pseudonym"]).strip()
        if found.casefold() != self.member.pseudonym.casefold():
            raise ValidationError(_("Nothing was erased: this is not your pseudonym."))
        return found
