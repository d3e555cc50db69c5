"""The application that a WSGI server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tractage.conf.settings")
PAGES = ("home", "gallery", "work", "seat")


def make_ready() -> None:
    """Do what the first visitors would wait for: import every view, compile templates, read the seats."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse
    from django.utils.translation import override

    from tractage.domain.elections.seats import all_seats

    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("home")
    for page in PAGES:
        get_template(f"public/{page}.html")
    all_seats()
    gc.collect()
    gc.freeze()  # all this stays as long as the process: collections need not go through it again


application = get_wsgi_application()
make_ready()
