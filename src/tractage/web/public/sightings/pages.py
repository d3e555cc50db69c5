"""The page that logs a post, and the door by which a phone's share sheet comes in."""

from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tractage.adapters.media import MediaError
from tractage.domain.reach.links import LinkError, find_link, parse_link
from tractage.hq.library.models import Work
from tractage.hq.people.attempts import Limit, check_attempts, count_attempt, fingerprint
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.selectors import has_accepted
from tractage.hq.sightings.prints import WorkMatch, can_match, read_matches
from tractage.hq.sightings.refusals import FieldRefused, link_refusal
from tractage.hq.sightings.selectors import works_to_choose
from tractage.hq.sightings.services import log_sighting
from tractage.web.campaign import served
from tractage.web.desk.access import place_of
from tractage.web.public.sightings.forms import SeenForm, platform_name, recognise

VISITOR, MEMBER = Limit("seen", 30, 60), Limit("seen-member", 240, 60)
SEEN, LOOKED = "tractage.web.seen", "tractage.web.looked"
LOOKED_SECONDS = 3600


def member_who_sees(request: HttpRequest) -> Member | None:
    """The member who asks, once they accepted the charter; None is a visitor."""
    user = request.user
    return user if isinstance(user, Member) and has_accepted(user, served(request)) else None


@require_http_methods(["GET", "HEAD", "POST"])
def see(request: HttpRequest) -> HttpResponse:
    """Log a post by its link or a screenshot."""
    member = member_who_sees(request)
    asked: dict[str, Any] = {"campaign": served(request), "member": member is not None}
    if request.method != "POST":
        given = {"work": request.GET.get("oeuvre", "")[:80], "link": request.GET.get("lien", "")[:1000]}
        return _show(request, SeenForm(initial=given, **asked))
    form = SeenForm(request.POST, request.FILES, **asked)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        _count(request, member)
        capture = form.cleaned_data["capture"]
        matches = recognise(form.campaign, capture) if capture else looked(request)
        if capture and not matches and not form.chosen and not form.cleaned_data["unknown"]:
            return _show(request, form, unrecognised=True)
        sighting = log_sighting(member, form.campaign, form.seen(matches))
    except FieldRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except MediaError as refusal:
        form.add_error("capture", refusal.in_words(_))
    except TooManyAttempts as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, status=429)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect("seen", signing.dumps(sighting.pk, salt=SEEN))
    return _show(request, form, status=422)


@csrf_exempt
@require_POST
def shared(request: HttpRequest) -> HttpResponse:
    """What the phone's share sheet sends: nothing is written, the page comes filled in.

    Without a token of the site, which a share sheet cannot have: that is why nothing is written here.
    """
    member = member_who_sees(request)
    link = find_link(*(request.POST.get(name, "")[:2000] for name in ("url", "text", "title")))
    form = SeenForm(initial={"link": link}, campaign=served(request), member=member is not None)
    capture = request.FILES.get("capture")
    refused, matches = "", None
    try:
        if link:
            parse_link(link)
        if isinstance(capture, UploadedFile):
            _count(request, member)
            matches = recognise(form.campaign, capture)
    except LinkError as error:
        refused = str(link_refusal(error))
    except MediaError as error:
        refused = error.in_words(_)
    except TooManyAttempts as error:
        refused = str(error)
    unrecognised = matches == []
    return _show(request, form, unrecognised=unrecognised, matches=matches or [], refused=refused)


def looked(request: HttpRequest) -> list[WorkMatch]:
    """What the prints said of the screenshot that the share sheet brought, as this site signed it."""
    try:
        kept = signing.loads(request.POST.get("looked", ""), salt=LOOKED, max_age=LOOKED_SECONDS)
    except signing.BadSignature:
        return []
    return read_matches(kept)


def _count(request: HttpRequest, member: Member | None) -> None:
    """Count a sighting against who sends it. Raises TooManyAttempts in the words of this page."""
    limit, who = (MEMBER, str(member.pk)) if member else (VISITOR, place_of(request))
    keys = {limit: fingerprint(limit, who)}
    try:
        check_attempts(keys)
    except TooManyAttempts as refusal:
        words = _("Many sightings have come from here: thank you. Log the next one in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": refusal.minutes}, refusal.minutes) from None
    count_attempt(keys)


def _show(
    request: HttpRequest,
    form: SeenForm,
    *,
    status: int = 200,
    unrecognised: bool = False,
    matches: list[WorkMatch] | None = None,
    refused: str = "",
) -> HttpResponse:
    work = form.chosen
    context: dict[str, Any] = {
        "form": form,
        "work": work,
        "unrecognised": unrecognised,
        "works": works_to_choose(form.campaign) if unrecognised else [],
        "looked": signing.dumps([one.plain() for one in matches], salt=LOOKED) if matches else "",
        "recognised": _named(matches or []),
        "refused": refused,
        "platform": _platform(str(form["link"].value() or "")),
        "matching": can_match(),
    }
    response = render(request, "public/sightings/see.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _named(matches: list[WorkMatch]) -> Work | None:
    """The work that a shared screenshot names alone, to be shown at once."""
    return Work.objects.filter(pk=matches[0].work).first() if len(matches) == 1 else None


def _platform(link: str) -> str:
    try:
        return platform_name(parse_link(link).platform) if link else ""
    except LinkError:
        return ""
