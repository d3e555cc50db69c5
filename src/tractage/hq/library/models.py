"""A work, the files made from it, and the seats it speaks of."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.missions.models import Brief


class Kind(models.TextChoices):
    """What a work is."""

    POSTER = "poster", _("Poster")
    CARD = "card", _("Card")
    PRACTICAL = "practical", _("Practical")
    GIF = "gif", _("GIF")
    EDIT = "edit", _("Video")
    EPISODE = "episode", _("Episode")
    STICKER = "sticker", _("Sticker")
    TEXT = "text", _("Text")
    GAME = "game", _("Game")


class Status(models.TextChoices):
    """Where a work stands, in printers' words in French."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    REVIEW = "review", _("In review")
    CHANGES = "changes", _("Changes wanted")
    REFUSED = "refused", _("Refused")
    ACCEPTED = "accepted", _("Accepted")
    RELEASED = "released", _("Released")
    RECALLED = "recalled", _("Recalled")


class AiDeclaration(models.TextChoices):
    """What the author says about generative AI."""

    NONE = "none", _("Made without AI")
    ASSISTED = "assisted", _("Made with the help of AI")
    GENERATED = "generated", _("Made by AI")


class Press(models.TextChoices):
    """How far the background work on a work's files is; empty for one whose files came ready."""

    WAITING = "waiting", _("Waiting for the press")
    RUNNING = "running", _("On the press")
    DONE = "done", _("Files ready")
    FAILED = "failed", _("The press stopped")


class Work(models.Model):
    """What a volunteer made for others to pass on."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="works", verbose_name=_("campaign"))
    slug = models.SlugField(_("address"), max_length=80)
    origin = models.CharField(_("key of an import"), max_length=120, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("in a sentence"), blank=True)
    body = models.TextField(_("the text itself, for a text"), blank=True, default="")
    link = models.URLField(_("where it is played, for a game"), max_length=300, blank=True, default="")
    alt_text = models.TextField(_("alternative text"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("author"),
    )
    coauthors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="shared_works", verbose_name=_("made with")
    )
    brief = models.ForeignKey(
        Brief, models.SET_NULL, null=True, blank=True, related_name="works", verbose_name=_("brief")
    )
    credit = models.CharField(_("credit line"), max_length=120)
    licence = models.CharField(_("licence"), max_length=60, default="CC BY-SA 4.0")
    sources = models.JSONField(_("sources"), default=list, blank=True)
    rights = models.JSONField(_("rights sheet"), default=list, blank=True)
    labels = models.JSONField(_("labels"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    ai = models.CharField(
        _("AI declaration"), max_length=10, choices=AiDeclaration.choices, default=AiDeclaration.NONE
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="versions", verbose_name=_("made from")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    proof = models.PositiveSmallIntegerField(_("proof"), default=1)
    press = models.CharField(_("press"), max_length=10, choices=Press.choices, blank=True, default="")
    press_done = models.PositiveSmallIntegerField(_("files made"), default=0)
    press_total = models.PositiveSmallIntegerField(_("files to make"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    release_after = models.DateTimeField(_("to be released after"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recall_reason = models.TextField(_("why it was recalled"), blank=True)

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["-released_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "slug"], name="work_slug_unique"),
            models.UniqueConstraint(
                fields=["campaign", "origin"], condition=~models.Q(origin=""), name="work_origin_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "status", "-released_at"], name="work_shelf"),
            models.Index(fields=["campaign", "status", "kind", "-released_at"], name="work_kind"),
            models.Index(fields=["campaign", "status", "submitted_at"], name="work_queue"),
            models.Index(fields=["author", "-id"], name="work_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The work's public page."""
        return reverse("work", args=[self.slug])


class SeatTarget(models.Model):
    """A seat that a work speaks of; a work without any speaks of the whole country."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="targets")
    seat = models.CharField(_("seat"), max_length=6, db_index=True)

    class Meta:
        verbose_name = _("seat target")
        verbose_name_plural = _("seat targets")
        constraints = [models.UniqueConstraint(fields=["work", "seat"], name="seat_target_unique")]

    def __str__(self) -> str:
        return self.seat


class Edition(models.Model):
    """One file of a work, in one format."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="editions")
    format = models.CharField(_("format"), max_length=30)
    preview = models.BooleanField(_("only shown, not offered"), default=False)
    file = models.FileField(_("file"), upload_to="editions", max_length=200)
    media_type = models.CharField(_("media type"), max_length=40)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    bytes = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["work", "format"], name="edition_format_unique")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.format}"

    def get_absolute_url(self) -> str:
        """Where the file is downloaded; the address holds the fingerprint, so it never changes."""
        return reverse("edition", args=[self.pk, self.sha256[:12], self.filename])

    @property
    def filename(self) -> str:
        """A name that says what the file is, once it is among a person's downloads."""
        return f"{self.work.slug}-{self.format}.{str(self.file.name).rsplit('.', 1)[-1]}"


class Verdict(models.TextChoices):
    """What a reviewer concludes."""

    ACCEPT = "accept", _("Good to print")
    CHANGES = "changes", _("To be corrected")
    REFUSE = "refuse", _("Refused")


class Review(models.Model):
    """One reviewer's reading of one proof: five points, a verdict, words for the author."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="reviews", verbose_name=_("work"))
    proof = models.PositiveSmallIntegerField(_("proof"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reviews",
        verbose_name=_("reviewer"),
    )
    points = models.JSONField(_("points"), default=dict)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    feedback = models.TextField(_("words for the author"), blank=True, default="")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["work", "proof", "reviewer"], name="review_once_a_proof"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.verdict}"


class Share(models.Model):
    """Someone said that they posted a work; of their words, keyed fingerprints alone. No view is counted."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="shares", verbose_name=_("work"))
    platform = models.CharField(_("platform"), max_length=20, blank=True, default="")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shares",
        verbose_name=_("member"),
    )
    address = models.URLField(_("address of the post"), max_length=300, blank=True, default="")
    shingles = models.JSONField(_("fingerprints of the words"), default=list, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "address"], condition=~models.Q(address=""), name="share_address_once"
            )
        ]
        indexes = [
            models.Index(fields=["work", "-id"], name="share_work"),
            models.Index(fields=["member", "-id"], name="share_member"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.platform}"
