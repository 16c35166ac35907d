"""One drawing for every place of the shared vocabulary."""

from __future__ import annotations

from generation.providers.cutpaper.places import air, fields, heights, rooms, streets, waters, woods
from generation.providers.cutpaper.places.stage import Place

PLACE_ART: dict[str, Place] = {
    "bedroom": rooms.bedroom,
    "kitchen": rooms.kitchen,
    "library": rooms.library,
    "desk": rooms.desk,
    "garden": fields.garden,
    "meadow": fields.meadow,
    "hill": fields.hill,
    "town": streets.town,
    "market": streets.market,
    "station": streets.station,
    "forest": woods.forest,
    "mountain": heights.mountain,
    "snow": heights.snow,
    "cave": heights.cave,
    "river": waters.river,
    "lake": waters.lake,
    "sea": waters.sea,
    "beach": waters.beach,
    "island": waters.island,
    "sky": air.sky,
}
