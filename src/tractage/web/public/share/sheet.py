"""Pass a work on: where, in one's own words, by hand; then say so if one likes."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.domain.law.pack import rule
from tractage.domain.studio.platforms import Platform, Tip, platforms
from tractage.domain.studio.wording import Level, Source
from tractage.hq.library.ideas import caption_ideas, hashtags
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Kind, Status, Work
from tractage.hq.library.refusals import Frozen
from tractage.hq.library.selectors import public_work
from tractage.hq.library.sharing import (
    Posted,
    file_for,
    log_share,
    nearness_of,
    token_holds,
    undo_share,
    undo_token,
)
from tractage.hq.library.submission import CAPTIONS
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import place_of
from tractage.web.public.views.gallery import pause

MOST_WORDS = 5000
FRAGMENT = "X-Feuille"
"""The header by which the page's own script asks for the sheet alone."""


class Said(NamedTuple):
    """What the form holds: the platform, the person's words, the address of their post."""

    platform: str
    words: str
    address: str


class Nudge(NamedTuple):
    """What is said of the words: a sentence, and whether it asks for a second look."""

    sentence: str
    again: bool


def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet of a work on the wall; during the silence it says why it waits, and nothing is handed out."""
    work = public_work(served(request), slug)
    if work is None:
        raise Http404("no such work")
    if work.status == Status.RECALLED:
        return render(request, "public/recalled.html", {"work": work}, status=410)
    status = release_status(work)
    said = _said(request, work)
    if status.frozen:
        article = rule(status.rules[0]).article
        held = {"work": work, "pause": pause(status), "article": article, "said": said}
        return _shown(request, held, 409 if request.method == "POST" else 200)
    if request.method == "POST" and "poste" in request.POST:
        return _log(request, work, said)
    if request.method == "POST" and "annuler" in request.POST:
        undo_share(request.POST["annuler"])
        return redirect(_address(work, said.platform))
    return _shown(request, _offer(request, work, said), 200)


def _log(request: HttpRequest, work: Work, said: Said) -> HttpResponse:
    member = request.user if isinstance(request.user, Member) else None
    try:
        logged = log_share(member, work, Posted(said.platform, said.address, said.words), place_of(request))
    except (Refused, Frozen) as refusal:
        return _shown(request, _offer(request, work, said) | {"error": str(refusal)}, 422)
    token = undo_token(logged.share) if logged.new else "-"
    return redirect(_address(work, said.platform, fait=token))


def _said(request: HttpRequest, work: Work) -> Said:
    """What was sent; without a choice, the first place that has a file."""
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("vers") or given.get("place") or ""
    with_file = (one.name for one in platforms().values() if file_for(work, one))
    platform = asked if asked in platforms() else next(with_file, next(iter(platforms())))
    return Said(platform, request.POST.get("mots", "")[:MOST_WORDS], request.POST.get("adresse", "")[:500])


def _offer(request: HttpRequest, work: Work, said: Said) -> dict[str, Any]:
    """What the sheet hands out."""
    chosen = platforms()[said.platform]
    file = None if work.kind == Kind.TEXT else file_for(work, chosen)
    done = request.GET.get("fait", "")
    language = get_language() or "fr"
    return {
        "work": work,
        "said": said,
        "platforms": [(one, one.label(language)) for one in platforms().values()],
        "chosen": chosen,
        "chosen_label": chosen.label(language),
        "tips": [_tip(tip, language) for tip in chosen.tips],
        "file": file,
        "subtitles": next((one for one in work.editions.all() if one.format == CAPTIONS), None),
        "ideas": caption_ideas(work),
        "hashtags": hashtags(work.campaign),
        "credit": f"{work.credit}, {work.licence}",
        "address": f"{settings.TRACTAGE.site_url}{work.get_absolute_url()}",
        "nudge": nudge(work, said.words, chosen),
        "done": bool(done),
        "undo": done if done and token_holds(done) else "",
        "seen": _seen(work),
    }


def nudge(work: Work, words: str, platform: Platform) -> Nudge | None:
    """What the sheet says of one's words; None before there are any. It informs, it never blocks."""
    found = nearness_of(work, words)
    if found.level is Level.EMPTY:
        return None
    if platform.letters and len(words) > platform.letters:
        sentence = _("%(number)s signs: this place takes %(most)s. Cut where it breathes.")
        return Nudge(sentence % {"number": len(words), "most": platform.letters}, True)
    if found.level is Level.OWN:
        return Nudge(_("All yours: nobody has said it like this."), False)
    if found.source is Source.IDEA:
        if found.level is Level.SAME:
            return Nudge(_("That is the idea as it stands. What would you say to a neighbour?"), True)
        return Nudge(
            _("Much of it is still the idea. One thing that only you know would make it yours."), True
        )
    return Nudge(
        _("Others have posted almost these words. One thing that only you know would set yours apart."), True
    )


def _tip(tip: Tip, language: str) -> str:
    return tip.en if language == "en" else tip.fr


def _seen(work: Work) -> str:
    """Where one says that it went by; empty while that page does not exist."""
    try:
        return f"{reverse('see_post')}?{urlencode({'oeuvre': work.slug})}"
    except NoReverseMatch:
        return ""


def _address(work: Work, platform: str, **more: str) -> str:
    return f"{reverse('share', args=[work.slug])}?{urlencode({'vers': platform} | more)}"


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    alone = FRAGMENT in request.headers
    template = "public/share/sheet.html" if alone else "public/share/page.html"
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    patch_vary_headers(response, (FRAGMENT,))
    return response
