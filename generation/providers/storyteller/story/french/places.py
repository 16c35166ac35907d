"""French prose: the places on the way."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import PlaceProse

PLACES = {
    "forest": PlaceProse(
        titles=("Sous les grands arbres", "Beaucoup, beaucoup d'arbres"),
        opening="""
            La forêt commença d'un coup, par un seul arbre, et après elle ne voulut plus finir.
        """,
        arrivals=(
            """
            La forêt sentait la pluie, le champignon et les très vieux secrets.
            Les grands arbres se penchaient les uns vers les autres, comme des tantes à un mariage. // Là-haut, les branches se donnaient la main, et la lumière ne tombait plus que par petites pièces.
            {hero} se mit à marcher sur la pointe des pieds, parce qu'autrement cela semblait impoli.

            « On nous regarde, dit {pal}.
            — Qui donc ?
            — Toute la forêt. »
            + Une pomme de pin tomba sur le chemin, juste pour dire quelque chose.
            """,
            """
            Entre les troncs, il faisait vert et sombre comme au fond d'une bouteille.
            Quelque part, un pivert posait une étagère. // Au loin, un pivert frappait, frappait, et personne ne lui ouvrait.

            {hero} voulut compter les arbres et s'arrêta à quarante, car le quarante et unième, très maigre, était le piquet d'une corde à linge.
            « Qui peut bien étendre du linge dans une forêt ? » demanda {pal}.
            + Il y pendait six chaussettes minuscules : c'était sûrement quelqu'un qui avait beaucoup de pieds.
            """,
        ),
        beat="Le chemin s'enfonce sous les arbres, où tout semble écouter.",
        spot="sous une crosse de fougère",
        nook="dans une petite clairière ronde",
    ),
    "meadow": PlaceProse(
        titles=("De l'herbe jusqu'au menton", "Une mer d'herbe"),
        opening="""
            Plus loin s'étendait une prairie où l'herbe montait jusqu'au menton de {hero}.
        """,
        arrivals=(
            """
            La prairie bourdonnait. Elle était pleine d'abeilles, et chaque abeille était en retard quelque part.
            {hero} entra dans les hautes herbes les deux bras en l'air. // {hero} entra là-dedans comme on entre dans l'eau froide : un pas, un petit cri, un pas.
            On ne voyait plus où était {pal} qu'aux marguerites qui remuaient.

            « À gauche ! criaient les marguerites. Non, l'autre gauche ! »
            + De l'autre côté, {ils} ressortirent avec du pollen jaune jusqu'aux sourcils.
            """,
            """
            Il y avait là une prairie tout entière dont personne ne se servait.
            Alors {hero} roula jusqu'en bas de la pente, {pal} roula derrière, et le ciel et le trèfle se mirent dessus chacun son tour.
            + Une sauterelle déclara que certaines personnes manquaient d'entraînement.

            En bas, il fallut attendre que le monde cesse de tourner.
            « Encore ? dit {pal}.
            — Au retour », dit {hero}.
            """,
        ),
        beat="Il faut traverser une prairie où l'herbe est plus haute que tous les projets.",
        spot="au plus profond de l'herbe",
        nook="au beau milieu des hautes herbes",
    ),
    "hill": PlaceProse(
        titles=("La colline aux vents", "Presque en haut"),
        opening="""
            La route se pencha, réfléchit un peu et devint une colline.
        """,
        arrivals=(
            """
            C'était le genre de colline qui en cache une autre derrière elle.
            « On y est presque », dit {hero} en haut de la première. // « Voilà le sommet ! » dit {hero}, et bien sûr ce n'était pas le sommet.
            « On y est presque », dit {hero} en haut de la deuxième, avec moins de souffle.
            En haut de la troisième, il n'y avait vraiment plus de colline, seulement du vent et un banc.

            Tout en bas, les toits étaient petits comme des biscuits. {pal} essaya d'en manger un.
            + C'est difficile à expliquer, les distances.
            """,
            """
            Le vent habitait cette colline, et cela faisait des jours qu'il n'avait vu personne. // Le vent accourut à leur rencontre, comme un chien qui a passé la semaine tout seul.
            Il retourna les poches de {hero}. Il regarda sous {pal}.
            Puis il se mit à pousser par-derrière, jusqu'en haut, comme quelqu'un qui a très envie de montrer sa chambre.
            + L'herbe se couchait et se relevait, à croire qu'elle respirait.

            « Il veut seulement de la compagnie », dit {hero}, et lui raconta deux blagues.
            """,
        ),
        beat="Il faut gravir une colline qui a plus d'un sommet.",
        spot="derrière le dernier buisson d'ajoncs",
        nook="dans un creux à l'abri du vent",
    ),
    "mountain": PlaceProse(
        titles=("Là-haut, chez les chèvres", "Le perron de la montagne"),
        opening="""
            Puis la montagne se dressa, avec un nuage en guise de chapeau.
        """,
        arrivals=(
            """
            De près, la montagne n'était pas du tout une seule grosse chose. C'étaient des milliers de petits cailloux, très doués pour rester ensemble.
            Le sentier montait en zigzag, comme un lacet de chaussure.
            {hero} posa le pied sur le premier zig. {pal} choisit le premier zag.
            + Tout là-haut, une chèvre les regardait comme, du haut d'une échelle, on regarde les gens dans l'escalier.

            « Ne pense pas à toute la montagne, dit {pal}. Pense au bout qui vient. »
            Dans le bout qui venait, il y avait un bouton-d'or.
            """,
            """
            Là-haut, l'air était mince et avait un goût de crayon.
            Chaque bruit était petit et net : un caillou, un souffle, la cloche d'une chèvre très loin.
            {hero} se retourna, une seule fois, et vit toute la matinée étalée derrière, comme un ruban qu'on a laissé tomber.

            « On a marché tout ça ? demanda {pal}. // « On a fait tout ça, nous ? dit {pal}.
            — Avec nos propres jambes », dit {hero}, et tapota ses genoux.
            + Les genoux, pour être honnête, tremblaient de fierté.
            """,
        ),
        beat="L'ascension de la montagne commence, un petit bout à la fois.",
        spot="dans une fente du rocher",
        nook="sur une large corniche plate",
    ),
    "river": PlaceProse(
        titles=("La rivière connaît le chemin", "Au bord de la rivière bavarde"),
        opening="""
            On entendit la rivière avant de la voir : elle parlait toute seule, par-dessus les cailloux.
        """,
        arrivals=(
            """
            La rivière était pressée et n'arrêtait pas de parler, comme ceux qui sont en retard et qui tiennent à dire pourquoi.
            {hero} jeta un bâton dans l'eau. {pal} en jeta un meilleur.
            Il fallut courir le long de la berge en criant, jusqu'à ce que les deux bâtons passent sous une racine et ressortent main dans la main.

            « Match nul », dit {pal}.
            + Une libellule, qui comptait les points, s'envola d'un air dégoûté.
            """,
            """
            Près de la rivière, la terre était molle et gardait les pas de tout le monde, comme un livre d'or.
            Un héron avait signé. Une vache aussi. // Il y avait une ligne de canard, et toute une page de poule d'eau.
            {hero} appuya bien fort sa botte dans la vase, et {pal} signa juste en dessous.

            « Comme ça, on saura que c'était nous », dit {hero}.
            + La rivière lécha le bord de la page et ne répéta rien.
            """,
        ),
        beat="Le chemin suit une rivière qui ne se tait jamais.",
        spot="entre deux pierres mouillées",
        nook="au détour de la rivière",
    ),
    "lake": PlaceProse(
        titles=("Le lac qui était un miroir", "L'eau tranquille"),
        opening="""
            Le lac était si calme qu'il semblait y avoir deux ciels.
        """,
        arrivals=(
            """
            Personne n'avait dit au lac qu'on était mardi. Il restait là, étendu, comme si c'était toujours dimanche.
            {hero} se pencha, et un autre visage de {hero} monta du fond pour venir voir. // Quand {hero} fit bonjour à l'eau, quelqu'un dans l'eau répondit tout de suite.
            « Ça a l'air fatigué, là-dessous, dit {pal}.
            — Ça vient de loin », dit {hero}.
            + Un poisson monta, embrassa l'autre ciel et disparut.

            À quatre, en comptant les reflets, on partagea une pomme : cela fit une moitié par personne.
            """,
            """
            Les roseaux attendaient tout autour du lac, comme le public avant un concert.
            {hero} choisit la pierre la plus plate de la rive et la lança à ras de l'eau. Quatre rebonds !
            {pal} essaya à son tour. Un rebond, et plouf. // La pierre de {pal} fit un saut, un seul, puis changea d'avis.

            « C'est bien aussi, plouf », dit {hero}.
            + Les ronds s'élargirent jusqu'à l'autre rive, et il y en eut un qui revint dire que c'était joli, là-bas.
            """,
        ),
        beat="Voici un lac, lisse comme une vitre.",
        spot="au milieu des roseaux",
        nook="au milieu des roseaux",
    ),
    "sea": PlaceProse(
        titles=("Tout ce bleu", "En pleine mer"),
        opening="""
            Une barque couleur de beurre attendait, avec un mot sur le banc : EMPRUNTEZ-MOI, RAMENEZ-MOI.
        """,
        arrivals=(
            """
            Au bout du ponton se balançait un bateau pas plus grand qu'une baignoire. Quelqu'un y avait peint : GRATUIT POUR QUI ÉCOPE.
            {hero} prit la barre. {pal} prit le seau, et aussi le commandement.

            Le bateau monta les grosses vagues lentes et les redescendit de l'autre côté. // Les vagues soulevaient la coque et la reposaient, avec des douceurs de grand-mère qui tient un œuf.
            + Derrière, la terre devint mince, puis plate, puis pareille à un trait de crayon.
            La mer était verte, puis bleue, puis d'une couleur qui n'a pas de nom.
            """,
            """
            La mer était dans un de ses bons jours.
            Elle brillait jusqu'au bord du monde, comme si quelqu'un y avait renversé toutes les petites cuillères.
            Le voilier qui attendait au pied des marches s'appelait *Peut-être*, et il avait juste deux places. // Un petit voilier bleu, nommé *Peut-être*, était amarré là, et se détacha tout seul dès qu'on le regarda.

            « On va où ? demanda {hero}.
            — Devant, dit {pal}. Le reste, c'est de l'eau. »
            + Une mouette les accompagna un moment, en s'exerçant à prendre l'air important.
            """,
        ),
        beat="Un petit bateau prêté les emmène en mer.",
        spot="sur un rocher pas plus grand qu'une table",
        nook="sur un rocher pas plus grand qu'une table",
    ),
    "beach": PlaceProse(
        titles=("Des pas sur la plage", "Là où arrivent les vagues"),
        opening="""
            Le chemin n'eut plus de chemin et devint une plage.
        """,
        arrivals=(
            """
            La marée était partie sans ranger.
            Il y avait des algues partout où il n'en fallait pas, une botte, et un crabe qui allait et venait comme s'il avait perdu ses lunettes.
            {hero} voulut ôter ses deux chaussures à la fois, ce qui fait toujours tomber. // {hero} ôta ses chaussures, puis ses chaussettes, et beaucoup de sable prit la place des chaussettes.

            Derrière, sur le sable, couraient deux lignes de pas, et l'une des deux avait fait énormément de ronds.
            + « J'explorais », dit {pal}.
            """,
            """
            Ici, les vagues arrivaient l'une derrière l'autre, et chacune disait *chut*.
            {hero} écrivit son nom sur le sable. La mer le lut et l'effaça. // Avec un long bâton, {hero} dessina une baleine, et la mer, après l'avoir bien regardée, l'emporta chez elle.
            {pal} trouva un caillou percé et regarda tout à travers.

            « Qu'est-ce que tu vois ?
            — La même chose, dit {pal}, mais en plus rond. »
            + On n'imagine pas comme une journée est plus jolie quand elle a un bord.
            """,
        ),
        beat="Voici la plage, et tout ce que la marée y a laissé.",
        spot="tout au bord de la dernière vague",
        nook="à l'abri des dunes",
    ),
    "island": PlaceProse(
        titles=("Une île pour deux", "La plus petite des îles"),
        opening="""
            Un banc de sable, luisant et tout juste sec, menait à une île.
        """,
        arrivals=(
            """
            C'était une toute petite île. Quand on éternuait à un bout, on se disait « à tes souhaits » à l'autre.
            Elle avait un arbre, un rocher et une idée fixe : que les visiteurs s'essuient les pieds.
            {hero} essuya les siens. {pal} fit semblant.

            Le tour de l'île était fini avant midi, alors on le refit, pour que ça dure.
            + « On pourrait vivre ici, dit {pal}, si on prenait moins de place. »
            """,
            """
            Cette île ne figurait sur aucune carte, alors {hero} la dessina du bout du doigt, sur le dos de sa main.
            Ici, la crique. Là, le palmier penché comme quelqu'un qui écoute aux portes. // Ici, la baie ; là, la colline, qui n'avait réussi à être qu'une bosse.
            « Et ça ? demanda {pal}.
            — Ça, c'est un grain de beauté », dit {hero}.
            + On l'appela le cap du Grain de Beauté, et c'était le meilleur endroit de l'île pour goûter.
            """,
        ),
        beat="Voici une île dont aucune carte n'a entendu parler.",
        spot="à l'ombre de l'unique arbre",
        nook="à l'ombre de l'unique arbre",
    ),
    "cave": PlaceProse(
        titles=("La porte d'entrée de la grotte", "Où la colline range ses secrets"),
        opening="""
            Au flanc du rocher s'ouvrait un trou haut comme une porte, et il en sortait un souffle frais.
        """,
        arrivals=(
            """
            Dans la grotte, ça gouttait. Plic, disait un coin. Ploc, répondait un autre, après réflexion.
            {hero} avançait une main contre la paroi, froide et lisse comme une cuillère.
            + Il y avait des dessins, des chevaux et des mains, faits par quelqu'un qui n'avait pas eu de papier.

            « Tu crois que quelqu'un habite ici ? » chuchota {pal}. // « Il y a quelqu'un ? » demanda {pal} au noir, très poliment.
            Plic, dit le coin, et cela pouvait vouloir dire n'importe quoi.
            """,
            """
            La grotte avait une entrée, un salon, et encore beaucoup de pièces derrière.
            Du plafond pendaient de longues dents de pierre. Elles poussaient depuis mille ans et n'étaient guère plus longues qu'une chaussette.
            « C'est lent, dit {pal}.
            — Mais regarde comme c'est soigné, dit {hero}. » // — Mais elles n'ont jamais arrêté », dit {hero}.
            + Tout au fond, quelque chose brilla, puis fit comme si de rien n'était.
            """,
        ),
        beat="Il faut entrer dans une grotte qui goutte et qui scintille.",
        spot="sur un rebord de pierre pâle",
        nook="dans la toute dernière salle",
    ),
    "snow": PlaceProse(
        titles=("Le pays blanc", "De la neige jusqu'aux genoux"),
        opening="""
            Après le tournant, tout était blanc, et ne faisait pas de bruit.
        """,
        arrivals=(
            """
            La neige recouvrait tout, comme une page où personne n'avait encore écrit.
            {hero} osait à peine y poser le pied. *Croumpf*, fit le premier pas. C'était le plus beau bruit de la journée.
            Après cela, impossible d'arrêter. // Le deuxième fut encore meilleur, et au dixième ce n'étaient plus des pas, c'était une course.
            + On fit {un_pal_nu} de neige, avec une brindille dont être {c:fier|fière}.

            « Je n'ai plus de nez, dit {pal}.
            — Il est encore là, dit {hero}. Il est seulement rose. »
            """,
            """
            Ici, le froid tintait, comme si l'air était un verre et que quelqu'un venait de le toucher.
            Leur souffle marchait devant, en deux petits nuages : un pour {hero}, un pour {pal}.
            Les deux nuages s'entendaient très bien.

            « Si on parle, dit {pal}, ils se cognent. » // « Regarde, dit {pal}. Le mien suit le tien. »
            Alors on parla tout le long de la neige, et surtout de soupe.
            + On en était aux boulettes quand le chemin s'arrêta.
            """,
        ),
        beat="Voici le pays de la neige, où personne encore n'a marché.",
        spot="dans un creux de neige bleue",
        nook="dans un creux de neige bleue",
    ),
    "sky": PlaceProse(
        titles=("Parmi les nuages", "Un escalier de beau temps"),
        opening="""
            Là où le sol renonçait, un escalier de nuages continuait dans le ciel.
        """,
        arrivals=(
            """
            On croit que les nuages ressemblent à des oreillers. Ils ressemblent plutôt à de la purée : c'est doux, il y a des grumeaux, et il faut avancer pour ne pas s'enfoncer.
            {hero} et {pal} avancèrent.
            Tout en bas, les champs faisaient une couverture à carreaux, et quelqu'un y avait oublié un train.
            + Un pigeon passa dessous, leva la tête et rentra dans un clocher.

            « Ne regarde pas en bas », dit {pal} en regardant en bas. // « Ça va, tant qu'on ne dit pas *haut*, dit {pal}. Il faut dire *loin de la boue*. »
            """,
            """
            À un ballon rouge pendait une nacelle, et à la nacelle une étiquette : UN TOUR PAR PERSONNE.
            Alors on fit les deux tours ensemble, c'est plus rapide.
            Le ballon traversa le gris, il traversa le blanc, et sortit au-dessus, là où les nuages sèchent comme du linge et où la lumière ne se cogne à rien.

            « Ça n'est que du ciel », souffla {hero}. // « Il y en a tellement », dit {hero} d'une toute petite voix.
            + « Je pensais qu'il y aurait plus de meubles », dit {pal}.
            """,
        ),
        beat="La route continue parmi les nuages, plus doux qu'ils n'en ont l'air.",
        spot="dans un pli du nuage le plus doux",
        nook="sur un nuage avec vue",
    ),
    "town": PlaceProse(
        titles=("Quarante-deux portes", "Les rues de travers"),
        opening="""
            La route entra dans une ville dont les rues avaient été tracées par quelqu'un qui courait après une poule.
        """,
        arrivals=(
            """
            Dans cette ville, chaque porte avait sa couleur, et les gens avaient le manteau assorti.
            {hero} compta quarante-deux portes et une vitrine avec un gâteau dedans. // {hero} voulait compter les portes, mais s'arrêta net devant une pâtisserie.
            Un tramway tourna le coin en sonnant un pigeon, et le pigeon s'en moqua.

            « Tout le monde va quelque part, dit {pal}.
            — Nous aussi », dit {hero}, en marchant un peu plus droit.
            + En ville, cela aide, d'avoir l'air de savoir.
            """,
            """
            Les rues montaient, descendaient, et passaient sous elles-mêmes.
            Du linge y pendait en travers, comme les drapeaux d'un pays où tout le monde aurait des pyjamas rayés.
            D'une fenêtre sortait une trompette, d'une autre une odeur d'oignons, et les deux s'entendaient à merveille.
            + Un homme passa avec une échelle, et l'échelle salua.

            « Je pourrais regarder toute la journée, dit {hero}.
            — Tu peux regarder jusqu'à ce que cette horloge sonne », dit {pal}, qui aimait que les choses soient claires.
            """,
        ),
        beat="Il faut trouver son chemin dans une ville aux rues de travers.",
        spot="au pied de la vieille fontaine",
        nook="sur les marches de la vieille fontaine",
    ),
    "market": PlaceProse(
        titles=("Tout ce qu'on peut vouloir", "Jour de marché"),
        opening="""
            Au coin, la rue tout entière s'était changée en marché.
        """,
        arrivals=(
            """
            On trouvait de tout, à ce marché : des prunes, des trompettes, des gants gauches, un sac de pluie d'hier.
            {hero} tenait {pal} bien fort, pour que personne ne l'achète par erreur.
            « Goûtez voir ! » criait une dame avec du fromage. // « On goûte d'abord, on parle après ! » criait la fromagère, en brandissant un couteau long comme un lundi.
            Il fallut goûter à tout, et deux fois aux cornichons.
            + Après le troisième, {pal} dut s'asseoir et songer à la vie.
            """,
            """
            Le marché sentait l'orange et le chien mouillé.
            Il y avait des pyramides de poires, et un chou gros comme un oncle.
            + Un tout petit garçon le gardait, avec un tout petit bâton.

            « Regarde, chuchota {pal}. Ce marchand-là n'a que des boutons. » // « Là, il n'y a que des boutons », chuchota {pal}, du ton dont on dit *de l'or*.
            On resta longtemps parmi les boutons. Le marchand laissa {hero} plonger les mains dans les bleus : cela faisait comme une pluie sèche.
            """,
        ),
        beat="Un moment se passe à flâner entre les étals d'un marché.",
        spot="sous le tout dernier étal",
        nook="derrière le tout dernier étal",
    ),
    "library": PlaceProse(
        titles=("Mille fois mille livres", "Chut"),
        opening="""
            La porte de la bibliothèque était lourde, et derrière elle se tenait le plus grand silence de la ville.
        """,
        arrivals=(
            """
            C'était une bibliothèque à onze étages, et tous les onze retenaient leur souffle.
            Les livres se serraient du tapis au plafond, épaule contre épaule, et chacun espérait être le prochain.
            {hero} passa un doigt sur leurs dos. Ils ronronnèrent, ou presque. // Au passage de {hero}, l'un d'eux se pencha un peu hors du rayon.

            « Lequel a la réponse ? chuchota {pal}.
            — Tous, dit {hero}. Mais pas à la même question. »
            + Quelque part, au neuvième étage, quelqu'un tourna une page.
            """,
            """
            Le bibliothécaire était parti déjeuner en laissant un écriteau : ADRESSEZ-VOUS AUX LIVRES.
            On s'adressa donc aux livres. Les atlas savaient, mais se disputaient. Les poèmes ne savaient pas, et le disaient merveilleusement. // Les livres de cuisine avaient faim, et les histoires de fantômes ne répondaient qu'à la nuit tombée.
            Ce fut un gros vieux dictionnaire qui s'ouvrit tout seul, à la lettre C, comme *Continuez*.

            + « Merci », dit {hero}, en caressant son coin tout usé.
            « Je me plais ici, dit {pal}. C'est bruyant, mais seulement dans la tête. »
            """,
        ),
        beat="On entre à pas de loup dans une bibliothèque où ce sont les livres qui commandent.",
        spot="sur le rayon le plus bas",
        nook="tout en haut, au onzième étage",
    ),
    "station": PlaceProse(
        titles=("Quai numéro deux et demi", "Tout le monde descend"),
        opening="""
            La route s'arrêtait à une petite gare, avec des géraniums dans les seaux à incendie.
        """,
        arrivals=(
            """
            Le tableau de la gare annonçait des trains pour Ici, pour Là-Bas et pour Retour.
            {hero} acheta un billet pour Là-Bas, et un demi-tarif pour {pal}, qui en fut {c:vexé|vexée}. // « Deux pour Là-Bas », dit {hero} au guichet, sur la pointe des pieds.
            La locomotive était verte et respirait comme une grosse bête endormie sur un tapis.
            + Sur le banc, une valise attendait toute seule, l'étiquette tournée vers le mur.

            « Côté fenêtre », dit {pal}.
            Il n'y avait que des côtés fenêtre. C'était ce genre de train.
            """,
            """
            À la gare, il n'y avait personne, sauf une horloge qui parlait toute seule.
            *Pas encore, pas encore, pas encore*, disait-elle. Et puis, dans un sursaut : *Maintenant !*
            Un train entra, dans un grand désordre de vapeur, et toutes les portes s'ouvrirent en même temps. // Un train arriva en soupirant, comme une tante qui a trop fait de courses.

            On alla jusqu'au bout de la ligne, en saluant chaque vache.
            + Onze vaches répondirent, si mâcher compte.
            """,
        ),
        beat="Dans une petite gare, on apprend jusqu'où va la ligne.",
        spot="sur le banc, tout au bout du quai",
        nook="tout au bout du quai",
    ),
    "garden": PlaceProse(
        titles=("De l'autre côté du mur", "Un jardin sans personne"),
        opening="""
            Derrière un mur, qu'il fallut passer en se faisant la courte échelle, il y avait un jardin.
        """,
        arrivals=(
            """
            C'était un jardin qu'on avait laissé tranquille, et il en avait bien profité.
            Les haricots avaient grimpé sur l'épouvantail et portaient son chapeau. Un rang de laitues s'était échappé et se trouvait déjà au milieu de l'allée.
            {hero} recoucha la plus petite des laitues et borda la terre tout autour.

            « Elle recommencera », dit {pal}. // « Ça grandit si vite », soupira {pal}.
            + Les tournesols tournèrent la tête, l'un après l'autre, pour voir passer les visiteurs.
            """,
            """
            Au jardin, tout le monde était occupé.
            Des fourmis portaient une miette grande comme un canapé. Un escargot déménageait, et avait tout pris avec lui. // Deux rouges-gorges se disputaient un ver, et le ver s'en allait.
            {hero} marchait bien au milieu de l'allée, pour ne piétiner les projets de personne.

            « De la menthe, dit {pal} en reniflant. Et quelque chose de rose. »
            + Le quelque chose de rose était une rose, large comme une assiette et assez fière d'elle.
            """,
        ),
        beat="Il faut se glisser dans un jardin qu'on a laissé tranquille.",
        spot="entre deux pots de fleurs",
        nook="derrière la cabane à outils",
    ),
}
