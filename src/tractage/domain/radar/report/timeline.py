"""When coordinated shares happened: one bar per day or hour."""

import numpy as np
import polars as pl

from tractage.domain.radar.report.french import counted, moment, number

BARS = 120
DAY = 86400
WIDTH, HEIGHT = 960, 200
STEPS = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400)
WORDS = (
    "minute",
    "5 minutes",
    "quart d’heure",
    "heure",
    "3 heures",
    "6 heures",
    "jour",
    "semaine",
    "30 jours",
    "an",
)


def timeline(pairs: pl.DataFrame) -> tuple[str, str]:
    """Draw the pair rows (time_a, time_b) over time.

    Returns: the SVG and its plain sentence, both empty without pair rows
    """
    if pairs.is_empty():
        return "", ""
    times = pairs.select(pl.min_horizontal("time_a", "time_b")).to_series().to_numpy()
    first, last = float(times.min()), float(times.max())
    step, word = next(
        ((s, w) for s, w in zip(STEPS, WORDS, strict=True) if (last - first) / s < BARS),
        (STEPS[-1], WORDS[-1]),
    )
    start = np.floor(first / step) * step
    counts = np.bincount(((times - start) // step).astype(np.int64))
    top = int(counts.max())
    wide = WIDTH / counts.size
    bars = "".join(
        f'<rect x="{i * wide:.1f}" y="{HEIGHT - HEIGHT * count / top:.1f}" '
        f'width="{max(1.0, wide - 1.5):.1f}" height="{HEIGHT * count / top:.1f}">'
        f"<title>{moment(start + i * step)}\u00a0: {count}</title></rect>"
        for i, count in enumerate(counts)
        if count
    )
    busiest = int(counts.argmax())
    when = moment(start + busiest * step)
    sentence = (
        f"Une barre par {word}. Le plus chargé\u00a0: {when[:10] if step >= DAY else when} (UTC), avec "
        f"{counted(top, 'paire de partages', 'paires de partages')} sur {number(int(counts.sum()))}."
    )
    svg = (
        f'<svg viewBox="0 -18 {WIDTH} {HEIGHT + 40}" role="img" '
        f'aria-label="Paires de partages dans le temps. {sentence}">'
        f'<g class="barres">{bars}</g><line x1="0" x2="{WIDTH}" y1="{HEIGHT}" y2="{HEIGHT}"/>'
        f'<text x="0" y="{HEIGHT + 17}">{moment(start)[:10]}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 17}" text-anchor="end">{moment(last)[:10]}</text>'
        f'<text x="0" y="-5">{number(top)}</text></svg>'
    )
    return svg, sentence
