# Polski. Liczba mnoga: one, few, many; other jest tylko dla ułamków, a te przychodzą jako gotowy tekst.

## Liczby

figure-decimal = ,
figure-group = { "\u00A0" }
figure-group-least = 2
figure-percent = { $n }%
figure-points = { $n }{ "\u00A0" }punktu
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }min
figure-hours = { $n }{ "\u00A0" }godz.
figure-hours-minutes = { $hours }{ "\u00A0" }godz. { $minutes }{ "\u00A0" }min
money = { $n }{ "\u00A0" }{ $sign }
money-negative = −{ $n }{ "\u00A0" }{ $sign }
currency-eur = €
currency-gbp = GBP
currency-pln = zł
currency-uah = UAH
currency-usd = USD

# O dzwoniących, na początku tytułu (title-to-call-back).
number-1 = Jeden
number-2 = Dwóch
number-3 = Trzech
number-4 = Czterech
number-5 = Pięciu
number-6 = Sześciu
number-7 = Siedmiu
number-8 = Ośmiu
number-9 = Dziewięciu
number-10 = Dziesięciu
number-11 = Jedenastu
number-12 = Dwunastu

## Daty

month-long-1 = stycznia
month-long-2 = lutego
month-long-3 = marca
month-long-4 = kwietnia
month-long-5 = maja
month-long-6 = czerwca
month-long-7 = lipca
month-long-8 = sierpnia
month-long-9 = września
month-long-10 = października
month-long-11 = listopada
month-long-12 = grudnia
month-short-1 = sty
month-short-2 = lut
month-short-3 = mar
month-short-4 = kwi
month-short-5 = maj
month-short-6 = cze
month-short-7 = lip
month-short-8 = sie
month-short-9 = wrz
month-short-10 = paź
month-short-11 = lis
month-short-12 = gru
# Bez dnia obok
month-alone-1 = styczeń
month-alone-2 = luty
month-alone-3 = marzec
month-alone-4 = kwiecień
month-alone-5 = maj
month-alone-6 = czerwiec
month-alone-7 = lipiec
month-alone-8 = sierpień
month-alone-9 = wrzesień
month-alone-10 = październik
month-alone-11 = listopad
month-alone-12 = grudzień
# W miesiącu: „w listopadzie 2026”
month-in-1 = styczniu
month-in-2 = lutym
month-in-3 = marcu
month-in-4 = kwietniu
month-in-5 = maju
month-in-6 = czerwcu
month-in-7 = lipcu
month-in-8 = sierpniu
month-in-9 = wrześniu
month-in-10 = październiku
month-in-11 = listopadzie
month-in-12 = grudniu
weekday-long-1 = poniedziałek
weekday-long-2 = wtorek
weekday-long-3 = środa
weekday-long-4 = czwartek
weekday-long-5 = piątek
weekday-long-6 = sobota
weekday-long-7 = niedziela
weekday-short-1 = pon.
weekday-short-2 = wt.
weekday-short-3 = śr.
weekday-short-4 = czw.
weekday-short-5 = pt.
weekday-short-6 = sob.
weekday-short-7 = niedz.
# Biernik: „w środę”
weekday-object-1 = poniedziałek
weekday-object-2 = wtorek
weekday-object-3 = środę
weekday-object-4 = czwartek
weekday-object-5 = piątek
weekday-object-6 = sobotę
weekday-object-7 = niedzielę
weekday-on = { $day ->
        [2] we { $weekday }
       *[1] w { $weekday }
    }

date-hour-digits = 2
date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-month-short = { $day } { $month }
date-day-month-year-short = { $day } { $month } { $year }
date-weekday-day = { $weekday }, { $day }
date-day-time = { $day }, { $time }
date-moment = { $weekday }, { $day }, { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }–{ $to }

period-week = Tydzień { $days }
period-month = { $month } { $year }
period-quarter = { $quarter ->
        [1] I kwartał
        [2] II kwartał
        [3] III kwartał
       *[4] IV kwartał
    } { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = czas: { $place }

when-on = { $day }
when-in-month = w { $month } { $year }
when-in-quarter = w { $quarter ->
        [1] I kwartale
        [2] II kwartale
        [3] III kwartale
       *[4] IV kwartale
    } { $year }
when-in-year = w { $year } roku
# W jednym miesiącu, w dwóch i z godzinami
when-days-in-month = od { $from } do { $to }
when-days = od { $from } do { $to }
when-moments = od { $from } do { $to }

before-day = dzień wcześniej
before-week = tydzień wcześniej
before-month = miesiąc wcześniej
before-quarter = kwartał wcześniej
before-year = rok wcześniej
before-span = w okresie { $period }

## Raporty: temat, wiersz w skrzynce, nagłówek

subject = { $project }: { $fact } ({ $period })
subject-sample = Próbka: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } połączenie
        [few] { $n } połączenia
       *[many] { $n } połączeń
    }
subject-to-call-back = { $n ->
        [one] { $n } osoba do oddzwonienia
        [few] { $n } osoby do oddzwonienia
       *[many] { $n } osób do oddzwonienia
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, nikt nie czeka na oddzwonienie
subject-no-calls = brak połączeń
subject-no-data = brak danych
subject-own-unknown = nie można wyodrębnić własnych połączeń

title-to-call-back = { $n ->
        [one] Jeden dzwoniący nadal czeka na oddzwonienie
        [few] { $words } dzwoniących nadal czeka na oddzwonienie
       *[many] { $words } dzwoniących nadal czeka na oddzwonienie
    }
title-all-reached = Ze wszystkimi, którzy czekali na oddzwonienie, już rozmawiano
title-some-reached = { $title }; z { $n } już rozmawiano
title-nobody-waits = Nikt nie czeka na oddzwonienie
title-all-answered = Odebrano każde połączenie
title-no-calls = Nie było żadnych połączeń
title-no-calls-chosen = Brak połączeń dla tego raportu
title-no-calls-partly = Brak połączeń w danych, które mamy
title-no-data = Brak danych za { $period }
title-own-unknown = Nie można wyodrębnić własnych połączeń

lead-one-answered = Nadeszło jedno połączenie i zostało odebrane.
lead-one-missed = Nadeszło jedno połączenie i nie zostało odebrane.
lead-plain = Odebrano { $rate } z { $n ->
        [one] { $n } połączenia
        [few] { $n } połączeń
       *[many] { $n } połączeń
    }.
lead-rate-more = Odebrano { $rate } z { $n ->
        [one] { $n } połączenia
        [few] { $n } połączeń
       *[many] { $n } połączeń
    }, o { $points } więcej niż { $before }.
lead-rate-less = Odebrano { $rate } z { $n ->
        [one] { $n } połączenia
        [few] { $n } połączeń
       *[many] { $n } połączeń
    }, o { $points } mniej niż { $before }{ $driver }.
lead-volume-more = { $n ->
        [one] Nadeszło { $n } połączenie
        [few] Nadeszły { $n } połączenia
       *[many] Nadeszło { $n } połączeń
    }, o { $change } więcej niż { $before }; odebrano { $rate }.
lead-volume-times = { $n ->
        [one] Nadeszło { $n } połączenie
        [few] Nadeszły { $n } połączenia
       *[many] Nadeszło { $n } połączeń
    }, { $change } raza więcej niż { $before }; odebrano { $rate }.
lead-volume-less = { $n ->
        [one] Nadeszło { $n } połączenie
        [few] Nadeszły { $n } połączenia
       *[many] Nadeszło { $n } połączeń
    }, o { $change } mniej niż { $before }; odebrano { $rate }.
lead-no-calls = Brak połączeń { $when }.
lead-no-calls-chosen = Żadne połączenie { $when } nie pasuje do filtrów tego raportu.
lead-no-calls-partly = W danych, które mamy { $when }, nie ma połączeń, ale części danych brakuje.
lead-source-worked = Źródło działało: jego połączenia są kompletne do { $until }.
lead-no-data = Brak danych { $when }: żadne źródło połączeń niczego jeszcze nie przysłało. To nie to samo co brak połączeń.
lead-no-data-uncovered = Brak danych { $when }: żadne źródło nie obejmuje tego czasu. To nie to samo co brak połączeń.
lead-no-data-since = Brak danych { $when }. Źródło „{ $source }” ostatnie zdarzenie przysłało { $last }. To nie to samo co brak połączeń.
lead-own-unknown = Państwa numer lub numer wewnętrzny nie jest tu znany, więc żadnego połączenia nie można pokazać jako własnego. Może go dodać osoba, która skonfigurowała ten raport.

driver-weekday-hours = { $weekday }, { $hours }
driver-on-weekday = ; { $here } z { $additional } dodatkowych nieodebranych połączeń przypadło { $on-weekday } między { $from } a { $to }
driver-in-hours = ; { $here } z { $additional } dodatkowych nieodebranych połączeń przypadło między { $from } a { $to }
driver-most-on-weekday = ; { $on-weekday } między { $from } a { $to } nie odebrano o { $here ->
        [one] { $here } połączenie
        [few] { $here } połączenia
       *[many] { $here } połączeń
    } więcej
driver-most-in-hours = ; między { $from } a { $to } nie odebrano o { $here ->
        [one] { $here } połączenie
        [few] { $here } połączenia
       *[many] { $here } połączeń
    } więcej
driver-missed-more = Największa zmiana: { $where }, nieodebranych o { $n } więcej.
driver-missed-fewer = Największa zmiana: { $where }, nieodebranych o { $n } mniej.
driver-calls-more = Największa zmiana: { $where }, połączeń o { $n } więcej.
driver-calls-fewer = Największa zmiana: { $where }, połączeń o { $n } mniej.
driver-agent-more = { $name }: odebranych o { $n } więcej.
driver-agent-fewer = { $name }: odebranych o { $n } mniej.

preview-up = Odebrano { $rate }, o { $points } więcej.
preview-down = Odebrano { $rate }, o { $points } mniej.
preview-driver = Największa część różnicy: { $when }.

button-call = Oddzwonić: { $number }
button-call-back = Do kogo oddzwonić
button-calls = Wszystkie połączenia
link-support = Pomoc i pytania
link-number-setup = Konfiguracja numerów

callout-sample = To jest próbka. Zaplanowany raport przyjdzie jak zwykle.
missing-day = Brakuje połączeń { $day } (źródło „{ $source }” milczy).
missing-day-after = Brakuje połączeń { $day } po { $from } (źródło „{ $source }” milczy).
missing-day-between = Brakuje połączeń { $day } między { $from } a { $to } (źródło „{ $source }”).
missing-after = Brakuje połączeń po { $from } (źródło „{ $source }” milczy).
missing-between = Brakuje połączeń między { $from } a { $to } (źródło „{ $source }”).
calls-of-1 = z poniedziałku
calls-of-2 = z wtorku
calls-of-3 = ze środy
calls-of-4 = z czwartku
calls-of-5 = z piątku
calls-of-6 = z soboty
calls-of-7 = z niedzieli
callout-not-over = Ten okres jeszcze się nie skończył: dane według stanu na { $at }.
callout-late = Termin: { $due }, sporządzono: { $made }.
callout-late-waited = Termin: { $due }, sporządzono: { $made }. Czekano na brakujące połączenia.
callout-late-waited-day = Termin: { $due }, sporządzono: { $made }. Czekano na połączenia { $day }.

## Raporty: wskaźniki i ich zmiana

change-more = o { $n } więcej
change-fewer = o { $n } mniej
change-none = bez zmian
change-new = nowe
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Połączenia przychodzące
figure-answered = Odebrane
figure-missed = Nieodebrane
figure-to-call-back = Do oddzwonienia
figure-target = Połączenia docelowe
figure-talk = Średnia rozmowa
goal-met = cel { $goal }: osiągnięty
goal-not-met = cel { $goal }: nieosiągnięty
goal-unknown = cel { $goal }
figures-answered = Odebrane · odsetek
figures-missed = Nieodebrane · odsetek
figures-missed-hours = Nieodebrane w godzinach pracy · poza nimi
figures-callers = Dzwoniący · nowi
figures-wait = Oczekiwanie: mediana · średnia · 9 z 10 do
figures-service-level = Odebrane w ciągu { $seconds }{ "\u00A0" }s ({ $formula })
figures-outbound = Wychodzące · połączono
figures-requests = Prośby o telefon · połączono · klient nieosiągalny · nieprzyjęte
figures-requests-other = Prośby o telefon · połączono · klient nieosiągalny · nieprzyjęte · inne
to-call-back-response-open = { $reached }; mediana czasu do pierwszego oddzwonienia wśród osób, do których oddzwoniono w ciągu { $hours }{ "\u00A0" }godz. czasu pracy ({ $n }): { $span } czasu pracy ({ $clock } według zegara)
to-call-back-within = Oddzwoniono w ciągu 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }godz.: { $hour }{ $clock ->
        [yes] {" "}(według zegara)
       *[no] {""}
    }.
