"""What the bot does, one cog a noun; imported by the running bot, once Django's catalogues are there."""

from tractage.bot.cogs.announcements import Announcements
from tractage.bot.cogs.gallery import Gallery
from tractage.bot.cogs.mirror import Mirror
from tractage.bot.cogs.missions import Missions
from tractage.bot.cogs.moderation import Moderation
from tractage.bot.cogs.operations import Operations
from tractage.bot.cogs.pivots import Pivots
from tractage.bot.cogs.reports import Reports
from tractage.bot.cogs.sightings import Sightings
from tractage.bot.cogs.watch import Watch
from tractage.bot.cogs.welcome import Welcome

COGS = (
    Welcome,
    Missions,
    Gallery,
    Pivots,
    Operations,
    Sightings,
    Reports,
    Moderation,
    Watch,
    Mirror,
    Announcements,
)
