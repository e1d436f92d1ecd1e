"""Facts of a game build and of Steam's upload scripts."""

from __future__ import annotations

from typing import Any

from deliverlint.spec import FactSpec
from deliverlint_game.vocabulary import ARCHITECTURES, BUILD_KINDS, ENGINES, JUNK_KINDS, SECRET_KINDS

TREE_PROBE = "game.tree"
STEAMPIPE_PROBE = "game.steampipe"


def _field(name: str, kind: Any, label: str, meaning: str, values: tuple[str, ...] = (), unit: str = "") -> FactSpec:
    return FactSpec(name=name, type=kind, label=label, meaning=meaning, values=values, unit=unit)


_PATH = _field("path", "text", "path", "Path inside the build, with slashes.")

_EXECUTABLE_FIELDS = (
    _PATH,
    _field("name", "text", "file name", "Name of the file with its ending."),
    _field("format", "text", "format", "Format of the executable.", ("PE", "ELF", "Mach-O", "DOS")),
    _field("architecture", "text", "architecture", "Processor that it is made for.", ARCHITECTURES),
    _field("bits", "number", "word size", "Bits of an address; .NET code for any processor has none.", unit="bit"),
    _field("kind", "text", "kind", "Program, library or part of one.", ("exe", "dll", "object", "other")),
    _field("aslr", "yes/no", "ASLR", "Whether it may be loaded at a random address."),
    _field("high_entropy_va", "yes/no", "high-entropy ASLR", "Whether it may be loaded anywhere in 64 bits (PE)."),
    _field("nx", "yes/no", "NX", "Whether its stack or data cannot be executed."),
    _field("cfg", "yes/no", "Control Flow Guard", "Whether it was linked with Control Flow Guard (PE)."),
    _field("managed", "yes/no", "managed code", "Whether it is .NET code (PE)."),
    _field("signed", "yes/no", "signature", "Whether a code signature is there; not whether it is valid."),
    _field("incremental", "yes/no", "incremental linking", "Whether it was linked incrementally (.textbss; PE)."),
    _field("debug_info", "yes/no", "debugging information", "Whether it carries DWARF sections (ELF, Mach-O)."),
    _field("debug_runtime", "text", "debug C runtime", "The debug C runtime that it is linked against (PE)."),
    _field("pdb", "text", "program database", "Path of its PDB on the machine that built it (PE)."),
    _field("ready_made", "yes/no", "ready-made", "Whether an engine, platform or middleware maker hands it out."),
)


def _fact(name: str, kind: Any, label: str, meaning: str, **more: Any) -> FactSpec:
    return FactSpec(name=name, type=kind, label=label, meaning=meaning, probe=TREE_PROBE, cost="scan", **more)


