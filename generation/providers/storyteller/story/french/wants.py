"""French prose: what the journey is for."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import WantProse

WANTS = {
    "star": WantProse(
        books=(
            "{hero} et l'étoile tombée",
            "L'étoile qui avait le hoquet",
            "{hero}, {pal} et le trou dans le ciel",
        ),
        quest="ramener chez elle une étoile tombée",
        call_titles=("La nuit où l'étoile tomba", "Un trou dans le ciel"),
        call="""
            Une nuit, quelque chose glissa le long du ciel, avec un bruit de fermeture éclair. // Un soir, tard, une lumière descendit le ciel, rebondit une fois derrière les toits et s'éteignit.
            À la place, il y avait maintenant un petit trou noir, juste de la taille d'une étoile.
            + Les autres étoiles se serraient autour, comme on fait quand il y a un courant d'air.

            {hero} regarda le trou. {pal} regarda {hero}.
            « Quelqu'un a laissé tomber ça, dit {pal}.
            — Alors il faut que quelqu'un le ramasse », dit {hero}.
            Dans toute la rue, il n'y avait personne à aucune autre fenêtre.
        """,
        call_beat="Une étoile tombe du ciel, et personne d'autre ne l'a vue.",
        find_titles=("Tiède comme un petit pain", "L'étoile qui avait le hoquet"),
        find="""
            Là, {spot}, il y avait l'étoile. Elle était plus petite qu'on ne croit, elle avait le hoquet, et chaque hoquet faisait une étincelle.
            « Elle a eu peur », chuchota {pal}.

            {hero} la prit dans ses deux mains. Elle était tiède comme un petit pain et ne pesait pas plus qu'un éternuement. // {hero} fit un nid de ses deux mains. L'étoile y grimpa, tiède comme un petit pain.
            + Elle sentait l'allumette et le très loin.
            Peu à peu le hoquet cessa, et il vint une lumière à lire un livre entier.
        """,
        find_beat="{hero} trouve l'étoile, qui est toute petite, tiède, et qui a le hoquet.",
        give_titles=("À sa place", "Et hop, là-haut"),
        give="""
            On la porta en haut de la colline la plus proche, là où le ciel est assez près pour qu'on le sente. (Il sent la neige et la bougie soufflée.)
            « On y va ? » demanda {hero}. L'étoile frissonna, mais c'était la bonne sorte de frisson.

            {hero} ouvrit les mains.
            Elle monta, dépassa les cheminées, la route des hiboux et le coude de la lune, et rentra dans son trou avec un tout petit déclic. // Elle monta plus haut que le dernier arbre, plus haut qu'une chauve-souris étonnée, plus haut que tout, et dans le noir on entendit : clic.
            + Toutes les autres étoiles se poussèrent un peu, pour qu'elle soit à l'aise.

            « Elle m'a fait un clin d'œil », dit {pal}. Peut-être qu'elle scintillait, simplement, mais qui peut voir la différence ?
        """,
        give_beat="Du haut de la colline, l'étoile retourne à sa place.",
    ),
    "song": WantProse(
        books=(
            "{hero} et la chanson perdue du vent",
            "Le matin où le vent se tut",
            "{hero} et la chanson en bouteille",
        ),
        quest="retrouver la chanson que le vent a perdue",
        call_titles=("Le vent ouvrit la bouche", "Rien que du silence"),
        call="""
            Un matin, le vent ouvrit la bouche pour chanter, et rien ne sortit.
            Le linge pendait tout droit. Le coq du clocher regardait ses pieds. // Plus une feuille ne bougeait. Les cerfs-volants gisaient dans l'herbe comme des mouchoirs perdus.
            + Même le drapeau de la mairie s'était endormi debout.

            « Il a perdu sa chanson, dit {pal}. Ça s'entend, qu'elle n'est pas là. »
            {hero} tendit un bras par la fenêtre. Quelque chose de doux s'appuya dessus, sans un bruit, triste comme un chien mouillé.
            « Ne t'en fais pas, dit {hero} au vent. On va chercher. »
        """,
        call_beat="Le vent se réveille sans sa chanson.",
        find_titles=("La chanson dans la bouteille", "Un air sans personne"),
        find="""
            Là, {spot}, il y avait une bouteille verte, et elle fredonnait.
            {hero} la colla contre son oreille. Il y avait dedans des sifflements et des souffles, une porte qui claque au loin, et un peu de tous les automnes du monde.

            « Comment est-elle entrée là-dedans ? demanda {pal}. // « Mais qu'est-ce qu'elle fait là ? chuchota {pal}.
            — Comme tout le monde, dit {hero}. Elle est entrée pour voir, et puis elle n'a plus pu faire demi-tour. »
            + Il y avait un bouchon, mais c'était une vague qui l'avait mis, ou le hasard.
            Le verre tremblait comme un souffle qu'on retient.
        """,
        find_beat="La chanson du vent était prise dans une bouteille verte.",
        give_titles=("Plop !", "Comment le vent recommença"),
        give="""
            En haut de la colline la plus proche, {hero} saisit le bouchon. Il sauta avec un *plop* qu'on entendit dans trois villages.
            La chanson jaillit. Elle fit un tour autour de {hero} et deux autour de {pal}, pour bien les reconnaître, et puis elle s'élança. // Il vint d'abord une note, basse et poussiéreuse. Puis vinrent toutes les autres, en se bousculant comme des chiots.
            Le vent prit une énorme inspiration, et chanta.

            Dans toute la rue, le linge se leva et se mit à danser. Un caleçon long fit la roue.
            + Le coq du clocher tourna tant qu'il en eut mal au cœur.
            « De rien ! » cria {hero}, les cheveux tout droits sur la tête.
        """,
        give_beat="Le bouchon saute, et le vent retrouve sa chanson.",
    ),
    "sleep": WantProse(
        books=(
            "{hero} et le Bâillement en fuite",
            "La nuit où personne ne dormit",
            "{hero} à la recherche du Bâillement",
        ),
        quest="retrouver le bâillement qui s'est enfui, pour que tout le monde puisse dormir",
        call_titles=("Personne ne dormait", "Trois heures du matin, les yeux ouverts"),
        call="""
            L'heure du coucher était passée depuis longtemps, et dans toute la ville personne ne dormait.
            Le boulanger faisait le pain du lendemain, et ensuite il fit celui de vendredi. La vieille madame Prune avait tricoté une écharpe au réverbère. // À chaque fenêtre il y avait une lumière, et dans chaque lumière quelqu'un en pantoufles, qui regardait le plafond.
            + On avait compté quatre cents moutons, et ils se plaignaient.

            « Le Bâillement est parti, dit {pal}. Le premier. Celui qui entraîne tous les autres. »
            {hero} essaya de bâiller. Ce n'était qu'une bouche ouverte.
            « Allons le chercher, dit {hero}, avant que tout le monde devienne grognon. »
        """,
        call_beat="Le premier bâillement du soir s'est enfui, et la ville ne dort plus.",
        find_titles=("Le Bâillement en personne", "Doux, gris et plutôt timide"),
        find="""
            Là, {nook}, il était couché : doux, gris et rond, comme un chat sans les coins. C'était le Bâillement.
            « Je ne rentrerai pas, dit-il. On me cache avec la main. On demande *pardon*, comme si j'étais un rot. »

            {hero} s'assit à côté. « Moi, je t'aime bien. Tu es la porte de tous les rêves. » // « Tu es le meilleur moment du soir, dit {hero}. On dirait qu'on s'étire en dedans. »
            Le Bâillement rosit. « C'est vrai ? » dit-il.
            + Jamais encore on ne lui avait demandé de rester.
            Et il se glissa au creux du bras de {hero}.
        """,
        find_beat="{hero} trouve le Bâillement, qu'on a vexé.",
        give_titles=("De maison en maison", "Bonne nuit tout le monde"),
        give="""
            Au milieu de la ville, sous toutes les fenêtres allumées, {hero} ouvrit les bras et lâcha le Bâillement.
            Il s'étira. Il grandit. Il passa d'abord par {hero}, à partir des orteils, et ce fut le plus beau bâillement du monde, avec un petit couic à la fin. // Il roula sur les épaules de {hero}, sortit grand comme une porte de grange, et {pal} l'attrapa aussitôt.
            Puis il descendit la rue, de maison en maison, comme quelqu'un qui baisse les lampes.
            Le boulanger bâilla dans sa pâte. L'horloge bâilla entre deux et trois.
            + Les quatre cents moutons se couchèrent en tas, et plus personne ne s'occupa d'eux.
            L'une après l'autre les fenêtres s'éteignirent, et toute la ville souffla doucement.
        """,
        give_beat="Le Bâillement va de maison en maison, et tout le monde s'endort.",
    ),
    "letter": WantProse(
        books=(
            "{hero} et la lettre pour une baleine",
            "Le courrier de la baleine",
            "{hero} porte une lettre à la mer",
        ),
        quest="porter une lettre à une baleine",
        call_titles=("La mauvaise boîte aux lettres", "Une lettre pour une baleine"),
        call="""
            Un jour, il y eut sur le paillasson une lettre qui n'était pour personne de la maison.
            Elle était un peu mouillée. Dessus, en grosses lettres tremblées, on lisait : LA BALEINE, LA MER. // Elle était bleue, elle sentait le sel, et une écriture ronde et lente l'adressait à LA BALEINE, LA MER.
            Au dos était écrit : *urgent, et aussi avec tendresse*.

            « Le facteur a dû perdre courage, dit {pal}. C'est grand, la mer.
            — Mais c'est grand, une baleine, dit {hero}. Ça devrait aider. »
            + On la regarda pendant tout le petit déjeuner, et elle semblait regarder aussi.
        """,
        call_beat="Une lettre pour une baleine est arrivée dans la mauvaise maison.",
        find_titles=("Du courrier pour vous", "La baleine lit lentement"),
        find="""
            Là, {nook}, on attendit, en tenant la lettre bien haut. L'eau se souleva, se souleva encore, et elle eut un visage.
            « Pour moi ? » dit la baleine.
            + Elle avait la voix si grave que les genoux en vibraient.

            {hero} dut lire à voix haute, car les baleines n'ont pas de lunettes. // « Je ne vois pas les petites choses, dit la baleine. Pour moi, petit, c'est loin. » Alors {hero} lut tout haut.
            *Chère baleine*, disait la lettre. *C'était moi, le petit dans la barque, le jour de la tempête. Vous avez poussé. Je n'ai jamais dit merci. Merci.*
            + C'était signé de quelqu'un qui devait être bien vieux à présent.
            La baleine se tut, le temps d'une vague. « J'avais cru que c'était un tronc d'arbre », dit-elle.
        """,
        find_beat="On lit la lettre à la baleine : c'est un merci qui a mis des années.",
        give_titles=("La réponse de la mer", "Remis en main propre"),
        give="""
            Une lettre veut une réponse. La baleine la souffla, {hero} l'écrivit, et elle fut à terre avant que l'encre soit sèche.
            La maison ne fut pas difficile à trouver : il y vivait un très vieux monsieur, avec un bateau peint sur chaque mur. // L'adresse, au dos, menait à une porte bleue, et la porte bleue s'ouvrit sur un très vieux monsieur en tricot de marin.
            {hero} lui tendit la page. Il n'y avait dessus que neuf mots.
            *Vous étiez léger comme tout. Venez me dire bonjour.*

            Alors tout le monde descendit jusqu'au bout de la jetée, et agita la main.
            + Cela prit du temps, à cause des marches.
            Et très loin, noire sur les dernières lueurs, une grande queue se leva, et répondit.
        """,
        give_beat="On rapporte la réponse de la baleine, et de vieux amis se saluent.",
    ),
    "light": WantProse(
        books=("{hero} et le phare éteint", "{hero} porte la lumière", "Une lumière pour le phare"),
        quest="ramener la lumière qui a quitté le phare",
        call_titles=("La lampe était vide", "Pas de lumière ce soir"),
        call="""
            Au bout de la pointe, le vieux phare avait toujours tourné, la nuit : *clair*, noir, *clair*, noir. Ce soir-là, il fit : noir, noir, noir.
            La gardienne descendit tout l'escalier, sa casquette à la main. « Elle est partie, dit-elle. Elle a fait sa valise. Je l'astiquais chaque jour, et je ne lui ai jamais demandé si elle était fatiguée. » // « Partie ! dit la gardienne, qui avait couru jusque-là. Je monte lui dire bonne nuit, et je trouve un mot : *Je ne reviens pas*. »

            « Et les bateaux ? demanda {hero}.
            — Justement, dit la gardienne. Il en arrive toute une flotte demain soir. »
            + {pal} regarda la mer. Elle n'avait jamais paru aussi grande.
        """,
        call_beat="La lumière a quitté le phare, et des bateaux sont en route.",
        find_titles=("Une lumière toute seule", "La fatigue de tourner"),
        find="""
            Là, {nook}, la lumière était assise, les genoux contre elle, et luisait un peu, comme on fredonne quand on se croit sans personne.
            « Toujours tourner, dit-elle avant qu'on ouvre la bouche. Cent ans, et jamais je n'ai pu m'arrêter pour regarder quelque chose. »

            « Qu'est-ce que tu voulais regarder ? demanda {hero}. // {hero} s'assit tout près, et eut chaud à une épaule. ¶ « Regarder quoi, surtout ?
            — Un bateau, dit la lumière. De tout près. Un seul. Il fallait toujours que je me détourne. »
            + Elle vacilla. « Ils doivent me trouver bien mal élevée. »
            « Viens avec nous, dit {hero}, et ce soir, sur chaque pont, il y aura quelqu'un pour te faire signe. »
        """,
        find_beat="La lumière se cache : elle n'a jamais pu s'arrêter pour regarder.",
        give_titles=("Clair, noir, clair", "Les bateaux arrivent"),
        give="""
            Il y avait cent quatre-vingt-dix-neuf marches, et tout en haut {hero} remit la lumière sous son verre.
            En bas, du fond de la nuit, venaient les bateaux. La lumière retint son souffle. Puis elle se mit à tourner, et cette fois, sur chaque bateau qu'elle touchait, quelqu'un agitait une lanterne en criant bonsoir. // Quand le premier rayon passa sur l'eau, ils étaient là : des bateaux rouges, des bateaux bleus, et sur chaque pont tout un équipage de bras en l'air.
            « Oh, dit la lumière. C'est *moi* qu'ils regardaient. »

            La gardienne se moucha comme une corne de brume.
            + Depuis, elle lui dit bonsoir par son nom, et la lumière a congé le mardi : ce jour-là, c'est la lune qui s'en charge.
            Clair, fit le phare. Noir. *Clair.*
        """,
        give_beat="{hero} remonte la lumière dans la tour, et chaque bateau la salue.",
    ),
    "colours": WantProse(
        books=(
            "{hero} et le jour sans couleurs",
            "{hero} rapporte le bleu",
            "Le jour gris de {hero} et de {pal}",
        ),
        quest="ramener les couleurs qui sont parties en promenade",
        call_titles=("Tout était gris", "Le jour sans couleurs"),
        call="""
            {hero} ouvrit les yeux, et toute la rue était grise.
            Les rideaux étaient gris. La confiture était grise. Le perroquet du numéro six, qui la veille encore était un peu de tout, en était furieux. // Portes grises, pommes grises, camion de pompiers gris. On ne distinguait plus la moutarde de la crème, sauf trop tard.
            Passé le dernier réverbère, le monde brillait comme avant. C'était d'*ici* qu'elles étaient parties.

            Dans la boîte de peinture, à la place du rouge, il y avait un mot.
            *Sorties nous promener*, disait le mot. *Vous ne nous preniez que pour le ciel.*
            + « C'est vrai », dit {hero}, et tout devint encore un peu plus gris.
        """,
        call_beat="Un matin, toutes les couleurs ont quitté la rue de {hero}.",
        find_titles=("Un pique-nique à sept", "Où étaient les couleurs"),
        find="""
            Là, {nook}, les couleurs pique-niquaient. Le rouge avait apporté un tambour. Le jaune riait sans pouvoir s'arrêter. Le vert s'occupait sérieusement des sandwichs, et le violet racontait une longue histoire avec des rois.
            « On ne vient pas, dit le bleu, si c'est pour ne faire que des ciels. »

            {hero} réfléchit vite. « Et qu'est-ce que vous *aimeriez* faire ? » // « Rien ne vous y oblige, dit {hero}. Vous pourriez choisir. »
            « Des vaches ! » cria tout de suite le bleu. « Des arbres », rêva l'orange. « Je voudrais tant être un nez », dit le vert.
            + Le marron, à qui l'on ne demande jamais rien, dit qu'il aimerait juste qu'on le regarde.
            « D'accord », dit {hero}, et on se serra la main, et cela déteignit sur tout le monde.
        """,
        find_beat="Les couleurs pique-niquent, et voudraient qu'on leur demande leur avis.",
        give_titles=("Une vache bleue", "À elles de choisir"),
        give="""
            Ce soir-là, au milieu de la rue grise, {hero} ouvrit la boîte de peinture. « Allez-y. Comme il vous plaira. »
            Pfiou ! Elles repartirent par-dessus les toits et le long des gouttières, en riant. // Elles sortirent toutes ensemble, comme des enfants quand la cloche sonne.
            Les lampes devinrent dorées, et les portes rouges. La confiture redevint confiture. Mais devant le numéro six il y avait une vache bleue, l'air très content, et le facteur eut le nez vert jusqu'à jeudi.
            + Il déclara qu'il en avait toujours eu envie.

            « Ce n'est pas comme avant, dit {pal}.
            — C'est mieux, dit {hero}. Elles l'ont fait *exprès*. »
        """,
        give_beat="Les couleurs reviennent, chacune à la place qu'elle a choisie.",
    ),
    "seed": WantProse(
        books=("{hero} et la dernière graine", "L'arbre qui oubliait de fleurir", "{hero} plante demain"),
        quest="trouver une graine pour le vieil arbre qui ne sait plus fleurir",
        call_titles=("L'arbre avait oublié", "Pas de fleurs cette année"),
        call="""
            Derrière les maisons poussait un poirier, si vieux que toutes les grands-mères du quartier en étaient tombées.
            Ce printemps-là, il oublia de fleurir. Il restait là, dans son écorce, à chercher dans ses poches. // Quand tous les autres arbres se mirent en blanc, il resta là, à se gratter la tête d'une brindille.
            + Un merle lui chanta le début, pour l'aider. Rien à faire.

            « C'est la fatigue, dit {pal}. Il voudrait passer la main à quelqu'un. »
            {hero} posa une oreille contre le tronc. Très loin dedans, quelque chose craqua. Cela ressemblait beaucoup à *graine*.
        """,
        call_beat="Le vieux poirier ne fleurit plus, et réclame une graine.",
        find_titles=("Plus petite qu'une tache de rousseur", "Endormie dans son manteau"),
        find="""
            Là, {spot}, il y avait une graine en manteau brun, pas plus grosse qu'une tache de rousseur, et qui dormait à poings fermés.
            « C'est tout ? demanda {pal}.
            — C'est *tout*, justement, dit {hero}. Il y a un arbre entier là-dedans, mais plié. » // — C'est absolument tout, dit {hero}. Le tronc, l'ombre, et des poires jusqu'à Noël. C'est seulement très bien rangé. »

            {hero} souffla dessus. La graine se retourna et resserra son manteau.
            + Elle faisait un rêve avec des abeilles.
            {hero} la mit à l'endroit le plus sûr du monde, la poche à bouton, et marcha désormais comme si cette poche était pleine d'œufs.
        """,
        find_beat="{hero} trouve la graine endormie, et l'emporte avec mille précautions.",
        give_titles=("Un petit trou, un grand espoir", "À qui passer la main"),
        give="""
            Au pied du vieil arbre, {hero} creusa un trou profond comme un doigt. On y mit la graine. On y mit un mot, qui ne regardait personne.
            On tassa la terre, on arrosa, on regarda. Il ne se passa rien, mais à fond. // Ensuite il n'y eut plus qu'à regarder de la boue, et on la regarda de toutes ses forces.

            « C'est dessous que ça se passe », dit {pal}.
            Et alors le vieil arbre poussa un soupir qui descendit jusqu'aux racines, et laissa tomber une seule fleur blanche, juste là, comme une couverture.
            + Le matin venu, il y aurait un fil vert, mince comme un cheveu, les deux bras en l'air.
            Il avait trouvé à qui passer la main.
        """,
        give_beat="La graine est plantée au pied du vieil arbre.",
    ),
    "laugh": WantProse(
        books=(
            "{hero} et le premier rire du bébé",
            "Le bébé qui ne riait pas",
            "{hero} part chercher un rire",
        ),
        quest="trouver un premier rire pour le nouveau bébé",
        call_titles=("Le bébé était là", "Quelqu'un de très petit et de très fort"),
        call="""
            Il y avait un nouveau bébé à la maison, et il ne savait faire qu'une chose, et il la faisait toute la journée : il pleurait.
            Il pleurait au petit déjeuner. Il pleurait devant la gentille dame au chapeau. Il pleurait parce qu'il ne pleurait plus et que cela lui manquait. // Il était rouge et rond, il sifflait comme une bouilloire, et personne ne trouvait où on l'éteint.
            + {pal} s'était mis{c:|e} à dormir avec un coussin de chaque côté.

            « Il n'a peut-être pas encore de rire, dit {hero}. Moi, j'en ai un. J'ai bien dû le prendre quelque part.
            — Alors il y en a un pour lui, dit {pal}, qui attend qu'on le ramasse. »
            {hero} se pencha sur le berceau. Deux yeux mouillés regardèrent. « Je vais voir ce que je peux faire », dit {hero}.
        """,
        call_beat="Le nouveau bébé pleure tout le jour : il n'a pas encore de rire.",
        find_titles=("Un bruit de bulles", "Le plus petit rire du monde"),
        find="""
            Là, {spot}, quelque chose gloussait. C'était petit comme un pois, et cela roulait tout seul, sans aucune raison.
            Chaque fois que {hero} allait l'attraper, cela filait, et {hero} s'asseyait dans quelque chose de mouillé. // {hero} bondit et tomba à plat ; {pal} bondit et tomba sur {hero}.
            Cela riait tellement que cela dut s'arrêter de rouler. Et {hero} se mit à rire aussi, d'un rire qui vient du fond, comme quand on a essayé de se retenir.

            + {pal} fit le bruit d'une baignoire qui se vide.
            Alors le rire vint de lui-même et sauta dans la poche de {hero}. Ils vont toujours là où il y en a un autre.
        """,
        find_beat="On poursuit le plus petit rire du monde, jusqu'à ce qu'il vienne tout seul.",
        give_titles=("C'est pour toi", "Ce que dit le bébé"),
        give="""
            Le bébé pleurait quand la porte s'ouvrit. Il reprenait son souffle, pour entamer le suivant.
            « Je t'ai apporté quelque chose », dit {hero}, en ouvrant la poche au-dessus du berceau.
            Le rire en roula. Il courut le long de la couverture, grimpa sur la joue ronde et rouge, et entra.

            Le bébé se tut. Il eut l'air très surpris. Puis, au milieu de sa figure, s'ouvrit une porte que personne n'avait jamais vue. // Pendant une seconde, rien ne bougea dans toute la maison. Puis on entendit quelque chose comme des bulles qu'on verse d'une cruche.
            « Ha, dit le bébé. *Haha !* »
            + La gentille dame dut retenir son chapeau.
            Et le bébé regarda {hero}, et personne d'autre que {hero}, pour voir s'il y en avait encore.
        """,
        give_beat="Le bébé reçoit son premier rire, et en redemande à {hero}.",
    ),
    "bell": WantProse(
        books=(
            "{hero} et la cloche sans voix",
            "{hero} et le silence de l'école",
            "Le ding qui s'était enfui",
        ),
        quest="ramener son ding à la cloche de l'école",
        call_titles=("La cloche ne dit rien", "Fouff"),
        call="""
            Ce lundi, la cloche de l'école ne fit pas *ding*. Elle fit *fouff*, comme une pantoufle qui tombe sur un tapis.
            Personne ne sut donc quand commencer. // Comme on ne pouvait pas commencer, on ne pouvait pas non plus finir.
            Les enfants attendaient dans la cour, en manteau. La maîtresse attendait sur le seuil avec sa liste, et n'arrivait qu'à la lettre B.
            + À la cantine, on était prêt depuis vendredi.

            « Elle n'est pas fêlée, dit {hero}, qui avait grimpé pour voir. Elle est vide. Son ding est parti.
            — Un ding ne va jamais loin, dit {pal}. Ça aime la compagnie. »
        """,
        call_beat="La cloche de l'école a perdu son ding, et personne ne peut commencer.",
        find_titles=("Un ding sans rien autour", "Ding, tout doucement"),
        find="""
            Là, {spot}, quelque chose de petit et de brillant faisait *ding*, très bas, comme on s'exerce quand on croit que personne n'entend.
            « Pourquoi es-tu parti ? demanda {hero}.
            — Ils râlent, dit le ding. Chaque matin je chante, et ils râlent tous. »

            {hero} rougit, car {hero} avait beaucoup râlé. // {hero} baissa la tête. « C'est à cause du lundi. Ce n'est pas toi. »
            « Mais ils crient de joie aussi, dit {pal}. À quatre heures et demie. C'est toi, ça aussi. »
            + Le ding n'y avait jamais pensé dans ce sens-là.
            Il réfléchit. Puis il fit un seul *ding*, clair et plein d'espoir, et se laissa porter.
        """,
        find_beat="Le ding s'est enfui, parce que tout le monde râlait.",
        give_titles=("Hourra pour la cloche", "Ding !"),
        give="""
            La cour était encore pleine, alors qu'il faisait nuit, et tout le monde avait une lanterne. Attendre, c'est une habitude difficile à perdre.
            {hero} grimpa dans la petite tour et laissa le ding rentrer chez lui. Puis il n'y eut plus qu'à tirer la corde.
            *DING !*

            Il y eut un silence. Et puis d'en bas, au lieu d'un râle, monta un hourra, avec des bonnets et des cartables. // Personne ne râla. On cria hourra à faire trembler les vitres ; même la maîtresse lança sa liste en l'air.
            + « C'est l'heure de rentrer ! » cria quelqu'un, avec raison, et tout le monde partit en courant.
            La cloche se balançait, là-haut, et brillait. Jamais on ne l'avait applaudie pour un *commencement*.
        """,
        give_beat="La cloche sonne de nouveau, et cette fois tout le monde applaudit.",
    ),
    "page": WantProse(
        books=("{hero} et la dernière page", "Comment ça finit, {hero} ?", "{hero} et l'histoire trouée"),
        quest="retrouver la dernière page du meilleur livre de la maison",
        call_titles=("Et puis plus rien", "La page qui s'était sauvée"),
        call="""
            C'était le meilleur livre de la maison, et ce soir-là on arrivait à la fin.
            *« Alors*, lut {hero}, *ils ouvrirent la toute dernière porte, et devant eux... »* // *« Enfin*, lut {hero} sans respirer, *le dragon souleva le couvercle, et il vit... »*
            Et c'était tout. Il n'y avait plus rien. À la place de la dernière page, il restait un petit bord déchiré.

            « La suite ! s'écria {pal}. Je ne peux pas dormir comme ça ! »
            {hero} non plus. Et les gens du livre non plus, si l'on tendait bien l'oreille.
            + On les entendait, là-dedans, faire les cent pas.
        """,
        call_beat="Il manque la dernière page du meilleur des livres.",
        find_titles=("La page et le vent", "Une page toute seule"),
        find="""
            Là, {spot}, une page palpitait. Elle sursauta quand on s'approcha.
            « Ne me lisez pas ! cria-t-elle. Dès qu'on me lit, c'est fini. On soupire, on referme, on éteint la lampe. »

            {hero} y songea. « Je soupire parce que c'était bien, dit {hero}. Et après, tu sais ce qu'on fait ? // « C'est vrai qu'on soupire, dit {hero}. Mais tu sais ce qu'on fait après ?
            — Quoi ? dit la page.
            — On revient au début, dit {pal}, et on repart. »
            + Il y eut un tel silence qu'on entendait les points.
            Alors la page se plia en quatre, assez petite pour qu'on l'emporte.
        """,
        find_beat="La page s'est sauvée, parce qu'elle ne veut pas être la fin.",
        give_titles=("La toute dernière porte", "La fin et le début"),
        give="""
            À la lumière d'une seule lampe, on remit la page à sa place. Elle s'ajusta jusqu'à la dernière petite dent du bord.
            Puis {hero} la lut, lentement. Ce qu'elle disait, on ne peut pas le dire ici, cela gâcherait tout. Mais il y eut un cri, un rire, et une bonne larme. // {hero} lut la page à voix haute, ses onze lignes, et à la neuvième {pal} tomba de sa chaise.
            Dans le livre, quelqu'un cria *hourra*.

            « *Fin* », lut {hero} dans un soupir, et la page ne bougea plus du tout.
            « Eh bien ? dit {pal}. Continue. Depuis le début ! »
            + Et si le papier peut sourire, il sourit.
        """,
        give_beat="L'histoire retrouve sa fin, et l'on revient au début.",
    ),
    "snowflake": WantProse(
        books=("{hero} et le premier flocon", "L'hiver en retard", "{hero} réveille la neige"),
        quest="réveiller le premier flocon, sans lequel l'hiver ne peut pas commencer",
        call_titles=("L'hiver était en retard", "Où est la neige ?"),
        call="""
            On était au beau milieu de l'hiver, et il n'y avait pas d'hiver dedans.
            Les luges attendaient dans les remises. Les moufles dormaient dans les tiroirs, main dans la main. // Dans les remises, les luges soupiraient. Dans les tiroirs, les moufles se tenaient par la main.
            Les pâquerettes auraient dû être couchées depuis longtemps, et personne n'avait dit aux abeilles de rentrer.
            + Un monsieur avait fait un bonhomme de purée. Ce n'était pas pareil.

            « Il faut bien que quelqu'un commence, dit {pal}. Toute la neige est là-haut, à attendre le premier flocon. Il a dû rester au lit.
            — Je n'aimerais pas commencer non plus, dit {hero}. Mais je pourrais aller lui tenir la main. »
        """,
        call_beat="L'hiver ne peut pas commencer : le premier flocon n'est pas venu.",
        find_titles=("Le flocon qui n'osait pas sauter", "Six pointes et deux soucis"),
        find="""
            Là, {nook}, le premier flocon était assis, les genoux dans les bras. Il en avait six.
            « C'est si loin en bas, dit-il. Et si je fonds ? Et si j'arrive, et que personne n'est content ? »

            « Moi aussi, j'ai dû commencer, dit {hero}. À la piscine, et le premier jour d'école. C'est horrible, mais juste avant. » // « On t'attend déjà, dit {hero}. Ça fait trois semaines que tout le monde a son bonnet. »
            Le flocon regarda par-dessus le bord. « Tu viendrais avec moi ? » demanda-t-il.
            + Il était froid comme une pièce de monnaie, et il tremblait.
            « Jusqu'en bas », dit {hero}, en tendant une moufle.
        """,
        find_beat="Le premier flocon a peur de sauter, et {hero} lui tend une moufle.",
        give_titles=("Le tout premier", "Et puis un autre"),
        give="""
            Au milieu de la place du marché, dans le noir, {hero} leva la moufle aussi haut que possible.
            « Un, dit {pal}. Deux...
            — Trois », dit le flocon, les yeux fermés, et il sauta.

            Il tourna deux fois sur lui-même à la lueur du réverbère. Il se posa sur le nez de {hero}. Il ne fondit pas, ou pas tout de suite. // Il descendit, lentement, en montrant ses six côtés, et à chaque fenêtre un visage le suivait.
            Pendant un instant, ce fut toute la neige du monde. Puis quelqu'un cria, là-haut : « Ça va ! Ils sont *gentils* ! » et tous les autres descendirent.
            + Une heure plus tard les luges étaient dehors, et le monsieur à la purée était rentré chercher une carotte.
        """,
        give_beat="Le premier flocon saute, et tous les autres le suivent.",
    ),
    "turtle": WantProse(
        books=("{hero} et la petite tortue perdue", "La tortue dans la baignoire", "{hero} ramène la tortue"),
        quest="ramener à la mer une petite tortue perdue",
        call_titles=("Quelqu'un dans la baignoire", "Une tortue, légèrement perdue"),
        call="""
            Il y avait quelqu'un dans la baignoire, et ce n'était personne de la famille.
            C'était une tortue de la taille d'un biscuit, qui nageait en rond, l'air très inquiet. // Une tortue pas plus grande qu'un biscuit nageait entre les deux robinets.
            « C'est la mer, ici ? demanda-t-elle. J'ai pris à gauche, à un tuyau. »
            + « C'est un peu savonneux », ajouta-t-elle, sans vouloir se plaindre.

            « La mer est bien plus grande, dit {hero}, et presque personne ne s'y lave.
            — Ma maman est dedans », dit la tortue, et son menton se mit à trembler.
            {hero} alla chercher le seau. Il n'y avait rien à ajouter.
        """,
        call_beat="Une petite tortue perdue est arrivée dans la baignoire.",
        find_titles=("La bonne sorte d'eau", "C'est la mer, ici ?"),
        find="""
            Et voilà toute l'eau. {hero} posa le seau au bord, et la tortue regarda par-dessus.
            « *Ça*, c'est la mer, dit-elle dans un souffle. Elle est encore plus grande que dans mon souvenir. Et si maman ne me voit pas ? Et si je suis trop petite ? »

            « Alors on va appeler », dit {hero}. Et on appela, à trois, jusqu'à épuiser tout l'alphabet des appels. // « Pour notre taille, on fait beaucoup de bruit », dit {pal}. Et on appela tous en chœur, un, deux, trois.
            + Un hareng qui passait promit de se renseigner.
            Très loin, une tête ronde et sombre sortit de l'eau, se tourna et vint vers la rive, vite, ce qui pour une tortue est très vite.
        """,
        find_beat="Au bord de la mer, on appelle la maman de la tortue.",
        give_titles=("Plouf, à la maison", "Deux tortues"),
        give="""
            Elle arriva par les hauts-fonds comme une petite barque, des algues sur le dos et le cou aussi long qu'elle pouvait.
            Personne ne dit rien. La petite se laissa simplement verser du seau, *plic*, nagea, et se cogna contre son nez. // *Plic !* fit la petite tortue en sautant du seau, et il y eut deux nez l'un contre l'autre.
            « Tu as pris à gauche, à un tuyau, c'est ça ? dit la mère.
            — J'avais un doute », dit la petite tortue.

            La mère regarda {hero}, un long moment salé. Puis elle posa quelque chose sur le sable : un caillou blanc et rond, qui luisait comme une lune.
            + Il est sur le rebord de la fenêtre encore aujourd'hui, et il est toujours un peu mouillé.
            Dans la dernière lumière, on agita la main jusqu'à ce qu'il n'y ait plus que la mer.
        """,
        give_beat="La maman tortue arrive, et toutes deux rentrent à la nage.",
    ),
    "soup": WantProse(
        books=(
            "{hero} et la soupe où il manquait quelque chose",
            "{hero} remue la marmite",
            "La plus grande soupe du monde",
        ),
        quest="trouver ce qui manque dans la soupe de toute la ville",
        call_titles=("Il manque quelque chose", "Une très grosse marmite"),
        call="""
            Une fois par an, toute la ville faisait la soupe dans une seule marmite, si grosse qu'elle avait une échelle.
            Chacun y avait mis ce qu'il avait : des poireaux, des haricots, une feuille de laurier, une vieille botte par erreur. // Il y avait dedans des carottes, de l'orge, et les bonnes intentions de quelqu'un.
            Le cuisinier goûta. Madame le maire goûta. Puis on tendit la cuillère à {hero}.
            « Il manque quelque chose », dirent-ils tous.

            « Mais quoi ? » demanda {pal}.
            Personne ne trouvait le mot. Tout le monde l'avait sur le bout de la langue.
            + Le cuisinier s'assit sur un oignon et pleura, mais c'était peut-être l'oignon.
            « On le trouvera, dit {hero}. Au goût, on saura. »
        """,
        call_beat="Il manque quelque chose à la grande soupe de la ville, et personne ne sait quoi.",
        find_titles=("Une pincée de ça", "La dernière chose dans la soupe"),
        find="""
            Là, {nook}, une vieille dame était assise devant un tout petit feu, avec une toute petite casserole. Elle avait une pomme de terre. Elle la coupa en trois sans qu'on le lui demande.
            Ce n'était que de l'eau chaude et de la pomme de terre, et {hero} n'avait jamais rien goûté d'aussi bon. // {hero} en prit une gorgée et la sentit descendre jusqu'aux orteils, en allumant partout la lumière.

            « C'est *ça* ! dit {pal}. Qu'est-ce que vous y mettez ?
            — Du sel, dit la vieille dame, quand j'en ai. Et quelqu'un pour la manger avec moi. »
            + Elle lécha la cuillère des deux côtés, pour ne rien perdre.
            {hero} regarda {pal}. Comment rapporter *cela* dans un bocal ?
            Puis {hero} tendit la main. « Le mieux, c'est que vous veniez », dit {hero}.
        """,
        find_beat="La soupe d'une vieille dame a ce qui manquait à l'autre.",
        give_titles=("Prenez une chaise", "Ce qui manquait"),
        give="""
            On arriva ensemble sur la place, et le cuisinier accourut, la cuillère en l'air. « Alors ? Vous l'avez ?
            — Oui, dit {hero}. Il nous faut des chaises. »
            Car c'était cela, le drôle de l'affaire : on l'avait toujours faite ensemble, cette soupe, et puis chacun emportait son bol chez soi et fermait la porte.

            On sortit donc des chaises, des tabourets, des planches et un piano, et cela fit une seule table, longue comme la rue. // Il vint des bancs, des tonneaux, un lit avec un grand-père dedans, jusqu'à faire une table qui tournait deux coins de rue.
            La vieille dame était assise en haut, à côté de {hero}. Le cuisinier goûta et ferma les yeux.
            + « *Voilà* », dit-il. Quant à la botte, il la mangea lui-même, pour l'honneur.
            Il ne manquait plus rien.
        """,
        give_beat="On mange la soupe ensemble, à une longue table, et il ne manque plus rien.",
    ),
    "clock": WantProse(
        books=("{hero} et les minutes perdues", "{hero} et l'horloge sans minutes", "Où vont les minutes"),
        quest="retrouver les minutes qui se sont sauvées de l'horloge",
        call_titles=("Personne n'avait une minute", "Plus une seule minute"),
        call="""
            Un matin, dans toute la ville, personne n'avait une minute.
            « Pas maintenant, dit le boulanger, je n'ai pas une minute. » « Une petite minute », dit la dame de la poste, qui en chercha une partout et fondit en larmes.
            + Il était sept heures, et puis d'un bond il fut huit heures, sans rien au milieu pour se brosser les dents.

            {hero} regarda l'horloge du beffroi. Une petite porte était ouverte, juste sous le quatre. // Tout en haut du beffroi, dans l'horloge, une petite porte battait au vent.
            « Quelqu'un a laissé sortir les minutes, dit {pal}.
            — Alors il faut aller les chercher, dit {hero}, sinon on n'aura plus jamais le temps de rien. »
        """,
        call_beat="Les minutes se sont sauvées de l'horloge, et plus personne n'en a.",
        find_titles=("Soixante qui jouent", "Le jour de congé des minutes"),
        find="""
            Là, {spot}, il y avait les minutes, toutes les soixante, qui jouaient à chat. Elles étaient rondes, argentées, et vives comme des petits pois dans une assiette.
            « Vous ne nous aurez pas ! chantaient-elles. On nous *perd*, on nous *gagne*, on nous *tue*, mais on ne nous attrape pas ! »

            Au lieu de courir après, {hero} s'assit et les regarda briller. // « Je n'essaierai pas, dit {hero}. J'aimerais juste en regarder une. Je n'en ai jamais vraiment eu. »
            L'une s'approcha un peu, puis une autre. Jusque-là on n'avait fait que les compter.
            + {pal} en avait une perchée sur la tête, qui tictaquait.
            « Si vous rentrez, dit {hero}, je promets de faire attention à vous. »
        """,
        find_beat="Les minutes jouent, et viennent vers {hero}, qui prend le temps de les regarder.",
        give_titles=("Tic", "Vous avez une minute ?"),
        give="""
            On monta l'escalier poussiéreux du beffroi, avec soixante minutes qui sautillaient derrière, à la file.
            L'une après l'autre elles sautèrent par la petite porte, et chacune criait son numéro. // {hero} tenait la petite porte, {pal} comptait, et à cinquante-neuf il y eut un silence, et la plus jeune arriva enfin, hors d'haleine.
            La grande aiguille trembla. Elle réfléchit. *Tic.*

            En bas, on entendit toute la ville s'asseoir.
            « Vous avez une minute ? demanda le boulanger à la dame de la poste.
            — Figurez-vous, dit-elle, que je crois bien que oui. »
            + Il y en eut même deux, à la fin, avec une brioche.
            Et {hero} les regarda passer une par une.
        """,
        give_beat="Les minutes rentrent dans l'horloge, et tout le monde a de nouveau le temps.",
    ),
    "egg": WantProse(
        books=(
            "{hero} et l'œuf énorme",
            "À qui est cet œuf, {hero} ?",
            "{hero}, {pal} et quelque chose à pois",
        ),
        quest="trouver à qui est l'œuf énorme, et le lui rapporter",
        call_titles=("Quelque chose à pois", "L'œuf sur le paillasson"),
        call="""
            Sur le pas de la porte, là où aurait dû être le lait, il y avait un œuf.
            Il était gros comme une citrouille, vert, à pois, et il était chaud. // On n'en faisait pas le tour avec les bras. Il avait des pois comme un gilet du dimanche, et il était chaud comme une théière.
            {hero} frappa dessus, parce que cela semblait poli. De l'intérieur, quelque chose frappa aussi.

            « Ce n'est pas une poule, dit {pal}.
            — Ce n'est pas une autruche. »
            + On chercha dans le grand livre des oiseaux. Il allait jusqu'à *Zostérops*, et il n'y avait rien de tel.
            « Qui que ce soit, dit {hero}, on le cherche, on pleure, et c'est quelqu'un de très, très grand. »
        """,
        call_beat="Un œuf énorme et chaud attend sur le pas de la porte.",
        find_titles=("Un nid grand comme un autobus", "À qui il était"),
        find="""
            Là, {nook}, il y avait une plume qui n'était pas tout à fait une plume, longue comme un canoë. À côté, il y avait un nid. On aurait pu y garer un autobus.
            Et autour du nid, de long en large, quelqu'un marchait en sanglotant.
            C'était haut comme une église. Cela avait énormément de dents, mais toutes étaient malheureuses. // C'était vert, à pois, et si haut que, là-haut, il ne faisait pas le même temps.

            Les genoux de {hero} firent toc toc. L'œuf aussi.
            « Excusez-moi, dit {hero} de toutes ses forces. Je crois que ceci est à vous, madame. »
            + Les sanglots s'arrêtèrent, quelque part dans les nuages.
        """,
        find_beat="Voici un nid énorme, et une mère énorme en larmes.",
        give_titles=("Crac", "Quelqu'un de nouveau"),
        give="""
            Avec mille précautions, du bout de deux griffes, la mère prit l'œuf et le posa dans le nid. C'étaient les mains les plus douces du monde, et elles étaient grandes comme des portes.
            *Toc*, fit l'œuf. *Toc, toc.* Et puis : *crac*.

            Il en sortit un nez, un clignement d'œil et une paire d'ailes ridicules. // Un bout de coquille sauta, et il parut une figure verte et mouillée, avec le haut de l'œuf en guise de chapeau.
            Le petit regarda sa mère, et la lune. Puis il regarda {hero}. « Hic », fit-il, et il y eut un petit trou brûlé dans l'herbe.
            + « Il a mes yeux », renifla la mère.
            Le retour se fit en volant, sous toutes les étoiles, derrière une oreille aussi chaude qu'un four.
        """,
        give_beat="L'œuf éclôt, et la mère reconnaissante les ramène à la maison en volant.",
    ),
}
