"""Shadow mode: counts, sample, and an honest interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.guard.shadow import Hit, Shadow, ready_rules, wilson


def test_wilson_published_values() -> None:
    # Newcombe (1998), table I, method 3: 81/263 and 15/148 and 0/20 and 1/29.
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        interval = wilson(k, n)
        assert interval.low == pytest.approx(low, abs=5e-5)
        assert interval.high == pytest.approx(high, abs=5e-5)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(counts: tuple[int, int]) -> None:
    k, n = counts
    interval = wilson(k, n)
    assert 0 <= interval.low <= interval.share <= interval.high <= 1 or n == 0
    assert wilson(n - k, n).high == pytest.approx(1 - interval.low)


def test_wilson_refuses_nonsense() -> None:
    with pytest.raises(InputError, match="3 of 2"):
        wilson(3, 2)


def test_a_report_counts_hits_and_judgements() -> None:
    shadow = Shadow("pute", sample=10)
    for n in range(1000):
        shadow.see(Hit(f"m{n}", "pute") if n % 100 == 0 else None)
    shadow.judge_hit("m0", right=False)
    shadow.judge_hit("m100", right=True)
    report = shadow.report()
    assert (report.seen, report.hits, report.judged, report.wrong) == (1000, 10, 2, 1)
    assert len(report.sample) == 8
    assert report.false_positives.share == pytest.approx(0.01 * 0.5)
    assert report.false_positives.high == pytest.approx(0.01 * wilson(1, 2).high)
    with pytest.raises(InputError, match="not in the sample"):
        shadow.judge_hit("m5", right=True)


def test_the_sample_is_even() -> None:
    early = 0
    for seed in range(200):
        shadow = Shadow("r", sample=5, seed=seed)
        for n in range(100):
            shadow.see(Hit(str(n), "x"))
        early += sum(int(hit.message) < 50 for hit in shadow.report().sample)
    assert 430 < early < 570  # 1,000 draws, one in two, five standard deviations


def test_a_rule_is_ready_when_its_interval_says_so() -> None:
    good, bad, new = (Shadow(name) for name in ("good", "bad", "new"))
    for n in range(1_000_000):
        hit = Hit(str(n), "x") if n < 40 else None
        good.see(hit)
        bad.see(hit)
    for n in range(40):
        good.judge_hit(str(n), right=True)
        bad.judge_hit(str(n), right=n > 20)
    assert ready_rules([good.report(), bad.report(), new.report()]) == ["good"]