to-call-back-within-day = Oddzwoniono w ciągu 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }godz.: { $hour }, 24{ "\u00A0" }godz.: { $day }{ $clock ->
        [yes] {" "}(według zegara)
       *[no] {""}
    }.
to-call-back-by = Oddzwonili: { $same } — ci, u których dzwonił telefon, { $colleague } — współpracownicy.
to-call-back-goal = Mediana czasu do pierwszego oddzwonienia: { $goal }.
to-call-back-goal-open = Mediana czasu pracy do pierwszego oddzwonienia: { $goal }.
column-tries-waited = Próby{ "\u00A0" }· czekanie
foot-missed-set = Nieodebrane = nikt nie rozmawiał z dzwoniącym: { $set }.
foot-target-cycle = Połączenie docelowe jest tak oznaczone przez źródło, w innym razie to odebrane połączenie od { $seconds }{ "\u00A0" }s, pierwsze od dzwoniącego w ciągu { $days ->
        [one] { $days } dnia
        [few] { $days } dni
       *[many] { $days } dni
    }.
foot-target-kept = Nie są jeszcze porównywane: połączenia są przechowywane od { $from }, czyli krócej niż ten czas przed poprzednim okresem.
foot-new = Nowi dzwoniący nie mają wcześniejszego połączenia w przechowywanych danych, które zaczynają się { $from }.
foot-service-level = Odebrane w ciągu { $seconds }{ "\u00A0" }s według wzoru { $formula }: { $letters }, gdzie A to odebrane, B rozłączone podczas oczekiwania, a i b to z nich te w ciągu { $seconds }{ "\u00A0" }s, s rozłączone w ciągu { $short }{ "\u00A0" }s.

all-figures = Wszystkie wskaźniki
compared-with = w porównaniu z: { $period }
few-calls = { $n ->
        [one] Mniej niż { $n } połączenie
        [few] Mniej niż { $n } połączenia
       *[many] Mniej niż { $n } połączeń
    } w jednym z dwóch okresów: odsetki wahają się wtedy same z siebie.
column-this = Ten okres
column-before = Wcześniej
column-change = Zmiana

## Co można powiedzieć o wybranych połączeniach

lead-chosen = { $n ->
        [one] { $n } połączenie: odebrane { $answered }, nieodebrane { $missed }.
        [few] { $n } połączenia: odebrane { $answered }, nieodebrane { $missed }.
       *[many] { $n } połączeń: odebrane { $answered }, nieodebrane { $missed }.
    }
lead-chosen-answered = { $n ->
        [one] Odebrano { $n } połączenie.
        [few] Odebrano { $n } połączenia.
       *[many] Odebrano { $n } połączeń.
    }
lead-chosen-missed = { $n ->
        [one] Nie odebrano { $n } połączenia.
        [few] Nie odebrano { $n } połączeń.
       *[many] Nie odebrano { $n } połączeń.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } połączenie wychodzące
        [few] { $n } połączenia wychodzące
       *[many] { $n } połączeń wychodzących
    }, połączono: { $reached }.
lead-chosen-requests = { $n ->
        [one] { $n } prośba o telefon
        [few] { $n } prośby o telefon
       *[many] { $n } próśb o telefon
    }, połączono: { $reached }.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } połączenie wychodzące.
        [few] { $n } połączenia wychodzące.
       *[many] { $n } połączeń wychodzących.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } prośba o telefon.
        [few] { $n } prośby o telefon.
       *[many] { $n } próśb o telefon.
    }
lead-chosen-other = { $n ->
        [one] { $n } połączenie.
        [few] { $n } połączenia.
       *[many] { $n } połączeń.
    }
several-chosen = { $calls } ({ $projects }).
foot-no-rates-outcome = Bez odsetków: te połączenia wybrano według tego, jak się skończyły lub ile trwały.
foot-no-rates-people = Bez odsetków: te połączenia wybrano według tego, kto brał w nich udział, a o połączeniu, którego nikt nie odebrał, wiadomo tylko, które telefony dzwoniły.
foot-service-level-outside = { $n ->
        [one] Nie obejmuje { $n } połączenia nieodebranego inaczej.
        [few] Nie obejmuje { $n } połączeń nieodebranych inaczej.
       *[many] Nie obejmuje { $n } połączeń nieodebranych inaczej.
    }
missed-forwarding = Przekierowanie nie powiodło się przy połączeniach na { $numbers }.
link-pay = Doładowanie konta

## Wskaźniki z nazwy

figure-answer-rate = Odsetek odebranych
figure-missed-rate = Odsetek nieodebranych
figure-calls-in-hours = Przychodzące w godzinach pracy
figure-calls-outside-hours = Przychodzące poza godzinami pracy
figure-answered-in-hours = Odebrane w godzinach pracy
figure-answered-outside-hours = Odebrane poza godzinami pracy
figure-answer-rate-outside-hours = Odsetek odebranych poza godzinami pracy
figure-missed-short = Nieodebrane, dzwoniący szybko się rozłączył
figure-missed-no-answer = Nieodebrane: nikt nie odebrał
figure-missed-hung-up = Nieodebrane: rozłączono się podczas czekania
figure-missed-busy = Nieodebrane: telefony zajęte lub wyłączone
figure-missed-voicemail = Nieodebrane: poczta głosowa
figure-missed-no-route = Nieodebrane: przekierowanie nieudane
figure-unique-callers = Różni dzwoniący
figure-new-callers = Nowi dzwoniący
figure-wait-median-sec = Oczekiwanie, mediana
figure-asa-sec = Oczekiwanie, średnia
figure-wait-p90-sec = Oczekiwanie, 9 z 10 do
figure-service-level = Poziom obsługi
figure-talk-avg-sec = Rozmowa, średnia
figure-outbound = Połączenia wychodzące
figure-outbound-reached = Wychodzące, połączono
figure-callback-requests = Prośby o telefon
figure-callback-reached = Prośby o telefon, połączono
figure-callback-client-not-reached = Prośby o telefon, klient nieosiągalny
figure-callback-not-taken = Prośby o telefon, nieprzyjęte przez nas
figure-callback-other = Prośby o telefon, nieudane lub nieznane
figure-to-call-back-lost = Do oddzwonienia, po czasie na odpowiedź
figure-to-call-back-waiting = Do oddzwonienia, jeszcze w czasie na odpowiedź
figure-to-call-back-backlog = Do oddzwonienia, od ponad 14 dni
figure-to-call-back-reached = Dzwoniący, z którymi się skontaktowano
figure-to-call-back-first-response-median-sec = Pierwsze oddzwonienie, mediana
figure-to-call-back-first-response-median-open-sec = Pierwsze oddzwonienie, mediana czasu pracy
figure-to-call-back-first-response-within-15-min = Oddzwoniono w ciągu 15 min
figure-to-call-back-first-response-within-1-h = Oddzwoniono w ciągu 1 godz.
figure-to-call-back-first-response-within-24-h = Oddzwoniono w ciągu 24 godz.
figure-to-call-back-first-response-same-agent = Oddzwonili ci, u których dzwonił telefon
figure-to-call-back-first-response-colleague = Oddzwonili współpracownicy

## Godziny pracy i dni wolne

figure-answer-rate-in-hours = Odsetek odebranych w godzinach pracy
figure-missed-in-hours = Nieodebrane w godzinach pracy
figure-missed-outside-hours = Nieodebrane poza godzinami pracy
card-hours = { $in } w godzinach pracy, { $outside } poza nimi
foot-hours = Godziny pracy: { $hours }.
working-days = { $n ->
        [one] { $n } dzień roboczy
        [few] { $n } dni robocze
       *[many] { $n } dni roboczych
    }
working-days-differ = { $days }, { $before } { $n }.
working-days-others = Tyle samo dni roboczych, ale innych ({ $before }): { $why }.
working-days-differ-why = { $days }, { $before } { $n }: { $why }.
day-off-named = { $day } – { $name }
day-off-unnamed = { $day } – dzień wolny
day-extra = { $day } – dzień roboczy
days-off-more = { $n ->
        [one] jeszcze { $n } taki dzień
        [few] jeszcze { $n } takie dni
       *[many] jeszcze { $n } takich dni
    }
by-day-days-off = Dni wolne: { $list }.

