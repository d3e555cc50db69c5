"""`studio check`: everything that refuses a template, each time with the element's name."""

from collections.abc import Callable, Mapping, Sequence

from tractage.domain.errors import InputError
from tractage.domain.studio.cascade import Style, computed
from tractage.domain.studio.check_boxes import check_boxes, check_fitted, place
from tractage.domain.studio.check_ink import NO_TEXT, TEXT_ALONE, Pixels, check_ink, read_pixels
from tractage.domain.studio.check_source import check_page_source, check_template_source
from tractage.domain.studio.compose import SMALLEST, compose, unit
from tractage.domain.studio.formats import Format, find_format
from tractage.domain.studio.kits import Finding, Kit, check_kit
from tractage.domain.studio.markup import INLINE, Node, mark_page, read_page
from tractage.domain.studio.picture import renderer
from tractage.domain.studio.press_rules import check_press
from tractage.domain.studio.setting import apply_fit, fit
from tractage.domain.studio.template import KEY, Template


def check_template(
    template: Template,
    kit: Kit,
    formats: Sequence[str],
    rows: Sequence[Mapping[str, str]] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> list[Finding]:
    """Return what is wrong with `template` filled with its examples and with `rows`, in each of `formats`.

    Refused: unknown family, missing glyph, overflow, overlap, contrast under WCAG AA, hidden text, unfilled
    field, remote resource, script, type too small, and on paper a missing imprint. Warned: a colour that is
    not the kit's, an unused field, and on paper a white ground or blue, white and red together.
    """
    found = check_template_source(template) + check_kit(kit)
    if any(finding.rule == "script" for finding in found):
        return found
    tried = [("example", template.example())]
    tried += [(f"row {row.get(KEY) or number}", dict(row)) for number, row in enumerate(rows, start=1)]
    for where, row in tried:
        for name in formats:
            found += check_work(template, row, find_format(name), kit, where=where)
            progress(1)
    return list(dict.fromkeys(found))


def check_work(
    template: Template,
    row: Mapping[str, str],
    fmt: Format,
    kit: Kit,
    *,
    where: str = "example",
    ink: bool = True,
) -> list[Finding]:
    """Return what is wrong with one work; without `ink` the page is laid out and measured but not drawn."""
    place_name = f"{where}, {fmt.name}"
    engine, side = renderer(), unit(fmt.width, fmt.height)
    try:
        html = compose(engine, template, row, fmt, kit, where)
    except InputError as error:
        return [Finding(True, "field", template.name, str(error), place_name)]
    nodes = read_page(html)
    styles = computed(nodes, side)
    marked, runs = mark_page(html, nodes, inline_nodes(nodes, styles))
    found = check_page_source(nodes, styles, place_name)
    if any(finding.rule in ("remote", "script") for finding in found):
        return found
    # The sizes are those of the work itself, so that what is measured is what will be drawn.
    plain = engine.open(html, fmt.width, fmt.height, transparent=template.transparent)
    fitted = fit(plain, html, SMALLEST * side)
    page = engine.open(marked, fmt.width, fmt.height, transparent=template.transparent)
    apply_fit(page, fitted)
    boxes = page.boxes()
    placed = place(runs, boxes, styles, fitted)
    found += check_boxes(placed, fmt, side, SMALLEST, place_name)
    found += check_fitted(placed, boxes, fitted, side, place_name)
    if ink:
        full = read_pixels(page.rgba(template.still), fmt.width, fmt.height)
        bare, alone = (_redrawn(template, marked, fmt, css, fitted) for css in (NO_TEXT, TEXT_ALONE))
        found += check_ink(placed, full, bare, alone, side, place_name)
        if fmt.print:
            found += check_press(template.read(row, kit), full, fmt, place_name)
    return found


def _redrawn(template: Template, html: str, fmt: Format, css: str, fitted: Mapping[str, float]) -> Pixels:
    """Return the same page drawn with other colours; the text alone stands on nothing."""
    clear = template.transparent or css == TEXT_ALONE
    page = renderer().open(html, fmt.width, fmt.height, transparent=clear, css=css)
    apply_fit(page, fitted)
    return read_pixels(page.rgba(template.still), fmt.width, fmt.height)


def inline_nodes(nodes: list[Node], styles: dict[int, Style]) -> set[int]:
    """Return the elements that flow with the text around them."""
    flowing = set()
    for node in nodes:
        style = styles.get(id(node))
        if (
            style
            and node.tag in INLINE
            and not style.absolute
            and style.display in ("inline", "inline-block")
        ):
            flowing.add(id(node))
    return flowing
