"""Shapes as SVG text. Every shape is a string, so that drawings are put together by adding them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Value = str | float | None


def number(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 10 else f"{value:.1f}"


def attributes(values: dict[str, Value]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{number(value)}"'
        for name, value in values.items()
        if value is not None
    )


def painted(tag: str, values: dict[str, Value]) -> str:
    """One shape. Its opacity goes to its fill or stroke where it has only one: a layer of its own is dear."""
    if "opacity" in values:
        if values.get("fill") == "none":
            values["stroke_opacity"] = values.pop("opacity")
        elif "stroke" not in values:
            values["fill_opacity"] = values.pop("opacity")
    return f"<{tag}{attributes(values)}/>"


def circle(x: float, y: float, r: float, fill: str, **more: Value) -> str:
    return painted("circle", {"cx": x, "cy": y, "r": r, "fill": fill, **more})


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, *, turn: float = 0, **more: Value) -> str:
    transform = f"rotate({turn:.1f} {x:.1f} {y:.1f})" if turn else None
    return painted(
        "ellipse", {"cx": x, "cy": y, "rx": rx, "ry": ry, "fill": fill, "transform": transform, **more}
    )


def rect(x: float, y: float, width: float, height: float, fill: str, r: float = 0, **more: Value) -> str:
    return painted(
        "rect", {"x": x, "y": y, "width": width, "height": height, "rx": r or None, "fill": fill, **more}
    )


def path(d: str, fill: str = "none", **more: Value) -> str:
    return painted("path", {"d": d, "fill": fill, **more})


def line(d: str, colour: str, width: float, **more: Value) -> str:
    """An open stroke with round ends."""
    values: dict[str, Value] = {"d": d, "fill": "none", "stroke": colour, "stroke_width": width}
    return painted("path", {**values, "stroke_linecap": "round", "stroke_linejoin": "round", **more})


def polygon(points: Iterable[Point], fill: str, **more: Value) -> str:
    return path(straight(points) + "Z", fill, **more)


def straight(points: Iterable[Point]) -> str:
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def group(*parts: str, **more: Value) -> str:
    return f"<g{attributes(dict(more))}>{''.join(parts)}</g>"


def placed(svg: str, x: float, y: float, size: float = 1, *, flip: bool = False, turn: float = 0) -> str:
    """The drawing with its origin moved to x, y; then turned, scaled and, if asked, mirrored."""
    turned = f" rotate({turn:.1f})" if turn else ""
    scale = f" scale({-size if flip else size:.3f},{size:.3f})" if size != 1 or flip else ""
    return f'<g transform="translate({x:.1f},{y:.1f}){turned}{scale}">{svg}</g>'


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A curve through all points (Catmull and Rom's spline as cubic Béziers)."""
    last = len(points) - 1

    def at(index: int) -> Point:
        return points[index % len(points)] if closed else points[min(max(index, 0), last)]

    d = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for i in range(len(points) if closed else last):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        d += (
            f" C{start[0] + (end[0] - before[0]) / 6:.1f},{start[1] + (end[1] - before[1]) / 6:.1f}"
            f" {end[0] - (after[0] - start[0]) / 6:.1f},{end[1] - (after[1] - start[1]) / 6:.1f}"
            f" {end[0]:.1f},{end[1]:.1f}"
        )
    return d + ("Z" if closed else "")


def cut(d: str, fill: str, *, depth: float = 1, **more: Value) -> str:
    """A piece of cut paper: the shape upon its soft shadow, made of thin strokes, which cost less than a blur."""
    shadow = "".join(
        path(
            d,
            "none",
            stroke="#120c2e",
            stroke_width=width * depth,
            stroke_opacity=opacity,
            stroke_linejoin="round",
            transform=f"translate({0.6 * depth:.1f},{2.6 * depth:.1f})",
        )
        for width, opacity in ((13, 0.045), (9, 0.05), (5.5, 0.06), (2.5, 0.07))
    )
    return shadow + path(d, fill, **more)
