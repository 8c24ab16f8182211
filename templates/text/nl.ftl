# Nederlands.

## Cijfers

figure-decimal = ,
figure-group = .
figure-group-least = 1
figure-percent = { $n }%
figure-points = { $n }{ "\u00A0" }procentpunt
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }min
figure-hours = { $n }{ "\u00A0" }uur
figure-hours-minutes = { $hours }{ "\u00A0" }uur { $minutes }{ "\u00A0" }min
money = { $sign }{ "\u00A0" }{ $n }
money-negative = { $sign }{ "\u00A0" }−{ $n }
currency-eur = €
currency-gbp = £
currency-pln = PLN
currency-uah = UAH
currency-usd = US$

# Van bellers, aan het begin van een titel (title-to-call-back).
number-1 = Eén
number-2 = Twee
number-3 = Drie
number-4 = Vier
number-5 = Vijf
number-6 = Zes
number-7 = Zeven
number-8 = Acht
number-9 = Negen
number-10 = Tien
number-11 = Elf
number-12 = Twaalf

## Datums

month-long-1 = januari
month-long-2 = februari
month-long-3 = maart
month-long-4 = april
month-long-5 = mei
month-long-6 = juni
month-long-7 = juli
month-long-8 = augustus
month-long-9 = september
month-long-10 = oktober
month-long-11 = november
month-long-12 = december
month-short-1 = jan
month-short-2 = feb
month-short-3 = mrt
month-short-4 = apr
month-short-5 = mei
month-short-6 = jun
month-short-7 = jul
month-short-8 = aug
month-short-9 = sep
month-short-10 = okt
month-short-11 = nov
month-short-12 = dec
# Zonder dag ernaast
month-alone-1 = januari
month-alone-2 = februari
month-alone-3 = maart
month-alone-4 = april
month-alone-5 = mei
month-alone-6 = juni
month-alone-7 = juli
month-alone-8 = augustus
month-alone-9 = september
month-alone-10 = oktober
month-alone-11 = november
month-alone-12 = december
# In een maand: ‘in november 2026’
month-in-1 = januari
month-in-2 = februari
month-in-3 = maart
month-in-4 = april
month-in-5 = mei
month-in-6 = juni
month-in-7 = juli
month-in-8 = augustus
month-in-9 = september
month-in-10 = oktober
month-in-11 = november
month-in-12 = december
weekday-long-1 = maandag
weekday-long-2 = dinsdag
weekday-long-3 = woensdag
weekday-long-4 = donderdag
weekday-long-5 = vrijdag
weekday-long-6 = zaterdag
weekday-long-7 = zondag
weekday-short-1 = ma
weekday-short-2 = di
weekday-short-3 = wo
weekday-short-4 = do
weekday-short-5 = vr
weekday-short-6 = za
weekday-short-7 = zo
# Als voorwerp: ‘elke maandag’
weekday-object-1 = maandag
weekday-object-2 = dinsdag
weekday-object-3 = woensdag
weekday-object-4 = donderdag
weekday-object-5 = vrijdag
weekday-object-6 = zaterdag
weekday-object-7 = zondag
weekday-on = op { $weekday }

date-hour-digits = 2
date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-month-short = { $day } { $month }
date-day-month-year-short = { $day } { $month } { $year }
date-weekday-day = { $weekday } { $day }
date-day-time = { $day } { $time }
date-moment = { $weekday } { $day } { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }–{ $to }

period-week = Week van { $days }
period-month = { $month } { $year }
period-quarter = { $quarter }e kwartaal { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = tijd in { $place }

when-on = op { $day }
when-in-month = in { $month } { $year }
when-in-quarter = in het { $quarter }e kwartaal van { $year }
when-in-year = in { $year }
# Binnen één maand, over twee, en met uren
when-days-in-month = van { $from } tot en met { $to }
when-days = van { $from } tot en met { $to }
when-moments = van { $from } tot { $to }

before-day = de dag ervoor
before-week = de week ervoor
before-month = de maand ervoor
before-quarter = het kwartaal ervoor
before-year = het jaar ervoor
before-span = in de periode { $period }

## Rapporten: onderwerp, regel in de inbox, kop

subject = { $project }: { $fact } ({ $period })
subject-sample = Voorbeeld: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    }
subject-to-call-back = { $n ->
        [one] { $n } beller nog terugbellen
       *[other] { $n } bellers nog terugbellen
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, niemand terug te bellen
subject-no-calls = geen oproepen
subject-no-data = geen gegevens
subject-own-unknown = uw eigen oproepen zijn niet te onderscheiden

title-to-call-back = { $n ->
        [one] Eén beller wacht nog op een telefoontje terug
       *[other] { $words } bellers wachten nog op een telefoontje terug
    }
title-all-reached = Iedereen die op een telefoontje wachtte, is intussen bereikt
title-some-reached = { $title }; { $n } intussen bereikt
title-nobody-waits = Niemand wacht nog op een telefoontje terug
title-all-answered = Elke oproep is beantwoord
title-no-calls = Er kwamen geen oproepen binnen
title-no-calls-chosen = Geen oproepen voor dit rapport
title-no-calls-partly = Geen oproepen in wat we hebben
title-no-data = Geen gegevens voor { $period }
title-own-unknown = Uw eigen oproepen zijn niet te onderscheiden

lead-one-answered = Er kwam één oproep binnen, en die is beantwoord.
lead-one-missed = Er kwam één oproep binnen, en die is gemist.
lead-plain = U hebt { $rate } van { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } beantwoord.
lead-rate-more = U hebt { $rate } van { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } beantwoord, { $points } meer dan { $before }.
lead-rate-less = U hebt { $rate } van { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } beantwoord, { $points } minder dan { $before }{ $driver }.
lead-volume-more = Er { $n ->
        [one] kwam { $n } oproep
       *[other] kwamen { $n } oproepen
    } binnen, { $change } meer dan { $before }; u hebt { $rate } beantwoord.
lead-volume-times = Er { $n ->
        [one] kwam { $n } oproep
       *[other] kwamen { $n } oproepen
    } binnen, { $change } keer zoveel als { $before }; u hebt { $rate } beantwoord.
lead-volume-less = Er { $n ->
        [one] kwam { $n } oproep
       *[other] kwamen { $n } oproepen
    } binnen, { $change } minder dan { $before }; u hebt { $rate } beantwoord.
lead-no-calls = Er kwamen { $when } geen oproepen binnen.
lead-no-calls-chosen = Geen enkele oproep { $when } past bij de filters van dit rapport.
lead-no-calls-partly = In de gegevens die we { $when } hebben, staan geen oproepen, maar een deel ontbreekt.
lead-source-worked = De bron werkte: de oproepen zijn volledig tot { $until }.
lead-no-data = We hebben { $when } geen gegevens: geen enkele bron heeft nog iets gestuurd. Dat is niet hetzelfde als geen oproepen.
lead-no-data-uncovered = We hebben { $when } geen gegevens: geen enkele bron dekt die tijd. Dat is niet hetzelfde als geen oproepen.
lead-no-data-since = We hebben { $when } geen gegevens. ‘{ $source }’ stuurde op { $last } voor het laatst iets. Dat is niet hetzelfde als geen oproepen.
lead-own-unknown = Uw nummer of toestel is hier niet bekend, dus geen enkele oproep kan als de uwe worden getoond. Wie dit rapport heeft ingesteld, kan het toevoegen.

driver-weekday-hours = { $weekday } { $hours }
driver-on-weekday = ; { $here } van de { $additional } extra gemiste oproepen kwamen { $on-weekday } tussen { $from } en { $to }
driver-in-hours = ; { $here } van de { $additional } extra gemiste oproepen kwamen tussen { $from } en { $to }
driver-most-on-weekday = ; { $on-weekday } tussen { $from } en { $to } { $here ->
        [one] werd { $here } oproep
       *[other] werden { $here } oproepen
    } meer gemist
driver-most-in-hours = ; tussen { $from } en { $to } { $here ->
        [one] werd { $here } oproep
       *[other] werden { $here } oproepen
    } meer gemist
driver-missed-more = Grootste verandering: { $where }, { $n } meer gemist.
driver-missed-fewer = Grootste verandering: { $where }, { $n } minder gemist.
driver-calls-more = Grootste verandering: { $where }, { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } meer.
driver-calls-fewer = Grootste verandering: { $where }, { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } minder.
driver-agent-more = { $name } beantwoordde { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } meer.
driver-agent-fewer = { $name } beantwoordde { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } minder.

preview-up = { $rate } beantwoord, { $points } meer.
preview-down = { $rate } beantwoord, { $points } minder.
preview-driver = Het grootste deel van het verschil: { $when }.

button-call = Bel { $number }
button-call-back = Bekijk wie u terugbelt
button-calls = Alle oproepen bekijken
link-support = Hulp en vragen
link-number-setup = Nummerinstellingen controleren

callout-sample = Dit is een voorbeeld. Het geplande rapport komt zoals altijd.
missing-day = Oproepen van { $day } ontbreken (bron ‘{ $source }’ zwijgt).
missing-day-after = Oproepen van { $day } na { $from } ontbreken (bron ‘{ $source }’ zwijgt).
missing-day-between = Oproepen van { $day } tussen { $from } en { $to } ontbreken (bron ‘{ $source }’).
missing-after = Oproepen na { $from } ontbreken (bron ‘{ $source }’ zwijgt).
missing-between = Oproepen tussen { $from } en { $to } ontbreken (bron ‘{ $source }’).
calls-of-1 = maandag
calls-of-2 = dinsdag
calls-of-3 = woensdag
calls-of-4 = donderdag
calls-of-5 = vrijdag
calls-of-6 = zaterdag
calls-of-7 = zondag
callout-not-over = Deze periode is nog niet voorbij: de cijfers zijn die van { $at }.
callout-late = Gepland { $due }, gemaakt { $made }.
callout-late-waited = Gepland { $due }, gemaakt { $made }: wachtte op ontbrekende oproepen.
callout-late-waited-day = Gepland { $due }, gemaakt { $made }: wachtte op de oproepen van { $day }.

## Rapporten: cijfers en hun verandering

change-more = { $n } meer
change-fewer = { $n } minder
change-none = ongewijzigd
change-new = nieuw
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Inkomende oproepen
figure-answered = Beantwoord
figure-missed = Gemist
figure-to-call-back = Nog terugbellen
figure-target = Doeloproepen
figure-talk = Gesprekstijd (gemiddeld)
goal-met = doel { $goal }: gehaald
goal-not-met = doel { $goal }: niet gehaald
goal-unknown = doel { $goal }
figures-answered = Beantwoord · aandeel
figures-missed = Gemist · aandeel
figures-missed-hours = Gemist binnen · buiten werktijd
figures-callers = Bellers · nieuwe
figures-wait = Wachttijd: mediaan · gemiddeld · 9 van 10 binnen
figures-service-level = Beantwoord binnen { $seconds }{ "\u00A0" }s ({ $formula })
figures-outbound = Uitgaand · bereikt
figures-requests = Terugbelverzoeken · bereikt · niet bereikt · niet opgenomen
figures-requests-other = Terugbelverzoeken · bereikt · niet bereikt · niet opgenomen · overige
to-call-back-response-open = { $reached }; mediaan van de tijd tot het eerste telefoontje terug, van wie binnen { $hours }{ "\u00A0" }uur werktijd is teruggebeld ({ $n }): { $span } werktijd ({ $clock } op de klok)
to-call-back-within = Teruggebeld binnen 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }uur: { $hour }{ $clock ->
        [yes] {" "}(op de klok)
       *[no] {""}
    }.
