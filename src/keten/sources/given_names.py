"""First names that are common in Europe, written by hand, to know a person's name by; plain letters.

What follows from a name is for `persons`.
"""

from typing import Final

_GIVEN = """
aad aage aart abdel abdul abel abigail abraham achim adam adelheid adelina adolf adriaan
adriaantje adrian adriana adriano afonso agata age aglaia agnes agnete agnieszka agoston ahmad
ahmed ahmet aida aigars ainhoa aino aitor aitziber aivars ajay ake aki akira alain alan alasdair
alastair albert alberto albin aldo aleida alejandra alejandro aleksandar aleksander aleksandr
aleksandra aleksei aleksey alena alenka alessandra alessandro alessio alex alexander alexandra
alexandre alexandros alexandru alexei alexey alexis alfons alfonso alfred alfredo algirdas alice
alicia alida aline alison alistair alkiviadis allan almut alois alvaro alzbeta amalia amanda
amelie amir amit amitabh amy ana anastasia anastasios anatoly ander andras andre andrea andreas
andree andrei andrej andres andrew andrey andris andrzej anette angel angela angelika angeliki
angelo angelos anil anita anja anke ann anna anne annegret anneke annelie anneliese annemarie
annemiek annet annett annette anni annick annie annika anselm ansgar anssi anthony antje antoine
anton antonella antonia antonie antonin antonino antonio antonios antonis antonius antony antti
aphrodite apostolos archie argyro ariaan arie arild aristide aristotelis arjan arjen arkadiusz
armand armando arnaud arndt arne arno arnold arnulf aron arpad arthur arto artur arturo arun
arunas arvo ashok aspasia asta astri astrid athanasios atle attila aubrey audrey audrius augusto
aurelie aurelien avi axel aylin aysegul baldur balthasar barbara barbera baris barry bart bartosz
bastian bauke beata beate beatrice beatriz bela benedetta benedict benedikt bengt benjamin benno
benny benoit bent berend berit bernard bernardo bernardus bernd bernhard bert berta berthold
bertil bertrand bertus beverley bilal birgit birgitta birte birthe bjarne bjoern bjorn blanca bodo
bogdan bogdana bogumil boguslaw bohdan bohumil bohuslav bojan borge boris borja borut boudewijn
bozena bozidar bram branislav branko brecht breda brendan brian bridget brigitte britt britta
bronislaw bruce bruno burak burkhard burkhardt caitlin calum camilla camille carina carl carla
carles carlo carlos carmelo carol carolin caroline carsten catalin catarina caterina catherine
cathy catriona cecile cecilia cedric cees celine cem cengiz cesar chandra chantal charalambos
charalampos charis charles charlotte chiara chris christa christel christiane christina christine
christodoulos christof christoph christophe christopher christos chrysanthi chrysoula ciaran
claire clara clare claudia claudio claus clemens clement clifford clive coen coenraad colette
colin conor constantin constantinos constanze cordula corine corinna corinne cornelia cornelis
cornelius corry cosmin costas cristian cristiana cristiano cristina csaba csilla curt cyril
cyrille czeslaw daan dace dag dagfinn dagmar dainius damian damien damir daniel daniela daniele
danielle danilo danny danuta darek darina dario darius dariusz darja darko darren dave david
davide davor dawid deborah declan deepak deirdre dejan delphine denes denis denise dennis derek
dermot derrick desmond despina detlef detlev diana diane didier diederik diego dieter dietlinde
dietmar dietrich dieuwke dimitar dimitra dimitri dimitrios dimitris diogo dionysios dirk dirkje
dmitri dmitry dolores domenico dominic dominik dominique donal donald donatella donato doris dorit
dorota dorothea dorothy dorthe doug douwe dragan dragana dragos duarte duncan dusan dzintars eamon
eamonn eberhard ebru eckart eckhard eckhart edeltraud edgar edgars edith edmond edmund edoardo
eduard eduardo edward edwin edwina edyta eelco eelke eero efstathios efthymios eftychia egbert
egbertus egil egle egon ehrenfried eija eike eileen einar eino eirini eivind ekkehard ekkehart
elaine elbertus eleanor eleftherios elena eleni eleonora elfriede eliana elias elin elisa
elisabete elisabeth elisabetta elise eliska eliza elizabeth elke ellen ellinor elmar elpida els
elsa elsie elske elvira elzbieta emanuel emanuela emanuele emese emil emile emiliano emilie emilio
emily emma emmanouil emmanuel emmanuelle emre encarnacion endel eneko engelbert engelbertus eniko
enrico enrique enzo eoin ercan erdal erhard erich erik erika erkan erkki erlend erling erna
ernesto ernst erol erwan erwin esa esben esko espen esra esteban estelle esther etienne ettore
euaggelos eugen eugene eugenia eugenio eulalia eva evaggelos evangelia evangelos evanthia evelien
evelin evelyn evelyne everhardus evert ewa ewald ewan ewelina ewoud fabian fabien fabienne fabio
fabrice fabrizio fatih fatima fatma fedde federica federico felicitas feliks felipe felix femke
ferdinand ferenc ferencz fergus fernanda fernando ferran filip filippo filomena finbarr finn fiona
fiorella flavio flemming florent florian florin floris fokke folkert foppe fotini fotis frances
francesca francesco francis francisco franciscus franciszek franck franco francois francoise frank
frans frantisek franz franziska fred frederic frederick frederik frederika fredrik freek frida
friedbert friederike friedhelm friedrich frits fritz frode froukje fulvio gabor gabriel gabriela
gabriele gabriella gaelle gaetan gaetano gail gareth gary gaspard gaston gavin gediminas geert
geertje geertruida geir gemma gennaro genowefa geoff geoffrey georg george georges georgi georgios
geraint gerald geraldine gerard gerardo gerardus gerben gerd gerda gergely gerhard gerhardus
gerlinde gerlof germen gernot gerrie gerrit gerry gert gertraud gertrud gesa geza ghislain
giacinto giacomo giampaolo giancarla giancarlo gianfranco gianluca gianluigi gianmarco gianni
gianpaolo gianpiero giedrius gijs gijsbert gijsbertus gilbert gilberto gilles gillian gino
gintaras giorgio giorgos giovanna giovanni gisbert gisela gitte giulia giuliana giuliano giulio
giuseppe giuseppina glenn goetz gokhan goncalo gonzalo gopal goran gordana gordon gorka gotz
govert graciela graham grazia graziano graziella grazyna greg gregor gregory greta grietje
grigorios grzegorz gudrun gudula guenter guenther guido guilherme guillaume guillermo gulsen
gunilla gunn gunnar gunta gunter gunther guntis guntram gustaf gustav gustavo guus guy gwen
gwenael gwenaelle gwyn gyorgy gyula haakon hakan haldor halil halina halldor hallvard halvor
hamish hanna hannah hanne hanneke hannele hannelore hannes hanno hannu hans hansjorg haralambos
harald harilaos haris harm harmannus harmen harold harri harry hartmut hartwig haruki hasan hassan
hasso havard hayley hazel heather hedwig heide heidi heidrun heike heikki heiko heimo hein heiner
heinke heino heinrich heinz heleen helen helena helene helga helge heli helle hellmut helmtraud
helmut helmuth hendricus hendrik hendrika hendrikje hendrikus henk hennie henning henricus
henriette henrik henrike henrique henry henryk herbert heribert herma herman hermann hermanus
hermien hernan herta hertha herve hester hieke hilary hilda hilde hildegard hilmar hinrich hiroko
hiroshi holger horst howard hubert hubertus hugh hugo huib huibert humberto huseyin hussein huw
hylke hynek iain ian iannis ibrahim ignacio igor ilaria ildiko ilektra ilias ilka ilkka ilona ilpo
ilse ilze imke imogen imre indira ineke inese inga inge ingeborg ingeburg ingegerd ingemar inger
ingo ingrid inguna ingvar inken ioan ioana ioannis ionel ionut iosif irena irene ireneusz irina
iring irini irma irmela irmgard isaac isabel isabella isabelle ismail isobel isolde istvan italo
ivan ivana ivano ivars ivica ivo ivor iwona izabela jaak jaakko jaan jaap jacek jack jackie jacky
jaco jacob jacoba jacobus jacopo jacqueline jacques jacqui jadwiga jaime jakob jakub jamal james
jamie jan jana jane janet janez janice janina janis janko janneke jannes janos jantje janusz jari
jarle jarmila jarmo jaromir jaroslav jaroslaw jasmina jasmine jasna jason jasper jaume javier jean
jeanette jeanne jeannette jeannine jed jeff jeffrey jelena jelle jennifer jenny jeno jens jeremy
jernej jeroen jerome jerzy jesper jessica jesus jette jikke jill jindrich jiri jirina jitka
joachim joan joana joanna joanne joao joaquim joaquin joaquina jochem jochen jodie joel joep joerg
joern johan johann johanna johanne johannes john johnny joke jokin jolanda jolanta jon jonas
jonatan jonathan joost jordi jorg jorge jorgen joris jorma jos jose joseba josef josefa josep
joseph josephine josephus josiane josina jost josu joszef jouni jovan joyce jozef jozefa jozica
jozsef juan juana judith judy juergen juha juhani jukka jules julia julian juliana julie julien
julio julius juraj jure jurga jurgen jurgita juri juris jurre jurriaan justin justyna jutta jyrki
jytte kaare kaarina kacper kadri kaisa kalev kalevi kalle kalliopi kamal kamil kamila karel karen
kari karianne karim karin karina karine karl karla karlheinz karlis karol karolien karolina
karoline karoly karst karsten kasper katalin katarina katarzyna kate katerina katharina katherine
kathleen kathryn kathy katia katie katja katri katrin kay kazimierz kees keiko keiran keith kemal
ken kenji kenneth kerry kersti kerstin kestutis ketil kevin khalid kieran kimmo kiril kirsi
kirsten kirsti kirstin kirsty kjell kjersti klaas klara klaudia klaus klazina kleanthis klemen
knud knut koit koldo konrad konstantin konstantina konstantinos korbinian kornel kostas krijn
kristen kristian kristiina kristin kristina kristine kristjan kristof krystyna krzysztof ksenija
kurt kvetoslav kyriaki kyriakos ladislav laetitia laima lajos lakshmi lambertus lambros larisa
lars lasse laszlo laura laure laurence laurens laurent laurentiu lauri laurie lawrence lazaros lea
leanne leen leena leendert leif leigh leila leire leiv lembit lena lene lenka lennart leokadia
leon leonard leonhard leonid leonidas leopold leopoldo leos leslaw lesley leszek lev levent
levente leyla liane lianne libor lidewij lidia liesbeth lieselotte lieve lieven liisa liliana
linda linnea lionel lisa lisbeth lise liudas livio liviu ljiljana ljubica lluis loes loic loick
lone loredana lorena lorenz lorenzo loretta lorna lorraine lothar lotte louis louisa louise loukia
lourdes lourens lovro lubomir lubos luc luca lucas lucia luciana luciano lucie lucien lucio lucy
lucyna ludek ludger ludmila ludo ludovic ludwig luigi luigia luis luisa luise luka lukas lukasz
luke lutz luuk lydia lynda lynn lynne maaike maarten maartje machiel machteld maciej madeleine
mads maelle maeve magali magda magdalena magdalini magdolna magne magnhild magnus mahmoud maija
makis malachy malcolm malgorzata malte mandy manfred manoj manolis manon manuel manuela marc
marcel marcela marcelle marcello marcelo marcia marcin marco marcus mareike marek margaret
margareta margarete margaretha margarethe margarida margarita margherita margit margot margreet
margriet margrit margus maria marian mariana mariangela marianna marianne mariano marie marieke
marielle mariette marija marijke marijn marika marilyn marinus mario marion marisa marit marius
mariusz mariya marja marjan marjatta marjeta marjo marjolein marjorie mark marketa markku marko
markos markus marleen marlene marlies marta marten martha marthe marti martien martijn martin
martina martine martinus martti martyn mary maryse marzanna marzena massimiliano massimo matej
mateo mateusz mathias mathieu mathilde mathis matias matilda matjaz mats matt matteo matthew
matthias matthieu matthijs matti maud maureen maurice mauricio maurits maurizio mauro maxence
maxime maximilian mechteld mechthild mechtild meelis meera mehdi mehmet meike meindert meinhard
meinolf meinte melanie melinda meltem melvyn menno merce merel meritxell merja mervi mervyn metin
metka mette micaela michael michaela michail michal michalina michalis michel michela michele
michelle michiel mickael mieczyslaw mieke miguel miha mihaela mihai mihail mihaly mika mikael mike
mikel mikhail mikko miklos milena milica millie milorad milos miloslav miloslava mindaugas minna
miodrag miran miranda mireille mirela miriam mirjam mirjana mirko miron miroslav miroslaw mitja
mladen mogens mohamed mohammad mohammed mohan moira mojca monica monika monique montserrat morgane
morten moshe mscislaw muhammad mukesh murat muriel mustafa mustapha myriam nabil nadia nadine
nadja nanne naomi natacha natalia natalie natalija natasa natasha nathalie nazli neal nebojsa
necati neeltje neil nejc nektarios nele nelleke nello nelly nelson nenad neofytos nerea nerijus
neus nicholas nico nicola nicolaas nicolae nicolas nicole nicoleta nicolette nicolo niek niels
nienke nigel nigella nihat niina niklas nikola nikolai nikolaj nikolaos nikolas nikolaus nikolay
nikoletta nikos nilgun nils nina nives noemie nora norbert norman normunds notker nuno nuria nynke
octavian oddvar odile okan olaf olav oldrich ole oleg olga olgierd oliver olivera olivia olivier
olli olof omer ondrej onno oren orhan oriol orlando ornella ortwin osama oscar oskar osman ossi
oswald otakar otmar ottavio ottmar otto outi ove owen oystein oyvind ozgur ozlem paavo pablo paivi
palle pamela panagiota panagiotis panayiotis pantelis paola paolo paraskevi pascal pascale pasi
pasquale patrice patricia patricio patrick patrik patrizia patrizio patrycja patryk pau paul paula
paulien paulina pauline paulo pavel pavla pavlos pawel peder pedro peer peggy pekka pentti
periklis pernille perttu peter petr petra petre petri petronella petros petrus phil philip philipp
philippa philippe phillip phillipa phyllis piergiorgio pierluigi piero pierpaolo pierre piet
pieter pieternella pietro pilar pinar piotr pirjo pirkko pirmin polyxeni poul prakash predrag
priit primoz priya prodromos przemyslaw quentin rachael rachel radek radim radka radmila radomir
radoslav radoslaw radovan radu rafael rafal raffaele raffaella ragnar ragnhild rahul raija raimo
raimondo raimonds raimund raimundas rainer raivo rajendar rajesh rajiv rakesh ralf rallou ralph
ramazan ramesh ramon ramona ramunas raoul raphael raquel rashid rasmus ratko raul raymond razvan
rebecca recep regina reginald regis reijo reimer reimund reinder reiner reinhard reinhardt
reinhold reinier reinout remco remi remigiusz remy renata renate renato renaud rene renee renske
renzo reto reyer rhiannon rhys rianne ricardo riccardo richard rienk rienke riho riikka rik rikke
rimantas rinus risto ritva robert roberta roberto robertus robyn rocco rocio roderick rodney
rodolfo rodolphe rodrigo roel roeland roelie roelof roger rogier rohit roland rolandas rolf rolv
romain romano romaric romuald ron ronald ronan rosalba rosalie rosalind rosanna rosario rosella
rosemarie rosemary roser rosie rossella rostislav roswitha rowena roy rozalia ruben rudi rudiger
rudolf rudolph ruediger rufus rui rune rupert ruppert ruprecht ruslan russel russell rutger ruth
ruud ruzena ryan ryszard rytis saara sabina sabine sabrina said sakari salim sally salvador
salvatore samantha sami samir samuel samuele sandeep sander sandor sandra sandrine sandris sandro
sanjay sanjeev sanna sanne sara sarah sari sasa sascha saskia satish saulius saverio savvas scott
seamus sean sebastiaan sebastian sebastiano sebastien sebo seija selcuk selim selina semra seppo
serdar serena serge sergei sergej sergey sergio serkan severine sevgi seweryn sezgin shane sharon
shaun sheila shinji shirley shlomo sibylle sicco sidney siebe siebren siegbert siegfried sietse
sigmund sigrid sigurd sigve sijtze silje silke silvana silvia silvio simeon simon simona simone
simonetta sinan siobhan sipke sirje sirkka sirpa sjaak sjef sjoerd sjors sjoukje slavica slavko
slawomir slawomira slobodan snezana sofie sofoklis solange solene solveig sonia sonja sophia
sophie soren sotirios sotiris spela spiros spyridon spyros srdjan staffan stamatis stan stane
stanislav stanislava stanislaw stanko stavros stefan stefania stefanie stefanina stefano steffen
stefka steinar stelian stelios stepan stephan stephane stephanie stephen steve steven stewart stig
stijn stine stoyan stuart sture stylianos suleyman sune sunil suresh susan susana susanna susanne
suzan suzanne svante sven svend svenja svenn sverker sverre svetlana sybil sylvain sylvia sylvie
synnove szabolcs szymon tadej tadeusz tage taina takashi tamara tamas tamer tamsin tania tanja
tariq tarja tarmo tatiana tatjana teemu teodor teppo terence teresa tereza terje tero terry tessa
teun teunis thanasis thanos thea theo theodor theodora theodore theodoros theodorus theofanis
theresa therese thibault thibaut thierry thijs thilo thomas thorbjorn thore thorsten tiago tibor
tihomir tiina tiit tilemachos tilman tilo tim timo timothy tina tineke tiziana tiziano tjalling
tjeerd tjitske tobias toby todor toine tolga tom tomas tomasz tomaz tomislav tommaso tommy tony
toomas toos torben torbjorn tord tore tormod torsten tracey tracy traian traute trevor
triantafyllos triin trijntje trine tristan tristram trond trude truls truus trygve tuba tuija
tulin tullio tuomas tuomo tuula tuva uday udo ugur uldis ulf uli ulla ulrich ulrik ulrika ulrike
ulysse umberto umit una unni urho urmas urs ursel urska ursula urszula usha uta ute uwe vaclav
vaidas vaino vaios valdas valdis valentin valentina valentine valentino valeria valerie valerio
valter vanessa vangelis vanni vasile vasileios vasiliki vasilis vassilios vassilis veikko veit
veli velimir vello vendula verena veronica veronika veronique vesa vesna vianney vibeke vicente
vicky victor viesturs viggo vijay vikram viktor viktoria vilem ville vilma vilmos vincent vincenzo
vinod violeta virginie virpi vitaly vitezslav vito vittoria vittorio viveka vivian viviane vladan
vladimir vladislav vlastimil vojtech volkan volker volkmar vratislav vytautas wacaw waclaw
waldemar walter waltraud wanda wendelin wendy werner wesley wessel wiebe wiebke wieger wieland
wiepke wieslaw wieslawa wietse wietske wigbert wijbe wiktor wilfred wilfried wilhelm wilhelmina
wilhelmus wiljan will willeke willem willemina willi william willibrord willibrordus willy wilma
wim winfried winifred witold wladyslaw wlodzimierz wobbe wojciech wolf wolfgang wolfhard wolfram
wout wouter wybe xabier xaver xavi xavier xenofon yann yannick yannis yasemin yasin yasmin yasser
yavuz ylva yngve yohann yolanda yoshiko ypke yuki yuri yurii yuriy yusuf yvan yves yvette yvon
yvonne zacharias zacharoula zainab zane zbigniew zbynek zdenek zdenka zdravko zdzislaw zeger zehra
zeljko zenon zeynep zofia zoi zoltan zoran zsofia zsolt zsuzsanna zuzana zuzanna zvonimir zvonko
zwaantje zydrunas zygfryd zygmunt
"""
# Words besides, or so often part of the name of a firm or a place, that alone they prove nothing.
_AMBIGUOUS = """
ada agne alba albertus ali alma anders ane ank antero ants arend ariane aris art ashley athina
august aurelia bas ben berk bo bob bodil cameron can carmen carolina cezary chen christian cor
craig dan dana deniz dick dina dino don douglas drago drew ed elif emilia eric falk florence franc
fraser gaia garry georgia glen gloria grace grant hagen hector hella henri hidde ida iga iker ina
ines ion iris ivar ivi jess jo joy june kai kelvin kim kinga kumar kuno lambert lara leo leonardo
leslie levi lewis lex lila lili lin lindsay lux mai maja mantas margo marina maris mars mat max
maxim maxima may maya mercedes meta mia milan miles mira mona nadir nancy nanna nel nino nita noel
norma odd olive omar pat patria paulus penelope per pere philips pia pier pim polona raj raja rasa
ravi ray rein rens rita rob robin rok roman roos rosa rose ross sake sam samo san sandy santa satu
sharma siri sofia stanley stef stein stella sten sue tapani tapio ted tine toivo ton tone toni
topi tor troy ufuk ugo unai urban valencia valentijn vanja vasco vaughan vera vernon victoria vida
viola virginia vit vita vlad wayne wenzel wiel yildiz zafer zala zoe
"""
GIVEN: Final = frozenset(_GIVEN.split())
AMBIGUOUS: Final = frozenset(_AMBIGUOUS.split())
