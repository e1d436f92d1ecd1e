"""The game deliveries of the corpus: an arcade game that Steam would take, and a jam game that was zipped in a hurry.

Every byte is made here: programs that end at once, pictures of eggs, a trailer of one second. Names of middleware
stand on files of our own; nothing of anybody's SDK is in them.
"""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

from .executables import godot_pack, linux_program, windows_program

Colour = tuple[int, int, int]
_NIGHT: Colour = (28, 26, 54)
_DAWN: Colour = (236, 120, 88)
_SHELL: Colour = (250, 236, 214)

_ART = {
    "header_capsule.png": (920, 430),
    "small_capsule.png": (462, 174),
    "main_capsule.png": (1232, 706),
    "vertical_capsule.png": (748, 896),
    "page_background.png": (1438, 810),
    "library_capsule.png": (600, 900),
    "library_header.png": (920, 430),
    "library_hero.png": (3840, 1240),
}
_OLD_ART = {"header_capsule.png": (460, 215), "small_capsule.png": (231, 87), "main_capsule.png": (1232, 706)}

_DELIVERY = """\
title: Egg Arcade
id: EGG-ARCADE-1
rulesets: [console/steam]
territories: [US, CA, GB, FR]
uses_ai: no
"""
_MIDDLEWARE = """\
name,version,vendor,licence,file,notice,files
Godot Engine,4.2.1,Godot contributors,MIT,docs/third-party-notices.md,yes,content/windows/arcade.pck
Steamworks SDK,1.60,Valve,Steamworks SDK Access Agreement,,no,content/windows/steam_api64.dll
"""
_RATINGS = """\
board,rating,territory,certificate
IARC,3+,US;CA;GB;FR,EXAMPLE-0001
"""
_SURVEY = """\
generative_ai: none
mature_content: no
"""
_NOTICES = """\
# Third-party notices of Egg Arcade

## Godot Engine 4.2.1

Copyright of the Godot Engine contributors. Used under the MIT licence: permission is granted, free of charge, to any
person obtaining a copy of the software to deal in it without restriction, provided that the notice of copyright and
this permission are included in all copies. The software comes without warranty of any kind.
"""
_UPLOAD = """\
"AppBuild"
{
	"AppID" "1000" // stands for the game's own id
	"Desc" "Egg Arcade 1.0"
	"ContentRoot" "../content/"
	"BuildOutput" "../output/"
	"Preview" "0"
	"Depots"
	{
		"1001"
		{
			"FileMapping" { "LocalPath" "windows/*" "DepotPath" "." "recursive" "1" }
		}
		"1002"
		{
			"FileMapping" { "LocalPath" "linux/*" "DepotPath" "." "recursive" "1" }
		}
	}
}
"""
_HASTY_UPLOAD = '"AppBuild" { "AppID" "1000" "Desc" "jam!!" "SetLive" "default" "Depots" { "1001" "depot.vdf" } }\n'
_HASTY_SURVEY = "generative_ai: FILL IN\ndescription: FILL IN\nmature_content: FILL IN\n"
_POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 1048576\n"
)
_NO_KEY = (
    "-----BEGIN RSA PRIVATE KEY-----\nthis is not a key, only its first and last line\n-----END RSA PRIVATE KEY-----\n"
)
_CASE_TWINS = {"data/Level1.dat": b"level one, the first\n", "data/level1.dat": b"level one, the second\n"}


def make(folder: Path) -> None:
    """Write console/arcade and console/jam-build into `folder`; the same bytes each time."""
    _write(folder / "console" / "arcade", arcade())
    _write(folder / "console" / "jam-build", jam_build())


def arcade() -> dict[str, bytes]:
    """Return the files of a delivery that Steam would take."""
    pack = godot_pack()
    files = {
        "delivery.yaml": _DELIVERY.encode(),
        "content/windows/arcade.exe": windows_program(),
        "content/windows/arcade.pck": pack,
        "content/windows/steam_api64.dll": windows_program(is_dll=True),
        "content/linux/arcade.x86_64": linux_program(),
        "content/linux/arcade.pck": pack,
        "docs/middleware-list.csv": _MIDDLEWARE.encode(),
        "docs/age-rating.csv": _RATINGS.encode(),
        "docs/content-survey.yaml": _SURVEY.encode(),
        "docs/third-party-notices.md": _NOTICES.encode(),
        "steam/app_build_1000.vdf": _UPLOAD.encode(),
        "store/library_logo.png": _encoded(_logo(), "PNG"),
        "store/shortcut_icon.ico": _encoded(_picture(256, 256, 0.5), "ICO"),
        "store/app_icon.jpg": _encoded(_picture(184, 184, 0.5), "JPEG"),
        "store/trailer.mp4": _trailer(),
    }
    files |= {f"store/{name}": _encoded(_picture(*size, 0.3), "PNG") for name, size in _ART.items()}
    for number in range(1, 6):
        files[f"store/screenshots/{number}.png"] = _encoded(_picture(1920, 1080, number / 6), "PNG")
    return files