to-call-back-within-day = Teruggebeld binnen 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }uur: { $hour }, 24{ "\u00A0" }uur: { $day }{ $clock ->
        [yes] {" "}(op de klok)
       *[no] {""}
    }.
to-call-back-by = { $same } door iemand bij wie de telefoon was gegaan, { $colleague } door een collega.
to-call-back-goal = Mediaan van de tijd tot het eerste telefoontje terug: { $goal }.
to-call-back-goal-open = Mediaan van de werktijd tot het eerste telefoontje terug: { $goal }.
column-tries-waited = Pogingen{ "\u00A0" }· gewacht
foot-missed-set = Gemist = niemand heeft de beller gesproken: { $set }.
foot-target-cycle = Een doeloproep is door de bron zo gemarkeerd, anders een beantwoorde oproep van { $seconds }{ "\u00A0" }s of langer die de eerste van de beller in { $days ->
        [one] { $days } dag
       *[other] { $days } dagen
    } is.
foot-target-kept = Ze worden nog niet vergeleken: oproepen worden bewaard sinds { $from }, dat is korter dan die termijn vóór de vorige periode.
foot-new = Nieuwe bellers hebben geen eerdere oproep in wat bewaard is, vanaf { $from }.
foot-service-level = Beantwoord binnen { $seconds }{ "\u00A0" }s volgens formule { $formula }: { $letters }, met A beantwoord en B opgehangen tijdens het wachten, a en b daarvan binnen { $seconds }{ "\u00A0" }s, s opgehangen binnen { $short }{ "\u00A0" }s.

all-figures = Alle cijfers
compared-with = vergeleken met { $period }
few-calls = Minder dan { $n } oproepen in een van de twee periodes: percentages schommelen dan al door toeval.
column-this = Deze periode
column-before = Ervoor
column-change = Verschil

## Wat over gekozen oproepen te zeggen blijft

lead-chosen = { $n ->
        [one] { $n } oproep: { $answered } beantwoord, { $missed } gemist.
       *[other] { $n } oproepen: { $answered } beantwoord, { $missed } gemist.
    }
lead-chosen-answered = { $n ->
        [one] { $n } oproep is beantwoord.
       *[other] { $n } oproepen zijn beantwoord.
    }
lead-chosen-missed = { $n ->
        [one] { $n } oproep is gemist.
       *[other] { $n } oproepen zijn gemist.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } uitgaande oproep
       *[other] { $n } uitgaande oproepen
    }, { $reached } bereikt.
lead-chosen-requests = { $n ->
        [one] { $n } terugbelverzoek
       *[other] { $n } terugbelverzoeken
    }, { $reached } bereikt.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } uitgaande oproep.
       *[other] { $n } uitgaande oproepen.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } terugbelverzoek.
       *[other] { $n } terugbelverzoeken.
    }
lead-chosen-other = { $n ->
        [one] { $n } oproep.
       *[other] { $n } oproepen.
    }
several-chosen = { $calls } in { $projects }.
foot-no-rates-outcome = Zonder percentages: deze oproepen zijn gekozen naar hun afloop of hun duur.
foot-no-rates-people = Zonder percentages: deze oproepen zijn gekozen naar wie eraan deelnam, en van een oproep die niemand opnam is alleen bekend bij wie de telefoon ging.
foot-service-level-outside = { $n ->
        [one] { $n } anders gemiste oproep telt hierin niet mee.
       *[other] { $n } anders gemiste oproepen tellen hierin niet mee.
    }
missed-forwarding = Doorschakelen mislukte bij oproepen naar { $numbers }.
link-pay = Tegoed opwaarderen

## Cijfers bij naam

figure-answer-rate = Aandeel beantwoord
figure-missed-rate = Aandeel gemist
figure-calls-in-hours = Inkomend binnen werktijd
figure-calls-outside-hours = Inkomend buiten werktijd
figure-answered-in-hours = Beantwoord binnen werktijd
figure-answered-outside-hours = Beantwoord buiten werktijd
figure-answer-rate-outside-hours = Beantwoord buiten werktijd, aandeel
figure-missed-short = Gemist, beller hing snel op
figure-missed-no-answer = Gemist: niemand nam op
figure-missed-hung-up = Gemist: opgehangen tijdens het wachten
figure-missed-busy = Gemist: toestellen in gesprek of uit
figure-missed-voicemail = Gemist: voicemail
figure-missed-no-route = Gemist: doorschakelen mislukt
figure-unique-callers = Verschillende bellers
figure-new-callers = Nieuwe bellers
figure-wait-median-sec = Wachttijd, mediaan
figure-asa-sec = Wachttijd, gemiddeld
figure-wait-p90-sec = Wachttijd, 9 van 10 binnen
figure-service-level = Serviceniveau
figure-talk-avg-sec = Gesprekstijd, gemiddeld
figure-outbound = Uitgaande oproepen
figure-outbound-reached = Uitgaand, bereikt
figure-callback-requests = Terugbelverzoeken
figure-callback-reached = Terugbelverzoeken, bereikt
figure-callback-client-not-reached = Terugbelverzoeken, klant niet bereikt
figure-callback-not-taken = Terugbelverzoeken, door ons niet opgenomen
figure-callback-other = Terugbelverzoeken, mislukt of onbekend
figure-to-call-back-lost = Terug te bellen, reactietijd voorbij
figure-to-call-back-waiting = Terug te bellen, nog binnen de reactietijd
figure-to-call-back-backlog = Terug te bellen, al meer dan 14 dagen
figure-to-call-back-reached = Bereikte bellers
figure-to-call-back-first-response-median-sec = Eerste terugbelpoging, mediaan
figure-to-call-back-first-response-median-open-sec = Eerste terugbelpoging, mediaan in werktijd
figure-to-call-back-first-response-within-15-min = Teruggebeld binnen 15 min
figure-to-call-back-first-response-within-1-h = Teruggebeld binnen 1 uur
figure-to-call-back-first-response-within-24-h = Teruggebeld binnen 24 uur
figure-to-call-back-first-response-same-agent = Teruggebeld door iemand bij wie de telefoon was gegaan
figure-to-call-back-first-response-colleague = Teruggebeld door een collega

## Werktijden en vrije dagen

figure-answer-rate-in-hours = Beantwoord binnen werktijd, aandeel
figure-missed-in-hours = Gemist binnen werktijd
figure-missed-outside-hours = Gemist buiten werktijd
card-hours = { $in } binnen, { $outside } buiten werktijd
foot-hours = Werktijden: { $hours }.
working-days = { $n ->
        [one] { $n } werkdag
       *[other] { $n } werkdagen
    }
working-days-differ = { $days }, { $before } { $n }.
working-days-others = Evenveel werkdagen, maar andere ({ $before }): { $why }.
working-days-differ-why = { $days }, { $before } { $n }: { $why }.
day-off-named = { $day } was { $name }
day-off-unnamed = { $day } was een vrije dag
day-extra = { $day } was een werkdag
days-off-more = { $n ->
        [one] nog { $n } zo’n dag
       *[other] nog { $n } zulke dagen
    }
