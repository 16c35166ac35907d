"""French prose: where the hero lives, and what it is like to come back there."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import HomeProse

HOMES = {
    "bakery": HomeProse(
        grown="Papa",
        titles=("Au-dessus de la boulangerie", "La maison qui sentait le pain"),
        opening="""
            Au-dessus de la boulangerie, il y avait deux chambres et une cuisine qui sentait toujours demain. C'est là que vivait {hero}. // Au-dessus d'une boulangerie, dans un appartement où même les rideaux sentaient la brioche, vivait {hero}.
        """,
        closing="""
            L'escalier de la boulangerie sentait demain, comme toujours. Papa avait gardé le croûton, et il le coupa bien épais.
        """,
    ),
    "tower": HomeProse(
        grown="Maman",
        titles=("Quatre-vingt-douze marches", "Le dernier étage"),
        opening="""
            En haut de quatre-vingt-douze marches, derrière la plus haute porte de l'immeuble, vivait {hero}. De là, on voyait le temps qu'il ferait avant qu'il le fasse.
        """,
        closing="""
            En une journée les quatre-vingt-douze marches avaient rallongé, mais il y avait de la lumière en haut, et dans la lumière il y avait Maman, avec deux bols de nouilles.
        """,
    ),
    "lane": HomeProse(
        grown="Mamie",
        titles=("La dernière maison de la rue des Lanternes", "Au bout de la rue"),
        opening="""
            La dernière maison de la rue des Lanternes se penchait un peu, comme pour voir qui arrivait. C'était celle de {hero}. // Rue des Lanternes, dans la toute dernière maison, celle qui penchait, vivait {hero}.
        """,
        closing="""
            La maison de la rue des Lanternes se penchait pour voir qui arrivait. Mamie avait fait pareil, et il y avait de la soupe aux lettres.
        """,
    ),
    "boat": HomeProse(
        grown="Tata Jo",
        titles=("Une maison qui flotte", "La péniche Peut-être Demain"),
        opening="""
            La maison de {hero} était une péniche. Elle s'appelait *Peut-être Demain*, et elle avait un poêle, un géranium et une rivière tout autour.
        """,
        closing="""
            *Peut-être Demain* se balançait au bout de sa corde, son unique hublot allumé. Tata Jo avait fait des crêpes, et les lançait en mesure avec les vagues.
        """,
    ),
    "farm": HomeProse(
        grown="Papi",
        titles=("Là où l'autobus fait demi-tour", "La maison du terminus"),
        opening="""
            Au bout de la ligne, là où l'autobus fait demi-tour parce qu'il ne sait plus quoi faire, il y avait une ferme. Dans cette ferme vivait {hero}.
        """,
        closing="""
            Le dernier autobus s'arrêta et fit demi-tour, et la ferme était là, avec sa lampe. Papi ne dit rien, comme d'habitude, et il avait gardé les pommes de terre au chaud.
        """,
    ),
    "railway": HomeProse(
        grown="Maman",
        titles=("La maison qui tremblait", "Au bord de la voie ferrée"),
        opening="""
            La maison de {hero} était si près de la voie ferrée que les tasses dansaient au passage du train de neuf heures. // Neuf fois par jour, toutes les cuillères tintaient dans la maison de {hero} : c'étaient les trains qui disaient bonjour.
        """,
        closing="""
            À la maison, les tasses dansaient justement pour le dernier train. Maman les arrêta d'une main, et de l'autre serra tout le monde contre elle.
        """,
    ),
    "dunes": HomeProse(
        grown="Mamie",
        titles=("Du sable dans le beurre", "La maison jaune au bord de la mer"),
        opening="""
            Dans une maison jaune derrière les dunes, où il y avait toujours un peu de sable dans le beurre, vivait {hero}.
        """,
        closing="""
            La maison jaune avait allumé sa lanterne. Il y avait du gratin de poisson, avec un peu de sable dedans, et Mamie, qui voulait tout savoir depuis le début.
        """,
    ),
    "edge": HomeProse(
        grown="Papa",
        titles=("Un portillon dans les bois", "La maison aux deux portails"),
        opening="""
            La maison de {hero} avait deux portails. L'un donnait sur la route. L'autre donnait droit dans les arbres, et il était plus intéressant. // Derrière la maison de {hero} le jardin s'arrêtait, et, sans la moindre barrière, commençait tout le reste.
        """,
        closing="""
            On rentra par le portail de derrière, le plus intéressant. La fenêtre de la cuisine faisait un carré jaune sur l'herbe, et au milieu du carré Papa agitait la louche.
        """,
    ),
    "bookshop": HomeProse(
        grown="Tonton Théo",
        titles=("Derrière la librairie", "Le lit entre les livres"),
        opening="""
            {hero} habitait derrière une librairie, et son lit se trouvait entre *Jardinage* et *Fantômes*, ce qui mélangeait les rêves.
        """,
        closing="""
            La clochette de la librairie fit *ting*, comme si de rien n'était. Tonton Théo referma aussitôt son livre, sans même un marque-page.
        """,
    ),
    "hilltop": HomeProse(
        grown="Papi",
        titles=("Tout roule vers le bas", "La maison dans la pente"),
        opening="""
            La maison de {hero} était bâtie sur une telle pente que les petits pois roulaient hors de l'assiette et qu'il fallait déjeuner en montée.
        """,
        closing="""
            La maison dans la pente avait allumé ses lampes, qui pendaient toutes un peu à gauche. Papi rattrapa la soupe au passage et remplit deux bols.
        """,
    ),
}
