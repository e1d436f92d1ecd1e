"""Judges rules against assets whose facts are known: `python judging.py RULESET ASSETS [TIMES]`.

With TIMES 0 everything is made ready and nothing is judged, which is what the other run is compared with.
"""

from __future__ import annotations

import sys

from deliverlint.catalogue import load_catalogue
from deliverlint.delivery.model import Asset, Cast, File
from deliverlint.judge.rules import judge_rules
from deliverlint.judge.subjects import Sight
from deliverlint.ruleset.load import load_ruleset
from deliverlint.values import Fact


def main(path: str, assets: int, times: int) -> None:
    catalogue = load_catalogue()
    ruleset = load_ruleset(path, catalogue)
    pictures, facts = [], {}
    for number in range(assets):
        name = f"picture-{number}.png"
        asset = Asset(name, File(name, name, 1, "image", "PNG"), roles=("picture",))
        pictures.append(asset)
        values = {
            "file.name": name,
            "image.width": 1920 + number % 3,
            "image.height": 1080,
            "image.format": "PNG",
            "image.aspect_ratio": 1.778,
            "image.color_space": "RGB",
            "image.bit_depth": 8,
            "image.alpha": number % 2 == 0,
            "image.animated": False,
        }
        facts[asset.key] = {fact: Fact(fact, value, catalogue.facts[fact].unit) for fact, value in values.items()}
    sight = Sight(Cast({"picture": tuple(pictures)}), facts, catalogue.facts)
    for _ in range(times):
        results = judge_rules(ruleset, sight, catalogue, "2026-11-22")
        if len(results) < assets * len(ruleset.rules) // 2:
            raise SystemExit(f"only {len(results)} results")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
