"""French words of guides and workbooks; see `english.py` for the notation.

The member's topic only ever stands after a colon or in italics, so that a noun phrase and an infinitive
both read well.
"""

from __future__ import annotations

from .entries import About, GuideWords, Module, Pack

MODULES = {
    "stand": Module(
        title="Où vous en êtes",
        item="map",
        beats=(
            "Faire l'inventaire de ce qui existe déjà, en une seule fois.",
            "Séparer ce que l'on sait de ce que l'on suppose.",
        ),
        text="""
Tout projet commence quelque part, et rarement au commencement. Le vôtre porte un nom : *{topic}*. Avant de décider quoi que ce soit, regardez ce qui est déjà vrai : ce que vous avez, ce que vous savez, qui est avec vous. // Un projet qui part de ses souhaits a vite des ennuis. Faites partir le vôtre d'un inventaire. Ces pages portent sur un sujet précis, *{topic}*, mais elles commencent par vous.

Votre but, dans vos propres mots : *{goal}*. Gardez-le sous les yeux en remplissant ces pages, et préférez la franchise à la longueur. Une réponse courte et vraie vaut mieux qu'une longue réponse pleine d'espoir.

## Un instantané

| Question | Ma réponse d'aujourd'hui |
|---|---|
| Pourquoi cela, et pourquoi maintenant ? | |
| Qu'ai-je déjà fait dans ce sens ? | |
| Qu'ai-je sous la main qui puisse servir ? | |
| Qu'ai-je déjà essayé, et qu'en est-il sorti ? | |
| Combien d'heures par semaine puis-je vraiment donner ? | |

+ ## Su, supposé, inconnu

+ La plupart des surprises sortent de la colonne du milieu. Rangez à sa place chaque chose que vous croyez à propos de votre projet, puis demandez-vous comment changer chaque supposition en savoir.

+ | Je le sais, et je peux le montrer | Je le suppose | Je ne le sais pas encore |
|---|---|---|
| | | |
| | | |
| | | |

## Avant de tourner la page

- [ ] J'ai écrit une phrase franche sur ce qui me pousse à faire cela.
- [ ] J'ai compté les heures, puis j'en ai retiré un quart.
- [ ] J'ai marqué la supposition qui m'inquiète le plus.

++ ## Une lettre pour plus tard

++ Écrivez cinq lignes à la personne que vous serez quand tout sera fini. Qu'espérez-vous qu'elle puisse dire ? Pliez la feuille, datez-la, et rouvrez-la au dernier chapitre.
""",
    ),
    "goal": Module(
        title="Un but qui se mesure",
        item="flower",
        beats=(
            "Changer le but en quelque chose qui se voit, se compte et se date.",
            "Décider de ce qui suffit.",
        ),
        text="""
Un but est utile quand deux personnes, devant la même chose, le même jour, diraient toutes les deux s'il est atteint. Le vôtre s'énonce ainsi : *{goal}*. Rendons-le aussi clair que cela. // « Je le reconnaîtrai quand je le verrai » est un but agréable à avoir et difficile à atteindre. Le vôtre s'énonce ainsi : *{goal}*. Ce chapitre lui donne des contours.

Un chiffre modeste n'a rien de honteux. Un petit but atteint fait de la place au suivant ; un grand but manqué produit surtout des excuses.

## Des mots à l'épreuve

1. Qui s'en trouvera mieux, et à quoi ces personnes le remarqueront-elles ?
2. Que pourrait voir, toucher ou compter quelqu'un de passage, le jour où c'est fait ?
3. Pour quelle date ? Écrivez un jour, non une saison.
4. Quel est le minimum que vous appelleriez encore une réussite ?
5. À quoi renoncez-vous pour que cela se fasse ?

## Votre but en une ligne

| D'ici le (date) | Je veux avoir | Je le verrai à | Il suffirait de |
|---|---|---|---|
| | | | |

+ ## Trois tailles

+ Donnez à votre but trois tailles, et commencez par la plus petite. On peut toujours agrandir.

+ | Taille | À quoi cela ressemble | Ce qu'il y faudrait |
|---|---|---|
| Petite : à coup sûr | | |
| Moyenne : avec un peu de chance | | |
| Grande : si tout va bien | | |

## Le but à l'essai

- [ ] Quelqu'un qui ne me connaît pas pourrait dire s'il est atteint.
- [ ] Il dépend surtout de ce que je fais moi-même.
- [ ] Je l'ai dit à voix haute devant quelqu'un.

++ ## Plus court

++ Écrivez votre but comme vous le diriez à un enfant de huit ans. Si c'est difficile, c'est que le but n'est pas encore clair ; la faute en est rarement à l'enfant.
""",
    ),
    "find_out": Module(
        title="Ce qu'il vous faut découvrir",
        item="telescope",
        beats=("Dresser la liste des questions qui décident du reste.", "Noter à côté à qui les poser."),
        text="""
Personne ne sait tout en commençant, et personne n'en a besoin. Il vous faut une liste de questions dans le bon ordre et, à côté de chacune, un nom. Ce cahier n'y répond pas : les réponses dépendent de l'endroit où vous vivez et des gens que vous interrogez, et une réponse inventée n'aurait que l'air d'une aide. // Ce chapitre est une liste de questions et non de réponses, et c'est voulu. Les vraies réponses tiennent à votre lieu, à vos gens et à votre année. Ce qu'on peut vous donner d'avance, ce sont de bonnes questions sur votre sujet : *{topic}*.

## Des questions qui décident de beaucoup

| Question | À qui la poser ? | La réponse et sa source |
|---|---|---|
{question_rows}

+ ## Par laquelle commencer

+ Donnez à chaque question une note de 1 à 3 pour tout ce qui en dépend, et une autre pour la facilité d'y répondre. Multipliez. Commencez par le haut de la liste.

## Bien demander

- [ ] Avant chaque conversation, j'écris la seule chose que j'ai le plus besoin de savoir.
- [ ] Je demande un exemple, et non seulement un avis.
- [ ] Je demande : « Que feriez-vous autrement aujourd'hui ? »
- [ ] Je demande : « À qui d'autre devrais-je parler ? »
- [ ] À côté de chaque réponse, je note le nom et la date.

++ ## Deux réponses qui se contredisent

++ Quand deux personnes vous disent le contraire, notez les deux, côte à côte, avec le cas auquel chacune pensait. Souvent les deux ont raison, pour des cas différents. Lequel est le vôtre ?
""",
    ),
    "people": Module(
        title="Les gens et les rôles",
        item="letter",
        beats=("Dire qui fait quoi, et qui décide.", "Voir les trous avant d'y tomber."),
        text="""
Même ce que l'on fait sans aide repose sur d'autres : ceux qui aident, ceux qui permettent, ceux qui devront vivre avec. Il vaut la peine d'écrire leurs noms pendant qu'il est encore tôt. // Les choses tournent mal entre les gens plus souvent qu'avec les objets. Une heure passée à dire qui fait quoi, et qui décide, est rarement perdue.

## Qui en est

| Rôle | Ce que cela veut dire ici | Qui | A dit oui ? |
|---|---|---|---|
{role_rows}
| Quelqu'un qui remplace en cas de maladie | | | |

## Qui décide

1. Quelles décisions peut-on prendre sans demander ?
2. Lesquelles demandent l'accord de tout le monde ?
3. Que se passe-t-il en cas de désaccord, et pour quand est-ce tranché ?

+ ## Les absents

+ Qui est touché par tout cela sans qu'on lui ait demandé son avis ? Notez deux noms, avec ce que chacun pourrait espérer ou craindre. Puis prévoyez une conversation avec chacun.

+ | Qui | Son espoir | Sa crainte | Quand je lui parlerai |
|---|---|---|---|
| | | | |
| | | | |

## Comment on se traite

- [ ] Chacun sait ce qu'on attend de lui, et pour combien de temps.
- [ ] Chacun sait comment dire non, ou arrêter, sans dispute.
- [ ] Ce qui a été convenu est écrit quelque part, à un seul endroit.

++ ## Merci

++ Comment ceux qui ont aidé sauront-ils que cela a compté ? Décidez-le maintenant, tant que cela ne coûte qu'une ligne.
""",
    ),
    "place": Module(
        title="Le lieu, les outils, le temps",
        item="basket",
        beats=(
            "Noter ce qu'il faut, ce qui est là, ce qui se prête.",
            "Aller voir le lieu de ses propres yeux.",
        ),
        text="""
Passons à ce qui se touche. Que faut-il à ce projet, *{topic}*, qu'avez-vous déjà, et que pourrait-on emprunter, partager, ou laisser de côté ? // Une liste de ce qui manque n'est qu'une moitié de liste. La meilleure moitié dit ce que vous avez déjà, ou pourriez demander.

## Ce qu'il faut

| Il faut | Je l'ai | Cela s'emprunte ou se partage | À trouver | Pour quand |
|---|---|---|---|---|
{resource_rows}

+ ## Aller voir

+ Choisissez une heure pour regarder le lieu où tout se passera ou, si tout se passe à une table, la table. Allez-y au moment de la journée où vous vous en servirez vraiment. Emportez cette page.

+ | Ce que je vois | Ce que j'entends et sens | Ce qui m'étonne | Ce qu'il faudra demander |
|---|---|---|---|
| | | | |
| | | | |

## Emprunter, acheter ou s'en passer

1. Combien de fois m'en servirai-je ? Une seule : j'emprunte. Chaque semaine : j'en cherche un bon.
2. Qui, pas loin, en a un qui dort ?
3. S'il fallait s'en passer, que ferais-je à la place ?

## Tout est prêt ?

- [ ] J'ai vu le lieu, de mes yeux.
- [ ] Je sais avec quoi je peux commencer dès aujourd'hui, tel quel.
- [ ] J'ai demandé une chose que j'allais acheter.

++ ## La place des choses

++ Pour chaque objet de la liste, dites où il se range et qui le remet en place. Cela paraît mesquin, et c'est la première chose sur laquelle se disputent les projets à plusieurs.
""",
    ),
    "money": Module(
        title="Ce que cela coûte",
        item="key",
        beats=("Mettre partout un chiffre, ou un point d'interrogation franc.", "Savoir qui paie, et quand."),
        text="""
Il n'y a pas de prix dans ce chapitre, car un prix n'est vrai qu'à un endroit et à un moment. Il y a un tableau, et il est à vous. Mettez-y un chiffre quand vous en avez un, une fourchette quand vous en avez deux, un point d'interrogation quand vous n'en avez aucun. Les points d'interrogation sont la liste des réponses à aller chercher. // Un point d'interrogation franc vaut mieux qu'une supposition déguisée en prix. Remplissez ce que vous savez, marquez ce que vous ignorez, et notez d'où vient chaque chiffre.

## Le tableau

| Quoi | Une fois | Par mois ou par saison | D'où vient le chiffre | Qui paie |
|---|---|---|---|---|
{money_rows}
| Ce à quoi personne n'a pensé | | | | |
| **En tout** | | | | |

## Trois questions d'argent

1. Avec quelle somme, la plus petite possible, quelque chose de vrai pourrait-il commencer ?
2. À quoi renonceriez-vous d'abord, s'il n'y en avait que la moitié ?
3. Qui doit être au courant des comptes, et tous les combien ?

+ ## D'où il pourrait venir

+ | Source | Combien | Ce qu'elle attend en retour | Demandé le | Réponse |
|---|---|---|---|---|
| Ma poche | | | | |
| | | | | |
| | | | | |

## Avant de dépenser

- [ ] Pour tout ce qui est gros, j'ai deux chiffres de deux personnes.
- [ ] La ligne « ce à quoi personne n'a pensé » n'est pas vide.
- [ ] Il est écrit qui peut dépenser combien sans demander.

++ ## Ce que cela rapporte

++ Tout ce qui revient n'est pas de l'argent. Notez trois autres choses que cela donnera, et à qui.
""",
    ),
    "calendar": Module(
        title="Un calendrier pour la première saison",
        item="kite",
        beats=("Étaler le travail sur les semaines, en partant de la fin.", "Laisser du vide."),
        text="""
Les plans se font mieux à reculons. Partez du jour où vous voudriez pouvoir dire « c'est fait », demandez-vous ce qui doit être vrai une semaine plus tôt, puis encore une semaine plus tôt, jusqu'à arriver à cette semaine-ci. // Un calendrier ne fait pas aller plus vite. Il montre de bonne heure ce qui ne tiendra pas, quand on peut encore y changer quelque chose.

## À partir de la fin

| Quand | Ce qui doit être fait | Qui | De quoi cela dépend |
|---|---|---|---|
| Le dernier jour : | | | |
| Le milieu : | | | |
| Le premier mois : | | | |
| Cette semaine : | | | |

## Les six premières semaines

| Semaine | Une seule chose à finir | Heures | Fait |
|---|---|---|---|
| 1 | | | |
| 2 | | | |
| 3 | | | |
| 4 | (vide, et c'est voulu) | | |
| 5 | | | |
| 6 | | | |

+ ## Ce qui n'attend pas, et ce qui attend

+ {season_prompt}

+ | A une date fixe | Doit venir avant autre chose | Peut se faire n'importe quand |
|---|---|---|
| | | |
| | | |
| | | |

## Un calendrier auquel on peut croire

- [ ] Il n'y a qu'une chose à finir par semaine.
- [ ] Les vacances, les examens et les projets des autres y figurent.
- [ ] Une semaine sur quatre est vide, et je la défendrai.

++ ## Un quart d'heure par semaine

++ Choisissez un jour et une heure pour un rendez-vous régulier avec cette page. Trois questions : qu'est-ce qui est fait, qu'est-ce qui ne l'est pas, qu'est-ce qui vient ensuite ? Quinze minutes, puis on ferme le cahier.
""",
    ),
    "risks": Module(
        title="Ce qui peut mal tourner, et le premier petit pas",
        item="umbrella",
        beats=(
            "Imaginer ce qui peut mal tourner, et son premier signe.",
            "Puis faire un pas trop petit pour échouer.",
        ),
        text="""
S'inquiéter, c'est réfléchir sans crayon. Avec un crayon, cela devient utile : une liste, et un plan en face de chaque ligne. // Imaginez que nous sommes dans un an et que tout a échoué. Il n'est pas difficile de dire pourquoi, n'est-ce pas ? Écrivez-le, tant qu'on peut encore y faire quelque chose.

## Un crayon pour les soucis

| Ce qui pourrait arriver | Probable ? (1 à 3) | Grave ? (1 à 3) | Le premier signe | Ce que je ferais |
|---|---|---|---|---|
{risk_rows}
| | | | | |

Multipliez les deux notes. Tout ce qui fait 6 ou plus mérite dix minutes maintenant. Tout ce qui fait 1 ou 2 peut être pardonné d'avance.

## Le premier petit pas

Les grands pas se remettent à plus tard. Cherchez donc un pas si petit qu'il serait dommage de ne pas le faire : un coup de téléphone, un coin mesuré, une page.

| Ce que je vais faire | Quel jour, à quelle heure | À quoi je saurai que c'est fait |
|---|---|---|
| | | |

+ ## Si, alors

+ - Si je n'ai pas commencé ce jour-là, alors je ______________________.
- Si quelqu'un dit non, alors je demande à ______________________.
- Si je perds courage, alors je relis ______________________.

## Paré pour le départ

- [ ] Le pas prend moins d'une demi-heure.
- [ ] Il est dans mon agenda, avec une heure.
- [ ] Quelqu'un est au courant, et me posera la question.

++ ## Quand s'arrêter

++ C'est une gentillesse envers soi que de dire d'avance quand on s'arrêterait. À quelles conditions serait-ce la bonne décision, et à qui le diriez-vous d'abord ?
""",
    ),
    "review": Module(
        title="Faire le bilan, et garder ses sources",
        item="book",
        beats=("Voir ce qui a marché, et garder ce que l'on a appris.", "Dire d'où vient chaque réponse."),
        text="""
La fin d'une saison est le meilleur moment pour apprendre, et celui où tout le monde veut rentrer. Prenez une heure, avec quelque chose de bon à boire, et faites-le avant d'oublier. // Ce qui n'a pas marché vaut autant que ce qui a marché, à condition d'être écrit. Ces pages sont pour la prochaine personne qui le fera, et ce sera peut-être vous.

## Le bilan

| Ce que j'avais prévu | Ce qui est arrivé | Ce que je referais | Ce que je ne referais pas |
|---|---|---|---|
| | | | |
| | | | |
| | | | |

1. Qu'est-ce qui a été plus facile que vous ne le craigniez ?
2. Qu'est-ce qui a pris le plus de temps, et le fallait-il ?
3. Qui faut-il remercier, et est-ce fait ?
4. À la mesure de votre but, *{goal}* : où en êtes-vous ?

## Les sources

Tout ce que vous avez découvert vient de quelque part. Notez-le ici, pour que vous ou quelqu'un d'autre puissiez y retourner.

| Ce que cela m'a appris | Qui ou quoi | Date | Ma confiance (1 à 3) |
|---|---|---|---|
| | | | |
| | | | |
| | | | |

+ ## Et ensuite

+ - [ ] J'ai comparé tout cela à ma première page.
- [ ] J'ai écrit une ligne de conseil pour quelqu'un qui débute.
- [ ] Je sais ce que je vais commencer, cesser et continuer.

++ ## Une page pour la personne suivante

++ S'il fallait tout transmettre demain, que faudrait-il sur une seule page ? Écrivez cette page.

## À propos de ce livre

{about}
""",
    ),
}

