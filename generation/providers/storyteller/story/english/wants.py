"""English prose: what the journey is for."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import WantProse

WANTS = {
    "star": WantProse(
        books=(
            "{hero} and the Fallen Star",
            "The Star That {hero} Found",
            "{hero}, {pal} and the Hole in the Sky",
        ),
        quest="to bring a fallen star home",
        call_titles=("The Night the Star Fell", "A Hole in the Sky"),
        call="""
            One night something slid down the sky with a sound like a zip. // Late one evening a light ran down the sky, bounced once behind the roofs, and went out.
            Where it had been there was now a small dark hole, just the size of a star.
            + Next to it the other stars were huddling together, the way you do when there's a draught.

            {hero} looked at the hole. {pal} looked at {hero}.
            “Somebody has dropped that,” said {pal}.
            “Then somebody ought to pick it up,” said {hero}.
            In the whole street there was no one else at any window.
        """,
        call_beat="A star falls from the sky, and nobody else has seen it.",
        find_titles=("Warm as a Bread Roll", "The Star with the Hiccups"),
        find="""
            There, {spot}, lay the star. It was smaller than anyone would think, and it had the hiccups, and each hiccup let out a spark.
            “It's had a fright,” whispered {pal}.

            {hero} picked it up in both hands. It was as warm as a bread roll and weighed no more than a sneeze. // {hero} made a nest of two hands. The star climbed in, as warm as a bread roll.
            + It smelled of struck matches and far away.
            Slowly the hiccups stopped, and a light came on that you could have read a book by.
        """,
        find_beat="{hero} finds the star, which is small and warm and has the hiccups.",
        give_titles=("Back Where It Belonged", "Up It Went"),
        give="""
            They carried it up the nearest hill, to where the sky was close enough to smell. (It smells of snow and blown-out candles.)
            “Ready?” asked {hero}. The star shivered, but it was the good kind of shivering.

            {hero} opened both hands.
            Up it went, past the chimneys and the owls' road and the elbow of the moon, and fitted into its hole with a tiny click. // It rose past the last tree, past a surprised bat, past everything, and up in the dark they heard it fit: click.
            + All the other stars moved over, to make it feel at home.

            “It winked,” said {pal}. And perhaps it only twinkled, but who can tell the difference?
        """,
        give_beat="From the top of the hill the star goes back to its place.",
    ),
    "song": WantProse(
        books=(
            "{hero} and the Wind's Lost Song",
            "The Morning the Wind Was Quiet",
            "{hero} and the Song in a Bottle",
        ),
        quest="to find the song that the wind has lost",
        call_titles=("The Wind Opened Its Mouth", "Nothing but Quiet"),
        call="""
            One morning the wind opened its mouth to sing, and nothing came out.
            The washing hung straight down. The weathercock looked at his feet. // No leaf moved. Kites lay about on the grass like dropped handkerchiefs.
            + Even the flag on the town hall had gone to sleep standing up.

            “It's lost its song,” said {pal}. “You can hear it not being there.”
            {hero} put one arm out of the window. Something soft leaned against it, quite silent, and as sad as a wet dog.
            “Don't worry,” said {hero} to the wind. “We'll go and look.”
        """,
        call_beat="The wind wakes up without its song.",
        find_titles=("The Song in the Bottle", "A Tune with Nobody In It"),
        find="""
            There, {spot}, stood a green bottle, and it was humming.
            {hero} held it up to one ear. Inside were whistling and whooshing, and the slam of a faraway door, and a bit of every autumn there had ever been.

            “How did it get in there?” asked {pal}. // “But how did it get *in*?” whispered {pal}.
            “The way anyone does,” said {hero}. “It went in to see what was there, and then it couldn't turn round.”
            + There was a cork, but it had only been put in by a wave, or by chance.
            The glass trembled like a held breath.
        """,
        find_beat="The wind's song turns out to be caught in a green bottle.",
        give_titles=("Pop!", "How the Wind Began Again"),
        give="""
            At the top of the nearest hill, {hero} took hold of the cork. It came out with a *pop* that was heard in three villages.
            Out rushed the song. It whirled once round {hero} and twice round {pal}, to be sure of them, and then it leaped up. // First came one note, low and dusty. Then came all the others, tumbling over each other like puppies.
            The wind took one enormous breath, and sang.

            All down the street the washing got up and danced. A pair of long johns did a cartwheel.
            + The weathercock spun until he had to be sick behind the chimney.
            “You're welcome!” shouted {hero}, with {their} hair standing straight up.
        """,
        give_beat="The cork comes out, and the wind has its song again.",
    ),
    "sleep": WantProse(
        books=("{hero} and the Runaway Yawn", "The Night That Nobody Slept", "{hero} Goes to Find the Yawn"),
        quest="to find the yawn that has run away, so that everyone can sleep again",
        call_titles=("Nobody Could Sleep", "Three O'Clock and Wide Awake"),
        call="""
            It was long past bedtime, and nobody in the whole town was asleep.
            The baker was baking tomorrow's bread, and after that he baked Friday's. Old Mrs Plum had knitted a scarf for the lamp post. // In every window there was a light, and in every light there was somebody in slippers, looking at the ceiling.
            + Four hundred sheep had been counted, and they were complaining.

            “The Yawn's gone,” said {pal}. “The first one. The one that sets off all the rest.”
            {hero} tried to yawn. It was only a mouth, open.
            “Then we'd better fetch it back,” said {hero}, “before everybody gets silly.”
        """,
        call_beat="The first yawn of the evening has run away, and the town can't sleep.",
        find_titles=("The Yawn Itself", "Soft and Grey and Rather Shy"),
        find="""
            There, {nook}, it lay: soft and grey and round, like a cat without the corners. It was the Yawn.
            “I'm not going back,” it said. “They cover me up with their hands. They say *pardon*, as if I were a burp.”

            {hero} sat down next to it. “I like you,” {they} said. “You're the door to all the dreams.” // “But you're the best bit of the evening,” said {hero}. “You feel like a stretch on the inside.”
            The Yawn went pink. “Am I?” it said.
            + It had never before been asked to stay.
            And it crept into the crook of {hero}'s arm.
        """,
        find_beat="{hero} finds the Yawn, whose feelings have been hurt.",
        give_titles=("It Went Down the Street", "Goodnight, Everyone"),
        give="""
            In the middle of the town, under all the lit windows, {hero} opened {their} arms and let the Yawn go.
            It stretched. It grew. It got into {hero} first, from the toes up, and it was the best yawn in the world, with a squeak at the end. // It rolled round {hero}'s shoulders, came out as wide as a barn door, and {pal} caught it straight off.
            Then it went down the street, from house to house, like somebody turning down the lamps.
            The baker yawned into his dough. The clock yawned between two and three.
            + The four hundred sheep lay down in a heap, and were finally nobody's business.
            One after another the windows went dark, and the whole town breathed out.
        """,
        give_beat="The Yawn goes from house to house, and everyone falls asleep.",
    ),
    "letter": WantProse(
        books=("{hero} and the Letter to a Whale", "The Whale's Post", "{hero} Delivers to the Sea"),
        quest="to deliver a letter to a whale",
        call_titles=("The Wrong Letter Box", "A Letter for a Whale"),
        call="""
            One day there was a letter on the mat, and it wasn't for anybody there.
            It was a bit wet. On the front it said, in wobbly blue ink: THE WHALE, THE SEA. // It was blue, it smelled of salt, and it was addressed in round slow writing to THE WHALE, THE SEA.
            On the back was written: *urgent, and also with love*.

            “The postman must have lost heart,” said {pal}. “It's a big sea.”
            “But it's a big whale,” said {hero}. “That ought to help.”
            + They looked at it for the whole of breakfast, and it seemed to look at them.
        """,
        call_beat="A letter for a whale has come to the wrong house.",
        find_titles=("Post for You", "The Whale Reads Slowly"),
        find="""
            There, {nook}, they waited, and held the letter up high. The water rose, and went on rising, and had a face.
            “For me?” said the whale.
            + It had such a deep voice that it made their knees buzz.

            {hero} had to read it aloud, since whales don't carry glasses. // “I can't see small things,” said the whale. “Small is a long way off, for me.” So {hero} read it out.
            *Dear Whale*, it said. *I was the little one in the boat, that day in the storm. You pushed. I never said thank you. Thank you.*
            + It was signed by somebody who must be quite old by now.
            The whale was silent for as long as a wave takes. “I thought that it had been a log,” it said.
        """,
        find_beat="They read the letter to the whale, and it is a thank-you that took years.",
        give_titles=("An Answer from the Sea", "Special Delivery"),
        give="""
            A letter wants an answer. The whale breathed it, and {hero} wrote it down, and they brought it back to land before the ink was dry.
            It wasn't hard to find the house: an old, old lady lived there, with a picture of a boat on every wall. // The address on the back led to a blue door, and the blue door was opened by a very old man in a sailor's jersey.
            {hero} held out the page. There were only nine words on it.
            *You were no weight at all. Come and wave.*

            So they all went down to the end of the pier, and waved.
            + It took a while, because of the stairs.
            And far out, black against the last of the light, a great tail went up and waved back.
        """,
        give_beat="They carry the whale's answer home, and old friends wave to each other.",
    ),
    "light": WantProse(
        books=(
            "{hero} and the Lighthouse That Went Dark",
            "{hero} Carries the Light",
            "A Light for the Lighthouse",
        ),
        quest="to bring back the light that has left the lighthouse",
        call_titles=("The Lamp Was Empty", "No Light Tonight"),
        call="""
            Out on the point the old lighthouse had always gone round and round at night: *light*, dark, *light*, dark. That evening it went: dark, dark, dark.
            The keeper came down all the stairs with her hat in her hand. “It's left,” she said. “It's packed itself up and gone. I polished it every day, and I never once asked whether it was tired.” // “Gone,” said the keeper, who had run all the way. “I went up to say goodnight to it, and there was only a note: *Back never*.”

            “And the boats?” asked {hero}.
            “That's just it,” said the keeper. “There's a whole fleet due tomorrow night.”
            + {pal} looked at the sea. It had never looked so big.
        """,
        call_beat="The light has left the lighthouse, and boats are on their way.",
        find_titles=("A Light on Its Own", "Tired of Going Round"),
        find="""
            There, {nook}, sat the light, with its knees drawn up, glowing a little, as people hum when they think they are alone.
            “Round and round,” it said, before they could speak. “A hundred years, and I never got to stop and look at anything.”

            “What did you want to look at?” asked {hero}. // {hero} sat down by it, and got warm on one side. “At what?” {they} asked.
            “A boat,” said the light. “From close to. Just one. I always had to turn away.”
            + It flickered. “They must think I'm very rude.”
            “Come back with us,” said {hero}, “and tonight there'll be somebody waving to you from every deck.”
        """,
        find_beat="The light is hiding, because it has never been able to stop and look.",
        give_titles=("Light, Dark, Light", "The Boats Come In"),
        give="""
            All the way up they carried it, a hundred and ninety-nine stairs, and at the top {hero} set it in its glass.
            Below them, out of the dark, came the boats. The light held its breath. Then it began to turn, and this time every boat it touched had somebody at the rail, waving a lantern and shouting hello. // As the first beam went out over the water, there they were: red boats, blue boats, and on every deck a whole crew of waving arms.
            “Oh,” said the light. “They were looking at *me*.”

            The keeper blew her nose like a foghorn.
            + From then on she wished it good evening by name, and it had every Tuesday off, when the moon did it.
            Light, it went. Dark. *Light.*
        """,
        give_beat="{hero} carries the light up the tower, and every boat waves to it.",
    ),
    "colours": WantProse(
        books=(
            "{hero} and the Day the Colours Left",
            "{hero} Brings Back the Blue",
            "The Grey Day of {hero} and {pal}",
        ),
        quest="to bring back the colours that have run away",
        call_titles=("Everything Was Grey", "The Day with No Colours"),
        call="""
            {hero} woke up, and the whole street was grey.
            The curtains were grey. The jam was grey. The parrot at number six, who had been all sorts of things the day before, was extremely annoyed. // Grey doors, grey apples, grey fire engine. You couldn't tell the mustard from the custard, until it was too late.
            Only beyond the last lamp post was the world as bright as ever. They had just left *here*.

            In the paintbox there was a note, stuck to the place where the red had been.
            *Gone for a walk*, it said. *You only ever used us for the sky.*
            + “That's true,” said {hero}, and felt a bit grey as well.
        """,
        call_beat="One morning all the colours have left {hero}'s street.",
        find_titles=("Seven of Them, Having a Picnic", "Where the Colours Went"),
        find="""
            There, {nook}, sat all the colours having a picnic. Red had brought a drum. Yellow couldn't stop giggling. Green was being sensible with the sandwiches, and Purple was telling a long story that had kings in it.
            “We're not coming,” said Blue, “if it's only for skies.”

            {hero} thought quickly. “What would you *like* to do?” {they} asked. // “It needn't be,” said {hero}. “You could choose.”
            “Cows!” shouted Blue at once. “Trees,” said Orange dreamily. “I'd love to be a nose,” said Green.
            + Brown, who is never asked, said that it would just like to be looked at.
            “Done,” said {hero}, and they all shook hands, and it came off on everybody.
        """,
        find_beat="The colours are having a picnic, and would like to be asked for once.",
        give_titles=("A Blue Cow", "Let Them Choose"),
        give="""
            That evening {hero} stood in the middle of the grey street and held the paintbox open. “Go on, then,” {they} said. “As you please.”
            Whoosh! Back they went, over the roofs and down the drainpipes, laughing. // Out they poured, like children when the bell goes.
            Lamps turned gold, and doors turned red. The jam was jam again. But outside number six stood one blue cow, looking very pleased with itself, and the postman had a green nose until Thursday.
            + He said that he'd always wanted one.

            “It's not the same as before,” said {pal}.
            “It's better,” said {hero}. “They *meant* it.”
        """,
        give_beat="The colours come back, each to a place that it has chosen.",
    ),
    "seed": WantProse(
        books=("{hero} and the Last Seed", "The Tree That Forgot to Bloom", "{hero} Plants Tomorrow"),
        quest="to find a seed for the old tree that forgot how to bloom",
        call_titles=("The Tree Forgot", "No Blossom This Year"),
        call="""
            Behind the houses grew a pear tree, so old that everyone's grandmother had fallen out of it.
            That spring it forgot to bloom. It stood there in its bark, feeling in all its pockets. // When all the other trees put on white, it only stood there, scratching its head with a twig.
            + A blackbird sang it the beginning, to help it remember. It was no use.

            “It's tired,” said {pal}. “It wants to hand over to somebody.”
            {hero} put one ear against the trunk. A long way in, something creaked. It sounded very like *seed*.
        """,
        call_beat="The old pear tree can no longer bloom, and asks for a seed.",
        find_titles=("Smaller Than a Freckle", "Asleep in Its Coat"),
        find="""
            There, {spot}, lay a seed in a brown coat, no bigger than a freckle, and fast asleep.
            “Is that all?” asked {pal}.
            “It's *all* all right,” said {hero}. “There's a whole tree in there, folded up.” // “That's everything,” said {hero}. “Trunk, twigs, shade, and pears till Christmas. It's only packed very well.”

            {They} breathed on it. The seed turned over and pulled its coat tighter.
            + It was having a dream with bees in it.
            {hero} put it in the safest place there was, the pocket with the button, and walked from then on as if that pocket were full of eggs.
        """,
        find_beat="{hero} finds the seed, fast asleep, and carries it very carefully.",
        give_titles=("A Small Hole, a Big Hope", "Somebody to Hand Over To"),
        give="""
            At the foot of the old tree {hero} dug a hole, one finger deep. In went the seed. In went a word, which was private.
            They patted the earth flat, and watered it, and looked. Nothing happened, very thoroughly. // Then there was nothing to do but look at some mud, and they did that with all their might.

            “It's doing it underneath,” said {pal}.
            And then the old tree gave a sigh that went right down to its roots, and let fall a single white blossom, just there, like a blanket.
            + In the morning there would be a green thread, as thin as a hair, with both arms up.
            It had found somebody to hand over to.
        """,
        give_beat="They plant the seed at the old tree's feet.",
    ),
    "laugh": WantProse(
        books=(
            "{hero} and the Baby's First Laugh",
            "The Baby Who Would Not Laugh",
            "{hero} Goes Out to Find a Laugh",
        ),
        quest="to find a first laugh for the new baby",
        call_titles=("The Baby Had Come", "Somebody Very Small and Very Loud"),
        call="""
            There was a new baby in the house, and it did one thing, and it did that all day: it cried.
            It cried at breakfast. It cried at the nice lady with the hat. It cried because it had stopped crying and missed it. // It was red and round, and as loud as a kettle, and nobody could find where you turn it off.
            + {pal} had started to sleep with a cushion on each side.

            “Perhaps it's got no laugh yet,” said {hero}. “I had one. I got mine somewhere.”
            “Then it's out there,” said {pal}, “waiting to be picked up.”
            {hero} looked into the cradle. Two wet eyes looked back. “I'll see what I can do,” said {hero}.
        """,
        call_beat="The new baby cries all day, because it has no laugh yet.",
        find_titles=("It Sounded Like Bubbles", "The Smallest Laugh in the World"),
        find="""
            There, {spot}, something was giggling. It was as small as a pea, and it rolled about all by itself, for no reason.
            Each time that {hero} nearly had it, it slipped away, and {hero} sat down in something wet. // {hero} pounced, and missed, and landed flat; {pal} pounced, and landed on {hero}.
            It laughed so hard at this that it had to stop rolling. And then {hero} began to laugh too, from the bottom, the way you do when you've tried not to.

            + {pal} made a noise like a bath running out.
            So it came quite of its own accord, and hopped into {hero}'s pocket. A laugh always goes where there's another.
        """,
        find_beat="They chase the smallest laugh in the world until it comes by itself.",
        give_titles=("For You", "What the Baby Said"),
        give="""
            The baby was crying when they came in. It took a breath, to start on the next one.
            “I've brought you something,” said {hero}, and held the pocket open over the cradle.
            Out rolled the laugh. It ran along the blanket, up over the round red cheek, and in.

            The baby stopped. It looked most surprised. Then, in the middle of its face, a door opened that no one had ever seen before. // For a second nothing moved in the whole house. Then came a sound like somebody pouring bubbles out of a jug.
            “Ha,” said the baby. “*Haha!*”
            + The nice lady had to hold on to her hat.
            And the baby looked at {hero}, at nobody else but {hero}, to see if there was more.
        """,
        give_beat="The baby gets its first laugh, and looks at {hero} for more.",
    ),
    "bell": WantProse(
        books=(
            "{hero} and the Bell That Lost Its Ring",
            "{hero} and the Silent School Bell",
            "The Ring That Ran Away",
        ),
        quest="to bring the lost ring back to the school bell",
        call_titles=("The Bell Said Nothing", "Fupp"),
        call="""
            On Monday the school bell did not go *ding*. It went *fupp*, like a slipper falling on a carpet.
            So nobody knew when to begin. // Since no one could tell when lessons started, they hadn't; and since they hadn't started, they couldn't stop.
            The children stood about in the yard in their coats. The teacher stood about in the door with her register, getting as far as B.
            + The dinner ladies had been ready since Friday.

            “It isn't cracked,” said {hero}, who had climbed up to see. “It's empty. The ring's gone out of it.”
            “Rings don't go far,” said {pal}. “They like company.”
        """,
        call_beat="The school bell has lost its ring, and nobody can begin.",
        find_titles=("A Ring with Nothing Round It", "Ding, Very Softly"),
        find="""
            There, {spot}, something small and bright was going *ding*, very softly, as you practise when you think that no one can hear.
            “Why did you go?” asked {hero}.
            “They groan,” said the ring. “Every morning I sing, and all of them groan.”

            {hero} went red, having groaned a good deal. // {hero} looked down. “That's Mondays,” {they} said. “It isn't you.”
            “But they cheer as well,” said {pal}. “At half past three. That's you too.”
            + The ring hadn't thought of it from that end.
            It considered this. Then it gave one clear, hopeful *ding*, and let itself be carried.
        """,
        find_beat="The ring has run away because everyone groaned at it.",
        give_titles=("Three Cheers for the Bell", "Ding!"),
        give="""
            When they got there, the yard was still full, though by now it was dark and everybody had lanterns. Waiting is a hard habit to get out of.
            {hero} climbed up to the little tower and let the ring go home. Then {they} took the rope and pulled.
            *DING!*

            There was a hush. And then, from below, instead of a groan there rose a cheer, and caps and satchels went up with it. // Nobody groaned. They cheered till the windows rattled; even the teacher threw up her register.
            + “Home time!” cried someone, quite rightly, and off they all ran.
            The bell swung to and fro up there, and it shone. It had never had one so loud for a *beginning*.
        """,
        give_beat="The bell rings again, and this time everybody cheers.",
    ),
    "page": WantProse(
        books=(
            "{hero} and the Missing Last Page",
            "How Does It End, {hero}?",
            "{hero} and the Story with a Hole",
        ),
        quest="to find the last page of the best book in the house",
        call_titles=("And Then Nothing", "The Page That Got Away"),
        call="""
            It was the best book in the house, and that evening they came to the end of it.
            *“And then,”* read {hero}, *“they opened the very last door, and there stood”* ... // *“So at long last,”* read {hero}, holding {their} breath, *“the dragon lifted the lid and saw”* ...
            And that was all. There was no more. Where the last page should have been was a ragged little edge.

            “Go on!” cried {pal}. “I can't go to sleep like this!”
            Nor could {hero}. And nor, if you listened closely, could the people in the book.
            + You could hear them in there, pacing up and down.
        """,
        call_beat="The last page of the best book is missing.",
        find_titles=("The Page and the Wind", "A Page on Its Own"),
        find="""
            There, {spot}, fluttered one page. It jumped when it saw them.
            “Don't read me!” it cried. “As soon as I'm read, it's over. They always sigh, and shut it, and switch off the lamp.”

            {hero} thought about that. “I sigh because I liked it,” {they} said. “And then do you know what we do?” // “We do sigh,” said {hero}. “And do you know what we do next?”
            “What?” said the page.
            “We turn back to the beginning,” said {pal}, “and go again.”
            + It was so quiet that you could hear the full stops.
            Then the page folded itself in four, small enough to be carried.
        """,
        find_beat="The last page has run away, because it does not want to be the end.",
        give_titles=("The Very Last Door", "The End, and the Beginning"),
        give="""
            By the light of one lamp they put the page back in its place. It fitted to the last little tooth of the edge.
            Then {hero} read it out, slowly. I can't tell you what it said; that would spoil it. But there was a gasp, and a laugh, and one good tear. // {hero} read the page aloud, all eleven lines of it, and at the ninth {pal} fell off the chair.
            Inside the book somebody shouted *hurrah*.

            “*The end*,” read {hero}, and sighed, and the page held very still.
            “Well?” said {pal}. “Go on. From the beginning!”
            + And if paper can smile, it smiled.
        """,
        give_beat="The story gets its ending, and they turn back to the beginning.",
    ),
    "snowflake": WantProse(
        books=("{hero} and the First Snowflake", "The Winter That Was Late", "{hero} Wakes the Snow"),
        quest="to wake the first snowflake, since winter cannot begin without it",
        call_titles=("Winter Was Late", "Where Is the Snow?"),
        call="""
            It was the middle of winter, and there was no winter in it.
            The sledges stood about in sheds. The mittens lay in drawers, holding hands. // In the sheds the sledges sighed. In the drawers the mittens held hands, and waited.
            The daisies were up long past their bedtime, and nobody had told the bees to go in.
            + One man had built a snowman out of porridge. It wasn't the same.

            “Somebody has to go first,” said {pal}. “All the snow's up there, waiting for the first flake. It must have overslept.”
            “I wouldn't like to be the first either,” said {hero}. “But I could go and hold its hand.”
        """,
        call_beat="Winter cannot start, because the first snowflake has not come.",
        find_titles=("The Flake Who Would Not Jump", "Six Points and Two Worries"),
        find="""
            There, {nook}, sat the first snowflake, hugging its knees. It had six of them.
            “It's so far down,” it said. “And what if I melt? And what if I get there, and nobody's pleased?”

            “I've been first,” said {hero}. “At the pool, and on the first day at school. It's only horrible till you've done it.” // “Everybody's pleased already,” said {hero}. “They've had their hats on for three weeks.”
            The flake peeped over the edge. “Would you come too?” it asked.
            + It was as cold as a penny, and it trembled.
            “All the way,” said {hero}, and held out one mitten.
        """,
        find_beat="The first snowflake is afraid to jump, and {hero} offers a mitten.",
        give_titles=("The First One Down", "And Then Another"),
        give="""
            In the middle of the dark market square, {hero} held up the mitten as high as it would go.
            “One,” said {pal}. “Two ...”
            “Three,” said the snowflake, with its eyes tight shut, and jumped.

            It turned over twice in the lamplight. It landed on {hero}'s nose. It did not melt, or not at once. // Down it came, slowly, showing all six sides, and every face in every window followed it.
            For one moment it was the only snow in the world. Then somebody up there shouted, “It's all right! They're *nice*!” and down came all the others.
            + Within an hour the sledges were out, and the porridge man had gone in to start again.
        """,
        give_beat="The first snowflake jumps, and all the others follow.",
    ),
    "turtle": WantProse(
        books=(
            "{hero} and the Little Lost Turtle",
            "The Turtle in the Bathtub",
            "{hero} Takes the Turtle Home",
        ),
        quest="to take a little lost turtle back to the sea",
        call_titles=("Somebody in the Bath", "A Turtle, Slightly Lost"),
        call="""
            There was somebody in the bath, and it wasn't anyone from the family.
            It was a turtle, the size of a biscuit, paddling round and round with a very worried look. // A turtle no bigger than a biscuit was swimming up and down between the taps.
            “Is this the sea?” it asked. “I turned left at a pipe.”
            + “It's a bit soapy,” it added, not wanting to complain.

            “The sea's much bigger,” said {hero}, “and hardly anybody washes in it.”
            “My mother's in it,” said the turtle, and its chin began to shake.
            {hero} fetched the bucket. There was nothing else to be said.
        """,
        call_beat="A little turtle, lost, has turned up in the bath.",
        find_titles=("The Right Sort of Water", "Is This the Sea?"),
        find="""
            And there was the water, all of it. {hero} set the bucket down by the edge, and the turtle looked over the rim.
            “*That's* the sea,” it said, in a whisper. “It's even bigger than I remember. What if she can't see me? What if I'm too little?”

            “Then we'll call,” said {hero}. And they called, all three, until they had used up the whole alphabet of calling. // “We're loud,” said {pal}, “for our size.” And they stood in a row and shouted for her, one, two, three.
            + A passing herring said that it would ask around.
            Far out, a round dark head came up, and turned, and started towards them, fast, which for a turtle is very fast indeed.
        """,
        find_beat="At the edge of the sea they call for the turtle's mother.",
        give_titles=("Home Is Where the Splash Is", "Two Turtles"),
        give="""
            She came up through the shallows like a small boat, with weed on her back and her neck stretched out as long as it would go.
            No one said anything. The little one simply tipped itself out of the bucket, *plip*, and swam, and bumped into her nose. // *Plip!* went the little turtle, out of the bucket, and then there were two noses side by side.
            “You turned left at a pipe, didn't you?” said the mother.
            “I did wonder,” said the little turtle.

            She looked up at {hero} for a long, salt moment. Then she laid something on the sand: a round white stone that shone like a moon.
            + It's on the windowsill to this day, and it is always a bit wet.
            They stood in the last light and waved until there was only sea.
        """,
        give_beat="The little turtle's mother comes, and the two swim home.",
    ),
    "soup": WantProse(
        books=(
            "{hero} and the Soup That Needed Something",
            "{hero} Stirs the Pot",
            "The Biggest Soup in the World",
        ),
        quest="to find what is missing in the soup for the whole town",
        call_titles=("It Needs Something", "A Very Big Pot"),
        call="""
            Once a year the whole town made soup in one pot, and the pot was so big that it had a ladder.
            Everyone had put in what they had: leeks, beans, a bay leaf, an old boot by mistake. // There were carrots in it, and barley, and somebody's good intentions.
            The cook tasted it. The mayor tasted it. Then {hero} was handed the spoon.
            “It needs something,” they all said.

            “What?” asked {pal}.
            But no one could put a name to it. It was on the tip of every tongue.
            + The cook sat down upon an onion and wept, though that may have been the onion.
            “We'll find it,” said {hero}. “We'll know it when we taste it.”
        """,
        call_beat="The town's great soup needs something, and no one knows what.",
        find_titles=("A Pinch of It", "The Last Thing in the Soup"),
        find="""
            There, {nook}, sat an old woman by a very little fire, with a very little pan. She had one potato. She cut it in three without being asked.
            It was only hot water and potato, and it was the best thing that {hero} had ever tasted. // {hero} took a sip, and felt it go down to {their} toes and turn on the lights.

            “*That's* it,” said {pal}. “What do you put in?”
            “Salt,” said the old woman, “when I have it. And somebody to eat it with.”
            + She licked the spoon on both sides, so as not to waste any.
            {hero} looked at {pal}. How do you carry *that* home in a jar?
            Then {they} held out a hand. “You'd better come along,” said {hero}.
        """,
        find_beat="They taste an old woman's soup, and it has what theirs is missing.",
        give_titles=("Pull Up a Chair", "What Was Missing"),
        give="""
            They all came into the square together, and the cook ran up with the spoon. “Well? Have you got it?”
            “Yes,” said {hero}. “We need more chairs.”
            For it was a funny thing: they had always made the soup together, and then each had taken a bowl of it home and shut the door.

            So they fetched out chairs and stools, planks and a piano, and made one table as long as the street. // Out came benches, barrels, and a bed with a grandfather in it, until there was a table that went round two corners.
            The old woman sat at the top, next to {hero}. The cook tasted it, and shut his eyes.
            + “*There* it is,” he said. The boot he ate himself, out of honour.
            It didn't need anything any more.
        """,
        give_beat="They eat the soup together at one long table, and nothing is missing.",
    ),
    "clock": WantProse(
        books=(
            "{hero} and the Missing Minutes",
            "{hero} and the Clock with Nothing to Count",
            "Where the Minutes Go",
        ),
        quest="to find the minutes that have run away from the town clock",
        call_titles=("Nobody Had a Minute", "Not a Minute Left"),
        call="""
            One morning nobody in the whole town had a minute.
            “Not now,” said the baker. “I haven't got a minute.” “Wait a minute,” said the lady at the post office, looked for one everywhere, and burst into tears.
            + It was seven o'clock, and then, with a bump, it was eight, and there had been nothing in between to brush your teeth in.

            {hero} looked up at the clock tower. A little door stood open, just under the four. // High up on the clock tower a little door swung to and fro.
            “Somebody's let the minutes out,” said {pal}.
            “Then we'll have to round them up,” said {hero}, “or there'll never be time for anything.”
        """,
        call_beat="The minutes have run away from the town clock, and nobody has any.",
        find_titles=("Sixty of Them, Playing", "The Minutes' Day Off"),
        find="""
            There, {spot}, were the minutes, all sixty, playing tag. They were round and silvery, and as quick as beans on a plate.
            “Can't catch us!” they sang. “Nobody can! People only ever *spend* us, and *waste* us, and *kill* us!”

            {hero} didn't chase them. {hero} sat down, and just watched how they shone. // “I won't, then,” said {hero}. “I'd like to look at one, that's all. I've never properly had one.”
            One came a little closer, and then another. Until that day they had only ever been counted.
            + {pal} had one perched on top, ticking.
            “If you come home,” said {hero}, “I promise to notice you.”
        """,
        find_beat="The minutes are playing, and come to {hero}, who takes time to look at them.",
        give_titles=("Tick", "Have You Got a Minute?"),
        give="""
            Up the dusty stairs of the clock tower they went, with sixty minutes hopping after them in a row.
            One by one they jumped in at the little door, and each of them called out its number. // {hero} held the little door, and {pal} counted them in, and at fifty-nine there was a pause, and at last the youngest came, out of breath.
            The big hand trembled. It thought about it. *Tick.*

            Down below, you could hear the whole town sit down.
            “Have you got a minute?” the baker asked the lady from the post office. ¶ “Do you know,” she said, “I believe that I have.”
            + They had two, in the end, and a bun.
            And {hero} noticed every one of them go by.
        """,
        give_beat="The minutes jump back into the clock, and everyone has time again.",
    ),
    "egg": WantProse(
        books=(
            "{hero} and the Enormous Egg",
            "Whose Egg Is It, {hero}?",
            "{hero}, {pal} and Something with Spots",
        ),
        quest="to find out whose the enormous egg is, and take it home",
        call_titles=("Something with Spots", "The Egg on the Doorstep"),
        call="""
            On the doorstep, where the milk ought to have been, stood an egg.
            It was as big as a pumpkin, green, with spots, and it was warm. // You couldn't get both arms round it. It had spots like a fancy waistcoat, and it was as warm as a teapot.
            {hero} knocked on it, because it seemed the polite thing. From inside, something knocked back.

            “It isn't a hen's,” said {pal}.
            “It isn't an ostrich's.”
            + They looked in the big book of birds. It went up to Zebra Finch, and there was nothing like it.
            “Whoever's it is,” said {hero}, “is looking for it, and crying, and very, very big.”
        """,
        call_beat="An enormous warm egg is standing on the doorstep.",
        find_titles=("A Nest as Big as a Bus", "Whose It Was"),
        find="""
            There, {nook}, they found a feather that was not quite a feather, and it was as long as a canoe. Next to it was a nest. You could have parked a bus in it.
            And round the nest, up and down, walked somebody, sobbing.
            She was as tall as a church. She had a great many teeth, but all of them were unhappy. // She was green, with spots, and so tall that her head was having different weather.

            {hero}'s knees knocked. So did the egg.
            “Excuse me,” said {hero}, as loudly as {they} could. “I think that this is yours.”
            + The sobbing stopped, somewhere up among the clouds.
        """,
        find_beat="They find an enormous nest, and an enormous mother in tears.",
        give_titles=("Crack", "Somebody New"),
        give="""
            Very carefully, with just the tips of two claws, she took the egg and put it into the nest. She had the gentlest hands that {hero} had ever seen, and they were as big as doors.
            *Tap*, went the egg. *Tap, tap.* And then: *crack*.

            Out came a nose, and a blink, and a pair of ridiculous wings. // A bit of shell flew off, and a damp green face looked out, with the egg's top on it like a hat.
            It looked at its mother, and at the moon. It looked at {hero}. “Hic,” it said, and burned a small hole in the grass.
            + “He's got my eyes,” sniffed the mother.
            Then they were flown home, under all the stars, tucked in behind an ear as warm as an oven.
        """,
        give_beat="The egg hatches, and the grateful mother flies them home.",
    ),
}
