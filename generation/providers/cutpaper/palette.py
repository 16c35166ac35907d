"""Light: how the hour and the weather colour the sky, the distance and everything out of doors or in a room."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generation.providers.cutpaper.colour import RGB, filtered, mix

SNOW_WHITE = "#eef3fa"


@dataclass(frozen=True)
class Light:
    """`tint` filters all colours, `haze` is what distance fades into, `cover` is how far snow lies on things."""

    time: str
    weather: str
    sky: tuple[str, ...]
    haze: str
    haziness: float
    tint: RGB
    sun: str
    cloud: str
    cloudiness: float = 0.35
    stars: int = 0
    cover: float = 0.0

    @property
    def is_dark(self) -> bool:
        return self.time == "night"

    @property
    def lamps(self) -> bool:
        """Whether windows and lamps are lit."""
        return self.time in {"dusk", "night"} or self.weather in {"rain", "fog"}

    @property
    def shows_sun(self) -> bool:
        return self.weather in {"clear", "wind"} or (self.weather == "cloud" and self.time != "night")

    def tone(self, colour: str, far: float = 0.0) -> str:
        """A daylight colour as it looks in this light, `far` (0 to 1) away."""
        return mix(filtered(colour, self.tint), self.haze, min(0.92, far * self.haziness))

    def ground(self, colour: str, far: float = 0.0) -> str:
        """Like `tone`, for what lies open to the sky: snow covers it."""
        return self.tone(mix(colour, SNOW_WHITE, self.cover), far)

    def leaf(self, colour: str, far: float = 0.0) -> str:
        """Like `ground`, for what stands up and holds less of the snow."""
        return self.tone(mix(colour, SNOW_WHITE, self.cover * 0.4), far)

    def indoors(self) -> Light:
        """The same hour in a room, where lamps are lit in the evening."""
        tints: dict[str, RGB] = {
            "dawn": (1.0, 0.95, 0.9),
            "day": (1.0, 1.0, 1.0),
            "dusk": (0.98, 0.88, 0.80),
            "night": (0.80, 0.69, 0.66),
        }
        return replace(self, tint=tints[self.time], haze="#f4e4cf", haziness=0.3, cover=0.0)


@dataclass(frozen=True)
class Hour:
    sky: tuple[str, ...]
    haze: str
    tint: RGB
    sun: str
    cloud: str
    grey: str
    stars: int = 0


HOURS = {
    "dawn": Hour(
        sky=("#6f9fd2", "#b7b4d8", "#f6c3b4", "#ffe0b0", "#fff1d4"),
        haze="#ffdcc6",
        tint=(1.0, 0.94, 0.92),
        sun="#ffe9b4",
        cloud="#fff0e4",
        grey="#cfc3cc",
    ),
    "day": Hour(
        sky=("#4aa9d6", "#86cbe4", "#c4e6ea", "#f3f2dc"),
        haze="#d9ecec",
        tint=(1.0, 1.0, 1.0),
        sun="#fff2bd",
        cloud="#ffffff",
        grey="#b9c7d1",
    ),
    "dusk": Hour(
        sky=("#343b78", "#76549a", "#c8658c", "#f28d6c", "#ffc078"),
        haze="#d78d94",
        tint=(0.87, 0.74, 0.78),
        sun="#ffd98c",
        cloud="#e79a9c",
        grey="#6f6389",
        stars=36,
    ),
    "night": Hour(
        sky=("#0c1440", "#1a2868", "#33498f", "#6f82bf"),
        haze="#6579b8",
        tint=(0.36, 0.45, 0.68),
        sun="#fff1c2",
        cloud="#4a5fa8",
        grey="#2b3761",
        stars=150,
    ),
}

# weather: share of grey in the sky, factor on the tint, haziness, cloudiness, share of stars, snow cover
WEATHER = {
    "clear": (0.0, (1.0, 1.0, 1.0), 0.62, 0.35, 1.0, 0.0),
    "wind": (0.08, (0.99, 0.99, 0.99), 0.55, 0.55, 0.8, 0.0),
    "cloud": (0.5, (0.93, 0.94, 0.96), 0.66, 1.0, 0.1, 0.0),
    "rain": (0.72, (0.80, 0.85, 0.91), 0.74, 1.0, 0.0, 0.0),
    "snow": (0.55, (0.97, 0.98, 1.0), 0.7, 0.8, 0.0, 0.74),
    "fog": (0.6, (0.95, 0.95, 0.96), 1.0, 0.2, 0.0, 0.0),
}  # fmt: skip


def light_for(time: str, weather: str) -> Light:
    hour = HOURS[time]
    grey, factors, haziness, cloudiness, stars, cover = WEATHER[weather]
    dull = mix(hour.grey, "#f2f5fa", 0.5 if weather == "snow" and time != "night" else 0.0)
    red, green, blue = (a * b for a, b in zip(hour.tint, factors, strict=True))
    return Light(
        time=time,
        weather=weather,
        sky=tuple(mix(colour, dull, grey) for colour in hour.sky),
        haze=mix(hour.haze, dull, grey * 0.7),
        haziness=haziness,
        tint=(red, green, blue),
        sun=hour.sun,
        cloud=mix(hour.cloud, dull, grey * 0.45),
        cloudiness=cloudiness,
        stars=round(hour.stars * stars),
        cover=cover,
    )
