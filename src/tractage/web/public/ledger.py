"""The public ledger: costs by month with their totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tractage.hq.campaigns.models import Campaign


@dataclass(frozen=True)
class Line:
    """A cost; `stored`: the amount as the campaign keeps it."""

    day: date
    label: str
    euros: Decimal
    stored: str


@dataclass(frozen=True)
class LedgerMonth:
    """The costs of a month, in order."""

    first: date
    lines: Sequence[Line]

    @property
    def total(self) -> Decimal:
        """In euros."""
        return sum((line.euros for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class Ledger:
    """All the costs, the latest month first."""

    months: Sequence[LedgerMonth]

    @property
    def total(self) -> Decimal:
        """In euros."""
        return sum((month.total for month in self.months), Decimal(0))


def ledger(campaign: Campaign) -> Ledger:
    """The campaign's costs, month by month; cents are added as cents."""
    months: dict[date, list[Line]] = {}
    for row in campaign.costs:
        day = date.fromisoformat(row["date"])
        euros = Decimal(str(row["euros"])).quantize(Decimal("0.01"))
        line = Line(day, row["label"], euros, str(row["euros"]))
        months.setdefault(day.replace(day=1), []).append(line)
    return Ledger(
        tuple(
            LedgerMonth(first, tuple(sorted(lines, key=lambda one: (one.day, one.label))))
            for first, lines in sorted(months.items(), reverse=True)
        )
    )