by-day-days-off = Vrije dagen: { $list }.

why-missed = Waarom oproepen gemist werden
missed-caption-short = { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    }, waarvan { $short } binnen { $seconds }{ "\u00A0" }s opgehangen
missed-no-answer = Niemand nam op
missed-no-answer-or-busy = Niemand nam op, of in gesprek
missed-hung-up = Opgehangen tijdens het wachten
missed-busy = Toestellen in gesprek of uit
missed-voicemail = Voicemail
missed-no-route = Doorschakelen mislukt
answered = beantwoord
missed = gemist

## Rapporten: terug te bellen

to-call-back = Nog terugbellen
to-call-back-nobody = Niemand wacht op een telefoontje terug
to-call-back-caption = { $n ->
        [one] { $n } beller
       *[other] { $n } bellers, langst wachtende eerst
    }
to-call-back-caption-lost = { $n ->
        [one] { $n } beller, wacht al meer dan { $hours }{ "\u00A0" }uur
       *[other] { $n } bellers, langst wachtende eerst; { $lost } al meer dan { $hours }{ "\u00A0" }uur
    }
to-call-back-reached = { $n ->
        [one] { $n } andere is bereikt
       *[other] { $n } anderen zijn bereikt
    }
to-call-back-response = { $reached }; mediaan van de tijd tot het eerste telefoontje terug, van wie binnen { $hours }{ "\u00A0" }uur is teruggebeld ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] Nog { $n } beller wacht al meer dan { $days } dagen.
       *[other] Nog { $n } bellers wachten al meer dan { $days } dagen.
    }
to-call-back-backlog-only = { $n ->
        [one] { $n } beller wacht al meer dan { $days } dagen.
       *[other] { $n } bellers wachten al meer dan { $days } dagen.
    }
to-call-back-withheld = { $n ->
        [one] Eén gemiste oproep kwam van een afgeschermd nummer.
       *[other] { $n } gemiste oproepen kwamen van afgeschermde nummers.
    }
to-call-back-unread = { $n ->
        [one] Het nummer van één gemiste oproep is niet leesbaar; de beller staat daarom niet in de lijst.
       *[other] De nummers van { $n } gemiste oproepen zijn niet leesbaar; de bellers staan daarom niet in de lijst.
    }
column-caller = Beller
column-first-missed = Eerst gemist
column-source = Bron
column-since = Sindsdien
more-rows = { $n ->
        [one] Nog { $n } beller, die minder lang wacht
       *[other] Nog { $n } bellers, die minder lang wachten
    }
more-attached = { $more }, in de bijgevoegde lijst
number-last-4 = …{ $digits }
number-hidden = nummer verborgen
since-not-called = nog niet gebeld
since-tried-once = geprobeerd { $when }
since-tried = { $n ->
        [2] twee keer geprobeerd
       *[other] { $n } keer geprobeerd
    }
since-reached = bereikt { $when }
since-returned = belde { $when } opnieuw, beantwoord
since-again = { $done }, belde { $when } opnieuw

## Rapporten: medewerkers, bronnen, tijden

agents = Medewerkers
agents-caption = { $n } beantwoord
agents-unknown = Medewerker niet bekend
agents-more = { $n ->
        [one] nog { $n } medewerker met { $answered } beantwoord
       *[other] nog { $n } medewerkers met { $answered } beantwoord
    }
agents-note-lost = Eén verloren oproep kan op meerdere toestellen overgaan, dus deze kolom telt niet op tot { $n }.
column-answered = Beantwoord
column-target = Doeloproepen
column-talk = Gem. gesprek
column-elsewhere = Ging over, collega nam op
column-lost = Ging over, beller verloren
column-called-back = Teruggebeld

## Reports: people and numbers of the directory

agents-numbered = Medewerker { $n }
agents-teams = Teams
agents-no-team = Zonder team
agents-you = U
agents-colleague = Een collega
agents-caption-own = { $own } beantwoord, { $others ->
        [0] geen door collega's
       *[other] nog { $others } door collega's
    }
agents-not-known = Medewerkers worden niet getoond: bij geen enkele oproep staat wie opnam of wiens toestel overging.
agents-nobody-called-back = Medewerkers worden niet getoond: niemand nam hier een inkomende oproep op of belde een wachtende beller terug.
agents-no-teams = Teams worden niet getoond: niemand in de lijst van medewerkers heeft er een.
own-calls = uw oproepen
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = Niet in uw lijst van medewerkers: { $people }. Voeg een naam toe.
unlisted-person = { $who } ({ $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    })
unlisted-extension = toestel { $key }
unlisted-hidden = { $n ->
        [one] Eén toestel staat niet in uw lijst van medewerkers.
       *[other] { $n } toestellen staan niet in uw lijst van medewerkers.
    }
unlisted-numbers = Niet in uw lijst van nummers: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    })
foot-number-source = Een oproep zonder eigen bron telt voor de bron die bij het gebelde nummer staat.
unlisted-more = en nog { $n }
left-out-ignored-number = { $n ->
        [one] { $n } oproep van een genegeerd nummer
       *[other] { $n } oproepen van genegeerde nummers
    }

## Reports: where callers come from

sources = Bronnen
sources-more = { $n ->
        [one] nog { $n } bron
       *[other] nog { $n } bronnen
    } met { $calls ->
        [one] { $calls } oproep
       *[other] { $calls } oproepen
    }
column-calls = Oproepen
column-share = Aandeel

when-people-call = Wanneer er gebeld wordt
busiest = Drukst: { $weekday } { $hours }, { $calls ->
        [one] { $calls } oproep
       *[other] { $calls } oproepen
    }
busiest-missed = Drukst: { $weekday } { $hours }, { $calls ->
        [one] { $calls } oproep
       *[other] { $calls } oproepen
    }, waarvan { $missed } gemist
by-day-summary = Inkomende oproepen: { $bars }
by-hour-summary = Inkomende oproepen per weekdag en uur. { $busiest }

## Rapporten: hoe we tellen

foot-how = Hoe we tellen.
foot-missed = Gemist = niemand sprak met de beller: niemand nam op, opgehangen tijdens het wachten, toestellen in gesprek of uit, voicemail, doorschakelen mislukt.
foot-rate = Aandeel beantwoord = beantwoord ÷ (beantwoord + gemist).
foot-times = Wacht- en gesprekstijden zijn gemiddelden van beantwoorde oproepen waarvan de waarde bekend is, zonder tijd in menu’s.
foot-wait-unknown = { $n ->
        [one] De wachttijd van { $n } beantwoorde oproep is niet bekend.
       *[other] De wachttijd van { $n } beantwoorde oproepen is niet bekend.
    }
foot-talk-unknown = { $n ->
        [one] De gesprekstijd van { $n } beantwoorde oproep is niet bekend.
       *[other] De gesprekstijd van { $n } beantwoorde oproepen is niet bekend.
    }
foot-target = Een doeloproep is door de bron zo gemarkeerd, anders een beantwoorde oproep van { $seconds }{ "\u00A0" }s of langer.
foot-short = Wie tijdens het wachten binnen { $seconds }{ "\u00A0" }s ophing, telt als gemist, maar niet als terug te bellen; wie een bezette lijn of de voicemail kreeg, is wel terug te bellen.
foot-left-out = Niet meegeteld: { $parts }.
foot-nothing-left-out = Er is geen inkomende oproep weggelaten.
left-out-missed-ivr = { $n } in het menu opgehangen
left-out-missed-no-answer = { $n } door niemand opgenomen
left-out-missed-busy = { $n } met toestellen in gesprek
left-out-missed-abandoned = { $n } in de wachtrij opgehangen
left-out-missed-cancelled = { $n } tijdens het overgaan opgehangen
left-out-missed-voicemail = { $n } op de voicemail
left-out-missed-no-route = { $n } waarbij doorschakelen mislukte
left-out-system-only = { $n } alleen met een automaat
left-out-failed = { $n } mislukt
left-out-forbidden = { $n } geblokkeerd
left-out-in-progress = { $n } nog bezig
left-out-unknown = { $n ->
        [one] { $n } onbekende status
       *[other] { $n } onbekende statussen
    }
left-out-client-no-answer = { $n } waarbij de klant niet opnam
left-out-client-busy = { $n } waarbij de klant in gesprek was
foot-compared = Vergeleken met { $period }.
foot-not-compared-not-over = Niet vergeleken met { $period }: deze periode is nog niet voorbij.
foot-not-compared-incomplete = Niet vergeleken met { $period }: deze periode is niet volledig.
foot-not-compared-incomplete-before = Niet vergeleken met { $period }: de gegevens van die periode zijn niet volledig.
foot-not-compared-no-data = Niet vergeleken met { $period }: daarvan zijn geen gegevens.
foot-late-calls = { $n ->
        [one] Eén oproep van { $period } kwam binnen nadat het rapport daarover was gemaakt.
       *[other] { $n } oproepen van { $period } kwamen binnen nadat het rapport daarover was gemaakt.
    }
foot-then-now = { $figure }, { $period }: toen { $then }, nu { $now }.
foot-data = Gegevens: { $calls ->
        [one] { $calls } oproep
       *[other] { $calls } oproepen
    } van elke soort, de laatste { $last }; { $open } nog bezig, { $unknown ->
        [one] { $unknown } onbekende status
       *[other] { $unknown } onbekende statussen
    }.
