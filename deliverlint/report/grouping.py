"""Findings put together as a person would tell them: by asset, and one rule on many assets told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deliverlint.frozen import frozen
from deliverlint.judge.house import HOUSE
from deliverlint.judge.model import Result
from deliverlint.ruleset.model import SEVERITIES, Rule, Severity

# The same finding on this many assets is told once, with their names.
FOLD_FROM = 3


@frozen
class Block:
    """One rule's results that are told together; `rulesets` are all that ask for it in the same words."""

    rule: Rule
    severity: Severity
    rulesets: tuple[str, ...]
    results: tuple[Result, ...]

    @property
    def assets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(result.asset for result in self.results))


@frozen
class Group:
    """Blocks that speak of the same assets; an empty path is the delivery as a whole."""

    assets: tuple[str, ...]
    roles: tuple[str, ...]
    blocks: tuple[Block, ...]


def in_groups(results: Iterable[Result], fold_from: int = FOLD_FROM) -> list[Group]:
    """Group results by the assets they speak of.

    The whole delivery comes first, then what is wrong with the handing-over, then files in order of appearance.
    """
    blocks: dict[tuple[str, ...], list[Block]] = {}
    for block in _blocks(results):
        if len(block.assets) >= fold_from:
            blocks.setdefault(block.assets, []).append(block)
        else:
            for asset in block.assets:
                blocks.setdefault((asset,), []).append(_only(block, asset))
    groups = [_group(assets, members) for assets, members in blocks.items()]
    # sorted() is stable: among equals the order of appearance stays
    return sorted(groups, key=lambda group: (group.assets != ("",), not _is_house(group), len(group.assets) == 1))


def _is_house(group: Group) -> bool:
    return any(HOUSE in block.rulesets for block in group.blocks)


def _group(assets: tuple[str, ...], blocks: list[Block]) -> Group:
    roles = dict.fromkeys(result.role for block in blocks for result in block.results if result.role)
    ordered = sorted(blocks, key=lambda block: -SEVERITIES.index(block.severity))
    return Group(assets, tuple(roles), tuple(ordered))


def _only(block: Block, asset: str) -> Block:
    results = tuple(result for result in block.results if result.asset == asset)
    return Block(block.rule, block.severity, block.rulesets, results)


def _blocks(results: Iterable[Result]) -> list[Block]:
    """Put results of one rule together; a rule that two rulesets share is one where it says the same."""
    told: dict[tuple[str, str, str, str], dict[tuple[str, str], list[Result]]] = {}
    for result in results:
        rule = result.rule
        same_rule = told.setdefault((rule.id, rule.title, result.severity, result.status), {})
        same_rule.setdefault((result.asset, result.message), []).append(result)
    return [block for same_rule in told.values() for block in _split_by_rulesets(same_rule)]


def _split_by_rulesets(told: dict[tuple[str, str], list[Result]]) -> list[Block]:
    by_rulesets: dict[tuple[str, ...], list[Result]] = {}
    for same in told.values():
        rulesets = tuple(dict.fromkeys(result.ruleset for result in same))
        first = [result for result in same if result.ruleset == rulesets[0]]
        by_rulesets.setdefault(rulesets, []).extend(first)
    return [
        Block(members[0].rule, members[0].severity, rulesets, tuple(members))
        for rulesets, members in by_rulesets.items()
    ]


def without_common_tail(messages: Sequence[str], mark: str) -> tuple[list[str], str]:
    """Split what all messages end with off, from the `mark` on: what they share is then said once.

    >>> without_common_tail(["is 1, expected 3", "is 2, expected 3"], ", expected ")
    (['is 1', 'is 2'], ', expected 3')
    """
    heads, tails = zip(*(_cut(message, mark) for message in messages), strict=True)
    if len(messages) > 1 and len(set(tails)) == 1 and tails[0]:
        return list(heads), tails[0]
    return list(messages), ""


def _cut(message: str, mark: str) -> tuple[str, str]:
    head, found, tail = message.partition(mark)
    return head, found + tail