why-missed = Dlaczego nie odebrano
missed-caption-short = { $n ->
        [one] { $n } połączenie
        [few] { $n } połączenia
       *[many] { $n } połączeń
    }, w tym { $short } zakończone w ciągu { $seconds }{ "\u00A0" }s
missed-no-answer = Nikt nie odebrał
missed-no-answer-or-busy = Nikt nie odebrał lub zajęte
missed-hung-up = Rozłączono się podczas czekania
missed-busy = Telefony zajęte lub wyłączone
missed-voicemail = Poczta głosowa
missed-no-route = Przekierowanie nieudane
answered = odebrane
missed = nieodebrane

## Raporty: do oddzwonienia

to-call-back = Do oddzwonienia
to-call-back-nobody = Nikt nie czeka na oddzwonienie
to-call-back-caption = { $n ->
        [one] { $n } dzwoniący
        [few] { $n } dzwoniących, od najdłużej czekających
       *[many] { $n } dzwoniących, od najdłużej czekających
    }
to-call-back-caption-lost = { $n ->
        [one] { $n } dzwoniący, czeka ponad { $hours }{ "\u00A0" }godz.
        [few] { $n } dzwoniących, od najdłużej czekających; { $lost } ponad { $hours }{ "\u00A0" }godz.
       *[many] { $n } dzwoniących, od najdłużej czekających; { $lost } ponad { $hours }{ "\u00A0" }godz.
    }
to-call-back-reached = { $n ->
        [one] z { $n } kolejnym już się skontaktowano
        [few] z { $n } kolejnymi już się skontaktowano
       *[many] z { $n } kolejnymi już się skontaktowano
    }
to-call-back-response = { $reached }; mediana czasu do pierwszego oddzwonienia wśród osób, do których oddzwoniono w ciągu { $hours }{ "\u00A0" }godz. ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] Jeszcze { $n } dzwoniący czeka
        [few] Jeszcze { $n } dzwoniących czeka
       *[many] Jeszcze { $n } dzwoniących czeka
    } ponad { $days ->
        [one] { $days } dzień
        [few] { $days } dni
       *[many] { $days } dni
    }.
to-call-back-backlog-only = { $n ->
        [one] { $n } dzwoniący czeka
        [few] { $n } dzwoniących czeka
       *[many] { $n } dzwoniących czeka
    } ponad { $days ->
        [one] { $days } dzień
        [few] { $days } dni
       *[many] { $days } dni
    }.
to-call-back-withheld = { $n ->
        [one] Jedno nieodebrane połączenie przyszło z numeru zastrzeżonego.
        [few] { $n } nieodebrane połączenia przyszły z numerów zastrzeżonych.
       *[many] { $n } nieodebranych połączeń przyszło z numerów zastrzeżonych.
    }
to-call-back-unread = { $n ->
        [one] Numeru jednego nieodebranego połączenia nie da się odczytać, więc dzwoniącego nie ma na liście.
        [few] Numerów { $n } nieodebranych połączeń nie da się odczytać, więc dzwoniących nie ma na liście.
       *[many] Numerów { $n } nieodebranych połączeń nie da się odczytać, więc dzwoniących nie ma na liście.
    }
column-caller = Dzwoniący
column-first-missed = Pierwsze nieodebrane
column-source = Źródło
column-since = Co dalej
more-rows = { $n ->
        [one] Jeszcze { $n } dzwoniący, czeka krócej
        [few] Jeszcze { $n } dzwoniących, czekają krócej
       *[many] Jeszcze { $n } dzwoniących, czekają krócej
    }
more-attached = { $more }, w załączonej liście
number-last-4 = …{ $digits }
number-hidden = numer ukryty
since-not-called = jeszcze nie oddzwoniono
since-tried-once = próba: { $when }
since-tried = { $n ->
        [one] { $n } próba
        [few] { $n } próby
       *[many] { $n } prób
    }
since-reached = skontaktowano się: { $when }
since-returned = dzwonił ponownie, odebrano: { $when }
since-again = { $done }; dzwonił ponownie: { $when }

## Raporty: pracownicy, źródła, czas

agents = Pracownicy
agents-caption = odebrane: { $n }
agents-unknown = Osoba nieznana
agents-more = { $n ->
        [one] jeszcze { $n } osoba, odebrane: { $answered }
        [few] jeszcze { $n } osoby, odebrane: { $answered }
       *[many] jeszcze { $n } osób, odebrane: { $answered }
    }
agents-note-lost = Jedno utracone połączenie może dzwonić na kilku telefonach, więc ta kolumna nie sumuje się do { $n }.
column-answered = Odebrane
column-target = Docelowe
column-talk = Śr. rozmowa
column-elsewhere = Dzwonił, odebrał kolega
column-lost = Dzwonił, utracone
column-called-back = Oddzwoniono

## Reports: people and numbers of the directory

agents-numbered = Pracownik { $n }
agents-teams = Zespoły
agents-no-team = Bez zespołu
agents-you = Odbiorca raportu
agents-colleague = Ktoś z zespołu
agents-caption-own = odebrane: { $own }, przez inne osoby: { $others }
agents-not-known = Pracowników nie pokazano: żadne połączenie nie mówi, kto odebrał ani czyj telefon dzwonił.
agents-nobody-called-back = Pracowników nie pokazano: nikt tu nie odebrał połączenia przychodzącego ani nie oddzwonił do oczekującej osoby.
agents-no-teams = Zespołów nie pokazano: nikt na liście pracowników nie ma zespołu.
own-calls = własne połączenia
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = Nie ma na liście pracowników: { $people }. Prosimy dodać nazwę.
unlisted-person = { $who } ({ $n ->
        [one] { $n } połączenie
        [few] { $n } połączenia
        [many] { $n } połączeń
       *[other] { $n } połączenia
    })
unlisted-extension = numer wewnętrzny { $key }
unlisted-hidden = { $n ->
        [one] { $n } telefonu nie ma na liście pracowników.
        [few] { $n } telefonów nie ma na liście pracowników.
        [many] { $n } telefonów nie ma na liście pracowników.
       *[other] { $n } telefonu nie ma na liście pracowników.
    }
unlisted-numbers = Nie ma na liście numerów: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } połączenie
        [few] { $n } połączenia
        [many] { $n } połączeń
       *[other] { $n } połączenia
    })
foot-number-source = Połączenie bez własnego źródła liczy się do źródła wpisanego dla wybranego numeru.
unlisted-more = i jeszcze { $n }
left-out-ignored-number = { $n ->
        [one] { $n } połączenie z ignorowanego numeru
        [few] { $n } połączenia z ignorowanych numerów
        [many] { $n } połączeń z ignorowanych numerów
       *[other] { $n } połączenia z ignorowanych numerów
    }

## Reports: where callers come from

sources = Źródła
sources-more = { $n ->
        [one] jeszcze { $n } źródło,
        [few] jeszcze { $n } źródła,
       *[many] jeszcze { $n } źródeł,
    } { $calls ->
        [one] { $calls } połączenie
        [few] { $calls } połączenia
       *[many] { $calls } połączeń
    }
column-calls = Połączenia
column-share = Udział

when-people-call = Kiedy dzwonią
busiest = Największy ruch: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } połączenie
        [few] { $calls } połączenia
       *[many] { $calls } połączeń
    }
busiest-missed = Największy ruch: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } połączenie
        [few] { $calls } połączenia
       *[many] { $calls } połączeń
    }, w tym nieodebrane: { $missed }
by-day-summary = Połączenia przychodzące: { $bars }
by-hour-summary = Połączenia przychodzące według dnia tygodnia i godziny. { $busiest }

## Raporty: jak liczymy

foot-how = Jak liczymy.
foot-missed = Nieodebrane = nikt nie rozmawiał z dzwoniącym: nikt nie odebrał, rozłączenie podczas czekania, telefony zajęte lub wyłączone, poczta głosowa, przekierowanie nieudane.
foot-rate = Odsetek odebranych = odebrane ÷ (odebrane + nieodebrane).
foot-times = Oczekiwanie i rozmowa to średnie z odebranych połączeń o znanej wartości, bez czasu w menu.
foot-wait-unknown = { $n ->
        [one] Czas oczekiwania { $n } odebranego połączenia nie jest znany.
        [few] Czas oczekiwania { $n } odebranych połączeń nie jest znany.
       *[many] Czas oczekiwania { $n } odebranych połączeń nie jest znany.
    }
foot-talk-unknown = { $n ->
        [one] Czas rozmowy { $n } odebranego połączenia nie jest znany.
        [few] Czas rozmowy { $n } odebranych połączeń nie jest znany.
       *[many] Czas rozmowy { $n } odebranych połączeń nie jest znany.
    }
foot-target = Połączenie docelowe jest tak oznaczone przez źródło, w przeciwnym razie to odebrane połączenie trwające co najmniej { $seconds }{ "\u00A0" }s.
foot-short = Kto rozłączył się podczas oczekiwania w ciągu { $seconds }{ "\u00A0" }s, liczy się jako nieodebrany, ale nie jako osoba do oddzwonienia; kto trafił na zajętą linię lub pocztę głosową, jest osobą do oddzwonienia.
foot-left-out = Pominięto: { $parts }.
foot-nothing-left-out = Nie pominięto żadnego połączenia przychodzącego.
left-out-missed-ivr = zakończone w menu: { $n }
left-out-missed-no-answer = nikt nie odebrał: { $n }
left-out-missed-busy = telefony zajęte: { $n }
left-out-missed-abandoned = zakończone w kolejce: { $n }
left-out-missed-cancelled = zakończone podczas dzwonienia: { $n }
left-out-missed-voicemail = poczta głosowa: { $n }
left-out-missed-no-route = przekierowanie nieudane: { $n }
left-out-system-only = rozmowa tylko z automatem: { $n }
left-out-failed = nieudane: { $n }
left-out-forbidden = zablokowane: { $n }
left-out-in-progress = jeszcze trwające: { $n }
left-out-unknown = { $n ->
        [one] { $n } nieznany status
        [few] { $n } nieznane statusy
       *[many] { $n } nieznanych statusów
    }
left-out-client-no-answer = klient nie odebrał: { $n }
left-out-client-busy = klient zajęty: { $n }
foot-compared = Okres porównawczy: { $period }.
foot-not-compared-not-over = Bez porównania ({ $period }): ten okres jeszcze się nie skończył.
foot-not-compared-incomplete = Bez porównania ({ $period }): ten okres nie jest kompletny.
foot-not-compared-incomplete-before = Bez porównania ({ $period }): dane z tamtego okresu nie są kompletne.
foot-not-compared-no-data = Bez porównania ({ $period }): brak danych z tamtego okresu.
foot-late-calls = { $n ->
        [one] { $n } połączenie z okresu { $period } wpłynęło po sporządzeniu raportu.
        [few] { $n } połączenia z okresu { $period } wpłynęły po sporządzeniu raportu.
       *[many] { $n } połączeń z okresu { $period } wpłynęło po sporządzeniu raportu.
    }
