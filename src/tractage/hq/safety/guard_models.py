"""What the guard goes by: rules and their revisions, shadow hits, the ladder, known pictures, lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

AUTHOR = settings.AUTH_USER_MODEL


class RuleKind(models.TextChoices):
    """What a rule looks for."""

    WORD = "word", _("Word or phrase")
    NAME = "name", _("Name")
    PATTERN = "pattern", _("Pattern (RE2)")


class RuleAction(models.TextChoices):
    """What a rule does; the strongest puts in quarantine, none bans."""

    FLAG = "flag", _("Flag to moderators")
    REMOVE = "remove", _("Remove the message")
    QUARANTINE = "quarantine", _("Remove it and put in quarantine")


class RuleState(models.TextChoices):
    """Whether a rule acts; each begins in shadow."""

    SHADOW = "shadow", _("In shadow")
    ACTIVE = "active", _("Switched on")


class GuardRule(models.Model):
    """One rule. `seen` and `hits` count since it was put in shadow, or since its text was changed."""

    key = models.CharField(_("identifier"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=RuleKind.choices)
    text = models.CharField(_("text"), max_length=400)
    action = models.CharField(_("action"), max_length=12, choices=RuleAction.choices)
    scope = models.JSONField(_("channels"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=RuleState.choices, default=RuleState.SHADOW, db_index=True
    )
    seen = models.PositiveBigIntegerField(_("messages seen"), default=0)
    hits = models.PositiveBigIntegerField(_("hits"), default=0)
    by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class AllowedWord(models.Model):
    """An innocent look-alike that every rule lets through."""

    text = models.CharField(_("word or phrase"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("allowed word")
        verbose_name_plural = _("allowed words")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class RulesRevision(models.Model):
    """All rules as they stood after a change; the bot asks whether its own is still the latest."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(_("what changed"), max_length=200)
    active = models.TextField(_("rules switched on (TOML)"))
    shadow = models.TextField(_("rules in shadow (TOML)"))

    class Meta:
        verbose_name = _("revision of the rules")
        verbose_name_plural = _("revisions of the rules")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class ShadowHit(models.Model):
    """A sampled time when a rule in shadow would have acted; people judge it. The text is sealed."""

    rule = models.ForeignKey(GuardRule, models.CASCADE, related_name="sample")
    message = models.CharField(_("message"), max_length=64)
    found = models.CharField(_("found"), max_length=200)
    sealed = models.TextField(_("sealed text"), blank=True, default="")
    at = models.DateTimeField(_("when"), db_index=True)
    right = models.BooleanField(_("rightly"), null=True, blank=True)
    judged_by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("hit in shadow")
        verbose_name_plural = _("hits in shadow")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "message"], name="shadow_hit_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.message}"


class LadderStep(models.Model):
    """One step of the ladder, up or down, by the guard or by a person, with what it rests on."""

    at = models.DateTimeField(_("when"), db_index=True)
    level = models.PositiveSmallIntegerField(_("level"))
    before = models.PositiveSmallIntegerField(_("level before"))
    why = models.CharField(_("why"), max_length=300)
    evidence = models.JSONField(_("evidence"), default=list)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")
    by_person = models.BooleanField(_("by a person"), default=False)

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.level}"


class GuardSettingsRow(models.Model):
    """The settings of gate, floods, raids and ladder as they stood from a moment on; the latest holds."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")
    values = models.JSONField(_("values"), default=dict)

    class Meta:
        verbose_name = _("settings of the guard")
        verbose_name_plural = _("settings of the guard")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class KnownPictureRow(models.Model):
    """A picture removed before: its fingerprint alone."""

    fingerprint = models.CharField(_("fingerprint"), max_length=128)
    reason = models.CharField(_("reason"), max_length=120)
    origin = models.CharField(_("known from"), max_length=60, default="own")
    action = models.CharField(_("action"), max_length=12, choices=RuleAction.choices)
    by = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"))
    expires_at = models.DateTimeField(_("until"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("known picture")
        verbose_name_plural = _("known pictures")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["fingerprint", "origin"], name="known_picture_once")]

    def __str__(self) -> str:
        return self.fingerprint[:16]


class Trusted(models.IntegerChoices):
    """How far a list is followed; each begins with watching."""

    WATCH = 0, _("Watch only")
    FLAG = 1, _("Flag the arrival")
    QUARANTINE = 2, _("The arrival waits for a person")


class PreventiveList(models.Model):
    """A partner community: its public key, the key shared with it (sealed), its last list."""

    source = models.CharField(_("partner"), max_length=60, unique=True)
    public_key = models.CharField(_("public key"), max_length=64)
    sealed_key = models.TextField(_("shared key, sealed"))
    trust = models.PositiveSmallIntegerField(_("trust"), choices=Trusted.choices, default=Trusted.WATCH)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)

    class Meta:
        verbose_name = _("preventive list")
        verbose_name_plural = _("preventive lists")
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source


class ListedMember(models.Model):
    """An entry of a list: a keyed hash, a class of reason, the digest of evidence that stays elsewhere."""

    shared = models.ForeignKey(PreventiveList, models.CASCADE, related_name="entries")
    member = models.CharField(_("keyed hash"), max_length=64)
    reason = models.CharField(_("class of reason"), max_length=20)
    evidence = models.CharField(_("digest of the evidence"), max_length=64)
    expires_at = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        verbose_name = _("entry of a list")
        verbose_name_plural = _("entries of lists")
        constraints = [models.UniqueConstraint(fields=["shared", "member"], name="listed_once")]

    def __str__(self) -> str:
        return self.member[:16]
