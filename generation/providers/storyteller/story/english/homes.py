"""English prose: where the hero lives, and what it is like to come back there."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import HomeProse

HOMES = {
    "bakery": HomeProse(
        grown="Dad",
        titles=("Above the Bakery", "The House That Smelled of Bread"),
        opening="""
            Above the baker's shop there were two rooms and a kitchen that always smelled of tomorrow. That was where {hero} lived. // In a flat above a bakery, where even the curtains smelled of buns, lived {hero}.
        """,
        closing="""
            The stairs above the bakery smelled of tomorrow, as always. Dad had saved the crusty end of the loaf, and he cut it thick.
        """,
    ),
    "tower": HomeProse(
        grown="Mum",
        titles=("Ninety-Two Stairs Up", "The Top Floor"),
        opening="""
            Ninety-two stairs up, behind the highest door in the building, lived {hero}. From there you could see the weather before it happened.
        """,
        closing="""
            The ninety-two stairs had got longer in one day, but there was a light at the top of them, and in the light stood Mum with two bowls of noodles.
        """,
    ),
    "lane": HomeProse(
        grown="Grandma",
        titles=("The Last House in Lantern Lane", "Where the Lane Ran Out"),
        opening="""
            The last house in Lantern Lane leaned over a little, as if to see who was coming. {hero} lived there. // {hero} lived in Lantern Lane, in the very last house, the one that leaned.
        """,
        closing="""
            The house in Lantern Lane was leaning out to see who was coming. Grandma had been doing the same, and there was soup with letters in it.
        """,
    ),
    "boat": HomeProse(
        grown="Aunt Jo",
        titles=("A House That Floated", "The Boat Called Second Thoughts"),
        opening="""
            {hero}'s house was a boat. It was called *Second Thoughts*, and it had a stove, a geranium, and a river all round it.
        """,
        closing="""
            *Second Thoughts* was rocking at its rope, with its one round window lit. Aunt Jo had made pancakes, and flipped each in time with the waves.
        """,
    ),
    "farm": HomeProse(
        grown="Grandpa",
        titles=("Where the Bus Turns Round", "The House at the End of the Bus"),
        opening="""
            At the end of the line, where the bus turns round because it doesn't know what else to do, stood a farmhouse. In it lived {hero}.
        """,
        closing="""
            The last bus put them down and turned round, and there was the farmhouse with its lamp. Grandpa said nothing, as usual, and had kept the potatoes warm.
        """,
    ),
    "railway": HomeProse(
        grown="Mum",
        titles=("The House That Rattled", "Beside the Railway"),
        opening="""
            {hero}'s house stood so close to the railway that the cups danced when the nine o'clock went by. // Nine times a day all the spoons jingled in {hero}'s house, and that was the trains saying hello.
        """,
        closing="""
            At home the cups were just dancing for the last train of the night. Mum stopped them with one hand, and hugged with the other.
        """,
    ),
    "dunes": HomeProse(
        grown="Grandma",
        titles=("Sand in the Butter", "The Yellow House by the Sea"),
        opening="""
            In a yellow house behind the dunes, where there was always a bit of sand in the butter, lived {hero}.
        """,
        closing="""
            The yellow house had its porch light on. There was fish pie, with a bit of sand in it, and Grandma, who wanted to hear it all from the beginning.
        """,
    ),
    "edge": HomeProse(
        grown="Dad",
        titles=("A Gate into the Woods", "The House with Two Gates"),
        opening="""
            {hero}'s house had two gates. One led to the road. The other led straight in among the trees, and was more interesting. // Behind {hero}'s house the garden stopped, and without so much as a fence the wild began.
        """,
        closing="""
            They came in by the back gate, the interesting one. The kitchen window lay on the grass in a yellow square, and Dad was in it, waving the ladle.
        """,
    ),
    "bookshop": HomeProse(
        grown="Uncle Theo",
        titles=("Behind the Bookshop", "The Bed between the Books"),
        opening="""
            {hero} lived behind a bookshop, and the bed stood between *Gardening* and *Ghosts*, so the dreams were mixed.
        """,
        closing="""
            The bell over the bookshop door said *ting*, as if nothing had happened. Uncle Theo shut his book at once, without even a bookmark.
        """,
    ),
    "hilltop": HomeProse(
        grown="Grandpa",
        titles=("Everything Rolls Downhill", "The House on the Slope"),
        opening="""
            {hero}'s house stood on such a slope that peas rolled off the plate, and breakfast had to be eaten uphill.
        """,
        closing="""
            The house on the slope had its lamps lit, all of them hanging a bit to the left. Grandpa caught the soup as it slid by, and filled two bowls.
        """,
    ),
}