foot-then-now = { $figure }, { $period }: wtedy { $then }, teraz { $now }.
foot-data = Dane: { $calls ->
        [one] { $calls } połączenie
        [few] { $calls } połączenia
       *[many] { $calls } połączeń
    } wszystkich rodzajów, ostatnie { $last }; jeszcze trwające: { $open }, { $unknown ->
        [one] { $unknown } nieznany status
        [few] { $unknown } nieznane statusy
       *[many] { $unknown } nieznanych statusów
    }.
foot-data-none = Dane: żadnego połączenia.
foot-data-none-chosen = Dane: brak połączeń pasujących do filtrów tego raportu.
foot-coverage-whole = Dane obejmują cały okres.
foot-coverage-from = Dane zaczynają się { $from }.
foot-coverage-not-stated = Źródło „{ $source }” nie podaje, do kiedy sięgają jego dane.
foot-coverage-unstated = Żadne źródło nie podaje, do kiedy sięgają jego dane, więc połączenia mogą jeszcze napłynąć.
foot-coverage-behind = Źródło „{ $source }” jest kompletne tylko do { $until }.
foot-made = Sporządzono { $at } ({ $zone }).

note-gap = Zegar pominął godzinę, na którą przypada ten raport; sporządzono go na końcu tej przerwy.
note-overlap = Zegar dwukrotnie wskazał godzinę, na którą przypada ten raport; sporządzono go za pierwszym razem.
note-clamped = Dnia, na który przypada ten raport, nie ma w tamtym miesiącu; sporządzono go ostatniego dnia.
note-day-off = To, co przypadło na dzień wolny, jest w tym raporcie, sporządzonym następnego dnia roboczego.
note-cut-at-31-days = Policzono tu tylko ostatnie 31 dni: poprzedni raport sporządzono dawniej.
note-first = To pierwszy raport tego rodzaju.

## Strony

stop-ask-title = Zrezygnować z tego raportu?
stop-ask-sentence = Na adres { $address } przychodzi raport „{ $report }” projektu { $project }. Nikogo innego to nie dotyczy.
stop-ask-button = Rezygnacja z raportu
stop-ask-note = Nic się nie zmieni przed naciśnięciem jednego z przycisków.
stop-done-title = Zrezygnowano z raportu
stop-done-sentence = Na adres { $address } nie będzie już przychodzić raport „{ $report }” projektu { $project }.
stop-done-note = Innych odbiorców to nie dotyczy.
stop-pause-label = Wstrzymać do
stop-pause-button = Wstrzymanie
stop-project-button = Rezygnacja ze wszystkiego od { $project }
stop-undo-button = Cofnięcie
stop-paused-title = Raport jest wstrzymany
stop-paused-sentence = Na adres { $address } nie będzie przychodzić raport „{ $report }” projektu { $project } do { $until }.
stop-paused-note = Od tego dnia przychodzi znowu sam.
stop-project-title = Zrezygnowano ze wszystkiego od { $project }
stop-project-sentence = Na adres { $address } nic już nie przyjdzie od { $project }: ani raporty, ani powiadomienia.
stop-project-note = Innych to nie dotyczy. Gdy nie ma już nikogo, kto dowiaduje się o pieniądzach, dowiaduje się właściciel.
stop-others-title = Nic już tu nie jest wysyłane
stop-others-sentence = Na adres { $address } nie przychodzi raport „{ $report }” projektu { $project }. Zakończyła to osoba za niego odpowiedzialna albo nasze wiadomości wracały.
stop-others-note = Aby znów go otrzymywać, należy zwrócić się do osoby odpowiedzialnej za raporty projektu { $project }.
stop-undone-title = Raport znów przychodzi
stop-undone-sentence = Na adres { $address } przychodzi raport „{ $report }” projektu { $project }, jak dotąd.
stop-undone-note = To, co w tym czasie wypadło, nie zostanie dosłane.
stop-day-title = Raportu nie można wstrzymać do tego dnia
stop-day-sentence = Prosimy wybrać dzień od jutra, najdalej za rok.
stop-day-note = Niczego nie zmieniono.
stop-unknown-title = Ten link jest nieprawidłowy
stop-unknown-sentence = Mógł zostać ucięty podczas kopiowania. Prosimy otworzyć link w samej wiadomości.
stop-unknown-note = Niczego nie zmieniono.
stop-later-title = Teraz się nie udało
stop-later-sentence = Prosimy spróbować ponownie za kilka minut.
stop-later-note = Niczego nie zmieniono.

## Do właściciela: co się stało z wiadomościami

mail-eyebrow = { $project } · Poczta
mail-column-address = Do
mail-column-what = Co
mail-column-reason = Odpowiedź serwera
mail-column-reference = Numer

mail-unknown-subject = { $project }: { $n ->
        [one] jedna wiadomość mogła
        [few] { $n } wiadomości mogły
       *[many] { $n } wiadomości mogło
    } nie dotrzeć
mail-unknown-title = { $n ->
        [one] Jedna wiadomość mogła nie dotrzeć
        [few] { $n } wiadomości mogły nie dotrzeć
       *[many] { $n } wiadomości mogło nie dotrzeć
    }
mail-unknown-sentence = { $n ->
        [one] Przekazaliśmy ją, ale nie otrzymaliśmy odpowiedzi, czy serwer poczty ją przyjął
        [few] Przekazaliśmy je, ale nie otrzymaliśmy odpowiedzi, czy serwer poczty je przyjął
       *[many] Przekazaliśmy je, ale nie otrzymaliśmy odpowiedzi, czy serwer poczty je przyjął
    }. Aby nikt nie dostał tego samego dwa razy, sami nie wysyłamy ponownie.
mail-unknown-advice = Prosimy zapytać odbiorcę, czy wiadomość dotarła. Osoba, która opiekuje się tą usługą, może wysłać ją ponownie albo zapisać odpowiedź; prosimy podać numer wiadomości. Bez odpowiedzi po siedmiu dniach wiadomość uznaje się za niedostarczoną.

mail-still-unknown-subject = { $project }: { $n ->
        [one] jedną wiadomość uznano za niedostarczoną
        [few] { $n } wiadomości uznano za niedostarczone
       *[many] { $n } wiadomości uznano za niedostarczone
    }
mail-still-unknown-title = { $n ->
        [one] Los jednej wiadomości był nieznany przez siedem dni
        [few] Los { $n } wiadomości był nieznany przez siedem dni
       *[many] Los { $n } wiadomości był nieznany przez siedem dni
    }
mail-still-unknown-sentence = Nikt nie powiedział, czy { $n ->
        [one] dotarła, więc uznaje się ją za niedostarczoną
        [few] dotarły, więc uznaje się je za niedostarczone
       *[many] dotarły, więc uznaje się je za niedostarczone
    }.
mail-still-unknown-advice = Osoba, która opiekuje się tą usługą, może wysłać ponownie; prosimy podać numer wiadomości.

mail-marked-subject = { $project }: { $n ->
        [one] jeden adres nie istnieje
        [few] { $n } adresy nie istnieją
       *[many] { $n } adresów nie istnieje
    }
mail-marked-title = { $n ->
        [one] Jeden adres nie istnieje, informuje jego serwer poczty
        [few] { $n } adresy nie istnieją, informują ich serwery poczty
       *[many] { $n } adresów nie istnieje, informują ich serwery poczty
    }
mail-marked-sentence = { $n ->
        [one] Został oznaczony i nic więcej nie jest tam wysyłane. Osoba, do której była wiadomość, jej nie dostała.
        [few] Zostały oznaczone i nic więcej nie jest tam wysyłane. Osoby, do których były wiadomości, ich nie dostały.
       *[many] Zostały oznaczone i nic więcej nie jest tam wysyłane. Osoby, do których były wiadomości, ich nie dostały.
    }
mail-marked-advice = Jeśli adres jest błędny, należy poprawić go w konfiguracji i ją zastosować. Jeśli znów jest poprawny, osoba, która opiekuje się tą usługą, może usunąć oznaczenie.

mail-refused-subject = { $project }: { $n ->
        [one] odrzucono jedną wiadomość
        [few] odrzucono { $n } wiadomości
       *[many] odrzucono { $n } wiadomości
    }
mail-refused-title = { $n ->
        [one] Jedną wiadomość odrzucono ostatecznie
        [few] { $n } wiadomości odrzucono ostatecznie
       *[many] { $n } wiadomości odrzucono ostatecznie
    }
mail-refused-sentence = Serwer poczty po drugiej stronie nie przyjął { $n ->
        [one] jej. Adres nie jest oznaczony
        [few] ich. Adresy nie są oznaczone
       *[many] ich. Adresy nie są oznaczone
    }: następny raport zostanie wysłany zgodnie z planem.
mail-refused-advice = Odpowiedź serwera jest w tabeli. Gdy przyczyna zniknie, polecenie „resend REFERENCE” wysyła ponownie.

mail-came-back-subject = { $project }: { $n ->
        [one] jedna wiadomość wróciła
        [few] { $n } wiadomości wróciły
       *[many] { $n } wiadomości wróciło
    }
mail-came-back-title = { $n ->
        [one] Jedna wiadomość wróciła po tym, jak ją przyjęto
        [few] { $n } wiadomości wróciły po tym, jak je przyjęto
       *[many] { $n } wiadomości wróciło po tym, jak je przyjęto
    }
mail-came-back-sentence = Nasz serwer poczty przyjął to, co wysłaliśmy, a następny serwer to odesłał: nikt tego nie przeczytał.
mail-came-back-advice = Odpowiedź serwera jest w tabeli. Adres, którego według niego nie ma, nie dostaje już nic z tego projektu, dopóki osoba, która opiekuje się tą usługą, nie dopuści go ponownie. Pozostali dostaną następną wiadomość jak zwykle.

mail-spam-subject = { $project }: { $n ->
        [one] jedną wiadomość zgłoszono jako spam
        [few] { $n } wiadomości zgłoszono jako spam
       *[many] { $n } wiadomości zgłoszono jako spam
    }
mail-spam-title = { $n ->
        [one] Jedną wiadomość odbiorca zgłosił jako spam
        [few] { $n } wiadomości odbiorcy zgłosili jako spam
       *[many] { $n } wiadomości odbiorcy zgłosili jako spam
    }