def jam_build() -> dict[str, bytes]:
    """Return the files of a build that was zipped where it lay, with everything that lay around."""
    debug = (("MSVCP140D.dll", "_Xlength_error"), ("KERNEL32.dll", "ExitProcess"))
    files = {
        "jam.exe": windows_program(32, 0, debug, "C:\\Users\\sam\\source\\jam\\Debug\\jam.pdb", text_name=b".textbss"),
        "jam.pdb": b"Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0" + bytes(64),
        "SDL2.dll": windows_program(32, is_dll=True),
        "data/theme.ogg": _POINTER.encode(),
        "data/jingle.ogg": b"",
        "data/boss.png": b"todo: draw the boss\n",
        "src/main.cpp": b"int main() { return 0; }\n",
        "src/jam.vcxproj": b'<Project DefaultTargets="Build"></Project>\n',
        "keys/server.pem": _NO_KEY.encode(),
        ".svn/format": b"12\n",
        ".svn/entries": b"12\n",
        ".vs/jam/v17/.suo": bytes(32),
        ".DS_Store": b"\0\0\0\1Bud1" + bytes(24),
        "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24),
        "docs/content-survey.yaml": _HASTY_SURVEY.encode(),
        "scripts/app_build_1000.vdf": _HASTY_UPLOAD.encode(),
    }
    files |= {f"store/{name}": _encoded(_picture(*size, 0.7), "PNG") for name, size in _OLD_ART.items()}
    for number in (1, 2):
        files[f"store/screenshots/{number}.png"] = _encoded(_picture(1280, 720, number / 3), "PNG")
    return files | _CASE_TWINS  # on Windows and macOS only one of the twins survives


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _picture(width: int, height: int, place: float) -> Image.Image:
    """Draw an egg over hills at nightfall; `place` is how far across, 0 to 1."""
    picture = Image.new("RGB", (width, height), _NIGHT)
    draw = ImageDraw.Draw(picture)
    bands = 8
    for band in range(bands):
        share = band / (bands - 1)
        colour = tuple(round(_NIGHT[part] + (_DAWN[part] - _NIGHT[part]) * share) for part in range(3))
        draw.rectangle([0, height * band // bands, width, height], fill=colour)
    draw.ellipse([-width // 2, height * 3 // 4, width * 3 // 4, height * 5 // 4], fill=(46, 72, 58))
    draw.ellipse([width // 3, height * 4 // 5, width * 3 // 2, height * 6 // 5], fill=(38, 58, 52))
    radius, middle = min(width, height) // 5, round(width * place)
    draw.ellipse([middle - radius, height // 2 - radius * 5 // 4, middle + radius, height // 2 + radius], fill=_SHELL)
    return picture


def _logo() -> Image.Image:
    """Draw the word EGG in blocks, on nothing."""
    picture = Image.new("RGBA", (1280, 448), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    letters = {"E": ("111", "100", "111", "100", "111"), "G": ("111", "100", "101", "101", "111")}
    for index, letter in enumerate("EGG"):
        for row, bits in enumerate(letters[letter]):
            for column, bit in enumerate(bits):
                if bit == "1":
                    left, top = 96 + 384 * index + 104 * column, 24 + 80 * row
                    draw.rectangle([left, top, left + 96, top + 72], fill=(*_SHELL, 255))
    return picture


def _encoded(picture: Image.Image, form: str) -> bytes:
    data = io.BytesIO()
    if form == "ICO":
        picture.save(data, form, sizes=[picture.size])
    elif form == "JPEG":
        picture.save(data, form, quality=85)
    else:
        picture.save(data, form, optimize=True)
    return data.getvalue()


def _trailer() -> bytes:
    """Encode a second in which the egg crosses the picture: H.264, 1920×1080."""
    data = io.BytesIO()
    with av.open(data, "w", format="mp4", options={"fflags": "+bitexact"}) as output:
        stream = output.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "34", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for number in range(30):
            frame = av.VideoFrame.from_ndarray(np.asarray(_picture(1920, 1080, number / 30)), format="rgb24")
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return data.getvalue()
