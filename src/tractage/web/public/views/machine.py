"""What programs read: the campaign's colours, the manifest, robots, the sitemap."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import all_seats
from tractage.hq.library.selectors import public_works
from tractage.web.campaign import served
from tractage.web.pages import kept

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
PUBLIC_PAGES = (
    "home", "gallery", "seats", "vote", "about", "legal", "feeds",
    "ledger", "series", "album", "arcade", "partners",
)  # fmt: skip


def kit(request: HttpRequest, revision: str) -> HttpResponse:
    """The five papers and the ink of the campaign, checked when its file was read."""
    colours = "".join(f"--k-{name}:{value};" for name, value in served(request).kit.items())
    response = HttpResponse(f":root{{{colours}}}", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@kept
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the site."""
    campaign = served(request)
    icons = [
        {"src": static("img/symbole.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("img/symbole-192.png"), "sizes": "192x192", "type": "image/png"},
        {
            "src": static("img/symbole-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "any maskable",
        },
    ]
    document = {
        "name": campaign.name,
        "short_name": campaign.name[:12],
        "description": campaign.summary,
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6eedc",
        "theme_color": "#f6eedc",
        "icons": icons,
        "share_target": {
            "action": reverse("share_target"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "capture", "accept": ["image/*"]}],
            },
        },
        "shortcuts": [
            {"name": _("Seen!"), "url": reverse("see_post")},
            {"name": _("Gallery"), "url": reverse("gallery")},
            {"name": _("Voting"), "url": reverse("vote")},
        ],
    }
    return JsonResponse(document, content_type="application/manifest+json")


def robots(request: HttpRequest) -> HttpResponse:
    """Everyone may read the public pages; the rest is of no use to a robot."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /moi/", "Disallow: /connexion/"]
    lines.append(f"Sitemap: {settings.TRACTAGE.site_url}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page."""
    campaign = served(request)
    paths = [reverse(name) for name in PUBLIC_PAGES]
    paths += [reverse("seat", args=[one.code]) for one in all_seats()]
    paths += [work.get_absolute_url() for work in public_works(campaign).prefetch_related(None)]
    entries = "".join(f"<url><loc>{settings.TRACTAGE.site_url}{path}</loc></url>" for path in paths)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">{entries}</urlset>\n'
    return HttpResponse(body, content_type="application/xml")
