"""French prose: what the hero has yet to learn, and learns."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import LessonProse

LESSONS = {
    "courage": LessonProse(
        word="le courage",
        promise="Avoir du courage, c'est avoir peur et y aller quand même.",
        flaw="""
            {hero} ne craignait ni les araignées, ni la soupe, ni le grand bain. Mais la nuit, il fallait laisser la lumière de l'escalier, et la porte ouverte de la largeur exacte d'une chaussure.
        """,
        low_titles=("Crac, fit quelque chose", "Cours !"),
        low="""
            Le soir tombait, de cette façon sournoise qui fait qu'on y voit encore très bien, jusqu'au moment où l'on cherche ses mains.
            Derrière, quelque chose fit *crac*. // Et puis, tout près, quelque chose respira.
            {hero} partit en courant. Un tournant, puis un autre, et plus moyen de s'arrêter avant la fin du souffle.
            Alors seulement {hero} se retourna. « On a eu chaud. »
            Pas de réponse. Pas de {pal}.
            + Quelque part en arrière, là où il faisait le plus noir, une petite voix disait : « {hero} ? »
        """,
        low_beat="Un bruit dans le soir : {hero} s'enfuit, et {pal} reste en arrière.",
        turn_titles=("La peur coupée en deux", "Demi-tour"),
        turn="""
            {hero} ne décida pas vraiment de faire demi-tour. Ce furent ses pieds. Ils firent un pas, puis le suivant, avec au-dessus d'eux un cœur qui battait comme un tambour.
            « J'arrive », dit {hero}, d'une voix grosse comme un bouton.

            On se retrouva en se cognant. // Quelque chose de tiède lui rentra dedans, dans le noir, et c'était exactement le bon quelque chose.
            « J'ai eu peur, dit {pal}.
            — Moi aussi, dit {hero}. J'ai encore peur. »
            Et c'était cela, le plus étrange. Une fois dite à deux, la peur était moitié moins grosse, et l'on pouvait en porter chacun un bout.
            + On la porta un moment, et puis on dut la poser quelque part.
        """,
        turn_beat="{hero} revient dans le noir, et la peur partagée est moitié moins grosse.",
        echo="""
            « Je laisse la lumière ? » demanda {grown}.
            {hero} prit le temps d'y penser. « Pas la peine. Le noir, c'est seulement le jour qui ferme les yeux. »
        """,
    ),
    "kindness": LessonProse(
        word="la gentillesse",
        promise="On a toujours le temps d'un geste gentil.",
        flaw="""
            {hero} courait tout le temps, et quand on court on ne remarque pas grand-chose de plus petit qu'un autobus.
        """,
        low_titles=("Pas le temps", "Trop vite pour les petits"),
        low="""
            Il était tard, et {hero} marchait devant.
            Un scarabée gisait sur le dos, les pattes en l'air. « Pas le temps », dit {hero}. Un escargot demanda si c'était loin. « Pas le temps ! » // Un scarabée sur le dos dit s'il te plaît. Un escargot dit pardon. {hero} enjamba les deux.
            « Tu n'as même pas regardé, dit {pal}, assez loin derrière.
            — Alors regarde *plus vite* », lança {hero}, et cela sortit avec plus de pointes que cela n'en avait en entrant.
            {pal} ne répondit pas.
            + Cela fait un bruit énorme, quelqu'un qui ne répond pas.
        """,
        low_beat="Trop vite, {hero} passe devant les petits et parle durement à {pal}.",
        turn_titles=("Onze pas en arrière", "Le merci du scarabée"),
        turn="""
            Il y avait onze pas à refaire. {hero} les compta, et chacun pesait plus que le précédent.
            C'est alors seulement que {hero} vit la fatigue de {pal}, et qu'elle ne datait pas d'hier. « Allez, monte », dit {hero}, et {pal}, à bout de forces, se laissa porter sans discuter.
            On dit à l'escargot que ce n'était pas loin. On retourna le scarabée, d'un doigt, comme on tourne une page.

            « Ce n'est pas en avant, ça, murmura {pal}. // « On va dans le mauvais sens, dit {pal}, de là-haut.
            — Je sais, dit {hero}. J'avais oublié quelque chose. »
            Et le scarabée, en s'en allant, écarta une feuille morte, et sous la feuille il y avait la flèche qu'on avait manquée en courant.
            + Elle disait : *Par ici, si vous avez le temps.*
        """,
        turn_beat="{hero} revient, porte {pal}, et s'occupe de ceux qu'on avait laissés.",
        echo="""
            « Et toi, ta journée ? » demanda {hero} à {grown}. Et, chose nouvelle, {hero} attendit la réponse.
        """,
    ),
    "patience": LessonProse(
        word="la patience",
        promise="Il y a des choses qui ne viennent qu'à ceux qui attendent.",
        flaw="""
            {hero} ne savait pas attendre. Les cadeaux, {hero} les ouvrait la veille, et les gâteaux, {hero} les mangeait quand c'était encore de la pâte.
        """,
        low_titles=("Le raccourci", "Plus vite, dit {hero}"),
        low="""
            Il y avait un très bon chemin, et il faisait le tour. // Le vrai chemin faisait le tour, tranquillement, comme une vache qui rentre.
            « Faire le tour, c'est *long*, dit {hero}. Je connais un raccourci. »
            Il commençait bien. Puis il devint étroit, ensuite il devint collant, et il finit plein de coudes. On se dépêchait, parce que c'était affreux, et plus on se dépêchait, plus c'était affreux.
            Et il ressortait exactement là où il était entré.
            « C'est vrai que c'était *rapide* », dit {pal}.
            + {hero} s'assit par terre et aurait bien pleuré, mais cela aurait pris trop de temps.
        """,
        low_beat="{hero} ne veut pas attendre et prend un raccourci, qui ne mène nulle part.",
        turn_titles=("De l'autre côté de l'ennui", "Comment on attend"),
        turn="""
            Alors on attendit. C'est plus dur que cela n'en a l'air.
            Au début, c'était ennuyeux. Ensuite, c'était *très* ennuyeux. {hero} compta ses doigts, et il y en avait toujours dix.
            Mais de l'autre côté de l'ennui il y avait autre chose. {hero} commença à entendre : une feuille qui se retourne, un grillon qui s'accorde. // Mais quand on attend jusqu'au bout de l'ennui, on en ressort de l'autre côté, et c'est assez joli, avec une petite brise.

            Et puis, à son heure à elle, la lune se leva, et posa une longue ligne blanche sur le vrai chemin, depuis leurs pieds jusqu'au bout.
            « Ce n'était pas si loin, dit {pal}.
            — Juste lent », dit {hero}.
        """,
        turn_beat="On attend, et à son heure la lune se lève et montre le chemin.",
        echo="""
            Il y avait un biscuit sur une assiette, près du lit. {hero} commença par le regarder une minute entière, rien que pour le voir être un biscuit.
        """,
    ),
    "sharing": LessonProse(
        word="le partage",
        promise="La moitié, à deux, c'est plus que le tout sans personne.",
        flaw="""
            La part avec la cerise, la place côté fenêtre et la tasse bleue étaient toujours pour {hero}. Cela tombait comme ça, voilà tout.
        """,
        low_titles=("Le dernier gâteau au miel", "Un goût de coussin"),
        low="""
            Il restait un gâteau au miel dans le sac.
            {hero} ne décida rien. {hero} marchait un peu devant, par hasard, il y eut un tournant, par hasard, et le gâteau se trouva dans sa bouche. // On l'avait gardé pour plus tard. Mais {hero} prit un peu d'avance, et ce fut plus tard, et il n'y en eut plus.
            C'était le meilleur, celui avec l'amande. Il aurait dû être délicieux. Il avait un goût de coussin.
            « Attends-moi ! cria {pal}. Je t'ai gardé la moitié de ma prune ! »
            + L'amande descendit comme une pierre.
        """,
        low_beat="{hero} mange en cachette le dernier gâteau, et il n'est même pas bon.",
        turn_titles=("Un quart de prune", "La moitié de la moitié"),
        turn="""
            {hero} regarda la moitié de prune. C'était la plus grosse. Elle avait voyagé tout ce temps, et elle était un peu tiède.
            « J'ai mangé le gâteau, dit {hero}. En entier. Derrière le tournant. »
            {pal} réfléchit à cela. // Il y eut un silence, avec un gâteau dedans.
            « Il était bon ?
            — Non.
            — Alors c'est une chance qu'on ait une prune », dit {pal}, et il y eut un deuxième partage, bien au milieu.
            Voici d'ailleurs un calcul à essayer chez soi : un quart de prune, quand on est deux, c'est plus qu'un gâteau.
            + On planta le noyau ensemble, pour plus tard.
        """,
        turn_beat="{hero} avoue, et {pal} partage ce qui reste.",
        echo="""
            Il y avait une part de tarte avec une cerise dessus. {hero} la coupa en deux, regarda longuement les deux moitiés, et donna celle de la cerise à {grown}.
        """,
    ),
    "honesty": LessonProse(
        word="l'honnêteté",
        promise="La vérité est plus légère à porter.",
        flaw="""
            Quand {hero} ne savait pas quelque chose, {hero} l'inventait, et avec beaucoup de talent. « La lune, expliquait {hero}, on la rentre tous les soirs pour la laver. »
        """,
        low_titles=("Je connais le chemin", "Les oreilles roses"),
        low="""
            « Tu sais où on est ? demanda {pal}.
            — Bien sûr », dit {hero}. Ce n'était pas vrai, même pas sur les bords. // — Évidemment », dit {hero}, qui n'en savait rien depuis un bon moment.
            On alla donc à gauche, car rien ne sert de connaître le chemin si l'on n'en prend aucun. On alla encore à gauche. « C'est bien ce que je pensais », dit {hero} devant un mur, et « On y est presque » devant rien du tout.
            La nuit venait. Et c'était de nouveau le même mur.
            + « On se connaît ? » lui demanda {pal}.
            On ne savait plus du tout où l'on était, et depuis longtemps, mais une seule personne le savait.
        """,
        low_beat="{hero} fait semblant de connaître le chemin, et les égare.",
        turn_titles=("Je ne sais pas", "Tout petit, mais vrai"),
        turn="""
            « Je ne connais pas le chemin », dit {hero}. Cela sortit tout petit. « Je ne le connaissais pas avant non plus. Je l'ai seulement dit. »
            « Je sais, dit {pal}. Tes oreilles deviennent roses.
            — Alors pourquoi tu es là ? // — Tu *savais* ? Et tu es là quand même ?
            — C'était mieux que de te laisser te perdre sans moi. »

            {hero} sentit un grand poids rouler par terre, et l'entendit. Et maintenant que plus personne ne faisait semblant, on pouvait regarder autour de soi. Il y avait une lumière, là, assez bas. Cela faisait trois fois qu'on passait devant, le nez en l'air.
            + On ne voit pas grand-chose quand on passe son temps à tout savoir.
        """,
        turn_beat="{hero} dit la vérité, et à deux on retrouve le chemin.",
        echo="""
            « Et du courage, tu en as eu toute la journée ? demanda {grown}.
            — Non, dit {hero}. À peu près la moitié. » Et c'était vrai d'un bout à l'autre.
        """,
    ),
    "curiosity": LessonProse(
        word="la curiosité",
        promise="Une bonne question ouvre plus de portes qu'une clé.",
        flaw="""
            Autrefois {hero} demandait *pourquoi* cent fois par jour. Mais un jour quelqu'un avait soupiré, et depuis {hero} ne demandait plus que l'heure et le beurre.
        """,
        low_titles=("Ce n'est qu'une pierre", "Juste devant"),
        low="""
            {hero} marchait au pas, les yeux par terre.
            « Regarde ça ! dit {pal}.
            — Ce n'est qu'une pierre, dit {hero} sans ralentir.
            — Mais écoute !
            — Ce n'est qu'un bruit. » // — Un bruit, il y en a plein. Allez, viens. »
            Et c'est ainsi qu'on arriva au bout du chemin, et c'était bien cela : le bout du chemin. Il n'y avait là rien du tout, pas même quelqu'un à qui demander.
            + {pal} se retourna. Cela faisait un bon moment que {pal} se retournait.
            « C'était là-bas, dit {pal}. Je ne sais pas ce que c'était, mais c'était là-bas. »
        """,
        low_beat="{hero} ne demande rien, ne regarde rien, et passe à côté de l'indice.",
        turn_titles=("La première question", "Pourquoi c'est bleu ?"),
        turn="""
            « Quelle sorte de pierre ? » demanda {hero}. C'était une vraie question, de celles qui ne connaissent pas la réponse, et elle grinça un peu.
            « Une pierre qui fredonne », dit {pal}.
            On y retourna, on la souleva. Le dessous était bleu, d'un bleu de martin-pêcheur, et il y courait une fine ligne blanche, comme une route. // On la retourna. De l'autre côté, quelqu'un avait peint en bleu une carte minuscule.
            « Qui l'a faite ? Pourquoi c'est bleu ? Ça va où ? » Derrière la première question, il y en avait une douzaine, et toutes poussaient.

            Il n'y eut plus qu'à suivre, car chaque réponse avait une autre question attachée à la queue.
            + « Ça m'avait manqué », dit {pal}.
        """,
        turn_beat="{hero} pose une première question, et chaque réponse mène plus loin.",
        echo="""
            « Où vont les genoux de quelqu'un d'assis, quand il se lève ? » demanda {hero}, tout au bord du sommeil.
            {grown} se rassit sur le lit. La soirée serait longue, de la meilleure espèce.
        """,
    ),
    "sorry": LessonProse(
        word="le pardon",
        promise="Un vrai pardon répare ce qu'il peut, et un petit peu plus.",
        flaw="""
            Il y avait un mot que {hero} n'arrivait pas à dire. Il n'était pas long. Il avait deux syllabes, et il restait coincé chaque fois.
        """,
        low_titles=("Une fente dans la perle bleue", "Ce n'était la faute de personne"),
        low="""
            {pal} avait un trésor : une perle de verre bleu, avec un ciel entier dedans.
            « Laisse-moi la tenir, dit {hero}.
            — Attention », dit {pal}.
            Ce n'était la faute de personne. C'était seulement la main de {hero}, et cette main voulait se faire remarquer. // {hero} la lança en l'air, une seule fois, rien que pour la voir briller. Et puis il y eut ce bruit.
            *Cling.* Il y avait maintenant une fente, d'un bout à l'autre du ciel.
            « Il ne fallait pas me la donner ! » dit {hero}, beaucoup trop vite.
            {pal} reprit la perle sans un mot et la rangea.
            + Des cris auraient mieux valu.
        """,
        low_beat="{hero} abîme le trésor de {pal}, et ne sait pas dire le mot.",
        turn_titles=("Le mot coincé", "À quoi servait la fente"),
        turn="""
            On marcha avec, au milieu, un vide où l'on aurait pu faire passer une charrette.
            Le mot marchait aussi, à l'intérieur de {hero}, et grossissait. Il s'assit sur son cœur. Il frappa derrière ses dents, jusqu'à ne plus laisser de place à rien d'autre.
            « Pardon, dit {hero}. C'était moi. C'était ma main, et elle faisait l'intéressante. »

            Le monde ne s'arrêta pas. // Rien ne s'écroula. Plusieurs choses se tinrent même plus droites.
            « Tu l'avais déjà, mon pardon, dit {pal}. Il fallait seulement venir le chercher. »
            Et {pal} tint la perle dans la lumière. Là où était la fente, il y avait un arc-en-ciel.
            + « C'est nouveau, dit {pal}. Je crois que je vais le laisser. »
        """,
        turn_beat="{hero} demande pardon pour de vrai, et la fente fait un arc-en-ciel.",
        echo="""
            Avant de s'endormir, {hero} essaya encore une fois le mot, tout bas. Il vint aussi facilement qu'un bouton.
        """,
    ),
    "friendship": LessonProse(
        word="l'amitié",
        promise="On peut y arriver sans personne, mais à deux c'est mieux.",
        flaw="""
            « Pas besoin d'aide », disait volontiers {hero}, en général avec les deux bras pleins et une porte devant.
        """,
        low_titles=("Pas besoin d'aide", "Personne à qui le dire"),
        low="""
            « Si je tenais l'autre bout ? dit {pal}.
            — Pas besoin. // — Je me débrouille, dit {hero}.
            — Ou bien, à deux...
            — J'ai dit *pas besoin* ! » fit {hero}, et les mots restèrent plantés là, comme une barrière.
            Alors {pal} s'assit, et {hero} continua, passa un tournant, et puis le suivant.
            Il arriva quelque chose de très drôle avec un pigeon. {hero} se retourna d'un coup pour dire : *Tu as vu ça ?*
            Il n'y avait personne pour l'avoir vu.
            + Même le pigeon eut l'air gêné.
        """,
        low_beat="{hero} veut tout faire sans aide, et se retrouve sans personne.",
        turn_titles=("Et il a fait les ailes ?", "Trop lourd pour une personne"),
        turn="""
            C'est curieux, une chose drôle : on ne peut pas la porter sans aide. Elle devient de plus en plus lourde.
            {hero} revint en marchant, et puis {hero} revint en courant.
            {pal} était toujours là, et ne regardait rien de particulier, assez fort.

            « Un pigeon est tombé d'un poteau, haleta {hero}. Il fallait que je te le dise.
            — Il a fait les ailes ? // — À reculons ? demanda {pal}.
            — Il a *tout* fait. »
            Il fallut s'asseoir par terre pour rire.
            « Je peux y arriver sans aide, tu sais, dit {hero}, une fois le rire passé. J'aime mieux pas, c'est tout. »
            + « L'autre bout est libre », dit {pal}, en l'attrapant.
        """,
        turn_beat="{hero} revient en courant pour partager une chose drôle, et l'on repart à deux.",
        echo="""
            « Je peux me border sans aide », dit {hero}, par habitude. Et puis : « Non. Fais-le, toi. Ça tient plus chaud. »
        """,
    ),
    "perseverance": LessonProse(
        word="la persévérance",
        promise="On peut toujours abandonner un peu plus tard.",
        flaw="""
            Pour commencer les choses, {hero} n'avait pas son pareil. Sous le lit il y avait la moitié d'un cerf-volant, presque tout un puzzle, et une écharpe longue comme une saucisse.
        """,
        low_titles=("C'est fini", "{hero} s'assoit"),
        low="""
            « C'est fini », dit {hero}, en s'asseyant là où il n'y avait même pas de quoi s'asseoir. « J'abandonne. »
            « Ah, dit {pal}.
            — Mes jambes ne veulent plus. C'est trop loin. Je crois qu'il n'y a rien, là-bas. » // — C'est toujours plus loin que là où on est. C'est *toujours* plus loin. »
            Rien ne répondit. La lumière s'en allait, petit à petit, comme les invités d'une fête.
            + Jamais encore {hero} n'avait abandonné si loin de la maison.
            {pal} regarda le chemin qui restait, puis regarda {hero}, et s'assit aussi. Et ce fut là le pire.
        """,
        low_beat="À bout de forces, {hero} s'assoit et abandonne.",
        turn_titles=("Sept bons endroits pour abandonner", "Jusqu'au poteau"),
        turn="""
            « D'accord, dit {pal}. On abandonne. Mais faisons cela bien. Faisons-le là-bas, à ce poteau. »
            Il n'y avait que quarante pas jusqu'au poteau.
            « Hum, dit {pal}, une fois sur place. Il y a un courant d'air. La pierre blanche serait mieux. » // « Pas ici, dit {pal}, en inspectant le poteau. Il n'y a pas de vue. Et cette pierre blanche ? »
            La pierre blanche était humide. Près du muret, il y avait des fourmis.

            On essaya sept endroits, et aucun n'était assez bon pour y abandonner. Et quand {hero} se retourna, on avait fait tant de chemin que c'était plus court de continuer.
            « Tu l'as fait exprès, dit {hero}.
            — Fait quoi ? » dit {pal}.
        """,
        turn_beat="{pal} remet l'abandon à plus tard, de quarante pas en quarante pas.",
        echo="""
            {hero} tira de sous le lit la moitié de cerf-volant et y ajouta un nœud. « Et demain, un autre. »
        """,
    ),
    "calm": LessonProse(
        word="le calme",
        promise="Même un orage peut apprendre à se coucher.",
        flaw="""
            À l'intérieur de {hero} vivait un orage. La plupart du temps, il dormait. Il se levait pour les petits pois, pour les nœuds aux lacets et pour le mot *non*.
        """,
        low_titles=("L'orage se lève", "Ce n'est pas grave, dit {pal}"),
        low="""
            D'abord la bretelle du sac craqua. Ensuite, ce fut un lacet. Puis {pal} dit : « Ce n'est pas grave », et ce fut le *pas grave* qui fit tout.
            L'orage se mit debout à l'intérieur de {hero} et se cogna la tête au plafond. // L'orage se leva d'un bond, avec ses bottes.
            {hero} tapa du pied, lança le sac, donna un coup dans une pierre plus grosse qu'elle n'en avait l'air, et hurla si fort que les oiseaux s'envolèrent à la ronde.
            Et puis il y eut un grand silence.
            Le sac était à l'envers, et ce qui avait été dedans était partout ailleurs. {pal} était très loin, derrière quelque chose.
            + {hero} avait mal à l'orteil, et aussi ailleurs, plus au fond.
        """,
        low_beat="L'orage de {hero} éclate, et {pal} va se cacher.",
        turn_titles=("Sentir la fleur, souffler la bougie", "Comment coucher un orage"),
        turn="""
            « C'est passé ? demanda {pal}.
            — Je ne sais pas, dit {hero}. Il ne veut pas se coucher. Comment on fait ? »
            On n'avait jamais essayé. On essaya donc. On sentit une fleur qui n'existait pas, aussi lentement que possible. Ensuite on souffla une bougie qui n'existait pas non plus.
            La fleur, on respire. La bougie, on souffle. // On prend la fleur par le nez, on laisse la bougie par la bouche. Cela chatouillait un peu.
            À la cinquième bougie, l'orage tourna trois fois sur lui-même et se coucha, la queue sur le nez.

            « Il n'est pas méchant, dit {pal}. Il se lève trop vite, c'est tout. »
            + On ramassa tout, une chose à la fois, et cela prit le temps qu'il fallut.
        """,
        turn_beat="On respire lentement, à deux, jusqu'à ce que l'orage se couche.",
        echo="""
            Il y avait des petits pois au dîner. À l'intérieur de {hero}, quelque chose leva la tête. {hero} sentit la fleur, souffla la bougie, et mangea onze petits pois.
        """,
    ),
}
