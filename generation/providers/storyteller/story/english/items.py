"""English prose: what goes into the bag, and what it turns out to be good for."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import ItemProse

ITEMS = {
    "lantern": ItemProse(
        titles=("A Lantern and Two Apples",),
        pack="""
            Into the bag went two apples, a pencil and, last of all, {grown}'s old lantern, which had been up a mountain once and never stopped telling people.
        """,
        use="""
            {hero} lit {grown}'s lantern, and it made a small round room of light, which came along with them.
        """,
        beat="They pack the old lantern and two apples, and set out.",
    ),
    "map": ItemProse(
        titles=("The Map with a Hole in It",),
        pack="""
            They took a loaf, a blanket and the map from the kitchen drawer. It had a hole in it, just where it got exciting.
        """,
        use="""
            {hero} unfolded the map. They were in the hole now, and so they had to look where they were going, and that helped.
        """,
        beat="They pack a map with a hole in it, and set out.",
    ),
    "scarf": ItemProse(
        titles=("The Longest Scarf",),
        pack="""
            They packed sandwiches and a spare sock, and {hero} put on the scarf. It was so long that it arrived a little after {them} everywhere.
        """,
        use="""
            It had turned cold. {hero} wound the one end of the long scarf round {pal}, and there was still plenty for two.
        """,
        beat="{hero} puts on the longest scarf in the world, and they set out.",
    ),
    "rope": ItemProse(
        titles=("Rope, Just in Case",),
        pack="""
            “You can never have too much rope,” said {pal}, who had read it somewhere. So they packed rope, and plums, and a bit more rope.
        """,
        use="""
            The last part was steep. And the rope, which all day long had done nothing but be carried, got its turn at last.
        """,
        beat="They pack plums and a great deal of rope, and set out.",
    ),
    "telescope": ItemProse(
        titles=("The Little End of the Telescope",),
        pack="""
            They packed a sausage each, and the brass telescope. If you looked in at the wrong end it made your troubles small.
        """,
        use="""
            {hero} looked through the telescope, first the wrong way, which was a comfort, and then the right way. “There!” {they} said.
        """,
        beat="They pack the brass telescope, and set out.",
    ),
    "umbrella": ItemProse(
        titles=("Under the Patched Umbrella",),
        pack="""
            Out of the stand {hero} took the big umbrella with eleven patches. It wasn't raining. But it would have been hurt to be left behind.
        """,
        use="""
            A few fat drops came down, only a few, and up went the umbrella, as pleased as anything to have been right.
        """,
        beat="They take the patched umbrella along, and set out.",
    ),
    "basket": ItemProse(
        titles=("The Squeaky Basket",),
        pack="""
            {hero} filled the basket, the one that squeaks: six jam sandwiches, an apple, and a folded handkerchief in case anybody had to be rescued or blown.
        """,
        use="""
            The basket was empty by now except for crumbs, and it squeaked much more cheerfully, as though it guessed that it would soon be needed.
        """,
        beat="They fill the squeaky basket, and set out.",
    ),
    "drum": ItemProse(
        titles=("One Drum, Two Cheeses",),
        pack="""
            “We should bring something to eat and something to make a noise with,” said {hero}. So they packed two cheeses and the small red drum.
        """,
        use="""
            {hero} tapped the little red drum to keep their feet going, *tum*, *tum*, and after a while it seemed that something, not far off, was keeping time.
        """,
        beat="They pack two cheeses and a small red drum, and set out.",
    ),
    "key": ItemProse(
        titles=("A Key to Nothing in Particular",),
        pack="""
            They packed bread and cheese. And from its nail {hero} took the big iron key, which had never been known to fit anything, and was due for some luck.
        """,
        use="""
            There was a bolted hatch in the way. Of all things it was the iron key that fitted it, and after all those years it went round with a click of pure joy.
        """,
        beat="They take along a key that fits nothing, and set out.",
    ),
    "kite": ItemProse(
        titles=("The Kite on a Short String",),
        pack="""
            {hero} packed oatcakes, a jersey and the kite. “Kites see further than we do,” {they} explained. {pal} packed the string, and got rather tangled.
        """,
        use="""
            They let the kite go up to have a look. It stood there in the last of the light, tugged twice, and pointed with its tail.
        """,
        beat="They pack oatcakes and a kite, and set out.",
    ),
    "feather": ItemProse(
        titles=("A Feather for Luck",),
        pack="""
            They packed buns. They packed more buns. And behind one ear {hero} stuck the white feather, which was for luck, and tickled.
        """,
        use="""
            {hero} took the lucky feather from behind {their} ear and let it drop. It didn't fall straight down. It sailed, quite definitely, to the left.
        """,
        beat="They pack a great many buns and a lucky feather, and set out.",
    ),
    "book": ItemProse(
        titles=("The Book of Useful Things",),
        pack="""
            They took pears, string and *The Book of Useful Things*, which weighed as much as a cat and told you how to fold a napkin into a swan.
        """,
        use="""
            On its last page *The Book of Useful Things* said: *When you have tried everything, look down.* So they looked down.
        """,
        beat="They take along The Book of Useful Things, and set out.",
    ),
}
