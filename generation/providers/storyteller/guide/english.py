"""English words of guides and workbooks: authored scaffolding that asks, orders and leaves room.

A chapter's text is blocks between blank lines. A block that begins with `+ ` is left out of a shorter
chapter, one with `++ ` is added to a longer one; ` // ` parts wordings of a block. Slots are filled by
`writing.py`; nothing here says anything about the world that only the member's notes could know.
"""

from __future__ import annotations

from .entries import About, GuideWords, Module, Pack

MODULES = {
    "stand": Module(
        title="Where You Stand",
        item="map",
        beats=(
            "Take stock of what is already there, in one sitting.",
            "Separate what you know from what you assume.",
        ),
        text="""
Every plan begins somewhere, and it is seldom at the beginning. Before you decide anything about {topic}, look at what is already true: what you have, what you know, who is with you. // A plan that starts from wishes is soon in trouble. Start this one from an inventory. What follows is about {topic}, but first of all it is about you.

Your goal, in your own words: *{goal}*. Keep it in sight while you fill in these pages, and be honest rather than complete. A short true answer is worth more than a long hopeful one.

## A snapshot

| Question | Today’s answer |
|---|---|
| Why this, and why now? | |
| What have I already done towards it? | |
| What do I have that would help? | |
| What have I tried before, and what came of it? | |
| How many hours a week can I truly give? | |

+ ## Known, assumed, unknown

+ Most surprises come out of the middle column. Put each thing you believe about your project where it belongs, then look at every assumption and ask how you could turn it into knowledge.

+ | I know, and can show how | I assume | I do not know yet |
|---|---|---|
| | | |
| | | |
| | | |

## Before you turn the page

- [ ] I have written one honest sentence about why I want this.
- [ ] I have counted the hours, and taken a quarter of them off again.
- [ ] I have marked the assumption that worries me most.

++ ## A letter to yourself

++ Write five lines to the person you will be when this is finished. What do you hope they can say? Fold the page, date it, and open it when you reach the last chapter.
""",
    ),
    "goal": Module(
        title="A Goal You Can Measure",
        item="flower",
        beats=("Turn the goal into something that can be seen, counted and dated.", "Decide what is enough."),
        text="""
A goal is useful when two people, looking at the same thing on the same day, would agree whether it has been reached. Yours reads: *{goal}*. Let us make it as plain as that. // “I shall know it when I see it” is a pleasant goal to have and a hard one to reach. Yours reads: *{goal}*. In this chapter it gets edges.

There is nothing wrong with a modest number. A small goal that is reached makes room for the next one; a grand one that is missed mostly makes excuses.

## From words to a test

1. Who will be better off, and how would they notice?
2. What could a visitor see, touch or count on the day it is done?
3. By which date? Write a day, not a season.
4. What is the least that you would still call a success?
5. What will you *not* do, so that this gets done?

## Your goal in one line

| By (date) | I want to have | I shall see it by | Enough would be |
|---|---|---|---|
| | | | |

+ ## Three sizes

+ Give your goal in three sizes, and begin with the smallest. You can always move up.

+ | Size | What it looks like | What it would take |
|---|---|---|
| Small: surely | | |
| Middle: with some luck | | |
| Large: if everything goes well | | |

## A test of the goal

- [ ] Someone who does not know me could tell whether it is reached.
- [ ] It depends mostly on what I do myself.
- [ ] I have said it aloud to somebody.

++ ## Say it shorter

++ Write the goal as you would put it to a child of eight. If that is hard, the goal is not clear yet; the trouble is hardly ever the child.
""",
    ),
    "find_out": Module(
        title="What You Need to Find Out",
        item="telescope",
        beats=("List the questions that decide most.", "Write beside each whom you could ask."),
        text="""
Nobody starts out knowing everything, and nobody needs to. What you need is a list of questions in the right order, and beside each a name. This workbook does not answer them: the answers depend on where you are and whom you ask, and a made-up answer would only look like help. // This chapter is a list of questions and not of answers, and that is on purpose. The true answers about {topic} belong to your own place, people and year. What can be given you in advance is good questions.

## Questions that decide a great deal

| Question | Whom could I ask? | Answer, with its source |
|---|---|---|
{question_rows}

+ ## How to choose which comes first

+ Give each question a mark from 1 to 3 for how much hangs on it, and another for how easily it can be answered. Multiply. Begin at the top of the list.

## Asking well

- [ ] Before each conversation I write down the one thing I most need to know.
- [ ] I ask for an example, not only for an opinion.
- [ ] I ask, “What would you do differently today?”
- [ ] I ask, “Who else should I speak to?”
- [ ] I note the date and the name beside every answer.

++ ## Two that disagree

++ When two people tell you opposite things, write both down, side by side, with what each of them had in mind. Often both are right, about different cases. Which of the two is yours?
""",
    ),
    "people": Module(
        title="People and Roles",
        item="letter",
        beats=("Say who does what, and who decides.", "Find the gaps before they find you."),
        text="""
Even something that one person does alone rests on others: those who help, those who allow it, those who will have to live with it. It pays to write down their names while it is still early. // Things go wrong between people more often than they go wrong with things. An hour spent on who does what, and who decides, is seldom wasted.

## Who is in it

| Role | What it means here | Who | Have they said yes? |
|---|---|---|---|
{role_rows}
| Somebody who stands in when another is ill | | | |

## Who decides

1. Which decisions can anybody take alone?
2. Which need everyone?
3. What happens when you do not agree, and by when is it settled?

+ ## Those who are not at the table

+ Who is touched by this without having been asked? Write down two, and what each of them would hope for or be afraid of. Then plan one conversation with each.

+ | Who | Their hope | Their worry | When I shall speak to them |
|---|---|---|---|
| | | | |
| | | | |

## How we treat each other

- [ ] Everyone knows what is expected, and for how long.
- [ ] Everybody knows how to say no, or stop, without a quarrel.
- [ ] There is one place where what was agreed is written down.

++ ## Thanks

++ How will those who helped find out that it mattered? Decide it now, when it costs you only a line.
""",
    ),
    "place": Module(
        title="Place, Tools and Time",
        item="basket",
        beats=(
            "List what is needed, what is there and what can be borrowed.",
            "Look at the place with your own eyes.",
        ),
        text="""
Now for the things one can touch. What do you need for {topic}, what is there already, and what could be borrowed, shared or done without? // A list of what is missing is only half a list. The better half tells you what you already have, or could ask for.

## What it takes

| Needed | Have it | Can borrow or share | Must get | By when |
|---|---|---|---|---|
{resource_rows}

+ ## Going to look

+ Choose one hour to look at the place where it is going to happen, or, if it happens at a desk, at the desk. Go at the time of day when you will really be using it. Take this page along.

+ | What I see | What I hear and smell | What surprised me | What I must ask about |
|---|---|---|---|
| | | | |
| | | | |

## Borrow, buy or do without

1. How often shall I use it? Once: borrow. Weekly: look for a good one.
2. Who nearby has one that stands idle?
3. If I had to do without it, what would I do instead?

## Ready?

- [ ] I have been there, and looked.
- [ ] I know what I can begin with today, just as things are.
- [ ] I have asked for one thing that I was going to buy.

++ ## Where it lives

++ For each thing on your list, say where it is kept and who puts it back. It sounds petty, and it is the first thing that shared projects quarrel about.
""",
    ),
    "money": Module(
        title="What It Costs",
        item="key",
        beats=("Put a figure, or an honest question mark, beside everything.", "Know who pays, and when."),
        text="""
There are no prices in this chapter, because a price is true only in one place and at one time. There is a table instead, and it is yours to fill. Put in a figure where you have one, a range where you have two, and a question mark where you have none. The question marks are your shopping list for answers. // An honest question mark is better than a guess that looks like a price. Fill in what you know, mark what you do not, and write beside each figure where you have it from.

## The table

| What | Once | Each month or season | Where the figure comes from | Who pays |
|---|---|---|---|---|
{money_rows}
| Something nobody thought of | | | | |
| **Together** | | | | |

## Three questions about money

1. What is the smallest sum with which something real could begin?
2. What would you leave out first, if there were only half?
3. Who needs to know about the money, and how often?

+ ## Where it could come from

+ | Source | How much | What they expect in return | Asked on | Answer |
|---|---|---|---|---|
| My own pocket | | | | |
| | | | | |
| | | | | |

## Before you spend

- [ ] I have two figures from different people for everything large.
- [ ] The row “something nobody thought of” is not empty.
- [ ] It is written down who may spend how much without asking.

++ ## What it gives

++ Not everything that comes back is money. Write down three other things that this will give, and to whom.
""",
    ),
    "calendar": Module(
        title="A Calendar for the First Season",
        item="kite",
        beats=("Lay the work out in weeks, from the end backwards.", "Keep some of it empty."),
        text="""
Plans are easiest to make backwards. Begin with the date on which you want to be able to say “done”, and ask what has to be true a week before that, and a week before that again, until you arrive at this week. // A calendar does not make you faster. It shows you early what will not fit, while that can still be changed.

## From the end backwards

| When | What must be done by then | Who | What it depends on |
|---|---|---|---|
| The last day: | | | |
| The middle: | | | |
| The first month: | | | |
| This week: | | | |

## The first six weeks

| Week | One thing to finish | Hours | Done |
|---|---|---|---|
| 1 | | | |
| 2 | | | |
| 3 | | | |
| 4 | (left empty on purpose) | | |
| 5 | | | |
| 6 | | | |

+ ## What cannot wait and what can

+ {season_prompt}

+ | Has a fixed date | Has to come before something else | Can be done at any time |
|---|---|---|
| | | |
| | | |
| | | |

## A calendar you can believe

- [ ] There is only one thing to finish in each week.
- [ ] Holidays, examinations and other people’s plans are in it.
- [ ] One week in four is empty, and I am going to defend it.

++ ## A weekly quarter of an hour

++ Choose a day and a time for a standing appointment with this page. Three questions: what got done, what did not, what comes next? Fifteen minutes, then close the book.
""",
    ),
    "risks": Module(
        title="What Could Go Wrong, and the First Small Step",
        item="umbrella",
        beats=(
            "Think of what could go wrong, and of the first sign of it.",
            "Then take a step so small that it cannot fail.",
        ),
        text="""
Worrying is thinking without a pencil. With a pencil it becomes something useful: a list, with a plan beside each line. // Imagine that it is a year from now and it has all gone wrong. It is not hard to say why, is it? Write that down, while there is time to do something about it.

## A pencil for your worries

| What could happen | How likely (1 to 3) | How bad (1 to 3) | The first sign of it | What I would do |
|---|---|---|---|---|
{risk_rows}
| | | | | |

Multiply the two figures. Everything with 6 or more deserves ten minutes now. Everything with 1 or 2 may be forgiven in advance.

## The first small step

Big steps get put off. So look for one so small that it would be silly not to take it: a telephone call, a measured corner, a page.

| What I am going to do | On which day, at what time | How I shall know that it is done |
|---|---|---|
| | | |

+ ## If then

+ - If I have not begun by that day, then I shall ______________________.
- If somebody says no, then I shall ask ______________________.
- If I lose heart, then I shall read again ______________________.

## Ready to begin

- [ ] The step takes less than half an hour.
- [ ] It is in my calendar, with a time.
- [ ] Somebody knows about it, and will ask.

++ ## When to stop

++ It is a kindness to yourself to say beforehand when you would stop. Under which conditions is stopping the right thing, and whom would you tell first?
""",
    ),
    "review": Module(
        title="Looking Back, and Sources Worth Keeping",
        item="book",
        beats=("See what worked, and keep what you learned.", "Say where every answer came from."),
        text="""
The end of a season is the best moment of all for learning, and the one at which everybody wants to go home. Take an hour, with something good to drink, and do it before you forget. // What did not work is worth as much as what did, provided that it gets written down. These pages are for whoever does it next, and that may be you.

## Looking back

| What I had planned | What happened | What I would do again | What I would not |
|---|---|---|---|
| | | | |
| | | | |
| | | | |

1. What was easier than you had feared?
2. What took longest, and did it need to?
3. Who should be thanked, and has it been done?
4. Measured against *{goal}*: where do you stand now?

## Sources

Everything that you found out came from somewhere. Put it here, so that you, or somebody else, can look it up again.

| What it told me | Who or where | Date | How far I trust it (1 to 3) |
|---|---|---|---|
| | | | |
| | | | |
| | | | |

+ ## What comes next

+ - [ ] I have compared this with my letter, my snapshot or my first page.
- [ ] I have written one line of advice for a beginner.
- [ ] I know what I shall start, stop and keep on doing.

++ ## One page for the next person

++ If you had to hand all this over tomorrow, what would have to be on a single page? Write that page.

## About this book

{about}
""",
    ),
}

