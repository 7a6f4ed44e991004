"""Words in names of organisations: legal forms, and words that mean the same across languages.

Written by hand from names as European registers write them; plain letters, as `anyascii` gives them.
Only what is common is here: a word that is missing counts as a word of its own, which is weaker
evidence and no error.
"""

from typing import Final

# Legal forms written out, and the short form they stand for.
LONG_FORMS: Final = (
    (r"besloten vennootschap(?: met beperkte aansprakelijkheid)?", "bv"),
    (r"naamloze vennootschap", "nv"),
    (r"met (?:beperkte|uitgesloten) aansprakelijkheid", ""),
    (r"sociedad (?:de responsabilidad )?limitada(?: unipersonal| profesional| laboral)?", "sl"),
    (r"sociedad anonima(?: unipersonal)?", "sa"),
    (r"sociedade anonima", "sa"),
    (r"sociedade por quotas", "lda"),
    (r"unipessoal", "lda"),
    (r"societa (?:a|di) responsabilita limitata(?: semplificata)?", "srl"),
    (r"societa per azioni", "spa"),
    (r"societa cooperativa(?: sociale)?", "coop"),
    (r"societa consortile", "scarl"),
    (r"a responsabilita limitata", "srl"),
    (r"per azioni", "spa"),
    (r"societe anonyme", "sa"),
    (r"societe a responsabilite limitee", "sarl"),
    (r"societe par actions simplifiee(?: unipersonnelle)?", "sas"),
    (r"gesellschaft mit beschra?e?nkter haftung", "gmbh"),
    (r"gesellschaft m b h", "gmbh"),
    (r"gesmbh", "gmbh"),
    (r"ges m b h", "gmbh"),
    (r"aktiengesellschaft", "ag"),
    (r"kommanditgesellschaft", "kg"),
    (r"eingetragener verein", "ev"),
    (r"gemeinnu?e?tzige gmbh", "gmbh"),
    (r"gemeinnu?e?tzige", "ggmbh"),
    (r"spo?l?ka z ograniczona odpowiedzialnoscia", "spzoo"),
    (r"sp(?:olka)? z ?o ?o", "spzoo"),
    (r"spo?l?ka akcyjna", "sa"),
    (r"spolka komandytowa", "spk"),
    (r"spolecnost s rucenim omezenym", "sro"),
    (r"spol s r ?o", "sro"),
    (r"s r o", "sro"),
    (r"akciova spolecnost", "as"),
    (r"akciova spolocnost", "as"),
    (r"korlatolt felelossegu tarsasag", "kft"),
    (r"zartkoruen mukodo reszvenytarsasag", "zrt"),
    (r"nyilvanosan mukodo reszvenytarsasag", "nyrt"),
    (r"reszvenytarsasag", "rt"),
    (r"drustvo s ogranicenom odgovornoscu", "doo"),
    (r"drustvo za .{3,60} doo", "doo"),
    (r"druzba z omejeno odgovornostjo", "doo"),
    (r"delniska druzba", "dd"),
    (r"dionicko drustvo", "dd"),
    (r"osakeyhtio", "oy"),
    (r"aktiebolag", "ab"),
    (r"anpartsselskab", "aps"),
    (r"aktieselskab", "as"),
    (r"aktsiaselts", "as"),
    (r"osauhing", "ou"),
    (r"sabiedriba ar ierobezotu atbildibu", "sia"),
    (r"uzdaroji akcine bendrove", "uab"),
    (r"akciju sabiedriba", "as"),
    (r"akcine bendrove", "ab"),
    (r"anonim(?:i|os|h) (?:etair[ie]i?a|eteria)", "ae"),
    (r"anonymi (?:etair[ie]i?a|eteria)", "ae"),
    (r"(?:etair[ie]i?a|eteria) periorismenis ef?[tf]h[iy]nis", "epe"),
    (r"idiotiki kefal[ae]i?o[yu]chiki etair[ie]i?a", "ike"),
    (r"monoprosopi", "ike"),
    (r"anonim sirketi", "as"),
    (r"limited sirketi", "ltd"),
    (r"ltd sti", "ltd"),
    (r"as sirketi", "as"),
    (r"societate cu raspundere limitata", "srl"),
    (r"societatea comerciala", "sc"),
    (r"public limited company", "plc"),
    (r"private limited company", "ltd"),
    (r"company limited by guarantee", "clg"),
    (r"limited liability company", "llc"),
    (r"designated activity company", "dac"),
    (r"association internationale sans but lucratif", "aisbl"),
    (r"association sans but lucratif", "asbl"),
    (r"internationale vereniging zonder winstoogmerk", "ivzw"),
    (r"vereniging zonder winstoogmerk", "vzw"),
    (r"entidade empresarial", "epe"),
)

