"""Contrast of two colours, after WCAG 2.1."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as #rrggbb: 1 to 21.

    (L1 + 0.05) ÷ (L2 + 0.05), where L1 is the lighter one's relative luminance (WCAG 2.1, "contrast ratio").
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of *colour* (#rrggbb), 0 for black to 1 for white (WCAG 2.1, "relative luminance")."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
