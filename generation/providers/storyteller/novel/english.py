"""English words for the plan of a novel."""

from __future__ import annotations

from .entries import Card, NovelWords

WORDS = NovelWords(
    notice="This page is a scene card, not a chapter. Octavo’s own engine plans novels but does not write them: for the prose, connect a language model, or take the card and write.",
    title="{topic}: The Plan of a Novel",
    untitled="The Plan of a Novel",
    subtitle="A plan with scene cards",
    premise="A novel about {topic}. What it is after: {goal}. These are its plan and its scene cards; the prose needs a connected language model or your own hand.",
    no_topic="a subject still to be named",
    no_goal="still to be found",
    hero="{hero}",
    hero_role="protagonist",
    hero_note="wants something badly enough to act, and does not yet know the price",
    headings=("What the chapter is for", "What stands against what", "How it turns", "Questions to answer before writing", "The card", "From your notes", "Ready to write?"),
    notes_intro="Your notes that this chapter might use, word for word:",
    rows=("Where and when", "Who is there, and who is missing", "What each of them wants right now", "First image", "Last image", "What the reader knows that {hero} does not"),
    table_head="| On the card | Yours to fill in |",
    checks=("Somebody wants something in this scene, and it is not easy to get.", "Something is different at the end from what it was at the beginning.", "It could not be left out without the next one falling down."),
    deeper_title="To go deeper",
    deeper=(
        "What is the one thing that nobody says aloud here?",
        "Which object could carry the feeling, so that nobody has to name it?",
        "What would this chapter be like if the least important person present told it?",
    ),
    cards=(
        Card("Before", ("{hero} in an ordinary day, with one crack in it.", "Something is missing that nobody mentions."), "To let the reader live in the world that is about to end, and to like somebody in it.", "What {hero} says is enough, against what {hero} looks at when nobody is watching.", "A small thing goes differently from usual, and it cannot be put back.", ("What does {hero} do every day without thinking?", "What has {hero} given up hoping for?", "Who would notice if {hero} were gone?", "What is the first thing that the reader sees?"), "town", "calm"),
        Card("The Disturbance", ("Something arrives: a letter, a person, a loss.", "It asks for an answer."), "To set the question that the whole book is going to answer.", "The wish to leave everything as it is, against a fact that has come into the house.", "For one moment {hero} wants what is going to be so costly.", ("What arrives, and why today?", "What would happen if {hero} simply did nothing?", "Who is pleased about it?", "What is misunderstood, and stays so for a long time?"), "kitchen", "wow"),
        Card("No", ("{hero} refuses, for good reasons.", "The refusal has its cost."), "To show how much there is to lose, so that going becomes an act.", "Loyalty to those at home, against the pull of what has been offered.", "The reason for staying is taken away, or turns out to be a fear.", ("What is the best argument for staying?", "Who speaks it, and what do they gain?", "What does {hero} lie about?", "What does the refusal break?"), "bedroom", "worried"),
        Card("The Door", ("{hero} goes, and cannot easily come back.", "Something is left behind on purpose."), "To close the first part and open the second: from here on there are other rules.", "The person who is leaving, against the person who has to be left.", "The way back closes behind {hero}.", ("What does {hero} take along, and what is forgotten?", "Who is at the door, and what do they not say?", "Which promise is made that cannot be kept?", "What is the first sign that the rules are different here?"), "station", "brave"),
        Card("Other Rules", ("{hero} makes mistakes in a new world.", "An ally and a rival show themselves."), "To let {hero} and the reader learn together, with some pleasure in it.", "What {hero} takes for granted, against what is taken for granted here.", "A first small success, by a means that would not have been allowed at home.", ("What is beautiful here?", "Which mistake makes everybody laugh, and which one does not?", "Who helps, and what do they want for it?", "What does the rival see quite rightly?"), "market", "wow"),
        Card("The Promise of the Book", ("The part that readers will tell their friends about.", "Underneath, a line tightens."), "To give what the title promises, in full.", "Joy in the thing itself, against the time that is running out.", "Amid the pleasure comes a piece of knowledge that cannot be unknown.", ("Which scene did you want to write this book for?", "Who is happy in it, and does not know that it is for the last time?", "What is learned by accident?", "What does {hero} begin to be good at?"), "meadow", "happy"),
        Card("The Middle", ("A victory that looks like the end, or a defeat that does.", "From now on it is serious."), "To turn the story over: the goal was the wrong one, or the right one for a wrong reason.", "What {hero} wanted, against what {hero} needs.", "{hero} stops reacting and begins to act.", ("What is won or lost, and who sees it?", "What do we learn about the beginning that changes it?", "Which mask comes off?", "What can no longer be said to be a game?"), "mountain", "brave"),
        Card("The Others Move", ("Those against {hero} answer.", "The group begins to come apart."), "To raise the price, from without and from within at the same time.", "The need to stay together, against what each of them has not told.", "Somebody whom {hero} relies on makes another choice.", ("What does the opponent want, and why is it not simply evil?", "Which secret comes out at the worst possible moment?", "Who leaves, and are they right?", "What does {hero} do that cannot quite be forgiven?"), "town", "worried"),
        Card("Everything Lost", ("The thing that must not happen, happens.", "Somebody or something is gone for good."), "To take away the last thing that {hero} could hide behind.", "{hero} against {hero}.", "Nothing turns here. It is dark, and it is allowed to be.", ("What is lost that cannot be replaced?", "What part of it is {hero}’s own fault?", "Who stays, of all people?", "What does the silence sound like?"), "cave", "sad"),
        Card("What Is Left", ("{hero} finds something small in the ashes.", "The old question gets a new answer."), "To let {hero} understand, without anyone explaining it.", "Giving up, which would be reasonable, against one thing that has remained.", "{hero} chooses, and this time knows the price.", ("Which detail from the first chapters comes back?", "What does {hero} say aloud for the first time?", "Who has to be asked for forgiveness?", "What is the plan, and who does not believe in it?"), "lake", "calm"),
        Card("The Reckoning", ("Everything that was prepared comes together.", "{hero} does what was impossible in the first chapter."), "To answer the question of the book in deeds.", "What {hero} has become, against what {hero} was most afraid of.", "It is decided, at a price, and not quite as anybody planned.", ("What can {hero} do only now?", "What has to be given up for it?", "Who surprises us?", "What is the shortest sentence in the chapter?"), "sea", "brave"),
        Card("After", ("An ordinary day again, and nothing in it is the same.", "The first image, changed."), "To let the reader leave, slowly, and to show what has been healed and what has not.", "The wish to tell it all, against what cannot be told.", "A last small gesture that would not have been possible before.", ("What does {hero} do differently without noticing?", "Which chair is empty?", "What is left open, on purpose?", "What is the last thing that the reader sees?"), "garden", "happy"),
    ),
)  # fmt: skip
