"""French words for the plan of a novel. No word agrees with the protagonist."""

from __future__ import annotations

from .entries import Card, NovelWords

WORDS = NovelWords(
    notice="Cette page est une fiche de scène, et non un chapitre. Le moteur propre à Octavo prépare des romans mais ne les écrit pas : pour la prose, connectez un modèle de langue, ou prenez la fiche et écrivez.",
    title="{topic} : le plan d'un roman",
    untitled="Le plan d'un roman",
    subtitle="Un plan et des fiches de scènes",
    premise="Un roman sur ce sujet : {topic}. Ce qu'il cherche : {goal}. En voici le plan et les fiches ; la prose demande un modèle de langue connecté, ou votre main.",
    no_topic="à nommer encore",
    no_goal="à trouver encore",
    hero="{hero}",
    hero_role="personnage principal",
    hero_note="désire quelque chose assez fort pour agir, et n'en connaît pas encore le prix",
    headings=("À quoi sert le chapitre", "Ce qui s'oppose", "Comment il bascule", "Des questions avant d'écrire", "La fiche", "Dans vos notes", "Tout est prêt ?"),
    notes_intro="Vos notes qui pourraient servir ici, mot pour mot :",
    rows=("Où et quand", "Qui est là, et qui manque", "Ce que chacun veut à cet instant", "Première image", "Dernière image", "Ce que sait le lecteur, et que {hero} ignore"),
    table_head="| Sur la fiche | À remplir |",
    checks=("Dans cette scène, quelqu'un veut quelque chose qui ne s'obtient pas facilement.", "À la fin, quelque chose n'est plus comme au début.", "On ne pourrait pas l'ôter sans que la suivante s'écroule."),
    deeper_title="Pour aller plus loin",
    deeper=(
        "Quelle est la chose que personne ne dit ici à voix haute ?",
        "Quel objet pourrait porter le sentiment, pour que personne n'ait à le nommer ?",
        "Que serait ce chapitre, raconté par la personne la moins importante de la scène ?",
    ),
    cards=(
        Card("Avant", ("Une journée ordinaire dans la vie de {hero}, avec une fêlure.", "Il manque quelque chose dont personne ne parle."), "Faire habiter un monde qui va finir, et y faire aimer quelqu'un.", "Ce que {hero} dit suffisant, contre ce que {hero} regarde quand personne ne voit.", "Une petite chose se passe autrement que d'habitude, et ne se répare pas.", ("Que fait {hero} chaque jour sans y penser ?", "Qu'est-ce que {hero} n'espère plus ?", "Qui remarquerait son absence ?", "Que voit-on en premier ?"), "town", "calm"),
        Card("Le dérangement", ("Quelque chose arrive : une lettre, une personne, une perte.", "Il faut répondre."), "Poser la question à laquelle tout le livre va répondre.", "L'envie que rien ne change, contre un fait qui est entré dans la maison.", "Un instant, {hero} désire ce qui va coûter si cher.", ("Qu'est-ce qui arrive, et pourquoi aujourd'hui ?", "Que se passerait-il si {hero} ne faisait rien ?", "Qui s'en réjouit ?", "Quel malentendu va durer longtemps ?"), "kitchen", "wow"),
        Card("Non", ("{hero} refuse, pour de bonnes raisons.", "Le refus a son prix."), "Montrer tout ce qu'il y a à perdre, pour que partir devienne un acte.", "La fidélité aux siens, contre l'appel de ce qui s'offre.", "La raison de rester disparaît, ou se révèle une peur.", ("Quel est le meilleur argument pour rester ?", "Qui le donne, et qu'y gagne cette personne ?", "Par quel mensonge {hero} justifie ce refus ?", "Que casse le refus ?"), "bedroom", "worried"),
        Card("La porte", ("{hero} part, et revenir ne sera pas simple.", "On laisse quelque chose exprès."), "Fermer la première partie et ouvrir la deuxième : ici commencent d'autres règles.", "La personne qui part, contre celle qu'il faut laisser.", "Le chemin du retour se referme.", ("Qu'est-ce que {hero} emporte, et qu'oublie-t-on ?", "Qui est sur le seuil, et que tait cette personne ?", "Quelle promesse sera impossible à tenir ?", "Quel premier signe montre que les règles ont changé ?"), "station", "brave"),
        Card("D'autres règles", ("{hero} se trompe dans un monde nouveau.", "Un allié et un rival apparaissent."), "Faire apprendre {hero} et le lecteur en même temps, et avec plaisir.", "Ce que {hero} croit évident, contre ce qui est évident ici.", "Un premier petit succès, par un moyen qu'on n'aurait pas permis à la maison.", ("Qu'est-ce qui est beau ici ?", "Quelle erreur fait rire tout le monde, et laquelle non ?", "Qui aide, et que veut cette personne en échange ?", "Sur quoi le rival a-t-il raison ?"), "market", "wow"),
        Card("La promesse du livre", ("Le passage que les lecteurs raconteront à leurs amis.", "Dessous, un fil se tend."), "Donner ce que le titre promet, sans compter.", "La joie de la chose même, contre le temps qui manque.", "Au milieu du plaisir, on apprend ce qu'on ne pourra plus ignorer.", ("Pour quelle scène vouliez-vous écrire ce livre ?", "Qui y est dans la joie, sans savoir que c'est la dernière fois ?", "Qu'apprend-on par hasard ?", "Qu'est-ce que {hero} commence à bien savoir faire ?"), "meadow", "happy"),
        Card("Le milieu", ("Une victoire qui ressemble à la fin, ou une défaite.", "À partir d'ici, c'est sérieux."), "Retourner l'histoire : le but n'était pas le bon, ou l'était pour une mauvaise raison.", "Ce que {hero} voulait, contre ce dont {hero} a besoin.", "{hero} cesse de réagir et se met à agir.", ("Que gagne-t-on ou que perd-on, et qui le voit ?", "Qu'apprend-on sur le début qui le change ?", "Quel masque tombe ?", "Qu'est-ce qui n'est plus un jeu ?"), "mountain", "brave"),
        Card("Les autres bougent", ("En face, on répond.", "Le groupe commence à se défaire."), "Faire monter le prix, du dehors et du dedans en même temps.", "Le besoin de rester ensemble, contre ce que chacun n'a pas dit.", "Quelqu'un sur qui {hero} comptait fait un autre choix.", ("Que veut l'adversaire, et pourquoi n'est-ce pas simplement le mal ?", "Quel secret sort au pire moment ?", "Qui s'en va, et avec quelles raisons ?", "Que fait {hero} qui ne se pardonne pas tout à fait ?"), "town", "worried"),
        Card("Tout est perdu", ("Ce qui ne devait pas arriver arrive.", "Quelqu'un ou quelque chose s'en va pour toujours."), "Ôter la dernière chose derrière laquelle {hero} pouvait se cacher.", "{hero} contre {hero}.", "Ici rien ne bascule. Il fait noir, et cela a le droit d'être noir.", ("Que perd-on qui ne se remplace pas ?", "Quelle part de la faute revient à {hero} ?", "Qui reste, contre toute attente ?", "Quel bruit fait le silence ?"), "cave", "sad"),
        Card("Ce qui reste", ("{hero} trouve une petite chose dans les cendres.", "La vieille question reçoit une réponse neuve."), "Laisser {hero} comprendre, sans que personne n'explique.", "L'abandon, qui serait raisonnable, contre une seule chose qui a tenu.", "{hero} choisit, et cette fois en connaît le prix.", ("Quel détail des premiers chapitres revient ?", "Que dit {hero} tout haut pour la première fois ?", "À qui faut-il demander pardon ?", "Quel est le plan, et qui n'y croit pas ?"), "lake", "calm"),
        Card("L'épreuve", ("Tout ce qui était préparé se rejoint.", "{hero} fait ce qui était impossible au premier chapitre."), "Répondre par des actes à la question du livre.", "La force que {hero} a gagnée au fil des pages, contre sa plus grande peur.", "C'est tranché, à un certain prix, et pas tout à fait comme prévu.", ("Que peut {hero} seulement maintenant ?", "À quoi faut-il renoncer pour cela ?", "Qui nous étonne ?", "Quelle est la phrase la plus courte du chapitre ?"), "sea", "brave"),
        Card("Après", ("De nouveau une journée ordinaire, et plus rien n'y est pareil.", "La première image, changée."), "Laisser le lecteur partir, lentement, et montrer ce qui a guéri et ce qui n'a pas guéri.", "L'envie de tout raconter, contre ce qui ne se raconte pas.", "Un dernier petit geste, qui n'aurait pas été possible avant.", ("Que fait {hero} autrement, sans le remarquer ?", "Quelle chaise est vide ?", "Que laisse-t-on ouvert, exprès ?", "Que voit-on en dernier ?"), "garden", "happy"),
    ),
)  # fmt: skip