mail-spam-sentence = Taki adres nie dostaje już nic z tego projektu. Usługi pocztowe liczą te zgłoszenia, a gdy jest ich za dużo, wiadomości do wszystkich nie trafiają do skrzynki odbiorczej.
mail-spam-advice = Należy zapytać odbiorcę, czy chce dostawać wiadomości. Jeśli tak, osoba, która opiekuje się tą usługą, może ponownie dopuścić adres.
mail-lift-note = Dla osoby, która opiekuje się tą usługą: polecenie „suppressions lift ADDRESS --reason …” ponownie dopuszcza adres.

mail-held-subject = { $project }: wysyłka wstrzymana, serwer poczty odrzuca nasze wiadomości
mail-held-title = Serwer poczty odrzuca wszystko, więc przestaliśmy przez niego wysyłać
mail-held-sentence = Kilka adresów w ciągu dziesięciu minut dostało tę samą odmowę. Chodzi więc o nadawcę, nie o nie: { $n ->
        [one] wiadomość wróciła
        [few] { $n } wiadomości wróciły
       *[many] { $n } wiadomości wróciło
    } do kolejki i żaden adres nie jest oznaczony.
mail-held-advice = Należy sprawdzić adres nadawcy, jego wpisy SPF i DKIM oraz odpowiedź serwera poniżej. Wysyłka ruszy sama, gdy serwer znów zacznie przyjmować wiadomości; co nie zostanie wysłane na czas, wygaśnie, o czym Państwa powiadomimy.

mail-expired-subject = { $project }: { $n ->
        [one] jednej wiadomości
        [few] { $n } wiadomości
       *[many] { $n } wiadomości
    } nie wysłano na czas
mail-expired-title = { $n ->
        [one] Jednej wiadomości nie udało się wysłać na czas
        [few] { $n } wiadomości nie udało się wysłać na czas
       *[many] { $n } wiadomości nie udało się wysłać na czas
    }
mail-expired-sentence = Próbowaliśmy, dopóki { $n ->
        [one] mogła się jeszcze przydać
        [few] mogły się jeszcze przydać
       *[many] mogły się jeszcze przydać
    }, a potem zrezygnowaliśmy.
mail-expired-advice = Polecenie „explain --to ADDRESS” pokazuje każdą próbę. „resend REFERENCE” mimo to wysyła.

mail-more = { $n ->
        [one] i jeszcze { $n }
        [few] i jeszcze { $n }
       *[many] i jeszcze { $n }
    }

mail-unsendable-subject = { $project }: { $n ->
        [one] jednej wiadomości
        [few] { $n } wiadomości
       *[many] { $n } wiadomości
    } nie można wysłać
mail-unsendable-title = { $n ->
        [one] Jednej wiadomości nie można wysłać w tej postaci
        [few] { $n } wiadomości nie można wysłać w tej postaci
       *[many] { $n } wiadomości nie można wysłać w tej postaci
    }
mail-unsendable-sentence = Nic od nas nie wyszło i nikt { $n ->
        [one] jej nie odrzucił: przyczyna leży po naszej stronie i jest podana
        [few] ich nie odrzucił: przyczyny leżą po naszej stronie i są podane
       *[many] ich nie odrzucił: przyczyny leżą po naszej stronie i są podane
    } w tabeli.
mail-unsendable-advice = Adres z literami takimi jak ü lub б przed znakiem @ wymaga serwera poczty z obsługą SMTPUTF8: należy dodać taki serwer w ustawieniach albo podać inny adres. Gdy przyczyna zniknie, polecenie „resend REFERENCE” wysyła ponownie.

## Wiersze pod wiadomością, różne dla każdego odbiorcy

foot-why-role = Ten raport przychodzi { $rule } ({ $zone }). Rola w projekcie { $project }: { $role }.
foot-why-address = Ten raport przychodzi { $rule } ({ $zone }), ponieważ ten adres jest na liście projektu { $project }.
foot-why-several = Ten raport przychodzi { $rule } ({ $zone }), ponieważ ten adres jest na liście odbiorców.
foot-why-several-role = Ten raport przychodzi { $rule } ({ $zone }). Rola w jego projektach: { $role }.
foot-why-sample = To próbka, o którą ktoś poprosił; sam raport przychodzi { $rule } ({ $zone }).
foot-next = Następny: { $day }.
foot-next-at = Następny: { $day }, { $time }.
foot-attached = W załączniku: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } strona
        [few] { $pages } strony
       *[many] { $pages } stron
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } w archiwum ZIP
foot-too-large = Za duże dla wiadomości, pominięto: { $list }.
foot-several-tables = W załączonych tabelach, dla każdego projektu: { $list }.
foot-stop = Rezygnacja z raportu
foot-reference = Numer { $reference }
foot-or = { $first } i { $last }

role-owner = właściciel
role-manager = kierownik
role-finance = kontakt finansowy
role-ops = kontakt techniczny
role-support = kierownik obsługi klienta
role-agent = pracownik
role-viewer = odbiorca

rule-day = codziennie o { $at }
rule-weekday = w każdy dzień roboczy o { $at }
rule-week = co { $days } o { $at }
rule-month = { $days } każdego miesiąca o { $at }
rule-quarter = { $days } każdego kwartału o { $at }
rule-quarter-day = { $day }. dnia { $month ->
        [1] pierwszego
        [2] drugiego
       *[3] trzeciego
    } miesiąca
rule-year = co rok { $days } o { $at }
rule-cron = według reguły { $rule }
rule-month-day = { $day }. dnia
rule-month-last = ostatniego dnia
rule-month-last-business-day = ostatniego dnia roboczego
rule-month-nth-business-day = { $nth }. dnia roboczego
# $day: 3, 6 i 7 rodzaju żeńskiego
rule-month-nth = { $day ->
        [3] w { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[5] piątą
        }
        [6] w { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[5] piątą
        }
        [7] w { $nth ->
            [1] pierwszą
            [2] drugą
            [3] trzecią
            [4] czwartą
           *[5] piątą
        }
       *[1] w { $nth ->
            [1] pierwszy
            [2] drugi
            [3] trzeci
            [4] czwarty
           *[5] piąty
        }
    } { $weekday }
rule-month-last-weekday = { $day ->
        [3] w ostatnią
        [6] w ostatnią
        [7] w ostatnią
       *[1] w ostatni
    } { $weekday }

## Do właściciela: raportu nie udało się sporządzić

failed-subject = { $project }: raportu „{ $report }” nie udało się sporządzić
failed-eyebrow = { $project } · Raporty
failed-title = Raportu „{ $report }” z { $occurrence } nie udało się sporządzić
failed-title-sample = Próbki raportu „{ $report }” nie udało się sporządzić
failed-sentence = Nikt go nie dostał. Następny zostanie sporządzony zgodnie z planem.
failed-because = { $reason ->
        [unknown_report] harmonogram wskazuje raport, który nie istnieje
        [unknown_zone] strefa czasowa harmonogramu nie jest tu znana
        [unreadable] zapisanych dla niego danych ta wersja programu nie potrafi odczytać
        [builder_died] program kończył się pięć razy, zanim raport był gotowy
       *[report_not_made] nie udało się obliczyć jego danych
    }
failed-advice = Przyczyna: { $because }. Polecenie „explain” z adresem odbiorcy powie więcej; „send-now { $schedule }” sporządzi raport ponownie, gdy przyczyna zniknie.

## Do obsługi: przez pewien czas nic nie działało

down-subject = Nic nie działało przez { $span }; { $n ->
    [one] w tym czasie przypadł jeden harmonogram
    [few] w tym czasie przypadły { $n } harmonogramy
    [many] w tym czasie przypadło { $n } harmonogramów
   *[other] w tym czasie przypadło { $n } harmonogramu
}
down-title = Od { $from } do { $to } (UTC) nic nie działało
down-sentence = { $n ->
    [one] W tym czasie przypadł jeden harmonogram. Jego raport jest teraz sporządzany z opóźnieniem albo pomijany, zależnie od jego „catch_up”.
    [few] W tym czasie przypadły { $n } harmonogramy. Ich raporty są teraz sporządzane z opóźnieniem albo pomijane, zależnie od „catch_up” każdego z nich.
    [many] W tym czasie przypadło { $n } harmonogramów. Ich raporty są teraz sporządzane z opóźnieniem albo pomijane, zależnie od „catch_up” każdego z nich.
   *[other] W tym czasie przypadło { $n } harmonogramu. Ich raporty są teraz sporządzane z opóźnieniem albo pomijane, zależnie od „catch_up” każdego z nich.
}
down-advice = Polecenia „deliveries” i „explain” mówią, co się z każdym stało. Aby następnym razem ktoś podniósł alarm, proszę podać monitor w ustawieniu „heartbeat_url”.

## Wiersze pod powiadomieniem dla właściciela