GENERAL = Pack(
    words=(),
    questions=(
        "Who has done something like this before, near me?",
        "What do I have to be allowed, and by whom?",
        "What has to be in place before anything else can start?",
        "What does it take in hours, honestly, from start to finish?",
        "What do beginners usually get wrong, according to those who have done it?",
        "How would I notice early that it is not working?",
    ),
    roles=(
        "Somebody who keeps the whole in view",
        "Somebody who does the work with their hands",
        "Somebody who knows more about it than I do",
    ),
    resources=("A place to do it", "Tools or equipment", "Material that gets used up", "Quiet hours"),
    money=(
        "Things to begin with",
        "Things that get used up",
        "Rent, fees or insurance",
        "Learning, advice, travel",
    ),
    risks=(
        "I run out of time",
        "Somebody who matters drops out",
        "It costs more than planned",
        "I lose heart half-way",
    ),
    season_prompt="Some things have a date of their own, and others only seem to. Sort yours into the three columns.",
    place="desk",
)

PACKS = {
    "garden": Pack(
        words=(
            "garden",
            "allotment",
            "plant",
            "vegetable",
            "orchard",
            "farm",
            "compost",
            "flower",
            "grow",
            "seed",
        ),
        questions=(
            "How many hours of sun does each corner get, and at what time of day?",
            "Where does the water come from, and who pays for it?",
            "What is the soil like, what was there before, and who can test it?",
            "Which plants do the neighbours grow with success?",
            "When do local gardeners expect the last frost and the first?",
            "Who owns the ground, and what do they allow in writing?",
        ),
        roles=(
            "Somebody who waters when it is hot",
            "Somebody who keeps the key and the tools",
            "Somebody who speaks with the owner and the neighbours",
        ),
        resources=(
            "Ground, beds or pots",
            "Water within reach",
            "Tools for digging and cutting",
            "Seeds, plants, compost",
        ),
        money=(
            "Soil, compost and beds",
            "Seeds and young plants",
            "Tools and repairs",
            "Water, rent, insurance",
        ),
        risks=(
            "Nobody waters during the holidays",
            "The helpers are fewer by the summer",
            "Something is eaten, stolen or trodden on",
            "The weather has its own ideas",
        ),
        season_prompt="A garden keeps its own calendar. Ask somebody who has gardened nearby for years which jobs have a date, and sort yours into the three columns.",
        place="garden",
    ),
    "community": Pack(
        words=(
            "community",
            "club",
            "association",
            "neighbo",
            "volunteer",
            "festival",
            "event",
            "party",
            "meeting",
            "fair",
            "group",
            "wedding",
        ),
        questions=(
            "Who is it for, and what did they say when you asked them?",
            "Who already does something like it, and would they share?",
            "Which permission, notice or insurance does the place ask for?",
            "How will those who cannot pay, climb stairs or read the notice take part?",
            "How do you reach people who are not in any group?",
            "Who carries on when you cannot?",
        ),
        roles=(
            "Somebody who welcomes new people",
            "Somebody who keeps the list and the money",
            "Somebody who tells others about it",
        ),
        resources=(
            "A room or a place, and its key",
            "Tables, chairs, shelter",
            "A way to reach everyone",
            "Something to eat and drink",
        ),
        money=("The place", "Food and drink", "Printing and telling people", "Insurance and permits"),
        risks=(
            "Too few people come",
            "Two people fall out",
            "All the work stays with one person",
            "The place is not to be had after all",
        ),
        season_prompt="Other people’s calendars count for more than yours. Mark the days on which hardly anyone could come, then sort your jobs into the three columns.",
        place="market",
    ),
    "business": Pack(
        words=(
            "business",
            "shop",
            "sell",
            "company",
            "startup",
            "start-up",
            "customer",
            "freelance",
            "market",
            "marketing",
            "brand",
            "bakery",
            "café",
            "cafe",
            "restaurant",
        ),
        questions=(
            "Who exactly would pay for it, and what do they do today instead?",
            "What have three possible customers said in their own words?",
            "What does each sale cost you, all in?",
            "Which registration, tax and insurance rules apply where you are, and who can tell you?",
            "How would the first ten customers hear about it?",
            "How long could you go on without earning from it?",
        ),
        roles=(
            "Somebody who talks to customers",
            "Somebody who keeps the accounts",
            "Somebody who tells you the truth",
        ),
        resources=("A place to make or sell it", "Equipment", "Stock or material", "A way to be paid"),
        money=(
            "Getting started",
            "Making or buying each one",
            "Place, licences, insurance",
            "Telling people about it",
        ),
        risks=(
            "Nobody buys at that price",
            "A supplier lets you down",
            "The money comes later than the bills",
            "You are ill for a month",
        ),
        season_prompt="Some weeks sell and others do not. Ask somebody in the trade which, and then sort your jobs into the three columns.",
        place="market",
    ),
    "learning": Pack(
        words=(
            "learn",
            "study",
            "language",
            "course",
            "teach",
            "school",
            "exam",
            "skill",
            "practis",
            "practic",
            "instrument",
            "piano",
            "guitar",
            "chess",
            "reading",
            "run",
            "running",
            "marathon",
            "fitness",
            "yoga",
            "train",
        ),
        questions=(
            "What should I be able to do at the end that I cannot do now?",
            "How do people who can do it practise, week by week?",
            "Who could watch me and tell me what to change?",
            "What is the usual order of steps, and which may be skipped?",
            "How shall I notice progress in weeks when it does not feel like any?",
            "What do I need to be careful about, and who can tell me?",
        ),
        roles=(
            "A teacher, or somebody one step ahead",
            "Somebody to practise with",
            "Somebody who asks how it is going",
        ),
        resources=(
            "A fixed time",
            "A place without disturbance",
            "Books, recordings or a course",
            "Something to practise on",
        ),
        money=(
            "Lessons or a course",
            "Books and material",
            "Equipment, bought or rented",
            "Tests, travel, membership",
        ),
        risks=(
            "I skip a week, and then another",
            "I practise the wrong thing",
            "I compare myself with the wrong people",
            "It hurts, or bores me",
        ),
        season_prompt="Practice fits into a week as stones fit into a jar: the big ones first. Sort what you have to do into the three columns.",
        place="library",
    ),
    "creative": Pack(
        words=(
            "write",
            "writing",
            "book",
            "novel",
            "paint",
            "draw",
            "photo",
            "film",
            "music",
            "song",
            "podcast",
            "theatre",
            "poem",
            "memoir",
            "blog",
            "craft",
            "knit",
            "sew",
        ),
        questions=(
            "Who is it for, and what should they feel at the end?",
            "Which three works would you be proud to stand beside, and why those?",
            "What do you need to look up, see or ask before you can begin?",
            "Whose story, picture or sound are you using, and may you?",
            "Who will see it first, and what shall you ask them?",
            "When is it finished?",
        ),
        roles=(
            "A first reader, viewer or listener",
            "Somebody with the technical knowledge",
            "Somebody who keeps you company while you work",
        ),
        resources=(
            "Fixed hours",
            "A corner that stays set up",
            "Material and tools",
            "Examples to learn from",
        ),
        money=("Material", "Equipment or software", "Help from others", "Showing, printing, sending"),
        risks=(
            "The middle is hard and I stop there",
            "I polish the beginning for ever",
            "Somebody’s opinion knocks me over",
            "Life gets in the way",
        ),
        season_prompt="A large work is made of sittings. Count how many you really have, and sort the jobs into the three columns.",
        place="desk",
    ),
    "home": Pack(
        words=(
            "house",
            "home",
            "kitchen",
            "renovat",
            "build",
            "repair",
            "furniture",
            "moving",
            "room",
            "bathroom",
            "roof",
            "flat",
            "apartment",
        ),
        questions=(
            "What is behind, under or above it, and who can tell you before you open it?",
            "Which work may you do yourself where you live, and which not?",
            "In what order do those who do it for a living go about it?",
            "What has to keep working in the meantime?",
            "Where does the rubbish go?",
            "Who has to be told, and how early?",
        ),
        roles=(
            "Somebody who has done it before",
            "Somebody with a licence, where one is needed",
            "Somebody to hold the other end",
        ),
        resources=(
            "Tools",
            "Material, with some to spare",
            "Somewhere to put things meanwhile",
            "Dry, free days",
        ),
        money=("Material", "Skilled work", "Hire of tools, skips, vans", "A reserve"),
        risks=(
            "What is behind the wall is not what I thought",
            "It takes twice as long",
            "Something else breaks",
            "The material is late",
        ),
        season_prompt="Some work needs dry weather, other work an empty house. Find out which of yours does, and sort it into the three columns.",
        place="kitchen",
    ),
    "travel": Pack(
        words=(
            "travel",
            "trip",
            "journey",
            "holiday",
            "hike",
            "hiking",
            "cycling",
            "tour",
            "abroad",
            "camping",
            "pilgrim",
            "sailing",
        ),
        questions=(
            "What do I want to have seen or done, and what could be left out?",
            "Which papers, permits or vaccinations are needed, according to an official source?",
            "What is the weather usually like then, and what do local people do about it?",
            "How far is a good day’s distance, for the slowest of us?",
            "What do I do if I am ill, robbed or stranded?",
            "Whom can I ask who has been there in the past year?",
        ),
        roles=(
            "Somebody who has the papers and the times in hand",
            "Somebody who stays behind and knows where I am",
            "Somebody who has been there",
        ),
        resources=(
            "A map that works without a signal",
            "Shoes, clothes, luggage",
            "Papers and copies of them",
            "Places to sleep",
        ),
        money=("Getting there and back", "Sleeping", "Eating", "Insurance and emergencies"),
        risks=(
            "Somebody falls ill",
            "A connection is missed",
            "We want different things",
            "The weather turns",
        ),
        season_prompt="Book what can run out; leave open what cannot. Sort your list into the three columns.",
        place="station",
    ),
}