TREE_FACTS = (
    _fact("game.files", "number", "number of files", "How many files the build holds.", decimals=0),
    _fact("game.size", "number", "size of the build", "Bytes of all files of the build.", unit="MB"),
    _fact(
        "game.executables",
        "records",
        "executables",
        "Programs and libraries found by their first bytes, with what their headers say.",
        fields=_EXECUTABLE_FIELDS,
    ),
    _fact("game.architectures", "texts", "architectures", "Processors that its executables are made for."),
    _fact(
        "game.executables.unreadable",
        "texts",
        "executables that cannot be read",
        "Files that are executables by name or first bytes but whose headers cannot be read, and why.",
    ),
    _fact(
        "game.executables.not_64_bit",
        "texts",
        "executables that are not 64-bit",
        "Executables for 32-bit or 16-bit processors, those of engine and platform makers left out.",
    ),
    _fact(
        "game.executables.without_aslr",
        "texts",
        "executables without ASLR",
        "Native executables that must be loaded at a fixed address, those of engine and platform makers left out.",
    ),
    _fact(
        "game.executables.without_high_entropy_va",
        "texts",
        "executables without high-entropy ASLR",
        "64-bit PE executables linked without /HIGHENTROPYVA, those of engine and platform makers left out.",
    ),
    _fact(
        "game.executables.without_nx",
        "texts",
        "executables without NX",
        "Native executables whose data or stack may be executed, those of engine and platform makers left out.",
    ),
    _fact(
        "game.executables.without_cfg",
        "texts",
        "executables without Control Flow Guard",
        "PE executables linked without /guard:cf, those of engine and platform makers left out.",
    ),
    _fact(
        "game.executables.debug_runtime",
        "texts",
        "executables with a debug C runtime",
        "PE executables linked against a debug C runtime, which players do not have.",
    ),
    _fact(
        "game.executables.incremental",
        "texts",
        "incrementally linked executables",
        "PE executables with a .textbss section, which only debug builds have.",
    ),
    _fact(
        "game.executables.with_debug_info",
        "texts",
        "executables with debugging information",
        "ELF and Mach-O executables that carry DWARF sections.",
    ),
    _fact(
        "game.executables.with_home_path",
        "texts",
        "executables that name a person's folder",
        "PE executables whose PDB path lies in a user's home folder and so tells players the user's name.",
    ),
    _fact(
        "game.junk",
        "records",
        "junk",
        "Files and folders that are no part of the game: system files, version control, editors, dumps.",
        fields=(
            _PATH,
            _field("kind", "text", "kind", "Where it comes from.", JUNK_KINDS),
            _field("why", "text", "reason", "Why it is junk."),
        ),
    ),
    _fact("game.debug_files", "texts", "debug files", "Files and folders of debugging symbols, by their names."),
    _fact(
        "game.source_files",
        "texts",
        "source files",
        "Source code, project files and artists' working files, by their names; scripts an engine runs are none.",
    ),
    _fact(
        "game.secrets",
        "records",
        "secrets",
        "Private keys, key stores and credentials, by their first bytes or well-known names.",
        fields=(
            _PATH,
            _field("kind", "text", "kind", "What kind of secret.", SECRET_KINDS),
            _field("why", "text", "reason", "How it was recognised."),
        ),
    ),
    _fact("game.symlinks", "texts", "symbolic links", "Symbolic links in the build."),
    _fact("game.symlinks.escaping", "texts", "links out of the build", "Symbolic links that lead out of the build."),
    _fact(
        "game.path_length_max",
        "number",
        "longest path",
        "Characters (UTF-16 units) of the longest path inside the build.",
        decimals=0,
    ),
    _fact(
        "game.case_twins", "texts", "names that differ only by case", "Pairs that Windows and macOS cannot tell apart."
    ),
    _fact("game.reserved_names", "texts", "names that Windows refuses", "Paths that cannot be written on Windows."),
    _fact("game.empty_files", "texts", "empty files", "Files of no bytes, but for markers such as __init__.py."),
    _fact("game.lfs_pointers", "texts", "Git LFS pointers", "Files whose contents were never fetched from Git LFS."),
    _fact("game.mislabelled_files", "texts", "mislabelled files", "Files that do not begin as their ending promises."),
    _fact("game.unreadable_files", "texts", "unreadable files", "Files and folders that cannot be opened, and why."),
    _fact(
        "game.engine",
        "text",
        "engine",
        "Engine that the data files show beyond doubt; `unknown` where they show none.",
        values=ENGINES,
    ),
    _fact("game.engine_version", "text", "engine version", "Version of the engine as its files state it."),
    _fact(
        "game.build_kind",
        "text",
        "kind of build",
        "Development or release build, where the engine's files tell.",
        values=BUILD_KINDS,
    ),
    _fact("game.libraries", "texts", "libraries", "Middleware whose library files lie in the build, by their names."),
)


def _script(name: str, kind: Any, label: str, meaning: str, **more: Any) -> FactSpec:
    return FactSpec(name=name, type=kind, label=label, meaning=meaning, probe=STEAMPIPE_PROBE, **more)


STEAMPIPE_FACTS = (
    _script("steampipe.app_id", "text", "app id", "App that the script uploads to."),
    _script("steampipe.description", "text", "description", "What the build will be called in the back end."),
    _script("steampipe.set_live", "text", "branch set live", "Branch that the build goes live on; absent where none."),
    _script(
        "steampipe.sets_default_live",
        "yes/no",
        "going live for everybody",
        "Whether the script sets the build live on the default branch, the one that players have.",
    ),
    _script("steampipe.preview", "yes/no", "preview", "Whether the script only tries and uploads nothing."),
    _script("steampipe.depots", "texts", "depots", "Ids of the depots that the script uploads to."),
)
