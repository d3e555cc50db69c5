"""The one chart of a seat's page: bars to scale, each with its figure in words beside it."""

from dataclasses import dataclass

from tractage.hq.campaigns.ranking import SeatYear

LEFT, WIDTH, LEAST, STEP = 84, 280.0, 5.0, 76
PAPERS = ("lilas", "saumon", "ciel", "canari")


@dataclass(frozen=True)
class Bar:
    """One election: where its bar stands and how long it is, in units of the drawing."""

    year: int
    gap: int
    width: float
    top: int
    paper: str

    @property
    def base(self) -> int:
        """The line on which the year and the figure stand."""
        return self.top + 40

    @property
    def end(self) -> float:
        """Where the figure begins, just after the bar."""
        return LEFT + self.width + 12


@dataclass(frozen=True)
class Chart:
    """Bars from top to bottom and the height that they take."""

    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """Height of the drawing, in its own units."""
        return STEP * len(self.bars)


def history_chart(years: tuple[SeatYear, ...]) -> Chart:
    """Bars of the gap in votes, the longest filling the width; the last election has the yellow paper."""
    longest = max((one.gap for one in years), default=0) or 1
    papers = PAPERS[-len(years) :] if years else ()
    return Chart(
        tuple(
            Bar(
                year=one.election.first_day.year,
                gap=one.gap,
                width=max(LEAST, round(WIDTH * one.gap / longest, 1)),
                top=10 + STEP * row,
                paper=papers[row % len(papers)],
            )
            for row, one in enumerate(years)
        )
    )
