"""Reads a scene: fills what it leaves open from its own sentences, in English or French, and mends unknown words.

Words are compared without accents and case; a keyword ending in * stands for every word that begins so.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from generation.contract import CREATURES, ITEMS, MOODS, PLACES, POSES, TIMES, WEATHERS, Scene

PLACE_WORDS = {
    "bedroom": "bedroom bed bedtime pillow blanket asleep nursery attic chambre lit oreiller couette grenier dortoir",
    "kitchen": "kitchen cook* oven stove bake* baking recipe cake soup bread dinner breakfast cuisin* four recette gateau soupe pain diner fourneau restaurant cafe",
    "garden": "garden* gardener backyard vegetable* compost greenhouse orchard allotment lawn plant* jardin* potager legume* serre verger pelouse semis",
    "town": "town city street* village square house* shop* alley rooftop* neighbourhood neighborhood school road downtown office* ville rue* place quartier maison* boutique* ruelle toit* ecole bureau* castle palace chateau palais",
    "market": "market* stall* bazaar fair merchant* marche* etal* foire marchand*",
    "library": "librar* bookshop bookshelf bookshelves archive* museum classroom bibliotheque* librairie etagere* musee classe",
    "station": "station train* railway locomotive platform carriage* journey gare quai wagon* chemin-de-fer voyage airport aeroport bus",
    "forest": "forest* wood woods woodland tree* grove jungle pine* oak* foret* bois arbre* clairiere sapin* chene* sous-bois",
    "meadow": "meadow* field* prairie* pasture grassland farm countryside picnic pre pres champ* paturage ferme campagne pique-nique",
    "hill": "hill* hilltop hillside slope down downs colline* coteau butte vallon valley vallee",
    "mountain": "mountain* peak* summit cliff* alp alps ridge volcano montagne* falaise* alpes cime* volcan glacier",
    "river": "river* stream* brook bridge* creek waterfall riverbank riviere* ruisseau* pont* fleuve* cascade torrent",
    "lake": "lake* pond* lagoon marsh swamp lac lacs etang* mare marais lagune",
    "sea": "sea seas ocean* sailing sail ship* boat* wave* voyage harbour harbor sailor* pirate* mer mers bateau* navire* vague* port marin* voilier* large",
    "beach": "beach* shore seaside sand sandy coast dune* plage* rivage sable cote littoral dune*",
    "island": "island* isle treasure ile iles ilot tresor* palm*",
    "cave": "cave* cavern* grotto tunnel underground crystal* grotte* caverne* souterrain* cristal cristaux mine dungeon",
    "snow": "snow* winter* ice icy frozen polar arctic sled* ski* igloo neige* hiver glace* gele* polaire banquise luge traineau",
    "sky": "sky skies cloud-top above-the-clouds balloon* flying space planet* heaven ciel cieux nuages montgolfiere* ballon* espace planete* envol*",
    "desk": "desk notebook* study paper* writing pen pencil laptop computer spreadsheet checklist budget* worktable bureau cahier* carnet* papier* stylo* crayon* ordinateur table-de-travail",
}  # fmt: skip
TIME_WORDS = {
    "dawn": "dawn sunrise daybreak early morning aube aurore lever-du-soleil matin petit-matin",
    "dusk": "dusk sunset evening twilight golden-hour crepuscule coucher-du-soleil soir soiree couchant",
    "night": "night* midnight moon* star stars starry starlight stargazing nuit* minuit lune etoile etoiles etoilee asleep lantern-light dark sombre",
    "day": "day noon midday afternoon jour midi journee apres-midi",
}
WEATHER_WORDS = {
    "rain": "rain* storm* drizzle puddle* wet umbrella pluie* pleut pleuvoir orage* averse* flaque* tempete parapluie",
    "snow": "snow* snowfall blizzard neige* flocon*",
    "fog": "fog* mist* haze hazy brouillard* brume* brumeu*",
    "wind": "wind* breeze breezy gust* gale kite vent venteu* brise rafale* cerf-volant",
    "cloud": "cloudy overcast grey-sky nuageu* couvert",
    "clear": "clear sunny bright clair ensoleill*",
}
MOOD_WORDS = {
    "laugh": "laugh* giggl* joy* joyful cheer* rire rit riant rient eclats hilare joyeu*",
    "brave": "brave* bravely courage* bold* determin* proud* confident courageu* fier fiere audacieu* decid*",
    "worried": "worr* afraid scared fear* anxious nervous lost inquiet* peur effray* anxieu* perdu* craint*",
    "wow": "wonder* amazed astonish* surpris* awe gasp* marvel* emerveill* etonn* ebahi* surprise",
    "sleepy": "sleep* yawn* asleep tired drows* dream* dort dormir endormi* somnolent* fatigu* baill* reve*",
    "sad": "sad* cry* cries weep* tear tears lonely sorrow* triste* pleure* larme* chagrin seul seule",
    "calm": "calm* quiet* peaceful* serene* gentle* thoughtful* calme* paisible* serein* tranquill* pensi*",
    "happy": "happy happi* smil* glad delight* heureu* souri* content* ravi*",
}
POSE_WORDS = {
    "wave": "wave waves waving greet* goodbye salu* signe au-revoir agite",
    "point": "point points pointing points-to montre pointe pointant designe",
    "reach": "reach* stretch* catch* grab* tend* attrap* saisi* atteind*",
    "hug": "hug* cuddl* embrac* calin* enlac* serre etrein*",
    "sit": "sit sits sitting seated sat perched rest* assis assise assoit",
    "lie": "lie lies lying sleeps sleeping asleep tucked nap dort dormir endormi* allong* couch*",
    "climb": "climb* clamber* ladder grimp* escalad* echelle gravi*",
    "walk": "walk* run* stroll* hik* march* wander* follow* march* cour* promen* suit avance*",
    "hold": "hold* carr* clutch* read* tient tenant porte portant lit-un-livre lisant",
    "stand": "stand* debout",
}  # fmt: skip
ITEM_WORDS = {
    "lantern": "lantern* lamp torch lanterne* lampe torche", "map": "map maps chart carte plan-de-route", "basket": "basket* panier* corbeille",
    "umbrella": "umbrella* parapluie* ombrelle", "kite": "kite kites cerf-volant cerfs-volants", "book": "book* storybook notebook livre* album cahier roman",
    "key": "key keys cle cles clef*", "star": "star etoile", "flower": "flower* bouquet rose tulip* fleur* tulipe*", "bell": "bell bells cloche* clochette* grelot*",
    "feather": "feather* plume plumes quill", "shell": "shell* seashell* coquillage* conque", "rope": "rope* corde* ficelle", "telescope": "telescope* spyglass binocular* longue-vue jumelles",
    "drum": "drum* tambour*", "letter": "letter* envelope postcard lettre* enveloppe courrier", "seed": "seed* seedling* sprout* graine* pousse* semence* semis", "scarf": "scarf scarves echarpe* foulard",
    "boat": "toy-boat paper-boat maquette", "apple": "apple* pomme pommes fruit*",
}  # fmt: skip
CREATURE_WORDS = {
    "fox": "fox foxes vixen renard* renardeau*", "rabbit": "rabbit* bunny bunnies hare* lapin* lievre*", "bear": "bear bears cub ours ourson* oursonne", "cat": "cat cats kitten* chat chats chatte chaton*",
    "dog": "dog dogs puppy puppies hound chien* chiot*", "owl": "owl owls owlet hibou* chouette*", "wolf": "wolf wolves loup loups louve louveteau*", "panda": "panda*",
    "mouse": "mouse mice souris souriceau mulot", "hedgehog": "hedgehog* herisson*", "frog": "frog* toad* grenouille* crapaud*", "bird": "bird* robin sparrow* songbird swallow* gull* oiseau* moineau* rouge-gorge hirondelle* mouette*",
    "turtle": "turtle* tortoise* tortue*", "squirrel": "squirrel* ecureuil*", "deer": "deer fawn stag doe cerf cerfs biche* faon*", "beaver": "beaver* castor*",
    "bat": "bat bats chauve-souris", "firefly": "firefly fireflies glow-worm* luciole*", "whale": "whale* baleine* baleineau*", "crab": "crab crabs crabe*",
}  # fmt: skip

# Where a scene says nothing at all.
PLEASING_PLACES = ("meadow", "forest", "hill", "garden", "lake", "river")
STILL_PLACES = ("desk", "desk", "garden", "meadow", "hill")


def understood(scene: Scene, *, seed: int, has_hero: bool, title: str = "") -> Scene:
    """The scene with every field in the shared vocabulary. What it says in those words is kept as it is."""
    said = " ".join((scene.description, scene.alt))
    if scene.place not in PLACES:
        said = f"{scene.place} {said}"
    found = Words(said)
    open_scene = scene.place not in PLACES
    chance = random.Random(f"{seed}|{said}")
    place = (
        scene.place if scene.place in PLACES else found.first(PLACE_WORDS) or Words(title).first(PLACE_WORDS)
    )
    place = place or chance.choice(PLEASING_PLACES if has_hero else STILL_PLACES)
    creatures = tuple(kind for kind in scene.creatures if kind in CREATURES)
    item = scene.item if scene.item in ITEMS else ""
    return replace(
        scene,
        place=place,
        time=_word(scene.time, TIMES, "day", open_scene, found, TIME_WORDS),
        weather=_word(scene.weather, WEATHERS, "clear", open_scene, found, WEATHER_WORDS),
        mood=_word(scene.mood, MOODS, "happy", open_scene, found, MOOD_WORDS),
        pose=_word(scene.pose, POSES, "stand", open_scene, found, POSE_WORDS),
        item=item or (found.first(ITEM_WORDS) if open_scene else ""),
        creatures=creatures or (found.every(CREATURE_WORDS)[:3] if open_scene else ()),
    )


def _word(
    given: str, allowed: tuple[str, ...], default: str, is_open: bool, found: Words, words: Mapping[str, str]
) -> str:
    """The given word; where it is the default or unknown, what the sentences say, if they have the say."""
    if given in allowed and (given != default or not is_open):
        return given
    return found.first(words) or default


class Words:
    """The words of a text, in order, hyphenated pairs and triples among them."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize(
            "NFKD", text[:4000].lower().replace("œ", "oe").replace("'", " ").replace("’", " ")
        )
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", plain)
        self.words = words
        self.phrases = {f"{a}-{b}" for a, b in pairwise(words)}
        self.phrases |= {f"{a}-{b}-{c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}

    def first(self, vocabulary: Mapping[str, str]) -> str:
        """The entry whose keywords come up most; among equals the one named first."""
        scores = {name: self._score(keywords) for name, keywords in vocabulary.items()}
        best = max(scores, key=lambda name: scores[name])
        return best if scores[best][0] else ""

    def every(self, vocabulary: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(name for name, keywords in vocabulary.items() if self._score(keywords)[0])

    def _score(self, keywords: str) -> tuple[int, int]:
        hits, earliest = 0, len(self.words)
        for keyword in keywords.split():
            stem, is_stem = keyword.rstrip("*"), keyword.endswith("*")
            if keyword in self.phrases:
                hits += 2
                earliest = 0
            for index, word in enumerate(self.words):
                if word == stem or (is_stem and word.startswith(stem)):
                    hits += 1
                    earliest = min(earliest, index)
        return hits, -earliest