GENERAL = Pack(
    words=(),
    questions=(
        "Qui a déjà fait quelque chose de semblable, près de chez moi ?",
        "De quelle autorisation ai-je besoin, et qui la donne ?",
        "Qu'est-ce qui doit être en place avant que tout le reste commence ?",
        "Combien d'heures cela prend-il, franchement, du début à la fin ?",
        "Quelle erreur font ceux qui débutent, d'après ceux qui l'ont fait ?",
        "À quoi verrais-je assez tôt que cela ne marche pas ?",
    ),
    roles=(
        "Quelqu'un qui garde une vue d'ensemble",
        "Quelqu'un qui fait le travail de ses mains",
        "Quelqu'un qui en sait plus long que moi",
    ),
    resources=(
        "Un endroit pour le faire",
        "Des outils ou du matériel",
        "Ce qui se consomme",
        "Des heures tranquilles",
    ),
    money=(
        "De quoi commencer",
        "Ce qui se consomme",
        "Loyer, cotisations ou assurance",
        "Cours, conseils, déplacements",
    ),
    risks=(
        "Je manque de temps",
        "Une personne importante se retire",
        "Cela coûte plus que prévu",
        "Je perds courage à mi-chemin",
    ),
    season_prompt="Certaines choses ont une date à elles, d'autres en ont seulement l'air. Rangez les vôtres dans les trois colonnes.",
    place="desk",
)

