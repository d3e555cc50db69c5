"""What the bot does, one cog a noun; imported by the running bot, once Django's catalogues are there."""

from tractage.bot.cogs.missions import Missions
from tractage.bot.cogs.welcome import Welcome

COGS = (Welcome, Missions)
