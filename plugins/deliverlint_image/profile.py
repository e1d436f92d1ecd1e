"""Names of embedded colour profiles (ICC.1)."""

from __future__ import annotations

from io import BytesIO

UNNAMED = "unnamed profile"


def profile_name(profile: bytes | None) -> str | None:
    """Return the description of an ICC profile; `unnamed profile` where it has none that can be read."""
    if not profile:
        return None
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, UnicodeDecodeError):
        return UNNAMED
    return name.strip()[:200] or UNNAMED


def is_srgb(color_space: str | None, name: str | None) -> bool:
    """Say whether colours are sRGB: RGB with a profile that says so, or without one."""
    return color_space == "RGB" and (name is None or "srgb" in name.lower())
