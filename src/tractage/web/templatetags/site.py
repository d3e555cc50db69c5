"""Pieces of a page: an icon from the sheet, the current section of a menu, the rooms of the desk."""

from typing import Any, NamedTuple

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of static/img/icons.svg; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="icone" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], *names: str) -> SafeString:
    """The attribute that marks a link as leading to the page in view, or nothing."""
    match = getattr(context.get("request"), "resolver_match", None)
    return format_html(' aria-current="{}"', "page") if match and match.url_name in names else SafeString("")


class Room(NamedTuple):
    """A link of the desk's menu; `here`: the page in view is in that room."""

    label: str
    address: str
    here: bool


@register.simple_tag(takes_context=True)
def desk_floors(context: dict[str, Any]) -> dict[str, Any]:
    """The desk's menu: `rooms` in sight, the one in view among them, and the other `floors` behind a door."""
    from tractage.web.desk.areas import floors_for

    request = context["request"]
    here = getattr(request.resolver_match, "url_name", "")
    floors = [
        (
            str(floor.label),
            [
                Room(str(area.label), reverse(area.view), here == area.view or here in area.inside)
                for area in floor.areas
            ],
        )
        for floor in floors_for(request.user)
    ]
    (_label, rooms), *others = floors or [("", [])]
    inside = [room for _floor, found in others for room in found if room.here]
    return {"rooms": [*inside, *rooms], "floors": others}


@register.simple_tag(takes_context=True)
def safety_rooms(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The counters of safety, in the same way."""
    from tractage.web.desk.safety.rooms import rooms_for

    request = context["request"]
    here = getattr(request.resolver_match, "url_name", "")
    return [
        (str(room.label), reverse(room.view), here == room.view or here in room.inside)
        for room in rooms_for(request.user)
    ]
