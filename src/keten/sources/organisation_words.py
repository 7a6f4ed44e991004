"""Words by which the name of an organisation can be told, in the languages of Europe, plain letters.

Written by hand after reading names that resemble those of persons; what follows is for `persons`.
"""

import re
from typing import Final

# Forms of legal persons; with one of these a name is a firm's, a foundation's or an association's.
LEGAL_FORMS: Final = (
    re.compile(
        r"(?<![a-z0-9])(?:"
        r"b ?v|n ?v|bvba|vzw|asbl|aisbl|sprl|srl|s r l|srls|spa|s p a|sarl|s a r l|sas|sasu|"
        r"eurl|earl|sa|s a|sau|sl|s l|slu|sll|slp|slne|gmbh|ggmbh|mbh|ag|kg|kgaa|ohg|ug|ev|eg|"
        r"gbr|gesbr|og|ltd|limited|ltda|lda|unipessoal|plc|llc|llp|lp|inc|corp|corporation|co|"
        r"company|ab|as|asa|aps|oy|oyj|oue|ou|sia|uab|doo|d o o|dd|jdoo|spolka|spzoo|zoo|sro|"
        r"s r o|spol|kft|zrt|rt|bt|nyrt|eood|ood|ead|ad|ed|et|pfa|ike|epe|oe|ee|ae|abee|"
        r"monoprosopi|anonymi|lbg|clg|dac|cic|scrl|scarl|scpa|snc|sc|sccl|scp|gie|eeig|geie|"
        r"eric|stichting|stg|vereniging|cooperatie|cooperatieve|holding|holdings|se|ska|vof|"
        r"v o f|maatschap|cv|c v|ek|etairia|etaireia|osk|jsc|ojsc|cjsc|pjsc|ooo|oao|zao|ao|pty|"
        r"a/s|i/s|k/s|p/s|k/b|sp z ?oo|sp z o o|limitada|limitedlbg|gesmbh|ges mbh|ges m b h|ky|"
        r"kht|scea|gaec|lv|s n c|d d|a e|s c|s coop|scoop|scoopl|ivzw|gcv|sagl|srlu|ehf|ohf|sha|"
        r"ops|o p s|keg|oeg|teoranta|incorporated|anonim sirketi|sihtasutus|aktsiaselts|"
        r"sh ?p ?k|slc|cb|sat|ua|gpv|pte|sdn|bhd|aktiengesellschaft|aktiebolag|ta|sti|tic|"
        r"pc|ios)(?![a-z0-9])"
    ),
)

# Bodies, whatever else stands in the name: a university bears a person's name and is none.
BODIES: Final = re.compile(
    r"\b(?:"
    r"univ|institu|istitut|instyt|center|centre|centr|zentr|kentr|minist|ypourg|yfypourg|"
    r"provinc|comune|azienda|societ|synetair|synetern|grupp|fond|fund|scuol|school|schul|skol|"
    r"escol|escuel|agrupament|hospit|ospedal|spital|nemocnic|korhaz|bolnic|klini|assoc|assots|"
    r"asocia|verein|college|colleg|lyce|lyke|gymnas|gimnaz|branch|netherlands|nederland|ireland|"
    r"israel|ministry|commission|committee|council|authority|agency|agence|agencia|agenzia|"
    r"federa|confed|union|municip|idrima|idryma|grammat|sillogos|omilos|stegi|museum|musee|"
    r"museo|bibliot|librar|parc|lykeion|onkormanyzat|savivaldyb|reszvenyt|egyesulet|dernegi|"
    r"vakfi|daigaku|daigakko|hojin|kuntayhtyma|saatio|korkeakoulu|hogskol|hoyskol|fylkeskommun|"
    r"bundesa|staatsminist|sveucilist|zupanij|wojewodz|udruzen|zdruzen|sdruzen|skupin|groep\b|"
    r"gobierno|regents|mission|fellowship|gemeente|stadt|landkreis|kloster|academ|akadem|"
    r"cooperat|koop)|"
    r"(?:"
    r"senter|bibliothek|ministerium|schule|school|foiskola?|egyetem|universitat|zentrum|centrum|"
    r"verein|gebouw|laan)\b"
)