foot-data-none = Gegevens: geen enkele oproep.
foot-data-none-chosen = Gegevens: geen oproep die bij de filters van dit rapport past.
foot-coverage-whole = De gegevens dekken de hele periode.
foot-coverage-from = De gegevens beginnen op { $from }.
foot-coverage-not-stated = ‘{ $source }’ geeft niet aan tot wanneer de gegevens volledig zijn.
foot-coverage-unstated = Geen bron geeft aan tot wanneer de gegevens volledig zijn, dus er kunnen nog oproepen bijkomen.
foot-coverage-behind = ‘{ $source }’ is pas volledig tot { $until }.
foot-made = Gemaakt { $at } ({ $zone }).

note-gap = De klok sloeg het tijdstip van dit rapport over; het is aan het eind van dat gat gemaakt.
note-overlap = De klok gaf het tijdstip van dit rapport twee keer aan; het is bij de eerste keer gemaakt.
note-clamped = De dag van dit rapport bestaat in die maand niet; het is op de laatste dag gemaakt.
note-day-off = Wat op een vrije dag viel, staat in dit rapport, dat op de eerstvolgende werkdag is gemaakt.
note-cut-at-31-days = Hier zijn alleen de laatste 31 dagen geteld: het vorige rapport is langer geleden gemaakt.
note-first = Dit is het eerste rapport van deze soort.

## Pagina’s

stop-ask-title = Dit rapport stopzetten?
stop-ask-sentence = { $address } krijgt het rapport ‘{ $report }’ van { $project }. Voor anderen verandert er niets.
stop-ask-button = Rapport stopzetten
stop-ask-note = Er verandert niets totdat u op een van de knoppen drukt.
stop-done-title = Het rapport is stopgezet
stop-done-sentence = { $address } krijgt het rapport ‘{ $report }’ van { $project } niet meer.
stop-done-note = Voor anderen verandert er niets.
stop-pause-label = Pauzeren tot
stop-pause-button = Pauzeren
stop-project-button = Alles van { $project } stopzetten
stop-undo-button = Ongedaan maken
stop-paused-title = Het rapport is gepauzeerd
stop-paused-sentence = { $address } krijgt het rapport ‘{ $report }’ van { $project } niet tot { $until }.
stop-paused-note = Vanaf die dag komt het vanzelf weer.
stop-project-title = Alles van { $project } is stopgezet
stop-project-sentence = { $address } krijgt niets meer van { $project }: geen rapporten en geen meldingen.
stop-project-note = Voor anderen verandert er niets. Is er niemand meer die over geld bericht krijgt, dan krijgt de eigenaar het.
stop-others-title = Hier wordt niets meer naartoe gestuurd
stop-others-sentence = { $address } krijgt het rapport ‘{ $report }’ van { $project } niet. De beheerder heeft dat beëindigd, of onze mails kwamen terug.
stop-others-note = Wilt u het weer ontvangen, vraag dan wie de rapporten van { $project } beheert.
stop-undone-title = Het rapport komt weer
stop-undone-sentence = { $address } krijgt het rapport ‘{ $report }’ van { $project } zoals voorheen.
stop-undone-note = Wat intussen aan de beurt was, wordt niet nagestuurd.
stop-day-title = Tot die dag kan het rapport niet worden gepauzeerd
stop-day-sentence = Kies een dag vanaf morgen en binnen een jaar.
stop-day-note = Er is niets gewijzigd.
stop-unknown-title = Deze link is niet geldig
stop-unknown-sentence = Misschien is hij bij het kopiëren afgebroken. Open de link in de mail zelf.
stop-unknown-note = Er is niets gewijzigd.
stop-later-title = Dat lukte nu niet
stop-later-sentence = Probeer het over enkele minuten opnieuw.
stop-later-note = Er is niets gewijzigd.

## Aan de eigenaar: wat er van mails geworden is

mail-eyebrow = { $project } · Mail
mail-column-address = Aan
mail-column-what = Wat
mail-column-reason = Wat er gezegd werd
mail-column-reference = Kenmerk

mail-unknown-subject = { $project }: { $n ->
        [one] één mail is
       *[other] { $n } mails zijn
    } misschien niet aangekomen
mail-unknown-title = { $n ->
        [one] Eén mail is misschien niet aangekomen
       *[other] { $n } mails zijn misschien niet aangekomen
    }
mail-unknown-sentence = We hebben { $n ->
        [one] hem
       *[other] ze
    } overgedragen, maar kregen geen antwoord of de mailserver { $n ->
        [one] hem
       *[other] ze
    } aannam. Om te voorkomen dat iemand hetzelfde twee keer krijgt, sturen we niet uit onszelf opnieuw.
mail-unknown-advice = Vraag de ontvanger of de mail is aangekomen. Wie deze dienst beheert, kan hem opnieuw sturen of het antwoord vastleggen; geef daarvoor het kenmerk door. Zonder antwoord geldt de mail na zeven dagen als mislukt.

mail-still-unknown-subject = { $project }: { $n ->
        [one] één mail geldt
       *[other] { $n } mails gelden
    } nu als mislukt
mail-still-unknown-title = { $n ->
        [one] Wat er met één mail gebeurde, bleef zeven dagen onbekend
       *[other] Wat er met { $n } mails gebeurde, bleef zeven dagen onbekend
    }
mail-still-unknown-sentence = Niemand heeft gezegd of { $n ->
        [one] hij is aangekomen, dus hij geldt
       *[other] ze zijn aangekomen, dus ze gelden
    } nu als mislukt.
mail-still-unknown-advice = Wie deze dienst beheert, kan opnieuw sturen; geef daarvoor het kenmerk door.

mail-marked-subject = { $project }: { $n ->
        [one] één adres bestaat niet
       *[other] { $n } adressen bestaan niet
    }
mail-marked-title = { $n ->
        [one] Eén adres bestaat niet, zegt de mailserver
       *[other] { $n } adressen bestaan niet, zeggen de mailservers
    }
mail-marked-sentence = { $n ->
        [one] Het is gemarkeerd en er wordt niets meer naartoe gestuurd. Wie de mail had moeten krijgen, heeft hem niet gekregen.
       *[other] Ze zijn gemarkeerd en er wordt niets meer naartoe gestuurd. Wie de mails had moeten krijgen, heeft ze niet gekregen.
    }
mail-marked-advice = Is een adres onjuist, verbeter het dan in de instellingen en pas die toe. Is het weer juist, dan kan wie deze dienst beheert de markering weghalen.

mail-refused-subject = { $project }: { $n ->
        [one] één mail is
       *[other] { $n } mails zijn
    } geweigerd
mail-refused-title = { $n ->
        [one] Eén mail is definitief geweigerd
       *[other] { $n } mails zijn definitief geweigerd
    }
mail-refused-sentence = De mailserver aan de andere kant nam { $n ->
        [one] hem niet aan. Het adres is
       *[other] ze niet aan. De adressen zijn
    } niet gemarkeerd: het volgende rapport wordt gewoon gestuurd.
mail-refused-advice = Wat de server zei, staat in de tabel. Is de oorzaak weg, dan stuurt de opdracht ‘resend REFERENCE’ opnieuw.

mail-came-back-subject = { $project }: { $n ->
        [one] één mail is teruggekomen
       *[other] { $n } mails zijn teruggekomen
    }
mail-came-back-title = { $n ->
        [one] Eén mail kwam terug nadat hij was aangenomen
       *[other] { $n } mails kwamen terug nadat ze waren aangenomen
    }
mail-came-back-sentence = Onze mailserver had aangenomen wat we stuurden, maar een volgende server stuurde het terug: niemand heeft het gelezen.
mail-came-back-advice = Wat de server zei, staat in de tabel. Een adres dat volgens hem niet bestaat, krijgt niets meer van dit project tot wie deze dienst beheert het weer toelaat. Andere adressen krijgen de volgende mail gewoon.

mail-spam-subject = { $project }: { $n ->
        [one] één mail is als spam gemeld
       *[other] { $n } mails zijn als spam gemeld
    }
mail-spam-title = { $n ->
        [one] Eén mail is door de lezer als spam gemeld
       *[other] { $n } mails zijn door de lezers als spam gemeld
    }
mail-spam-sentence = Zo’n adres krijgt niets meer van dit project. Maildiensten tellen deze meldingen, en te veel ervan houden ieders mails uit het postvak.
mail-spam-advice = Vraag de lezer of de mails gewenst zijn. Zo ja, dan kan wie deze dienst beheert het adres weer toelaten.
mail-lift-note = Voor wie deze dienst beheert: de opdracht ‘suppressions lift ADDRESS --reason …’ laat een adres weer toe.

mail-held-subject = { $project }: verzending opgeschort, de mailserver weigert onze mails
mail-held-title = Een mailserver weigert alles, dus we sturen er niets meer via
mail-held-sentence = Meerdere adressen kregen binnen tien minuten dezelfde weigering. Dat ligt aan de afzender, niet aan hen: { $n ->
        [one] de mail staat
       *[other] de { $n } mails staan
    } weer in de wachtrij en geen adres is gemarkeerd.
