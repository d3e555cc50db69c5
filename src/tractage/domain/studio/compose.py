"""From a template, a row, a format and a kit to one page of HTML."""

import base64
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tractage.domain.errors import InputError
from tractage.domain.studio.fonts import outline
from tractage.domain.studio.formats import Format
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.ornament import grid, halftone, scatter, torn
from tractage.domain.studio.photo import embed_photo
from tractage.domain.studio.renderer import Renderer
from tractage.domain.studio.setting import Line, metrics, stack
from tractage.domain.studio.template import PAGE, Template, templates_folder
from tractage.domain.studio.typography import french, plain, raised

SMALLEST = 2.3
"""The smallest type of a picture, in hundredths of the side of the square of the same area."""


def unit(width: int, height: int) -> float:
    """Return one hundredth of the side of the square of the same area, in pixels: the `rem` of templates."""
    return float((width * height) ** 0.5 / 100)


def compose(
    renderer: Renderer, template: Template, row: Mapping[str, str], fmt: Format, kit: Kit, where: str = "row"
) -> str:
    """Return the page of `template` filled with `row`, in the layout of `fmt` and the colours of `kit`.

    Raises InputError that names the row and field, or the line of the template that is wrong.
    """
    values = template.read(row, kit, where)
    for name, item in template.fields.items():
        if item.type == "picture" and values[name]:
            values[name] = embed_photo(values[name])

    def set_stack(
        text: str, width: float, height: float, family: str = "Anton", **options: Any
    ) -> list[Line]:
        return stack(renderer.advance, str(text), width, height, family, **options)

    try:
        page = _environment(str(template.folder)).get_template(PAGE)
        return page.render(
            W=fmt.width,
            H=fmt.height,
            u=unit(fmt.width, fmt.height),
            fmt=fmt.layout,
            paper=fmt.print,
            top=fmt.safe.top,
            low=fmt.safe.bottom,
            side=max(fmt.safe.left, fmt.safe.right),
            c=kit.colours,
            logo=_logo(kit.logo),
            k=kit,
            face=metrics(kit.title_font),
            f=values,
            stack=set_stack,
            advance=renderer.advance,
        )
    except jinja2.TemplateSyntaxError as error:
        raise InputError(
            f"{template.folder.name}/{error.name}: line {error.lineno}: {error.message}"
        ) from error
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, ZeroDivisionError) as error:
        raise InputError(f"{template.folder.name}/{PAGE}: {where}: {error}") from error


def _logo(svg: str) -> str:
    """Return a kit's logo as a data address, or nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode() if svg else ""


@lru_cache(maxsize=32)
def _environment(folder: str) -> ImmutableSandboxedEnvironment:
    loader = jinja2.FileSystemLoader([folder, str(templates_folder())])
    environment = ImmutableSandboxedEnvironment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False
    )
    environment.filters.update(fr=raised, french=french, plain=plain)
    environment.globals.update(torn=torn, grid=grid, halftone=halftone, scatter=scatter, outline=outline)
    return environment


def alternative(template: Template, row: Mapping[str, str], kit: Kit, where: str = "row") -> str:
    """Return the alternative text of a work, in French, from the template's own sentence."""
    environment = _environment(str(template.folder))
    values = {
        name: plain(value) if isinstance(value, str) else value
        for name, value in template.read(row, kit, where).items()
    }
    try:
        text = environment.from_string(template.alt).render(values)
    except jinja2.TemplateError as error:
        raise InputError(f"{template.folder.name}: alt: {error}") from error
    return plain(unescape(text))