owner-why-role = Ta wiadomość przychodzi do właściciela projektu { $project }.
owner-why-operations = Ta wiadomość przychodzi, ponieważ ten adres podano w sekcji [operations] ustawień tej usługi.
owner-installation = Raporty połączeń
owner-notice-of-kind = { $kind ->
        [paid_until] ostrzeżenie: opłacony okres
        [trial] ostrzeżenie: okres próbny
        [funds] ostrzeżenie: środki się kończą
        [low_balance] ostrzeżenie: niskie saldo
        [balance_negative] ostrzeżenie: brak środków
        [topup_failed] ostrzeżenie: doładowanie nie powiodło się
        [status] powiadomienie: stan projektu
        [recovered] powiadomienie: wszystko znów w porządku
        [digest] kilka wiadomości w jednej
        [test] test
       *[other] powiadomienie
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, próbka
owner-reason-lease = proces wysyłający zakończył się, zanim przyszła odpowiedź
owner-reason-broke = połączenie zerwało się, zanim przyszła odpowiedź
owner-reason-too-late = było za późno, by wiadomość się jeszcze przydała
owner-reason-no-answer = nikt nie powiedział, jak to się skończyło
owner-reason-no-relay = żaden z naszych serwerów poczty nie przyjmuje adresu z takimi literami (SMTPUTF8)
owner-reason-address = takiego adresu nie można umieścić w wiadomości
owner-reason-composing = nie udało się złożyć wiadomości

## Na co trzeba zwrócić uwagę, i cisze
watch-topic = Ktoś powinien spojrzeć
watch-said = Ostatnia odpowiedź
watch-reports-title = Raporty nie wychodzą
watch-reports-sentence = Najstarszy czeka od { $since } i żaden serwer poczty go jeszcze nie przyjął. Gdy tylko to się uda, wszystko wyjdzie z opóźnieniem.
watch-reports-advice = „deliveries --state queued” pokazuje, co czeka, a „explain” mówi, na co.
watch-lane-title = { $name } jest niedostępny
watch-lane-sentence = Od { $since } nic przez niego nie przeszło. To, co miało tędy iść, czeka albo idzie inną drogą, jeśli taka jest.
watch-lane-advice = Próby trwają same. Polecenie „check-config” pokazuje używane ustawienia.
watch-source-title = Z { $name } nie przychodzą połączenia
watch-source-sentence = Ostatnia wiadomość jest z { $since }. Od tego czasu w raportach brakuje jego połączeń.
watch-source-advice = Należy sprawdzić połączenie lub importowane pliki. To, co przyjdzie później, liczy się w następnym raporcie.
watch-balance-title = Nikt już nie podaje salda „{ $name }”
watch-balance-sentence = Ostatnie jest z { $since }. Ostrzeżenia o pieniądzach nadal się na nim opierają, więc mogą być nieaktualne, i żadne się przez nie nie kończy.
watch-balance-advice = Należy sprawdzić program, który je podaje, albo ustawić je poleceniem „balance set”.
watch-money-source-title = Nie można odpytać źródła sald „{ $name }”
watch-money-source-sentence = Od { $since } nie udało się żadne zapytanie. Salda pozostają takie, jak podano je ostatnio, i na nich opierają się ostrzeżenia o pieniądzach.
watch-money-source-advice = Polecenie „balance fetch { $name } --dry-run” odpytuje je teraz i mówi, co jest nie tak.
watch-usage-title = Nikt już nie podaje wydatków z salda „{ $name }”
watch-usage-sentence = Pierwszym dniem bez podanych wydatków jest { $day }. Prognozy i ostrzeżenia o pieniądzach opierają się na wcześniejszych dniach, a ostrzeżenie kończy tylko wpłata.
watch-usage-advice = Należy sprawdzić program lub zapytanie, które je podaje. To, co przyjdzie później, liczy się od razu.

silence-topic = Cisza
silence-reason = Dlaczego
silence-over-title = Cisza się skończyła
silence-over-sentence = Od { $since } zatrzymano: { $n ->
        [0] nic
        [one] { $n } powiadomienie
        [few] { $n } powiadomienia
       *[many] { $n } powiadomień
    }. Prosił o to { $who }. Od teraz takie powiadomienia znów przychodzą.
silence-over-advice = To, co zatrzymano, nie zostanie dosłane: warto sprawdzić, jak sprawy stoją.

## Subskrypcje zdarzeń usługi pocztowej
sns-topic = Zdarzenia poczty
sns-topic-name = Temat
sns-link = Łącze potwierdzające
sns-begin-title = Amazon SNS pyta, czy subskrypcja jest zamierzona
sns-begin-sentence = Dopóki nikt nie potwierdzi, zdarzenia SES tu nie docierają. Nic nie potwierdza się samo.
sns-begin-advice = Jeśli ktoś z was ją założył, należy w ciągu trzech dni otworzyć łącze w przeglądarce. Jeśli nie, nie trzeba nic robić.
sns-end-title = Subskrypcja Amazon SNS zakończyła się
sns-end-sentence = Zdarzenia SES już tu nie docierają: o tym, co wraca, nikt się nie dowie.
sns-end-advice = Jeśli nikt nie chciał jej kończyć, łącze ją wznawia.

## Test kanału

test-subject = TEST: powiadomienia { $project } docierają do odbiorcy ({ $channel })
test-eyebrow = { $project } · Test
test-title = TEST: ten kanał działa
test-sentence = O ten test prosi { $actor }. Nic się nie stało i nic nie trzeba robić.
test-advice = Powiadomienia { $project } mogą przychodzić tą drogą.
test-fact-channel = Kanał
test-fact-address = Do
test-fact-asked = Zamówiono
test-sms = TEST: powiadomienia { $project } docierają przez SMS. O test prosi { $actor }; nic się nie stało.
test-why = Ta wiadomość przychodzi, bo { $actor } wybiera tego odbiorcę do testu.
test-channel-email = e-mail
test-channel-sms = SMS
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = webhook

## Kod potwierdzający numer

code-subject = { $project }: kod potwierdzający numer
code-sms = { $code } to kod dla SMS od { $project }. Potwierdza ten numer i wygasa po 10 minutach. Nieoczekiwany? Prosimy o zignorowanie.

## Raporty: filtry, lista połączeń, nazwy kolumn, kilka projektów

only = Tylko: { $what }
only-or = { " lub " }
only-agent = pracownik { $names }
only-team = zespół { $names }
only-number = numer { $names }
only-queue = kolejka { $names }
only-department = dział { $names }
only-stream = połączenia z { $names }
only-source = źródło { $names }
only-medium = medium { $names }
only-campaign = kampania { $names }
only-tag = znacznik { $names }
only-at-least = { $least } lub dłużej
only-at-most = { $most } lub krócej
only-between = od { $least } do { $most }
only-in-hours = w godzinach pracy
only-outside-hours = poza godzinami pracy
only-first-time = dzwoniący po raz pierwszy
only-not-first-time = dzwoniący nie po raz pierwszy
direction-inbound = przychodzące
direction-outbound = wychodzące
direction-callback = prośba o oddzwonienie
direction-internal = wewnętrzne
direction-transit = tranzytowe
direction-unknown = kierunek nieznany
status-answered = odebrane
status-missed = nieodebrane
status-missed-no-answer = nikt nie odebrał
status-missed-busy = telefony zajęte
status-missed-abandoned = rozłączono się w kolejce
status-missed-cancelled = rozłączono się podczas dzwonienia
status-missed-voicemail = poczta głosowa
status-missed-ivr = zakończone w menu
status-missed-no-route = przekierowanie nieudane
status-client-not-reached = klient nieosiągnięty
status-client-no-answer = klient nie odebrał
status-client-busy = u klienta zajęte
status-failed = nieudane
status-forbidden = zabronione
status-system-only = tylko automat
status-in-progress = w toku
status-unknown = status nieznany
status-left-out = nieuwzględnione
answered-by-human = człowiek
answered-by-voicemail = poczta głosowa
answered-by-ivr = menu
answered-by-none = nikt
answered-by-unknown = nie wiadomo
call-list = Połączenia
listen = Nagranie
number-withheld = zastrzeżony
yes = tak
no = nie
origin-not-tracked = (nieśledzone)
origin-not-shown = (nie pokazano)
sources-not-known = Nie wiadomo, skąd dzwoniono. Osoba, która ustawiła ten raport, może podać to dla każdego z numerów.
by-hour-averages = Średnio w dniu tygodnia: { $list }
several-exceptions = Wymaga uwagi
several-nothing = Nic nie wymaga uwagi: nikt nie czeka, nie brakuje danych.
several-what = Co
several-no-data = brak danych za ten okres
several-unknown = { $n ->
        [one] { $n } projekt nie ma danych za ten okres, a to nie to samo co brak połączeń.
        [few] { $n } projekty nie mają danych za ten okres, a to nie to samo co brak połączeń.
       *[many] { $n } projektów nie ma danych za ten okres, a to nie to samo co brak połączeń.
    }
several-title-unknown = Brak danych dla { $n } z { $all } projektów
several-subject-unknown = { $calls }, brak danych dla { $n ->
        [one] { $n } projektu
        [few] { $n } projektów
       *[many] { $n } projektów
    }
several-no-calls = Brak połączeń { $when } ({ $projects }).
several-behind = brakuje połączeń po { $until } ({ $source })
several-own-unknown = nie można wyodrębnić własnych połączeń
several-goal = { $figure }: { $value }, cel { $goal }
several-zone = Każdy projekt liczony jest w dniach i godzinach strefy { $zone }.
several-own-rights = Są tu tylko projekty, w których odbiorca ma rolę.
several-more-to-call = Jeszcze { $n }, w raporcie tego projektu
table-project-id = Klucz projektu
table-project = Projekt
table-date = Data
table-weekday = Dzień tygodnia
table-hour = Godzina
table-reason = Przyczyna
table-agent-id = Klucz pracownika
table-kind = Rodzaj wiersza
kind-person = osoba
kind-team = zespół
kind-no-team = bez zespołu
kind-unknown = nieznana
table-agent-name = Nazwisko pracownika
table-agent = Pracownik
table-team = Zespół
table-source = Źródło
table-medium = Medium
table-campaign = Kampania
table-calls = Połączenia
table-answered = Odebrane
table-answer-rate = Odsetek odebranych
table-missed = Nieodebrane
table-target = Docelowe
table-share = Udział
table-previous-calls = Połączenia wcześniej
table-previous-answered = Odebrane wcześniej
table-previous-target = Docelowe wcześniej
table-to-call-back = Do oddzwonienia
table-days = Dni
table-average = Średnio
table-client-number = Dzwoniący
table-tries = Próby
table-waited-sec = Oczekiwanie łącznie
table-first-missed-at = Pierwsze nieodebrane
table-attempts = Nasze próby
table-last-attempt-at = Nasza ostatnia próba
table-reached-at = Skontaktowano się
table-talk-sec = Rozmowa
table-talk-avg-sec = Średnia rozmowa
table-rang-colleague-answered = Dzwonił, odebrał kolega
table-rang-caller-lost = Dzwonił, utracone
table-called-back = Oddzwoniono
table-answered-share = Udział w odebranych
table-outbound = Połączenia wychodzące
table-outbound-reached = Wychodzące, połączono
table-started-at = Początek
table-direction = Kierunek
table-status = Wynik
table-wait-sec = Oczekiwanie
table-origin = Skąd
table-tracking-number = Wybrany numer
table-call-id = Połączenie
table-raw-status = Status w źródle
table-answered-by = Odebrał
table-answered-at = Odebrano o
table-ended-at = Koniec
table-ring-sec = Dzwonienie
table-ivr-sec = Menu
table-hold-sec = Zawieszone
table-wrap-sec = Po połączeniu
table-duration-sec = Czas trwania
table-from-number = Od
table-to-number = Do
table-queue = Kolejka
table-department = Dział
table-is-target = Docelowe
table-is-first-call = Pierwsze połączenie
table-is-repeat = Powtórne
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = Pierwsze utm source
table-first-utm-medium = Pierwsze utm medium
table-first-utm-campaign = Pierwsze utm campaign
table-first-utm-content = Pierwsze utm content
table-first-utm-term = Pierwsze utm term
table-landing = Strona docelowa
table-referrer = Strona odsyłająca
table-client-id = Id odwiedzającego
table-tags = Znaczniki
table-cost = Koszt
table-currency = Waluta
table-hangup-cause = Przyczyna rozłączenia
table-ended-by = Zakończył
table-linked-id = Powiązane połączenie
table-merged-into = Połączone z
table-region = Region
table-category = Kategoria
table-rating = Ocena
table-comment = Komentarz
table-visitor-id = Odwiedzający
table-id-is-synthetic = Id nadane przez nas
table-recording-url = Nagranie
call-list-more = { $n ->
        [one] jeszcze { $n } połączenie
        [few] jeszcze { $n } połączenia
       *[many] jeszcze { $n } połączeń
    }
call-list-more-attached = { $n ->
        [one] jeszcze { $n } połączenie, w załączonym pliku
        [few] jeszcze { $n } połączenia, w załączonym pliku
       *[many] jeszcze { $n } połączeń, w załączonym pliku
    }
call-list-more-print = { $n ->
        [one] Jeszcze { $n } połączenia nie wydrukowano.
        [few] Jeszcze { $n } połączeń nie wydrukowano.
       *[many] Jeszcze { $n } połączeń nie wydrukowano.
    }
call-list-more-print-attached = { $n ->
        [one] Jeszcze { $n } połączenia nie wydrukowano; jest w załączonej liście.
        [few] Jeszcze { $n } połączeń nie wydrukowano; są w załączonej liście.
       *[many] Jeszcze { $n } połączeń nie wydrukowano; są w załączonej liście.
    }
several-projects = { $n ->
        [one] { $n } projekt
        [few] { $n } projekty
       *[many] { $n } projektów
    }
several-lead = Odebrano { $rate } z { $n ->
        [one] { $n } połączenia
        [few] { $n } połączeń
       *[many] { $n } połączeń
    } ({ $projects }).
several-to-call-back = { $n ->
        [one] { $n } osoba do oddzwonienia, czeka od { $when }
        [few] { $n } osoby do oddzwonienia, pierwsza czeka od { $when }
       *[many] { $n } osób do oddzwonienia, pierwsza czeka od { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } osoba do oddzwonienia
        [few] { $n } osoby do oddzwonienia
       *[many] { $n } osób do oddzwonienia
    }, w tym czekających ponad { $days ->
        [one] { $days } dzień
        [few] { $days } dni
       *[many] { $days } dni
    }: { $backlog }

## Do odpowiedzialnego: raport jest wstrzymany, bo brakuje połączeń

held-subject = { $project }: raport „{ $report }” jest wstrzymany, brakuje połączeń
held-title = Raport „{ $report }” czeka na połączenia
held-sentence = Termin raportu: { $due } ({ $zone }). Nie został wysłany, bo nie ma jeszcze wszystkich połączeń z tego okresu.
held-advice = Zostanie wysłany sam, gdy brakujące połączenia zostaną zaimportowane. Jeśli nie pojawią się do { $until }, raport przepada.
held-advice-now = Aby wysłać go teraz w obecnej postaci, służy polecenie „send-now { $schedule } --waiting”.
held-source = Brakuje

gave-up-subject = { $project }: raport „{ $report }” nie został wysłany, brakuje połączeń
gave-up-title = Raport „{ $report }” nie został wysłany
gave-up-sentence = Termin raportu: { $due } ({ $zone }). Był wstrzymany do { $until }; oczekiwane połączenia się nie pojawiły.
gave-up-advice = Nikt go nie dostał. Następny zostanie sporządzony zgodnie z planem. Gdy połączenia się pojawią, „send-now { $schedule }” wyśle próbkę z ostatniego pełnego okresu.

## Attached files: headings of columns and sheets

sheet-figures = Wskaźniki
sheet-figure = Wskaźnik
sheet-value = Wartość
sheet-how-we-count = Jak liczymy
sheet-empty = Brak wierszy
sheet-more-rows = { $n ->
        [one] Jeszcze { $n } wiersz nie mieści się w arkuszu; jest w plikach CSV i JSON.
        [few] Jeszcze { $n } wiersze nie mieszczą się w arkuszu; są w plikach CSV i JSON.
       *[many] Jeszcze { $n } wierszy nie mieści się w arkuszu; są w plikach CSV i JSON.
    }
sheet-to-call-back = Do oddzwonienia
sheet-agents = Pracownicy
sheet-sources = Źródła
sheet-by-day = Według dni
sheet-by-hour = Według godzin
sheet-call-list = Połączenia
sheet-missed-reasons = Przyczyny
sheet-projects = Projekty
sheet-previous = Poprzednio
sheet-delta = Zmiana
sheet-in-seconds = { $name }, sekundy

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] Jeszcze { $n } wiersz, pominięty tu, aby wiadomość była krótka.
        [few] Jeszcze { $n } wiersze, pominięte tu, aby wiadomość była krótka.
       *[many] Jeszcze { $n } wierszy, pominiętych tu, aby wiadomość była krótka.
    }
