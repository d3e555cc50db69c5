"""Posts and views per platform, from what several lists found, with the words for what cannot be said."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tractage.domain.errors import InputError
from tractage.domain.reach.bootstrap import Errors, bootstrap, unseen_limits
from tractage.domain.reach.capture import CaptureModel, Flags, Found
from tractage.domain.reach.chao import chao_lower_bound
from tractage.domain.reach.chapman import FEWEST_OVERLAPS
from tractage.domain.reach.dependence import (
    AVOIDANCE,
    HIDDEN_FACTOR,
    choose_pairs,
    dependence_band,
    hidden_factor_score,
)
from tractage.domain.reach.kernels import Floats
from tractage.domain.reach.quantities import Band, Interval, Quantity, Reason
from tractage.domain.reach.tail import Tail, hill

BOOTSTRAPS = 2000
LEAST_SHARE_FOUND = 0.05


@dataclass(frozen=True)
class ListCount:
    """What one list found on a platform, and what it alone found."""

    name: str
    found: int
    alone: int


@dataclass(frozen=True)
class PlatformReach:
    """What was seen on one platform: found posts and their views, and the estimated totals.

    `notes` are what a reader must know even when both totals are identifiable.
    """

    platform: str
    observed_posts: int
    observed_views: float
    lists: tuple[ListCount, ...]
    posts: Quantity
    views: Quantity
    lower_bound: Interval | None
    tail: Tail | None
    notes: tuple[Reason, ...]

    @property
    def identifiable(self) -> bool:
        """Whether both totals can be estimated."""
        return self.posts.identifiable and self.views.identifiable

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason against either total, once."""
        return tuple(dict.fromkeys(self.posts.reasons + self.views.reasons))


def estimate_reach(
    found: Found,
    bootstraps: int = BOOTSTRAPS,
    seed: int = 1,
    census: float | None = None,
    advance: Callable[[int], object] | None = None,
) -> tuple[PlatformReach, ...]:
    """Estimate posts and views per platform with the default method, Huggins–Alho.

    Args: `found` the posts, each once; `census` a number of views from which every post is known to have been
    found: those are added as they are and only the rest is estimated; `advance` is told of bootstraps done.
    Returns one answer per platform, in the order of `found.platforms`. Each total carries a 95 % interval, a
    band for dependent lists, and, when its diagnostics fail, `identifiable` false with the reasons.
    Raises InputError without posts or for a negative census.
    Assumes a closed window, correct matching of posts, and no factor common to all lists beyond the
    covariates (which three lists or more let it test, not prove).
    """
    if len(found.views) == 0:
        raise InputError("sightings: no post was found; expected at least one")
    if census is not None and census < 0:
        raise InputError(f"census: found {census:g} views; expected 0 or more")
    counted = np.full(len(found.views), False) if census is None else found.views >= census
    enough = np.array(
        [_overlaps(found, (found.group == g) & ~counted) >= FEWEST_OVERLAPS for g in _groups(found)]
    )
    fitted = enough[found.group] & ~counted
    answers: dict[int, PlatformReach] = {}
    if fitted.any():
        part, kept = _regroup(found.keep(fitted))
        if part.seen.shape[1] > 1 and _overlaps(part, np.full(len(part.views), True)) >= FEWEST_OVERLAPS:
            answers = _answers(found, counted, part, kept, bootstraps, seed, advance)
    return tuple(answers.get(g) or _refusal(found, g, counted) for g in _groups(found))


def _groups(found: Found) -> range:
    return range(len(found.platforms))


def _overlaps(found: Found, chosen: Flags) -> int:
    return int((found.seen[chosen].sum(axis=1) > 1).sum())


def _regroup(found: Found) -> tuple[Found, list[int]]:
    kept, group = np.unique(found.group, return_inverse=True)
    platforms = tuple(found.platforms[g] for g in kept)
    return (
        Found(platforms, found.lists, group.astype(np.int64), found.views, found.ages, found.seen),
        [int(g) for g in kept],
    )


def _answers(
    found: Found,
    counted: Flags,
    part: Found,
    kept: list[int],
    bootstraps: int,
    seed: int,
    advance: Callable[[int], object] | None,
) -> dict[int, PlatformReach]:
    model = choose_pairs(part)
    score = hidden_factor_score(model)
    tails = [hill(part.views[part.group == g], model.weights[part.group == g]) for g in range(len(kept))]
    cuts = np.array([np.inf if tail is None else tail.cut for tail in tails])
    errors = bootstrap(model, (part.views < cuts[part.group]).astype(np.float64), bootstraps, seed, advance)
    shared = _shared_reasons(score, part.lists)
    notes = _notes(model, part.lists)
    answers = {}
    for local, g in enumerate(kept):
        known = counted & (found.group == g)
        totals = _Totals(model, local, errors, float(known.sum()), float(found.views[known].sum()))
        answers[g] = totals.answer(found, g, tails[local], shared, notes, score)
    return answers


