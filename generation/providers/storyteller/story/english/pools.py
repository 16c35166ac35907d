"""English prose: short pieces that any story may draw on, each at most once in a book."""

from __future__ import annotations

COMPANIONS = {
    "fox": ("fox", "a small red fox"),
    "rabbit": ("rabbit", "a rabbit with one ear up and one ear down"),
    "bear": ("bear", "a bear no bigger than a loaf"),
    "cat": ("cat", "a grey cat with white socks"),
    "dog": ("dog", "a dog with ears like slippers"),
    "owl": ("owl", "a round brown owl"),
    "wolf": ("wolf", "a very young wolf"),
    "panda": ("panda", "a panda of about cushion size"),
    "mouse": ("mouse", "a mouse with large opinions"),
    "hedgehog": ("hedgehog", "a hedgehog who was soft underneath"),
    "frog": ("frog", "a frog as green as a new pencil case"),
    "bird": ("bird", "a small bird with a big chest"),
    "turtle": ("turtle", "a turtle who was quicker than people think"),
    "squirrel": ("squirrel", "a squirrel who could hardly sit still"),
    "deer": ("deer", "a little deer, all legs and eyelashes"),
    "beaver": ("beaver", "a beaver with splendid teeth"),
    "bat": ("bat", "a bat who was learning to keep the right way up"),
    "firefly": ("firefly", "a firefly, bright for its age"),
    "whale": (
        "whale",
        "a whale the size of a teapot, who swam in the air because nobody had ever said not to",
    ),
    "crab": ("crab", "a crab who went everywhere sideways, but did get there"),
}
STRANGER = ("friend", "a small friend of an unusual kind")

BEST_FRIEND = "{hero}'s best friend was called {pal}, and was {a_fox}. // {hero}'s best friend was {a_fox}, by the name of {pal}."

FRIENDS = (
    "Where one went the other went too, except into the bath.",
    "They shared everything, even colds.",
    "They had known each other since before either of them could whistle.",
    "They had one umbrella, one secret and one very small tent between them.",
    "If you wanted to find the one, you had only to look for the other.",
    "They had never once agreed about the best kind of jam, and had never once minded.",
    "They could talk to each other without saying a word, but they hardly ever tried.",
    "Nobody could remember which of the two had found the other.",
)

FAREWELLS = (
    "“Be home by bedtime,” said {grown}, “and don't lend anyone your boots.”",
    "{grown} did up the top button, undid it again, and said, “Go on, then. Back by bedtime.”",
    "“Take care of each other,” said {grown}, “and leave some of the world for tomorrow.”",
    "“If you get lost,” said {grown}, “stay together, and then it's only a walk.”",
    "{grown} gave each of them a kiss for now, and one for the pocket.",
    "“Come back with all your arms and legs,” said {grown}, “and in time for supper.”",
    "“I'd come too,” said {grown}, “but somebody has to be here for you to come back to.”",
)

DEPARTURES = (
    "Then the door closed behind them with a click that sounded very like *good luck*.",
    "Outside the day was brand new, and there were no marks on it at all.",
    "The sun was only just getting its elbows over the edge of the world.",
    "It was so early that the puddles were still asleep.",
    "The first step was the same as any other step, except that it was the first.",
    "The road lay there as if it had been unrolled specially.",
    "A milk cart clinked by, and that was the whole of the traffic.",
)

SETTING_OUT = (
    "“Are we nearly there?” asked {pal}, on the doorstep.",
    "“Which foot shall we start with?” asked {pal}. They used both.",
    "“I've packed my courage,” said {pal}. “It's in the side pocket, next to the string.”",
    "“What if it's far?” asked {pal}.\n“Then we'll have more to tell,” said {hero}.",
    "“I've made a list,” said {pal}. It said: 1. *Go.* 2. *Come back.*",
    "“Ready?” said {hero}.\n“I was born ready,” said {pal}, and went back for a hat.",
)

