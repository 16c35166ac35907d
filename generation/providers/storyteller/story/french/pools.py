"""French prose: short pieces that any story may draw on, each at most once in a book."""

from __future__ import annotations

# Noun, gender, and how the companion is introduced.
COMPANIONS = {
    "fox": ("renard", "m", "un petit renard roux"),
    "rabbit": ("lapin", "m", "un lapin avec une oreille en l'air et une oreille en bas"),
    "bear": ("ours", "m", "un ours pas plus grand qu'une miche de pain"),
    "cat": ("chat", "m", "un chat gris à chaussettes blanches"),
    "dog": ("chien", "m", "un chien aux oreilles en pantoufles"),
    "owl": ("chouette", "f", "une chouette brune et ronde"),
    "wolf": ("loup", "m", "un très jeune loup"),
    "panda": ("panda", "m", "un panda de la taille d'un coussin"),
    "mouse": ("souris", "f", "une souris aux grandes opinions"),
    "hedgehog": ("hérisson", "m", "un hérisson qui était tendre en dessous"),
    "frog": ("grenouille", "f", "une grenouille verte comme une trousse neuve"),
    "bird": ("oiseau", "m", "un petit oiseau à grosse poitrine"),
    "turtle": ("tortue", "f", "une tortue plus rapide qu'on ne pense"),
    "squirrel": ("écureuil", "m", "un écureuil qui ne tenait pas en place"),
    "deer": ("faon", "m", "un faon, tout en pattes et en cils"),
    "beaver": ("castor", "m", "un castor aux dents splendides"),
    "bat": ("chauve-souris", "f", "une chauve-souris qui apprenait à se tenir à l'endroit"),
    "firefly": ("luciole", "f", "une luciole très lumineuse pour son âge"),
    "whale": (
        "baleine",
        "f",
        "une baleine grande comme une théière, qui nageait dans l'air parce que personne ne le lui avait interdit",
    ),
    "crab": ("crabe", "m", "un crabe qui allait partout de côté, mais qui arrivait"),
}
STRANGER = ("compagnon", "m", "un petit compagnon pas comme les autres")

LOOKS = (
    "À {ans}, {hero} avait {looks}.",
    "{hero} avait {ans}, et avec cela {looks}.",
    "On reconnaissait {hero} de loin : {ans}, {looks}.",
)
BEST_FRIEND = "{c:Son meilleur ami|Sa meilleure amie} s'appelait {pal} : c'était {un_pal}. // {c:Son meilleur ami était|Sa meilleure amie était} {un_pal}, du nom de {pal}."

FRIENDS = (
    "Là où allait {hero}, {pal} allait aussi, sauf dans le bain.",
    "Entre {hero} et {pal}, on partageait tout, même les rhumes.",
    "{hero} et {pal} se connaissaient depuis bien avant de savoir siffler.",
    "Il y avait entre {hero} et {pal} un parapluie, un secret et une toute petite tente.",
    "Quand on cherchait {pal}, il suffisait de trouver {hero}.",
    "Jamais {hero} et {pal} n'avaient été d'accord sur la meilleure confiture, et jamais cela n'avait eu d'importance.",
    "{hero} et {pal} pouvaient se parler sans un mot, mais n'essayaient presque jamais.",
    "De {hero} et de {pal}, personne ne savait plus qui avait trouvé l'autre.",
)

FAREWELLS = (
    "« Soyez là pour l'heure du coucher, dit {grown}, et ne prêtez vos bottes à personne. »",
    "{grown} ferma le bouton du haut, le rouvrit, et dit : « Bon, allez. À ce soir. »",
    "« Prenez soin de vous deux, dit {grown}, et laissez un peu de monde pour demain. »",
    "« Si vous vous perdez, dit {grown}, restez ensemble, et ce ne sera qu'une promenade. »",
    "{grown} donna un baiser pour tout de suite, et un autre à garder en poche.",
    "« Revenez avec vos bras et vos jambes, dit {grown}, et à l'heure pour le dîner. »",
    "« Je viendrais bien aussi, dit {grown}, mais il faut quelqu'un ici pour vous voir revenir. »",
)

