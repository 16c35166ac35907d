"""English prose: those who happen by at the right moment."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import HelperProse

HELPERS = {
    "fox": HelperProse(
        noun="the fox",
        entrance="""
            A fox stepped out, thin and neat, like somebody who has a train to catch but would rather not mention it.
            + “I couldn't help overhearing,” it said, “because I was listening.”
        """,
        parting="""
            Then the fox looked at a watch that it wasn't wearing, bowed, and was gone.
            + It left one footprint, very tidy, pointing the right way.
        """,
    ),
    "rabbit": HelperProse(
        noun="the rabbit",
        entrance="""
            Up popped a rabbit, with its arms full of clean washing and no time at all.
            + “Eleven at home,” it panted, “and every one of them in dungarees.”
        """,
        parting="""
            “Must dash,” said the rabbit, who had dashed already.
            + One tiny sock was left lying there, and came after it all by itself.
        """,
    ),
    "bear": HelperProse(
        noun="the bear",
        entrance="""
            It was then that a big brown bush stood up, stretched, and turned out to be a bear.
            + There was honey on its elbow, and it didn't want to talk about that.
        """,
        parting="""
            The bear gave each of them a nod, which from a bear is as good as a medal.
            + Then it sat down again, and at once it was a bush.
        """,
    ),
    "cat": HelperProse(
        noun="the cat",
        entrance="""
            On the nearest wall a tabby cat was washing one leg, and had obviously been there from the beginning.
            + Cats like to see how a thing turns out before they are introduced.
        """,
        parting="""
            “I was going to say so anyway,” remarked the cat, and began on the other leg.
            + It's as close to *well done* as a cat can come.
        """,
    ),
    "dog": HelperProse(
        noun="the dog",
        entrance="""
            A dog came galloping up with a stick that was really a branch, and was pleased to see them. It would have been pleased to see anybody.
            + It had to go round two lamp posts to get the branch through.
        """,
        parting="""
            The dog ran in three circles for joy, picked up the branch, and knocked a bucket over, saying goodbye.
            + “Best day of my life!” it barked. It had said so yesterday as well.
        """,
    ),
    "owl": HelperProse(
        noun="the owl",
        entrance="""
            Above their heads something unfolded. It was an owl, in its dressing gown of feathers, blinking.
            + “Who?” it asked. They told it. “Just checking,” said the owl.
        """,
        parting="""
            The owl shut one eye, and then, when it was satisfied, the other.
            + “Wake me,” it murmured, “if there's cake.”
        """,
    ),
    "wolf": HelperProse(
        noun="the wolf",
        entrance="""
            Somebody coughed. There stood a grey wolf with a library book under one arm, trying hard to look small.
            + “People run,” it said sadly, “before I can get to the good part.”
        """,
        parting="""
            “You didn't run,” said the wolf softly, and went off with its tail held high.
            + They saw it stop, farther on, to read another page.
        """,
    ),
    "panda": HelperProse(
        noun="the panda",
        entrance="""
            A panda was sitting just beside the path, with a flask of tea and three cups, as though it had been expecting company.
            + “There's always somebody,” it explained, and poured.
        """,
        parting="""
            The panda screwed the lid back on the flask, and put the three cups inside each other, *tock, tock*.
            + It waved to them until they were out of sight, with the hand that wasn't holding a biscuit.
        """,
    ),
    "mouse": HelperProse(
        noun="the mouse",
        entrance="""
            Along came a mouse in a blue waistcoat, reading a newspaper the size of a stamp.
            + “It's all about cheese again,” it complained, and turned the page.
        """,
        parting="""
            The mouse raised a hat that was not there, found its place, and walked on reading.
            + A moment later they heard it bump into something and apologise.
        """,
    ),
    "hedgehog": HelperProse(
        noun="the hedgehog",
        entrance="""
            A ball of leaves came rolling down and uncurled, and inside it was a hedgehog, who had been collecting things by accident.
            + There was a bus ticket on its back, two berries, and a glove.
        """,
        parting="""
            “Mind how you hug,” said the hedgehog, so they blew it a kiss instead.
            + It rolled away with the kiss and a sweet wrapper.
        """,
    ),
    "frog": HelperProse(
        noun="the frog",
        entrance="""
            A leaf turned over and sat up. It was a frog, as green as a new pencil and very short of breath.
            + “I've hopped all the way,” it gasped. “I'm always sure that it's going to be quicker.”
        """,
        parting="""
            “Hop to it,” said the frog, and laughed so hard at this that it fell in.
            + A bubble came up, and in the bubble was one last giggle.
        """,
    ),
    "bird": HelperProse(
        noun="the bird",
        entrance="""
            A small brown bird landed beside them, put its head on one side, and looked at the whole business as if it were a sum.
            + “Hm,” it said, and then, after some thought, “Hm.”
        """,
        parting="""
            The bird sang the last four notes of something, flew once around their heads, and became a dot.
            + {pal} waved at the dot for rather a long time.
        """,
    ),
    "turtle": HelperProse(
        noun="the turtle",
        entrance="""
            “I came as fast as I could,” said somebody. It was a turtle, and it had started on Thursday.
            + There were barnacles on its shell, and one of them was asleep.
        """,
        parting="""
            The turtle set off home at once, so as to be back by the weekend.
            + For a long time they could still see it, going like anything.
        """,
    ),
    "squirrel": HelperProse(
        noun="the squirrel",
        entrance="""
            Down shot a squirrel, stopped dead, forgot why, went back up, remembered, and came down again.
            + “Nuts,” it said. “No. Not nuts. *You*. I meant you.”
        """,
        parting="""
            The squirrel gave them each a hazelnut, took one of them back, and fled.
            + It buried it in a place that it was going to remember for ever, or until four o'clock.
        """,
    ),
    "deer": HelperProse(
        noun="the deer",
        entrance="""
            Something moved that they had taken for a branch. It was a deer, and it stood there as though it had been drawn in one line.
            + Even its breath came quietly, in two small clouds.
        """,
        parting="""
            The deer lowered its head to them, once, and stepped back into being a branch.
            + Not a twig had cracked.
        """,
    ),
    "beaver": HelperProse(
        noun="the beaver",
        entrance="""
            An old beaver came up out of the water, with a pencil behind one ear and sawdust in its whiskers.
            + It looked them up and down, and seemed to be measuring them for something.
        """,
        parting="""
            The beaver licked the pencil, wrote *Good job* on a chip of bark, and gave it to {hero} to keep.
            + Then it went home to argue with a willow.
        """,
    ),
    "bat": HelperProse(
        noun="the bat",
        entrance="""
            From up above hung a bat, wrapped in itself like a very small umbrella, and looked at them the wrong way up.
            + “You do know that you're upside down?” it said kindly.
        """,
        parting="""
            The bat yawned, wished them good morning although it wasn't, and folded itself away.
            + They tried to see things its way up, until all the blood had gone to their heads.
        """,
    ),
    "firefly": HelperProse(
        noun="the firefly",
        entrance="""
            A spark came drifting towards them and sat down on {hero}'s sleeve. It was a firefly, no bigger than a seed.
            + “I'm little,” it said, “but I'm always on.”
        """,
        parting="""
            The firefly blinked twice, which is how they say good luck, and sailed off to be a star near the ground.
            + Where it had sat, the sleeve was still a bit warm.
        """,
    ),
    "whale": HelperProse(
        noun="the whale",
        entrance="""
            Close by, what they had taken for an island opened one eye. It was a whale, and the eye was full of kindness and the size of a dinner plate.
            + “Don't get up,” it rumbled.
        """,
        parting="""
            The whale sank, slowly and politely, so as not to make anybody wet, and then sent up one tall fountain after all.
            + It came down on them as warm as a bath.
        """,
    ),
    "crab": HelperProse(
        noun="the crab",
        entrance="""
            A crab came up to them sideways, as if it were edging along a row at the theatre.
            + “Pardon me,” it said. “Sorry. Is this anyone's foot?”
        """,
        parting="""
            “I'd come with you,” said the crab, “but I'm not going that way. I'm going *that* way.” And it went.
            + It clicked as it walked, like somebody knitting.
        """,
    ),
}