# Legal forms of one word, once the letters of an abbreviation stand together.
_LEGAL_FORMS_WORDS: Final = """ab abee ad ae ag aisbl anonimi anonymi anonymos ans aps as
    asa asbl ba bhd bt bv bvba cic cjsc clg co cokg company coop cooperatie cooperatief
    cooperatieve cooperativa corp corporation cv dac dd doo ead ee eg ehf eood epe etaireia
    etairia eteria eurl ev fmba gbr gesellschaft ggmbh gie gmbh hb hf ike inc incorporated is ivs
    ivzw jdoo jsc kft kg kgaa kkt ks ky lbg lda ldau limitada limited llc llp lp ltd ltda mb mbh
    nv nyrt oao oe ohf ohg ojsc ood ooo ops ou oy oyj pao pjsc plc pte pty rt sa sal sapa sarl sas
    sasu sau sc sca scarl scic scop scpa scrl scs sdn sia sirketi ska sl sll slne slp slu snc soc
    sociedad sociedade societa societe sp spa spk spol spolka sprl spzoo srl srls sro stg sti
    stichting ua uab ug vereniging vof vos vsi vzw zao zoo zrt zs zu"""
LEGAL_FORMS: Final = frozenset(_LEGAL_FORMS_WORDS.split())

# Legal forms of one meaning: what is written out, and what stands for it.
SAME_FORM: Final = {
    "stg": "stichting",
    "limited": "ltd",
    "ltda": "lda",
    "limitada": "lda",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "cooperatieve": "cooperatie",
    "cooperatief": "cooperatie",
    "cooperativa": "coop",
    "gesellschaft": "ges",
}

# Words that join other words; they tell no organisations apart.
_LINKING_WORDS: Final = """a am an and az d da das de degli dei del della delle dello dem
    den der des di die dla do dos du e een el en es et for fur gli het i il im in ir k l la las le
    les lo los na och of og on oraz para per por pour pro si the und v van ve voor w y zu zum zur"""
LINKING: Final = frozenset(_LINKING_WORDS.split())

