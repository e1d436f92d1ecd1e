"""The assets in the delivery.yaml that `init` writes, and what has no part in it yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deliverlint.catalogue import Catalogue
from deliverlint.cli.draft import Draft, facts_of
from deliverlint.cli.yamltext import comment, example, quoted, yaml_value
from deliverlint.delivery.model import Asset

_EXTRAS = 50  # files without a role that are named


def asset_lines(draft: Draft, asked: set[str], catalogue: Catalogue) -> Iterator[str]:
    """Yield the assets with their roles, roles that nothing plays, and files that play none."""
    assets = _playing(draft)
    if assets:
        yield "# Which file plays which role."
        yield "assets:"
        declarable = [
            name for name in catalogue.facts
            if name in asked and not catalogue.facts[name].probe and not name.startswith(("delivery.", "file."))
        ]  # fmt: skip
        for number, asset in enumerate(assets):
            yield from _asset(
                asset, _concerned(asset, declarable, draft, catalogue), catalogue, with_meaning=not number
            )
        yield ""
    for ruleset, members in zip(draft.rulesets, draft.casts, strict=True):
        missing = [
            rule for rule in ruleset.rules.values() if rule.needs in ruleset.roles and not members.roles.get(rule.needs)
        ]
        if missing:
            yield from comment(f"Nothing plays these roles of {ruleset.id} yet:")
            for rule in missing:
                yield from comment(f"{rule.needs}: {rule.fix}", inner="  ")
            yield ""
    yield from _extras(draft)


def _playing(draft: Draft) -> list[Asset]:
    """Return each asset once, with the roles and parts that all rulesets together give it."""
    found: dict[str, Asset] = {asset.path: asset for asset in draft.delivery.assets}
    for members in draft.casts:
        for playing in members.roles.values():
            for asset in playing:
                known = found.get(asset.path, asset)
                roles = tuple(dict.fromkeys((*known.roles, *asset.roles)))
                found[asset.path] = Asset(
                    asset.path, asset.file, asset.stream, roles, {**asset.parts, **known.parts}, known.declared
                )
    return sorted(found.values(), key=lambda asset: asset.path)


def _concerned(asset: Asset, declarable: Sequence[str], draft: Draft, catalogue: Catalogue) -> list[str]:
    """Return the facts that rules for a role of this asset ask its supplier for."""
    asked = {
        name
        for ruleset in draft.rulesets
        for rule in ruleset.rules.values()
        if rule.subject in asset.roles
        for name in (*facts_of(rule, catalogue), rule.per)
    }
    return [name for name in declarable if name in asked]


def _asset(asset: Asset, ask: Sequence[str], catalogue: Catalogue, with_meaning: bool) -> Iterator[str]:
    roles = f"[{', '.join(asset.roles)}]"
    told = {**asset.parts, **asset.declared}
    if not ask:
        rest = "".join(f", {key}: {yaml_value(value)}" for key, value in told.items())
        yield f"  - {{path: {quoted(asset.path)}, roles: {roles}{rest}}}"
        return
    yield f"  - path: {quoted(asset.path)}"
    yield f"    roles: {roles}"
    yield from (f"    {key}: {yaml_value(value)}" for key, value in told.items())
    for name in ask:
        if name not in told:
            spec = catalogue.facts[name]
            if with_meaning:
                yield from comment(spec.meaning, "    ")
            yield f"    # {name}: {example(spec)}"


def _extras(draft: Draft) -> Iterator[str]:
    if not draft.casts:
        paths = [file.path for file in draft.delivery.files if file.path not in draft.delivery.own]
        note = "These files are here. Give them roles: {path: film.mov, roles: [picture]}"
    else:
        everywhere = set.intersection(*({file.path for file in members.extras} for members in draft.casts))
        paths = [file.path for file in draft.delivery.files if file.path in everywhere]
        note = "These files play no role. Name them under 'assets' with the role they play, or leave them out:"
    if paths:
        yield from comment(note)
        yield from (f"#   {path}" for path in paths[:_EXTRAS])
        if len(paths) > _EXTRAS:
            yield f"#   and {len(paths) - _EXTRAS} more"
        yield ""
