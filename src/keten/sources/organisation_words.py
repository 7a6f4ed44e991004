"""Words by which the name of an organisation can be told, in the languages of Europe, plain letters.

Written by hand after reading names that resemble those of persons; what follows is for `persons`.
"""

import re
from typing import Final

# Forms of legal persons; with one of these a name is a firm's, a foundation's or an association's.
LEGAL_FORMS: Final = (
    re.compile(
        r"(?<![a-z0-9])(?:b ?v|n ?v|bvba|vzw|asbl|aisbl|sprl|srl|s r l|srls|spa|s p a|sarl|s a r l|"
        r"sas|sasu|eurl|earl|sa|s a|sau|sl|s l|slu|sll|slp|slne|gmbh|ggmbh|mbh|ag|kg|kgaa|ohg|ug|"
        r"ev|eg|gbr|gesbr|og|ltd|limited|ltda|lda|unipessoal|plc|llc|llp|lp|inc|corp|corporation|"
        r"co|company|ab|as|asa|aps|oy|oyj|oue|ou|sia|uab|doo|d o o|dd|jdoo|spolka|spzoo|zoo|sro|"
        r"s r o|spol|kft|zrt|rt|bt|nyrt|eood|ood|ead|ad|ed|et|pfa|ike|epe|oe|ee|ae|abee|"
        r"monoprosopi|anonymi|lbg|clg|dac|cic|scrl|scarl|scpa|snc|sc|sccl|scp|gie|eeig|geie|eric|"
        r"stichting|stg|vereniging|cooperatie|cooperatieve|holding|holdings|se|ska|vof|v o f|"
        r"maatschap|cv|c v|ek|ev|etairia|etaireia|osk|jsc|ojsc|cjsc|pjsc|ooo|oao|zao|ao|pty|"
        r"a/s|i/s|k/s|p/s|k/b|sp z ?oo|sp z o o|limitada|limitedlbg|gesmbh|ges mbh|ges m b h|ky|kht|scea|gaec|"
        r"lv|s n c|d d|a e|s c|s coop|scoop|scoopl|ivzw|gcv|sagl|srlu|ehf|ohf|sha|ops|o p s|keg|oeg|teoranta|"
        r"incorporated|anonim sirketi|sihtasutus|aktsiaselts|sh ?p ?k|slc|cb|sat|ua|gpv|pte|sdn|bhd|aktiengesellschaft|aktiebolag|ta|sti|tic|pc|ios)"
        r"(?![a-z0-9])"
    ),
)