mail-held-advice = Controleer het afzenderadres, de SPF- en DKIM-records en wat de server hieronder zegt. De verzending gaat vanzelf verder zodra de server weer mails aanneemt; wat niet op tijd verstuurd wordt, vervalt, en dat krijgt u te horen.

mail-expired-subject = { $project }: { $n ->
        [one] één mail is
       *[other] { $n } mails zijn
    } niet op tijd verstuurd
mail-expired-title = { $n ->
        [one] Eén mail kon niet op tijd worden verstuurd
       *[other] { $n } mails konden niet op tijd worden verstuurd
    }
mail-expired-sentence = We hebben het geprobeerd totdat het te laat was om { $n ->
        [one] hem nog nuttig te laten
       *[other] ze nog nuttig te laten
    } zijn, en zijn toen gestopt.
mail-expired-advice = De opdracht ‘explain --to ADDRESS’ toont elke poging. ‘resend REFERENCE’ stuurt alsnog.

mail-more = { $n ->
        [one] en nog { $n }
       *[other] en nog { $n }
    }

mail-unsendable-subject = { $project }: { $n ->
        [one] één mail kan
       *[other] { $n } mails kunnen
    } niet worden verstuurd
mail-unsendable-title = { $n ->
        [one] Eén mail kan zo niet worden verstuurd
       *[other] { $n } mails kunnen zo niet worden verstuurd
    }
mail-unsendable-sentence = Er is niets bij ons vertrokken en niemand heeft { $n ->
        [one] hem geweigerd: de oorzaak ligt bij ons en staat
       *[other] ze geweigerd: de oorzaken liggen bij ons en staan
    } in de tabel.
mail-unsendable-advice = Een adres met letters als ü of б vóór de @ vraagt om een mailserver die SMTPUTF8 biedt: voeg er een toe aan de instellingen of gebruik een ander adres. Is de oorzaak weg, dan stuurt de opdracht ‘resend REFERENCE’ opnieuw.

## De regels onder een mail die per ontvanger verschillen

foot-why-role = U krijgt dit { $rule } ({ $zone }) als { $role } van { $project }.
foot-why-address = U krijgt dit { $rule } ({ $zone }) omdat dit adres op de lijst van { $project } staat.
foot-why-several = U krijgt dit { $rule } ({ $zone }) omdat dit adres op de lijst van ontvangers staat.
foot-why-several-role = U krijgt dit { $rule } ({ $zone }) als { $role } van projecten in dit rapport.
foot-why-sample = Dit is een voorbeeld waar iemand om vroeg; het rapport zelf komt { $rule } ({ $zone }).
foot-next = Volgende: { $day }.
foot-next-at = Volgende: { $day }, { $time }.
foot-attached = Bijgevoegd: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } pagina
       *[other] { $pages } pagina’s
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } als ZIP
foot-too-large = Te groot voor een mail en weggelaten: { $list }.
foot-several-tables = In de bijgevoegde tabellen, per project: { $list }.
foot-stop = Rapport stopzetten
foot-reference = Kenmerk { $reference }
foot-or = { $first } en { $last }

role-owner = eigenaar
role-manager = manager
role-finance = financieel contact
role-ops = technisch contact
role-support = manager klantenservice
role-agent = medewerker
role-viewer = lezer

rule-day = elke dag om { $at }
rule-weekday = elke werkdag om { $at }
rule-week = elke { $days } om { $at }
rule-month = { $days } van elke maand om { $at }
rule-quarter = { $days } van elk kwartaal om { $at }
rule-quarter-day = op dag { $day } van de { $month ->
        [1] eerste
        [2] tweede
       *[3] derde
    } maand
rule-year = elk jaar op { $days } om { $at }
rule-cron = volgens de regel { $rule }
rule-month-day = op dag { $day }
rule-month-last = op de laatste dag
rule-month-last-business-day = op de laatste werkdag
rule-month-nth-business-day = op de { $nth }e werkdag
rule-month-nth = op de { $nth ->
        [1] eerste
        [2] tweede
        [3] derde
        [4] vierde
       *[5] vijfde
    } { $weekday }
rule-month-last-weekday = op de laatste { $weekday }

## Aan de eigenaar: een rapport kon niet worden gemaakt

failed-subject = { $project }: het rapport ‘{ $report }’ kon niet worden gemaakt
failed-eyebrow = { $project } · Rapporten
failed-title = Het rapport ‘{ $report }’ van { $occurrence } kon niet worden gemaakt
failed-title-sample = Het voorbeeld van het rapport ‘{ $report }’ kon niet worden gemaakt
failed-sentence = Niemand heeft het gekregen. Het volgende wordt gewoon gemaakt.
failed-because = { $reason ->
        [unknown_report] het schema noemt een rapport dat niet bestaat
        [unknown_zone] de tijdzone van het schema is hier niet bekend
        [unreadable] iets dat ervoor is opgeslagen kan deze versie van het programma niet lezen
        [builder_died] het programma stopte vijf keer voordat het klaar was
       *[report_not_made] de cijfers konden niet worden berekend
    }
failed-advice = Reden: { $because }. De opdracht ‘explain’ met het adres van de ontvanger zegt meer; ‘send-now { $schedule }’ maakt het opnieuw zodra de oorzaak weg is.

## Aan het beheer: een tijd lang draaide er niets

down-subject = Er draaide { $span } lang niets; { $n ->
    [one] één schema was intussen aan de beurt
   *[other] { $n } schema’s waren intussen aan de beurt
}
down-title = Van { $from } tot { $to } (UTC) draaide er niets
down-sentence = { $n ->
    [one] In die tijd was één schema aan de beurt. Het rapport wordt nu alsnog gemaakt of overgeslagen, zoals ‘catch_up’ het zegt.
   *[other] In die tijd waren { $n } schema’s aan de beurt. Hun rapporten worden nu alsnog gemaakt of overgeslagen, zoals ‘catch_up’ van elk schema het zegt.
}
down-advice = De opdrachten ‘deliveries’ en ‘explain’ zeggen wat er van elk is geworden. Noem in de instelling ‘heartbeat_url’ een bewaker, dan slaat die de volgende keer alarm.

## De regels onder een bericht aan een eigenaar

