"""French prose: what goes into the bag, and what it turns out to be good for."""

from __future__ import annotations

from generation.providers.storyteller.story.entries import ItemProse

ITEMS = {
    "lantern": ItemProse(
        titles=("Une lanterne et deux pommes",),
        pack="""
            Dans le sac, on mit deux pommes, un crayon et, pour finir, la vieille lanterne de {grown}, qui était montée une fois en haut d'une montagne et ne parlait que de ça.
        """,
        use="""
            {hero} alluma la lanterne de {grown}, et elle fit une petite chambre ronde de lumière, qui avançait en même temps.
        """,
        beat="On emporte la vieille lanterne, deux pommes, et l'on part.",
    ),
    "map": ItemProse(
        titles=("La carte avec un trou",),
        pack="""
            On prit un pain, une couverture et la carte du tiroir de la cuisine. Elle avait un trou, juste là où cela devenait intéressant.
        """,
        use="""
            {hero} déplia la carte. On était dans le trou, maintenant, et il fallut donc regarder où l'on marchait, ce qui aida beaucoup.
        """,
        beat="On emporte une carte avec un trou, et l'on part.",
    ),
    "scarf": ItemProse(
        titles=("La plus longue des écharpes",),
        pack="""
            On emballa des sandwichs et une chaussette de rechange, et {hero} mit son écharpe. Elle était si longue qu'elle arrivait partout un peu après tout le monde.
        """,
        use="""
            Il s'était mis à faire froid. {hero} enroula un bout de la longue écharpe autour de {pal}, et il en restait encore assez pour deux.
        """,
        beat="{hero} met la plus longue écharpe du monde, et l'on part.",
    ),
    "rope": ItemProse(
        titles=("De la corde, au cas où",),
        pack="""
            « On n'a jamais trop de corde », dit {pal}, qui l'avait lu quelque part. On emporta donc de la corde, des prunes, et encore un peu de corde.
        """,
        use="""
            La dernière partie était raide. Et la corde, qui de toute la journée s'était seulement laissé porter, eut enfin quelque chose à faire.
        """,
        beat="On emporte des prunes et beaucoup de corde, et l'on part.",
    ),
    "telescope": ItemProse(
        titles=("Le petit bout de la longue-vue",),
        pack="""
            On emporta deux saucisses et la longue-vue de cuivre. Quand on regardait par le mauvais bout, elle rendait les soucis tout petits.
        """,
        use="""
            {hero} regarda dans la longue-vue, d'abord à l'envers, ce qui fait du bien, et ensuite à l'endroit. « Là-bas ! »
        """,
        beat="On emporte la longue-vue de cuivre, et l'on part.",
    ),
    "umbrella": ItemProse(
        titles=("Sous le parapluie rapiécé",),
        pack="""
            Dans le porte-parapluies, {hero} prit le grand, celui qui avait onze pièces. Il ne pleuvait pas. Mais cela l'aurait vexé de rester.
        """,
        use="""
            Il tomba quelques grosses gouttes, quelques-unes seulement, et le parapluie s'ouvrit, ravi d'avoir eu raison.
        """,
        beat="On emmène le parapluie rapiécé, et l'on part.",
    ),
    "basket": ItemProse(
        titles=("Le panier qui grince",),
        pack="""
            {hero} remplit le panier, celui qui grince : six tartines, une pomme, et un mouchoir plié, au cas où il y aurait quelqu'un à sauver ou un nez à moucher.
        """,
        use="""
            Le panier était vide à présent, aux miettes près, et grinçait bien plus gaiement, comme s'il devinait qu'on aurait bientôt besoin de lui.
        """,
        beat="On remplit le panier qui grince, et l'on part.",
    ),
    "drum": ItemProse(
        titles=("Un tambour, deux fromages",),
        pack="""
            « Il faut quelque chose à manger et quelque chose pour faire du bruit », dit {hero}. On prit donc deux fromages et le petit tambour rouge.
        """,
        use="""
            {hero} tapota le petit tambour rouge pour encourager les pieds, *tom*, *tom*, et bientôt on aurait dit que quelque chose, pas loin, battait la mesure.
        """,
        beat="On emporte deux fromages et un petit tambour rouge, et l'on part.",
    ),
    "key": ItemProse(
        titles=("La clé de rien du tout",),
        pack="""
            On prit du pain et du fromage. Et {hero} décrocha de son clou la grosse clé de fer, qui n'avait jamais rien ouvert et qui méritait un peu de chance.
        """,
        use="""
            Une trappe fermée barrait le passage. Or c'est justement la clé de fer qui allait dessus, et après toutes ces années elle tourna, avec un déclic de pur bonheur.
        """,
        beat="On emporte une clé qui n'ouvre rien, et l'on part.",
    ),
    "kite": ItemProse(
        titles=("Le cerf-volant et sa ficelle",),
        pack="""
            {hero} emporta des galettes, un pull et le cerf-volant. « Ça voit plus loin que nous. » {pal} se chargea de la ficelle, et s'y prit assez bien les pieds.
        """,
        use="""
            On laissa monter le cerf-volant, pour qu'il regarde. Il resta là, dans le dernier soleil, tira deux fois, et montra quelque chose de la queue.
        """,
        beat="On emporte des galettes et un cerf-volant, et l'on part.",
    ),
    "feather": ItemProse(
        titles=("Une plume pour la chance",),
        pack="""
            On emporta des brioches. On emporta encore des brioches. Et derrière son oreille {hero} piqua la plume blanche, qui portait chance et chatouillait.
        """,
        use="""
            {hero} prit la plume derrière son oreille et la laissa tomber. Elle ne tomba pas tout droit. Elle partit, sans hésiter, vers la gauche.
        """,
        beat="On emporte beaucoup de brioches et une plume, et l'on part.",
    ),
    "book": ItemProse(
        titles=("Le Livre des choses utiles",),
        pack="""
            On prit des poires, de la ficelle et *Le Livre des choses utiles*, qui pesait autant qu'un chat et apprenait à plier une serviette en forme de cygne.
        """,
        use="""
            À sa dernière page, *Le Livre des choses utiles* disait : *Quand vous aurez tout essayé, regardez par terre.* On regarda par terre.
        """,
        beat="On emporte Le Livre des choses utiles, et l'on part.",
    ),
}