projects-not-shown = { $n ->
        [one] Jeszcze { $n } projekt, tu bez szczegółów, aby wiadomość była krótka.
        [few] Jeszcze { $n } projekty, tu bez szczegółów, aby wiadomość była krótka.
       *[many] Jeszcze { $n } projektów, tu bez szczegółów, aby wiadomość była krótka.
    }
lines-not-shown = { $n ->
        [one] Jeszcze { $n } taki wiersz, pominięty tu, aby wiadomość była krótka.
        [few] Jeszcze { $n } takie wiersze, pominięte tu, aby wiadomość była krótka.
       *[many] Jeszcze { $n } takich wierszy, pominiętych tu, aby wiadomość była krótka.
    }
too-large-subject = { $project }: { $n ->
        [one] załącznik jest za duży
        [few] { $n } załączniki są za duże
       *[many] { $n } załączników jest za dużych
    } dla wiadomości
too-large-eyebrow = Załączniki
too-large-title = { $project }: pominięto { $n ->
        [one] załącznik
        [few] { $n } załączniki
       *[many] { $n } załączników
    }
too-large-sentence = Raport „{ $report }” za { $occurrence } wysłano bez { $n ->
        [one] pliku { $list }: z nim
        [few] plików { $list }: z nimi
       *[many] plików { $list }: z nimi
    } wiadomość przekroczyłaby { $size }{ "\u00A0" }MB. Liczby w samej wiadomości są kompletne.
too-large-sentence-sample = Próbkę raportu „{ $report }” wysłano bez { $n ->
        [one] pliku { $list }: z nim
        [few] plików { $list }: z nimi
       *[many] plików { $list }: z nimi
    } wiadomość przekroczyłaby { $size }{ "\u00A0" }MB. Liczby w samej wiadomości są kompletne.
too-large-advice = Raport można zawęzić filtrami lub kolumnami, wybrać krótszy okres albo pobrać { $n ->
        [one] plik
        [few] pliki
       *[many] pliki
    } poleceniem `preview`.

## Ostrzeżenia o pieniądzach i działaniu usługi

date-named = { $day } ({ $weekday })
date-named-short = { $day } ({ $weekday })

alert-what-project = środki
alert-what-forwarding = środki na przekierowania
alert-what-other = środki „{ $name }”
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = opłacony okres
alert-topic-trial = okres próbny
alert-topic-status = stan
alert-subject = { $project }: { $what }
alert-subject-funds = Zapłać do { $payby }: { $what } projektu { $project } mogą się skończyć { $end }
alert-subject-paid = Zapłać do { $payby }: opłacony okres projektu { $project } kończy się { $end }
alert-subject-funds-today = Zapłać dzisiaj: { $what } projektu { $project } mogą się skończyć { $end }
alert-subject-paid-today = Zapłać dzisiaj: opłacony okres projektu { $project } kończy się { $end }
alert-preview = Saldo { $balance }. Doładowanie { $sum } wystarczy do { $day }.
alert-paid-title = opłacony okres kończy się { $day }
alert-paid-then = Potem dostawca może zawiesić usługę.
alert-paid-over-title = opłacony okres skończył się { $day }
alert-paid-over-then = Usługa może zostać zawieszona w każdej chwili. Wpłata temu zapobiegnie.
alert-paid-again-title = opłacono do { $day }, dziękujemy
alert-trial-title = okres próbny kończy się { $day }
alert-trial-then = Potem usługa przestanie działać, chyba że zostanie wybrany abonament.
alert-trial-over-title = okres próbny skończył się { $day }
alert-trial-over-then = Usługa ruszy ponownie po wybraniu abonamentu.
alert-funds-title = { $what } mogą się skończyć { $day }
alert-funds-title-past = { $what } mogły się skończyć { $day }
alert-funds-title-soon = { $what } mogą się wkrótce skończyć
alert-low-title = { $what }: zostało mniej niż { $sum }
alert-low-title-plain = { $what } są na wyczerpaniu
alert-owes-title = { $project }: zadłużenie { $sum }
alert-empty-title = { $project }: { $what } zostały wyczerpane
alert-empty-since = Wiadomo od { $at } ({ $zone }).
alert-empty-then = Co przez to wyłączono: { $off }.
alert-empty-then-other = Dostawca może wyłączyć to, co jest opłacane z tych środków.
alert-topup-title = doładowanie { $sum } nie powiodło się
alert-topup-title-plain = doładowanie nie powiodło się
alert-topup-why = Podany powód: { $why }.
alert-recovered-title = { $what } są znów wystarczające, dziękujemy
alert-suspended-title = { $project }: usługa zawieszona
alert-suspended-since = Od { $at } ({ $zone }).
alert-suspended-then = Część usługi jest wyłączona. Jeśli brakuje pieniędzy, przywróci ją wpłata; jeśli nie, przyczynę zna dostawca.
alert-reactivated-title = { $project }: usługa znów działa
alert-reactivated-since = Aktywna od { $at } ({ $zone }).
alert-archived-title = { $project }: projekt zarchiwizowany
alert-archived-since = Od { $at } ({ $zone }).
alert-archived-then = To ostatnia wiadomość na ten temat: raporty połączeń nie będą już wysyłane. Projekt może przywrócić tylko dostawca.
alert-usual-until = Przy zwykłych wydatkach wystarczą do { $day }.
alert-usual-long = Przy zwykłych wydatkach wystarczą na ponad rok.
alert-ends = { $what } mogą się skończyć { $earliest }; przy zwykłych wydatkach wystarczą do { $expected }.
alert-ends-earliest = { $what } mogą się skończyć { $earliest }; przy zwykłych wydatkach wystarczą na ponad rok.
alert-ends-long = Wystarczą na ponad rok.
alert-too-little = Saldo jest znane ({ $sum }), ale wydatki tylko z { $n ->
        [one] { $n } dnia
        [few] { $n } dni
        [many] { $n } dni
       *[other] { $n } dnia
    }, więc nie da się powiedzieć, na jak długo wystarczy.