DEPARTURES = (
    "Puis la porte se referma, avec un déclic qui ressemblait beaucoup à *bonne chance*.",
    "Dehors, la journée était toute neuve, et il n'y avait pas encore une seule trace dessus.",
    "Le soleil posait tout juste les coudes au bord du monde.",
    "Il était si tôt que les flaques dormaient encore.",
    "Le premier pas ressemblait à tous les autres pas, sauf que c'était le premier.",
    "La route était là, comme si on l'avait déroulée exprès.",
    "Un camion de lait passa en tintant, et ce fut tout pour la circulation.",
)

SETTING_OUT = (
    "« On arrive bientôt ? » demanda {pal}, sur le pas de la porte.",
    "« On part du pied gauche ou du pied droit ? » demanda {pal}. On prit les deux.",
    "« J'ai emporté mon courage, dit {pal}. Il est dans la poche de côté, avec la ficelle. »",
    "« Et si c'est loin ? demanda {pal}.\n— On aura plus de choses à raconter », dit {hero}.",
    "« J'ai fait une liste », dit {pal}. On y lisait : *partir*, et en dessous : *revenir*.",
    "« On y va ? dit {hero}.\n— Toute ma vie m'a préparé{c:|e} à cet instant », dit {pal}, qui retourna chercher un chapeau.",
)

BANTER = (
    "« C'est encore loin ? demanda {pal}.\n— La moitié de tout à l'heure, dit {hero}.\n— Et tout à l'heure ?\n— Le double. »",
    "« Je n'ai pas mal aux jambes, dit {pal}. Ce sont elles qui ont mal. Je leur tiens compagnie. »",
    "« Tu crois qu'on leur manque, à la maison ? demanda {hero}.\n— Pas encore, dit {pal}. Ils viennent juste de trouver la confiture. »",
    "« Je vois quelque chose de vert », dit {hero}, et il fallut attendre le tournant suivant pour deviner que c'était de la mousse.",
    "{pal} ramassait un caillou par kilomètre.\n« Et si on se perd ? demanda {hero}.\n— Alors on aura des cailloux », dit {pal}.",
    "« Plus tard, dit {pal}, je serai exactement comme maintenant, mais en plus {c:grand|grande}. »",
    "« C'est quoi, le contraire d'un sandwich ? » demanda {pal}. {hero} y réfléchit très sérieusement.",
    "On chanta la chanson aux quarante couplets, en sautant seulement le plus triste, celui du navet.",
    "« Tu sais de quoi j'ai envie ? dit {pal}.\n— De soupe », dit {hero}, qui connaissait cette voix-là.",
    "Un scarabée les dépassa.\n« On ne fait pas la course », lui dit {pal}, en marchant nettement plus vite.",
    "« Si on avait des ailes, dit {hero}.\n— On aurait mal ailleurs », dit {pal}.",
    "« Dis-moi quelque chose de bon, dit {pal}.\n— Demain, il y a du flan », dit {hero}, et cela donna des forces pour un bon moment.",
    "« J'ai rêvé de ça, dit {pal}.\n— Et après, qu'est-ce qui se passait ? demanda {hero}.\n— Je me réveillais. »",
    "{hero} marchait sur tout ce qui était clair, {pal} sur tout ce qui était sombre, et cela tombait juste.",
    "« J'ai compté, dit {pal}. À deux, on n'a presque peur de rien. » On ne précisa pas combien faisait *presque*.",
    "On fut chef à tour de rôle : il suffisait de dire « En avant » d'une grosse voix.",
    "« Les nuages savent où ils vont ? demanda {pal}.\n— Ils n'ont pas l'air inquiet », dit {hero}.",
    "« Je pense, dit {pal}.\n— Il me semblait bien entendre quelque chose », dit {hero}.",
    "On inventa une poignée de main. Elle comportait un tour sur place, deux claques et un éternuement, et il fallut quatre essais.",
    "« Je raconterai cette journée à mes petits-enfants, dit {pal}.\n— Et tu leur diras quoi ? demanda {hero}.\n— Qu'il fallait venir. »",
    "Un nuage en forme de théière passa, versa quelques gouttes et s'en alla.",
    "« C'est ennuyeux, d'être {c:petit|petite} ? demanda {pal}.\n— On tient dans plus d'endroits », dit {hero}.",
    "Il restait exactement un caramel. On décida de résister, jusqu'à plus tard.",
    "« Que fait une carte, quand elle est perdue ? » demanda {pal}, et pendant un kilomètre on fut bien triste pour elle.",
    "{pal} trouva une plume, un boulon et un joli morceau de silence, et emporta les trois.",
    "« On fait une bonne équipe, dit {hero}.\n— Qui est le capitaine ? demanda {pal}.\n— La personne qui a les sandwichs. »",
    "« Écoute », dit {hero}. On écouta. C'était seulement la journée, qui continuait.",
    "On joua un moment à être des souris, ensuite à être des rois, et souris, c'était mieux.",
    "« Tu as une feuille sur la tête, dit {hero}.\n— Je sais, dit {pal}. Elle est en visite. »",
    "« Je me demande ce que font les autres, dit {pal}.\n— Quels autres ? demanda {hero}.\n— Tous. »",
    "« Et le meilleur moment, jusqu'ici ? » demanda {hero}, et {pal} répondit : « Celui-ci », comme chaque fois.",
    "On partagea les raisins secs : un pour toi, un pour moi, et un pour celui qui était tombé.",
)

