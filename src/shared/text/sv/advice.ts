import type { AdviceTable } from "../advice.ts";

export const advice = {
  "input-invalid": {
    what: "Det som skickades går inte att använda.",
    why: "Ett värde har fel form eller saknas, så inget har ändrats.",
    remedy: "Rätta det ställe som nämns i detaljerna och skicka igen.",
  },
  "match-without-id": {
    what: "En match saknar id.",
    why: "Utan sitt FOGIS-id går en match inte att skilja från andra, så den togs inte emot.",
    remedy: "Lägg till matchid (eller match_id) på matchen som nämns i detaljerna och skicka igen.",
  },
  "not-found": {
    what: "Det som efterfrågades finns inte.",
    why: "Det kan ha städats bort, eller så är adressen eller id:t fel.",
    remedy: "Se listan över vad som finns nu, och välj ur den.",
  },
  "method-not-allowed": {
    what: "Adressen kan inte användas på det sättet.",
    why: "Vissa adresser läses bara (GET), andra utför bara något (POST).",
    remedy: "Använd den metod som svaret anger; sidan /docs visar alla adresser.",
  },
  "too-large": {
    what: "Det som skickades är för stort.",
    why: "Det finns en gräns så att en enda begäran inte kan fylla minnet. Inget har ändrats.",
    remedy: "Skicka det i flera mindre delar.",
  },
  unauthorized: {
    what: "Åtkomsttoken saknas, är fel eller återkallad.",
    why: "Den här Avspark kräver en token med varje HTTP-anrop, och anropet avvisades.",
    remedy:
      "Skicka huvudet ”Authorization: Bearer …” med en token som avspark token add har gjort, eller värdet av AVSPARK_HTTP_TOKEN. Ett kalenderprogram får i stället den hemliga adressen som fönstret visar under Kalendrar.",
  },
  "role-too-low": {
    what: "Token räcker inte till för detta.",
    why: "Varje token har en roll: look (se), act (handla) eller administer (förvalta). Det som begärdes kräver mer än den här har, så inget gjordes.",
    remedy: "Be den som förvaltar Avspark om en token med den roll som detaljerna nämner.",
  },
  "encryption-required": {
    what: "En token kom okrypterad från en annan dator.",
    why: "Den som lyssnar på vägen kan ha läst den och handla i innehavarens namn, så den avvisades.",
    remedy:
      "Låt Avspark tala TLS, eller ställ en proxy som gör det framför (docs/deployment.md). Återkalla token och gör en ny, eftersom den kan vara känd nu.",
  },
  "origin-refused": {
    what: "En webbsida försökte använda Avspark och avvisades.",
    why: "Anrop från en annan webbplats i en webbläsare tillåts inte, eftersom de kunde handla i ditt namn.",
    remedy: "Anropa Avspark från ett eget program, eller öppna dess sidor direkt.",
  },
  "host-refused": {
    what: "Anropet nämner ett värdnamn som Avspark inte har.",
    why: "Det skyddar mot webbsidor som klär ut sig till den här datorn.",
    remedy: "Använd adressen som Avspark skrev ut när det startade.",
  },
  "rate-limited": {
    what: "För många anrop på kort tid.",
    why: "Avspark begränsar hur ofta det kan tillfrågas, så att flödet aldrig bromsas.",
    remedy: "Vänta en stund och försök igen; låt skript fråga mer sällan.",
  },
  "too-many-clients": {
    what: "För många program läser händelserna samtidigt.",
    why: "Varje tar minne, så det finns en gräns; de som är där läser vidare.",
    remedy: "Låt ett program som inte behövs längre släppa sin anslutning till /events.",
  },
  "unsupported-media-type": {
    what: "Anropet är inte JSON.",
    why: "Avspark läser bara application/json, på sin höjd packat med gzip, deflate eller br, så inget har ändrats.",
    remedy: "Skicka huvudet ”Content-Type: application/json” och innehåll i JSON.",
  },
  busy: {
    what: "Samma arbete pågår redan.",
    why: "Att göra det två gånger på en gång skulle bara störa.",
    remedy: "Vänta tills det är klart och försök sedan igen.",
  },
  "match-listed": {
    what: "Matchen kan inte tas bort: den finns i matchlistan.",
    why: "Nästa lista skulle föra tillbaka den.",
    remedy: "Avböj en match som inte är er: den försvinner ur kalendern och kan tas tillbaka.",
  },
  "confirmation-needed": {
    what: "Avspark frågar innan det går vidare.",
    why: "Ovanligt mycket skulle ändras eller tas bort, eller så skrivs en kalender för första gången.",
    remedy: "Titta på förhandsvisningen under Kalendrar och bekräfta den, eller låt allt vara som det är.",
  },
  "removals-changed": {
    what: "Andra händelser skulle tas bort nu än de som visades.",
    why: "Matcherna har ändrats sedan listan visades, så ingenting togs bort och ingenting behölls.",
    remedy: "Titta på listan igen och bestäm utifrån vad den säger nu.",
  },
  "partly-failed": {
    what: "Allt är inte gjort än.",
    why: "Det som gick är gjort. Resten väntar, och Avspark försöker igen.",
    remedy: "Se resultatet för var och en: vad som misslyckades och varför.",
  },
  "configuration-invalid": {
    what: "En inställning har ett värde som inte går att använda.",
    why: "Avspark gissar inte: det som beror på inställningen står stilla tills den är rätt.",
    remedy: "Öppna Inställningar: det som är fel är markerat, med vad som vore rätt.",
  },
  "setting-locked": {
    what: "Inställningen bestäms av miljön.",
    why: "En miljövariabel eller .env-filen avgör den och går före det som ställs in i fönstret.",
    remedy: "Ändra variabeln där Avspark startas, eller ta bort den, och starta om.",
  },
  "port-taken": {
    what: "Porten används av ett annat program.",
    why: "Matcherna kommer och sparas, men Avsparks HTTP-adress är stängd: skript, övervakning och kalenderprogram som följer den får inget svar.",
    remedy:
      "Avsluta det andra programmet, så tar Avspark porten av sig själv; eller välj en annan AVSPARK_HTTP_PORT i Inställningar.",
  },
  "listen-failed": {
    what: "HTTP-adressen kunde inte öppnas.",
    why: "Adressen hör inte till den här datorn eller får inte användas. Skript och kalenderprenumeranter når inte Avspark.",
    remedy: "Se över AVSPARK_HTTP_HOST och AVSPARK_HTTP_PORT i Inställningar; 127.0.0.1 fungerar alltid.",
  },
  "data-folder": {
    what: "Datamappen kan inte användas.",
    why: "Där ligger journalen, kalenderfilen och inställningarna; inget får göras som inte är sparat.",
    remedy:
      "Sätt AVSPARK_DATA_DIR till en mapp som den här användaren får skriva i, på en disk med plats, och starta Avspark igen.",
  },
  "http-certificate": {
    what: "Ett av Avsparks egna certifikat kan inte användas.",
    why: "Avspark talar aldrig okrypterat i stället: tills filerna är i ordning är adressen stängd, eller fortsätter med certifikatet som lästes tidigare.",
    remedy:
      "Se detaljerna och ordna filerna som inställningarna anger (AVSPARK_HTTP_TLS_CERT_FILE och AVSPARK_HTTP_TLS_KEY_FILE; AVSPARK_FEEDS_TLS_… för kalendrarnas egen adress); Avspark tar dem i bruk av sig självt.",
  },
  "token-required": {
    what: "En adress som är öppen för andra kräver en token.",
    why: "Annars kunde vem som helst på nätet läsa kontaktuppgifter, så alla avvisas tills någon har en.",
    remedy:
      "Gör en där Avspark körs: avspark token add NAMN --role administer. Eller sätt AVSPARK_HTTP_TOKEN till minst 16 synliga ASCII-tecken, eller lyssna på 127.0.0.1.",
  },
  "tokens-unreadable": {
    what: "Filen med namngivna token kan inte användas.",
    why: "Den är skadad, av en annan version, eller så får andra skriva i den. Ingen namngiven token gäller, så att ingen kommer in av misstag; AVSPARK_HTTP_TOKEN gäller som förut.",
    remedy:
      "Se på tokens.json i datamappen: låt bara ägaren skriva i den (chmod 600), hämta den ur en säkerhetskopia, eller ta bort den och gör nya token med avspark token add.",
  },
  "journal-full": {
    what: "Disken är full.",
    why: "Inget görs innan det står i journalen, så nya meddelanden kan inte tas emot.",
    remedy: "Gör plats på disken, eller sänk AVSPARK_RETENTION_MB. Avspark fortsätter på egen hand.",
  },
  "journal-locked": {
    what: "Ett annat program håller i journalen.",
    why: "Så länge det gör det går inget att skriva, så nya meddelanden väntar i minnet.",
    remedy:
      "Stäng det som har journal.db öppen, till exempel ett databasverktyg eller en säkerhetskopiering. Avspark fortsätter på egen hand.",
  },
  "journal-lost": {
    what: "Journalens filer togs bort medan Avspark var i gång.",
    why: "Någon tog bort, bytte ut eller kortade filer i datamappen. Det som var känt finns i nya filer; äldre meddelanden kan vara borta.",
    remedy:
      "Ta reda på vad som rör datamappen, till exempel ett städ- eller synkroniseringsprogram, och håll det borta.",
  },
  "journal-damaged": {
    what: "Journalen var skadad.",
    why: "Den gick inte längre att läsa och sparades under ett annat namn. Matcherna kommer tillbaka med nästa hela lista.",
    remedy: "Se över disken. Den sparade filen kan tas bort när ingen behöver den.",
  },
  "journal-room": {
    what: "Disken är nästan full.",
    why: "När den är full kan nya meddelanden inte tas emot.",
    remedy: "Gör plats på datamappens disk, eller sänk AVSPARK_RETENTION_MB.",
  },
  "journal-unreadable": {
    what: "En del av journalen kan den här versionen inte läsa.",
    why: "Det har lämnats som det är och visas inte förrän en version som kan läsa det är installerad.",
    remedy: "Installera den senaste versionen. Hjälper inte det, anmäl det med supportpaketet.",
  },
  "journal-failed": {
    what: "Journalen gick inte att läsa eller skriva.",
    why: "Nya meddelanden kan inte tas emot säkert. Disken kan vara skadad, eller mappen inte skrivbar.",
    remedy: "Se över disken och datamappens rättigheter, och starta sedan om Avspark.",
  },
  flooded: {
    what: "Meddelanden kommer fortare än de kan skrivas ner.",
    why: "Minnet och det utrymme som AVSPARK_SPILL_MB ger på disken var fulla, så de nyaste meddelandena släpptes. Det de berättade ligger i en lucka, som nästa fullständiga matchlista fyller.",
    remedy:
      "Avspark fortsätter på egen hand när det har hunnit ikapp. Höj AVSPARK_SPILL_MB, använd en snabbare disk eller låt avsändaren skicka mindre.",
  },
  "journal-newer": {
    what: "Journalen är gjord av en nyare Avspark.",
    why: "Den här versionen kunde läsa den fel, så den har inte rörts.",
    remedy: "Installera den senaste versionen, eller välj en annan mapp med AVSPARK_DATA_DIR.",
  },
  "already-running": {
    what: "Avspark är redan i gång med den här datamappen.",
    why: "Två på en gång skulle skriva i samma kalendrar och samma journal.",
    remedy: "Använd den som är i gång (titta i aktivitetsfältet), eller välj en annan AVSPARK_DATA_DIR.",
  },
  "keyring-missing": {
    what: "Datorn har ingen säker plats för ett lösenord.",
    why: "Systemets nyckelring är inte tillgänglig, och Avspark skriver aldrig en inloggning i klartext.",
    remedy:
      "Installera eller lås upp nyckelringen (till exempel GNOME Keyring), eller logga in bara för den här gången.",
  },
  "settings-unreadable": {
    what: "De sparade inställningarna går inte att läsa.",
    why: "Filen settings.json i datamappen är skadad eller ändrad för hand. Inget körs på halva inställningar.",
    remedy:
      "Rätta filen och försök igen, eller ange inställningarna på nytt: det som finns läggs åt sidan, tas inte bort.",
  },
  internal: {
    what: "Något gick fel inuti Avspark.",
    why: "Det är ett fel i programmet, inte något du gjorde.",
    remedy: "Försök igen. Händer det på nytt, kopiera detaljerna och rapportera dem.",
  },
  "redis-disabled": {
    what: "Lyssnandet på Redis är avstängt.",
    why: "REDIS_PUBSUB_ENABLED är false, så ändringar kommer bara genom matchlistan över HTTP.",
    remedy: "Slå på det i Inställningar om ändringar ska komma genast.",
  },
  "redis-unreachable": {
    what: "Redis går inte att nå.",
    why: "Ingen svarar på adressen. Ändringar missas så länge; matchlistan fyller luckan där en är angiven.",
    remedy: "Se över nätet, att Redis är i gång och adressen i REDIS_URL. Avspark försöker igen på egen hand.",
  },
  "redis-timeout": {
    what: "Redis dröjer för länge med att svara.",
    why: "Servern eller nätet är överlastat, eller så sväljer en brandvägg anslutningen.",
    remedy:
      "Vänta lite; Avspark försöker igen. Fortsätter det, fråga den som sköter Redis, eller höj REDIS_CONNECTION_TIMEOUT.",
  },
  "redis-frozen": {
    what: "Redis har slutat svara.",
    why: "Anslutningen ser öppen ut, men ett meddelande till oss själva kom inte tillbaka. Det som sändes under tiden kan ha missats.",
    remedy: "Avspark återansluter på egen hand. Händer det gång på gång, be den som sköter Redis att titta på servern.",
  },
  "redis-closed": {
    what: "Redis stängde anslutningen.",
    why: "Servern startades om eller stoppades, eller nätet bröts. Ändringar missas tills anslutningen är tillbaka.",
    remedy: "Avspark återansluter på egen hand. Dröjer det, se efter att Redis är i gång.",
  },
  "redis-auth-required": {
    what: "Redis kräver lösenord.",
    why: "REDIS_URL har inget, så servern avvisar oss.",
    remedy: "Skriv adressen som redis://användare:lösenord@värd:6379 i Inställningar.",
  },
  "redis-auth-wrong": {
    what: "Redis godtar inte lösenordet.",
    why: "Användarnamn eller lösenord i REDIS_URL är fel, eller har ändrats på servern.",
    remedy: "Fråga den som sköter Redis efter det rätta och ange det i Inställningar.",
  },
  "redis-no-permission": {
    what: "Redis låter oss inte lyssna på kanalerna.",
    why: "Användaren i REDIS_URL saknar rätt att prenumerera på minst en av dem.",
    remedy: "Be om rätt att prenumerera på kanalerna i Inställningar, eller använd en annan användare.",
  },
  "redis-certificate": {
    what: "Certifikatet för Redis är inte betrott.",
    why: "Det kan ha gått ut, gälla ett annat namn eller vara utfärdat av någon som datorn inte känner.",
    remedy: "Ange utfärdarens fil i REDIS_TLS_CA_FILE, eller det rätta namnet i REDIS_TLS_SERVERNAME.",
  },
  "redis-protocol": {
    what: "Det som svarar är ingen Redis-server.",
    why: "Ett annat program lyssnar på adressen, eller så används TLS bara på ena sidan.",
    remedy: "Se över värd och port i REDIS_URL, och om den ska börja med rediss:// (TLS).",
  },
  "redis-overrun": {
    what: "Redis kopplade ner oss för att vi var för långsamma.",
    why: "Fler meddelanden kom än som hann tas emot, och servern bröt anslutningen. Några kan ha missats.",
    remedy: "Avspark återansluter och hämtar matchlistan. Händer det igen, be om högre client-output-buffer-limit.",
  },
  "redis-degraded": {
    what: "Redis mår inte bra.",
    why: "Servern svarar, men säger att något är fel med den: en full disk, ett långt skript, en förlorad huvudserver. Det som sänds till den kan avvisas eller komma sent.",
    remedy: "Visa detaljerna för den som sköter Redis. Avspark lyssnar vidare, eller försöker igen på egen hand.",
  },
  "redis-stream": {
    what: "Strömmen går inte att läsa.",
    why: "Redis svarar, men det som finns under namnet i REDIS_STREAM är ingen ström, eller lämnas inte ut till oss.",
    remedy:
      "Kontrollera strömmens namn i Inställningar med den som sköter avsändaren. Avspark försöker igen på egen hand.",
  },
  "redis-stream-missing": {
    what: "Strömmen finns inte.",
    why: "Redis har inget under namnet i REDIS_STREAM: ingen har lagt något i den än, eller så är namnet ett annat.",
    remedy: "Kontrollera strömmens namn i Inställningar med den som sköter avsändaren. Den läses så snart den finns.",
  },
  "cluster-lost": {
    what: "De andra maskinerna i gruppen nås inte.",
    why: "Redis-servern som maskinerna i en grupp delar (AVSPARK_CLUSTER_URL) svarar inte, eller tar inte emot det den får. Det som hörs här väntar, och det de andra hör är inte känt här.",
    remedy:
      "Visa detaljerna för den som sköter den servern. Avspark försöker igen på egen hand, och läser och berättar då allt som har väntat.",
  },
  "cluster-newer": {
    what: "De andra maskinerna kör ett nyare Avspark.",
    why: "Det de skriver ner för alla maskiner i gruppen kan inte längre läsas av den här, så den har stannat där den var och visar det den visste då.",
    remedy: "Installera samma version här och starta Avspark igen. Det fortsätter där det stannade.",
  },
  "cluster-server": {
    what: "Servern som maskinerna delar är inte som de behöver.",
    why: "De fortsätter ändå, men efter dess nästa omstart, eller när den är full, kan det de berättat för varandra vara borta.",
    remedy: "Visa detaljerna för den som sköter den servern; docs/scaling.md säger hur den ska vara konfigurerad.",
  },
  "node-lost": {
    what: "En annan maskin i gruppen hörs inte längre.",
    why: "Den har slutat utan att säga till, är avskuren eller har tagits bort. De andra fortsätter utan den.",
    remedy:
      "Se till den maskinen och starta Avspark där igen: den läser det den har missat. Är den borta för gott, kvittera det här; den glöms efter två dagar.",
  },
  "node-behind": {
    what: "En annan maskin i gruppen ligger efter de andra.",
    why: "Den har mycket att läsa av det de andra vet, eller mycket att berätta för dem: den är långsam, eller så är dess väg till den gemensamma servern det.",
    remedy:
      "Se med `avspark cluster status` på den maskinen vad som hindrar den, och om dess processor eller disk är full.",
  },
  "messages-missed": {
    what: "Meddelanden kan ha missats.",
    why: "Avspark lyssnade inte en stund, och Redis upprepar inte det som sagts. Ingen hel matchlista har visat vad som ändrades under tiden.",
    remedy:
      "Hämta matchlistan. Är ingen angiven: ange dess adress (AVSPARK_MATCHES_URL) i Inställningar, eller jämför de kommande matcherna med FOGIS själv och kvittera larmet.",
  },
  "messages-invalid": {
    what: "Många meddelanden går inte att läsa.",
    why: "Avsändaren kan ha ändrat deras form. Det som inte gick att läsa ligger i karantän; inget av det är förlorat.",
    remedy: "Titta på vad som avvisades och varför. När Avspark kan läsa dem kan de spelas upp igen.",
  },
  "channel-quiet": {
    what: "En kanal har tystnat.",
    why: "Den har varit tyst mycket längre än den brukar. Ändringar kanske inte kommer fram.",
    remedy: "Se efter om matchprocessorn går. Larmet försvinner av sig självt när något hörs igen.",
  },
  "publisher-alert": {
    what: "Matchprocessorn rapporterar ett fel.",
    why: "Matchprocessorn eller någon annan del av FOGIS-kedjan rapporterade detta själv över Redis.",
    remedy: "Fråga dem som sköter matchprocessorn om det fortsätter. Kvittera när du känner till det.",
  },
  "cycle-failed": {
    what: "En körning av matchprocessorn misslyckades.",
    why: "Ändringar i den kan komma senare eller inte alls.",
    remedy:
      "En misslyckad körning rättar oftast till sig: larmet är över när en senare blir klar. Fortsätter de att misslyckas, fråga dem som sköter matchprocessorn.",
  },
  "source-unconfigured": {
    what: "Ingen matchlista över HTTP är angiven.",
    why: "Utan den går det inte att i efterhand hämta det som missats under ett avbrott.",
    remedy: "Ange listans adress som AVSPARK_MATCHES_URL i Inställningar.",
  },
  "source-unreachable": {
    what: "Matchlistans server går inte att nå.",
    why: "Ingen svarar på adressen i AVSPARK_MATCHES_URL. Flödet över Redis fortsätter som vanligt.",
    remedy: "Se över nätet och adressen. Avspark försöker igen vid nästa avläsning.",
  },
  "source-timeout": {
    what: "Matchlistans server dröjer för länge med att svara.",
    why: "Den kan vara överlastad. Flödet över Redis fortsätter som vanligt.",
    remedy: "Vänta på nästa avläsning, eller hämta igen senare.",
  },
  "source-status": {
    what: "Matchlistans server svarade med ett fel.",
    why: "Den lämnade inte ut listan; matcherna vi har står kvar som de är.",
    remedy: "Se serverns svar i detaljerna. Se över adressen, och att den får läsas utan inloggning.",
  },
  "source-not-json": {
    what: "Matchlistan är inte JSON.",
    why: "Adressen leder troligen till en webbsida eller en inloggning i stället för listan.",
    remedy: "Öppna adressen i en webbläsare för att se vad den ger, och rätta AVSPARK_MATCHES_URL.",
  },
  "source-empty": {
    what: "Matchlistan är tom.",
    why: "En tom lista är oftare ett fel än sanning, så inget togs bort på grund av den.",
    remedy: "Se över källan. Finns det verkligen inga matcher behöver du inte göra något.",
  },
  "source-incomplete": {
    what: "Matchlistan är kanske inte hel.",
    why: "Några av dess matcher gick inte att läsa, så inget togs bort på grund av den. Det som gick att läsa togs emot.",
    remedy: "Se de avvisade matcherna i detaljerna och rätta dem vid källan.",
  },
  "source-too-large": {
    what: "Matchlistan är för stor.",
    why: "Den gick över gränsen och lästes inte till slut, så inget har ändrats.",
    remedy: "Låt källan lämna ut färre matcher, till exempel bara de kommande.",
  },
  "source-redirect": {
    what: "Matchlistans adress leder någon annanstans.",
    why: "Den skickar oss till en annan server eller runt i en cirkel, och det följer Avspark inte.",
    remedy: "Ange den slutliga adressen som AVSPARK_MATCHES_URL.",
  },
  "calendar-sign-in": {
    what: "Kalendern behöver att du loggar in.",
    why: "Inloggningen har gått ut eller återkallats. Händelser väntar och skrivs så snart du är inloggad igen.",
    remedy:
      "Logga in under Kalendrar, eller rätta användarnamn och lösenord i Inställningar. En CalDAV-server måste ta emot dem med Basic eller Digest; har den applösenord, använd ett sådant.",
  },
  "calendar-token-file": {
    what: "Tokenfilen går inte att använda.",
    why: "Filen i GOOGLE_CALENDAR_TOKEN_FILE saknas, går inte att läsa eller är av annat slag. Händelser väntar så länge.",
    remedy:
      "Se över filens sökväg och rättigheter; eller logga in på nytt med avspark google sign-in, eller från appen i stället.",
  },
  "calendar-forbidden": {
    what: "Vi får inte skriva i kalendern.",
    why: "Kontot kan se kalendern men inte ändra i den. Händelser väntar så länge.",
    remedy: "Be ägaren om rätt att göra ändringar, eller välj en annan kalender.",
  },
  "calendar-not-found": {
    what: "Kalendern finns inte.",
    why: "Den har tagits bort, eller så är dess id eller adress fel. Händelser väntar så länge.",
    remedy: "Välj en kalender under Kalendrar, eller rätta adressen i Inställningar.",
  },
  "calendar-rate-limited": {
    what: "Kalenderservern ber oss att sakta ner.",
    why: "Den begränsar hur mycket som får skrivas på en stund. Inget går förlorat; händelserna väntar.",
    remedy: "Inget: Avspark fortsätter på egen hand när det får.",
  },
  "calendar-unreachable": {
    what: "Kalenderservern går inte att nå.",
    why: "Nätet eller servern ligger nere. Inget går förlorat; händelserna väntar.",
    remedy: "Se över nätet, och serverns adress om den har flyttat. Avspark försöker igen på egen hand.",
  },
  "calendar-timeout": {
    what: "Kalenderservern dröjer för länge med att svara.",
    why: "Den kan vara överlastad. Inget går förlorat; händelserna väntar.",
    remedy: "Inget: Avspark försöker igen på egen hand.",
  },
  "calendar-certificate": {
    what: "Kalenderserverns certifikat är inte betrott.",
    why: "Det kan ha gått ut eller gälla ett annat namn. Avspark skickar inget lösenord till en server det inte är säkert på.",
    remedy:
      "Har servern en egen utfärdare: ange dess fil i Inställningar. Annars se över adressen, och be den som sköter servern att förnya certifikatet.",
  },
  "calendar-server": {
    what: "Kalenderservern har ett fel.",
    why: "Den svarade med ett eget fel. Inget går förlorat; händelserna väntar.",
    remedy: "Inget: Avspark försöker igen på egen hand. Drar det ut på tiden, fråga den som sköter servern.",
  },
  "calendar-bad-answer": {
    what: "Kalenderserverns svar går inte att förstå.",
    why: "Adressen kan leda till något som inte är en kalender. Händelser väntar så länge.",
    remedy: "Se över kalenderns adress i Inställningar.",
  },
  "calendar-rejected": {
    what: "Kalenderservern avvisade en händelse.",
    why: "Den godtar inte händelsen som den är. De andra händelserna påverkas inte.",
    remedy: "Se skälet i detaljerna; säger de dig inget, kopiera dem och rapportera dem.",
  },
  "calendar-conflict": {
    what: "Någon ändrade händelsen samtidigt.",
    why: "För att inte skriva över någons ändring lät Avspark händelsen vara.",
    remedy: "Titta på händelsen under Kalendrar, och reparera den om den ska vara som Avspark säger.",
  },
  "calendar-file": {
    what: "Kalenderfilen går inte att använda.",
    why: "Disken kan vara full, eller så får Avspark inte skriva i datamappen. Inget går förlorat; händelserna väntar.",
    remedy: "Frigör plats, eller se över rättigheterna till datamappen. Avspark fortsätter på egen hand.",
  },
  "calendar-demo": {
    what: "I demoläget skrivs inget i en riktig kalender.",
    why: "Matcherna där är påhittade och får inte hamna bland riktiga.",
    remedy: "Ange er egen Redis i Inställningar för att lämna demoläget.",
  },
  "calendar-elsewhere": {
    what: "En annan maskin skriver den här kalendern.",
    why: "Av maskinerna i en grupp skriver en åt gången i varje kalender, och det som gäller skrivandet bestäms där.",
    remedy: "Gör samma sak på maskinen som meddelandet nämner, eller här när den är avstängd.",
  },
  "sign-in-expiring": {
    what: "En inloggning på en kalender går snart ut.",
    why: "När inloggningen går ut uppdateras kalendern inte längre.",
    remedy: "Logga in igen nu; inget går förlorat på att göra det i god tid.",
  },
  "messenger-unreachable": {
    what: "Servern som aviseringar går till kan inte nås.",
    why: "Den är nere, adressen är fel eller nätverket släpper inte ut Avspark. Aviseringarna väntar.",
    remedy:
      "Avspark försöker igen av sig självt. Om det håller i sig: se över adressen under Inställningar och prova den där.",
  },
  "messenger-timeout": {
    what: "Servern som aviseringar går till svarar inte i tid.",
    why: "Den är överbelastad eller nätverket långsamt. Aviseringarna väntar; en av dem kan komma två gånger.",
    remedy: "Avspark försöker igen av sig självt. Om det håller i sig: se över adressen under Inställningar.",
  },
  "messenger-certificate": {
    what: "Certifikatet på aviseringarnas server går inte att lita på.",
    why: "Det har gått ut, gäller ett annat namn eller är utfärdat av någon som inte är allmänt känd, så inget skickades.",
    remedy:
      "Låt förnya certifikatet, eller ange utfärdaren i AVSPARK_NOTIFY_TLS_CA_FILE. En e-postserver som inte kan kryptera får inget lösenord.",
  },
  "messenger-sign-in": {
    what: "Servern som aviseringar går till godtar inte inloggningen.",
    why: "Användarnamnet, lösenordet eller nyckeln i webhookens adress är fel, eller gäller inte längre.",
    remedy: "Ange det på nytt under Inställningar och prova det där. Många e-postservrar vill ha ett applösenord.",
  },
  "messenger-not-found": {
    what: "Webhooken finns inte längre.",
    why: "Den togs bort där den gjordes, eller så är adressen fel.",
    remedy: "Gör en ny webhook där och ange dess adress under Inställningar.",
  },
  "messenger-redirect": {
    what: "Webhooken skickar Avspark någon annanstans.",
    why: "Adressen är hemlig och lämnas inte till någon annan server, så inget skickades.",
    remedy: "Ange adressen som den verkligen har under Inställningar, i regel en med https://.",
  },
  "messenger-rejected": {
    what: "Servern tar inte emot en avisering.",
    why: "Mottagaren eller avsändaren är okänd för den, eller så vill den ha en annan form. Det som avvisas tre gånger släpps, och det berättas.",
    remedy: "Se över mottagare, avsändare och webhookens form under Inställningar; i detaljerna står serverns svar.",
  },
  "messenger-busy": {
    what: "Servern som aviseringar går till tar inte emot just nu.",
    why: "Den tar bara emot så många, eller har egna bekymmer; dess svar står i detaljerna. Aviseringarna väntar, i ordning.",
    remedy: "Avspark försöker igen av sig självt. Om det håller i sig: hör med den som sköter servern.",
  },
  "program-failed": {
    what: "Programmet som använder Avspark tog inte emot matcherna.",
    why: "Dess egen onMatches misslyckades eller tar för lång tid. Inget går förlorat: det får matcherna igen, som de är då.",
    remedy: "Se felet i loggen och rätta programmet.",
  },
  "service-stopped": {
    what: "Tjänsten är inte igång.",
    why: "Programmet som Avspark ingår i har inte startat den än, eller har stoppat den.",
    remedy: "Starta den: await service.start().",
  },
  "window-too-old": {
    what: "Det här Avspark är äldre än vad dess tjänst kan tala med.",
    why: "Tjänsten har uppdaterats och talar på ett sätt som den här versionen skulle missförstå.",
    remedy: "Uppdatera Avspark på den här datorn.",
  },
  "service-too-old": {
    what: "Tjänsten är äldre än vad det här Avspark kan tala med.",
    why: "Den här versionen är gjord för en nyare tjänst och skulle missförstå den här.",
    remedy: "Be den som sköter tjänsten att uppdatera den. Till dess fungerar ett äldre Avspark på den här datorn.",
  },
  "service-unreachable": {
    what: "Tjänsten går inte att nå.",
    why: "Avspark visar en tjänst på en annan maskin, och den svarar inte: den är avstängd, eller så är vägen dit bruten.",
    remedy:
      "Nytt försök görs varje sekund. Når inte andra den heller, säg till den som sköter den; annars se över nätet och adressen.",
  },
  "service-certificate": {
    what: "Tjänstens certifikat är inte betrott.",
    why: "Det kan ha gått ut, gälla ett annat namn eller ha en utfärdare som den här datorn inte känner.",
    remedy: "Ange filen med certifikatets utfärdare, som du har fått av den som sköter tjänsten.",
  },
  "service-insecure": {
    what: "Vägen till tjänsten är inte krypterad.",
    why: "Över http:// kan vem som helst på vägen läsa token och matcher, så Avspark använder det bara på den egna datorn.",
    remedy:
      "Använd tjänstens adress som börjar med https://. Den som sköter den hittar i docs/many-desks.md hur den får en sådan.",
  },
  "service-sign-in": {
    what: "Tjänsten godtar inte token.",
    why: "Den är felskriven, återkallad eller hör till en annan tjänst.",
    remedy: "Skriv in token igen, eller be den som sköter tjänsten om en ny.",
  },
  "service-strange": {
    what: "Det som svarar på tjänstens adress är inget Avspark.",
    why: "Adressen kan höra till ett annat program, eller så svarar en proxy på vägen i dess ställe.",
    remedy:
      "Se över adressen. Den är den som tjänsten skriver ut när den startar, eller adressen till proxyn framför den.",
  },
  "service-elsewhere": {
    what: "Det här går bara att göra där tjänsten körs.",
    why: "Fönstret visar en tjänst på en annan maskin, och det här hör till den maskinen.",
    remedy: "Be den som sköter tjänsten att göra det där.",
  },
} satisfies AdviceTable;