alert-too-little-plain = Wydatki są znane tylko z { $n ->
        [one] { $n } dnia
        [few] { $n } dni
        [many] { $n } dni
       *[other] { $n } dnia
    }, więc nie da się powiedzieć, na jak długo wystarczą.
alert-no-spend = W ciągu ostatnich 28 dni nic nie wydano; końca nie widać.
alert-pay-by = Przelew trwa { $n ->
        [one] około { $n } dnia roboczego
        [few] około { $n } dni roboczych
        [many] około { $n } dni roboczych
       *[other] około { $n } dnia roboczego
    }, dlatego prosimy o wpłatę do { $day }.
alert-pay-by-plain = Prosimy o wpłatę do { $day }.
alert-pay-by-today = To ostatni dzień, w którym przelew dotrze na czas: prosimy o wpłatę { $day }.
alert-today = dzisiaj
alert-pay-by-past = Ostatnim dniem wpłaty na czas był { $day }; prosimy zapłacić w najszybszy możliwy sposób.
alert-stale = Ostatnie znane saldo pochodzi z { $at } ({ $zone }); teraz może być lepsze albo gorsze.
alert-usage-untold = Ostatnim dniem, z którego znane są wydatki, jest { $day }; prognoza opiera się na dniach do tego dnia włącznie.
alert-cannot-wait = To nie może czekać do rana następnego dnia roboczego, dlatego przychodzi teraz.
alert-then = Jeśli się skończą: { $off }.
alert-off-forwarding = przekierowane połączenia nie są już zestawiane
alert-off-other = dostawca może wyłączyć to, co jest z nich opłacane
alert-add = Doładuj { $sum }
alert-sms-pay = Prosimy o wpłatę { $sum } do { $day }.
alert-sms-stale = Ostatnie saldo: { $day }.
alert-sms-balance = Saldo: { $sum }.
alert-sms-late = Przelew nie zdąży: prosimy o wpłatę { $sum } najszybszym sposobem.
alert-sms-late-plain = Przelew nie zdąży: prosimy o wpłatę najszybszym sposobem.
alert-pay-now = Zapłać teraz
alert-choose-plan = Wybierz abonament
alert-covers = { $sum } wystarczy do { $day }, także w ruchliwym miesiącu; netto, bez podatku.
alert-how = Skąd to wiemy
alert-fact-balance = Saldo
alert-as-of = stan z { $at } ({ $zone })
alert-fact-credit = Limit kredytowy
alert-fact-spend = Zwykłe wydatki
alert-a-day = { $sum } dziennie
alert-by-week = { $work } w dni robocze, { $weekend } w weekendy
alert-fact-charge = Znane obciążenie
alert-charge-on = { $sum }, { $day }
alert-fact-earliest = Najwcześniejszy koniec
alert-if-busy = licząc ostrożnie, według ruchliwszych dni z ostatnich czterech tygodni
alert-fact-expected = Oczekiwany koniec
alert-at-usual = przy zwykłych wydatkach
alert-beyond = za ponad rok
alert-walk = Dzień po dniu
alert-walk-caption = Saldo na koniec każdego dnia, { $currency }
alert-column-day = Dzień
alert-column-expected = Oczekiwane
alert-column-busy = Ostrożnie
alert-walk-more = { $n ->
        [one] jeszcze { $n } dzień
        [few] jeszcze { $n } dni
        [many] jeszcze { $n } dni
       *[other] jeszcze { $n } dnia
    }
alert-note-pay-by = ostatni dzień na wpłatę
alert-note-earliest = najwcześniejszy koniec
alert-note-expected = oczekiwany koniec
alert-told = Powiadomiono: { $names }.
alert-next = Następne przypomnienie: { $day }.
alert-next-also = Następne przypomnienie: { $day }, także: { $names }.
alert-next-paid = Wpłata je odwoła.
alert-next-plan = Wybór planu je odwoła.
alert-how-counted = Zwykłe wydatki to średnia z czterech ostatnich takich samych dni tygodnia; doładowania i stałe opłaty pominięto; dni według czasu lokalnego ({ $zone }).
alert-why-finance = Ta wiadomość przychodzi do osoby odpowiedzialnej za finanse projektu { $project }.
alert-why-ops = Ta wiadomość przychodzi do osoby, która dba o działanie projektu { $project }.

# Several warnings of one morning in one mail.
joined-eyebrow = Razem w jednej wiadomości
joined-title = { $n ->
        [one] { $n } projekt potrzebuje środków
        [few] { $n } projekty potrzebują środków
        [many] { $n } projektów potrzebuje środków
       *[other] { $n } projektu potrzebuje środków
    }
joined-title-one = { $project }: potrzebne środki
joined-subject = { $n ->
        [one] { $n } projekt potrzebuje środków
        [few] { $n } projekty potrzebują środków
        [many] { $n } projektów potrzebuje środków
       *[other] { $n } projektu potrzebuje środków
    }, pierwsza wpłata do { $payby }
joined-subject-one = { $project }: potrzebne środki, pierwsza wpłata do { $payby }
joined-care-title = { $n ->
        [one] { $n } projekt wymaga uwagi
        [few] { $n } projekty wymagają uwagi
        [many] { $n } projektów wymaga uwagi
       *[other] { $n } projektu wymaga uwagi
    }
joined-care-title-one = { $project }: potrzebna uwaga
joined-well-title = Znów wszystko w porządku: { $n ->
        [one] { $n } projekt
        [few] { $n } projekty
        [many] { $n } projektów
       *[other] { $n } projektu
    }
joined-well-title-one = { $project }: znów wszystko w porządku
joined-news = Wiadomości
joined-care-pay-by = { $title }, pierwsza wpłata do { $payby }
joined-care-ends = { $title }, pierwszy koniec: { $end }
joined-ended = Koniec
joined-project = Projekt
joined-end = Mogą się skończyć
joined-pay-by = Zapłać do
joined-add = Doładuj
joined-now = teraz
joined-overdue = { $title }: zaległe { $n }
joined-more = { $n ->
        [one] Jeszcze { $n } jest tylko w tabeli powyżej.
        [few] Jeszcze { $n } są tylko w tabeli powyżej.
        [many] Jeszcze { $n } jest tylko w tabeli powyżej.
       *[other] Jeszcze { $n } jest tylko w tabeli powyżej.
    }
joined-why = Ta wiadomość wynika z ról w tych projektach.

# What a chat is not told, because its messages end there.
brief-more = … i jeszcze { $n }.
# A payment that is on its way.
alert-paid-button = Zapłacono, wpłata dotrze …
alert-paid-quiets = Wycisza przypomnienia do następnego dnia.
paid-ask-title = Kiedy dotrze wpłata?
paid-ask-sentence = { $project }: { $what }. Do dnia po jej dotarciu nie będzie przypomnień.
paid-ask-label = Dzień dotarcia
paid-ask-button = Wycisz przypomnienia
paid-ask-note = O wyczerpaniu środków i tak powiadomimy. Zapisane zostanie, że podaje to { $name }. Nic się nie zmieni, dopóki przycisk nie zostanie naciśnięty.
paid-ask-wrong = Prosimy wybrać dzień w przedziale: { $from } – { $to }.
paid-done-title = Przypomnienia są wyciszone
paid-done-sentence = { $project }: { $what }. Przewidywany dzień wpłaty: { $day }. Jeśli nie dotrze, od następnego dnia przypomnienia wrócą.
paid-done-button = Cofnij
paid-done-note = Podaje to { $name }. O wyczerpaniu środków i tak powiadomimy.
paid-undone-title = Przypomnienia wracają
paid-undone-sentence = { $project }: { $what }. Zapowiedź wpłaty została cofnięta.
paid-gone-title = Te przypomnienia już tu nie przychodzą
paid-gone-sentence = { $project }: role w nim się zmieniły, więc wpłatę zgłasza ktoś inny.
# An automatic top-up that should have run.
alert-topup-late-title = automatyczne doładowanie { $sum } nie nadeszło
alert-topup-late-title-plain = automatyczne doładowanie nie nadeszło
alert-topup-late-since = Miało nastąpić: { $at } ({ $zone }).
# In somebody's place.
alert-why-deputy = Ta wiadomość przychodzi w zastępstwie: nieobecność kontaktu { $name } trwa do { $day }, projekt { $project }.

# What waited through quiet hours.
digest-topic = co czekało
digest-subject = { $project }: { $n ->
        [one] { $n } wiadomość
        [few] { $n } wiadomości
        [many] { $n } wiadomości
       *[other] { $n } wiadomości
    } do nadrobienia
digest-subject-several = { $n ->
        [one] { $n } wiadomość
        [few] { $n } wiadomości
        [many] { $n } wiadomości
       *[other] { $n } wiadomości
    } do nadrobienia, z { $projects ->
        [one] { $projects } projektu
        [few] { $projects } projektów
        [many] { $projects } projektów
       *[other] { $projects } projektu
    }
digest-of-balance = { $what } ({ $balance })
digest-title = Co czekało
digest-lead = Wciąż aktualne: { $open }. Pojawiło się i rozwiązało: { $over }. To, co nie może czekać, przyszło od razu.
digest-open = Wciąż aktualne: { $what }
digest-over = Pojawiło się i rozwiązało: { $what }
digest-news = { $what }
digest-why = Ta wiadomość przychodzi, bo godziny ciszy się skończyły albo nadeszła pora, o której takie wieści mają przychodzić razem.

# Limits of texts.
texts-topic = SMS-y
texts-near-day-title = Wykorzystano { $used } z { $most } SMS-ów na dziś do: { $name }
texts-near-month-title = Wykorzystano { $used } z { $most } SMS-ów w tym miesiącu
texts-full-day-title = Dzienny limit SMS-ów ({ $most }) do: { $name } został osiągnięty
texts-full-month-title = Miesięczny limit SMS-ów ({ $most }) został osiągnięty
texts-near-day-then = Po osiągnięciu limitu na ten telefon nic już dziś nie zostanie wysłane. Inne kanały działają dalej.
texts-near-month-then = Po osiągnięciu limitu do końca miesiąca nie będą wysyłane SMS-y. Inne kanały działają dalej.
texts-full-day-then = Na ten telefon nic już dziś nie zostanie wysłane. Inne kanały działają dalej.
texts-full-month-then = Do końca miesiąca nie będą wysyłane SMS-y. Inne kanały działają dalej.
texts-advice = Limity są w ustawieniach instalacji, w sekcji [sms]. SMS-ów będzie mniej, jeśli na telefony wysyłane są tylko krytyczne ostrzeżenia.