JESTS = (
    "Là-dessus, {pal} eut le hoquet. Il venait par trois, et le troisième avait toujours l'air surpris.",
    "{pal} prit un air très digne, et marcha dans un seau. Personne ne sait d'où venait le seau.",
    "« C'est toi ou ton ventre ? demanda {hero}.\n— C'est nous deux, dit {pal}. On parlait de tarte. »",
    "{hero} trébucha sur rien du tout, se retourna d'un air sévère et lui dit de se relever.",
    "« Toc, toc, dit {pal}.\n— Qui est là ?\n— J'ai oublié, dit {pal}. Mais c'était très drôle. »",
    "À ce moment {pal} éternua, et se dit « à mes souhaits » avec trois voix différentes, pour que ce soit une fête.",
    "« Je sais un poème, dit {pal}. Il parle d'un fromage. Il n'a pas encore de mots. »",
    "{hero} posa le sac une seconde, et il roula sur le côté et s'endormit. C'était ce genre de sac.",
    "« Je n'ai plus de voix », dit {pal} à tue-tête.",
    "Il y avait une flaque. {pal} sauta par-dessus, magnifiquement, et atterrit dans la suivante.",
    "Depuis le matin, {hero} transportait une botte toute seule dans le sac, et aurait bien voulu savoir pourquoi.",
    "« Regarde ça ! » cria {pal}, et ce qui suivit fut surtout du bruit.",
    "On croisa une poule qui allait dans l'autre sens. Elle fit un tel œil qu'on lui demanda pardon.",
    "« Qu'est-ce que tu as sur le menton ? demanda {hero}.\n— Mon petit déjeuner, dit {pal}. Je le garde. »",
    "{pal} raconta celle des deux pommes de terre, et rit tellement qu'on ne sut jamais la fin.",
    "{pal} avait fait un plan. Il y avait des flèches, et le dessin d'un sandwich, et c'est là qu'allaient toutes les flèches.",
    "{hero} tira la langue pour goûter l'air, et annonça qu'il était au fromage et à l'oignon.",
)