# Names of firms that consist of a person's: read in the files, and kept.
BRANDS: Final = (
    "jan de nul",
    "john deere",
    "robert bosch",
    "philip morris",
    "hugo boss",
    "thomas more",
    "john cockerill",
    "bernard gregory",
    "guy carpenter",
    "hunter douglas",
    "johannes de swaef",
    "rob de mat",
    "reinier de graaf",
)

STEMS: Final = re.compile(
    r"^(?:universi|institu|instyt|research|recherch|ricerc|forsch|techn|tekn|tecn|consult|conseil|"
    r"engineer|ingen|ingegn|inzyn|centr|zentr|kent|tsent|fond|found|fund|fonda|stift|associa|asocia|"
    r"verein|gesell|societ|socied|tarsasag|serv|system|sistem|solution|soluc|soluzi|consorz|"
    r"consort|akadem|academ|accadem|hospit|ospedal|klini|clini|cabinet|studi|atelier|architec|"
    r"archit|energ|agric|agro|farm|garden|gospodarst|gartn|nation|nazion|region|minist|municip|gemeen|"
    r"gemeinde|commun|comun|committ|comit|council|consel|conseil|departm|industr|product|produkt|"
    r"produz|manufact|electr|elektr|elettr|laborat|museum|museo|musee|bibliot|librar|school|schul|"
    r"schol|ecole|scuol|escuel|colleg|colegi|kolej|gymnas|gimnaz|lyceum|liceo|liceul|educa|"
    r"trans|logist|marin|marit|aero|aviat|bio|pharma|farma|medic|chem|chim|nano|micro|mikro|opti|"
    r"photon|laser|robot|digit|inform|software|compu|data|media|communic|kommunik|design|consum|"
    r"innov|invest|capital|financ|manag|market|publi|develop|desarr|entwick|environ|ambient|umwelt|"
    r"network|netwerk|netz|plat|project|projekt|progr|group|grup|gruppe|intern|europ|global|world|"
    r"wissens|scien|cienc|scienz|nauk|kutat|business|enterpr|empres|entrepr|impres|unternehm|"
    r"instrum|material|mechan|mecan|meccan|constru|costruz|build|bouw|bau|partner|associ|"
    r"organi|union|federa|confed|verband|kammer|chamber|camera|court|raad|rat$|bank|sport|music|"
    r"musik|theat|teatr|film|festival|hotel|resta|shop|store|winery|vineyard|club|hub|lab$|labs$|"
    r"tech$|soft|ware$|net$|web|cyber|space|power|solar|wind|water|wasser|aqua|eco|green|clean|"
    r"health|salud|salut|sant[ae]|gesund|care$|therap|fysio|physio|praktijk|praxis|tandarts|"
    r"orthod|dent|apothe|dierenart|advoca|advies|advis|legal|avocat|rechts|notar|account|audit|"
    r"bureau|buero|office|agen|cooper|koop|fabri|factory|werk|werkstatt|wytw|zaklad|przed|metal|stahl|"
    r"steel|plast|polym|ceram|textil|leather|foods?$|fruit|wine|bakker|catering|touris|travel|reise)"
    r"|(?:technik|technologie|technologies|tech|systems?|stiftung|haus|huis|kirche|gesellschaft|"
    r"verein|verlag|consulting|engineering|berat[a-z]*|planung|bau|werke?|institut|universit[a-z]*|"
    r"schule|school|college|zentrum|centrum|klinik|burg|stadt|landschaft|ingenieurbu?e?ro|wirtschaft|"
    r"industrie|hospital|museum|skola|skolan|yliopisto|keskus|kozpont|intezet|foiskola|egyetem)$"
)