PACKS = {
    "garden": Pack(
        words=(
            "jardin",
            "potager",
            "plant",
            "legume",
            "verger",
            "ferme",
            "compost",
            "fleur",
            "culture",
            "cultiver",
            "semis",
            "graine",
            "balcon",
        ),
        questions=(
            "Combien d'heures de soleil reçoit chaque coin, et à quel moment ?",
            "D'où vient l'eau, et qui la paie ?",
            "Comment est la terre, qu'y avait-il avant, et qui peut l'analyser ?",
            "Quelles plantes réussissent chez les voisins ?",
            "Quand les jardiniers d'ici attendent-ils la dernière et la première gelée ?",
            "À qui est le terrain, et qu'autorise-t-on par écrit ?",
        ),
        roles=(
            "Quelqu'un qui arrose quand il fait chaud",
            "Quelqu'un qui garde la clé et les outils",
            "Quelqu'un qui parle au propriétaire et aux voisins",
        ),
        resources=(
            "De la terre, des bacs ou des pots",
            "De l'eau à portée",
            "De quoi bêcher et tailler",
            "Des graines, des plants, du compost",
        ),
        money=(
            "Terre, compost et bacs",
            "Graines et jeunes plants",
            "Outils et réparations",
            "Eau, loyer, assurance",
        ),
        risks=(
            "Personne n'arrose pendant les vacances",
            "Il reste moins de monde en été",
            "On mange, on vole ou on piétine quelque chose",
            "Le temps a ses propres idées",
        ),
        season_prompt="Un jardin a son calendrier à lui. Demandez à quelqu'un qui jardine dans le coin depuis des années quels travaux ont une date, et rangez les vôtres dans les trois colonnes.",
        place="garden",
    ),
    "community": Pack(
        words=(
            "associat",
            "club",
            "partage",
            "voisin",
            "benevol",
            "fete",
            "evenement",
            "reunion",
            "kermesse",
            "groupe",
            "mariage",
            "quartier",
            "collectif",
        ),
        questions=(
            "Pour qui est-ce, et qu'ont dit ces gens quand vous leur avez demandé ?",
            "Qui fait déjà quelque chose de semblable, et partagerait ?",
            "Quelle autorisation, déclaration ou assurance le lieu demande-t-il ?",
            "Comment participeront ceux qui ne peuvent pas payer, monter un escalier ou lire l'affiche ?",
            "Comment toucher les gens qui ne sont dans aucun groupe ?",
            "Qui continue quand vous ne pouvez plus ?",
        ),
        roles=(
            "Quelqu'un qui accueille les nouveaux",
            "Quelqu'un qui tient la liste et la caisse",
            "Quelqu'un qui en parle autour de soi",
        ),
        resources=(
            "Une salle ou un lieu, et sa clé",
            "Des tables, des chaises, un abri",
            "De quoi joindre tout le monde",
            "De quoi manger et boire",
        ),
        money=("Le lieu", "À manger et à boire", "Imprimer et faire savoir", "Assurance et autorisations"),
        risks=(
            "Il vient trop peu de monde",
            "Deux personnes se fâchent",
            "Tout le travail reste à une seule personne",
            "Le lieu n'est finalement pas libre",
        ),
        season_prompt="Le calendrier des autres compte plus que le vôtre. Marquez les jours où presque personne ne pourrait venir, puis rangez les tâches dans les trois colonnes.",
        place="market",
    ),
    "business": Pack(
        words=(
            "entreprise",
            "boutique",
            "magasin",
            "vendre",
            "vente",
            "client",
            "independant",
            "marche.",
            "marketing",
            "marque",
            "boulangerie",
            "cafe",
            "restaurant",
            "start-up",
            "commerce",
        ),
        questions=(
            "Qui exactement paierait pour cela, et que font ces gens aujourd'hui à la place ?",
            "Qu'ont dit trois clients possibles, dans leurs propres mots ?",
            "Combien vous coûte chaque vente, tout compris ?",
            "Quelles règles d'inscription, d'impôt et d'assurance valent chez vous, et qui peut vous le dire ?",
            "Comment les dix premiers clients en entendraient-ils parler ?",
            "Combien de temps pourriez-vous tenir sans en tirer un revenu ?",
        ),
        roles=(
            "Quelqu'un qui parle aux clients",
            "Quelqu'un qui tient les comptes",
            "Quelqu'un qui vous dit la vérité",
        ),
        resources=(
            "Un endroit pour fabriquer ou vendre",
            "Du matériel",
            "Un stock ou des matières",
            "De quoi recevoir les paiements",
        ),
        money=(
            "Le démarrage",
            "Fabriquer ou acheter chaque pièce",
            "Local, licences, assurance",
            "Se faire connaître",
        ),
        risks=(
            "Personne n'achète à ce prix",
            "Un fournisseur fait défaut",
            "L'argent arrive après les factures",
            "Une maladie d'un mois",
        ),
        season_prompt="Certaines semaines vendent et d'autres non. Demandez à quelqu'un du métier lesquelles, puis rangez les tâches dans les trois colonnes.",
        place="market",
    ),
    "learning": Pack(
        words=(
            "apprendre",
            "apprentissage",
            "etud",
            "langue",
            "cours",
            "enseign",
            "ecole",
            "examen",
            "pratiqu",
            "instrument",
            "piano",
            "guitare",
            "echecs",
            "lecture",
            "courir",
            "course",
            "marathon",
            "yoga",
            "sport",
            "entrain",
        ),
        questions=(
            "Que devrais-je savoir faire à la fin que je ne sais pas faire maintenant ?",
            "Comment s'exercent, semaine après semaine, ceux qui savent le faire ?",
            "Qui pourrait me regarder et me dire quoi changer ?",
            "Quel est l'ordre habituel des étapes, et lesquelles peut-on sauter ?",
            "À quoi verrai-je le progrès, les semaines où il ne se sent pas ?",
            "À quoi faut-il faire attention, et qui peut me le dire ?",
        ),
        roles=(
            "Quelqu'un qui enseigne, ou qui a une étape d'avance",
            "Quelqu'un avec qui s'exercer",
            "Quelqu'un qui demande où j'en suis",
        ),
        resources=(
            "Une heure fixe",
            "Un endroit sans dérangement",
            "Des livres, des enregistrements ou un cours",
            "De quoi s'exercer",
        ),
        money=(
            "Des leçons ou un cours",
            "Livres et matériel",
            "Équipement, acheté ou loué",
            "Épreuves, trajets, cotisations",
        ),
        risks=(
            "Je saute une semaine, puis une autre",
            "Je m'exerce à ce qu'il ne faut pas",
            "Je me compare aux mauvaises personnes",
            "Cela fait mal, ou m'ennuie",
        ),
        season_prompt="L'exercice entre dans la semaine comme des cailloux dans un bocal : les gros d'abord. Rangez ce que vous avez à faire dans les trois colonnes.",
        place="library",
    ),
    "creative": Pack(
        words=(
            "ecrire",
            "ecriture",
            "livre",
            "roman",
            "peind",
            "peint",
            "dessin",
            "photo",
            "film",
            "musique",
            "chanson",
            "podcast",
            "theatre",
            "poeme",
            "memoires",
            "blog",
            "couture",
            "tricot",
            "artisan",
        ),
        questions=(
            "Pour qui est-ce, et que devraient ressentir ces gens à la fin ?",
            "À côté de quelles trois œuvres aimeriez-vous voir la vôtre, et pourquoi celles-là ?",
            "Que faut-il chercher, voir ou demander avant de pouvoir commencer ?",
            "À qui sont l'histoire, l'image ou le son dont vous vous servez, et en avez-vous le droit ?",
            "Qui verra le travail d'abord, et que lui demanderez-vous ?",
            "Quand est-ce fini ?",
        ),
        roles=(
            "Quelqu'un qui lit, regarde ou écoute en premier",
            "Quelqu'un qui s'y connaît en technique",
            "Quelqu'un qui tient compagnie pendant le travail",
        ),
        resources=(
            "Des heures fixes",
            "Un coin qu'on ne range pas",
            "Matières et outils",
            "Des exemples dont apprendre",
        ),
        money=("Les matières", "Matériel ou logiciels", "L'aide des autres", "Montrer, imprimer, envoyer"),
        risks=(
            "Le milieu est dur, et je m'y arrête",
            "Je polis sans fin le début",
            "Un avis me fait tomber",
            "La vie s'en mêle",
        ),
        season_prompt="Un grand travail est fait de séances. Comptez combien vous en avez vraiment, et rangez les tâches dans les trois colonnes.",
        place="desk",
    ),
    "home": Pack(
        words=(
            "maison",
            "cuisine",
            "renov",
            "construi",
            "repar",
            "meuble",
            "demenag",
            "chambre",
            "salle de bain",
            "toit",
            "appartement",
            "bricol",
            "travaux",
        ),
        questions=(
            "Qu'y a-t-il derrière, dessous ou au-dessus, et qui peut le dire avant qu'on ouvre ?",
            "Quels travaux peut-on faire soi-même là où vous vivez, et lesquels non ?",
            "Dans quel ordre s'y prennent ceux dont c'est le métier ?",
            "Qu'est-ce qui doit continuer de marcher pendant ce temps ?",
            "Où vont les gravats ?",
            "Qui faut-il prévenir, et combien de temps à l'avance ?",
        ),
        roles=(
            "Quelqu'un qui l'a déjà fait",
            "Quelqu'un du métier, là où il en faut",
            "Quelqu'un pour tenir l'autre bout",
        ),
        resources=(
            "Des outils",
            "Du matériel, avec un peu de marge",
            "Où mettre les choses en attendant",
            "Des jours secs et libres",
        ),
        money=(
            "Le matériel",
            "Le travail de métier",
            "Location d'outils, de bennes, de camions",
            "Une réserve",
        ),
        risks=(
            "Derrière le mur, ce n'est pas ce que je croyais",
            "Cela prend deux fois plus de temps",
            "Autre chose casse",
            "Le matériel arrive en retard",
        ),
        season_prompt="Certains travaux demandent du temps sec, d'autres une maison vide. Cherchez à savoir lesquels, et rangez les vôtres dans les trois colonnes.",
        place="kitchen",
    ),
    "travel": Pack(
        words=(
            "voyage",
            "voyager",
            "vacances",
            "randonn",
            "velo",
            "circuit",
            "etranger",
            "camping",
            "pelerin",
            "voile",
        ),
        questions=(
            "Que veux-je avoir vu ou fait, et que pourrait-on laisser ?",
            "Quels papiers, autorisations ou vaccins faut-il, d'après une source officielle ?",
            "Quel temps fait-il d'habitude à ce moment, et que font les gens du pays ?",
            "Quelle est une bonne étape, pour la personne la plus lente ?",
            "Que faire en cas de maladie, de vol ou de panne ?",
            "À qui demander, qui y soit allé dans l'année ?",
        ),
        roles=(
            "Quelqu'un qui a les papiers et les horaires en main",
            "Quelqu'un qui reste et qui sait où je suis",
            "Quelqu'un qui y est allé",
        ),
        resources=(
            "Une carte qui marche sans réseau",
            "Chaussures, vêtements, bagages",
            "Les papiers et leurs copies",
            "Où dormir",
        ),
        money=("L'aller et le retour", "Dormir", "Manger", "Assurance et imprévus"),
        risks=(
            "Quelqu'un tombe malade",
            "On manque une correspondance",
            "On n'a pas envie des mêmes choses",
            "Le temps se gâte",
        ),
        season_prompt="Réservez ce qui peut manquer ; laissez ouvert ce qui ne manque jamais. Rangez votre liste dans les trois colonnes.",
        place="station",
    ),
}