RESTS = (
    """
        On s'arrêta là où le sol faisait une sorte de fauteuil, et on déjeuna.
        Il y avait onze choses dans le sac. Dix étaient à la confiture, et désormais la onzième aussi, qui était une chaussette.
        « À nous ! » dit {pal}, et on trinqua avec les croûtes. // « Ce n'est pas un vrai voyage, dit {pal} la bouche pleine, tant que rien n'a coulé. »

        {hero} s'allongea. Un nuage passa, en forme de chaussure, et assez longtemps après il vint l'autre.
        + « Quelqu'un va avoir froid, là-haut », dit {hero}.
        On aurait pu rester là une semaine. On resta encore un sandwich.
    """,
    """
        Il plut, mais cinq minutes seulement, et sous la couverture on se raconta le temps.
        « Il pleut à gauche, dit {hero}.
        — Il pleut aussi à droite, dit {pal}, et un peu au milieu, là où est le trou. » // — De mon côté, dit {pal}, ça entre surtout par le genou. »

        Là-dessous, cela sentait la laine et la pomme. On joua à être une tente. On joua à être un champignon.
        + {hero} faisait le pied.
        Quand on ressortit la tête, le monde entier était astiqué, et il y avait un arc-en-ciel dont personne ne se servait.
    """,
    """
        Au bord du chemin il y avait un puits, près du puits un gobelet au bout d'une chaîne, et au-dessus du gobelet une pancarte : BUVEZ, PUIS DITES AU TROU QUELQUE CHOSE DE GENTIL.
        L'eau était froide comme une clé. {hero} but, réfléchit et se pencha. // {hero} but d'abord, et c'était comme avaler un peu d'hiver.
        « Tu as un bel écho ! » cria {hero}.
        *Bel écho*, dit le puits, ravi. *Bel écho, écho.*

        {pal} y mit plus de temps, avec beaucoup de chuchotements.
        « Qu'est-ce que tu lui as dit ? demanda {hero}.
        — C'est entre le puits et moi », dit {pal}.
        Mais c'était sûrement à propos de {hero}, à voir ces joues toutes roses.
    """,
    """
        Quelqu'un avait accroché là une balançoire, et l'y avait laissée. Elle bougeait encore un peu, comme si on venait d'en descendre.
        « C'est peut-être pour la prochaine personne, dit {hero}.
        — La prochaine personne, c'est moi », dit aussitôt {pal}.

        {pal} se balança donc et {hero} poussa, et puis ce fut l'inverse.
        Tout en haut, là où l'on ne pèse rien, il y avait un instant où l'on voyait par-dessus tout. // Tout en haut il y avait un petit arrêt, ni montée ni descente, et {hero} gardait chaque fois les yeux grands ouverts.
        + « Qu'est-ce qu'il y a, là-bas ? cria {pal}. ¶ — La suite ! » cria {hero}.
        Au moment du départ, elle se balançait toujours, pour la personne d'après.
    """,
    """
        Un facteur était assis sur son sac, les bottes ôtées.
        « Il me reste une lettre, dit-il, et elle n'a pas d'adresse. Elle ne serait pas pour vous ? »
        Elle l'était. On le voyait à ce qui était écrit : *À qui est à mi-chemin.* // Et il la tendit. Sur l'enveloppe on lisait : *Pour qui est à mi-chemin.*

        {hero} l'ouvrit. Il y avait dedans une fleur séchée, et sur le papier une seule ligne : *Ça vaut la peine.*
        « De qui est-ce ? demanda {pal}.
        — Peut-être de quelqu'un qui est déjà arrivé », dit {hero}.
        + Le facteur remit ses bottes. On aurait dit qu'elles avaient des ressorts.
    """,
    """
        Ici on fit un brin de toilette, parce que {grown} l'aurait voulu : un doigt par personne, et ensuite, comme ce n'était pas si terrible, un nez.
        {hero} pendit ses deux chaussettes à une branche, et elles restèrent là, comme des gens en vacances.
        « Je te dis un secret ? dit {pal}. Je ne croyais pas qu'on irait si loin. // « Entre nous, dit {pal}, ce matin, je ne pensais pas qu'on arriverait jusqu'ici.
        — Moi non plus », dit {hero}.
        On regarda le matin, très loin derrière, et on lui fit un signe de tête.
        + L'une des chaussettes s'était endormie.
    """,
)

