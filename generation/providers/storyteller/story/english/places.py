"""English prose: the places on the way."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import PlaceProse

PLACES = {
    "forest": PlaceProse(
        titles=("Under the Tall Trees", "A Great Many Trees"),
        opening="""
            The forest began all at once, with one tree, and then it had no end of them.
        """,
        arrivals=(
            """
            The forest smelled of rain, mushrooms and very old secrets.
            Tall trees leaned together overhead, like aunts at a wedding. // Overhead the branches held hands, so that only small coins of light fell through.
            {hero} walked on tiptoe, because anything else seemed rude.

            “It's looking at us,” said {pal}.
            “Who is?”
            “All of it.”
            + A pine cone dropped onto the path, just to have something to say.
            """,
            """
            Among the trees it was green and dim, like the bottom of a bottle.
            Somewhere a woodpecker was putting up a shelf. // Far off, a woodpecker knocked and knocked, and nobody let it in.

            {hero} began to count the trees, and stopped at forty, because forty-one turned out to be a very thin person's washing pole.
            “Who hangs out washing in a forest?” asked {pal}.
            + On the line hung six tiny socks, so it was certainly somebody with a lot of feet.
            """,
        ),
        beat="The way leads in among the trees, where everything seems to listen.",
        spot="under a curl of fern",
        nook="in a small round clearing",
    ),
    "meadow": PlaceProse(
        titles=("The Meadow Up to the Chin", "A Sea of Grass"),
        opening="""
            Beyond lay a meadow where the grass came up to {hero}'s chin.
        """,
        arrivals=(
            """
            The meadow hummed. It was full of bees, and every bee was late for something.
            {hero} waded into the long grass with both arms up. // {hero} went in as you go into cold water, one step and one squeak at a time.
            Only the tips of the tallest daisies showed where {pal} was.

            “Left!” called the daisies. “No, my other left!”
            + When they came out on the far side, both of them were yellow with pollen up to the eyebrows.
            """,
            """
            A whole meadow lay there with nobody using it.
            So {hero} rolled down the slope, and {pal} came after, and the sky and the clover took turns being on top.
            + A grasshopper watched, and was heard to say that some people have no training.

            At the bottom they lay still until the world stopped going round.
            “Again?” said {pal}.
            “On the way home,” said {hero}.
            """,
        ),
        beat="They cross a meadow where the grass is taller than anyone's plans.",
        spot="deep in the long grass",
        nook="in the middle of the long grass",
    ),
    "hill": PlaceProse(
        titles=("The Windy Hill", "Nearly the Top"),
        opening="""
            The road tilted, thought about it, and turned into a hill.
        """,
        arrivals=(
            """
            It was the kind of hill that has another hill hiding behind it.
            “Nearly there,” said {hero}, at the first top. // “This must be the top,” said {hero}, and of course it was not.
            “Nearly there,” said {hero} at the second, with less breath.
            At the third top there truly was no more hill, only wind and a bench.

            Far below lay the roofs, as small as biscuits. {pal} tried to eat one.
            + It's hard to explain about distance.
            """,
            """
            The wind lived on this hill, and it had been on its own for days. // On the hill the wind came running to meet them, like a dog that has not seen its people all week.
            It turned {hero}'s pockets inside out. It looked under {pal}.
            Then it pushed behind their backs, all the way up, like somebody who is eager to show you a room.
            + The grass bowed and straightened as though it were breathing.

            “It only wants company,” said {hero}, and told it two jokes.
            """,
        ),
        beat="They climb a hill that has more than one top.",
        spot="behind the last gorse bush",
        nook="in a hollow out of the wind",
    ),
    "mountain": PlaceProse(
        titles=("Up Where the Goats Go", "The Mountain's Front Steps"),
        opening="""
            Then the mountain stood in front of them, wearing a cloud as a hat.
        """,
        arrivals=(
            """
            Close to, the mountain was not one big thing at all. It was a great many small stones being very good at staying together.
            The path went up it in zigzags, like a bootlace.
            {hero} put one foot on the first zig. {pal} took the first zag.
            + Far above, a goat looked down at them the way people on ladders look at people on stairs.

            “Don't think of all of it,” said {pal}. “Think of the next bit.”
            The next bit had a buttercup.
            """,
            """
            Up here the air was thin and tasted of pencils.
            Every sound was small and clear: a pebble, a breath, a bell on a far-off goat.
            {hero} looked back, once, and saw the whole morning lying behind them like a dropped ribbon.

            “Did we walk all of that?” asked {pal}. // “We did all that?” said {pal}.
            “With our own legs,” said {hero}, and gave {their} knees a pat.
            + The knees, to be honest, were trembling with pride.
            """,
        ),
        beat="They start up the mountain, one small bit at a time.",
        spot="in a crack of the rock",
        nook="on a wide flat ledge",
    ),
    "river": PlaceProse(
        titles=("The River Knows the Way", "Beside the Chattering River"),
        opening="""
            They heard the river before they saw it, talking to itself over the stones.
        """,
        arrivals=(
            """
            The river was in a hurry, and talked the whole time, like someone who is late and wants you to know why.
            {hero} threw in a stick. {pal} threw in a better one.
            They ran along the bank, shouting, until both sticks went under a root together and came out holding hands.

            “A draw,” said {pal}.
            + A dragonfly, who had been keeping the score, flew off in disgust.
            """,
            """
            Beside the river the ground was soft, and it kept everyone's footprints like a visitors' book.
            A heron had signed it. So had a cow. // There was a line of duck in it, and a whole page of moorhen.
            {hero} pressed in one boot, carefully, and {pal} signed underneath.

            “Now they'll know that we were here,” said {hero}.
            + The river licked the edge of the page, and did not tell.
            """,
        ),
        beat="They follow a river that never stops talking.",
        spot="between two wet stones",
        nook="at a bend of the river",
    ),
    "lake": PlaceProse(
        titles=("The Lake That Was a Mirror", "Quiet Water"),
        opening="""
            The lake lay so still that there seemed to be two skies.
        """,
        arrivals=(
            """
            Nobody had told the lake that it was Tuesday. It lay there as if every day were Sunday.
            {hero} leaned out over the edge, and another {hero} leaned up to meet {them}. // When {hero} waved at the water, somebody in the water waved back at once.
            “They look tired,” said {pal}, about the two down there.
            “They've come a long way,” said {hero}.
            + A fish rose, kissed the other sky, and was gone.

            The four of them shared an apple, and everybody got a half.
            """,
            """
            The reeds stood around the lake like people at a concert, waiting for it to begin.
            {hero} picked the flattest stone on the shore and sent it skimming. Four hops!
            {pal} tried next. One hop, and a plop. // {pal}'s stone made a single jump, and then thought better of it.

            “Plops are good too,” said {hero}.
            + The rings spread and spread, all the way to the far side, and one of them came back to say that it was nice over there.
            """,
        ),
        beat="They come to a lake as still as glass.",
        spot="among the reeds",
        nook="among the reeds",
    ),
    "sea": PlaceProse(
        titles=("All That Blue", "Out on the Water"),
        opening="""
            A boat the colour of butter lay waiting, with a note on its seat: BORROW ME, BRING ME BACK.
        """,
        arrivals=(
            """
            At the end of a jetty bobbed a boat no bigger than a bath. On it somebody had painted: FREE TO ANYONE WHO BAILS.
            {hero} took the tiller. {pal} took the bucket, and also charge.

            Out they went, up the big slow waves and down the other side. // The waves lifted them and put them down again, as gently as a grandmother with an egg.
            + Behind them the land grew thin, then flat, then like something you might have drawn yourself.
            The sea was green, then blue, then no colour that has a name.
            """,
            """
            The sea was having one of its good days.
            It sparkled right out to the edge, as though somebody had spilled all the spoons.
            The little sailing boat at the steps was called *Perhaps*, and it was just big enough for two. // A little blue boat called *Perhaps* was tied up at the steps, and untied itself when they looked at it.

            “Which way?” asked {hero}.
            “Forward,” said {pal}. “The rest is only water.”
            + A gull flew beside them for a while, practising looking important.
            """,
        ),
        beat="They borrow a small boat and put out to sea.",
        spot="on a rock no bigger than a table",
        nook="on a rock no bigger than a table",
    ),
    "beach": PlaceProse(
        titles=("Footprints on the Beach", "Where the Waves Come In"),
        opening="""
            The path ran out of path and became a beach.
        """,
        arrivals=(
            """
            The tide had gone out and forgotten to tidy up.
            There was seaweed in the wrong places, one boot, and a crab walking up and down as if it had lost its glasses.
            {hero} took off both shoes at once, which is a thing that makes you fall over. // {hero}'s shoes came off, and then {hero}'s socks, and then a good deal of sand went in where the socks had been.

            Behind them ran two lines of footprints, and one of them had done a lot of circles.
            + “I was exploring,” said {pal}.
            """,
            """
            Here the waves came in, one behind the other, and each of them said *hush*.
            {hero} wrote {their} name in the sand. The sea read it, and rubbed it out. // With a long stick {hero} drew a whale on the sand, and the sea, after a good look at it, took it home.
            {pal} found a stone with a hole and looked through it at everything.

            “What can you see?”
            “The same,” said {pal}, “but rounder.”
            + It's surprising how much better a day looks when it has an edge.
            """,
        ),
        beat="They reach the beach, and it is full of things that the tide has left.",
        spot="at the very edge of the tide",
        nook="in the shelter of the dunes",
    ),
    "island": PlaceProse(
        titles=("An Island for Two", "The Smallest Island"),
        opening="""
            A sandbank, shining and only just dry, led out to an island.
        """,
        arrivals=(
            """
            It was a very small island. If you sneezed at one end, you said bless you at the other.
            It had one tree, one rock and one opinion, which was that visitors ought to wipe their feet.
            {hero} wiped {theirs}. {pal} pretended.

            They walked all the way round it before lunch, and then again, to make it last.
            + “We could live here,” said {pal}, “if we were shorter.”
            """,
            """
            Nobody had drawn the island on any map, so {hero} did, with a finger, on the back of one hand.
            Here was the cove. Here was the palm tree that leaned like somebody listening at a door. // Here was the bay, and there the hill, which had only got as far as being a bump.
            “And that?” asked {pal}.
            “That's a freckle,” said {hero}.
            + They named it Freckle Point, and it was the best place on the island for a picnic.
            """,
        ),
        beat="They set foot on an island that no map has heard of.",
        spot="in the shade of the only tree",
        nook="in the shade of the only tree",
    ),
    "cave": PlaceProse(
        titles=("The Cave's Front Door", "Where the Hill Keeps Its Secrets"),
        opening="""
            In the side of the rock was a hole as tall as a door, and a cool breath came out of it.
        """,
        arrivals=(
            """
            Inside the cave it dripped. Plip, said one corner. Plop, answered another, after thinking it over.
            {hero} walked with one hand on the wall, which was as cold and smooth as a spoon.
            + There were pictures on the wall, horses and hands, painted by somebody who had not had any paper.

            “Do you suppose anyone lives here?” whispered {pal}. // “Is anybody at home?” {pal} asked the dark, very politely.
            Plip, said the corner, and that might have meant anything.
            """,
            """
            The cave had a front room, a back room, and a great many rooms after that.
            From the ceiling hung long stone teeth, which had been growing for a thousand years and had come to about the length of a sock.
            “Slow,” said {pal}.
            “But look how tidy,” said {hero}. // “But they never stopped,” said {hero}.
            + Far inside, something glittered, and then pretended that it had not.
            """,
        ),
        beat="They step into a cave that drips and glitters.",
        spot="on a ledge of pale stone",
        nook="in the very last room",
    ),
    "snow": PlaceProse(
        titles=("The White Country", "Up to the Knees"),
        opening="""
            After the next bend everything was white, and very quiet about it.
        """,
        arrivals=(
            """
            Snow lay over everything like a page that nobody had written on yet.
            {hero} was nearly too polite to take the first step. *Crump*, it went. It was the best noise of the whole day.
            After that there was no stopping either of them. // The second step was even better, and by the tenth they were both running.
            + They made a snow {fox}, and gave it a twig to be proud of.

            “My nose has gone,” said {pal}.
            “It's still there,” said {hero}. “It's only gone pink.”
            """,
            """
            The cold up here came with a sort of ringing in it, as if the air were a glass that somebody had tapped.
            Their breath went ahead of them in two small clouds, one for {hero} and one for {pal}.
            The clouds got on very well.

            “If we talk,” said {pal}, “they bump.” // “Look,” said {pal}. “Mine is following yours.”
            So they talked all the way across the snow, about soup.
            + They had got as far as the dumplings when the path gave out.
            """,
        ),
        beat="They come into the snow, where theirs are the first footprints.",
        spot="in a hollow of blue snow",
        nook="in a hollow of blue snow",
    ),
    "sky": PlaceProse(
        titles=("Among the Clouds", "A Ladder of Weather"),
        opening="""
            Where the ground gave up, a flight of cloudy steps went on into the sky.
        """,
        arrivals=(
            """
            You may have thought that clouds are like pillows. They are more like porridge: soft, a bit lumpy, and you must keep moving or you sink.
            {hero} and {pal} kept moving.
            Down below, the fields were a quilt, and somebody had left a train running across it.
            + A pigeon went by underneath, looked up, and walked into a steeple.

            “Don't look down,” said {pal}, looking down. // “It's all right as long as you don't call it *high*,” said {pal}. “Call it *far from the mud*.”
            """,
            """
            A basket hung from a red balloon, and on the basket there was a label: ONE GO EACH.
            So they had one go, both together, which is quicker.
            Up through the grey they went, up through the white, and out on top, where the clouds lay spread like washing and the light had nothing to bump into.

            “It's all sky,” breathed {hero}. // “There's so much of it,” said {hero}, in a small voice.
            + “I thought that there would be more furniture,” said {pal}.
            """,
        ),
        beat="They climb up among the clouds, which are softer than they look.",
        spot="in a fold of the softest cloud",
        nook="on a cloud with a view",
    ),
    "town": PlaceProse(
        titles=("Forty-Two Front Doors", "The Crooked Streets"),
        opening="""
            They came into a town whose streets had been laid out by somebody chasing a hen.
        """,
        arrivals=(
            """
            In this town every front door was a different colour, and the people had coats to match.
            {hero} counted forty-two doors and one window with a cake in it. // {hero} meant to count the doors, but got stuck at the window of a cake shop.
            A tram came round the corner, ringing its bell at a pigeon, and the pigeon did not care.

            “Everyone's going somewhere,” said {pal}.
            “So are we,” said {hero}, and walked a little taller.
            + It helps, in a town, to look as though you know.
            """,
            """
            The streets went up, and down, and under themselves.
            Washing hung across them like flags for a country where everybody has striped pyjamas.
            From one window came a trumpet, from another a smell of onions, and the two got on very well together.
            + A man went by with a ladder, and the ladder waved.

            “I could look all day,” said {hero}.
            “You may look till that clock strikes,” said {pal}, who liked to have things settled.
            """,
        ),
        beat="They find their way through a town full of crooked streets.",
        spot="at the foot of the old fountain",
        nook="on the steps of the old fountain",
    ),
    "market": PlaceProse(
        titles=("Everything You Could Want", "Market Day"),
        opening="""
            Round the corner the whole street had turned into a market.
        """,
        arrivals=(
            """
            You could buy anything at that market: plums, trumpets, left-hand gloves, a bag of yesterday's weather.
            {hero} held {pal} close, so that nobody should buy {pal} by mistake.
            “Try a bit!” shouted a woman with cheese. // “Taste before you talk!” cried the cheese woman, holding out a knife as long as a Monday.
            They tried a bit of everything, and the pickled things twice.
            + After the third pickle {pal} had to sit down and think about life.
            """,
            """
            The market smelled of oranges and wet dog.
            There were pyramids of pears, and a cabbage the size of an uncle.
            + A very small boy was guarding it with a very small stick.

            “Look,” whispered {pal}. “That stall sells nothing but buttons.” // “That one's all buttons,” whispered {pal}, as other people say *gold*.
            They spent a long time among the buttons. The man let {hero} run both hands through the blue ones, and it felt like dry rain.
            """,
        ),
        beat="They lose themselves for a while among the stalls of a market.",
        spot="under the very last stall",
        nook="behind the very last stall",
    ),
    "library": PlaceProse(
        titles=("A Thousand Thousand Books", "Hush"),
        opening="""
            The library door was heavy, and behind it lay the biggest silence in town.
        """,
        arrivals=(
            """
            It was a library with eleven floors, and all of them were holding their breath.
            Books stood from the carpet to the ceiling, shoulder to shoulder, every one of them hoping to be next.
            {hero} ran a finger along the backs. They purred, or nearly. // As {hero} passed, one of them leaned out a little from its shelf.

            “Which one has the answer?” whispered {pal}.
            “All of them,” said {hero}. “But to different questions.”
            + Somewhere up on the ninth floor, someone turned a page.
            """,
            """
            The librarian had gone to lunch and left a notice: THE BOOKS ARE IN CHARGE.
            So they asked the books. The atlases knew the way but argued. The poems didn't know, and said it beautifully. // The cookery books were hungry, and the ghost stories would only answer after dark.
            It was a fat old dictionary that fell open by itself, at P, for *Please go on*.

            + “Thank you,” said {hero}, and gave its corner a stroke, where it was worn.
            “I like it here,” said {pal}. “It's loud, but only inside your head.”
            """,
        ),
        beat="They tiptoe into a library where the books are in charge.",
        spot="on the lowest shelf of all",
        nook="up on the eleventh floor",
    ),
    "station": PlaceProse(
        titles=("Platform Two and a Bit", "All Change"),
        opening="""
            The road ended at a little railway station with geraniums in its fire buckets.
        """,
        arrivals=(
            """
            The board at the station said that there were trains to Here, There and Back Again.
            {hero} bought a ticket for There, and a half for {pal}, who was insulted. // “Two to There,” said {hero} at the window, standing on tiptoe.
            The engine was green, and breathed in and out like something asleep on a rug.
            + On the bench sat a suitcase all alone, with its label turned to the wall.

            “Window seat,” said {pal}.
            There were only window seats. It was that sort of train.
            """,
            """
            There was nobody at the station but a clock, and it was talking to itself.
            *Not yet, not yet, not yet*, it said. And then, with a jump: *Now!*
            In came a train, in a great fluster of steam, and every door flew open at once. // A train pulled in, sighing, like an aunt with too much shopping.

            They rode as far as the line went, and waved at every cow.
            + Eleven cows waved back, if you count chewing.
            """,
        ),
        beat="At a small railway station they find out where the line goes.",
        spot="on the bench at the far end of the platform",
        nook="at the far end of the platform",
    ),
    "garden": PlaceProse(
        titles=("The Wrong Side of the Wall", "A Garden with No One In"),
        opening="""
            Behind a wall, over which they had to help each other, lay a garden.
        """,
        arrivals=(
            """
            It was a garden that had been left to itself, and had made the most of it.
            Beans had climbed up the scarecrow and were wearing its hat. A row of lettuces had got out and was halfway down the path.
            {hero} put the smallest lettuce back to bed, and tucked it in.

            “It'll only do it again,” said {pal}. // “They grow up so fast,” said {pal}.
            + The sunflowers turned their heads, one after another, to watch the visitors go by.
            """,
            """
            In the garden everybody was busy.
            Ants were carrying a crumb the size of a sofa. A snail was moving house, and had brought it along. // Two robins were having words about a worm, and the worm was leaving.
            {hero} walked in the middle of the path, so as not to tread on anybody's plans.

            “Mint,” said {pal}, sniffing. “And something pink.”
            + The something pink turned out to be a rose, as big as a plate and rather vain.
            """,
        ),
        beat="They creep through a garden that has been left to itself.",
        spot="between two flowerpots",
        nook="behind the potting shed",
    ),
}
