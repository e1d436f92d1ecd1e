"""`deliverlint check`: a delivery and a ruleset in, a checklist out."""

from __future__ import annotations

import argparse
import datetime
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from deliverlint.catalogue import Catalogue
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser, add_verbosity, choice, iso_date, names, positive
from deliverlint.cli.errors import COULD_NOT_RUN, FINDINGS, FINE, INCOMPLETE, UserError
from deliverlint.cli.loading import catalogue_here, rulesets_by_name
from deliverlint.cli.measuring import Measuring, existing, measuring, opened
from deliverlint.delivery.model import Delivery
from deliverlint.judge.model import Checklist, Verdict
from deliverlint.judge.run import check_delivery
from deliverlint.problem import Problem
from deliverlint.report.view import View
from deliverlint.ruleset.model import SEVERITIES, Ruleset
from deliverlint.spec import ReportFormat

# What a program can tell apart again when several deliveries are written one after the other.
_FOR_SEVERAL = ("text", "jsonl")
_EPILOG = """\
ends with  0 nothing at or above --fail-on is wrong   1 something is
           2 could not run                            3 something could not be measured, or waits for a person

examples:
  deliverlint check film.mov -r youtube
  deliverlint check delivery/ --format json -o checklist.json
"""


class Render(Protocol):
    def __call__(self, checklist: Checklist, view: View) -> str: ...


def _parser() -> Parser:
    parser = Parser("check", "Check deliveries (folders, ZIPs or single files) against the rules of buyers.", _EPILOG)
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", default=["."], help="a delivery; the current folder where none is given")
    add(
        "-r",
        "--ruleset",
        metavar="RULESET",
        action="append",
        default=[],
        help="id, unique last part of an id, or path; may be repeated. Without it: those that delivery.yaml names",
    )
    add("--format", metavar="FORMAT", default="text", help="text (default), json, jsonl, or what a plugin brings")
    add("-o", "--output", metavar="FILE", help="write the report to a file")
    add("--fail-on", choices=SEVERITIES[::-1], default="error", help="the least severity that counts (default: error)")
    add("--select", metavar="RULES", action="append", default=[], help="only these rules: ids or patterns, with commas")
    add("--ignore", metavar="RULES", action="append", default=[], help="all but these rules")
    add("--baseline", metavar="FILE", help="an earlier JSON checklist: what it found already does not count")
    add("--as-of", metavar="DATE", type=iso_date, help="judge as of this day (default: today)")
    add("--exit-zero", action="store_true", help="end with 0 whatever is found")
    add("--allow-incomplete", action="store_true", help="end with 0 though something could not be measured")
    add("--statistics", action="store_true", help="how often each rule fails")
    add(
        "--jobs", metavar="N", type=positive, default=0, help="processes that measure (default: one for each processor)"
    )
    add("--no-cache", action="store_true", help="measure everything afresh")
    add(
        "--changed",
        action="store_true",
        help="PATHs are changed files: check the deliveries they belong to (folders with a delivery.yaml)",
    )
    add_verbosity(parser)
    return parser  # fmt: skip


def run(words: list[str]) -> int:
    arguments = _parser().parse(words)
    paths = [existing(path) for path in dict.fromkeys(_paths(arguments))]
    if not paths:
        return FINE
    catalogue = catalogue_here(not arguments.no_cache)
    form = catalogue.report_formats[choice(arguments.format, catalogue.report_formats, "report format")]
    if len(paths) > 1 and form.name not in _FOR_SEVERAL:
        raise UserError(
            f"--format {form.name} holds one delivery, and there are {len(paths)}",
            hint="--format jsonl writes one checklist a line",
        )
    known_in = _baseline(arguments.baseline)
    render = _renderer(form)
    view = View() if arguments.output else console.view_of(sys.stdout)
    view = replace(view, quiet=arguments.quiet, verbose=arguments.verbose, statistics=arguments.statistics)
    codes: list[int] = []
    texts: list[str] = []
    with measuring(arguments.jobs, not arguments.no_cache, arguments.quiet) as tools:
        for checklist in _checklists(paths, arguments, catalogue, tools):
            checklist, known = known_in(checklist)
            text = render(checklist, replace(view, known=known))
            if arguments.output:
                texts.append(text)
            else:
                console.write(("\n" if codes and form.name == "text" and not view.quiet else "") + text)
            codes.append(exit_code(checklist.verdict, arguments.allow_incomplete))
    if arguments.output:
        from deliverlint.cli.output import write_file

        write_file(Path(arguments.output), "".join(texts))
    return FINE if arguments.exit_zero else _worst(codes)