# Bodies, whatever else stands in the name: a university bears a person's name and is none.
BODIES: Final = re.compile(
    r"\b(?:univ|institu|istitut|instyt|center|centre|centr|zentr|kentr|minist|ypourg|yfypourg|provinc|comune|"
    r"azienda|societ|synetair|synetern|grupp|fond|fund|scuol|school|schul|skol|escol|escuel|agrupament|"
    r"hospit|ospedal|spital|nemocnic|korhaz|bolnic|klini|assoc|assots|asocia|verein|college|colleg|"
    r"lyce|lyke|gymnas|gimnaz|branch|netherlands|nederland|ireland|israel|ministry|commission|"
    r"committee|council|authority|agency|agence|agencia|agenzia|federa|confed|union|municip|idrima|"
    r"idryma|grammat|sillogos|omilos|stegi|korhaz|museum|musee|museo|bibliot|librar|parc|lykeion|"
    r"onkormanyzat|savivaldyb|reszvenyt|egyesulet|dernegi|vakfi|daigaku|daigakko|hojin|kuntayhtyma|"
    r"saatio|korkeakoulu|hogskol|hoyskol|fylkeskommun|bundesa|staatsminist|sveucilist|zupanij|wojewodz|"
    r"udruzen|zdruzen|sdruzen|skupin|groep\b|gobierno|regents|mission|fellowship|gemeente|stadt|landkreis|kloster|academ|akadem|cooperat|koop)|"
    r"(?:senter|bibliothek|ministerium|schule|school|foiskola?|egyetem|universitat|zentrum|centrum|verein|gebouw|laan)\b"
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

WORDS: Final = frozenset(
    """
    airport airways alliance archive archives area arts asset assets authority automotive badan
    benelux big branch brothers bros bruder cathedral castle cattle cave charity china church citta
    city clinic coaching coalition coast company concept concepts connect connection conservator
    control country county creative crop crops culture cultural cure dairy design devices
    diagnostics dimos district diving dutch editions edition equipment espana est estate event events
    expert experts exploitatie feed film films fish fisheries fishing flight flowers foods forest
    forum france free freight freunde friends future gallery game games gas general geo geographic
    geologikon german germany glass go grain grand grands guild guys hair hall handels harbour
    heritage high hightech hills home homes house huis imaging impact import export innova insight
    international iberia interim island islands italia italiana italy japan jewelry joint judetean
    key king kingdom kitchen knowledge lake land landscape law legacy life light lighting line lines
    link links living local lodge london madrid maison makers mall maritime master masters meat
    memorial metropolitan military mill mining mobile mobility model models motor motors mountain
    movement nature navy nederland netherlands new news nord nordic north norway novo ocean oil on
    online open opera orchestra paper paris park parks parochie parish people performance phone
    photo pictures planet planning plant plants point pol police polska port ports portugal press
    prime prison pro process property protection province provincia provincie prototype quality
    quantum racing radio rail railway red rehab review river road royal rural safety sail sales salon
    sea secretariat security seed seeds senior sensor sensors sheep ship shipping shipyard ship signal
    skills smart social society sol sole solo sons sound source south spain sports stables stadt star
    station stazione steel stone street students sud sun supply support surf sustainability sweden
    team teams telecom television test testing theatre three tomorrow tool tools top tour tours tower
    town trade trading traffic training trans trust trustees turkey united urban usa valley value van
    vaccine value vehicle venture ventures vision visual voices waste watch water way ways west wind
    wireless women wood work workers works workshop yacht year young youth zoologica zoo
    opere opera osteria casa castello comune provincia comunita alta alto bassa valle parco
    azienda ditta fratelli figli figlio fils freres hermanos hijos filhos irmaos broers zonen zoon
    soehne sohne sons brothers compagnie compania cia gebroeders gebr
    ayuntamiento generalitat diputacion junta camara cofradia finca bodega bodegas granja rancho
    viveros talleres astilleros
    obec mesto kraj ustav vyzkumny nemocnice statni zdruzenje drustvo zavod obcina centar grad
    opstina udruzenje zadruga fakultet fakulteta bolnisnica bolnica dom skola ucilishte obshtina
    primaria judet comuna orasul consiliul spitalul liceul gradina asociatia fundatia
    idryma kentro dimos syndesmos epimelitirio perifereia nosokomeio institouto panepistimio ethniko
    elliniko ellinikon aristotelio polytechneio
    urzad gmina miasto powiat fundacja stowarzyszenie szkola szpital politechnika uniwersytet
    instytut muzeum
    kommune kommun kommunen lansstyrelsen landsting laani kunta kaupunki saatio yhdistys seura ry
    saastosaatio sykehus sygehus sjukhus
    oblast rayon gosudarstvennyi institut nauchno
    rahman tunku shqiptar sherbimin stabilitet iniciativa inisiatif zenska
    capellas jardins jardin chateau domaine ferme vignoble vignobles mairie ville commune lycee
    hopital ceatre centre pole syndicat chambre amicale
    alumni apprentissage apostolic archdiocese diocese bisdom congregatie congregation missionarissen
    kerk klooster tempel moskee synagoge
    stad waterschap hoogheemraadschap zorg thuiszorg welzijn stichting
    chiropractie chiropractic podologie logopedie huisarts
    delicatessen slagerij bloemen kwekerij plantenkwekerij boomkwekerij loonbedrijf transport
    schilder timmer dakbedekking montage installatie installaties interieur keukens mode modes
    fashion kapper kappers kapsalon schoonheidssalon makelaar makelaardij makelaars verzekeringen
    retail wholesale groothandel handel handelsonderneming import
    the of for down a an with to by st sint saint saints sant san santa sankt santi santo agios agia
    archaggelos ies eplefpa etablissements pays petr blind missionary magen adom rannsoknarklasi
    jardhita friuli venezia reggio romagna emilia cine cinematografica cancer nuclear regulatory
    collections canal pigments megyei nonprofit composites maschinen recruit csg prins sovso belgium
    schweiz suisse switzerland austria osterreich hungary romania bulgaria greece hellas cyprus
    denmark danmark finland suomi sverige norge ireland scotland wales england britain
    hill pont tas parking express airlines cargo cable robots robotics crown
    gobierno vasco asesoria geologica konepaja magyar mednarodna podiplomska sola liga zmlk cnrs
    ballet dans dance circus orkest koor choir ensemble quartet band jazz
    """.split()
)
