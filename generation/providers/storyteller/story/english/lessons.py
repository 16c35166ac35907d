"""English prose: what the hero has yet to learn, and learns."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import LessonProse

LESSONS = {
    "courage": LessonProse(
        word="courage",
        promise="Being brave is being scared and going on all the same.",
        flaw="""
            {hero} was not afraid of spiders, soup or the deep end. But at night the light on the stairs had to stay on, and the door had to stay open by exactly one shoe.
        """,
        low_titles=("Crack, Went Something", "Run!"),
        low="""
            It was getting dark, in that sly way, when you think it's still quite light until you look for your hands.
            Behind them something went *crack*. // And then, close by, something breathed.
            {hero} ran. {They} ran round one corner, and another, and didn't stop until there was no more breath to run with.
            Then {they} turned. “That was close,” {they} said.
            There was no answer. There was no {pal}.
            + Somewhere back there, where it was blackest, a small voice was saying, “{hero}?”
        """,
        low_beat="A noise in the dusk makes {hero} run, and {pal} is left behind.",
        turn_titles=("Two Halves of a Fright", "Going Back"),
        turn="""
            {hero} did not exactly decide to go back. {Their} feet did. One step they took, and then the next, with a heart above them going like a drum.
            “I'm coming,” said {hero}, in a voice the size of a button.

            They found each other by bumping. // Something bumped into {them} in the dark, and it was the right something.
            “I was scared,” said {pal}.
            “So was I,” said {hero}. “I still am.”
            And that was the odd thing. Once they had both said it, the fear was only half as big, and they could each take an end.
            + They carried it between them for a bit, and then they must have put it down somewhere.
        """,
        turn_beat="{hero} goes back through the dark, and a shared fear is half as big.",
        echo="""
            “Shall I leave the light on?” asked {grown}.
            {hero} thought about it. “No need,” {they} said. “The dark is only the day with its eyes shut.”
        """,
    ),
    "kindness": LessonProse(
        word="kindness",
        promise="There is always time to be kind.",
        flaw="""
            {hero} was always in a hurry, and people in a hurry don't notice much that is smaller than a bus.
        """,
        low_titles=("No Time", "Too Fast for Small Things"),
        low="""
            They were late, and {hero} walked in front.
            A beetle lay on its back in the way, waving. “No time,” said {hero}. A snail asked whether it was far. “No time!” // A beetle on its back said please. A snail said excuse me. {hero} stepped over them both.
            “You didn't even look,” said {pal}, from some way behind.
            “Then look *faster*,” snapped {hero}, and it came out with more edges than it had gone in with.
            {pal} didn't say anything to that.
            + It's a very loud noise, somebody not saying anything.
        """,
        low_beat="In a hurry, {hero} walks past the small ones and snaps at {pal}.",
        turn_titles=("Eleven Steps Back", "The Beetle's Thank You"),
        turn="""
            It was eleven steps back. {hero} counted, and each was heavier than the one before.
            Only now did {they} see how tired {pal} was, and how long that must have been going on. “Up you come,” {they} said, and carried {pal}, who was too worn out to argue.
            They told the snail that it wasn't far. They turned the beetle over, with one finger, as you would turn a page.

            “This isn't forwards,” murmured {pal}. // “You're going the wrong way,” said {pal}, from up there.
            “I know,” said {hero}. “I left something out.”
            And the beetle, walking off, pushed a dead leaf aside, and under the leaf was the sign that they had missed by running.
            + It said: *This way, if you have time.*
        """,
        turn_beat="{hero} goes back, carries {pal}, and helps those that were left out.",
        echo="""
            “And how was *your* day?” {hero} asked {grown}. And then, which was new, {they} waited for the answer.
        """,
    ),
    "patience": LessonProse(
        word="patience",
        promise="Some things come only to those who wait.",
        flaw="""
            {hero} could not wait. {They} opened birthday presents on the day before, and ate cakes while they were still mixture.
        """,
        low_titles=("The Short Cut", "Quicker, Said {hero}"),
        low="""
            There was a perfectly good way, and it went round. // The proper way went round, at its leisure, like a cow going home.
            “Round is so *long*,” said {hero}. “I know a short cut.”
            It started off well. Then it got narrow, and after that it got sticky, and it ended up full of elbows. They hurried, because it was horrible, and the more they hurried the more horrible it was.
            And it came out precisely where it had gone in.
            “That *was* quick,” said {pal}.
            + {hero} sat down, and would have cried, but it would have taken too long.
        """,
        low_beat="{hero} cannot wait and takes a short cut, which leads nowhere.",
        turn_titles=("On the Far Side of Boring", "How to Wait"),
        turn="""
            So they waited. It's harder than it looks.
            To begin with it was boring. Next it was *very* boring. {hero} counted {their} fingers, and there were still ten.
            But on the far side of boring there was something else. {hero} began to hear things: a leaf turning over, a cricket tuning up. // But if you wait right through to the end of boring, you come out the other side, and it's rather nice there, with a breeze.

            And then, all in its own good time, up came the moon, and laid a long white line along the proper way, from their feet to the very end.
            “It wasn't so far,” said {pal}.
            + “Only slow,” said {hero}.
        """,
        turn_beat="They wait, and in its own time the moon rises and shows the way.",
        echo="""
            There was a biscuit on a plate by the bed. {hero} looked at it for one whole minute first, just to see it being a biscuit.
        """,
    ),
    "sharing": LessonProse(
        word="sharing",
        promise="Half of something, together, is more than all of it alone.",
        flaw="""
            {hero} always got the slice with the cherry, and the window seat, and the blue cup. It just seemed to happen.
        """,
        low_titles=("The Last Honey Cake", "It Tasted of Cushion"),
        low="""
            There was one honey cake left in the bag.
            {hero} didn't decide anything. {They} only happened to walk a little in front, and happened to go round a corner, and there it was, in {their} mouth. // It was meant for later. But {hero} went on ahead for a moment, and then it was later, and then it was gone.
            It was the best one, with the almond. It should have been lovely. It tasted of cushion.
            “Wait for me!” called {pal}. “I've saved you half of my plum!”
            + The almond went down like a stone.
        """,
        low_beat="{hero} eats the last honey cake in secret, and it isn't even nice.",
        turn_titles=("A Quarter of a Plum", "Half of a Half"),
        turn="""
            {hero} looked at the half plum. It was the bigger half. It had been carried all that way, and it was a bit warm.
            “I ate the cake,” said {hero}. “All of it. Round the corner.”
            {pal} thought about that. // There was a silence, with a cake in it.
            “Was it good?”
            “No.”
            “Then it's lucky that we've got a plum,” said {pal}, and divided it once more, down the middle.
            And here is a sum that you may like to try at home: a quarter of a plum, when there are two of you, is more than one cake.
            + They planted the stone together, for later on.
        """,
        turn_beat="{hero} owns up, and {pal} shares what is left.",
        echo="""
            There was a slice of tart with a cherry on it. {hero} cut it in two, looked hard at both halves, and gave {grown} the one with the cherry.
        """,
    ),
    "honesty": LessonProse(
        word="honesty",
        promise="The truth is lighter to carry.",
        flaw="""
            When {hero} didn't know a thing, {they} made it up, and {they} {were} very good at it. “The moon,” {they} would say, “is taken in at night and washed.”
        """,
        low_titles=("I Know the Way", "Pink Ears"),
        low="""
            “Do you know where we are?” asked {pal}.
            “Of course,” said {hero}. It wasn't true, not even round the edges. // “Naturally,” said {hero}, who had not known it for some time.
            So they went left, since it's no use knowing the way and not going any. They went left again. {hero} said, “Just as I thought,” at a wall, and, “Nearly there,” at nothing whatever.
            It got darker. And it got to be the same wall.
            + “Have we met?” {pal} asked it.
            They were lost, and one of them had been lost for ages, all alone.
        """,
        low_beat="{hero} pretends to know the way, and gets them both lost.",
        turn_titles=("I Don't Know", "Three Small Words"),
        turn="""
            “I don't know the way,” said {hero}. It came out very small. “I didn't know it before, either. I only said so.”
            “I know,” said {pal}. “Your ears go pink.”
            “Then why did you come along?” // “You *knew*?” said {hero}. “And you still came?”
            “It was nicer than letting you be lost on your own.”

            {hero} felt a great weight roll off, and heard it go. And now that nobody had to pretend any more, they could both look about them. There was a light, there, quite low down. They'd gone past it three times with their noses in the air.
            + It's hard to see anything when you're busy knowing it.
        """,
        turn_beat="{hero} admits the truth, and then they see the way together.",
        echo="""
            “And were you brave all day long?” asked {grown}.
            “No,” said {hero}. “About half of it.” And it was true all the way through.
        """,
    ),
    "curiosity": LessonProse(
        word="curiosity",
        promise="A good question opens more than a key does.",
        flaw="""
            {hero} had once asked *why* a hundred times a day. But somebody had sighed, and since then {they} had asked only for the time and the butter.
        """,
        low_titles=("Only a Stone", "Straight Past It"),
        low="""
            {hero} marched along with both eyes on the ground.
            “Look at that!” said {pal}.
            “It's only a stone,” said {hero}, and marched on.
            “But listen!”
            “It's only a noise.” // “Some noise or other,” said {hero}. “Come on.”
            And so they came to the end of the way, and there it was: the end of the way. There was nothing there at all, not even anybody to ask.
            + {pal} looked back. {pal} had been looking back for a good while.
            “We walked straight past it,” said {pal}, “whatever it was.”
        """,
        low_beat="{hero} asks nothing, looks at nothing, and walks straight past the clue.",
        turn_titles=("The First Question", "Why Is It Blue?"),
        turn="""
            “What sort of stone?” asked {hero}. It was a real question, the kind that doesn't know the answer, and it squeaked a bit.
            “A humming one,” said {pal}.
            Back they went, and turned it over. The underneath was blue, as blue as a kingfisher, and all over it ran a thin white line, like a road. // They lifted it up. On the other side somebody had painted a tiny map in blue.
            “Who made it? Why is it blue? Where does it go?” Behind the first question there were a dozen waiting, and all of them pushed.

            And they only had to follow, for every answer had another question tied to its tail.
            + “I'd missed that,” said {pal}.
        """,
        turn_beat="{hero} asks a first question, and every answer leads on.",
        echo="""
            “Why does a lap go away when you stand up?” asked {hero}, at the very edge of sleep.
            {grown} sat down on the bed again. It was going to be a long evening, of the best kind.
        """,
    ),
    "sorry": LessonProse(
        word="saying sorry",
        promise="A true sorry mends what it can, and then a bit more.",
        flaw="""
            There was one word that {hero} could not say. It wasn't long. It had two syllables, and it stuck every time.
        """,
        low_titles=("A Crack in the Blue Bead", "It Was Nobody's Fault"),
        low="""
            {pal} had one treasure: a blue glass bead with a whole sky in it.
            “Let me hold it,” said {hero}.
            “Careful,” said {pal}.
            It was nobody's fault. It was only {hero}'s hand, and the hand had been showing off. // {hero} tossed it up, just once, just to see it shine. And then there was that sound.
            *Clink.* There was a crack now, right across the sky.
            “You shouldn't have given it to me!” said {hero}, much too fast.
            {pal} took the bead without a word, and put it away.
            + It would have been better to be shouted at.
        """,
        low_beat="{hero} breaks {pal}'s treasure, and cannot say the word.",
        turn_titles=("The Word That Stuck", "What the Crack Was For"),
        turn="""
            They walked on with a gap between them that you could have driven a cart through.
            The word went along inside {hero}, and grew. It sat on {their} chest. It knocked at the back of {their} teeth, until there wasn't room for anything else.
            “Sorry,” said {hero}. “It was me. It was my hand, and I was showing off.”

            The world did not end. // Nothing fell down. Quite a few things stood up straighter.
            “I'd forgiven you back there,” said {pal}. “You just hadn't been round to fetch it.”
            And {pal} held the bead up to the light. Where the crack was, there lay a rainbow.
            + “That's new,” said {pal}. “I think I'll keep it in.”
        """,
        turn_beat="{hero} says sorry and means it, and the crack makes a rainbow.",
        echo="""
            Before going to sleep, {hero} tried out the word again, in a whisper. It came as easily as a button.
        """,
    ),
    "friendship": LessonProse(
        word="friendship",
        promise="You may be able to do it alone, but with a friend it's better.",
        flaw="""
            “I can do it on my own,” {hero} liked to say, generally with both arms full and a door in the way.
        """,
        low_titles=("On My Own", "Nobody to Tell"),
        low="""
            “Perhaps if I held the other end,” said {pal}.
            “I can do it on my own.” // “I'm managing,” said {hero}.
            “Or if we both ...”
            “On my *own*!” said {hero}, and the words stood there between them, like a fence.
            So {pal} sat down, and {hero} went on, round one corner, and then round the next.
            Something very funny happened with a pigeon. {hero} spun round to say, *Did you see that?*
            There was nobody there to have seen it.
            + The pigeon looked embarrassed for them both.
        """,
        low_beat="{hero} wants to do everything alone, and is.",
        turn_titles=("Did It Do the Wings?", "Too Heavy for One"),
        turn="""
            It's a strange thing about a joke, but you can't carry one alone. It gets heavier and heavier.
            {hero} walked back, and then {hero} ran.
            {pal} sat where {pal} had been sitting, and was looking at nothing in particular, rather hard.

            “A pigeon fell off a post,” panted {hero}. “I had to tell you.”
            “Did it do the wings?” // “Backwards?” asked {pal}.
            “It did *everything*.”
            They had to hold each other up.
            “I can do it on my own, you know,” said {hero}, when they could speak. “I'd just rather not.”
            + “The other end is still free,” said {pal}, and took it.
        """,
        turn_beat="{hero} runs back to share a joke, and they go on together.",
        echo="""
            “I can tuck myself in,” said {hero}, out of habit. And then: “No. You do it. It's warmer.”
        """,
    ),
    "perseverance": LessonProse(
        word="not giving up",
        promise="You can always give up a little later.",
        flaw="""
            {hero} was wonderful at beginning. Under the bed there lay half a kite, most of a jigsaw, and a scarf as long as a sausage.
        """,
        low_titles=("That's It", "{hero} Sits Down"),
        low="""
            “That's it,” said {hero}, and sat down where there wasn't even anything to sit on. “I give up.”
            “Oh,” said {pal}.
            “My legs are finished. It's too far. I don't believe that there's anything there.” // “It's further than we've got. It's always further than we've got.”
            Nothing answered. The light was going, bit by bit, like people leaving a party.
            + {hero} had never given up so far from home before.
            {pal} looked at the way ahead, and then at {hero}, and sat down too. And that was the worst of it.
        """,
        low_beat="Tired out, {hero} sits down and gives up.",
        turn_titles=("Seven Good Places to Give Up", "As Far as the Post"),
        turn="""
            “All right,” said {pal}. “We'll give up. But let's do it properly. Let's do it over there, by that post.”
            It was only forty steps to the post.
            “Hm,” said {pal}, when they got there. “There's a draught. That white stone would be better.” // “Not here,” said {pal}, looking round it. “There's no view. What about that white stone?”
            The white stone was damp. By the low wall there were ants.

            They tried seven places, and not one was good enough to give up in. And when {hero} looked round, they had come so far that it was shorter to go on.
            “You did that on purpose,” said {hero}.
            + “Did what?” said {pal}.
        """,
        turn_beat="{pal} keeps putting off the giving up, forty steps at a time.",
        echo="""
            {hero} pulled the half a kite out from under the bed and tied one more knot in it. “And one tomorrow,” {they} said.
        """,
    ),
    "calm": LessonProse(
        word="keeping calm",
        promise="Even a storm can learn to lie down.",
        flaw="""
            Inside {hero} lived a thunderstorm. Mostly it was asleep. It got up for peas, for knots in shoelaces, and for the word *no*.
        """,
        low_titles=("The Storm Gets Up", "Never Mind, Said {pal}"),
        low="""
            First the strap of the bag broke. Then a lace did. Then {pal} said, “Never mind,” and it was the *never mind* that did it.
            The storm stood up inside {hero} and hit its head on the ceiling. // Up got the storm, all at once, with its boots on.
            {hero} stamped. {hero} threw the bag, kicked a stone that was bigger than it looked, and roared so that the birds went up for half a mile.
            Then it was very quiet.
            The bag lay upside down, and whatever had been in it lay everywhere else. {pal} was a long way off, behind something.
            + {hero}'s toe hurt, and so did something else, farther in.
        """,
        low_beat="The storm inside {hero} breaks out, and {pal} hides from it.",
        turn_titles=("Smell the Flower, Blow the Candle", "How to Put a Storm to Bed"),
        turn="""
            “Is it over?” asked {pal}.
            “I don't know,” said {hero}. “It won't lie down. How do you make it?”
            They had never tried. So they tried. They smelled a flower that wasn't there, as slowly as they could. Then they blew out a candle that wasn't there either.
            In went the flower. Out went the candle. // Flower, in. Candle, out. It tickled a bit.
            At the fifth candle the storm turned round three times and lay down, with its tail over its nose.

            “It isn't bad,” said {pal}. “It only gets up too fast.”
            + They picked everything up, one thing at a time, and it took just as long as it took.
        """,
        turn_beat="They breathe slowly together until the storm lies down.",
        echo="""
            There were peas for supper. Inside {hero} something lifted its head. {hero} smelled the flower, blew out the candle, and ate eleven.
        """,
    ),
}
