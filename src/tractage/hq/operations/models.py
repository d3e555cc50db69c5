"""An operation, who takes part, what is to be done, its reminders, its post-mortem; and the express plan."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.zones import zones_of
from tractage.hq.library.models import Work
from tractage.hq.missions.models import Brief

MEMBER = settings.AUTH_USER_MODEL


class OperationStatus(models.TextChoices):
    """What a coordinator has decided; whether it runs is a matter of the hour."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class ExpressPlan(models.Model):
    """The plan of one click after a dissolution; what it made hangs from it, so that it can be undone."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="express_plans")
    dissolution = models.DateField(_("day of the dissolution"))
    first_round = models.DateField(_("first round"))
    made_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    briefs = models.ManyToManyField(Brief, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("express plan")
        verbose_name_plural = _("express plans")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=models.Q(undone_at__isnull=True), name="one_express_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dissolution}"


class PlanDate(models.Model):
    """One dated step of an express plan: a date of the law with its article, or work to do."""

    plan = models.ForeignKey(ExpressPlan, models.CASCADE, related_name="dates")
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=4)
    text = models.CharField(_("what"), max_length=200)
    article = models.CharField(_("article"), max_length=120, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=1, blank=True, default="")

    class Meta:
        verbose_name = _("date of a plan")
        verbose_name_plural = _("dates of a plan")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


class Operation(models.Model):
    """A few hours in which many people pass distinct works on, each in their own name."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="operations")
    author = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="operations")
    plan = models.ForeignKey(
        ExpressPlan, models.SET_NULL, null=True, blank=True, related_name="operations", editable=False
    )
    title = models.CharField(_("title"), max_length=90)
    goal = models.TextField(_("goal"))
    slogan = models.CharField(_("slogan or hashtag"), max_length=80, blank=True, default="")
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    seats = models.JSONField(_("seats"), default=list, blank=True)
    zones = models.JSONField(_("zones"), default=list, blank=True)
    do = models.JSONField(_("to do"), default=list, blank=True)
    dont = models.JSONField(_("not to do"), default=list, blank=True)
    works = models.ManyToManyField(Work, blank=True, related_name="operations", verbose_name=_("works"))
    brief = models.ForeignKey(
        Brief, models.SET_NULL, null=True, blank=True, related_name="operations", verbose_name=_("mission")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=OperationStatus.choices, default=OperationStatus.DRAFT
    )
    public_at = models.DateTimeField(_("opened to the public"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, default="")
    sheet = models.FileField(_("briefing sheet"), upload_to="sheets", blank=True, max_length=200)
    sheet_key = models.CharField(_("what the sheet was printed from"), max_length=64, blank=True, default="")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="operation_window"
            )
        ]
        indexes = [models.Index(fields=["campaign", "status", "starts_at"], name="operation_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The operation's page on the desk."""
        return reverse("operation", args=[self.pk])

    @property
    def where(self) -> tuple[str, ...]:
        """The zones of the law pack it aims at: those named, else those of its seats, else everywhere."""
        return tuple(self.zones) or zones_of(self.seats)

    def is_over(self, at: datetime) -> bool:
        """Whether its window has closed."""
        return at >= self.ends_at

    def runs(self, at: datetime) -> bool:
        """Whether it is planned and its window is open."""
        return self.status == OperationStatus.PLANNED and self.starts_at <= at < self.ends_at


class Participation(models.Model):
    """A member takes part; one who leaves can come back. `word`: what they say of it afterwards."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="participations")
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="participations")
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    word = models.CharField(_("a word afterwards"), max_length=400, blank=True, default="")

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["operation", "member"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.operation_id} {self.member_id}"


class Guest(models.Model):
    """A public figure who agreed to take part, unpaid: a coordinator who heard it attests to it."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="guests")
    name = models.CharField(_("public name"), max_length=80)
    known_as = models.CharField(_("known as"), max_length=80, blank=True, default="")
    agreed_on = models.DateField(_("agreed on"))
    attested_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+")
    attested_at = models.DateTimeField(_("attested"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One line of the checklist, in someone's hands or free."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="steps")
    text = models.CharField(_("what"), max_length=160)
    due_at = models.DateTimeField(_("before"), null=True, blank=True)
    assigned = models.ForeignKey(
        MEMBER, models.SET_NULL, null=True, blank=True, related_name="steps", verbose_name=_("who")
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of a checklist")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Moment(models.TextChoices):
    """When a reminder falls."""

    THREE_DAYS = "j-3", _("In three days")
    DAY = "j-1", _("Tomorrow")
    HOURS = "h-2", _("In two hours")
    NOW = "start", _("It begins")


class Reminder(models.Model):
    """A reminder that falls before the window; `announced_at` says that someone has passed it on."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="reminders")
    moment = models.CharField(_("moment"), max_length=5, choices=Moment.choices)
    due_at = models.DateTimeField(_("falls"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["operation", "moment"], name="reminder_once")]
        indexes = [models.Index(fields=["announced_at", "due_at"], name="reminder_due")]

    def __str__(self) -> str:
        return f"{self.operation_id} {self.moment}"


class PostMortem(models.Model):
    """What came of an operation, written by coordinators; the figures stand beside, read each time."""

    operation = models.OneToOneField(Operation, models.CASCADE, related_name="post_mortem")
    went_well = models.TextField(_("what went well"), blank=True, default="")
    went_wrong = models.TextField(_("what went wrong"), blank=True, default="")
    said = models.TextField(_("what people said"), blank=True, default="")
    lessons = models.TextField(_("what we keep"), blank=True, default="")
    edited_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("post-mortem")
        verbose_name_plural = _("post-mortems")

    def __str__(self) -> str:
        return f"{self.operation_id}"