WORDS = GuideWords(
    modules=MODULES,
    general=GENERAL,
    packs=PACKS,
    workbook_title="{topic}: A Workbook",
    untitled="A Workbook of Your Own",
    guide_title="{topic}: A Guide from Your Own Notes",
    no_topic="your project",
    no_goal="still to be written, on the next pages",
    workbook_subtitle="A planning workbook",
    premise_workbook="A workbook that asks, orders and leaves room. It was made without a language model and without notes, so it states no facts about its subject.",
    premise_notes="A guide made of your own notes. Every factual sentence is yours and carries its number; the rest asks questions and leaves room. No language model was used.",
    reader_role="the reader",
    reader_note="fills in the answers",
    starting=Module(
        title="How Your Notes Fit Together",
        item="map",
        beats=("See what the notes cover, and in which order they are told.", "Set the goal beside them."),
        text="""
This guide is about {topic}, and it is built out of {count} of your own. Your goal reads: *{goal}*. The notes have been sorted by what they speak about; each of the following chapters takes up one group. // Here are {count} of yours about {topic}, in a new order. What belongs together stands together now, and your goal goes in front: *{goal}*.

A number in square brackets names the note that a sentence comes from. A sentence without a number is not a fact about the subject: it is a question, an exercise or a signpost.

## What the chapters take up

| Chapter | Words that your notes share | Notes |
|---|---|---|
{overview_rows}

## Before you start reading

1. Which of these chapters decides most about your goal?
2. Which of them do you know most about from your own experience?
3. Which looks thin, for all that you know it matters?

+ - [ ] I have marked the chapter I shall read first.
- [ ] I have checked that none of my notes is out of date.

++ ## A test

++ Before reading on, write down from memory the three notes that matter most. Compare them afterwards with the text.
""",
    ),
    closing=Module(
        title="What to Do, What Is Missing",
        item="key",
        beats=("Put the steps from the notes into a plan.", "Say plainly what the notes do not answer."),
        text="""
Here the steps from all the chapters come together, so that you can put a date to them. // A plan is a list with names and days in it. The list comes from your notes; the names and days have to come from you.

## Steps from your notes

{steps_table}

## What is still missing

{missing}

+ ## Questions that the notes leave open

+ | Question | Whom could I ask? | Answer, with its source |
|---|---|---|
{question_rows}

## The first small step

| What I am going to do | On which day, at what time | How I shall know that it is done |
|---|---|---|
| | | |

- [ ] It takes less than half an hour.
- [ ] It is in my calendar.
- [ ] Somebody knows about it, and will ask.

++ ## Looking back

++ In a month, come back to this page. Which note proved right, which wrong, and which one was missing?
""",
    ),
    about_title="About This Book",
    about_item="book",
    about_beats=("What this book is made of, and what it is not.",),
    about=About(
        notes="""
This book was made without a language model. Every sentence that states a fact about {topic} is one of your own notes, copied word for word and marked with its number. Nobody has checked whether the notes are right; that remains with you.

The rest, that is the order, the questions, the tables and the exercises, is scaffolding written in advance by people for any subject. Groups of notes were found by counting the words that they share, and a chapter’s title is made of such words. If a note has landed in the wrong place, move it.

## Your notes, as you gave them

{note_list}

## Where they came from

A note becomes worth more when it says where it comes from.

| Note | Source | Date | How far I trust it (1 to 3) |
|---|---|---|---|
{source_rows}
""",
        workbook="""
This book was made without a language model, and without notes. It knows nothing about {topic} and does not pretend to. Its questions, tables and checklists were written in advance by people, and chosen by the words of your topic and your goal. Everything that is true in it will be what you write into it yourself.

When you add notes of your own and make the book again, it will sort them into chapters and quote each with its number. With a language model connected, it could also write running text, and that would need checking.
""",
    ),
    note_chapter="""
{intro}

## What your notes say

{statements}

{reasons}

{steps}

{figures}

## Make it yours

{exercises}

+ ## Try it out

+ Choose one line from above. Write down the smallest version of it that you can finish in twenty minutes, and how you will know that it worked.

+ | What | When | How I shall know |
|---|---|---|
| | | |

## Before you go on

{checks}

## Still missing

{gaps}

++ ## In your own words

++ Close the book and explain this chapter to somebody in three sentences. What did you leave out, and does it matter?
""",
    intros=(
        "This chapter brings together the notes that speak of {keys}. Read them first as if somebody else had written them: would you understand every one?",
        "What do the notes on {keys} have in common? You will find them here side by side, and beside them some room for what they leave out.",
        "The notes on {keys} come next. Some state, some explain, some tell you what to do. They have been put in that order.",
        "Here is what you have written about {keys}. If two of these notes disagree, do not smooth it over; write both down, and find out.",
        "A short chapter on {keys}, in your words. The questions at the end are there to be answered with a pencil.",
        "You know more about {keys} than you may have thought. Below is what you have noted so far.",
    ),
    reasons_title="Why it matters",
    steps_title="What to do",
    figures_title="Figures to keep at hand",
    figures_head="| Figure | Note |",
    exercises=(
        "In one sentence: what will be different once this chapter is settled?",
        "What do you know about “{key}” that these notes do not say?",
        "Who could check what you have noted about “{key}”?",
        "Which of these notes did you learn the hard way?",
        "What would you tell a beginner about “{key}” in half a minute?",
        "What would have to happen for you to change your mind about “{key}”?",
        "Where did you last see this done well?",
        "Which note here would you underline, and why that one?",
        "If you could keep only one of these notes, which?",
    ),
    check="I could explain note {number} without looking.",
    gap_reason="No note here gives a reason. Ask *why* of the sentence that matters most.",
    gap_step="No note here says what to do. Turn one of them into a step.",
    gap_figure="No note here gives a figure or a measure. How much, how many, how long?",
    gap_none="Statements, reasons, steps and figures are all there. What is missing is your own experience.",
    steps_head="| Step | Who | By when | Done |",
    steps_none="None of your notes tells anybody to do something. Take the three that matter most, and write down for each what follows from it.",
    missing_rows=("figures", "reasons", "steps"),
    missing_line="- Chapter “{title}”: {what}.",
    missing_all="Every chapter has reasons, steps and figures. Look now for what has changed since you wrote the notes.",
    single_key="this",
    and_word="and",
    count_one="one note",
    count_many="{number} notes",
    kinds=("statement", "reason", "step", "figure"),
    other_title="And Also",
)