owner-why-role = U krijgt dit als eigenaar van { $project }.
owner-why-operations = U krijgt dit omdat dit adres onder [operations] in de instellingen van deze dienst staat.
owner-installation = Oproeprapporten
owner-notice-of-kind = { $kind ->
        [paid_until] waarschuwing: betaalde periode
        [trial] waarschuwing: proefperiode
        [funds] waarschuwing: tegoed raakt op
        [low_balance] waarschuwing: laag tegoed
        [balance_negative] waarschuwing: tegoed op
        [topup_failed] waarschuwing: opwaarderen mislukt
        [status] melding: status van het project
        [recovered] melding: alles is weer in orde
        [digest] meerdere berichten in één
        [test] test
       *[other] melding
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, een voorbeeld
owner-reason-lease = het verzendende proces stopte voordat het antwoord kwam
owner-reason-broke = de verbinding werd verbroken voordat het antwoord kwam
owner-reason-too-late = het was te laat om nog nuttig te zijn
owner-reason-no-answer = niemand heeft gezegd hoe het afliep
owner-reason-no-relay = geen van onze mailservers neemt een adres met zulke letters aan (SMTPUTF8)
owner-reason-address = het adres kan niet in een mail staan
owner-reason-composing = de mail kon niet worden samengesteld

## Waar iemand naar moet kijken, en stiltes
watch-topic = Iemand moet kijken
watch-said = Laatste antwoord
watch-reports-title = Rapporten gaan niet de deur uit
watch-reports-sentence = Het oudste wacht sinds { $since } en geen mailserver heeft het nog aangenomen. Zodra er een dat doet, gaat alles alsnog.
watch-reports-advice = ‘deliveries --state queued’ toont wat wacht, en ‘explain’ zegt waarop.
watch-lane-title = { $name } is niet te gebruiken
watch-lane-sentence = Sinds { $since } is er niets doorheen gegaan. Wat erlangs moet, wacht of neemt een andere weg als die er is.
watch-lane-advice = Het wordt vanzelf steeds opnieuw geprobeerd. De opdracht ‘check-config’ toont de gebruikte instellingen.
watch-source-title = Er komen geen gesprekken van { $name }
watch-source-sentence = Het laatste bericht is van { $since }. Vanaf dan ontbreken de gesprekken ervan in rapporten.
watch-source-advice = Controleer de verbinding of de bestanden die worden geïmporteerd. Wat later binnenkomt, telt mee in het volgende rapport.
watch-balance-title = Niemand meldt het saldo ‘{ $name }’ nog
watch-balance-sentence = De laatste stand is van { $since }. Waarschuwingen over geld gaan er nog steeds van uit, dus ze kunnen verouderd zijn, en geen enkele eindigt erdoor.
watch-balance-advice = Controleer het programma dat het meldt, of stel het in met ‘balance set’.
watch-money-source-title = De saldobron ‘{ $name }’ is niet te bevragen
watch-money-source-sentence = Sinds { $since } is geen enkele vraag gelukt. Saldi blijven zoals ze het laatst zijn gemeld, en waarschuwingen over geld gaan daarvan uit.
watch-money-source-advice = De opdracht ‘balance fetch { $name } --dry-run’ vraagt nu en zegt wat er mis is.
watch-usage-title = Niemand meldt het verbruik van het saldo ‘{ $name }’ nog
watch-usage-sentence = De eerste dag zonder gemeld verbruik is { $day }. Prognoses en waarschuwingen over geld gaan uit van de dagen ervoor, en alleen een betaling beëindigt een waarschuwing.
watch-usage-advice = Controleer het programma of de zoekvraag die het meldt. Wat later binnenkomt, telt meteen mee.

silence-topic = Stilte
silence-reason = Waarom
silence-over-title = Een stilte is voorbij
silence-over-sentence = Sinds { $since } { $n ->
        [0] is niets tegengehouden
        [one] is { $n } melding tegengehouden
       *[other] zijn { $n } meldingen tegengehouden
    }; { $who } had erom gevraagd. Vanaf nu komen zulke meldingen weer.
silence-over-advice = Wat is tegengehouden, wordt niet nagestuurd: kijk hoe het ervoor staat.

## Abonnementen op gebeurtenissen van een maildienst
sns-topic = Mailgebeurtenissen
sns-topic-name = Topic
sns-link = Link om te bevestigen
sns-begin-title = Amazon SNS vraagt of een abonnement de bedoeling is
sns-begin-sentence = Zolang niemand ja zegt, komen gebeurtenissen van SES hier niet aan. Niets wordt vanzelf bevestigd.
sns-begin-advice = Heeft een van u het ingesteld, open dan de link binnen drie dagen in een browser. Zo niet, doe dan niets.
sns-end-title = Een abonnement van Amazon SNS is beëindigd
sns-end-sentence = Gebeurtenissen van SES komen hier niet meer aan: wat terugkomt, blijft onbekend.
sns-end-advice = Was dat niet de bedoeling, dan hervat de link het.

## Een test van een kanaal

test-subject = TEST: { $project } kan u bereiken ({ $channel })
test-eyebrow = { $project } · Test
test-title = TEST: dit kanaal werkt
test-sentence = { $actor } heeft om deze test gevraagd. Er is niets gebeurd en u hoeft niets te doen.
test-advice = Wat { $project } u te melden heeft, kan langs deze weg komen.
test-fact-channel = Kanaal
test-fact-address = Aan
test-fact-asked = Gevraagd
test-sms = TEST: { $project } kan u per sms bereiken. Gevraagd door { $actor }; er is niets gebeurd.
test-why = U krijgt dit omdat { $actor } u voor een test heeft gekozen.
test-channel-email = e-mail
test-channel-sms = sms
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = webhook

## Een code die een nummer bevestigt

code-subject = { $project }: een code die uw nummer bevestigt
code-sms = { $code } is uw code voor sms van { $project }. Hij bevestigt dit nummer en is 10 minuten geldig. Niet verwacht? Negeer hem.

## Rapporten: filters, lijst van oproepen, kolomnamen, meerdere projecten

only = Alleen: { $what }
only-or = { " of " }
only-agent = medewerker { $names }
only-team = team { $names }
only-number = nummer { $names }
only-queue = wachtrij { $names }
only-department = afdeling { $names }
only-stream = oproepen van { $names }
only-source = bron { $names }
only-medium = medium { $names }
only-campaign = campagne { $names }
only-tag = label { $names }
only-at-least = { $least } of langer
only-at-most = { $most } of korter
only-between = { $least } tot { $most } lang
only-in-hours = binnen werktijd
only-outside-hours = buiten werktijd
only-first-time = wie voor het eerst belt
only-not-first-time = wie al eerder belde
direction-inbound = inkomend
direction-outbound = uitgaand
direction-callback = terugbelverzoek
direction-internal = intern
direction-transit = transit
direction-unknown = richting onbekend
status-answered = beantwoord
status-missed = gemist
status-missed-no-answer = niemand nam op
status-missed-busy = toestellen in gesprek
status-missed-abandoned = opgehangen in de wachtrij
status-missed-cancelled = opgehangen tijdens het overgaan
status-missed-voicemail = voicemail
status-missed-ivr = opgehangen in het menu
status-missed-no-route = doorschakelen mislukt
status-client-not-reached = klant niet bereikt
status-client-no-answer = klant nam niet op
status-client-busy = klant in gesprek
status-failed = mislukt
status-forbidden = niet toegestaan
status-system-only = alleen automaat
status-in-progress = nog bezig
status-unknown = status onbekend
status-left-out = niet meegeteld
answered-by-human = een mens
answered-by-voicemail = voicemail
answered-by-ivr = het menu
answered-by-none = niemand
answered-by-unknown = niet bekend
call-list = Oproepen
listen = Luisteren
number-withheld = afgeschermd
yes = ja
no = nee
origin-not-tracked = (niet gevolgd)
origin-not-shown = (niet getoond)
sources-not-known = Waar bellers vandaan kwamen, is niet bekend. Wie dit rapport heeft ingesteld, kan dat bij elk van uw nummers vermelden.
by-hour-averages = Gemiddeld per weekdag: { $list }
several-exceptions = Vraagt aandacht
several-nothing = Niets vraagt aandacht: niemand wacht, er ontbreken geen gegevens.
several-what = Wat
several-no-data = geen gegevens over deze periode
several-unknown = { $n ->
        [one] Van { $n } project zijn er geen gegevens over deze periode; dat is niet hetzelfde als geen oproepen.
       *[other] Van { $n } projecten zijn er geen gegevens over deze periode; dat is niet hetzelfde als geen oproepen.
    }
several-title-unknown = Geen gegevens voor { $n } van { $all } projecten
several-subject-unknown = { $calls }, geen gegevens voor { $n ->
        [one] { $n } project
       *[other] { $n } projecten
    }
several-no-calls = Er kwamen { $when } geen oproepen binnen in { $projects }.
several-behind = oproepen na { $until } ontbreken ({ $source })
several-own-unknown = uw eigen oproepen zijn niet te onderscheiden
several-goal = { $figure }: { $value }, doel { $goal }
several-zone = Elk project is geteld in de dagen en uren van { $zone }.
several-own-rights = Hier staan alleen projecten waarin u een rol hebt.
several-more-to-call = Nog { $n }, zie het rapport van dit project
table-project-id = Sleutel van het project
table-project = Project
table-date = Datum
table-weekday = Weekdag
table-hour = Uur
table-reason = Waarom gemist
table-agent-id = Sleutel van medewerker
table-kind = Soort rij
kind-person = medewerker
kind-team = team
kind-no-team = zonder team
kind-unknown = niet bekend
table-agent-name = Naam van medewerker
table-agent = Medewerker
table-team = Team
table-source = Bron
table-medium = Medium
table-campaign = Campagne
table-calls = Oproepen
table-answered = Beantwoord
table-answer-rate = Beantwoord, aandeel
table-missed = Gemist
table-target = Doeloproepen
table-share = Aandeel
table-previous-calls = Oproepen ervoor
table-previous-answered = Beantwoord ervoor
table-previous-target = Doeloproepen ervoor
table-to-call-back = Nog terugbellen
table-days = Dagen
table-average = Gemiddeld
table-client-number = Beller
table-tries = Pogingen
table-waited-sec = Wachttijd in totaal
table-first-missed-at = Eerst gemist
table-attempts = Onze pogingen
table-last-attempt-at = Onze laatste poging
table-reached-at = Bereikt
table-talk-sec = Gesprek
table-talk-avg-sec = Gemiddeld gesprek
table-rang-colleague-answered = Ging over, collega nam op
table-rang-caller-lost = Ging over, beller verloren
table-called-back = Teruggebeld
table-answered-share = Aandeel beantwoord
table-outbound = Uitgaande oproepen
table-outbound-reached = Uitgaand, bereikt
table-started-at = Begin
table-direction = Richting
table-status = Uitkomst
table-wait-sec = Wachttijd
table-origin = Herkomst
table-tracking-number = Gekozen nummer
table-call-id = Oproep
table-raw-status = Status bij de bron
table-answered-by = Beantwoord door
table-answered-at = Beantwoord om
table-ended-at = Einde
table-ring-sec = Overgaan
table-ivr-sec = Menu
table-hold-sec = In de wacht
table-wrap-sec = Na de oproep
table-duration-sec = Duur
table-from-number = Van
table-to-number = Naar
table-queue = Wachtrij
table-department = Afdeling
table-is-target = Doeloproep
table-is-first-call = Eerste oproep
table-is-repeat = Herhaald
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = Eerste utm source
table-first-utm-medium = Eerste utm medium
table-first-utm-campaign = Eerste utm campaign
table-first-utm-content = Eerste utm content
table-first-utm-term = Eerste utm term
table-landing = Landingspagina
table-referrer = Verwijzende pagina
table-client-id = Bezoekers-id
table-tags = Labels
table-cost = Kosten
table-currency = Valuta
table-hangup-cause = Reden van ophangen
table-ended-by = Beëindigd door
table-linked-id = Gekoppelde oproep
table-merged-into = Samengevoegd met
table-region = Regio
table-category = Categorie
table-rating = Beoordeling
table-comment = Opmerking
table-visitor-id = Bezoeker
table-id-is-synthetic = Id door ons gemaakt
table-recording-url = Opname
call-list-more = { $n ->
        [one] nog { $n } oproep
       *[other] nog { $n } oproepen
    }
call-list-more-attached = { $n ->
        [one] nog { $n } oproep, in het bijgevoegde bestand
       *[other] nog { $n } oproepen, in het bijgevoegde bestand
    }
call-list-more-print = { $n ->
        [one] Nog { $n } oproep is niet afgedrukt.
       *[other] Nog { $n } oproepen zijn niet afgedrukt.
    }
call-list-more-print-attached = { $n ->
        [one] Nog { $n } oproep is niet afgedrukt; die staat in de bijgevoegde lijst.
       *[other] Nog { $n } oproepen zijn niet afgedrukt; die staan in de bijgevoegde lijst.
    }
several-projects = { $n ->
        [one] { $n } project
       *[other] { $n } projecten
    }
several-lead = U hebt { $rate } van { $n ->
        [one] { $n } oproep
       *[other] { $n } oproepen
    } beantwoord, in { $projects }.
several-to-call-back = { $n ->
        [one] { $n } beller nog terugbellen, wacht sinds { $when }
       *[other] { $n } bellers nog terugbellen, de eerste wacht sinds { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } beller nog terugbellen, wacht al meer dan { $days } dagen
       *[other] { $n } bellers nog terugbellen, van wie { $backlog } al meer dan { $days } dagen wachten
    }

## Aan de verantwoordelijke: een rapport wordt vastgehouden omdat oproepen ontbreken

held-subject = { $project }: het rapport ‘{ $report }’ wordt vastgehouden, er ontbreken oproepen
held-title = Het rapport ‘{ $report }’ wacht op oproepen
held-sentence = Het was gepland { $due } ({ $zone }) en is niet verzonden: nog niet alle oproepen van de periode zijn er.
held-advice = Het gaat vanzelf uit zodra de ontbrekende oproepen geïmporteerd zijn. Komen ze niet vóór { $until }, dan vervalt het.
held-advice-now = Om het nu te verzenden zoals het is, is er de opdracht ‘send-now { $schedule } --waiting’.
held-source = Ontbreekt

gave-up-subject = { $project }: het rapport ‘{ $report }’ is niet verzonden, er ontbreken oproepen
gave-up-title = Het rapport ‘{ $report }’ is niet verzonden
gave-up-sentence = Het was gepland { $due } ({ $zone }) en is vastgehouden tot { $until }; de verwachte oproepen kwamen niet.
gave-up-advice = Niemand heeft het gekregen. Het volgende wordt gewoon gemaakt. Zodra de oproepen er zijn, verzendt ‘send-now { $schedule }’ een voorbeeld van de laatste volledige periode.

## Attached files: headings of columns and sheets

sheet-figures = Cijfers
sheet-figure = Cijfer
sheet-value = Waarde
sheet-how-we-count = Hoe we tellen
sheet-empty = Geen rijen
sheet-more-rows = { $n ->
        [one] Nog { $n } rij past niet op een blad; de CSV- en JSON-bestanden hebben die wel.
       *[other] Nog { $n } rijen passen niet op een blad; de CSV- en JSON-bestanden hebben ze wel.
    }
sheet-to-call-back = Nog terugbellen
sheet-agents = Medewerkers
sheet-sources = Bronnen
sheet-by-day = Per dag
sheet-by-hour = Per uur
sheet-call-list = Gesprekken
sheet-missed-reasons = Waarom gemist
sheet-projects = Projecten
sheet-previous = Daarvoor
sheet-delta = Verschil
sheet-in-seconds = { $name }, seconden

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] Nog { $n } rij, hier weggelaten om de mail kort te houden.
       *[other] Nog { $n } rijen, hier weggelaten om de mail kort te houden.
    }