ALONE = (
    "Cette fois encore on attendit que quelqu'un passe et vienne aider. Personne ne vint. Alors {hero} eut l'étrange impression que quelqu'un était déjà là.",
    "Cette fois, personne ne tomba d'un arbre ni ne sortit de l'eau. Il n'y avait que {hero}, et tout ce que {hero} avait entendu ce jour-là.",
    "« On pourrait attendre de l'aide, dit {pal}.\n— On pourrait *être* l'aide », dit {hero}, et cela donnait l'impression de grandir.",
    "{hero} regarda à gauche, {hero} regarda à droite. Il n'y avait là personne de bon conseil. Il faudrait donc que cela vienne du dedans.",
)
ALONE_AFTER = (
    "« Qui t'a appris ça ? demanda {pal}.\n— Je crois que c'est moi », dit {hero}.",
    "« On aurait dit quelqu'un qui sait », dit {pal}. {hero} n'en revenait pas non plus.",
    "« Ça, dit {pal}, c'était toi, rien que toi.\n— Rien que *nous* », dit {hero}.",
    "{pal} regarda {hero} un bon moment.\n« Tu as grandi, dit {pal}, depuis le petit déjeuner. »",
)

LAST_LINES = (
    "Dehors, la nuit continuait sur des kilomètres, et tout y était amical.",
    "Et si rien n'est venu troubler ce sommeil, il dure encore.",
    "« {hero} ? chuchota {pal}.\n— Oui ?\n— On va où, demain ? »",
    "Très loin, un petit train siffla, comme le dernier mot d'une histoire.",
    "La lune regarda par la fenêtre, compta : un, deux, et continua sa ronde.",
    "Et la journée, qui avait été très grande, se plia en tout petit et se coucha au bout du lit.",
    "Puis il n'y eut plus, dans la chambre, que deux respirations, dont une avec un léger sifflement.",
    "Il y avait un peu de sable dans le lit, ou d'étoile, ou de quelque chose, et cela ne gênait personne.",
    "Et voilà, comme dit toujours {pal} à cet endroit, toute la vérité, sauf pour la soupe.",
)

EVENINGS = (
    "On raconta tout, la bouche pleine et dans le désordre, et {grown} disait « Non ! » et « Et alors ? » aux bons endroits.",
    "Il y avait tant à raconter que tout se racontait en même temps, et {grown} tournait la tête à droite, à gauche, comme au tennis.",
    "Les poches furent vidées sur la table : de la mousse, de la ficelle, un caillou, un demi-biscuit, et une chose que personne ne sut expliquer.",
    "« Vous avez rapporté un peu de partout », dit {grown} à coups de brosse, et cela fit un petit tas.",
    "Les bottes étaient rangées près de la porte, et semblaient avoir elles aussi beaucoup à dire.",
    "{grown} écouta jusqu'au dernier mot, et oublia de dire qu'il était tard.",
)

ENDING_TITLES = (
    "De retour",
    "Deux têtes sur l'oreiller",
    "Le même lit, un peu plus petit",
    "Bonne nuit",
    "Ce qui restait dans les poches",
    "Avant d'éteindre",
)
REST_TITLES = ("À mi-chemin", "Une sorte de déjeuner", "Le milieu de la journée", "Une petite pause")

LEFT_OVER = (
    "Tout ce que {hero} trouva ce jour-là n'aurait pas tenu dans le sac.",
    "C'était un de ces moments que les voyages gardent pour ceux qui regardent autour d'eux.",
    "Personne n'avait prévu ce passage, et c'était peut-être le meilleur.",
    "Cet endroit-là, il s'en fallut de peu qu'on le manque.",
)