@dataclass(frozen=True)
class _Totals:
    """The fitted part of one platform, with what a census adds to it."""

    model: CaptureModel
    local: int
    errors: Errors
    known_posts: float
    known_views: float

    def answer(
        self,
        found: Found,
        g: int,
        tail: Tail | None,
        shared: tuple[Reason, ...],
        notes: tuple[Reason, ...],
        score: float,
    ) -> PlatformReach:
        mine = self.model.found.group == self.local
        weights, views = self.model.weights[mine], self.model.found.views[mine]
        reasons = shared + _few_found(float(mine.sum() / weights.sum()))
        avoided = score < AVOIDANCE
        posts = _quantity(
            weights,
            np.ones(len(weights)),
            float(self.errors.posts[self.local]),
            self.known_posts,
            reasons,
            avoided,
        )
        total = _quantity(
            weights, views, float(self.errors.views[self.local]), self.known_views, reasons, avoided
        )
        if tail is not None and tail.without_mean:
            total = self._without_mean(tail, weights, views, reasons, avoided)
        base = _refusal(found, g, np.full(len(found.views), False))
        return PlatformReach(
            base.platform,
            base.observed_posts,
            base.observed_views,
            base.lists,
            posts,
            total,
            base.lower_bound,
            tail,
            notes,
        )

    def _without_mean(
        self, tail: Tail, weights: Floats, views: Floats, reasons: tuple[Reason, ...], avoided: bool
    ) -> Quantity:
        below = np.where(views < tail.cut, views, 0.0)
        least, _ = unseen_limits(float(self.errors.below[self.local]), weights, below)
        reason = Reason(
            "heavy-tail",
            f"Hill's α of the views is {tail.alpha:.2f} [{tail.low:.2f}, {tail.high:.2f}], at most 1: they "
            "have no mean; only the views found and a lower bound can be published",
            (("alpha", tail.alpha), ("low", tail.low), ("high", tail.high)),
        )
        low = self.known_views + float(views.sum()) + (0.0 if avoided else least)
        return Quantity(None, low, None, None, False, (*reasons, reason))


def _quantity(
    weights: Floats, values: Floats, error: float, known: float, reasons: tuple[Reason, ...], avoided: bool
) -> Quantity:
    """Return the total of `values` with its log-normal interval; under a reason against it, a lower bound.

    A hidden factor or too few finds bias the total downwards, so the lower limit stays a lower bound; lists
    that avoid each other bias it upwards, and only what was found is sure.
    """
    found, unseen = known + float(values.sum()), float(((weights - 1) * values).sum())
    fewest, most = unseen_limits(error, weights, values)
    band = dependence_band(found, unseen)
    if reasons:
        least = found if avoided else found + fewest
        return Quantity(None, least, None, Band(max(band.low, least), band.high), False, reasons)
    return Quantity(found + unseen, found + fewest, found + most, band, True, ())


def _few_found(share: float) -> tuple[Reason, ...]:
    if share >= LEAST_SHARE_FOUND:
        return ()
    text = f"the lists together found about {share:.1%} of the posts; 5 % are needed"
    return (Reason("few-found", text, (("share", share),)),)


def _shared_reasons(score: float, lists: tuple[str, ...]) -> tuple[Reason, ...]:
    names = ", ".join(lists)
    if score > HIDDEN_FACTOR:
        return (
            Reason(
                "hidden-factor",
                f"the lists {names} overlap more than their covariates explain (z = {score:.1f}): some posts "
                "are easier to find for every list, and the number of the others cannot be told",
                (("lists", names), ("score", score)),
            ),
        )
    if score < AVOIDANCE:
        return (
            Reason(
                "avoidance",
                f"the lists {names} overlap less than chance (z = {score:.1f}): members may leave out what "
                "another list already holds",
                (("lists", names), ("score", score)),
            ),
        )
    return ()


def _notes(model: CaptureModel, lists: tuple[str, ...]) -> tuple[Reason, ...]:
    notes = [
        Reason(
            "dependent-pair",
            f"lists {lists[a]} and {lists[b]} depend on each other: taken into account",
            (("first", lists[a]), ("second", lists[b])),
        )
        for a, b in model.pairs
    ]
    if len(lists) == 2:
        notes.append(
            Reason("two-lists", "with two lists their independence cannot be tested: read the band as well")
        )
    return tuple(notes)


def _refusal(found: Found, g: int, counted: Flags) -> PlatformReach:
    mine = found.group == g
    seen, views = found.seen[mine], found.views[mine]
    times = seen.sum(axis=1)
    lists = tuple(
        ListCount(name, int(column.sum()), int((column & (times == 1)).sum()))
        for name, column in zip(found.lists, seen.T, strict=True)
        if column.any()
    )
    overlaps = int(((times > 1) & ~counted[mine]).sum())
    if len(lists) < 2:
        reason = Reason("one-list", "a single list found these posts; two independent lists are needed")
    else:
        where = " below the census" if counted.any() else ""
        reason = Reason(
            "few-overlaps",
            f"{overlaps} {'post' if overlaps == 1 else 'posts'}{where} on two lists or more; "
            f"{FEWEST_OVERLAPS} are needed",
            (("overlaps", overlaps), ("needed", FEWEST_OVERLAPS)),
        )
    count, total = float(mine.sum()), float(views.sum())
    bound = None
    if len(lists) > 1:
        frequencies = [int((times == k).sum()) for k in range(1, len(lists) + 1)]
        bound = chao_lower_bound(frequencies, len(lists))
    nothing = (reason,)
    return PlatformReach(
        found.platforms[g],
        int(count),
        total,
        lists,
        Quantity(None, count, None, None, False, nothing),
        Quantity(None, total, None, None, False, nothing),
        bound,
        None,
        (),
    )