projects-not-shown = { $n ->
        [one] Nog { $n } project, hier zonder details om de mail kort te houden.
       *[other] Nog { $n } projecten, hier zonder details om de mail kort te houden.
    }
lines-not-shown = { $n ->
        [one] Nog { $n } zo’n regel, hier weggelaten om de mail kort te houden.
       *[other] Nog { $n } zulke regels, hier weggelaten om de mail kort te houden.
    }
too-large-subject = { $project }: { $n ->
        [one] een bijlage is
       *[other] { $n } bijlagen zijn
    } te groot voor een mail
too-large-eyebrow = Bijlagen
too-large-title = { $project }: { $n ->
        [one] een bijlage is
       *[other] { $n } bijlagen zijn
    } weggelaten
too-large-sentence = Het rapport ‘{ $report }’ van { $occurrence } is verstuurd zonder { $list }: { $n ->
        [one] met die bijlage
       *[other] met die bijlagen
    } zou de mail groter dan { $size }{ "\u00A0" }MB zijn geworden. De cijfers in de mail zelf zijn volledig.
too-large-sentence-sample = Het voorbeeld van het rapport ‘{ $report }’ is verstuurd zonder { $list }: { $n ->
        [one] met die bijlage
       *[other] met die bijlagen
    } zou de mail groter dan { $size }{ "\u00A0" }MB zijn geworden. De cijfers in de mail zelf zijn volledig.
too-large-advice = Maak het rapport kleiner met filters of kolommen, kies een kortere periode of haal { $n ->
        [one] het bestand
       *[other] de bestanden
    } op met `preview`.

## Waarschuwingen over geld en dienst

date-named = { $weekday } { $day }
date-named-short = { $weekday } { $day }

alert-what-project = het tegoed
alert-what-forwarding = het doorschakeltegoed
alert-what-other = het tegoed “{ $name }”
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = betaalde periode
alert-topic-trial = proefperiode
alert-topic-status = status
alert-subject = { $project }: { $what }
alert-subject-funds = Betaal uiterlijk { $payby }: { $what } van { $project } kan op { $end } op zijn
alert-subject-paid = Betaal uiterlijk { $payby }: de betaalde periode van { $project } eindigt op { $end }
alert-subject-funds-today = Betaal vandaag: { $what } van { $project } kan op { $end } op zijn
alert-subject-paid-today = Betaal vandaag: de betaalde periode van { $project } eindigt op { $end }
alert-preview = Saldo { $balance }. Vul aan met { $sum } om tot { $day } genoeg te hebben.
alert-paid-title = de betaalde periode eindigt op { $day }
alert-paid-then = Daarna kan de aanbieder de dienst opschorten.
alert-paid-over-title = de betaalde periode is geëindigd op { $day }
alert-paid-over-then = De dienst kan nu elk moment worden opgeschort. Een betaling voorkomt dat.
alert-paid-again-title = betaald tot en met { $day }, dank u
alert-trial-title = de proefperiode eindigt op { $day }
alert-trial-then = Daarna stopt de dienst, tenzij u een abonnement kiest.
alert-trial-over-title = de proefperiode is geëindigd op { $day }
alert-trial-over-then = De dienst gaat verder zodra u een abonnement hebt gekozen.
alert-funds-title = { $what } kan op { $day } op zijn
alert-funds-title-past = { $what } kan op { $day } al op zijn geweest
alert-funds-title-soon = { $what } kan binnenkort op zijn
alert-low-title = { $what } is lager dan { $sum }
alert-low-title-plain = { $what } is laag
alert-owes-title = { $project } staat { $sum } in het rood
alert-empty-title = { $project }: { $what } is op
alert-empty-since = Bekend sinds { $at } ({ $zone }).
alert-empty-then = Wat hierdoor is uitgeschakeld: { $off }.
alert-empty-then-other = De aanbieder kan uitschakelen wat met dit tegoed wordt betaald.
alert-topup-title = het opwaarderen met { $sum } is mislukt
alert-topup-title-plain = het opwaarderen is mislukt
alert-topup-why = Opgegeven reden: { $why }.
alert-recovered-title = { $what } is weer voldoende, dank u
alert-suspended-title = { $project } is opgeschort
alert-suspended-since = Sinds { $at } ({ $zone }).
alert-suspended-then = Delen van de dienst zijn uitgeschakeld. Als er geld ontbreekt, schakelt een betaling ze weer in; anders weet uw aanbieder waarom.
alert-reactivated-title = { $project } werkt weer
alert-reactivated-since = Actief sinds { $at } ({ $zone }).
alert-archived-title = { $project } is gearchiveerd
alert-archived-since = Sinds { $at } ({ $zone }).
alert-archived-then = Dit is het laatste bericht hierover: er worden geen oproeprapporten meer verstuurd. Alleen uw aanbieder kan het terughalen.
alert-usual-until = Bij het gebruikelijke verbruik is er genoeg tot { $day }.
alert-usual-long = Bij het gebruikelijke verbruik is er genoeg voor meer dan een jaar.
alert-ends = { $what } kan op { $earliest } op zijn; bij het gebruikelijke verbruik is er genoeg tot { $expected }.
alert-ends-earliest = { $what } kan op { $earliest } op zijn; bij het gebruikelijke verbruik is er genoeg voor meer dan een jaar.
alert-ends-long = Er is genoeg voor meer dan een jaar.
alert-too-little = We kennen het saldo ({ $sum }), maar het verbruik van slechts { $n ->
        [one] { $n } dag
       *[other] { $n } dagen
    }; hoelang het duurt is dus niet te zeggen.
alert-too-little-plain = We kennen het verbruik van slechts { $n ->
        [one] { $n } dag
       *[other] { $n } dagen
    }; hoelang het duurt is dus niet te zeggen.
