"""English prose: what stands in the way, and how good sense gets past it."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import TrialProse

TRIALS = {
    "gate": TrialProse(
        meet_titles=("The Gate with Ears", "No Handle, No Key"),
        meet="""
            Across the way stood a gate, painted the green of old bottles. // A tall green gate stood in the way, and it didn't look sorry about it.
            It had no handle, no bell and no keyhole, only one small round ear.
            + It was a clean ear, at least.

            {hero} pushed. {hero} pulled. {pal} sat down against it very hard, which made no difference at all.
            “Open!” shouted {hero}, straight into the ear.
            The ear turned red and folded itself shut.
        """,
        meet_beat="A gate with no handle and one small ear will not open.",
        solve_titles=("Please", "What the Gate Was Waiting For"),
        solve="""
            “Most doors,” said {adviser}, “are only shy.”

            {hero} knelt down, and there was no shouting this time. “I'm sorry we were so loud,” {they} whispered into the ear. “May we come through, please? We'll wipe our feet.”
            For a moment nothing happened, and then it happened all at once. // The ear uncurled, a little at a time, like a leaf in spring.
            The hinges hummed, and the gate swung open as if it had been meaning to all day.
            + It even held itself for them, until {pal} was through.
        """,
        solve_beat="{hero} whispers a real please, and the gate swings open.",
    ),
    "stream": TrialProse(
        meet_titles=("No Bridge", "Water in a Hurry"),
        meet="""
            Then there was water in the way, wide and quick and the colour of tea.
            There had been a bridge. You could see where it began, and you could see where it ended, but the middle had gone travelling.
            + A sign said BRIDGE, and then, lower down, in smaller letters, *sorry*.

            “How wide would you say?” asked {hero}. // “Can you jump that far?” asked {hero}.
            “Too,” said {pal}.
            {hero} threw a leaf in. It was gone before anybody could say goodbye.
        """,
        meet_beat="A quick brown stream has carried off its bridge.",
        solve_titles=("One Stone at a Time", "How to Build a Way Across"),
        solve="""
            “Nobody ever built a bridge,” said {adviser}. “They only put down one stone, and then one more.”

            So {hero} put down one stone. It wobbled, and stayed. // So they looked for a good flat one, and rolled it in, and the water had to go round.
            Then came one more, and another after that, each a step farther out, and {pal} counted them aloud so that they should feel important.
            + Number nine sank, and had to be forgiven.
            At twenty-three {hero} stepped off onto grass, with wet socks and dry everything else.
        """,
        solve_beat="Stone by stone, they lay their own way across.",
    ),
    "dark": TrialProse(
        meet_titles=("When the Light Went Out", "Darker Than Pockets"),
        meet="""
            It got darker, and then it got darker than that.
            It was as dark as the inside of a boot. // It was the kind of dark that you can nearly lean on.
            {hero} held up one hand and could not find it.

            “{pal}?”
            “I'm here.”
            “Where's here?”
            “Behind you, no, in front. I'm the thing you're standing on.”
            + “I did wonder,” said {hero}, and stood on something else.
        """,
        meet_beat="The way grows so dark that they lose sight of each other.",
        solve_titles=("What the Dark Was Keeping", "Eyes That Learn"),
        solve="""
            “Give it a minute,” said {adviser}. “Eyes are slow, but they do learn.”

            So they stood quite still, held on to each other, and counted to sixty, with a biscuit at thirty.
            And bit by bit the black came apart into blue and grey. // At forty there was an edge. At fifty there was a shape. At sixty there was a whole way through, as plain as a hall carpet.
            + There was even a small pale flower growing beside it that had managed in the dark all its life.
            “It was never empty,” said {hero}. “It was just not finished.”
        """,
        solve_beat="They stand still until their eyes learn the dark.",
    ),
    "echo": TrialProse(
        meet_titles=("The Voice That Answered Back", "Twice as Loud and Twice as Cross"),
        meet="""
            “Anyone there?” called {hero}.
            “ANYONE THERE?” roared the rock, twice as loud and twice as cross.
            {pal} dived under the nearest stone, and found that it was too small to be under. // {pal} tried to hide behind {hero}, while {hero} was trying to hide behind {pal}.

            “Go away!” shouted {hero}, in fright.
            “GO AWAY! GO AWAY! AWAY!”
            + Small stones came pattering down, as if the mountain were emptying its pockets.
            Whoever it was did not want them to pass.
        """,
        meet_beat="An enormous voice throws every cross word back at them.",
        solve_titles=("Something Nice to Say", "The Echo Learns a Song"),
        solve="""
            “Try giving it what you'd like to get,” said {adviser}.

            {hero} thought. What would be nice to hear, in the middle of all that rock?
            “I like your voice,” {they} called.
            “I like your voice,” said the rock, sounding surprised. // “Like your voice ... your voice ...” said the rock, a good deal more softly.
            “You must be lonely,” called {pal}. And the rock said that, too, and it was quite true.
            + After that it sang with them all the way through, taking the low part.
        """,
        solve_beat="They say something kind, and the echo has to be kind as well.",
    ),
    "giant": TrialProse(
        meet_titles=("The Boot on the Path", "Do Not Wake"),
        meet="""
            Somebody had left a boot on the path. It was as high as a bus.
            A little farther on there was another, and both of them had legs in them. // Beyond the boot came a leg, and beyond the leg a waistcoat, going gently up and down.
            A giant lay across the whole of the way, fast asleep, snoring like a cupboard that is being dragged upstairs.

            “Over?” whispered {hero}.
            “He's ticklish,” whispered {pal}. “You can tell by the toes.”
            + A butterfly had settled on his nose, and didn't know how much depended on it.
        """,
        meet_beat="A giant lies asleep across the path.",
        solve_titles=("The Very Quiet Walk", "A Lullaby in Big Letters"),
        solve="""
            “If you have to go past somebody's dreams,” said {adviser}, “then put something nice into them.”

            So {hero} sang, ever so softly, the song about the sleepy ducks, and between one duck and the next they climbed. // So while they climbed, {hero} hummed about cake, because nobody ever woke up cross from a dream of cake.
            Up one waistcoat button they went, then along the watch chain, and down by the cuff.
            The giant smiled in his sleep, and rolled over, and there was the path.
            + Even his snore had turned into a tune.
        """,
        solve_beat="Humming a lullaby, they climb across without waking him.",
    ),
    "fog": TrialProse(
        meet_titles=("The Day Rubbed Out", "Somewhere in the White"),
        meet="""
            The fog came down the way a lid comes down on a pot. // First the far things went, then the near things, and last of all {hero}'s own feet.
            There was white in front and white behind, and a different white on top.
            + Somewhere a cow said something, but fog muddles up where sounds come from, and it might have been a door.

            “Which way were we going?” asked {hero}.
            “This way,” said {pal}, from the left.
            “Or that way,” said {pal}, from the right, having walked round {hero} without noticing.
        """,
        meet_beat="Fog comes down and rubs out the whole day.",
        solve_titles=("Listening for the Way", "The World by Ear"),
        solve="""
            “When your eyes are no use,” said {adviser}, “give your ears a turn.”

            So they shut their eyes, which felt silly for about as long as a hiccup.
            Then the fog was full of things. There was water, a long way down on one side. There was wind in something hollow. And over there a bell was nodding, slow and sure. // Drip, said the left. Swish, said the right. And straight ahead, as clear as a teaspoon, somebody far off was ringing a bell.
            {hero} took hold of {pal}, and they walked towards the sound until the white wore thin.
            + When they came out they were both wearing tiny drops, like sequins.
        """,
        solve_beat="They shut their eyes and follow the sound of a bell.",
    ),
    "signpost": TrialProse(
        meet_titles=("The Signpost That Could Not Decide", "Three Ways at Once"),
        meet="""
            Where three ways met stood a signpost with three arms, and it was turning round and round.
            “Left,” it muttered. “No, right. No. Oh dear. What did I say before?”
            + Every arm said THERE, and one of them had added *probably*.

            “Excuse me,” said {hero}. “Which is the right way?” // {hero} asked it, as nicely as you can ask anybody who is spinning.
            “All of them!” wailed the signpost. “That's what is so terrible!”
            {pal} was getting dizzy from being polite to it.
        """,
        meet_beat="Three ways meet, and the signpost cannot make up its mind.",
        solve_titles=("How to Choose", "Good Enough to Begin With"),
        solve="""
            “You can't know a road by standing at the end of it,” said {adviser}. “Go a little way, and look.”

            So they went fifty steps down the first, and found thistles. They went fifty steps down the second, and it came out where it went in.
            Fifty steps down the third there was a view. // But the third one, after fifty steps, had the sun on it.
            “That one,” said {hero}, and hung a ribbon of grass on the arm that was right.
            + The signpost stopped turning. “Is that all there is to it?” it said. “And I've been at this since March.”
        """,
        solve_beat="They try a few steps of each way, and choose.",
    ),
    "toll": TrialProse(
        meet_titles=("The Goose Who Wanted a Joke", "Nobody Passes"),
        meet="""
            The only way on was a plank, and on the plank stood a goose in a cap.
            “Halt,” said the goose. “One joke each. And I've heard them all.”
            {hero} told the one about the elephant. “Heard it,” said the goose. {hero} told the one about the cheese. // “Why did the cheese ...” began {hero}. “Because it was *grated*,” said the goose. “Next.”
            {pal} did a funny walk, which anyone would have paid money for.
            “Seen it,” said the goose, “on a duck.”
            + Nothing in the world is as hard to move as a goose who is not amused.
        """,
        meet_beat="A goose guards the plank, and wants a joke that she has never heard.",
        solve_titles=("The Joke Nobody Knew", "How the Goose Laughed"),
        solve="""
            “The best ones,” said {adviser}, “are the ones that really happened.”

            {hero} took a breath. “This morning I put both legs into one trouser,” {they} said. “I hopped all the way to breakfast, and told everyone it was a race.”
            “Who won?” asked the goose.
            “The cat.” // “I came second,” said {hero}. “To a chair.”
            There was a sort of cough. Then there was a sort of honk. Then the goose laughed until her cap fell off into the water, and waved them over with both wings.
            + “Legs!” they could hear her saying, long afterwards. “*One* trouser!”
        """,
        solve_beat="{hero} tells something silly that truly happened, and the goose laughs.",
    ),
    "wind": TrialProse(
        meet_titles=("The Wind That Took Hats", "Three Steps Forward, Four Steps Back"),
        meet="""
            The wind was waiting for them round the corner, with its sleeves rolled up.
            It took {hero}'s breath, and a button, and very nearly {pal}. // It blew so hard that their shadows had to hold on.
            They went three steps forward and four steps back, and then tried it the other way round.
            + A hat flew by with nobody under it, then a newspaper, then a rather startled hen.

            “It doesn't want us here!” shouted {hero}.
            “What?” shouted {pal}.
            “I said ... never mind!”
        """,
        meet_beat="A great wind pushes them back as fast as they can walk.",
        solve_titles=("Leaning on the Wind", "Making Themselves Small"),
        solve="""
            “You needn't be stronger than it,” said {adviser}. “You need only be lower.”

            Down they went, onto their fronts, like two people looking for a coin.
            Down there among the roots the wind had hardly anything to hold. // And would you believe it, the wind went whistling by over their heads, looking for somebody taller.
            They wriggled along, from stone to stone and from tuft to tuft, and rested behind each.
            + {hero} came out at the other end with grass in both ears, and as proud as a mole.
            When they stood up again, the wind was behind them, and had begun to push.
        """,
        solve_beat="They crawl along low down, where the wind cannot get hold of them.",
    ),
    "becalmed": TrialProse(
        meet_titles=("Not a Breath of Wind", "The Boat That Would Not Go"),
        meet="""
            In the very middle of the water, the boat stopped.
            There was no wind at all. The sail hung down like a tea towel. // The sail sighed once and hung there, like washing on a Sunday.
            {hero} blew into it until there were spots in front of {their} eyes. {pal} paddled on one side, and they went round in a slow, thoughtful circle.
            + The same duck passed them three times, or else they passed it.

            “We're not getting anywhere,” said {hero}.
            “We're getting there in a ring,” said {pal}.
        """,
        meet_beat="Out on the water the wind gives up, and the boat goes round in circles.",
        solve_titles=("Both Sides Together", "One, and Two, and One"),
        solve="""
            “One side alone only ever turns,” said {adviser}. “It takes two to go straight.”

            There was one oar, and there was a cake tin. So {hero} took the left, and {pal} the right.
            At first they splashed each other more than they rowed. Then they began to say it aloud: *and one, and two, and one*. // To begin with, each was too fast for the other. So they sang, because a song tells everybody when.
            And the boat lifted up its chin and went, as straight as a ruler, with a little moustache of foam.
            + “We should have been doing this all along,” said {pal}.
        """,
        solve_beat="They learn to row in time, one on each side.",
    ),
    "noise": TrialProse(
        meet_titles=("Everybody Shouting", "What Did You Say?"),
        meet="""
            Here everyone was talking at the same time, and nobody was listening.
            “Fresh eels!” “Mind your backs!” “Who's got my umbrella?” “EELS!”
            + A man with a trumpet had given up and was eating his sandwich.

            “Please,” said {hero}, “could you tell us the way?” But it was like posting a letter into the sea.
            So {hero} shouted, and then everybody else had to shout louder, so as to be heard over {hero}. // {hero} tried it louder. All round them people frowned, and turned themselves up.
            {pal} couldn't even hear {pal}.
        """,
        meet_beat="Everyone shouts at once, and nobody can hear a question.",
        solve_titles=("The Loudest Whisper", "When Everybody Hushed"),
        solve="""
            “Don't go over it,” said {adviser}. “Go under.”

            {hero} went up to the nearest ear, which belonged to a lady with a fish. “Would you like to know a secret?” {they} whispered.
            The lady stopped in the middle of a word. A secret? The man beside her stopped too, and leaned in. // Nobody can shout and listen for a secret. One by one they fell quiet, all down the line, like candles going out.
            In a minute you could have heard a herring drop.
            “The secret,” whispered {hero}, “is that we don't know the way.”
            + Forty people told them, one after the other, and very softly.
        """,
        solve_beat="{hero} whispers a secret, and the whole crowd hushes to hear it.",
    ),
    "bookdoor": TrialProse(
        meet_titles=("The Book in the Doorway", "A Story That Would Not Budge"),
        meet="""
            In the last doorway stood a book. It was bigger than a wardrobe, and it was shut.
            There was no getting round it. There was no getting under it either, though {pal} tried, and came back dusty. // They shoved it from the left and from the right. It was like pushing a Monday.
            On the cover, in gold, it said: ONCE.

            “Once what?” said {hero}, and gave it a poke.
            + The book said “Hmph,” and puffed out a moth.
            It had clearly been waiting for a very long time, and had stopped expecting anything.
        """,
        meet_beat="An enormous shut book blocks the last doorway.",
        solve_titles=("Read to Me", "Once There Was"),
        solve="""
            “It's a story,” said {adviser}. “Nobody has ever asked it how it goes.”

            So {hero} sat down on the floor in front of it, cross-legged, as you do at story time. “We've come to listen,” {they} said.
            The cover creaked. A warm light fell out, and a smell of toast and dragons.
            “*Once*,” said the book shakily, “*there was a door ...*” // “*Once there was*,” it began, blushing to the very margins, “*a small green door ...*”
            And there was, and they went through it, on tiptoe, so as not to lose the place.
            + “Come back for the ending,” called the book. It sounded ten years younger.
        """,
        solve_beat="They sit down to listen, and the book opens like a door.",
    ),
    "train": TrialProse(
        meet_titles=("The Train That Would Not Go", "A Very Small Sigh of Steam"),
        meet="""
            The train stood there with its doors open and its wheels still, and it would not go.
            The driver had tried coal. He had tried oil, and a bit of bad language. // The stationmaster had blown his whistle at it until the pea wore out.
            “She won't say what's wrong,” he told them, and wiped his eyes with a rag, which made them worse.
            + All the passengers had come out and were giving advice, mostly to each other.

            {hero} put a hand on the engine's side. It was cold. From somewhere inside it came a very small sigh.
        """,
        meet_beat="A little train will not move, and nobody knows why.",
        solve_titles=("What the Engine Wanted", "A Name for an Engine"),
        solve="""
            “Has anyone asked her?” said {adviser}. “Not told her. *Asked*.”

            So {hero} climbed up, leaned in close, and asked. It took a while. You have to wait for engines.
            “She says that all the others have names,” said {hero} at last, “and she's only Number Nine.” // “It's the number,” {hero} told everybody. “She's a seven. She would like to be a somebody.”
            There was a silence on the platform. The driver took off his cap.
            It was {pal} who thought of *Marigold*. They wrote it on in chalk. And Marigold gave such a whoop that the pigeons fell off the roof, and away they all went.
            + She even did the corners with a bit of a wiggle.
        """,
        solve_beat="{hero} asks the engine what is wrong, and they give her a name.",
    ),
    "ice": TrialProse(
        meet_titles=("All the Way Down Again", "The Slope of Glass"),
        meet="""
            The slope ahead was solid ice. It shone like a plate that somebody has licked.
            {hero} ran at it, went up five steps, and came down all of them sitting. // {hero} got halfway up, quite fast, and all the way down, a lot faster.
            {pal} took a longer run and slid past on the way back, going round and round.
            + “Wheee,” said {pal}, and then, remembering, “I mean, oh no.”

            They tried sideways. They tried holding on to each other, and found that this was only a way to fall down in company.
        """,
        meet_beat="A slope of ice sends them sliding back down again and again.",
        solve_titles=("Little Steps", "A Staircase for Two"),
        solve="""
            “Ice likes people in a hurry,” said {adviser}. “It gets nothing from those who stamp.”

            So {hero} found a pointed stone and chipped out a step, no bigger than a saucer. Then {they} stood on it, and chipped the next. // So they stamped. *Chip*, went one heel, and *chip* went the other, and each chip made a place to put a toe.
            It was slow. It was so slow that a cloud overtook them twice.
            But nobody slid. And when they looked back there was a whole staircase behind them, winking.
            + “For whoever comes next,” said {hero}, and dusted the bottom one with grit.
        """,
        solve_beat="They chip small steps into the ice and climb up slowly.",
    ),
    "maze": TrialProse(
        meet_titles=("Round and Round the Hedge", "The Maze Had Other Ideas"),
        meet="""
            The hedges closed behind them without a sound. It was a maze.
            They turned left and there was a hedge. They turned right, and found a hedge with a bench. // Every corner had another corner behind it, and that one knew a third.
            They walked and walked, and came out proudly at the place where they had begun.
            + “I know that snail,” said {pal}. “That's the third time he's said good afternoon.”

            “I think that it moves when we're not looking,” said {hero}.
            The hedge rustled in a manner that was much too innocent.
        """,
        meet_beat="A hedge maze leads them round and round to where they began.",
        solve_titles=("One Hand on the Hedge", "Out by the Long Way"),
        solve="""
            “Put one hand on the hedge,” said {adviser}, “and don't take it off, whatever happens.”

            It sounded too easy. But {hero} put {their} left hand into the leaves and began to walk.
            In they went at every dead end, and out again, patiently, as though they were reading along a line with one finger. // It led them into all the wrong corners, one after another, but it led them out of every one as well.
            And when they had been simply everywhere there was to be, there was the way out, with a robin on it.
            + The maze gave a grunt. No one had ever been so thorough.
        """,
        solve_beat="With one hand on the hedge all the way, they walk out of the maze.",
    ),
    "cliff": TrialProse(
        meet_titles=("Straight Up", "The Wall with No Stairs"),
        meet="""
            Then the path simply stood on end. // In front of them the ground went straight up, like a page being turned.
            It was a cliff, and the top of it was so far away that a cloud had got stuck there.
            {hero} looked up until {their} hat would have come off, if there had been a hat.
            + Halfway up sat a tuft of pink flowers, looking as if that were an ordinary place to sit.

            “We could ask it to lie down,” said {pal}.
            They did ask. It took no notice whatever.
        """,
        meet_beat="The path ends at a cliff that goes straight up.",
        solve_titles=("The Next Place for a Toe", "Up, a Bit at a Time"),
        solve="""
            “Don't look for the top,” said {adviser}. “Look for the next place to put your foot.”

            There was one, as it happened, just at knee height. And there was another after it, behind a fern.
            {hero} climbed and {pal} told {them} where the holds were, and then {pal} climbed and it was the other way about. // “Left a bit,” said {pal}. “Up a bit. Now trust the knobbly one.” And the knobbly one held.
            They ate a plum on a ledge, and spat the stone at nobody.
            + From up there the trees looked like parsley.
            Then there was one more hold, and it was grass.
        """,
        solve_beat="They climb the cliff from one small foothold to the next.",
    ),
    "gull": TrialProse(
        meet_titles=("Stop, Thief!", "The Gull with the Sandwich"),
        meet="""
            It happened very fast. There was a whoosh, there was a yellow foot, and then there was no lunch. // One moment {hero} was holding the lunch. The next, {they} {were} holding the smell of it.
            A gull the size of a pillow had it, high up on a post, paper and all.
            “Mine,” said the gull.
            “It's *ours*,” said {hero}.
            “Mine, mine, mine,” said the gull, and swallowed a crust to prove it.
            + It had a hard little eye, and one leg that it didn't like to stand on.
            And it sat exactly where they had to pass.
        """,
        meet_beat="A fierce gull snatches their lunch and bars the way.",
        solve_titles=("Half a Sandwich", "What the Gull Was Short Of"),
        solve="""
            “No one shouts *mine* as loud as that,” said {adviser}, “unless there's never been enough.”

            {hero} found one last biscuit in the corner of a pocket. {They} did not throw it. {They} held it out flat, and looked the other way, as you do for someone shy.
            There was a long wait. Then there was a tickle. // Something took it, so gently that it hardly counted as taking.
            “Oh,” said the gull. “You might have said that there was asking.”
            It pushed what was left of the lunch across with its beak, and moved up.
            + They ate it all three together, in a row, with their feet hanging down.
        """,
        solve_beat="{hero} offers the gull a biscuit, and the gull gives the lunch back.",
    ),
    "mud": TrialProse(
        meet_titles=("Gloop", "The Mud That Wanted Boots"),
        meet="""
            The ground ahead was brown and smooth, and said *gloop* when nobody was near it.
            {hero} put one boot in. The mud liked the boot, and kept it. // In went {hero}'s boot. Out came {hero}'s foot, in a sock, looking surprised.
            It took the two of them to pull it out again, and then they sat down rather suddenly, in more mud.
            + It made the sort of noise that gets people sent out of dining rooms.

            “We could swim it,” said {pal}.
            “You can't swim in custard,” said {hero}.
            “Has anybody tried?”
        """,
        meet_beat="A stretch of hungry mud pulls off {hero}'s boot.",
        solve_titles=("Walking on a Door", "The Mud Goes Hungry"),
        solve="""
            “Mud only swallows what is narrow,” said {adviser}. “So be wide.”

            They hunted about, and found two old planks and the lid of a crate.
            They laid one down, and stood on it, and it only gave a burp. They laid the next in front, picked up the one behind, and so carried their own road along with them. // Down went a plank, on they stepped, up came the plank behind, and the mud never got so much as a lace.
            “It's like being a very slow train,” said {pal}.
            + In the middle they stopped and had a look at a frog who was looking at them.
            At the far side {hero} turned round and took a bow.
        """,
        solve_beat="They lay planks in front of them and walk across the mud.",
    ),
    "step": TrialProse(
        meet_titles=("The Missing Step", "A Hole in the Stairs of the Sky"),
        meet="""
            The stairs of cloud went up and up, and then there was a step that wasn't there.
            Before it there was a step, and after it there was a step. In between there was a good deal of afternoon, with a village at the bottom. // In its place was a hole, and through the hole you could see the tops of some hens.
            {hero} sat down quickly, and held on to the edge. It came off, and tasted of rain.
            + “Perhaps it's gone to be mended,” said {pal}.

            The next step was too far for a jump, and everyone's legs knew it.
        """,
        meet_beat="In the staircase of clouds one step is missing.",
        solve_titles=("A Cloud of Their Own", "Breathe Out"),
        solve="""
            “What do you think these are made of?” said {adviser}. “Somebody breathed out, that's all, and it was cold.”

            So {hero} breathed out. A little puff hung there, no bigger than a bun, and did not go away.
            {pal} breathed out too, and it stuck to the first. // They huffed by turns, {hero} the big ones and {pal} the ones for the corners.
            They huffed until they had a step. It was lumpy on the left. But it held one, and then it held two.
            + “Ours is the nicest,” said {pal}, and it was certainly the only one that smelled of jam.
        """,
        solve_beat="They breathe out a little cloud and make the missing step themselves.",
    ),
    "shadow": TrialProse(
        meet_titles=("Something Enormous in the Way", "The Thing with Too Many Arms"),
        meet="""
            Something was standing in the way. It was black and as high as a house, and it had far too many arms. // In front of them rose a huge dark shape, with horns, or branches, or bad hair.
            {hero} stopped. The thing stopped.
            {hero} took one step back. It shrank a little, as if it were getting ready to spring.
            + Its fingers were as long as rakes.

            “Is it looking at us?” breathed {pal}.
            “It hasn't got any eyes.”
            “That's what I don't like about it,” said {pal}.
        """,
        meet_beat="A huge dark shape with too many arms rises up in front of them.",
        solve_titles=("How Big Is a Shadow?", "What Stood in Front of the Light"),
        solve="""
            “With a thing like that,” said {adviser}, “always look behind you first, to see where the light comes from.”

            They looked behind them. There was the light, low and yellow. And in front of the light sat a beetle, waving good evening with all its legs.
            “Oh!” said {hero}. // “Is that *you*?” said {hero}.
            The great black thing waved as well. It had been saying good evening the whole time.
            {hero} made a rabbit with two fingers, and the beetle was delighted, and for a while they had a theatre.
            + {pal} did the sea, which is harder than you would think.
        """,
        solve_beat="They turn to the light, and the monster is a beetle's shadow.",
    ),
    "knot": TrialProse(
        meet_titles=("The Biggest Knot in the World", "Tied Up"),
        meet="""
            A rope as thick as {hero} had been pulled right across the way, and tied in a knot the size of a cow.
            It went over and under and through itself, and back for something it had forgotten. // It was the kind of knot that a rope ties when it has been left alone with its thoughts.
            {hero} pulled the end that stuck out. The knot drew itself tighter, with a grunt.
            {pal} pulled as well. It grunted again, and seemed to be enjoying it.
            + A snail on top said that he had been there since he was a boy.
            “The harder we pull,” said {hero}, “the worse it gets.”
        """,
        meet_beat="An enormous knot closes the way, and pulling makes it worse.",
        solve_titles=("Not Pulling", "The Loose Bit in the Middle"),
        solve="""
            “Then don't pull,” said {adviser}. “Push. Somewhere in every muddle there's a loose bit.”

            So they went all over it with careful fingers, and asked the rope where it hurt. // {hero} walked round it twice, looking, which is a thing one can forget to do.
            Deep in the middle there was one soft loop. {hero} pushed it, and it gave. Behind that there was another.
            They fed it back through itself, a bit at a time, and the knot sighed, got fatter, got sleepy, and lay down as a perfectly ordinary rope.
            + “Much obliged,” it said. “I've had an itch in there for years.”
        """,
        solve_beat="Instead of pulling, they find the loose loop and ease the knot undone.",
    ),
    "scales": TrialProse(
        meet_titles=("A Fair Price", "The Man with the Scales"),
        meet="""
            Across the alley stood a pair of brass scales as tall as a lamp post, and beside it sat a man in a very long moustache.
            “To go through,” he said, “you put in something. It has to be worth as much as what you're after.”
            {hero} put in a coin. The pan did not stir. {hero} put in all the coins, and a rather good marble. // {hero} turned out both pockets: a coin, a conker, and a button off something. Nothing moved.
            {pal} got into the pan as well, and it didn't sink by so much as a crumb.
            + “It isn't broken,” said the man. “People always ask.”
        """,
        meet_beat="A man with tall brass scales asks for something of equal worth.",
        solve_titles=("Worth the Same", "What Weighed Enough"),
        solve="""
            “It doesn't weigh how much a thing costs,” said {adviser}. “It weighs how much you mind.”

            {hero} stood still for a long while. Then {they} bent down to the pan and told it a story: the one that got told at bedtime, only at home, and only when someone had been sad. // Then {hero} knew. {They} leaned over the pan and sang into it the song that was for bedtime, and for nobody else.
            It went down like a bucket in a well. Clang!
            “And the best of it is,” said the man, winding up his moustache, “you can give that away, and you've still got it.”
            + He lifted the bar, and they noticed that he was humming.
        """,
        solve_beat="{hero} gives what matters most and is never used up.",
    ),
    "cloud": TrialProse(
        meet_titles=("The Cloud with a Cold", "Bless You!"),
        meet="""
            A cloud had sat down on the path, right in the narrow part, and it had a dreadful cold.
            “Ah,” it said. “Ah ... ah ...”
            The sneeze picked them up, turned them over, and put them back where they had been ten minutes ago. // *TCHOO!* Away they went, heels over head, all the way back to the last corner.
            They tried again. They got as far as the second “ah”.
            + It was raining a bit, as well, out of what must have been its nose.
            “I'b so sorry,” said the cloud. “I cad't help it.”
        """,
        meet_beat="A cloud with a terrible cold sneezes them back down the path.",
        solve_titles=("Looking After the Weather", "Soup for a Cloud"),
        solve="""
            “It isn't in your way,” said {adviser}. “It's in trouble. That looks the same from in front.”

            So they stopped trying to get by. {hero} wrapped the chilly end in a blanket, and {pal} told it a long story with no surprises. // So {hero} sat down with it, and rubbed it where its back would be. {pal} fetched a hot stone for its feet, and they agreed on where those were.
            It gave one last “ah”. They all waited. It yawned instead.
            “Thag you,” it said, and then, turning pink and gold round the edges, “Thank you!”
            + And it rose off the path, as light as it was meant to be.
        """,
        solve_beat="They look after the cloud until its cold is gone.",
    ),
}
