"""The straight way through: plan, measure and judge one delivery for any number of rulesets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from deliverlint.catalogue import Catalogue
from deliverlint.delivery.model import Cast, Delivery
from deliverlint.delivery.roles import cast
from deliverlint.facts.cache import Cache
from deliverlint.facts.measure import Progress, measure
from deliverlint.facts.model import Facts, Want
from deliverlint.facts.plan import delivery_facts, plan
from deliverlint.facts.workers import Workers
from deliverlint.judge.documents import judge_documents
from deliverlint.judge.house import HOUSE, judge_contents, judge_extras, judge_notes
from deliverlint.judge.model import STATUSES, Checklist, Result, RulesetVerdict, Status, Verdict
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.scope import DELIVERY
from deliverlint.judge.subjects import Sight
from deliverlint.judge.waivers import apply_waivers
from deliverlint.judge.wants import wanted_at_once, wanted_by_rest
from deliverlint.ruleset.model import SEVERITIES, Ruleset, Severity

Measure = Callable[[Iterable[Want], Facts], Facts]


def check_delivery(
    delivery: Delivery,
    rulesets: Sequence[Ruleset],
    catalogue: Catalogue,
    workers: Workers,
    cache: Cache | None,
    as_of: str,
    fail_on: Severity = "error",
    progress: Callable[[Progress], None] | None = None,
) -> Checklist:
    """Judge an opened delivery; measures first what conditions and unconditional rules need, then what then applies.

    as_of  ISO date that decides `from:`, waivers and expiry
    """
    casts = [cast(delivery, ruleset.roles, catalogue.document_kinds, catalogue) for ruleset in rulesets]

    def measured(wants: Iterable[Want], known: Facts) -> Facts:
        step = plan(wants, delivery, catalogue, known, as_of)
        return merged(known, measure(step, workers, cache, catalogue.facts, progress))

    known: Facts = {DELIVERY: delivery_facts(delivery, catalogue)}
    facts = gather_facts(rulesets, casts, catalogue, known, measured)
    return judge_delivery(delivery, rulesets, casts, facts, catalogue, as_of, fail_on)


def gather_facts(
    rulesets: Sequence[Ruleset], casts: Sequence[Cast], catalogue: Catalogue, known: Facts, measured: Measure
) -> Facts:
    """Measure for all rulesets together, so that a fact two buyers ask for is measured once."""
    for wanted in (wanted_at_once, wanted_by_rest):
        wants = [
            want
            for ruleset, members in zip(rulesets, casts, strict=True)
            for want in wanted(ruleset, Sight(members, known, catalogue.facts), catalogue)
        ]
        known = measured(together(wants), known)
    return known


def together(wants: Iterable[Want]) -> list[Want]:
    """Join wants of one subject into one."""
    joined: dict[str, Want] = {}
    for want in wants:
        same = joined.setdefault(want.subject.key, Want(want.subject, set(), {}))
        same.names.update(want.names)
        same.schemas.update(want.schemas)
    return list(joined.values())


def merged(one: Facts, other: Facts) -> Facts:
    """Return the facts of both; neither is changed."""
    return {key: {**one.get(key, {}), **other.get(key, {})} for key in {**one, **other}}


def judge_delivery(
    delivery: Delivery,
    rulesets: Sequence[Ruleset],
    casts: Sequence[Cast],
    facts: Facts,
    catalogue: Catalogue,
    as_of: str,
    fail_on: Severity = "error",
) -> Checklist:
    """Judge known facts: results of every ruleset, the engine's own, waivers, documents and verdicts."""
    sights = [Sight(members, facts, catalogue.facts) for members in casts]
    results: list[Result] = []
    for ruleset, sight in zip(rulesets, sights, strict=True):
        results += judge_rules(ruleset, sight, catalogue, as_of)
    results = apply_waivers(results, delivery.waivers, rulesets, as_of)
    results += judge_notes(delivery.notes)
    results += judge_contents(casts)
    results += judge_extras(delivery, casts)
    documents = [
        document
        for ruleset, sight in zip(rulesets, sights, strict=True)
        for document in judge_documents(ruleset, results, sight, catalogue)
    ]
    verdicts = [_verdict(ruleset, results, fail_on) for ruleset in rulesets]
    return Checklist(
        delivery_path=str(delivery.path),
        delivery_title=delivery.title,
        verdict=verdict_of(results, fail_on),
        rulesets=tuple(verdicts),
        summary=summarise(results),
        results=tuple(results),
        documents=tuple(documents),
        as_of=as_of,
        fail_on=fail_on,
    )


def _verdict(ruleset: Ruleset, results: Sequence[Result], fail_on: Severity) -> RulesetVerdict:
    own = [result for result in results if result.ruleset == ruleset.id]
    # What is wrong with the handing-over is wrong for every buyer.
    house = [result for result in results if result.ruleset == HOUSE]
    verdict = verdict_of([*own, *house], fail_on)
    return RulesetVerdict(ruleset.id, ruleset.version, ruleset.title, ruleset.sha256, verdict, summarise(own))


def verdict_of(results: Iterable[Result], fail_on: Severity) -> Verdict:
    """Return fail where a finding counts, incomplete where a rule that counts is open, else pass."""
    counting = SEVERITIES[SEVERITIES.index(fail_on) :]
    statuses = {result.status for result in results if result.severity in counting}
    if "fail" in statuses:
        return "fail"
    return "incomplete" if statuses & {"unmeasured", "to-review"} else "pass"


def summarise(results: Iterable[Result]) -> Mapping[Status, int]:
    """Count results by status; every status is there."""
    counts = Counter(result.status for result in results)
    return {status: counts.get(status, 0) for status in STATUSES}
