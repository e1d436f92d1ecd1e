"""What an engine leaves behind in a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

BuildKind: TypeAlias = Literal["development", "release", ""]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An engine that shows beyond doubt; version and build kind are empty where nothing states them."""

    engine: str
    version: str = ""
    build_kind: BuildKind = ""
