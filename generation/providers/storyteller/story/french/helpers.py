"""French prose: those who happen by at the right moment."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import HelperProse

HELPERS = {
    "fox": HelperProse(
        noun="le renard",
        entrance="""
            Un renard sortit de l'ombre, mince et bien mis, comme quelqu'un qui a un train à prendre mais préfère ne pas en parler.
            + « J'ai entendu malgré moi, dit-il, parce que j'écoutais. »
        """,
        parting="""
            Puis le renard regarda une montre qu'il n'avait pas, s'inclina et ne fut plus là.
            + Il laissa une seule empreinte, très nette, tournée dans le bon sens.
        """,
    ),
    "rabbit": HelperProse(
        noun="le lapin",
        entrance="""
            Un lapin surgit, les bras chargés de linge propre, et sans une minute à lui.
            + « Onze à la maison, haleta-t-il, et tous en salopette ! »
        """,
        parting="""
            « Je file », dit le lapin, qui avait déjà filé.
            + Une petite chaussette était restée par terre, et le suivit toute seule.
        """,
    ),
    "bear": HelperProse(
        noun="l'ours",
        entrance="""
            C'est alors qu'un gros buisson brun se leva, s'étira, et se trouva être un ours.
            + Il avait du miel au coude et ne souhaitait pas en discuter.
        """,
        parting="""
            L'ours leur fit un signe de tête, ce qui, d'un ours, vaut une médaille.
            + Puis il se rassit, et redevint buisson.
        """,
    ),
    "cat": HelperProse(
        noun="le chat",
        entrance="""
            Sur le mur le plus proche, un chat tigré se lavait une patte, et il était là, de toute évidence, depuis le début.
            + Les chats aiment voir comment tournent les choses avant de se présenter.
        """,
        parting="""
            « C'est ce que j'allais dire », fit le chat, et il passa à l'autre patte.
            + De la part d'un chat, cela veut presque dire bravo.
        """,
    ),
    "dog": HelperProse(
        noun="le chien",
        entrance="""
            Un chien arriva au galop, avec un bâton qui était en réalité une branche, et une joie qui était pour tout le monde.
            + Il dut faire le tour de deux réverbères pour que la branche passe.
        """,
        parting="""
            Le chien fit trois tours de joie, reprit sa branche, et renversa un seau en disant au revoir.
            + « Le plus beau jour de ma vie ! » aboya-t-il. Il l'avait déjà dit la veille.
        """,
    ),
    "owl": HelperProse(
        noun="la chouette",
        entrance="""
            Au-dessus de leurs têtes, quelque chose se déplia. C'était une chouette, en robe de chambre de plumes, qui clignait des yeux.
            + « Qui ça ? » demanda-t-elle. On le lui dit. « Je vérifiais », dit la chouette.
        """,
        parting="""
            La chouette ferma un œil et, une fois satisfaite, ferma l'autre.
            + « Réveillez-moi, murmura-t-elle, s'il y a du gâteau. »
        """,
    ),
    "wolf": HelperProse(
        noun="le loup",
        entrance="""
            Quelqu'un toussa. C'était un loup gris, un livre de bibliothèque sous le bras, qui faisait de son mieux pour paraître petit.
            + « D'habitude on s'enfuit, dit-il tristement, avant que j'arrive au bon passage. »
        """,
        parting="""
            « Vous n'avez pas couru », dit le loup tout bas, et il s'en alla la queue haute.
            + On le vit s'arrêter plus loin, pour lire encore une page.
        """,
    ),
    "panda": HelperProse(
        noun="le panda",
        entrance="""
            Un panda était assis juste au bord du chemin, avec une thermos de thé et trois gobelets, comme s'il attendait du monde.
            + « Il vient toujours quelqu'un », expliqua-t-il en versant.
        """,
        parting="""
            Le panda revissa le bouchon de la thermos et rangea les trois gobelets l'un dans l'autre, *toc, toc*.
            + Il fit au revoir aussi longtemps qu'on put le voir, de la main qui n'avait pas de biscuit.
        """,
    ),
    "mouse": HelperProse(
        noun="la souris",
        entrance="""
            Vint à passer une souris en gilet bleu, qui lisait un journal de la taille d'un timbre.
            + « On n'y parle encore que de fromage », soupira-t-elle en tournant la page.
        """,
        parting="""
            La souris souleva un chapeau qui n'était pas là, retrouva sa ligne et s'éloigna en lisant.
            + Un instant plus tard, on l'entendit se cogner à quelque chose et s'excuser.
        """,
    ),
    "hedgehog": HelperProse(
        noun="le hérisson",
        entrance="""
            Une boule de feuilles arriva en roulant et se déroula : au milieu, il y avait un hérisson, qui faisait collection sans le vouloir.
            + Il avait sur le dos un ticket de bus, deux baies et un gant.
        """,
        parting="""
            « Pas de câlin », dit le hérisson, alors on lui envoya un baiser.
            + Il repartit en roulant, avec le baiser et un papier de bonbon.
        """,
    ),
    "frog": HelperProse(
        noun="la grenouille",
        entrance="""
            Une feuille se retourna et se redressa. C'était une grenouille, verte comme un crayon neuf et très essoufflée.
            + « Je suis venue en sautant, haleta-t-elle. Je crois toujours que ça ira plus vite. »
        """,
        parting="""
            « Ça saute aux yeux ! » dit la grenouille, et elle en rit tellement qu'elle tomba à la renverse.
            + Une bulle s'éleva, et dans la bulle il y avait un dernier petit rire.
        """,
    ),
    "bird": HelperProse(
        noun="l'oiseau",
        entrance="""
            Un petit oiseau brun se posa, pencha la tête et considéra toute l'affaire comme si c'était une addition.
            + « Hum », fit-il, et après réflexion : « Hum. »
        """,
        parting="""
            L'oiseau chanta les quatre dernières notes de quelque chose, fit un tour au-dessus des têtes et devint un point.
            + {pal} fit au revoir au point pendant assez longtemps.
        """,
    ),
    "turtle": HelperProse(
        noun="la tortue",
        entrance="""
            « J'ai fait aussi vite que j'ai pu », dit quelqu'un. C'était une tortue, et elle était partie jeudi.
            + Elle avait des coquillages sur le dos, et l'un d'eux dormait.
        """,
        parting="""
            La tortue se remit en route aussitôt, pour être rentrée dimanche.
            + Longtemps après on la voyait encore, lancée à toute allure.
        """,
    ),
    "squirrel": HelperProse(
        noun="l'écureuil",
        entrance="""
            Un écureuil descendit comme une flèche, s'arrêta net, oublia pourquoi, remonta, se rappela, et redescendit.
            + « Noisettes, dit-il. Pas noisettes. *Vous*. Je voulais dire vous. »
        """,
        parting="""
            L'écureuil distribua deux noisettes, en reprit une et s'enfuit.
            + Il l'enterra à un endroit dont il se souviendrait toujours, ou du moins jusqu'à quatre heures.
        """,
    ),
    "deer": HelperProse(
        noun="le cerf",
        entrance="""
            Ce qu'on avait pris pour une branche bougea. C'était un cerf, et on l'aurait dit dessiné d'un seul trait.
            + Même son souffle venait sans bruit, en deux petits nuages.
        """,
        parting="""
            Le cerf inclina la tête, une seule fois, et recula jusqu'à redevenir une branche.
            + Pas une brindille n'avait craqué.
        """,
    ),
    "beaver": HelperProse(
        noun="le castor",
        entrance="""
            Un vieux castor sortit de l'eau, un crayon derrière l'oreille et de la sciure dans les moustaches.
            + Il les regarda de haut en bas, comme s'il prenait des mesures.
        """,
        parting="""
            Le castor lécha son crayon, écrivit *Beau travail* sur un bout d'écorce et le donna à {hero}.
            + Puis il rentra chez lui se disputer avec un saule.
        """,
    ),
    "bat": HelperProse(
        noun="la chauve-souris",
        entrance="""
            D'en haut pendait une chauve-souris, enroulée comme un tout petit parapluie, et elle les regardait à l'envers.
            + « Vous savez que vous avez la tête en haut ? » dit-elle gentiment.
        """,
        parting="""
            La chauve-souris bâilla, souhaita le bonjour alors que ce n'était pas l'heure, et se replia.
            + On essaya de voir les choses à sa façon, jusqu'à avoir les joues toutes rouges.
        """,
    ),
    "firefly": HelperProse(
        noun="la luciole",
        entrance="""
            Une étincelle s'approcha en flottant et se posa sur la manche de {hero}. C'était une luciole, pas plus grosse qu'une graine.
            + « Je suis petite, dit-elle, mais je suis toujours allumée. »
        """,
        parting="""
            La luciole clignota deux fois, ce qui chez elles veut dire bonne chance, et s'en alla faire l'étoile au ras du sol.
            + À l'endroit où elle s'était posée, la manche était encore tiède.
        """,
    ),
    "whale": HelperProse(
        noun="la baleine",
        entrance="""
            Tout près, ce qu'on avait pris pour une île ouvrit un œil. C'était une baleine, et l'œil était plein de bonté, et grand comme une assiette.
            + « Ne vous levez pas », gronda-t-elle doucement.
        """,
        parting="""
            La baleine s'enfonça, lentement, poliment, pour ne mouiller personne, et puis lança quand même un grand jet.
            + Il retomba tiède comme un bain.
        """,
    ),
    "crab": HelperProse(
        noun="le crabe",
        entrance="""
            Un crabe arriva de côté, comme quand on longe une rangée au théâtre.
            + « Pardon, disait-il. Désolé. C'est à quelqu'un, ce pied ? »
        """,
        parting="""
            « Je vous accompagnerais bien, dit le crabe, mais je ne vais pas par là. Je vais par *là*. » Et il y alla.
            + Il cliquetait en marchant, comme quelqu'un qui tricote.
        """,
    ),
}