WORDS = GuideWords(
    modules=MODULES,
    general=GENERAL,
    packs=PACKS,
    workbook_title="{topic} : un cahier de travail",
    untitled="Un cahier de travail à soi",
    guide_title="{topic} : un guide d'après vos notes",
    no_topic="votre projet",
    no_goal="encore à écrire, dans les pages qui suivent",
    workbook_subtitle="Un cahier pour préparer",
    premise_workbook="Un cahier qui questionne, ordonne et laisse de la place. Il a été fait sans modèle de langue et sans notes : il n'affirme donc rien sur son sujet.",
    premise_notes="Un guide fait de vos propres notes. Chaque phrase qui affirme un fait est de vous et porte son numéro ; le reste questionne et laisse de la place. Aucun modèle de langue n'a servi.",
    reader_role="lectrice ou lecteur",
    reader_note="remplit les réponses",
    starting=Module(
        title="Comment vos notes s'assemblent",
        item="map",
        beats=("Voir ce que couvrent les notes, et dans quel ordre.", "Poser le but à côté."),
        text="""
Ce guide porte sur un sujet : *{topic}*. Il est fait de {count}, toutes de vous. Votre but s'énonce ainsi : *{goal}*. Les notes ont été triées d'après ce dont elles parlent ; chacun des chapitres suivants en reprend un groupe. // Voici {count} de votre main sur un sujet, *{topic}*, dans un ordre nouveau. Ce qui va ensemble se tient maintenant ensemble, et le but est posé devant : *{goal}*.

Un numéro entre crochets désigne la note d'où vient une phrase. Une phrase sans numéro n'affirme rien sur le sujet : c'est une question, un exercice ou un panneau indicateur.

## Ce que reprennent les chapitres

| Chapitre | Mots que vos notes partagent | Notes |
|---|---|---|
{overview_rows}

## Avant de lire

1. Lequel de ces chapitres décide le plus de votre but ?
2. Duquel en savez-vous le plus par expérience ?
3. Lequel paraît mince, alors que vous savez qu'il compte ?

+ - [ ] J'ai marqué le chapitre que je lirai d'abord.
- [ ] J'ai vérifié qu'aucune de mes notes n'a vieilli.

++ ## Un essai

++ Avant de poursuivre, écrivez de mémoire les trois notes qui comptent le plus. Comparez-les ensuite au texte.
""",
    ),
    closing=Module(
        title="Que faire, et ce qui manque",
        item="key",
        beats=(
            "Changer en plan les étapes des notes.",
            "Dire clairement ce à quoi les notes ne répondent pas.",
        ),
        text="""
Ici se rejoignent les étapes de tous les chapitres, pour que vous puissiez leur donner une date. // Un plan est une liste avec des noms et des jours dedans. La liste vient de vos notes ; les noms et les jours ne peuvent venir que de vous.

## Les étapes de vos notes

{steps_table}

## Ce qui manque encore

{missing}

+ ## Des questions que les notes laissent ouvertes

+ | Question | À qui la poser ? | La réponse et sa source |
|---|---|---|
{question_rows}

## Le premier petit pas

| Ce que je vais faire | Quel jour, à quelle heure | À quoi je saurai que c'est fait |
|---|---|---|
| | | |

- [ ] Il prend moins d'une demi-heure.
- [ ] Il est dans mon agenda.
- [ ] Quelqu'un est au courant, et me posera la question.

++ ## Plus tard

++ Dans un mois, revenez à cette page. Quelle note s'est révélée juste, laquelle fausse, et laquelle manquait ?
""",
    ),
    about_title="À propos de ce livre",
    about_item="book",
    about_beats=("De quoi ce livre est fait, et ce qu'il n'est pas.",),
    about=About(
        notes="""
Ce livre a été fait sans modèle de langue. Chaque phrase qui affirme un fait sur le sujet, *{topic}*, est l'une de vos notes, recopiée mot pour mot et marquée de son numéro. Personne n'a vérifié si elles sont exactes ; cela reste votre affaire.

Le reste, c'est-à-dire l'ordre, les questions, les tableaux et les exercices, est un échafaudage écrit d'avance par des gens, pour n'importe quel sujet. Les groupes de notes ont été trouvés en comptant les mots qu'elles partagent, et le titre d'un chapitre est fait de ces mots. Si une note est tombée au mauvais endroit, déplacez-la.

## Vos notes, telles que vous les avez données

{note_list}

## D'où elles viennent

Une note vaut davantage quand elle dit d'où elle vient.

| Note | Source | Date | Ma confiance (1 à 3) |
|---|---|---|---|
{source_rows}
""",
        workbook="""
Ce livre a été fait sans modèle de langue, et sans notes. Il ne sait rien de votre sujet, *{topic}*, et ne fait pas semblant. Ses questions, ses tableaux et ses listes ont été écrits d'avance par des gens, et choisis d'après les mots de votre sujet et de votre but. Tout ce qu'il contiendra de vrai sera ce que vous y écrirez.

Quand vous ajouterez des notes et referez le livre, il les rangera en chapitres et citera chacune avec son numéro. Avec un modèle de langue connecté, il pourrait aussi rédiger du texte suivi, qu'il faudrait alors vérifier.
""",
    ),
    note_chapter="""
{intro}

## Ce que disent vos notes

{statements}

{reasons}

{steps}

{figures}

## À vous

{exercises}

+ ## À l'essai

+ Choisissez une ligne ci-dessus. Écrivez-en la plus petite version que vous puissiez finir en vingt minutes, et à quoi vous saurez que cela a marché.

+ | Quoi | Quand | À quoi je le saurai |
|---|---|---|
| | | |

## Avant de continuer

{checks}

## Il manque encore

{gaps}

++ ## Dans vos mots

++ Fermez le livre et expliquez ce chapitre à quelqu'un en trois phrases. Qu'avez-vous laissé de côté, et est-ce important ?
""",
    intros=(
        "Ce chapitre réunit les notes qui parlent de ces mots : {keys}. Lisez-les d'abord comme si quelqu'un d'autre les avait écrites : les comprendriez-vous toutes ?",
        "Qu'ont en commun les notes qui tournent autour de ces mots : {keys} ? Les voici côte à côte, avec un peu de place pour ce qu'elles ne disent pas.",
        "Voici le groupe suivant, autour de ces mots : {keys}. Certaines notes affirment, d'autres expliquent, d'autres disent quoi faire. Elles ont été mises dans cet ordre.",
        "Voici ce que vous avez écrit autour de ces mots : {keys}. Si deux notes se contredisent, n'arrondissez pas ; gardez les deux, et allez voir.",
        "Un court chapitre autour de ces mots : {keys}. Il est dans votre langue à vous. Les questions de la fin se répondent au crayon.",
        "Vous en savez peut-être plus que vous ne pensiez autour de ces mots : {keys}. Voici ce que vous avez noté jusqu'ici.",
    ),
    reasons_title="Pourquoi cela compte",
    steps_title="Que faire",
    figures_title="Des chiffres à garder sous la main",
    figures_head="| Chiffre | Note |",
    exercises=(
        "En une phrase : qu'est-ce qui aura changé quand ce chapitre sera réglé ?",
        "Que savez-vous à propos de « {key} » que ces notes ne disent pas ?",
        "Qui pourrait vérifier ce que vous avez noté sur « {key} » ?",
        "Laquelle de ces notes avez-vous apprise à vos dépens ?",
        "Que diriez-vous de « {key} » à quelqu'un qui débute, en une demi-minute ?",
        "Que faudrait-il pour que vous changiez d'avis sur « {key} » ?",
        "Où avez-vous vu cela bien fait pour la dernière fois ?",
        "Quelle note souligneriez-vous ici, et pourquoi celle-là ?",
        "S'il ne fallait garder qu'une de ces notes, laquelle ?",
    ),
    check="Je saurais expliquer la note {number} sans regarder.",
    gap_reason="Aucune note ne donne ici de raison. Demandez *pourquoi* à la phrase qui compte le plus.",
    gap_step="Aucune note ne dit ici quoi faire. Changez-en une en étape.",
    gap_figure="Aucune note ne donne ici de chiffre ni de mesure. Combien, de quelle taille, combien de temps ?",
    gap_none="Affirmations, raisons, étapes et chiffres, tout y est. Ce qui manque, c'est votre expérience.",
    steps_head="| Étape | Qui | Pour quand | Fait |",
    steps_none="Aucune de vos notes ne dit à quelqu'un de faire quelque chose. Prenez les trois qui comptent le plus, et écrivez pour chacune ce qui s'ensuit.",
    missing_rows=("des chiffres", "des raisons", "des étapes"),
    missing_line="- Chapitre « {title} » : {what}.",
    missing_all="Chaque chapitre a ses raisons, ses étapes et ses chiffres. Cherchez maintenant ce qui a changé depuis que vous avez écrit les notes.",
    single_key="ce point",
    and_word="et",
    count_one="une note",
    count_many="{number} notes",
    kinds=("affirmation", "raison", "étape", "chiffre"),
    other_title="Et aussi",
)
