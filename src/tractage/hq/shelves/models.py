"""A series and its episodes; a print of the album."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Press, Work


class Series(models.Model):
    """Works that come out one after the other, at announced dates."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="series", verbose_name=_("campaign"))
    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=90)
    summary = models.TextField(_("in a sentence"), blank=True, default="")
    open = models.BooleanField(_("it goes on"), default=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "slug"], name="series_slug_unique")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("one_series", args=[self.slug])


class Episode(models.Model):
    """One number of a series: when it is announced for, and the work once there is one."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="episodes", verbose_name=_("series"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=90)
    at = models.DateTimeField(_("announced for"), null=True, blank=True)
    work = models.ForeignKey(
        Work, models.SET_NULL, null=True, blank=True, related_name="episodes", verbose_name=_("work")
    )

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="episode_number_unique")]
        indexes = [models.Index(fields=["at"], name="episode_at")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class AlbumPrint(models.Model):
    """The sheets of the album, or of one department's cards, as a PDF; `key` says of which cards."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", verbose_name=_("campaign"))
    department = models.CharField(_("department, or none for all"), max_length=3, blank=True, default="")
    key = models.CharField(_("fingerprint of the cards"), max_length=64)
    state = models.CharField(_("press"), max_length=10, choices=Press.choices, default=Press.WAITING)
    done = models.PositiveIntegerField(_("cards set"), default=0)
    total = models.PositiveIntegerField(_("cards to set"))
    file = models.FileField(_("file"), upload_to="album", max_length=200, blank=True)
    bytes = models.PositiveIntegerField(_("size in bytes"), default=0)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)

    class Meta:
        verbose_name = _("print of the album")
        verbose_name_plural = _("prints of the album")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "department", "key"], name="album_print_once")
        ]

    def __str__(self) -> str:
        return f"{self.department or '*'} {self.key[:8]}"