BANTER = (
    "“How far is it now?” asked {pal}.\n“Half as far as before,” said {hero}.\n“And before?” asked {pal}.\n“Twice as far.”",
    "“I'm not tired,” said {pal}. “My legs are. I'm keeping them company.”",
    "“Do you think they've missed us at home?” asked {hero}.\n“Not yet,” said {pal}. “They'll only just have found the jam.”",
    "“I spy with my little eye,” said {hero}, and it took until the next bend to find out that it was moss.",
    "{pal} picked up a stone for every mile.\n“And if we lose our way?” asked {hero}.\n“Then we'll have stones,” said {pal}.",
    "“When I'm big,” said {pal}, “I'm going to be exactly like this, but bigger.”",
    "“What's the opposite of a sandwich?” asked {pal}. {hero} gave it a great deal of thought.",
    "They sang the song with the forty verses, and only skipped the sad one about the turnip.",
    "“Do you know what I'd like?” said {pal}.\n“Soup,” said {hero}, who knew that voice.",
    "A beetle overtook them.\n“We're not racing,” {pal} told it, and walked a good deal faster.",
    "“If we had wings,” said {hero}.\n“We'd be tired in other places,” said {pal}.",
    "“Tell me something nice,” said {pal}.\n“There's custard tomorrow,” said {hero}, and they walked on that for a while.",
    "“I dreamt about this,” said {pal}.\n“What happened next?” asked {hero}.\n“I woke up.”",
    "{hero} walked on all the bits that were light, and {pal} on all the bits that were dark, and it came out even.",
    "“I've counted up,” said {pal}. “Between us we're hardly afraid of anything.” They didn't say how much *hardly* was.",
    "They took turns being leader, which meant saying “Onwards” in a deep voice.",
    "“Do clouds know where they're going?” asked {pal}.\n“They don't look worried,” said {hero}.",
    "“I'm thinking,” said {pal}.\n“I thought I could hear something,” said {hero}.",
    "They invented a handshake. It had a spin in it, two claps and a sneeze, and it took four goes to learn.",
    "“I shall tell my grandchildren about today,” said {pal}.\n“What will you say?” asked {hero}.\n“That they should have come.”",
    "A cloud went over, in the shape of a teapot, and poured a little, and went away.",
    "“Is it bad to be small?” asked {pal}.\n“You fit in more places,” said {hero}.",
    "There was exactly one toffee left. They agreed to be brave about it until later.",
    "“What does a map do when it's lost?” asked {pal}, and for a mile or so they were both sorry for it.",
    "{pal} found a feather, a bolt and a nice piece of quiet, and carried all three.",
    "“We make a good team,” said {hero}.\n“Who's the captain?” asked {pal}.\n“Whoever has the sandwiches.”",
    "“Listen,” said {hero}. They listened. It was only the day, going on.",
    "They played at being mice for a bit, and after that at being kings, and mice was better.",
    "“You've got a leaf on your head,” said {hero}.\n“It's visiting,” said {pal}.",
    "“I wonder what the others are doing now,” said {pal}.\n“Which others?” asked {hero}.\n“All of them.”",
    "“Best thing so far?” asked {hero}, and {pal} said, “This bit,” as {pal} did every time.",
    "They shared out the raisins: one for you, one for me, and one for the raisin that had fallen down.",
)

JESTS = (
    "Then {pal} got the hiccups. They came in threes, and the third one always had a surprised look.",
    "{pal} tried to look dignified, and walked into a bucket. Nobody knows where the bucket had come from.",
    "“Was that you or your stomach?” asked {hero}.\n“It was both of us,” said {pal}. “We were talking about pie.”",
    "{hero} tripped over nothing at all, looked back at it severely, and told it to pick itself up.",
    "“Knock, knock,” said {pal}.\n“Who's there?”\n“I've forgotten,” said {pal}. “It was ever so good, though.”",
    "At this point {pal} sneezed, and said “Bless me” in three different voices, to make it a party.",
    "“I know a poem,” said {pal}. “It's about a cheese. It hasn't got any words yet.”",
    "{hero} put the bag down for one second, and it rolled over and went to sleep. It was that kind of bag.",
    "“I've lost my voice,” said {pal} loudly.",
    "A puddle lay in the way. {pal} jumped over it, beautifully, into the next.",
    "{hero} had been carrying one boot in the bag all day, and would very much have liked to know why.",
    "“Watch this!” called {pal}, and what followed was mostly noise.",
    "They met a hen going the other way. She gave them such a look that they apologised.",
    "“What's that on your chin?” asked {hero}.\n“Breakfast,” said {pal}. “I'm saving it.”",
    "{pal} told the one about the two potatoes, and laughed so much that there was no finding out how it ended.",
    "{pal} had made a plan. It had arrows in it, and a drawing of a sandwich, and that was where all the arrows went.",
    "{hero} stuck out a tongue to taste the air, and reported that it was cheese and onion.",
)