alert-no-spend = In de laatste 28 dagen is niets verbruikt; er is geen einde in zicht.
alert-pay-by = Een overschrijving duurt { $n ->
        [one] ongeveer één werkdag
       *[other] ongeveer { $n } werkdagen
    }; betaal daarom uiterlijk { $day }.
alert-pay-by-plain = Betaal uiterlijk { $day }.
alert-pay-by-today = Het is de laatste dag waarop een overschrijving op tijd komt: betaal { $day }.
alert-today = vandaag
alert-pay-by-past = De laatste dag waarop een betaling op tijd zou komen was { $day }; betaal op de snelste manier die er is.
alert-stale = Het laatst bekende saldo is van { $at } ({ $zone }); het kan intussen hoger of lager zijn.
alert-usage-untold = De laatste dag waarvan we het verbruik kennen, is { $day }; de prognose gaat uit van de dagen tot en met die dag.
alert-cannot-wait = Dit kan niet wachten tot de ochtend van de volgende werkdag en komt daarom nu.
alert-then = Als het op is: { $off }.
alert-off-forwarding = doorgeschakelde oproepen worden niet meer verbonden
alert-off-other = de aanbieder kan uitschakelen wat ermee wordt betaald
alert-add = { $sum } bijstorten
alert-sms-pay = Stort uiterlijk { $day } { $sum } bij.
alert-sms-stale = Het laatste saldo is van { $day }.
alert-sms-balance = Het saldo is { $sum }.
alert-sms-late = Een overschrijving komt nu te laat: stort { $sum } bij op de snelste manier.
alert-sms-late-plain = Een overschrijving komt nu te laat: betaal op de snelste manier.
alert-pay-now = Nu betalen
alert-choose-plan = Abonnement kiezen
alert-covers = Met { $sum } hebt u genoeg tot { $day }, ook in een drukke maand; zonder btw.
alert-how = Hoe we dit weten
alert-fact-balance = Saldo
alert-as-of = op { $at } ({ $zone })
alert-fact-credit = Kredietlimiet
alert-fact-spend = Gebruikelijk verbruik
alert-a-day = { $sum } per dag
alert-by-week = { $work } op werkdagen, { $weekend } in het weekend
alert-fact-charge = Bekende afschrijving
alert-charge-on = { $sum } op { $day }
alert-fact-earliest = Vroegste einde
alert-if-busy = voorzichtig gerekend, naar de drukkere dagen van de laatste vier weken
alert-fact-expected = Verwacht einde
alert-at-usual = bij het gebruikelijke verbruik
alert-beyond = over meer dan een jaar
alert-walk = Dag voor dag
alert-walk-caption = Saldo aan het einde van elke dag, in { $currency }
alert-column-day = Dag
alert-column-expected = Verwacht
alert-column-busy = Voorzichtig
alert-walk-more = { $n ->
        [one] nog { $n } dag
       *[other] nog { $n } dagen
    }
alert-note-pay-by = laatste dag om te betalen
alert-note-earliest = vroegste einde
alert-note-expected = verwacht einde
alert-told = Hiervan op de hoogte gebracht: { $names }.
alert-next = Volgende herinnering: { $day }.
alert-next-also = Volgende herinnering: { $day }, ook aan { $names }.
alert-next-paid = Een betaling voorkomt die.
alert-next-plan = Een abonnement kiezen voorkomt die.
alert-how-counted = Het gebruikelijke verbruik is het gemiddelde van de laatste vier zelfde weekdagen; opwaarderingen en vaste kosten tellen niet mee; dagen gelden in plaatselijke tijd ({ $zone }).
alert-why-finance = U krijgt dit omdat u de financiële contactpersoon van { $project } bent.
alert-why-ops = U krijgt dit omdat u het beheer van { $project } doet.

# Several warnings of one morning in one mail.
joined-eyebrow = Samen in één bericht
joined-title = { $n ->
        [one] { $n } project heeft tegoed nodig
       *[other] { $n } projecten hebben tegoed nodig
    }
joined-title-one = { $project } heeft tegoed nodig
joined-subject = { $n ->
        [one] { $n } project heeft tegoed nodig
       *[other] { $n } projecten hebben tegoed nodig
    }, de eerste uiterlijk { $payby }
joined-subject-one = { $project } heeft tegoed nodig, de eerste betaling uiterlijk { $payby }
joined-care-title = { $n ->
        [one] { $n } project vraagt uw aandacht
       *[other] { $n } projecten vragen uw aandacht
    }
joined-care-title-one = { $project } vraagt uw aandacht
joined-well-title = { $n ->
        [one] Bij { $n } project is alles weer in orde
       *[other] Bij { $n } projecten is alles weer in orde
    }
joined-well-title-one = { $project }: alles is weer in orde
joined-news = Nieuws
joined-care-pay-by = { $title }, de eerste betaling uiterlijk { $payby }
joined-care-ends = { $title }, het eerste einde { $end }
joined-ended = Einde
joined-project = Project
joined-end = Kan op zijn
joined-pay-by = Uiterste betaaldag
joined-add = Bijstorten
joined-now = nu
joined-overdue = { $title }: { $n ->
        [one] één is over de datum
       *[other] { $n } zijn over de datum
    }
joined-more = { $n ->
        [one] Nog { $n } staat alleen in de tabel hierboven.
       *[other] Nog { $n } staan alleen in de tabel hierboven.
    }
joined-why = U krijgt dit vanwege uw rollen in deze projecten.

# What a chat is not told, because its messages end there.
brief-more = … en nog { $n }.
# A payment that is on its way.
alert-paid-button = Ik heb betaald, het komt binnen op …
alert-paid-quiets = Zet herinneringen stil tot de dag erna.
paid-ask-title = Wanneer komt uw betaling binnen?
paid-ask-sentence = { $project }: { $what }. Tot de dag na ontvangst krijgt niemand herinneringen.
paid-ask-label = Komt binnen op
paid-ask-button = Herinneringen stilzetten
paid-ask-note = Wat op is, wordt toch gemeld. Er wordt genoteerd dat { $name } dit heeft gemeld. Er verandert niets tot u op de knop drukt.
paid-ask-wrong = Kies een dag van { $from } tot en met { $to }.
paid-done-title = De herinneringen staan stil
paid-done-sentence = { $project }: { $what }. Er wordt op { $day } een betaling verwacht; vanaf de dag erna gaan de herinneringen door, tenzij zij binnen is.
paid-done-button = Ongedaan maken
paid-done-note = Gemeld door { $name }. Wat op is, wordt toch gemeld.
paid-undone-title = De herinneringen gaan door
paid-undone-sentence = { $project }: { $what }. De melding dat er een betaling onderweg is, is ingetrokken.
paid-gone-title = U krijgt deze herinneringen niet meer
paid-gone-sentence = { $project }: uw rollen zijn veranderd, dus meldt iemand anders een betaling.
# An automatic top-up that should have run.
alert-topup-late-title = het automatisch opwaarderen met { $sum } is uitgebleven
alert-topup-late-title-plain = het automatisch opwaarderen is uitgebleven
alert-topup-late-since = Het had op { $at } moeten gebeuren ({ $zone }).
# In somebody's place.
alert-why-deputy = U krijgt dit omdat { $name } tot en met { $day } afwezig is en u als vervanger voor { $project } heeft aangewezen.

# What waited through quiet hours.
digest-topic = wat heeft gewacht
digest-subject = { $project }: { $n ->
        [one] { $n } bericht heeft
       *[other] { $n } berichten hebben
    } gewacht
digest-subject-several = { $n ->
        [one] { $n } bericht heeft
       *[other] { $n } berichten hebben
    } gewacht, van { $projects ->
        [one] { $projects } project
       *[other] { $projects } projecten
    }
digest-of-balance = { $what } ({ $balance })
digest-title = Wat op u heeft gewacht
digest-lead = Nog open: { $open }. Ontstaan en opgelost: { $over }. Wat niet kan wachten, kwam meteen.
digest-open = Nog open: { $what }
digest-over = Ontstaan en opgelost: { $what }
digest-news = { $what }
digest-why = U krijgt dit omdat uw stille uren voorbij zijn, of omdat u zulk nieuws op dit tijdstip samen wilt.

# Limits of texts.
texts-topic = Sms’en
texts-near-day-title = { $used } van de { $most } sms’en voor { $name } van vandaag zijn gebruikt
texts-near-month-title = { $used } van de { $most } sms’en van deze maand zijn gebruikt
texts-full-day-title = De limiet van { $most ->
        [one] { $most } sms
       *[other] { $most } sms’en
    } per dag voor { $name } is bereikt
texts-full-month-title = De limiet van { $most ->
        [one] { $most } sms
       *[other] { $most } sms’en
    } van deze maand is bereikt
texts-near-day-then = Is de limiet bereikt, dan gaat er vandaag niets meer naar deze telefoon. Andere kanalen gaan door.
texts-near-month-then = Is de limiet bereikt, dan gaan er tot het einde van de maand geen sms’en meer. Andere kanalen gaan door.
texts-full-day-then = Vandaag gaat er niets meer naar deze telefoon. Andere kanalen gaan door.
texts-full-month-then = Tot het einde van de maand gaan er geen sms’en meer. Andere kanalen gaan door.
texts-advice = De limieten staan in de instellingen van de installatie, onder [sms]. Er gaan minder sms’en als telefoons alleen kritieke waarschuwingen krijgen.