# Words that mean the same, by the English one that stands for them.
_SAME_MEANING: Final = {
    "university": """egyetem panepistimio panepistimion sveuciliste ulikool univ universidad
    universidade universita universitaet universitair universitaire universitaires universitaria
    universitario universitas universitat universitate universitatea universitaten universitatis
    universitats universite universiteit universitesi universitet universiteta universitetet
    universitets universiti univerza univerzita univerzitet univerzity uniwersytet uniwersytetu
    unversity yliopisto""",
    "institute": """insituto inst institouto institucio institut instituta institutas institutes
    institutet instituti instituto instituts institutt institutul instituut instytut intezet
    istituto ustav""",
    "research": """badan badawcza badawczy cercetare cercetari ereunon erevnas erevnon forschung
    forschungs forschungszentrum forskning forsknings investigacao investigacio investigacion
    investigaciones istrazivanja istrazivanje kutatasi kutato onderzoek raziskave raziskovalni
    recherche recherches researches ricerca ricerche tutkimus tutkimuskeskus vyskum vyzkum
    vyzkumne vyzkumny""",
    "center": """centar centra centras centre centri centro centrs centru centrul centrum kentro
    keskus kozpont kutatokozpont senter sentrum zentrum""",
    "technology": """technologia technological technologickych technologie technologien
    technologies technologii technologique technologiques technologisch tecnologia tecnologias
    tecnologic tecnologica tecnologiche tecnologico tecnologie teknologi teknologisk""",
    "technical": """muszaki technicka technicke technicky techniczna technique
    techniques technisch technische technischen technischer tecnica tecnicas tecnico tehnic
    tehnica tehniski teknisk tekniska""",
    "national": """ethniko ethnikon nacional nacionala nacionalinis nacionalni nacionalny narodni
    narodowa narodowe narodowy nasjonalt nationaal nationala nationale nationales nationella
    nazionale nemzeti valstybinis""",
    "science": """ciencia ciencias cientifica cientificas cientifico epistimon mokslo mokslu nauk
    nauki naukowy sciences scientific scientifique scienza scienze stiinta stiintelor tudomanyok
    tudomanyos ved vede vetenskap vitenskap wetenschap wetenschappelijk wetenschappen wissenschaft
    wissenschaften znanost znanosti""",
    "hospital": """bolnica bolnisnica clinic clinica clinique hopital hopitaux hospitalario
    hospitalier hospitals hospitaux klinik klinikum korhaz krankenhaus ligonine nemocnice
    nosokomeio ospedale ospedaliera ospedaliero sjukhus slimnica spital spitalul sygehus sykehus
    szpital ziekenhuis""",
    "city": """ajuntament ayuntamiento camara cidade ciudad commune comune concejo concello dimos
    gemeente gemeinde gmina kommun kommune mesta mesto miasto municipal municipalidad municipality
    municipio municipiul obec onkormanyzat primaria savivaldybe stad stadt town ville""",
    "ministry": """bundesministerium ministarstvo ministere ministerie ministeriet ministerija
    ministerio ministerium ministero ministerstvo ministerstwo ministerul miniszterium ypourgeio""",
    "department": """abteilung afdeling departamento departement dipartimento""",
    "foundation": """alapitvany fond fondacija fondas fondation fondatsia fondazione fondo
    fundacao fundacio fundacion fundacja fundatia idryma nadace nadacia sihtasutus stichting
    stiftelsen stiftung""",
    "association": """asbl asociace asociacia asociacija asociacion asociatia associacao
    associacio associatie associazione egyesulet forening sdruzeni stowarzyszenie syllogos
    udruzenje verein vereniging vzw zdruzenie zdruzenje""",
    "federation": """bund bundesverband federacao federacion federacja federatia federatie
    federazione verband""",
    "academy": """academia academie accademia akademi akademia akademiai akademie akademien
    akademiet akademija""",
    "school": """college ecole escola escuela fachhochschule haute hochschule hogeschool hogskola
    hogskolan hoyskolen iskola kolej schule scuola skola skole szkola""",
    "group": """csoport groep groupe grupa grupo gruppe gruppen gruppo""",
    "international": """internacional internationaal internationale internationales internazionale
    mezinarodni miedzynarodowy nemzetkozi""",
    "europe": """europa europai europaische europaischer europaisches europea european europeen
    europeenne europees europeia europejski europeo europeu evropsky""",
    "energy": """energetica energetico energetika energetyki energi energia energie energies
    energija""",
    "environment": """ambientale ambiente environmental environnement medio milieu miljo prostredi
    srodowiska umwelt zivotniho""",
    "development": """desarrollo desenvolvimento developpement dezvoltare entwicklung fejlesztesi
    ontwikkeling razvoj razvojni rozvoj rozwoj rozwoju sviluppo utveckling utvikling""",
    "innovation": """innovacio innovacion innovaciones innovacios innovatie innovations
    innovazione innowacji inovacao inovacije inovacoes inovare""",
    "region": """regiao regio regionaal regional regionale regionalna regionalne regionalny
    regione regiunea""",
    "agency": """agence agencia agencja agentia agentschap agentur agentura agenzia ugynokseg""",
    "medical": """geneeskunde lekarska medecine medica medicale mediche medicina medicinal
    medicine medicinos medicinska medicinski medicinskih medico medisch medizin medizinische
    medizinischen medyczna medyczny orvosi""",
    "council": """conseil consejo conselho consell consiglio raad rada rat""",
    "chamber": """camera chambre izba kamer kammer komora""",
    "industry": """industria industrial industriale industrias industrie industriel industrielle
    industries""",
    "system": """sistem sistemas sistemi systeme systemen systemes systems""",
    "service": """dienste diensten services servicio servicios servicos servizi servizio""",
    "solution": """losungen oplossingen soluciones solucoes solutions soluzioni""",
    "health": """egeszsegugyi gesundheit gezondheid salud salute sanatate sanitaria sanitario
    sante saude ygeias zdravi zdravje zdravlje zdravotni zdrowia""",
    "engineering": """engenharia ingegneria ingenieria ingenierie ingenieros ingenieure ingenieurs
    inginerie inzenyrstvi""",
    "consulting": """advies adviesbureau beratung conseils consulenza consult consultancy
    consultants consultores consultoria""",
    "transport": """dopravy transporte transportes transports transportu trasporti verkehr vervoer""",
    "water": """acqua agua eau vody wasser wody""",
    "production": """prodotti produccion product productie productos products produits produktion
    produzione""",
    "company": """bedrijf compagnia compagnie compania empresa entreprise firma gesellschaft
    impresa maatschappij sociedad sociedade societa societe spolecnost""",
    "faculty": """facolta faculdade facultad faculte faculteit fakulta fakultat wydzial""",
    "brussels": "bruxelles brussel brusel bruselas bruxelas",
    "antwerp": "antwerpen anvers",
    "ghent": "gent gand",
    "bruges": "brugge",
    "leuven": "louvain",
    "liege": "luik luttich",
    "hague": "haag gravenhage",
    "vienna": "wien bec viena vienne",
    "munich": "munchen muenchen monaco",
    "cologne": "koln koeln",
    "nuremberg": "nurnberg nuernberg",
    "hanover": "hannover",
    "brunswick": "braunschweig",
    "geneva": "geneve genf ginevra",
    "zurich": "zuerich zurigo",
    "bern": "berne berna",
    "basel": "basle bale basilea",
    "lucerne": "luzern",
    "rome": "roma rom",
    "milan": "milano mailand",
    "turin": "torino",
    "florence": "firenze florenz",
    "venice": "venezia venedig",
    "naples": "napoli neapel",
    "genoa": "genova genua",
    "padua": "padova",
    "trent": "trento",
    "mantua": "mantova",
    "syracuse": "siracusa",
    "sardinia": "sardegna",
    "sicily": "sicilia",
    "tuscany": "toscana",
    "lombardy": "lombardia",
    "piedmont": "piemonte",
    "seville": "sevilla",
    "zaragoza": "saragossa",
    "catalonia": "cataluna catalunya",
    "andalusia": "andalucia",
    "navarre": "navarra",
    "basque": "vasco euskal",
    "lisbon": "lisboa lissabon lisbonne",
    "porto": "oporto",
    "prague": "praha praag prag prahy praze",
    "brno": "brne",
    "bratislava": "bratislave",
    "kosice": "kosiciach",
    "warsaw": "warszawa warszawie warszawski warszawska",
    "krakow": "cracow krakowie",
    "gdansk": "gdanski gdanska gdansku",
    "wroclaw": "wroclawski wroclawska wroclawiu",
    "poznan": "poznanski poznanska poznaniu",
    "lodz": "lodzki lodzka lodzi",
    "silesian": "slaski slaska",
    "bucharest": "bucuresti bukarest",
    "budapest": "budapesti",
    "szeged": "szegedi",
    "debrecen": "debreceni",
    "athens": "athina athinai athinon athine athinas",
    "thessaloniki": "thessalonikis salonica",
    "crete": "kritis kriti",
    "patras": "patron patra",
    "thessaly": "thessalias",
    "nicosia": "lefkosia",
    "cyprus": "kyprou kypros kypriaki",
    "copenhagen": "kobenhavn kobenhavns kopenhagen koebenhavn koebenhavns",
    "aarhus": "arhus",
    "gothenburg": "goteborg goteborgs goeteborg",
    "stockholm": "stockholms",
    "uppsala": "upsala",
    "lund": "lunds",
    "helsinki": "helsingin helsingfors",
    "turku": "turun abo",
    "oulu": "oulun",
    "tampere": "tampereen",
    "moscow": "moskva moskovskij",
    "belgrade": "beograd beogradu beogradski",
    "zagreb": "zagrebu",
    "ljubljana": "ljubljani",
    "maribor": "mariboru",
    "sofia": "sofiya sofijski",
    "kyiv": "kiev kiyv kyivskij",
    "vilnius": "vilniaus",
    "kaunas": "kauno",
    "riga": "rigas",
    "latvia": "latvijas latvija",
    "lithuania": "lietuvos lietuva",
    "estonia": "eesti",
    "tallinn": "tallinna",
    "tartu": "tartus",
    "istanbul": "estambul",
    "netherlands": "nederland holland nederlands nederlandse dutch paisesbajos",
    "belgium": "belgie belgique belgien belgisch belge belgian",
    "germany": "deutschland allemagne alemania deutsch deutsche deutscher deutsches german",
    "france": "french francais francaise frances francesa francese",
    "italy": "italia italie italian italiano italiana italiane italiani",
    "spain": "espana spanje spanish espanol espanola",
    "portugal": "portuguese portugues portuguesa",
    "austria": "osterreich osterreichische osterreichisches oesterreich austrian",
    "switzerland": "schweiz suisse svizzera schweizer schweizerische swiss",
    "sweden": "sverige sveriges svenska svensk swedish",
    "denmark": "danmark danmarks dansk danske danish",
    "norway": "norge norges norsk norske norwegian",
    "finland": "suomi suomen finnish",
    "poland": "polska polski polskie polskiej polish",
    "czechia": "czech ceska ceske cesky ceskoslovenska",
    "slovakia": "slovenska slovensko slovak slovenskej slovenske",
    "slovenia": "slovenija slovenije slovenian",
    "croatia": "hrvatska hrvatski hrvatske croatian",
    "serbia": "srbija srbije serbian",
    "hungary": "magyarorszag magyar hungarian",
    "romania": "romaniei romana romanian",
    "bulgaria": "balgarska bulgarian",
    "greece": "hellas ellas ellada hellenic greek elliniki ellinikos ellinikis elladas",
    "turkey": "turkiye turk turkish",
    "ireland": "irish eireann",
    "polytechnic": """politecnico politecnica polytechnique politechnika politechniki
    polytechnics politehnica politehnika""",
    "agricultural": """agriculture agricola agricole agraria agrario agrar agronomica agronomique
    landwirtschaft landwirtschaftliche landbouw rolniczy rolniczego agricoltura agricultura
    mezogazdasagi agrarian agronomy""",
    "province": "provincia provincie provinz provinciale provincial",
    "public": "publica publico pubblica publique publiques publicos offentliche offentlichen javno",
    "applied": "aplicada aplicadas applicata applicate appliquee appliquees angewandte angewandten",
    "education": "educacion educacao educazione onderwijs bildung skolstvi edukacji oktatasi",
    "economy": """economics economic economia economica economie ekonomi ekonomia ekonomiczny
    wirtschaft economique economiques""",
    "physics": "physique fisica physik fizyki fizikai fyziky fysik",
    "chemistry": "chimie quimica chimica chemie chemii kemiai kemi chemical",
    "mathematics": "mathematik mathematiques matematica matematicas matematyki",
    "nuclear": "nucleaire nucleares nucleare nucleaires kern jadrowych jaderneho",
    "space": "espace espacial spaziale ruimtevaart raumfahrt",
    "social": "sociale sociales sociali sociaux soziale socialnich spoleczny",
    "cultural": "culture cultura kultur culturale culturel kultury kulturalis cultuur",
    "food": "alimentation alimentaire alimentare alimenti alimentos voedsel lebensmittel",
    "sea": "marine marina mer mar mare meeres maritime maritima marino zee marinas",
    "biology": "biologie biologia biologica biologii biologi biological",
    "free": "vrije libre libera freie livre",
    "catholic": "katholieke katholische catholique cattolica catolica katolicki katolikus",
    "safety": "securite seguridad sicurezza sicherheit veiligheid seguranca bezpecnosti security",
    "cancer": "cancerologia oncologie oncologia tumori krebs kanker onkologii",
    "children": "infantil bambino kinder enfants",
    "royal": "real reale royale koninklijk koninklijke kungliga kongelige konigliche",
    "saint": "sant san santa santo sint st sankt sveti swieta",
    "applications": "aplicaciones applicazioni anwendungen applicaties application",
}
MEANING: Final = {
    word: meaning for meaning, words in _SAME_MEANING.items() for word in words.split()
}

# What is added to a name for a part of an organisation, its group, or where it is at work.
_UNITS_WORDS: Final = """department faculty school laboratory lab laboratorium laboratoire unit
    section branch chair
    zentrale filiale division campus institute center clinic hospital"""
UNITS: Final = frozenset(_UNITS_WORDS.split())
_GROUPS_WORDS: Final = """group holding holdings beheer international global worldwide europe"""
GROUPS: Final = frozenset(_GROUPS_WORDS.split())
_COUNTRIES_WORDS: Final = """netherlands belgium germany france italy spain portugal austria
    switzerland sweden denmark
    norway finland poland czechia slovakia slovenia croatia serbia hungary romania bulgaria greece
    turkey ireland cyprus latvia lithuania estonia luxembourg malta iceland ukraine uk england
    scotland wales kingdom usa america states benelux iberica nordic scandinavia israel japan china
    india canada australia brazil"""
COUNTRIES: Final = frozenset(_COUNTRIES_WORDS.split())