RESTS = (
    """
        They stopped where the ground made a sort of armchair, and had lunch.
        There were eleven things in the bag. Ten of them had jam on, and so, by now, had the eleventh, which was a sock.
        “To us,” said {pal}, and they clinked crusts. // “It isn't a proper journey,” said {pal}, with a full mouth, “until something has leaked.”

        {hero} lay back. A cloud went by that was the shape of a shoe, and after quite a time there came the other one.
        + “Somebody's going to be cold up there,” said {hero}.
        They could have stayed for a week. They stayed for one more sandwich.
    """,
    """
        It rained, but only for five minutes, and they sat under the blanket and told each other the weather.
        “It's raining on the left,” said {hero}.
        “It's raining on the right, too,” said {pal}, “and a bit in the middle, where you let the hole in.” // “On my side,” said {pal}, “it's mostly coming in at the knee.”

        Under there it smelled of wool and apple. They played at being a tent. They played at being a mushroom.
        + {hero} was the stalk.
        When they put out their heads the whole world had been polished, and there was a rainbow, with nobody using it.
    """,
    """
        Beside the way there was a well, and beside the well a cup on a chain, and over the cup some words: DRINK, THEN SAY SOMETHING KIND DOWN THE HOLE.
        The water was as cold as a key. {hero} drank, and thought, and leaned over. // {hero} drank first, and it was like swallowing a bit of winter.
        “You've got a lovely echo!” {they} called.
        *Lovely*, said the well, very pleased. *Lovely, lovely.*

        {pal} was longer about it, with a good deal of whispering.
        “What did you say?” asked {hero}.
        + “It's between me and the well,” said {pal}.
        But it must have been about {hero}, to judge by the blushing.
    """,
    """
        Somebody had hung a swing there, and left it. It went a little to and fro, as though it had only just been got off.
        “Perhaps it's for the next person,” said {hero}.
        “I'm the next person,” said {pal} at once.

        So {pal} swung and {hero} pushed, and then it was the other way about.
        High up, just at the top, where you weigh nothing, there was a moment when one could see right over everything. // At the very top there was a tiny stop, when you're neither going up nor coming down, and {hero} kept {their} eyes open for it each time.
        + “What's over there?” called {pal}. ¶ “More!” called {hero}.
        When they left, it was still swinging, for whoever was next.
    """,
    """
        They met a postman sitting on his bag, with his boots off.
        “I've one letter over,” he said, “and it's got no address on. Would it be yours?”
        It was. You could tell, for it said: *To whoever is halfway.* // “Are you two halfway, by any chance?” he asked. It said so on the envelope: *Whoever is halfway.*

        {hero} opened it. Inside there was a dried flower, and on the paper there was a single line: *It's worth it.*
        “Who is it from?” asked {pal}.
        “Perhaps from whoever is already there,” said {hero}.
        + The postman put his boots on again. He seemed to have a spring in them.
    """,
    """
        Here they had a wash, because {grown} would have wanted it: one finger each, and then, as it wasn't so bad, a nose.
        {hero} hung both socks on a twig to dry, and they hung there like two people on holiday.
        “Shall I tell you a secret?” said {pal}. “I didn't know that we'd get this far.” // “I'm going to tell you something,” said {pal}. “This morning I was nearly ill. In the middle of the night I *was* ill.”
        “Nor did I,” said {hero}.
        They both looked back at the morning, a long way off, and gave it a nod.
        + One of the socks had fallen asleep.
    """,
)

ALONE = (
    "This time they waited for somebody to come by and help. Nobody came. Then {hero} had the odd feeling that somebody was there already.",
    "No one dropped from a tree this time, or came up out of the water. There was only {hero}, and everything that {hero} had heard that day.",
    "“We could wait for help,” said {pal}.\n“We could *be* it,” said {hero}, and felt rather tall.",
    "{hero} looked left, and {hero} looked right. There was nobody about with good advice. So it would have to come from inside.",
)
ALONE_AFTER = (
    "“Who told you that?” asked {pal}.\n“I think I did,” said {hero}.",
    "“You sounded just like someone who knows,” said {pal}. {hero} was as surprised as anybody.",
    "“That was you,” said {pal}, “all by yourself.”\n“By *our*selves,” said {hero}.",
    "{pal} looked at {hero} for some time.\n“You've grown,” said {pal}, “since breakfast.”",
)

LAST_LINES = (
    "Outside, the night went on for miles, and every bit of it was friendly.",
    "And if they haven't woken up yet, they are sleeping still.",
    "“{hero}?” whispered {pal}.\n“Yes?”\n“Where shall we go tomorrow?”",
    "Somewhere far away a little train hooted, like the last word of a story.",
    "The moon looked in, counted them, one, two, and went on with its round.",
    "And the day, which had been a big one, folded itself up small and lay down at the end of the bed.",
    "Then there was no sound in the room but two people breathing, one of them with a slight whistle.",
    "There was a bit of sand in the bed, or star, or something, and nobody minded at all.",
    "And that, as {pal} always says at this point, is the whole truth, apart from the bits about the soup.",
)

EVENINGS = (
    "They told it all, with their mouths full and in the wrong order, and {grown} said “No!” and “Go on!” in the right places.",
    "There was so much to tell that they both told it at once, and {grown} looked from one to the other as if at a tennis match.",
    "Four pockets were emptied onto the table: moss, string, a pebble, half a biscuit, and something that nobody could explain.",
    "“You've brought back a bit of everywhere,” said {grown}, brushing them down, and swept it into a little heap.",
    "Their boots stood side by side by the door, and looked as though they too would have a lot to say.",
    "{grown} listened to every word, and forgot to tell them that it was late.",
)

ENDING_TITLES = (
    "Home Again",
    "Two Heads on One Pillow",
    "The Same Bed, a Bit Smaller",
    "Goodnight",
    "What Was Still in the Pockets",
    "Before the Light Went Out",
)
REST_TITLES = ("Halfway", "A Stop for Lunch, or Something Like It", "The Middle of the Day", "A Small Rest")

LEFT_OVER = (
    "What {hero} found that day would have filled a bigger bag.",
    "It was one of those moments that a journey keeps for the people who look about them.",
    "Nobody had planned this part, and it may have been the best one.",
    "This bit they very nearly left out, and they were always glad that they hadn't.",
)

LOOKS = (
    "{hero} was {age}, with {looks}.",
    "{hero} was {age} years old and had {looks}.",
    "You would have known {hero} anywhere: {age} years old, {looks}.",
)