_WORDS = """
a adom agia agios airlines airport airways alliance alta alto alumni amicale an apostolic
apprentissage archaggelos archdiocese archive archives area aristotelio arts asesoria asociatia
asset assets astilleros austria authority automotive ayuntamiento azienda badan ballet band bassa
belgium benelux big bisdom blind bloemen bodega bodegas bolnica bolnisnica boomkwekerij branch
britain broers bros brothers bruder bulgaria by cable camara canal cancer capellas cargo casa
castello castle cathedral cattle cave ceatre centar centre chambre charity chateau china
chiropractic chiropractie choir church cia cine cinematografica circus citta city clinic cnrs
coaching coalition coast cofradia collections commune compagnie compania company composites comuna
comune comunita concept concepts congregatie congregation connect connection conservator consiliul
control country county creative crop crops crown csg cultural culture cure cyprus dairy
dakbedekking dance danmark dans delicatessen denmark design devices diagnostics dimos diocese
diputacion district ditta diving dom domaine down drustvo dutch edition editions elliniko
ellinikon emilia england ensemble epimelitirio eplefpa equipment espana est estate etablissements
ethniko event events expert experts exploitatie export express fakultet fakulteta fashion feed
ferme figli figlio filhos film films fils finca finland fish fisheries fishing flight flowers
foods for forest forum france fratelli free freight freres freunde friends friuli fundacja
fundatia future gallery game games gas gebr gebroeders general generalitat geo geographic
geologica geologikon german germany glass gmina go gobierno gosudarstvennyi grad gradina grain
grand grands granja greece groothandel guild guys hair hall handel handels handelsonderneming
harbour hellas heritage hermanos high hightech hijos hill hills home homes hoogheemraadschap
hopital house huis huisarts hungary iberia idryma ies imaging impact import iniciativa inisiatif
innova insight installatie installaties institouto institut instytut interieur interim
international ireland irmaos island islands italia italiana italy japan jardhita jardin jardins
jazz jewelry joint judet judetean junta kapper kappers kapsalon kaupunki kentro kerk keukens key
king kingdom kitchen klooster knowledge kommun kommune kommunen konepaja koor kraj kunta kwekerij
laani lake land landscape landsting lansstyrelsen law legacy liceul life liga light lighting line
lines link links living local lodge logopedie london loonbedrijf lycee madrid magen magyar mairie
maison makelaar makelaardij makelaars makers mall maritime maschinen master masters meat
mednarodna megyei memorial mesto metropolitan miasto military mill mining missionarissen
missionary mobile mobility mode model models modes montage moskee motor motors mountain movement
muzeum nature nauchno navy nederland nemocnice netherlands new news nonprofit nord nordic norge
north norway nosokomeio novo nuclear obcina obec oblast obshtina ocean of oil on online open opera
opere opstina orasul orchestra orkest osteria osterreich panepistimio paper parco paris parish
park parking parks parochie pays people performance perifereia petr phone photo pictures pigments
planet planning plant plantenkwekerij plants podiplomska podologie point pol pole police
politechnika polska polytechneio pont port ports portugal powiat press primaria prime prins prison
pro process property protection prototype province provincia provincie quality quantum quartet
racing radio rahman rail railway rancho rannsoknarklasi rayon recruit red reggio regulatory rehab
retail review river road robotics robots romagna romania royal rural ry saastosaatio saatio safety
sail saint saints sales salon san sankt sant santa santi santo schilder schoonheidssalon schweiz
scotland sea secretariat security seed seeds senior sensor sensors seura sheep sherbimin ship
shipping shipyard shqiptar signal sint sjukhus skills skola slagerij smart social society soehne
sohne sol sola sole solo sons sound source south sovso spain spitalul sports st stabilitet stables
stad stadt star station statni stazione steel stichting stone stowarzyszenie street students sud
suisse sun suomi supply support surf sustainability sverige sweden switzerland sygehus sykehus
synagoge syndesmos syndicat szkola szpital talleres tas team teams telecom television tempel test
testing the theatre three thuiszorg timmer to tomorrow tool tools top tour tours tower town trade
trading traffic training trans transport trust trustees tunku turkey ucilishte udruzenje united
uniwersytet urban urzad usa ustav vaccine valle valley value van vasco vehicle venezia venture
ventures verzekeringen vignoble vignobles ville vision visual viveros voices vyzkumny wales waste
watch water waterschap way ways welzijn west wholesale wind wireless with women wood work workers
works workshop yacht year yhdistys young youth zadruga zavod zdruzenje zenska zmlk zonen zoo
zoologica zoon zorg
"""
WORDS: Final = frozenset(_WORDS.split())
