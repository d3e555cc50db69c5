"""`/moderation`: decide with an article and a reason, confirm for somebody else, undo."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.bot.answers import Answer, Work, answer, card, show, worked
from tractage.bot.choosing import choices, number
from tractage.bot.client import TractageBot
from tractage.bot.controls import on_press, panel
from tractage.bot.forms import Form
from tractage.bot.people import person
from tractage.bot.replies import moderation
from tractage.bot.words import house_language, named, said
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.sanctions import Kind

Interaction = discord.Interaction[Any]
WHO = said(gettext_noop("Who is it about"))
WHY = said(gettext_noop("What was seen: the reason stays with the sanction"))
ARTICLE = said(gettext_noop("The article of the charter"))
HOURS = range(1, 24 * 7 + 1)
LEVELS = [
    app_commands.Choice(name=said(name), value=int(level))
    for name, level in (
        (gettext_noop("calm"), Level.CALM),
        (gettext_noop("watch"), Level.WATCH),
        (gettext_noop("slow mode"), Level.SLOW),
        (gettext_noop("gate"), Level.GATE),
        (gettext_noop("lockdown"), Level.LOCKDOWN),
    )
]


class Moderation(commands.Cog):
    """For moderators; safety refuses everybody else in words."""

    moderation = app_commands.Group(
        name=named("moderation", "moderation"), description=said(gettext_noop("For moderators: decide, undo"))
    )

    def __init__(self, bot: TractageBot) -> None:
        self.bot = bot

    @moderation.command(name=named("file", "queue"), description=said(gettext_noop("What waits")))
    async def queue(self, interaction: Interaction) -> None:
        """What waits for a moderator."""
        await answer(interaction, moderation.to_do)

    @moderation.command(name=named("avertir", "warn"), description=said(gettext_noop("Warn a person")))
    @app_commands.rename(who=named("qui", "who"), why=named("raison", "reason"))
    @app_commands.describe(who=WHO, why=WHY, article=ARTICLE)
    async def warn(self, interaction: Interaction, who: discord.Member, why: str, article: str) -> None:
        """Warn."""
        await self._decide(interaction, moderation.decide(Kind.WARN, person(who), article, why))

    @moderation.command(
        name=named("silence", "timeout"), description=said(gettext_noop("Silence a person for a time"))
    )
    @app_commands.rename(who=named("qui", "who"), minutes="minutes", why=named("raison", "reason"))
    @app_commands.describe(
        who=WHO, why=WHY, article=ARTICLE, minutes=said(gettext_noop("How long, in minutes"))
    )
    async def mute(
        self,
        interaction: Interaction,
        who: discord.Member,
        minutes: app_commands.Range[int, 1, 40_000],
        why: str,
        article: str,
    ) -> None:
        """Silence."""
        work = moderation.decide(Kind.MUTE, person(who), article, why, minutes=minutes)
        await self._decide(interaction, work)

    @moderation.command(
        name=named("quarantaine", "quarantine"), description=said(gettext_noop("Put a person in quarantine"))
    )
    @app_commands.rename(who=named("qui", "who"), why=named("raison", "reason"))
    @app_commands.describe(who=WHO, why=WHY, article=ARTICLE)
    async def quarantine(self, interaction: Interaction, who: discord.Member, why: str, article: str) -> None:
        """Quarantine."""
        await self._decide(interaction, moderation.decide(Kind.QUARANTINE, person(who), article, why))

    @moderation.command(
        name=named("bannir", "ban"), description=said(gettext_noop("Propose a ban: a second person confirms"))
    )
    @app_commands.rename(
        who=named("qui", "who"), why=named("raison", "reason"), emergency=named("urgence", "emergency")
    )
    @app_commands.describe(
        who=WHO,
        why=WHY,
        article=ARTICLE,
        emergency=said(gettext_noop("At once; lapses in a day unless a second person confirms")),
    )
    async def ban(
        self, interaction: Interaction, who: discord.User, why: str, article: str, emergency: bool = False
    ) -> None:
        """Propose a ban."""
        work = moderation.decide(Kind.BAN, person(who), article, why, emergency=emergency)
        await self._decide(interaction, work)

    @moderation.command(name=named("lever", "undo"), description=said(gettext_noop("Undo a sanction")))
    @app_commands.rename(why=named("raison", "reason"))
    @app_commands.describe(
        sanction=said(gettext_noop("Which one")), why=said(gettext_noop("Why it is undone"))
    )
    async def lift(self, interaction: Interaction, sanction: str, why: str) -> None:
        """Undo."""
        await self._decide(interaction, moderation.lift(number(sanction), why), tells=False)

    @moderation.command(
        name=named("vague", "wave"), description=said(gettext_noop("Undo a whole wave, after a look"))
    )
    @app_commands.rename(wave=named("laquelle", "which"))
    @app_commands.describe(wave=said(gettext_noop("Which one")))
    async def wave(self, interaction: Interaction, wave: str) -> None:
        """What undoing a wave gives back, then the button."""
        await answer(interaction, moderation.what_a_wave_gives_back(wave))

    @moderation.command(
        name=named("echelle", "ladder"),
        description=said(gettext_noop("The ladder: where it stands, move it")),
    )
    @app_commands.rename(level=named("niveau", "level"), why=named("raison", "reason"))
    @app_commands.describe(
        level=said(gettext_noop("Where to")),
        why=said(gettext_noop("Why: the others read it")),
        minutes=said(gettext_noop("How long, in minutes; it then goes down by itself")),
    )
    @app_commands.choices(level=LEVELS)
    async def ladder(
        self,
        interaction: Interaction,
        level: int | None = None,
        why: str = "",
        minutes: app_commands.Range[int, 1, 1440] = 30,
    ) -> None:
        """Show the ladder, or move it."""
        if level is None:
            await answer(interaction, moderation.ladder)
            return
        await self._step(interaction, moderation.stepped(level, why, minutes))

    @warn.autocomplete("article")
    @mute.autocomplete("article")
    @quarantine.autocomplete("article")
    @ban.autocomplete("article")
    async def articles(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Articles of the charter."""
        return await choices(interaction, moderation.matching_articles, current)

    @lift.autocomplete("sanction")
    async def in_force(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Sanctions in force."""
        return await choices(interaction, moderation.matching_sanctions, current)

    @wave.autocomplete("wave")
    async def waves(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Waves in force."""
        return await choices(interaction, moderation.matching_waves, current)

    async def _decide(self, interaction: Interaction, work: Work, *, tells: bool = True) -> None:
        await decided(interaction, work, tells=tells)

    async def _step(self, interaction: Interaction, work: Work) -> None:
        await decided(interaction, work, tells=False)
        watch: Any = self.bot.get_cog("Watch")
        await watch.keep_up()


async def decided(interaction: Interaction, work: Work, *, tells: bool = True, fresh: bool = False) -> None:
    """Decide, answer in private, carry it out; the moderators' room hears what waits for a second person."""
    pressed = interaction.message
    if pressed is not None and pressed.flags.ephemeral and not fresh:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
    told: Answer = await worked(interaction, work)
    await show(interaction, told)
    bot: TractageBot = interaction.client
    if tells and any(getattr(one, "verb", "") in ("ban_confirm", "wave_confirm") for one in told.controls):
        embed = card(told)
        with house_language():
            embed.add_field(name=_("Proposed by"), value=interaction.user.mention)
        await bot.tell("moderation", embed, panel(told.controls))
    watch: Any = bot.get_cog("Watch")
    if watch is not None:
        await watch.do_orders()


async def ask_why(interaction: Interaction, title: str, then: Any) -> None:
    """Ask for a reason, then decide."""

    async def filled(again: Interaction, written: dict[str, str]) -> None:
        await decided(again, then(written["why"]), fresh=True)

    await interaction.response.send_modal(Form(title, filled).ask("why", _("Why"), most=400, long=True))


@on_press("inc_fine")
async def fine(interaction: Interaction, key: str) -> None:
    """Nothing wrong."""
    await answer(interaction, moderation.nothing_wrong(int(key)))


@on_press("inc_warn")
async def warn(interaction: Interaction, key: str) -> None:
    """Warn the person of an incident."""
    await decided(interaction, moderation.decide_on_incident(Kind.WARN, int(key)))


@on_press("inc_quarantine")
async def quarantine(interaction: Interaction, key: str) -> None:
    """Put them in quarantine."""
    await decided(interaction, moderation.decide_on_incident(Kind.QUARANTINE, int(key)))


@on_press("inc_ban")
async def propose_ban(interaction: Interaction, key: str) -> None:
    """Propose their ban."""
    await decided(interaction, moderation.decide_on_incident(Kind.BAN, int(key)))


@on_press("let_in")
async def let_in(interaction: Interaction, key: str) -> None:
    """Let somebody in."""
    await ask_why(interaction, _("Let in"), lambda why: moderation.let_in(int(key), why))


@on_press("ban_confirm")
async def confirm_ban(interaction: Interaction, key: str) -> None:
    """The second person's button."""
    await decided(interaction, moderation.confirm(int(key)), fresh=True)


@on_press("ban_refuse")
async def refuse_ban(interaction: Interaction, key: str) -> None:
    """Say no."""
    await ask_why(interaction, _("Refuse"), lambda why: moderation.refuse(int(key), why))


@on_press("lift")
async def lift(interaction: Interaction, key: str) -> None:
    """Undo."""
    await ask_why(interaction, _("Undo"), lambda why: moderation.lift(int(key), why))


@on_press("wave_undo")
async def look_at_wave(interaction: Interaction, key: str) -> None:
    """What undoing gives back."""
    await answer(interaction, moderation.what_a_wave_gives_back(key))


@on_press("wave_undo_now")
async def undo_wave(interaction: Interaction, key: str) -> None:
    """Undo a wave."""
    await ask_why(interaction, _("Undo the whole wave"), lambda why: moderation.wave_undone(key, why))


@on_press("wave_ban")
async def ban_wave(interaction: Interaction, key: str) -> None:
    """Propose the ban of a wave."""
    await ask_why(
        interaction, _("Ban the wave"), lambda why: moderation.wave_banned(key, why, emergency=False)
    )


@on_press("wave_ban_now")
async def ban_wave_now(interaction: Interaction, key: str) -> None:
    """Ban a wave at once: it lapses in a day unless a second person confirms."""
    await ask_why(interaction, _("Ban at once"), lambda why: moderation.wave_banned(key, why, emergency=True))


@on_press("wave_confirm")
async def confirm_wave(interaction: Interaction, key: str) -> None:
    """The second person's button, for a wave."""
    await decided(interaction, moderation.wave_confirmed(int(key)), fresh=True)


@on_press("ladder")
async def move_ladder(interaction: Interaction, key: str) -> None:
    """Move the ladder for half an hour."""
    await ask_why(interaction, _("The ladder"), lambda why: moderation.stepped(int(key), why, 30))
