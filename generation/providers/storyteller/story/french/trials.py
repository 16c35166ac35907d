"""French prose: what stands in the way, and how good sense gets past it."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import TrialProse

TRIALS = {
    "gate": TrialProse(
        meet_titles=("La porte qui avait une oreille", "Ni poignée ni clé"),
        meet="""
            En travers du chemin, il y avait une porte, verte comme les vieilles bouteilles. // Une grande porte verte barrait le chemin, et n'avait pas l'air de le regretter.
            Elle n'avait ni poignée, ni sonnette, ni serrure, seulement une petite oreille ronde.
            + Une oreille propre, au moins.

            {hero} poussa. {hero} tira. {pal} s'assit contre elle de toutes ses forces, ce qui ne changea rien.
            « Ouvre-toi ! » cria {hero}, droit dans l'oreille.
            L'oreille rougit et se replia.
        """,
        meet_beat="Une porte sans poignée, avec une petite oreille, refuse de s'ouvrir.",
        solve_titles=("S'il te plaît", "Ce que la porte attendait"),
        solve="""
            « La plupart des portes, dit {adviser}, sont seulement timides. »

            {hero} se mit à genoux, et cette fois ne cria pas. « Pardon pour tout ce bruit, murmura {hero} dans l'oreille. Est-ce qu'on peut passer, s'il te plaît ? On s'essuiera les pieds. »
            D'abord il ne se passa rien, et puis tout se passa en même temps. // L'oreille se déplia, petit à petit, comme une feuille au printemps.
            Les gonds fredonnèrent, et la porte s'ouvrit toute grande, comme si elle en avait envie depuis ce matin.
            + Elle attendit même poliment que {pal} soit de l'autre côté.
        """,
        solve_beat="{hero} murmure un vrai s'il te plaît, et la porte s'ouvre.",
    ),
    "stream": TrialProse(
        meet_titles=("Pas de pont", "De l'eau très pressée"),
        meet="""
            Ensuite il y eut de l'eau, large, rapide et couleur de thé.
            Il y avait eu un pont. On voyait où il commençait, on voyait où il finissait, mais le milieu était parti en voyage.
            + Un panneau disait PONT, et plus bas, en petit : *désolé*.

            « Tu sautes loin comme ça, toi ? demanda {hero}. // « C'est large comment, d'après toi ? demanda {hero}.
            — Trop », dit {pal}.
            {hero} lança une feuille. Elle disparut avant qu'on ait pu lui dire au revoir.
        """,
        meet_beat="Un torrent couleur de thé a emporté le pont.",
        solve_titles=("Une pierre, puis une autre", "Comment on bâtit un passage"),
        solve="""
            « Personne n'a jamais bâti un pont, dit {adviser}. On pose une pierre, et puis encore une. »

            Alors {hero} posa une pierre. Elle trembla, et resta. // Alors il fallut trouver une bonne pierre plate, la faire rouler jusqu'au bord, et l'eau dut la contourner.
            Puis il en vint une autre, et une autre encore, chacune un pas plus loin, et {pal} les comptait à voix haute pour qu'elles se sentent importantes.
            + La neuvième coula. On lui pardonna.
            À la vingt-troisième, {hero} descendit dans l'herbe, les chaussettes mouillées et tout le reste au sec.
        """,
        solve_beat="Pierre après pierre, {ils} se font un passage.",
    ),
    "dark": TrialProse(
        meet_titles=("Quand la lumière s'en alla", "Plus noir que le fond des poches"),
        meet="""
            Il fit sombre, et puis il fit plus sombre que ça.
            Il faisait noir comme dans une botte. // C'était un noir si épais qu'on aurait pu s'y appuyer.
            {hero} leva une main devant ses yeux et ne la trouva pas.

            « {pal} ?
            — Je suis là.
            — C'est où, là ?
            — Derrière toi, ou plutôt devant. Je suis ce que tu as sous le pied.
            — Je me disais, aussi », dit {hero}, en mettant le pied ailleurs.
        """,
        meet_beat="Il fait si noir que {hero} et {pal} ne se voient plus.",
        solve_titles=("Ce que le noir gardait", "Les yeux qui apprennent"),
        solve="""
            « Attends une minute, dit {adviser}. Les yeux sont lents, mais ils apprennent. »

            Alors, sans bouger, en se tenant bien fort, on compta jusqu'à soixante, avec un biscuit à trente.
            Et peu à peu le noir se défit en bleu et en gris. // À quarante, il y eut un bord. À cinquante, il y eut une forme. À soixante, il y eut tout un passage, aussi clair qu'un tapis de couloir.
            + Il y avait même, au bord, une petite fleur pâle, qui se débrouillait dans le noir depuis toujours.
            « Ce n'était pas vide, dit {hero}. C'était juste pas fini. »
        """,
        solve_beat="Sans bouger, il faut laisser aux yeux le temps d'apprendre le noir.",
    ),
    "echo": TrialProse(
        meet_titles=("La voix qui répondait", "Deux fois plus fort, deux fois plus fâché"),
        meet="""
            « Il y a quelqu'un ? » appela {hero}.
            « QUELQU'UN ? » rugit le rocher, deux fois plus fort et deux fois plus fâché.
            {pal} plongea sous la pierre la plus proche, qui se révéla trop petite pour qu'on soit dessous. // {pal} voulut se cacher derrière {hero}, au moment où {hero} voulait se cacher derrière {pal}.

            « Va-t'en ! » cria {hero}, en sursautant.
            « VA-T'EN ! T'EN ! VA-T'EN ! »
            + De petits cailloux dégringolèrent, comme si la montagne vidait ses poches.
            Qui que ce soit, on ne voulait pas les laisser passer.
        """,
        meet_beat="Une voix énorme renvoie chaque mot fâché.",
        solve_titles=("Quelque chose de gentil", "L'écho apprend une chanson"),
        solve="""
            « Donne-lui donc ce que tu aimerais recevoir », dit {adviser}.

            {hero} réfléchit. Qu'est-ce qui ferait plaisir à entendre, au milieu de tout ce rocher ?
            « J'aime bien ta voix ! » cria {hero}.
            « J'aime bien ta voix », dit le rocher, étonné. // « Bien ta voix... ta voix... » dit le rocher, beaucoup plus bas.
            « Tu dois te sentir bien seul ! » cria {pal}. Le rocher répéta cela aussi, et c'était tout à fait vrai.
            + Après quoi il chanta lui aussi, jusqu'au bout, en faisant la voix grave.
        """,
        solve_beat="Un mot gentil, et l'écho doit bien être gentil à son tour.",
    ),
    "giant": TrialProse(
        meet_titles=("Une botte sur le chemin", "Ne pas réveiller"),
        meet="""
            Quelqu'un avait laissé une botte sur le chemin. Elle était haute comme un autobus.
            Un peu plus loin il y en avait une autre, et dans les deux il y avait des jambes. // Après la botte venait une jambe, et après la jambe un gilet, qui montait et descendait doucement.
            Un géant était couché en travers de tout, endormi, et ronflait comme une armoire qu'on tire dans l'escalier.

            « On passe par-dessus ? chuchota {hero}.
            — Il est chatouilleux, chuchota {pal}. Ça se voit aux orteils. »
            + Un papillon s'était posé sur son nez, sans se douter de tout ce qui dépendait de lui.
        """,
        meet_beat="Un géant dort en travers du chemin.",
        solve_titles=("La marche la plus douce", "Une berceuse en grosses lettres"),
        solve="""
            « Quand on traverse les rêves de quelqu'un, dit {adviser}, il faut y laisser quelque chose de joli. »

            Alors {hero} chanta, tout bas, la chanson des canards qui ont sommeil, et l'escalade se fit d'un canard à l'autre. // Alors, tout en grimpant, {hero} fredonna quelque chose à propos de gâteau, parce que personne ne s'est jamais réveillé fâché d'un rêve de gâteau.
            Le chemin passait par un bouton de gilet, longeait la chaîne de montre et redescendait par la manchette.
            Le géant sourit dans son sommeil, se retourna, et la route fut libre.
            + Même son ronflement était devenu une mélodie.
        """,
        solve_beat="En fredonnant une berceuse, {ils} passent par-dessus le géant sans le réveiller.",
    ),
    "fog": TrialProse(
        meet_titles=("La journée effacée", "Quelque part dans le blanc"),
        meet="""
            Le brouillard tomba comme un couvercle sur une casserole. // D'abord disparurent les choses lointaines, ensuite les choses proches, et pour finir les pieds de {hero}.
            Il y avait du blanc devant, du blanc derrière, et un autre blanc par-dessus.
            + Quelque part une vache dit quelque chose, mais le brouillard mélange les bruits, et c'était peut-être une porte.

            « On allait où, déjà ? demanda {hero}.
            — Par ici, dit {pal}, à gauche.
            — Ou alors par là », dit {pal}, à droite, après avoir fait le tour de {hero} sans le savoir.
        """,
        meet_beat="Le brouillard tombe et efface toute la journée.",
        solve_titles=("Écouter le chemin", "Le monde par les oreilles"),
        solve="""
            « Quand les yeux ne servent à rien, dit {adviser}, c'est au tour des oreilles. »

            Il fallut fermer les yeux, ce qui paraît bête le temps d'un hoquet.
            Et voilà que le brouillard se remplit. Il y avait de l'eau, très bas, d'un côté. Il y avait du vent dans quelque chose de creux. Et là-bas une cloche hochait la tête, lente et sûre. // Ploc, disait la gauche. Frrr, disait la droite. Et droit devant, clair comme une petite cuillère, quelqu'un sonnait une cloche, très loin.
            {hero} prit {pal} tout contre son épaule et marcha vers le bruit, jusqu'à ce que le blanc soit usé.
            + À la sortie, on avait partout des gouttes minuscules, comme des paillettes.
        """,
        solve_beat="Les yeux fermés, il suffit de suivre le son d'une cloche.",
    ),
    "signpost": TrialProse(
        meet_titles=("Le poteau qui ne savait pas", "Trois chemins d'un coup"),
        meet="""
            À la croisée de trois chemins se dressait un poteau à trois bras, qui tournait, tournait.
            « À gauche, marmonnait-il. Non, à droite. Non. Oh là là. Qu'est-ce que j'avais dit ? »
            + Sur chaque bras était écrit LÀ-BAS, et sur l'un d'eux, en plus : *sans doute*.

            « Pardon, demanda {hero}, lequel est le bon chemin ? // {hero} lui demanda le bon chemin, aussi poliment qu'on peut parler à quelqu'un qui tourne. ¶ « Lequel est le bon ?
            — Tous ! gémit le poteau. C'est bien ça qui est terrible ! »
            À force de politesse, {pal} commençait à avoir le tournis.
        """,
        meet_beat="À la croisée des chemins, le poteau n'arrive pas à se décider.",
        solve_titles=("Comment choisir", "Assez bien pour commencer"),
        solve="""
            « On ne connaît pas un chemin quand on reste au bout, dit {adviser}. Il faut faire quelques pas, et regarder. »

            On fit cinquante pas sur le premier : des chardons. On en fit cinquante sur le deuxième, et il ressortait là où il était entré.
            Au bout de cinquante pas, le troisième avait une vue. // Sur le troisième, au bout de cinquante pas, il y avait du soleil.
            « Celui-là », dit {hero}, en nouant un ruban d'herbe au bon bras.
            + Le poteau s'arrêta de tourner. « Ce n'est que ça ? dit-il. Et moi qui cherche depuis le mois de mars ! »
        """,
        solve_beat="Quelques pas sur chaque chemin, et l'on peut choisir.",
    ),
    "toll": TrialProse(
        meet_titles=("L'oie qui voulait une blague", "On ne passe pas"),
        meet="""
            Pour continuer, il n'y avait qu'une planche, et sur la planche il y avait une oie à casquette.
            « Halte, dit l'oie. Une blague par personne. Et je les connais toutes. »
            {hero} raconta celle de l'éléphant. « Connue », dit l'oie. {hero} raconta celle du fromage. // « C'est l'histoire d'un fromage... » commença {hero}. « Il est râpé, dit l'oie. Suivante. »
            {pal} marcha d'une façon comique pour laquelle on aurait payé cher.
            « Déjà vu, dit l'oie. Sur un canard. »
            + Rien n'est plus difficile à déplacer qu'une oie que cela n'amuse pas.
        """,
        meet_beat="Une oie garde la planche et exige une blague qu'elle ne connaît pas.",
        solve_titles=("La blague inconnue", "Comment l'oie se mit à rire"),
        solve="""
            « Les meilleures, dit {adviser}, sont celles qui sont arrivées pour de vrai. »

            {hero} prit son souffle. « Ce matin, j'ai mis mes deux jambes dans le même trou de mon pantalon. J'ai sauté jusqu'au petit déjeuner, et j'ai dit que c'était une course. »
            « Et qui a gagné ? demanda l'oie.
            — Le chat. » // — Une chaise. »
            Il y eut une sorte de toux. Puis il y eut une sorte de coin-coin. Puis l'oie rit tellement que sa casquette tomba à l'eau, et elle leur fit signe de passer, des deux ailes.
            + « Les jambes ! l'entendait-on répéter longtemps après. Le *même* trou ! »
        """,
        solve_beat="{hero} raconte une bêtise vraiment arrivée, et l'oie éclate de rire.",
    ),
    "wind": TrialProse(
        meet_titles=("Le vent qui prenait les chapeaux", "Trois pas en avant, quatre en arrière"),
        meet="""
            Le vent attendait derrière le coin, les manches retroussées.
            Il prit le souffle de {hero}, un bouton, et presque {pal}. // Il soufflait si fort que les ombres devaient s'accrocher.
            On fit trois pas en avant et quatre en arrière, et puis on essaya dans l'autre sens.
            + Un chapeau passa sans personne dessous, puis un journal, puis une poule assez surprise.

            « Il ne veut pas de nous ! cria {hero}.
            — Quoi ? cria {pal}.
            — Je dis que... non, rien ! »
        """,
        meet_beat="Un grand vent les repousse aussi vite qu'on avance.",
        solve_titles=("Passer sous le vent", "À ras de terre"),
        solve="""
            « Inutile d'avoir plus de force que lui, dit {adviser}. Il suffit de rester plus près du sol. »

            Alors tout le monde à plat ventre, comme quand on cherche une pièce sous un meuble !
            En bas, parmi les racines, le vent n'avait presque rien à saisir. // Et figurez-vous que le vent passa par-dessus en sifflant, à la recherche de quelqu'un de plus grand.
            Il fallut ramper de pierre en pierre et de touffe en touffe, avec une pause derrière chacune.
            + À la sortie, {hero} avait de l'herbe dans les deux oreilles et une fierté de taupe.
            Quand on se releva, le vent était derrière, et il s'était mis à pousser.
        """,
        solve_beat="En rampant tout près du sol, on échappe au vent.",
    ),
    "becalmed": TrialProse(
        meet_titles=("Pas un souffle", "Le bateau qui n'avançait plus"),
        meet="""
            En plein milieu de l'eau, le bateau s'arrêta.
            Il n'y avait plus de vent du tout. La voile pendait comme un torchon. // La voile soupira une fois et resta là, comme du linge un dimanche.
            {hero} souffla dedans jusqu'à voir des étoiles. {pal} pagaya d'un côté, et le bateau tourna en rond, lentement, d'un air pensif.
            + Le même canard passa trois fois, à moins que ce ne soit le bateau.

            « On n'arrive nulle part, dit {hero}.
            — On y arrive en rond », dit {pal}.
        """,
        meet_beat="En mer, le vent s'en va, et le bateau tourne en rond.",
        solve_titles=("Les deux côtés ensemble", "Et un, et deux"),
        solve="""
            « D'un seul côté, on ne fait que tourner, dit {adviser}. Pour aller droit, il faut être deux. »

            Il y avait une rame, et il y avait un moule à gâteau. {hero} prit la gauche, et {pal} la droite.
            Au début, cela éclaboussait plus que cela n'avançait. Puis on compta à voix haute : *et un, et deux, et un*. // Au début, l'un des côtés allait toujours trop vite. Alors on chanta, parce qu'une chanson dit à tout le monde quand c'est le moment.
            Et le bateau leva le menton et fila tout droit, avec une petite moustache d'écume.
            + « On aurait dû commencer par là », dit {pal}.
        """,
        solve_beat="Un côté pour {hero}, un côté pour {pal}, et le bateau file droit.",
    ),
    "noise": TrialProse(
        meet_titles=("Tout le monde crie", "Comment ? Quoi ? Pardon ?"),
        meet="""
            Ici, tout le monde parlait en même temps, et personne n'écoutait.
            « Fraîches, mes anguilles ! » « Attention au chariot ! » « Qui a pris mon parapluie ? » « ANGUILLES ! »
            + Un monsieur avec une trompette avait renoncé et mangeait son sandwich.

            « S'il vous plaît, demanda {hero}, quel est le chemin ? » C'était comme poster une lettre dans la mer.
            Alors {hero} cria, et les autres durent crier plus fort, pour qu'on les entende par-dessus {hero}. // {hero} recommença plus fort. Tout autour, les gens froncèrent les sourcils et montèrent le son.
            {pal} n'entendait même plus {pal}.
        """,
        meet_beat="Tout le monde crie à la fois, et personne n'entend la question.",
        solve_titles=("Le chuchotement le plus fort", "Quand tout le monde se tut"),
        solve="""
            « Ne passe pas par-dessus, dit {adviser}. Passe par-dessous. »

            {hero} s'approcha de l'oreille la plus proche, qui appartenait à une dame avec un poisson. « Vous voulez savoir un secret ? » chuchota {hero}.
            La dame s'arrêta au milieu d'un mot. Un secret ? Le monsieur d'à côté s'arrêta aussi et se pencha. // Personne ne peut à la fois crier et écouter un secret. L'un après l'autre, les gens se turent, tout le long de la rangée, comme des bougies qu'on souffle.
            Une minute plus tard, on aurait entendu tomber un hareng.
            « Le secret, chuchota {hero}, c'est qu'on ne connaît pas le chemin. »
            + Quarante personnes le leur dirent, l'une après l'autre et très doucement.
        """,
        solve_beat="{hero} chuchote un secret, et toute la foule se tait pour l'entendre.",
    ),
    "bookdoor": TrialProse(
        meet_titles=("Le livre dans la porte", "Une histoire qui ne bougeait pas"),
        meet="""
            Dans la dernière porte se tenait un livre. Il était plus grand qu'une armoire, et fermé.
            Impossible de le contourner. Impossible de passer dessous, même si {pal} essaya, et revint plein de poussière. // On le poussa de gauche, on le poussa de droite. Autant pousser un lundi.
            Sur la couverture, en lettres d'or, on lisait : IL ÉTAIT.

            « Il était quoi ? » dit {hero}, en tapotant du doigt.
            + « Hmpf », fit le livre, et il en sortit une mite.
            On voyait bien qu'il attendait depuis très longtemps et qu'il n'attendait plus rien.
        """,
        meet_beat="Un énorme livre fermé bouche la dernière porte.",
        solve_titles=("Lis-moi", "Il était une porte"),
        solve="""
            « C'est une histoire, dit {adviser}. Personne ne lui a jamais demandé la suite. »

            {hero} s'assit donc par terre devant le livre, jambes croisées, comme à l'heure du conte. « On est là pour t'écouter », dit {hero}.
            La couverture grinça. Il en coula une lumière chaude, et une odeur de pain grillé et de dragon.
            « *Il était*, dit le livre d'une voix tremblante, *une porte...* » // « *Il était une fois*, commença le livre en rougissant jusqu'aux marges, *une petite porte verte...* »
            Et elle y était, et on passa, sur la pointe des pieds, pour ne pas perdre la page.
            + « Revenez pour la fin ! » cria le livre. Il paraissait dix ans de moins.
        """,
        solve_beat="Il suffit de s'asseoir pour écouter, et le livre s'ouvre comme une porte.",
    ),
    "train": TrialProse(
        meet_titles=("Le train qui ne partait pas", "Un tout petit soupir de vapeur"),
        meet="""
            Le train était là, portes ouvertes et roues immobiles, et il ne partait pas.
            Le mécanicien avait essayé le charbon. Il avait essayé l'huile, et quelques gros mots. // Le chef de gare avait tant sifflé que la petite bille de son sifflet était usée.
            « Elle ne veut pas dire ce qu'elle a », expliqua le mécanicien, et il s'essuya les yeux avec son chiffon, ce qui n'arrangea rien.
            + Tous les voyageurs étaient descendus et se donnaient des conseils, surtout entre eux.

            {hero} posa une main sur le flanc de la locomotive. Il était froid. De l'intérieur vint un tout petit soupir.
        """,
        meet_beat="Une petite locomotive refuse de partir, et personne ne sait pourquoi.",
        solve_titles=("Ce que voulait la locomotive", "Un nom pour une machine"),
        solve="""
            « Est-ce que quelqu'un le lui a demandé ? dit {adviser}. Pas ordonné. *Demandé.* »

            Alors {hero} grimpa, se pencha tout près, et demanda. Cela prit du temps. Avec les locomotives, il faut attendre.
            « Elle dit que toutes les autres ont un nom, annonça enfin {hero}, et qu'elle n'est que le numéro neuf. » // « C'est à cause du numéro, expliqua {hero}. Elle en a assez d'être un neuf. Elle voudrait être quelqu'un. »
            Un silence passa sur le quai. Le mécanicien ôta sa casquette.
            Ce fut {pal} qui trouva *Marguerite*. On l'écrivit à la craie. Et Marguerite poussa un tel cri de joie que les pigeons tombèrent du toit, et en voiture tout le monde !
            + Dans les virages, elle se dandinait même un peu.
        """,
        solve_beat="{hero} demande à la locomotive ce qu'elle a, et on lui donne un nom.",
    ),
    "ice": TrialProse(
        meet_titles=("Et de nouveau en bas", "La pente de verre"),
        meet="""
            La pente n'était que glace. Elle luisait comme une assiette qu'on a léchée.
            {hero} s'élança, monta cinq pas, et les redescendit tous sur le derrière. // {hero} arriva à mi-pente, assez vite, et en bas, beaucoup plus vite.
            {pal} prit plus d'élan, et repassa dans l'autre sens en tournant sur place.
            + « Youpi », fit {pal}, et puis, se reprenant : « Je veux dire : hélas. »

            On essaya de côté. On essaya en se tenant bien fort, ce qui permet surtout de tomber en compagnie.
        """,
        meet_beat="Une pente de glace les renvoie toujours en bas.",
        solve_titles=("À petits pas", "Un escalier pour deux"),
        solve="""
            « La glace aime les gens pressés, dit {adviser}. Elle ne peut rien contre ceux qui tapent du pied. »

            Alors {hero} trouva une pierre pointue et tailla une marche, pas plus grande qu'une soucoupe, monta dessus et tailla la suivante. // Alors on tapa du pied. *Tchac*, fit un talon, *tchac*, fit l'autre, et chaque fois il y eut la place d'un orteil.
            C'était lent. C'était si lent qu'un nuage les dépassa deux fois.
            Mais plus personne ne glissait. Et en bas, derrière, il y avait maintenant tout un escalier qui clignait de l'œil.
            + « Pour les suivants », dit {hero}, en semant un peu de sable sur la première marche.
        """,
        solve_beat="De petites marches taillées dans la glace, et l'on monte lentement.",
    ),
    "maze": TrialProse(
        meet_titles=("Tournez en rond", "Le labyrinthe avait son idée"),
        meet="""
            Les haies se refermèrent sans un bruit. C'était un labyrinthe.
            À gauche, il y avait une haie. À droite, il y avait une haie avec un banc. // Derrière chaque coin il y avait un autre coin, et celui-là en connaissait un troisième.
            Après une longue marche, {hero} et {pal} débouchèrent fièrement à l'endroit du départ.
            + « Je connais cet escargot, dit {pal}. C'est la troisième fois qu'il nous salue. »

            « Je crois que ça bouge quand on ne regarde pas », dit {hero}.
            La haie bruissa, d'un air beaucoup trop innocent.
        """,
        meet_beat="Un labyrinthe de haies les ramène toujours au départ.",
        solve_titles=("Une main sur la haie", "La sortie par le plus long"),
        solve="""
            « Pose une main sur la haie, dit {adviser}, et ne l'enlève plus, quoi qu'il arrive. »

            Cela semblait trop facile. Mais {hero} mit sa main gauche dans les feuilles et commença à marcher.
            On entra dans chaque impasse, et on en ressortit, patiemment, comme quand on lit en suivant la ligne du doigt. // La haie menait dans tous les mauvais coins, l'un après l'autre, mais de chacun elle faisait ressortir.
            Et quand il n'y eut plus un seul endroit où ne pas avoir été, la sortie était là, avec un rouge-gorge dessus.
            + Le labyrinthe grogna. Personne n'avait jamais été aussi consciencieux.
        """,
        solve_beat="Une main posée sur la haie, sans jamais l'enlever : voilà la sortie.",
    ),
    "cliff": TrialProse(
        meet_titles=("Tout droit, mais vers le haut", "Le mur sans escalier"),
        meet="""
            Alors le chemin se mit debout, tout simplement. // Devant, la terre montait tout droit, comme une page qu'on tourne.
            C'était une falaise, et le haut en était si loin qu'un nuage y était resté coincé.
            {hero} leva la tête jusqu'à en perdre son chapeau, ou plutôt, n'ayant pas de chapeau, l'équilibre.
            + À mi-hauteur poussait une touffe de fleurs roses, comme si c'était là un endroit normal.

            « On pourrait lui demander de se coucher », dit {pal}.
            On le lui demanda. Elle n'y fit pas attention.
        """,
        meet_beat="Le chemin finit au pied d'une falaise qui monte tout droit.",
        solve_titles=("Où poser l'orteil", "Un petit bout à la fois"),
        solve="""
            « Ne cherche pas le haut, dit {adviser}. Cherche où poser le pied. »

            Justement, il y avait un creux à hauteur de genou. Et il y en avait un autre après, derrière une fougère.
            {hero} grimpait et {pal} indiquait les prises, puis {pal} grimpait et c'était l'inverse. // « Un peu à gauche, disait {pal}. Plus haut. Et maintenant, aie confiance en la bosse. » Et la bosse tenait.
            Sur une corniche on mangea une prune, et on cracha le noyau sur personne.
            + Vus de là, les arbres ressemblaient à du persil.
            Puis il y eut encore une prise, et c'était de l'herbe.
        """,
        solve_beat="D'une petite prise à l'autre, la falaise se laisse grimper.",
    ),
    "gull": TrialProse(
        meet_titles=("Au voleur !", "La mouette au sandwich"),
        meet="""
            Ce fut très rapide. Il y eut un courant d'air, il y eut une patte jaune, et il n'y eut plus de déjeuner. // Un instant plus tôt, {hero} tenait le déjeuner. Un instant plus tard, {hero} n'en tenait plus que l'odeur.
            Une mouette grosse comme un oreiller l'avait emporté en haut d'un poteau, papier compris.
            « À moi, dit la mouette.
            — À *nous*, dit {hero}.
            — À moi, à moi, à moi », dit la mouette, et elle avala une croûte pour le prouver.
            + Elle avait un petit œil dur, et une patte sur laquelle elle n'aimait pas s'appuyer.
            Et elle était perchée juste là où il fallait passer.
        """,
        meet_beat="Une mouette féroce vole le déjeuner et barre le passage.",
        solve_titles=("La moitié d'un sandwich", "Ce qui manquait à la mouette"),
        solve="""
            « Pour crier *à moi* aussi fort, dit {adviser}, il faut n'en avoir jamais eu assez. »

            {hero} trouva un dernier biscuit au fond d'une poche. Au lieu de le lancer, {hero} le tendit à plat sur la main et regarda ailleurs, comme on fait avec les timides.
            L'attente fut longue. Puis il y eut une chatouille. // Quelque chose le prit, si doucement que c'était à peine prendre.
            « Oh, dit la mouette. Il fallait le dire, qu'on pouvait demander. »
            Elle poussa du bec ce qui restait du déjeuner et se serra un peu.
            + On le mangea à trois, en rang, les pieds dans le vide.
        """,
        solve_beat="{hero} offre un biscuit à la mouette, et la mouette rend le déjeuner.",
    ),
    "mud": TrialProse(
        meet_titles=("Gloup", "La boue qui voulait des bottes"),
        meet="""
            Devant, le sol était brun et lisse, et il faisait *gloup* quand personne n'y touchait.
            {hero} mit une botte dedans. La botte plut à la boue, qui la garda. // La botte de {hero} entra. Le pied de {hero} ressortit, en chaussette, l'air étonné.
            Il fallut tirer à deux pour la ravoir, et puis s'asseoir assez brusquement, dans encore plus de boue.
            + Cela fit le genre de bruit pour lequel on vous fait sortir de table.

            « On pourrait nager, dit {pal}.
            — On ne nage pas dans de la crème, dit {hero}.
            — Quelqu'un a essayé ? »
        """,
        meet_beat="Une boue affamée avale une botte de {hero}.",
        solve_titles=("Marcher sur une porte", "La boue reste sur sa faim"),
        solve="""
            « La boue n'avale que ce qui est étroit, dit {adviser}. Il faut être large. »

            En cherchant bien, on trouva deux vieilles planches et le couvercle d'une caisse.
            On en posa une, on monta dessus, et la boue ne fit qu'un rot. On posa l'autre devant, on reprit celle de derrière, et ainsi la route avançait avec les voyageurs. // Une planche devant, un pas dessus, une planche reprise derrière : la boue n'eut pas même un lacet.
            « C'est comme un train, dit {pal}, mais en très lent. »
            + Au milieu, petite halte, pour regarder une grenouille qui regardait aussi.
            De l'autre côté, {hero} se retourna et salua.
        """,
        solve_beat="De planche en planche, {ils} passent par-dessus la boue.",
    ),
    "step": TrialProse(
        meet_titles=("La marche qui manquait", "Un trou dans l'escalier du ciel"),
        meet="""
            L'escalier de nuages montait, montait, et puis il y eut une marche qui n'était pas là.
            Avant elle il y avait une marche, après elle il y avait une marche. Entre les deux il y avait beaucoup d'après-midi, avec un village au fond. // À sa place il y avait un trou, et par le trou on voyait des poules, d'en haut.
            {hero} s'assit très vite et s'accrocha au bord. Il s'émietta, avec un goût de pluie.
            + « On l'a peut-être donnée à réparer », dit {pal}.

            La marche suivante était trop loin pour sauter, et toutes les jambes le savaient.
        """,
        meet_beat="Dans l'escalier des nuages, il manque une marche.",
        solve_titles=("Un nuage fait maison", "Soufflez"),
        solve="""
            « De quoi crois-tu que c'est fait ? dit {adviser}. Quelqu'un a soufflé quand il faisait froid, voilà tout. »

            Alors {hero} souffla. Un petit nuage resta là, pas plus gros qu'une brioche, et ne s'en alla pas.
            {pal} souffla à son tour, et cela se colla au premier. // On souffla à tour de rôle, {hero} les gros, {pal} ceux des coins.
            À force de souffler, il y eut une marche. Elle avait une bosse à gauche. Mais elle portait une personne, et même deux.
            + « La nôtre est la plus jolie », dit {pal}, et c'était en tout cas la seule qui sentait la confiture.
        """,
        solve_beat="En soufflant un petit nuage, {ils} fabriquent la marche qui manquait.",
    ),
    "shadow": TrialProse(
        meet_titles=("Quelque chose d'énorme en travers", "La chose à trop de bras"),
        meet="""
            Quelque chose barrait la route. C'était noir, c'était haut comme une maison, et cela avait beaucoup trop de bras. // Droit devant montait une immense forme sombre, avec des cornes, ou des branches, ou une mauvaise coiffure.
            {hero} s'arrêta. La chose s'arrêta.
            {hero} recula d'un pas. La chose se tassa un peu, comme avant de bondir.
            + Elle avait des doigts longs comme des râteaux.

            « Elle nous regarde ? souffla {pal}.
            — Elle n'a pas d'yeux.
            — C'est justement ce que je n'aime pas chez elle », dit {pal}.
        """,
        meet_beat="Une immense forme noire, avec trop de bras, barre la route.",
        solve_titles=("C'est grand comment, une ombre ?", "Ce qu'il y avait devant la lumière"),
        solve="""
            « Avec ces choses-là, dit {adviser}, il faut toujours regarder derrière soi, pour voir d'où vient la lumière. »

            Derrière, il y avait la lumière, jaune, au ras du sol. Et devant la lumière il y avait un scarabée, qui disait bonsoir de toutes ses pattes.
            « Oh ! » fit {hero}. // « C'était *toi* ? » dit {hero}.
            La grande chose noire agita les bras aussi. Elle disait bonsoir depuis le début.
            {hero} fit un lapin avec deux doigts, le scarabée fut ravi, et pendant un moment il y eut théâtre.
            + {pal} fit la mer, ce qui est plus difficile qu'on ne croit.
        """,
        solve_beat="Du côté de la lumière, le monstre n'est que l'ombre d'un scarabée.",
    ),
    "knot": TrialProse(
        meet_titles=("Le plus gros nœud du monde", "Un sac de nœuds"),
        meet="""
            Une corde aussi grosse que {hero} était tendue en travers du passage, et nouée d'un nœud de la taille d'une vache.
            Il passait dessus, dessous, dans lui-même, et revenait chercher quelque chose qu'il avait oublié. // C'était le genre de nœud que fait une corde quand on la laisse seule avec ses pensées.
            {hero} tira le bout qui dépassait. Le nœud se serra en grognant.
            {pal} tira aussi. Il grogna encore, et parut y prendre plaisir.
            + Un escargot, dessus, assura qu'il était là depuis tout petit.
            « Plus on tire, dit {hero}, pire c'est. »
        """,
        meet_beat="Un nœud énorme ferme le passage, et tirer ne fait que l'empirer.",
        solve_titles=("Ne pas tirer", "Le bout de corde qui bâillait"),
        solve="""
            « Alors ne tire pas, dit {adviser}. Pousse. Dans toutes les pelotes il y a un endroit mou. »

            Alors on palpa le nœud de partout, et on demanda à la corde où elle avait mal. // {hero} en fit deux fois le tour en regardant, ce qu'on oublie souvent de faire.
            Tout au milieu, il y avait une boucle molle. {hero} la poussa, et elle céda. Derrière elle, il y en avait une autre.
            Peu à peu on fit repasser la corde dans elle-même, et le nœud soupira, gonfla, s'endormit, et se coucha en corde tout à fait ordinaire.
            + « Bien aimable, dit la corde. Cela me grattait depuis des années. »
        """,
        solve_beat="Au lieu de tirer, il fallait trouver la boucle molle.",
    ),
    "scales": TrialProse(
        meet_titles=("Le juste prix", "L'homme à la balance"),
        meet="""
            En travers de la ruelle se dressait une balance de cuivre, haute comme un réverbère, et à côté un monsieur dans une très longue moustache.
            « Pour passer, dit-il, il faut mettre quelque chose dans le plateau. Quelque chose qui vaille autant que ce que vous cherchez. »
            {hero} y mit une pièce. Le plateau ne bougea pas. {hero} y mit toutes les pièces, et une assez belle bille. // {hero} vida ses deux poches : une pièce, un marron, un bouton de quelque chose. Rien ne bougea.
            {pal} monta dedans aussi, et cela ne fit pas la différence d'une miette.
            + « Elle n'est pas cassée, dit le monsieur. On me le demande toujours. »
        """,
        meet_beat="Un homme à la balance demande quelque chose qui vaille autant.",
        solve_titles=("Ce qui vaut autant", "Le poids qu'il fallait"),
        solve="""
            « Elle ne pèse pas le prix des choses, dit {adviser}. Elle pèse combien on y tient. »

            {hero} resta longtemps sans bouger. Puis {hero} se pencha vers le plateau et lui raconta l'histoire du soir, celle qui ne se disait qu'à la maison, et seulement les jours de chagrin. // Alors {hero} comprit, se pencha vers le plateau et y chanta la chanson du soir, celle de la maison, que personne d'autre ne connaissait.
            Le plateau descendit comme un seau dans un puits. Bang !
            « Et le plus beau, dit le monsieur en enroulant sa moustache, c'est qu'on peut le donner et l'avoir encore. »
            + Il leva la barrière, et l'on remarqua qu'il fredonnait.
        """,
        solve_beat="{hero} donne ce à quoi l'on tient le plus, et qui ne s'use jamais.",
    ),
    "cloud": TrialProse(
        meet_titles=("Le nuage enrhumé", "À tes souhaits !"),
        meet="""
            Un nuage s'était assis sur le chemin, juste dans le passage étroit, et il avait un rhume épouvantable.
            « At..., disait-il. At... at... »
            L'éternuement les souleva, les retourna et les reposa là où l'on était dix minutes plus tôt. // *TCHOUM !* Et hop, cul par-dessus tête, retour au dernier tournant.
            On recommença. On arriva jusqu'au deuxième « at ».
            + Il pleuvait un peu, aussi, de ce qui devait être son nez.
            « Je suis désolé, dit le nuage. J'y beux rien. »
        """,
        meet_beat="Un nuage enrhumé les renvoie d'un éternuement.",
        solve_titles=("Soigner le temps qu'il fait", "Une soupe pour un nuage"),
        solve="""
            « Il n'est pas en travers, dit {adviser}. Il est en peine. De face, c'est pareil. »

            Alors on cessa de vouloir passer. {hero} enveloppa le bout le plus froid dans une couverture, et {pal} lui raconta une longue histoire sans aucune surprise. // Alors {hero} s'assit à côté et lui frotta ce qui devait être son dos. {pal} alla chercher une pierre chaude pour ses pieds, et l'on se mit d'accord sur l'endroit où ils étaient.
            Il fit un dernier « at ». Tout le monde attendit. Au lieu d'éternuer, il bâilla.
            « Berci », dit-il, et puis, en devenant rose et or sur les bords : « Merci ! »
            + Et il s'éleva au-dessus du chemin, léger comme il devait l'être.
        """,
        solve_beat="Au lieu de forcer le passage, {ils} soignent le nuage.",
    ),
}