# What only some runs need is imported by those: a small check is to start quickly.


def _paths(arguments: argparse.Namespace) -> list[str]:
    """Return the deliveries to check."""
    given: list[str] = arguments.paths
    if not arguments.changed:
        return given
    from deliverlint.cli.changed import deliveries_of

    return deliveries_of(given, Path.cwd())


def _baseline(path: str | None) -> Callable[[Checklist], tuple[Checklist, frozenset[int]]]:
    """Return what tells the positions of known findings, and judges a checklist again without them."""
    if not path:
        return lambda checklist: (checklist, frozenset())
    from deliverlint.cli.baseline import known_findings, read_baseline, without_known

    baseline = read_baseline(path)

    def told(checklist: Checklist) -> tuple[Checklist, frozenset[int]]:
        known = known_findings(checklist, baseline)
        return (without_known(checklist, known) if known else checklist), known

    return told


def _renderer(form: ReportFormat) -> Render:
    module, _, name = form.run.partition(":")
    render: Render = getattr(importlib.import_module(module), name)
    return render


def _checklists(
    paths: Sequence[str], arguments: argparse.Namespace, catalogue: Catalogue, tools: Measuring
) -> Iterator[Checklist]:
    """Yield the checklist of each delivery; what makes one impossible stops the run."""
    as_of = arguments.as_of or datetime.date.today().isoformat()
    select, ignore = names(arguments.select), names(arguments.ignore)
    for path in paths:
        with opened(path, catalogue) as delivery:
            rulesets = _rulesets(path, delivery, arguments, catalogue)

            def judged(delivery: Delivery, rulesets: Sequence[Ruleset]) -> Checklist:
                return check_delivery(
                    delivery, rulesets, catalogue, tools.workers, tools.cache, as_of, arguments.fail_on, tools.progress
                )

            if select or ignore:
                from deliverlint.cli.selecting import Selection, judge_selected

                checklist = judge_selected(delivery, rulesets, Selection(tuple(select), tuple(ignore)), judged)
            else:
                checklist = judged(delivery, rulesets)
        tools.finish()
        yield checklist


def _rulesets(
    path: str, delivery: Delivery, arguments: argparse.Namespace, catalogue: Catalogue
) -> tuple[Ruleset, ...]:
    """Load the rulesets that were asked for, else those that the manifest names; raises UserError."""
    if named := arguments.ruleset or delivery.rulesets:
        return rulesets_by_name(named, catalogue, not arguments.no_cache)
    from deliverlint.cli.suggest import suggestions

    lines = [f"deliverlint check {path} -r {fit.ruleset.id}   # {fit}" for fit in suggestions(delivery, catalogue)]
    if lines:
        lines = ["these fit what is there:", *(f"  {line}" for line in lines)]
    hint = "\n".join([*lines, "'deliverlint rulesets' lists all; a delivery.yaml can name them under 'rulesets:'"])
    # A manifest that cannot be read may have named one.
    problems = [
        Problem(note.path, note.line, 0, note.message) for note in delivery.notes if note.trouble == "manifest-valid"
    ]
    raise UserError(f"no ruleset is named for {path}: say with -r what to check against", problems, hint)


def exit_code(verdict: Verdict, allow_incomplete: bool) -> int:
    """Return how the run ends for one delivery."""
    if verdict == "incomplete":
        return FINE if allow_incomplete else INCOMPLETE
    return FINDINGS if verdict == "fail" else FINE


def _worst(codes: Sequence[int]) -> int:
    for code in (COULD_NOT_RUN, FINDINGS, INCOMPLETE):
        if code in codes:
            return code
    return FINE
