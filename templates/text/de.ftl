# Deutsch.

## Zahlen

figure-decimal = ,
figure-group = .
figure-group-least = 1
figure-percent = { $n }{ "\u00A0" }%
figure-points = { $n }{ "\u00A0" }Punkte
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }Min.
figure-hours = { $n }{ "\u00A0" }Std.
figure-hours-minutes = { $hours }{ "\u00A0" }Std. { $minutes }{ "\u00A0" }Min.
money = { $n }{ "\u00A0" }{ $sign }
money-negative = −{ $n }{ "\u00A0" }{ $sign }
currency-eur = €
currency-gbp = £
currency-pln = PLN
currency-uah = UAH
currency-usd = $

# Von Anrufern, am Anfang eines Titels (title-to-call-back).
number-1 = Ein
number-2 = Zwei
number-3 = Drei
number-4 = Vier
number-5 = Fünf
number-6 = Sechs
number-7 = Sieben
number-8 = Acht
number-9 = Neun
number-10 = Zehn
number-11 = Elf
number-12 = Zwölf

## Daten

month-long-1 = Januar
month-long-2 = Februar
month-long-3 = März
month-long-4 = April
month-long-5 = Mai
month-long-6 = Juni
month-long-7 = Juli
month-long-8 = August
month-long-9 = September
month-long-10 = Oktober
month-long-11 = November
month-long-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
# Ohne Tag daneben
month-alone-1 = Januar
month-alone-2 = Februar
month-alone-3 = März
month-alone-4 = April
month-alone-5 = Mai
month-alone-6 = Juni
month-alone-7 = Juli
month-alone-8 = August
month-alone-9 = September
month-alone-10 = Oktober
month-alone-11 = November
month-alone-12 = Dezember
# In einem Monat: „im November 2026“
month-in-1 = Januar
month-in-2 = Februar
month-in-3 = März
month-in-4 = April
month-in-5 = Mai
month-in-6 = Juni
month-in-7 = Juli
month-in-8 = August
month-in-9 = September
month-in-10 = Oktober
month-in-11 = November
month-in-12 = Dezember
weekday-long-1 = Montag
weekday-long-2 = Dienstag
weekday-long-3 = Mittwoch
weekday-long-4 = Donnerstag
weekday-long-5 = Freitag
weekday-long-6 = Samstag
weekday-long-7 = Sonntag
weekday-short-1 = Mo
weekday-short-2 = Di
weekday-short-3 = Mi
weekday-short-4 = Do
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = So
# Als Objekt: „jeden Montag“
weekday-object-1 = Montag
weekday-object-2 = Dienstag
weekday-object-3 = Mittwoch
weekday-object-4 = Donnerstag
weekday-object-5 = Freitag
weekday-object-6 = Samstag
weekday-object-7 = Sonntag
weekday-on = am { $weekday }

date-hour-digits = 2
date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day }. { $month }
date-day-month-year = { $day }. { $month } { $year }
date-day-month-short = { $day }. { $month }
date-day-month-year-short = { $day }. { $month } { $year }
date-weekday-day = { $weekday }, { $day }
date-day-time = { $day }, { $time }
date-moment = { $weekday }, { $day }, { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }.–{ $to }

period-week = Woche { $days }
period-month = { $month } { $year }
period-quarter = { $quarter }. Quartal { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = Ortszeit { $place }

when-on = am { $day }
when-in-month = im { $month } { $year }
when-in-quarter = im { $quarter }. Quartal { $year }
when-in-year = im Jahr { $year }
# Innerhalb eines Monats, über zwei, und mit Uhrzeit
when-days-in-month = vom { $from }. bis zum { $to }
when-days = vom { $from } bis zum { $to }
when-moments = von { $from } bis { $to }

before-day = am Tag davor
before-week = in der Woche davor
before-month = im Monat davor
before-quarter = im Quartal davor
before-year = im Jahr davor
before-span = im Zeitraum { $period }

## Berichte: Betreff, Vorschauzeile, Kopf

subject = { $project }: { $fact } ({ $period })
subject-sample = Muster: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    }
subject-to-call-back = { $n ->
        [one] { $n } Rückruf offen
       *[other] { $n } Rückrufe offen
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, keine Rückrufe offen
subject-no-calls = keine Anrufe
subject-no-data = keine Daten
subject-own-unknown = Ihre eigenen Anrufe sind nicht erkennbar

title-to-call-back = { $n ->
        [one] Ein Anrufer wartet noch auf einen Rückruf
       *[other] { $words } Anrufer warten noch auf einen Rückruf
    }
title-all-reached = Alle wartenden Anrufer wurden inzwischen erreicht
title-some-reached = { $title }; { $n } inzwischen erreicht
title-nobody-waits = Niemand wartet auf einen Rückruf
title-all-answered = Jeder Anruf wurde angenommen
title-no-calls = Es gingen keine Anrufe ein
title-no-calls-chosen = Keine Anrufe für diesen Bericht
title-no-calls-partly = Keine Anrufe in den vorliegenden Daten
title-no-data = Keine Daten für { $period }
title-own-unknown = Ihre eigenen Anrufe sind nicht erkennbar

lead-one-answered = Ein Anruf ging ein, und er wurde angenommen.
lead-one-missed = Ein Anruf ging ein, und er wurde verpasst.
lead-plain = Sie haben { $rate } von { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufen
    } angenommen.
lead-rate-more = Sie haben { $rate } von { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufen
    } angenommen, { $points } mehr als { $before }.
lead-rate-less = Sie haben { $rate } von { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufen
    } angenommen, { $points } weniger als { $before }{ $driver }.
lead-volume-more = { $n ->
        [one] { $n } Anruf ging
       *[other] { $n } Anrufe gingen
    } ein, { $change } mehr als { $before }; Sie haben { $rate } angenommen.
lead-volume-times = { $n ->
        [one] { $n } Anruf ging
       *[other] { $n } Anrufe gingen
    } ein, { $change }-mal so viele wie { $before }; Sie haben { $rate } angenommen.
lead-volume-less = { $n ->
        [one] { $n } Anruf ging
       *[other] { $n } Anrufe gingen
    } ein, { $change } weniger als { $before }; Sie haben { $rate } angenommen.
lead-no-calls = Es gingen { $when } keine Anrufe ein.
lead-no-calls-chosen = Kein Anruf { $when } entspricht den Filtern dieses Berichts.
lead-no-calls-partly = In den Daten, die uns { $when } vorliegen, gibt es keine Anrufe; ein Teil fehlt jedoch.
lead-source-worked = Die Quelle war in Betrieb: Ihre Anrufe sind bis { $until } vollständig.
lead-no-data = Uns liegen { $when } keine Daten vor: Noch keine Quelle hat etwas gesendet. Das ist nicht dasselbe wie keine Anrufe.
lead-no-data-uncovered = Uns liegen { $when } keine Daten vor: Keine Quelle deckt diese Zeit ab. Das ist nicht dasselbe wie keine Anrufe.
lead-no-data-since = Uns liegen { $when } keine Daten vor. „{ $source }“ hat zuletzt am { $last } ein Ereignis gesendet. Das ist nicht dasselbe wie keine Anrufe.
lead-own-unknown = Ihre Nummer oder Nebenstelle ist hier nicht bekannt, deshalb lässt sich kein Anruf Ihnen zuordnen. Wer diesen Bericht eingerichtet hat, kann sie ergänzen.

driver-weekday-hours = { $weekday } { $hours }
driver-on-weekday = ; { $here } der { $additional } zusätzlich verpassten Anrufe kamen { $on-weekday } zwischen { $from } und { $to }
driver-in-hours = ; { $here } der { $additional } zusätzlich verpassten Anrufe kamen zwischen { $from } und { $to }
driver-most-on-weekday = ; { $on-weekday } zwischen { $from } und { $to } { $here ->
        [one] wurde { $here } Anruf
       *[other] wurden { $here } Anrufe
    } mehr verpasst
driver-most-in-hours = ; zwischen { $from } und { $to } { $here ->
        [one] wurde { $here } Anruf
       *[other] wurden { $here } Anrufe
    } mehr verpasst
driver-missed-more = Größte Veränderung: { $where }, { $n } mehr verpasst.
driver-missed-fewer = Größte Veränderung: { $where }, { $n } weniger verpasst.
driver-calls-more = Größte Veränderung: { $where }, { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    } mehr.
driver-calls-fewer = Größte Veränderung: { $where }, { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    } weniger.
driver-agent-more = { $name } hat { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    } mehr angenommen.
driver-agent-fewer = { $name } hat { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    } weniger angenommen.

preview-up = { $rate } angenommen, { $points } mehr.
preview-down = { $rate } angenommen, { $points } weniger.
preview-driver = Den größten Anteil daran hat { $when }.

button-call = { $number } anrufen
button-call-back = Offene Rückrufe ansehen
button-calls = Alle Anrufe ansehen
link-support = Hilfe und Fragen
link-number-setup = Nummerneinrichtung prüfen

callout-sample = Dies ist ein Muster. Der geplante Bericht kommt wie gewohnt.
missing-day = Anrufe von { $day } fehlen (Quelle „{ $source }“ schweigt).
missing-day-after = Anrufe von { $day } nach { $from } fehlen (Quelle „{ $source }“ schweigt).
missing-day-between = Anrufe von { $day } zwischen { $from } und { $to } fehlen (Quelle „{ $source }“).
missing-after = Anrufe nach { $from } fehlen (Quelle „{ $source }“ schweigt).
missing-between = Anrufe zwischen { $from } und { $to } fehlen (Quelle „{ $source }“).
calls-of-1 = Montag
calls-of-2 = Dienstag
calls-of-3 = Mittwoch
calls-of-4 = Donnerstag
calls-of-5 = Freitag
calls-of-6 = Samstag
calls-of-7 = Sonntag
callout-not-over = Dieser Zeitraum ist noch nicht zu Ende: Die Zahlen haben den Stand { $at }.
callout-late = Fällig { $due }, erstellt { $made }.
callout-late-waited = Fällig { $due }, erstellt { $made }: wartete auf fehlende Anrufe.
callout-late-waited-day = Fällig { $due }, erstellt { $made }: wartete auf die Anrufe von { $day }.

## Berichte: Zahlen und ihre Veränderung

change-more = { $n } mehr
change-fewer = { $n } weniger
change-none = unverändert
change-new = neu
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Eingehende Anrufe
figure-answered = Angenommen
figure-missed = Verpasst
figure-to-call-back = Offene Rückrufe
figure-target = Zielanrufe
figure-talk = Gesprächszeit (Mittel)
goal-met = Ziel { $goal }: erreicht
goal-not-met = Ziel { $goal }: nicht erreicht
goal-unknown = Ziel { $goal } (nicht messbar)
figures-answered = Angenommen · Quote
figures-missed = Verpasst · Quote
figures-missed-hours = Verpasst in · außerhalb der Arbeitszeit
figures-callers = Anrufer · neue
figures-wait = Wartezeit: Median · Mittel · 9 von 10 bis
figures-service-level = Angenommen binnen { $seconds }{ "\u00A0" }s ({ $formula })
figures-outbound = Ausgehend · erreicht
figures-requests = Rückrufwünsche · erreicht · nicht erreicht · nicht angenommen
figures-requests-other = Rückrufwünsche · erreicht · nicht erreicht · nicht angenommen · sonstige
to-call-back-response-open = { $reached }; Median bis zum ersten Rückruf bei allen, die binnen { $hours }{ "\u00A0" }Std. Arbeitszeit zurückgerufen wurden ({ $n }): { $span } Arbeitszeit ({ $clock } nach der Uhr)
to-call-back-within = Zurückgerufen binnen 15{ "\u00A0" }Min.: { $quarter }, 1{ "\u00A0" }Std.: { $hour }{ $clock ->
        [yes] {" "}(nach der Uhr)
       *[no] {""}
    }.
to-call-back-within-day = Zurückgerufen binnen 15{ "\u00A0" }Min.: { $quarter }, 1{ "\u00A0" }Std.: { $hour }, 24{ "\u00A0" }Std.: { $day }{ $clock ->
        [yes] {" "}(nach der Uhr)
       *[no] {""}
    }.
to-call-back-by = { $same } von jemandem, bei dem es geklingelt hatte, { $colleague } von Kollegen.
to-call-back-goal = Median der Zeit bis zum ersten Rückruf: { $goal }.
to-call-back-goal-open = Median der Arbeitszeit bis zum ersten Rückruf: { $goal }.
column-tries-waited = Versuche{ "\u00A0" }· gewartet
foot-missed-set = Verpasst = niemand hat mit dem Anrufer gesprochen: { $set }.
foot-target-cycle = Ein Zielanruf ist von seiner Quelle so gekennzeichnet, sonst ein angenommener Anruf ab { $seconds }{ "\u00A0" }s, der der erste des Anrufers in { $days ->
        [one] { $days } Tag
       *[other] { $days } Tagen
    } ist.
foot-target-kept = Sie werden noch nicht verglichen: Anrufe sind erst ab { $from } aufbewahrt, das ist weniger als diese Frist vor dem früheren Zeitraum.
foot-new = Neue Anrufer haben keinen früheren Anruf in den aufbewahrten Daten, die am { $from } beginnen.
foot-service-level = Angenommen binnen { $seconds }{ "\u00A0" }s nach Formel { $formula }: { $letters }, mit A angenommen und B beim Warten aufgelegt, a und b davon binnen { $seconds }{ "\u00A0" }s, s aufgelegt binnen { $short }{ "\u00A0" }s.

all-figures = Alle Zahlen
compared-with = verglichen mit { $period }
few-calls = Weniger als { $n } Anrufe in einem der beiden Zeiträume: Quoten schwanken dann schon durch Zufall.
column-this = Dieser Zeitraum
column-before = Davor
column-change = Änderung

## Was über ausgewählte Anrufe zu sagen bleibt

lead-chosen = { $n ->
        [one] { $n } Anruf: { $answered } angenommen, { $missed } verpasst.
       *[other] { $n } Anrufe: { $answered } angenommen, { $missed } verpasst.
    }
lead-chosen-answered = { $n ->
        [one] { $n } Anruf wurde angenommen.
       *[other] { $n } Anrufe wurden angenommen.
    }
lead-chosen-missed = { $n ->
        [one] { $n } Anruf wurde verpasst.
       *[other] { $n } Anrufe wurden verpasst.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } ausgehender Anruf
       *[other] { $n } ausgehende Anrufe
    }, { $reached } erreicht.
lead-chosen-requests = { $n ->
        [one] { $n } Rückrufwunsch
       *[other] { $n } Rückrufwünsche
    }, { $reached } erreicht.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } ausgehender Anruf.
       *[other] { $n } ausgehende Anrufe.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } Rückrufwunsch.
       *[other] { $n } Rückrufwünsche.
    }
lead-chosen-other = { $n ->
        [one] { $n } Anruf.
       *[other] { $n } Anrufe.
    }
several-chosen = { $calls } in { $projects }.
foot-no-rates-outcome = Ohne Quoten: Diese Anrufe sind danach ausgewählt, wie sie ausgingen oder wie lange sie dauerten.
foot-no-rates-people = Ohne Quoten: Diese Anrufe sind danach ausgewählt, wer beteiligt war, und von einem Anruf, den niemand annahm, ist nur bekannt, wo es klingelte.
foot-service-level-outside = { $n ->
        [one] { $n } auf andere Weise verpasster Anruf zählt hier nicht mit.
       *[other] { $n } auf andere Weise verpasste Anrufe zählen hier nicht mit.
    }
missed-forwarding = Bei Anrufen an { $numbers } schlug die Weiterleitung fehl.
link-pay = Guthaben aufladen

## Kennzahlen beim Namen

figure-answer-rate = Annahmequote
figure-missed-rate = Verpasst, Quote
figure-calls-in-hours = Eingehend in der Arbeitszeit
figure-calls-outside-hours = Eingehend außerhalb der Arbeitszeit
figure-answered-in-hours = Angenommen in der Arbeitszeit
figure-answered-outside-hours = Angenommen außerhalb der Arbeitszeit
figure-answer-rate-outside-hours = Annahmequote außerhalb der Arbeitszeit
figure-missed-short = Verpasst, Anrufer legte schnell auf
figure-missed-no-answer = Verpasst: niemand hat abgenommen
figure-missed-hung-up = Verpasst: beim Warten aufgelegt
figure-missed-busy = Verpasst: Telefone besetzt oder aus
figure-missed-voicemail = Verpasst: Mailbox
figure-missed-no-route = Verpasst: Weiterleitung fehlgeschlagen
figure-unique-callers = Verschiedene Anrufer
figure-new-callers = Neue Anrufer
figure-wait-median-sec = Wartezeit, Median
figure-asa-sec = Wartezeit, Mittel
figure-wait-p90-sec = Wartezeit, 9 von 10 bis
figure-service-level = Servicelevel
figure-talk-avg-sec = Gesprächszeit, Mittel
figure-outbound = Ausgehende Anrufe
figure-outbound-reached = Ausgehend, erreicht
figure-callback-requests = Rückrufwünsche
figure-callback-reached = Rückrufwünsche, erreicht
figure-callback-client-not-reached = Rückrufwünsche, Kunde nicht erreicht
figure-callback-not-taken = Rückrufwünsche, von uns nicht angenommen
figure-callback-other = Rückrufwünsche, fehlgeschlagen oder unbekannt
figure-to-call-back-lost = Zurückzurufen, Frist verstrichen
figure-to-call-back-waiting = Zurückzurufen, noch in der Frist
figure-to-call-back-backlog = Zurückzurufen, seit über 14 Tagen
figure-to-call-back-reached = Erreichte Anrufer
figure-to-call-back-first-response-median-sec = Erster Rückruf, Median
figure-to-call-back-first-response-median-open-sec = Erster Rückruf, Median in Arbeitszeit
figure-to-call-back-first-response-within-15-min = Zurückgerufen binnen 15 Min.
figure-to-call-back-first-response-within-1-h = Zurückgerufen binnen 1 Std.
figure-to-call-back-first-response-within-24-h = Zurückgerufen binnen 24 Std.
figure-to-call-back-first-response-same-agent = Zurückgerufen von jemandem, bei dem es geklingelt hatte
figure-to-call-back-first-response-colleague = Zurückgerufen von Kollegen

## Arbeitszeiten und freie Tage

figure-answer-rate-in-hours = Annahmequote in der Arbeitszeit
figure-missed-in-hours = Verpasst in der Arbeitszeit
figure-missed-outside-hours = Verpasst außerhalb der Arbeitszeit
card-hours = { $in } in, { $outside } außerhalb der Arbeitszeit
foot-hours = Arbeitszeiten: { $hours }.
working-days = { $n ->
        [one] { $n } Arbeitstag
       *[other] { $n } Arbeitstage
    }
working-days-differ = { $days }, { $before } { $n }.
working-days-others = Gleich viele Arbeitstage, aber andere ({ $before }): { $why }.
working-days-differ-why = { $days }, { $before } { $n }: { $why }.
day-off-named = { $day } war { $name }
day-off-unnamed = { $day } war frei
day-extra = { $day } war ein Arbeitstag
days-off-more = { $n ->
        [one] { $n } weiterer solcher Tag
       *[other] { $n } weitere solche Tage
    }
by-day-days-off = Freie Tage: { $list }.

why-missed = Warum Anrufe verpasst wurden
missed-caption-short = { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    }, davon { $short } innerhalb von { $seconds }{ "\u00A0" }s aufgelegt
missed-no-answer = Niemand hat abgenommen
missed-no-answer-or-busy = Niemand hat abgenommen, oder besetzt
missed-hung-up = Beim Warten aufgelegt
missed-busy = Telefone besetzt oder aus
missed-voicemail = Mailbox
missed-no-route = Weiterleitung fehlgeschlagen
answered = angenommen
missed = verpasst

## Berichte: zurückzurufende Anrufer

to-call-back = Offene Rückrufe
to-call-back-nobody = Niemand wartet auf einen Rückruf
to-call-back-caption = { $n ->
        [one] { $n } Anrufer
       *[other] { $n } Anrufer, am längsten Wartende zuerst
    }
to-call-back-caption-lost = { $n ->
        [one] { $n } Anrufer, wartet seit mehr als { $hours }{ "\u00A0" }Std.
       *[other] { $n } Anrufer, am längsten Wartende zuerst; { $lost } seit mehr als { $hours }{ "\u00A0" }Std.
    }
to-call-back-reached = { $n ->
        [one] { $n } weiterer wurde erreicht
       *[other] { $n } weitere wurden erreicht
    }
to-call-back-response = { $reached }; Median bis zum ersten Rückruf bei allen, die binnen { $hours }{ "\u00A0" }Std. zurückgerufen wurden ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] { $n } weiterer Anrufer wartet seit über { $days } Tagen.
       *[other] { $n } weitere Anrufer warten seit über { $days } Tagen.
    }
to-call-back-backlog-only = { $n ->
        [one] { $n } Anrufer wartet seit über { $days } Tagen.
       *[other] { $n } Anrufer warten seit über { $days } Tagen.
    }
to-call-back-withheld = { $n ->
        [one] Ein verpasster Anruf kam von einer unterdrückten Nummer.
       *[other] { $n } verpasste Anrufe kamen von unterdrückten Nummern.
    }
to-call-back-unread = { $n ->
        [one] Die Nummer eines verpassten Anrufs ist nicht lesbar, sein Anrufer fehlt daher in der Liste.
       *[other] Die Nummern von { $n } verpassten Anrufen sind nicht lesbar, ihre Anrufer fehlen daher in der Liste.
    }
column-caller = Anrufer
column-first-missed = Zuerst verpasst
column-source = Quelle
column-since = Seitdem
more-rows = { $n ->
        [one] { $n } weiterer Anrufer, der weniger lange wartet
       *[other] { $n } weitere Anrufer, die weniger lange warten
    }
more-attached = { $more }, in der angehängten Liste
number-last-4 = …{ $digits }
number-hidden = Nummer verborgen
since-not-called = noch nicht angerufen
since-tried-once = versucht { $when }
since-tried = { $n ->
        [2] zweimal versucht
       *[other] { $n }-mal versucht
    }
since-reached = erreicht { $when }
since-returned = rief { $when } wieder an, angenommen
since-again = { $done }, rief { $when } wieder an

## Berichte: Mitarbeitende, Quellen, Zeiten

agents = Mitarbeitende
agents-caption = { $n } angenommen
agents-unknown = Person nicht bekannt
agents-more = { $n ->
        [one] { $n } weitere Person mit { $answered } angenommenen Anrufen
       *[other] { $n } weitere Personen mit { $answered } angenommenen Anrufen
    }
agents-note-lost = Ein verlorener Anruf kann an mehreren Telefonen klingeln, deshalb ergibt diese Spalte nicht { $n }.
column-answered = Angenommen
column-target = Zielanrufe
column-talk = Ø Gespräch
column-elsewhere = Klingelte, Kollege nahm an
column-lost = Klingelte, Anrufer verloren
column-called-back = Zurückgerufen

## Reports: people and numbers of the directory

agents-numbered = Person { $n }
agents-teams = Teams
agents-no-team = Ohne Team
agents-you = Sie
agents-colleague = Jemand im Team
agents-caption-own = { $own } angenommen, { $others ->
        [0] keiner von anderen
       *[other] weitere { $others } von anderen
    }
agents-not-known = Personen werden nicht gezeigt: Kein Anruf sagt, wer ihn annahm oder wessen Telefon klingelte.
agents-nobody-called-back = Personen werden nicht gezeigt: Hier hat niemand einen eingehenden Anruf angenommen oder einen Wartenden zurückgerufen.
agents-no-teams = Teams werden nicht gezeigt: In der Liste der Personen hat niemand eines.
own-calls = Ihre Anrufe
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = Nicht in Ihrer Liste der Personen: { $people }. Bitte einen Namen ergänzen.
unlisted-person = { $who } ({ $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    })
unlisted-extension = Nebenstelle { $key }
unlisted-hidden = { $n ->
        [one] Ein Telefon fehlt in Ihrer Liste der Personen.
       *[other] { $n } Telefone fehlen in Ihrer Liste der Personen.
    }
unlisted-numbers = Nicht in Ihrer Liste der Nummern: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufe
    })
foot-number-source = Ein Anruf ohne eigene Quelle zählt für die Quelle, die zur gewählten Nummer eingetragen ist.
unlisted-more = und { $n } weitere
left-out-ignored-number = { $n ->
        [one] { $n } Anruf von einer ignorierten Nummer
       *[other] { $n } Anrufe von ignorierten Nummern
    }

## Reports: where callers come from

sources = Quellen
sources-more = { $n ->
        [one] { $n } weitere Quelle
       *[other] { $n } weitere Quellen
    } mit { $calls ->
        [one] { $calls } Anruf
       *[other] { $calls } Anrufen
    }
column-calls = Anrufe
column-share = Anteil

when-people-call = Wann angerufen wird
busiest = Am meisten los: { $weekday } { $hours }, { $calls ->
        [one] { $calls } Anruf
       *[other] { $calls } Anrufe
    }
busiest-missed = Am meisten los: { $weekday } { $hours }, { $calls ->
        [one] { $calls } Anruf
       *[other] { $calls } Anrufe
    }, davon { $missed } verpasst
by-day-summary = Eingehende Anrufe: { $bars }
by-hour-summary = Eingehende Anrufe nach Wochentag und Stunde. { $busiest }

## Berichte: wie gezählt wird

foot-how = Wie wir zählen.
foot-missed = Verpasst = kein Mensch hat mit dem Anrufer gesprochen: niemand nahm ab, beim Warten aufgelegt, Telefone besetzt oder aus, Mailbox, Weiterleitung fehlgeschlagen.
foot-rate = Annahmequote = angenommen ÷ (angenommen + verpasst).
foot-times = Warte- und Gesprächszeiten sind Mittel über angenommene Anrufe mit bekanntem Wert, ohne Zeit in Menüs.
foot-wait-unknown = { $n ->
        [one] Die Wartezeit von { $n } angenommenen Anruf ist nicht bekannt.
       *[other] Die Wartezeit von { $n } angenommenen Anrufen ist nicht bekannt.
    }
foot-talk-unknown = { $n ->
        [one] Die Gesprächszeit von { $n } angenommenen Anruf ist nicht bekannt.
       *[other] Die Gesprächszeit von { $n } angenommenen Anrufen ist nicht bekannt.
    }
foot-target = Ein Zielanruf ist von seiner Quelle als solcher markiert, sonst ein angenommener Anruf ab { $seconds }{ "\u00A0" }s.
foot-short = Wer beim Warten innerhalb von { $seconds }{ "\u00A0" }s auflegte, zählt als verpasst, aber nicht als zurückzurufen; wer auf besetzte Telefone oder die Mailbox traf, ist zurückzurufen.
foot-left-out = Nicht gezählt: { $parts }.
foot-nothing-left-out = Kein eingehender Anruf wurde ausgelassen.
left-out-missed-ivr = { $n } im Menü aufgelegt
left-out-missed-no-answer = { $n } von niemandem angenommen
left-out-missed-busy = { $n } mit besetzten Telefonen
left-out-missed-abandoned = { $n } in der Warteschlange aufgelegt
left-out-missed-cancelled = { $n } beim Klingeln aufgelegt
left-out-missed-voicemail = { $n } auf der Mailbox
left-out-missed-no-route = { $n } mit fehlgeschlagener Weiterleitung
left-out-system-only = { $n } nur mit einem Automaten
left-out-failed = { $n } fehlgeschlagen
left-out-forbidden = { $n } gesperrt
left-out-in-progress = { $n } noch offen
left-out-unknown = { $n ->
        [one] { $n } unbekannter Status
       *[other] { $n } unbekannte Status
    }
left-out-client-no-answer = { $n }, bei denen der Kunde nicht abnahm
left-out-client-busy = { $n }, bei denen der Kunde besetzt war
foot-compared = Verglichen mit: { $period }.
foot-not-compared-not-over = Nicht verglichen mit { $period }: Dieser Zeitraum ist noch nicht zu Ende.
foot-not-compared-incomplete = Nicht verglichen mit { $period }: Dieser Zeitraum ist nicht vollständig.
foot-not-compared-incomplete-before = Nicht verglichen mit { $period }: Die Daten jenes Zeitraums sind nicht vollständig.
foot-not-compared-no-data = Nicht verglichen mit { $period }: Dafür liegen keine Daten vor.
foot-late-calls = { $n ->
        [one] Ein Anruf aus { $period } kam herein, nachdem der Bericht darüber erstellt war.
       *[other] { $n } Anrufe aus { $period } kamen herein, nachdem der Bericht darüber erstellt war.
    }
foot-then-now = { $figure }, { $period }: damals { $then }, jetzt { $now }.
foot-data = Daten: { $calls ->
        [one] { $calls } Anruf
       *[other] { $calls } Anrufe
    } aller Art, der letzte { $last }; { $open } noch offen, { $unknown ->
        [one] { $unknown } unbekannter Status
       *[other] { $unknown } unbekannte Status
    }.
foot-data-none = Daten: kein Anruf irgendeiner Art.
foot-data-none-chosen = Daten: kein Anruf, der den Filtern dieses Berichts entspricht.
foot-coverage-whole = Die Daten decken den ganzen Zeitraum ab.
foot-coverage-from = Die Daten beginnen am { $from }.
foot-coverage-not-stated = „{ $source }“ gibt nicht an, wie weit die Daten reichen.
foot-coverage-unstated = Keine Quelle gibt an, wie weit ihre Daten reichen; es können also noch Anrufe eintreffen.
foot-coverage-behind = „{ $source }“ ist nur bis { $until } vollständig.
foot-made = Erstellt { $at } ({ $zone }).

note-gap = Die Uhr übersprang die Zeit, zu der dieser Bericht fällig ist; er wurde am Ende dieser Lücke erstellt.
note-overlap = Die Uhr zeigte die Zeit, zu der dieser Bericht fällig ist, zweimal; er wurde beim ersten Mal erstellt.
note-clamped = Den Tag, an dem dieser Bericht fällig ist, gibt es in jenem Monat nicht; er wurde am letzten erstellt.
note-day-off = Was auf einen freien Tag fiel, steht in diesem Bericht, der am nächsten Arbeitstag erstellt wurde.
note-cut-at-31-days = Hier sind nur die letzten 31 Tage gezählt: Der vorige Bericht liegt länger zurück.
note-first = Dies ist der erste Bericht dieser Art.

## Seiten

stop-ask-title = Diesen Bericht abbestellen?
stop-ask-sentence = { $address } erhält den Bericht „{ $report }“ von { $project }. Niemand sonst ist betroffen.
stop-ask-button = Bericht abbestellen
stop-ask-note = Es ändert sich nichts, bevor Sie auf eine der Schaltflächen klicken.
stop-done-title = Der Bericht ist abbestellt
stop-done-sentence = { $address } erhält den Bericht „{ $report }“ von { $project } nicht mehr.
stop-done-note = Andere sind nicht betroffen.
stop-pause-label = Pausieren bis
stop-pause-button = Pausieren
stop-project-button = Alles von { $project } abbestellen
stop-undo-button = Rückgängig machen
stop-paused-title = Der Bericht pausiert
stop-paused-sentence = { $address } erhält den Bericht „{ $report }“ von { $project } bis zum { $until } nicht.
stop-paused-note = Ab diesem Tag kommt er von selbst wieder.
stop-project-title = Alles von { $project } ist abbestellt
stop-project-sentence = { $address } erhält nichts mehr von { $project }: weder Berichte noch Mitteilungen.
stop-project-note = Andere sind nicht betroffen. Bleibt niemand, der von Geldfragen erfährt, erfährt der Inhaber davon.
stop-others-title = Hierhin wird nichts mehr gesendet
stop-others-sentence = { $address } erhält den Bericht „{ $report }“ von { $project } nicht. Wer ihn betreut, hat das beendet, oder unsere Mails kamen zurück.
stop-others-note = Um ihn wieder zu erhalten, fragen Sie, wer die Berichte von { $project } betreut.
stop-undone-title = Der Bericht kommt wieder
stop-undone-sentence = { $address } erhält den Bericht „{ $report }“ von { $project } wie zuvor.
stop-undone-note = Was inzwischen fällig war, wird nicht nachgesendet.
stop-day-title = Bis zu diesem Tag kann der Bericht nicht pausieren
stop-day-sentence = Bitte wählen Sie einen Tag ab morgen und innerhalb eines Jahres.
stop-day-note = Es wurde nichts geändert.
stop-unknown-title = Dieser Link ist ungültig
stop-unknown-sentence = Vielleicht wurde er beim Kopieren abgeschnitten. Bitte öffnen Sie den Link in der Mail selbst.
stop-unknown-note = Es wurde nichts geändert.
stop-later-title = Das hat gerade nicht geklappt
stop-later-sentence = Bitte versuchen Sie es in einigen Minuten noch einmal.
stop-later-note = Es wurde nichts geändert.

## An Verantwortliche: was aus Mails wurde

mail-eyebrow = { $project } · Mail
mail-column-address = An
mail-column-what = Was
mail-column-reason = Was gemeldet wurde
mail-column-reference = Referenz

mail-unknown-subject = { $project }: { $n ->
        [one] eine Mail ist
       *[other] { $n } Mails sind
    } vielleicht nicht angekommen
mail-unknown-title = { $n ->
        [one] Eine Mail ist vielleicht nicht angekommen
       *[other] { $n } Mails sind vielleicht nicht angekommen
    }
mail-unknown-sentence = Wir haben { $n ->
        [one] sie
       *[other] sie alle
    } übergeben und keine Antwort erhalten, ob der Mailserver { $n ->
        [one] sie
       *[other] sie alle
    } angenommen hat. Damit niemand dasselbe zweimal erhält, senden wir nicht von selbst erneut.
mail-unknown-advice = Fragen Sie den Empfänger, ob die Mail angekommen ist. Wer diesen Dienst betreut, kann sie erneut senden oder die Antwort festhalten; nennen Sie dazu die Referenz. Ohne Antwort gilt die Mail nach sieben Tagen als gescheitert.

mail-still-unknown-subject = { $project }: { $n ->
        [one] eine Mail gilt
       *[other] { $n } Mails gelten
    } jetzt als gescheitert
mail-still-unknown-title = { $n ->
        [one] Was aus einer Mail wurde, blieb sieben Tage unbekannt
       *[other] Was aus { $n } Mails wurde, blieb sieben Tage unbekannt
    }
mail-still-unknown-sentence = Niemand hat gesagt, ob { $n ->
        [one] sie angekommen ist; sie gilt
       *[other] sie angekommen sind; sie gelten
    } jetzt als gescheitert.
mail-still-unknown-advice = Wer diesen Dienst betreut, kann erneut senden; nennen Sie dazu die Referenz.

mail-marked-subject = { $project }: { $n ->
        [one] eine Adresse gibt es nicht
       *[other] { $n } Adressen gibt es nicht
    }
mail-marked-title = { $n ->
        [one] Eine Adresse gibt es nicht, meldet ihr Mailserver
       *[other] { $n } Adressen gibt es nicht, melden ihre Mailserver
    }
mail-marked-sentence = { $n ->
        [one] Sie ist markiert, und es wird nichts mehr dorthin gesendet. Wer die Mail erhalten sollte, hat sie nicht erhalten.
       *[other] Sie sind markiert, und es wird nichts mehr dorthin gesendet. Wer die Mails erhalten sollte, hat sie nicht erhalten.
    }
mail-marked-advice = Ist eine Adresse falsch, berichtigen Sie sie in der Einrichtung und wenden Sie diese an. Ist sie wieder richtig, kann die Markierung entfernen, wer diesen Dienst betreut.

mail-refused-subject = { $project }: { $n ->
        [one] eine Mail wurde
       *[other] { $n } Mails wurden
    } abgelehnt
mail-refused-title = { $n ->
        [one] Eine Mail wurde endgültig abgelehnt
       *[other] { $n } Mails wurden endgültig abgelehnt
    }
mail-refused-sentence = Der Mailserver der Gegenseite hat { $n ->
        [one] sie nicht angenommen. Die Adresse ist
       *[other] sie nicht angenommen. Die Adressen sind
    } nicht markiert: Der nächste Bericht wird wie geplant gesendet.
mail-refused-advice = Was der Server meldete, steht in der Tabelle. Ist die Ursache behoben, sendet der Befehl „resend REFERENCE“ erneut.

mail-came-back-subject = { $project }: { $n ->
        [one] eine Mail kam zurück
       *[other] { $n } Mails kamen zurück
    }
mail-came-back-title = { $n ->
        [one] Eine Mail kam zurück, nachdem sie angenommen war
       *[other] { $n } Mails kamen zurück, nachdem sie angenommen waren
    }
mail-came-back-sentence = Unser Mailserver hatte das Gesendete angenommen, doch ein weiterer schickte es zurück: Niemand hat es gelesen.
mail-came-back-advice = Was der Server meldete, steht in der Tabelle. Eine Adresse, die es nach seinen Worten nicht gibt, erhält von diesem Projekt nichts mehr, bis sie wieder zulässt, wer diesen Dienst betreut. Andere erhalten die nächste Mail wie gewohnt.

mail-spam-subject = { $project }: { $n ->
        [one] eine Mail wurde als Spam gemeldet
       *[other] { $n } Mails wurden als Spam gemeldet
    }
mail-spam-title = { $n ->
        [one] Eine Mail wurde vom Empfänger als Spam gemeldet
       *[other] { $n } Mails wurden von den Empfängern als Spam gemeldet
    }
mail-spam-sentence = Eine solche Adresse erhält von diesem Projekt nichts mehr. Maildienste zählen diese Meldungen, und zu viele davon halten die Mails aller aus dem Posteingang fern.
mail-spam-advice = Fragen Sie nach, ob die Mails erwünscht sind. Wenn ja, kann die Adresse wieder zulassen, wer diesen Dienst betreut.
mail-lift-note = Für alle, die diesen Dienst betreuen: Der Befehl „suppressions lift ADDRESS --reason …“ lässt eine Adresse wieder zu.

mail-held-subject = { $project }: Versand angehalten, der Mailserver lehnt unsere Mails ab
mail-held-title = Ein Mailserver lehnt alles ab, deshalb senden wir nicht mehr über ihn
mail-held-sentence = Mehrere Adressen erhielten binnen zehn Minuten dieselbe Ablehnung. Das liegt am Absender, nicht an ihnen: { $n ->
        [one] Die Mail ist
       *[other] Die { $n } Mails sind
    } wieder in der Warteschlange, und keine Adresse ist markiert.
mail-held-advice = Prüfen Sie die Absenderadresse, ihre SPF- und DKIM-Einträge und die Meldung des Servers unten. Der Versand geht von selbst weiter, sobald der Server wieder Mails annimmt; was nicht rechtzeitig gesendet werden kann, verfällt, und Sie erfahren es.

mail-expired-subject = { $project }: { $n ->
        [one] eine Mail wurde
       *[other] { $n } Mails wurden
    } nicht rechtzeitig gesendet
mail-expired-title = { $n ->
        [one] Eine Mail konnte nicht rechtzeitig gesendet werden
       *[other] { $n } Mails konnten nicht rechtzeitig gesendet werden
    }
mail-expired-sentence = Wir haben es versucht, bis { $n ->
        [one] sie nicht mehr nützlich gewesen wäre
       *[other] sie nicht mehr nützlich gewesen wären
    }, und dann aufgegeben.
mail-expired-advice = Der Befehl „explain --to ADDRESS“ zeigt jeden Versuch. „resend REFERENCE“ sendet doch noch.

mail-more = { $n ->
        [one] und { $n } weitere
       *[other] und { $n } weitere
    }

mail-unsendable-subject = { $project }: { $n ->
        [one] eine Mail kann
       *[other] { $n } Mails können
    } nicht gesendet werden
mail-unsendable-title = { $n ->
        [one] Eine Mail kann so nicht gesendet werden
       *[other] { $n } Mails können so nicht gesendet werden
    }
mail-unsendable-sentence = Bei uns ging nichts hinaus, und niemand hat { $n ->
        [one] sie abgelehnt: Die Ursache liegt bei uns und steht
       *[other] sie abgelehnt: Die Ursachen liegen bei uns und stehen
    } in der Tabelle.
mail-unsendable-advice = Eine Adresse mit Buchstaben wie ü oder б vor dem @ braucht einen Mailserver, der SMTPUTF8 anbietet: Tragen Sie einen in den Einstellungen ein, oder verwenden Sie eine andere Adresse. Ist die Ursache behoben, sendet der Befehl „resend REFERENCE“ erneut.

## Die Zeilen unter einer Mail, die je Empfänger verschieden sind

foot-why-role = Sie erhalten dies { $rule } ({ $zone }) als { $role } von { $project }.
foot-why-address = Sie erhalten dies { $rule } ({ $zone }), weil diese Adresse in der Liste von { $project } steht.
foot-why-several = Sie erhalten dies { $rule } ({ $zone }), weil diese Adresse in der Empfängerliste steht.
foot-why-several-role = Sie erhalten dies { $rule } ({ $zone }) als { $role } von Projekten dieses Berichts.
foot-why-sample = Dies ist ein angefordertes Muster; der Bericht selbst kommt { $rule } ({ $zone }).
foot-next = Nächster: { $day }.
foot-next-at = Nächster: { $day }, { $time }.
foot-attached = Angehängt: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } Seite
       *[other] { $pages } Seiten
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } als ZIP
foot-too-large = Zu groß für eine Mail und weggelassen: { $list }.
foot-several-tables = In den angehängten Tabellen, je Projekt: { $list }.
foot-stop = Bericht abbestellen
foot-reference = Referenz { $reference }
foot-or = { $first } und { $last }

role-owner = verantwortliche Person
role-manager = Leitung
role-finance = Ansprechperson für Finanzen
role-ops = Ansprechperson für den Betrieb
role-support = Leitung Support
role-agent = Teammitglied
role-viewer = Leser

rule-day = täglich um { $at }
rule-weekday = an jedem Werktag um { $at }
rule-week = jeden { $days } um { $at }
rule-month = { $days } jedes Monats um { $at }
rule-quarter = { $days } jedes Quartals um { $at }
rule-quarter-day = am { $day }. des { $month ->
        [1] ersten
        [2] zweiten
       *[3] dritten
    } Monats
rule-year = jedes Jahr am { $days } um { $at }
rule-cron = nach der Regel { $rule }
rule-month-day = am { $day }.
rule-month-last = am letzten Tag
rule-month-last-business-day = am letzten Arbeitstag
rule-month-nth-business-day = am { $nth }. Arbeitstag
rule-month-nth = am { $nth ->
        [1] ersten
        [2] zweiten
        [3] dritten
        [4] vierten
       *[5] fünften
    } { $weekday }
rule-month-last-weekday = am letzten { $weekday }

## An Verantwortliche: ein Bericht konnte nicht erstellt werden

failed-subject = { $project }: Der Bericht „{ $report }“ konnte nicht erstellt werden
failed-eyebrow = { $project } · Berichte
failed-title = Der Bericht „{ $report }“ vom { $occurrence } konnte nicht erstellt werden
failed-title-sample = Das Muster des Berichts „{ $report }“ konnte nicht erstellt werden
failed-sentence = Niemand hat ihn erhalten. Der nächste wird wie geplant erstellt.
failed-because = { $reason ->
        [unknown_report] der Zeitplan nennt einen Bericht, den es nicht gibt
        [unknown_zone] die Zeitzone des Zeitplans ist hier nicht bekannt
        [unreadable] etwas dafür Gespeichertes lässt sich mit dieser Programmversion nicht lesen
        [builder_died] das Programm endete fünfmal, bevor er fertig war
       *[report_not_made] seine Zahlen ließen sich nicht berechnen
    }
failed-advice = Grund: { $because }. Der Befehl „explain“ mit der Adresse des Empfängers sagt mehr; „send-now { $schedule }“ erstellt ihn erneut, sobald die Ursache behoben ist.

## An den Betrieb: eine Zeit lang lief nichts

down-subject = { $span } lang lief nichts; { $n ->
    [one] ein Zeitplan wurde inzwischen fällig
   *[other] { $n } Zeitpläne wurden inzwischen fällig
}
down-title = Von { $from } bis { $to } (UTC) lief nichts
down-sentence = { $n ->
    [one] Ein Zeitplan wurde in dieser Zeit fällig. Sein Bericht wird jetzt verspätet erstellt oder übergangen, wie sein „catch_up“ es sagt.
   *[other] { $n } Zeitpläne wurden in dieser Zeit fällig. Ihre Berichte werden jetzt verspätet erstellt oder übergangen, wie das „catch_up“ eines jeden es sagt.
}
down-advice = Die Befehle „deliveries“ und „explain“ sagen, was aus jedem wurde. Damit beim nächsten Mal jemand Alarm schlägt, nennen Sie in der Einstellung „heartbeat_url“ eine Überwachung.

## Die Zeilen unter einer Nachricht an Verantwortliche

owner-why-role = Sie erhalten dies als verantwortliche Person von { $project }.
owner-why-operations = Sie erhalten dies, weil diese Adresse unter [operations] in den Einstellungen dieses Dienstes steht.
owner-installation = Anrufberichte
owner-notice-of-kind = { $kind ->
        [paid_until] Warnung: bezahlter Zeitraum
        [trial] Warnung: Probezeit
        [funds] Warnung: Guthaben geht zu Ende
        [low_balance] Warnung: niedriges Guthaben
        [balance_negative] Warnung: Guthaben aufgebraucht
        [topup_failed] Warnung: Aufladung fehlgeschlagen
        [status] Mitteilung: Status des Projekts
        [recovered] Mitteilung: alles wieder in Ordnung
        [digest] mehrere Nachrichten in einer
        [test] Test
       *[other] Mitteilung
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, ein Muster
owner-reason-lease = der sendende Prozess endete, bevor die Antwort kam
owner-reason-broke = die Verbindung brach ab, bevor die Antwort kam
owner-reason-too-late = es war zu spät, um noch nützlich zu sein
owner-reason-no-answer = niemand hat gesagt, wie es ausging
owner-reason-no-relay = keiner unserer Mailserver nimmt eine Adresse mit solchen Buchstaben an (SMTPUTF8)
owner-reason-address = die Adresse kann nicht in einer Mail stehen
owner-reason-composing = die Mail ließ sich nicht zusammenstellen

## Wonach jemand sehen sollte, und Stille
watch-topic = Jemand sollte nachsehen
watch-said = Letzte Antwort
watch-reports-title = Berichte gehen nicht hinaus
watch-reports-sentence = Der älteste wartet seit { $since }, und kein Mailserver hat ihn bisher angenommen. Sobald einer es tut, geht alles verspätet hinaus.
watch-reports-advice = „deliveries --state queued“ zeigt, was wartet, und „explain“ sagt, worauf.
watch-lane-title = { $name } ist nicht nutzbar
watch-lane-sentence = Seit { $since } ging nichts darüber. Was darüber gehen soll, wartet oder nimmt einen anderen Weg, wo es einen gibt.
watch-lane-advice = Es wird von selbst immer wieder versucht. Der Befehl „check-config“ zeigt die geltenden Einstellungen.
watch-source-title = Von { $name } kommen keine Anrufe
watch-source-sentence = Die letzte Meldung ist von { $since }. Ab dann fehlen die Anrufe dieser Quelle in Berichten.
watch-source-advice = Prüfen Sie die Verbindung oder die Dateien, die importiert werden. Was später eintrifft, zählt im nächsten Bericht.
watch-balance-title = Der Saldo „{ $name }“ wird nicht mehr gemeldet
watch-balance-sentence = Der letzte ist von { $since }. Warnungen über Geld gehen weiter davon aus; sie können also überholt sein, und keine endet dadurch.
watch-balance-advice = Prüfen Sie das Programm, das ihn meldet, oder setzen Sie ihn mit „balance set“.
watch-money-source-title = Die Saldenquelle „{ $name }“ lässt sich nicht abfragen
watch-money-source-sentence = Seit { $since } ist keine Abfrage gelungen. Salden bleiben, wie sie zuletzt gemeldet wurden, und Warnungen zu Geld richten sich danach.
watch-money-source-advice = Der Befehl „balance fetch { $name } --dry-run“ fragt jetzt ab und sagt, was nicht stimmt.
watch-usage-title = Der Verbrauch zum Saldo „{ $name }“ wird nicht mehr gemeldet
watch-usage-sentence = Der erste Tag ohne gemeldeten Verbrauch ist { $day }. Prognosen und Warnungen zu Geld richten sich nach den Tagen davor, und nur eine Zahlung beendet eine Warnung.
watch-usage-advice = Prüfen Sie das Programm oder die Abfrage, die ihn meldet. Was später eintrifft, zählt sofort.

silence-topic = Stille
silence-reason = Warum
silence-over-title = Eine Stille ist vorbei
silence-over-sentence = Seit { $since } { $n ->
        [0] wurde nichts zurückgehalten
        [one] wurde { $n } Mitteilung zurückgehalten
       *[other] wurden { $n } Mitteilungen zurückgehalten
    }; { $who } hatte darum gebeten. Ab jetzt kommen solche Mitteilungen wieder.
silence-over-advice = Was zurückgehalten wurde, wird nicht nachgesendet: Sehen Sie nach, wie es steht.

## Abonnements von Ereignissen eines Maildienstes
sns-topic = Mailereignisse
sns-topic-name = Thema
sns-link = Link zum Bestätigen
sns-begin-title = Amazon SNS fragt, ob ein Abonnement gewollt ist
sns-begin-sentence = Solange niemand zustimmt, kommen Ereignisse von SES hier nicht an. Von selbst wird nichts bestätigt.
sns-begin-advice = Hat es jemand von Ihnen eingerichtet, öffnen Sie den Link innerhalb von drei Tagen im Browser. Wenn nicht, tun Sie nichts.
sns-end-title = Ein Abonnement von Amazon SNS ist beendet
sns-end-sentence = Ereignisse von SES kommen hier nicht mehr an: Was zurückkommt, bleibt unbemerkt.
sns-end-advice = War das nicht gewollt, nimmt der Link es wieder auf.

## Ein Test eines Kanals

test-subject = TEST: { $project } kann Sie erreichen ({ $channel })
test-eyebrow = { $project } · Test
test-title = TEST: dieser Kanal funktioniert
test-sentence = { $actor } hat diesen Test angefordert. Es ist nichts passiert, und Sie müssen nichts tun.
test-advice = Was { $project } Ihnen mitzuteilen hat, kann auf diesem Weg kommen.
test-fact-channel = Kanal
test-fact-address = An
test-fact-asked = Angefordert
test-sms = TEST: { $project } kann Sie per SMS erreichen. Angefordert von { $actor }; es ist nichts passiert.
test-why = Sie erhalten dies, weil { $actor } Sie für einen Test ausgewählt hat.
test-channel-email = E-Mail
test-channel-sms = SMS
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = Webhook

## Ein Code, der eine Nummer bestätigt

code-subject = { $project }: ein Code, der Ihre Nummer bestätigt
code-sms = { $code } ist Ihr Code für SMS von { $project }. Er bestätigt diese Nummer und gilt 10 Minuten. Nicht erwartet? Bitte ignorieren.

## Berichte: Filter, Anrufliste, Spaltennamen, mehrere Projekte

only = Nur: { $what }
only-or = { " oder " }
only-agent = Mitarbeitende { $names }
only-team = Team { $names }
only-number = Nummer { $names }
only-queue = Warteschlange { $names }
only-department = Abteilung { $names }
only-stream = Anrufe aus { $names }
only-source = Quelle { $names }
only-medium = Medium { $names }
only-campaign = Kampagne { $names }
only-tag = Markierung { $names }
only-at-least = { $least } oder länger
only-at-most = { $most } oder kürzer
only-between = { $least } bis { $most } lang
only-in-hours = in der Arbeitszeit
only-outside-hours = außerhalb der Arbeitszeit
only-first-time = Erstanrufer
only-not-first-time = Anrufer, die schon früher anriefen
direction-inbound = eingehend
direction-outbound = ausgehend
direction-callback = Rückrufwunsch
direction-internal = intern
direction-transit = Transit
direction-unknown = Richtung unbekannt
status-answered = angenommen
status-missed = verpasst
status-missed-no-answer = niemand hat abgenommen
status-missed-busy = Telefone besetzt
status-missed-abandoned = in der Warteschlange aufgelegt
status-missed-cancelled = beim Klingeln aufgelegt
status-missed-voicemail = Mailbox
status-missed-ivr = im Menü beendet
status-missed-no-route = Weiterleitung fehlgeschlagen
status-client-not-reached = Kunde nicht erreicht
status-client-no-answer = Kunde nahm nicht ab
status-client-busy = beim Kunden besetzt
status-failed = fehlgeschlagen
status-forbidden = gesperrt
status-system-only = nur Automat
status-in-progress = läuft noch
status-unknown = Status unbekannt
status-left-out = nicht gezählt
answered-by-human = ein Mensch
answered-by-voicemail = Mailbox
answered-by-ivr = das Menü
answered-by-none = niemand
answered-by-unknown = nicht bekannt
call-list = Anrufe
listen = Anhören
number-withheld = unterdrückt
yes = ja
no = nein
origin-not-tracked = (nicht erfasst)
origin-not-shown = (nicht gezeigt)
sources-not-known = Woher die Anrufer kamen, ist nicht bekannt. Wer diesen Bericht eingerichtet hat, kann es für jede Ihrer Nummern angeben.
by-hour-averages = Im Mittel je Wochentag: { $list }
several-exceptions = Handlungsbedarf
several-nothing = Kein Handlungsbedarf: Niemand wartet, keine Daten fehlen.
several-what = Was
several-no-data = keine Daten für diesen Zeitraum
several-unknown = { $n ->
        [one] Zu { $n } Projekt liegen für diesen Zeitraum keine Daten vor; das ist nicht dasselbe wie keine Anrufe.
       *[other] Zu { $n } Projekten liegen für diesen Zeitraum keine Daten vor; das ist nicht dasselbe wie keine Anrufe.
    }
several-title-unknown = Keine Daten für { $n } von { $all } Projekten
several-subject-unknown = { $calls }, keine Daten für { $n ->
        [one] { $n } Projekt
       *[other] { $n } Projekte
    }
several-no-calls = Es gingen { $when } keine Anrufe ein ({ $projects }).
several-behind = Anrufe nach { $until } fehlen ({ $source })
several-own-unknown = Ihre eigenen Anrufe sind nicht erkennbar
several-goal = { $figure }: { $value }, Ziel { $goal }
several-zone = Jedes Projekt ist in den Tagen und Stunden von { $zone } gezählt.
several-own-rights = Hier stehen nur Projekte, in denen Sie eine Rolle haben.
several-more-to-call = { $n } weitere, siehe den Bericht dieses Projekts
table-project-id = Schlüssel des Projekts
table-project = Projekt
table-date = Datum
table-weekday = Wochentag
table-hour = Stunde
table-reason = Grund
table-agent-id = Schlüssel der Person
table-kind = Art der Zeile
kind-person = Person
kind-team = Team
kind-no-team = ohne Team
kind-unknown = nicht bekannt
table-agent-name = Name der Person
table-agent = Person
table-team = Team
table-source = Quelle
table-medium = Medium
table-campaign = Kampagne
table-calls = Anrufe
table-answered = Angenommen
table-answer-rate = Annahmequote
table-missed = Verpasst
table-target = Zielanrufe
table-share = Anteil
table-previous-calls = Anrufe davor
table-previous-answered = Angenommen davor
table-previous-target = Zielanrufe davor
table-to-call-back = Offene Rückrufe
table-days = Tage
table-average = Mittel
table-client-number = Anrufer
table-tries = Versuche
table-waited-sec = Wartezeit insgesamt
table-first-missed-at = Zuerst verpasst
table-attempts = Unsere Versuche
table-last-attempt-at = Unser letzter Versuch
table-reached-at = Erreicht
table-talk-sec = Gespräch
table-talk-avg-sec = Gespräch im Mittel
table-rang-colleague-answered = Klingelte, Kollege nahm an
table-rang-caller-lost = Klingelte, Anrufer verloren
table-called-back = Zurückgerufen
table-answered-share = Anteil an angenommenen
table-outbound = Ausgehende Anrufe
table-outbound-reached = Ausgehend, erreicht
table-started-at = Beginn
table-direction = Richtung
table-status = Ergebnis
table-wait-sec = Wartezeit
table-origin = Herkunft
table-tracking-number = Gewählte Nummer
table-call-id = Anruf
table-raw-status = Status der Quelle
table-answered-by = Angenommen von
table-answered-at = Angenommen um
table-ended-at = Ende
table-ring-sec = Klingeln
table-ivr-sec = Menü
table-hold-sec = Gehalten
table-wrap-sec = Nachbearbeitung
table-duration-sec = Dauer
table-from-number = Von
table-to-number = An
table-queue = Warteschlange
table-department = Abteilung
table-is-target = Zielanruf
table-is-first-call = Erster Anruf
table-is-repeat = Wiederholt
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = Erste utm source
table-first-utm-medium = Erstes utm medium
table-first-utm-campaign = Erste utm campaign
table-first-utm-content = Erster utm content
table-first-utm-term = Erster utm term
table-landing = Zielseite
table-referrer = Verweisende Seite
table-client-id = Besucher-ID
table-tags = Markierungen
table-cost = Kosten
table-currency = Währung
table-hangup-cause = Auflegegrund
table-ended-by = Beendet von
table-linked-id = Verknüpfter Anruf
table-merged-into = Zusammengeführt mit
table-region = Region
table-category = Kategorie
table-rating = Bewertung
table-comment = Kommentar
table-visitor-id = Besucher
table-id-is-synthetic = ID von uns vergeben
table-recording-url = Aufnahme
call-list-more = { $n ->
        [one] { $n } weiterer Anruf
       *[other] { $n } weitere Anrufe
    }
call-list-more-attached = { $n ->
        [one] { $n } weiterer Anruf, in der angehängten Datei
       *[other] { $n } weitere Anrufe, in der angehängten Datei
    }
call-list-more-print = { $n ->
        [one] { $n } weiterer Anruf ist nicht gedruckt.
       *[other] { $n } weitere Anrufe sind nicht gedruckt.
    }
call-list-more-print-attached = { $n ->
        [one] { $n } weiterer Anruf ist nicht gedruckt; er steht in der angehängten Liste.
       *[other] { $n } weitere Anrufe sind nicht gedruckt; sie stehen in der angehängten Liste.
    }
several-projects = { $n ->
        [one] { $n } Projekt
       *[other] { $n } Projekte
    }
several-lead = Sie haben { $rate } von { $n ->
        [one] { $n } Anruf
       *[other] { $n } Anrufen
    } angenommen ({ $projects }).
several-to-call-back = { $n ->
        [one] { $n } Rückruf offen, der Anrufer wartet seit { $when }
       *[other] { $n } Rückrufe offen, der erste Anrufer wartet seit { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } Rückruf offen, der Anrufer wartet seit über { $days } Tagen
       *[other] { $n } Rückrufe offen, davon { $backlog } seit über { $days } Tagen
    }

## An den Verantwortlichen: ein Bericht wird zurückgehalten, weil Anrufe fehlen

held-subject = { $project }: Der Bericht „{ $report }“ wird zurückgehalten, es fehlen Anrufe
held-title = Der Bericht „{ $report }“ wartet auf Anrufe
held-sentence = Er war { $due } fällig ({ $zone }) und wurde nicht versandt: Es sind noch nicht alle Anrufe des Zeitraums da.
held-advice = Er geht von selbst hinaus, sobald die fehlenden Anrufe importiert sind. Kommen sie nicht bis { $until }, entfällt er.
held-advice-now = Um ihn jetzt so zu versenden, wie er ist, gibt es den Befehl „send-now { $schedule } --waiting“.
held-source = Es fehlt

gave-up-subject = { $project }: Der Bericht „{ $report }“ wurde nicht versandt, es fehlen Anrufe
gave-up-title = Der Bericht „{ $report }“ wurde nicht versandt
gave-up-sentence = Er war { $due } fällig ({ $zone }) und wurde bis { $until } zurückgehalten; die erwarteten Anrufe kamen nicht.
gave-up-advice = Niemand hat ihn erhalten. Der nächste wird wie geplant erstellt. Sobald die Anrufe da sind, versendet „send-now { $schedule }“ ein Muster des letzten vollständigen Zeitraums.

## Attached files: headings of columns and sheets

sheet-figures = Kennzahlen
sheet-figure = Kennzahl
sheet-value = Wert
sheet-how-we-count = So zählen wir
sheet-empty = Keine Zeilen
sheet-more-rows = { $n ->
        [one] { $n } weitere Zeile passt nicht auf ein Blatt; die CSV- und JSON-Dateien enthalten sie.
       *[other] { $n } weitere Zeilen passen nicht auf ein Blatt; die CSV- und JSON-Dateien enthalten sie.
    }
sheet-to-call-back = Offene Rückrufe
sheet-agents = Mitarbeitende
sheet-sources = Quellen
sheet-by-day = Nach Tag
sheet-by-hour = Nach Stunde
sheet-call-list = Anrufe
sheet-missed-reasons = Gründe
sheet-projects = Projekte
sheet-previous = Davor
sheet-delta = Änderung
sheet-in-seconds = { $name }, Sekunden

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] { $n } weitere Zeile, hier weggelassen, damit die Mail kurz bleibt.
       *[other] { $n } weitere Zeilen, hier weggelassen, damit die Mail kurz bleibt.
    }
projects-not-shown = { $n ->
        [one] { $n } weiteres Projekt, hier ohne Einzelheiten, damit die Mail kurz bleibt.
       *[other] { $n } weitere Projekte, hier ohne Einzelheiten, damit die Mail kurz bleibt.
    }
lines-not-shown = { $n ->
        [one] { $n } weitere Zeile dieser Art, hier weggelassen, damit die Mail kurz bleibt.
       *[other] { $n } weitere Zeilen dieser Art, hier weggelassen, damit die Mail kurz bleibt.
    }
too-large-subject = { $project }: { $n ->
        [one] Ein Anhang ist
       *[other] { $n } Anhänge sind
    } zu groß für eine Mail
too-large-eyebrow = Anhänge
too-large-title = { $project }: { $n ->
        [one] Ein Anhang wurde
       *[other] { $n } Anhänge wurden
    } weggelassen
too-large-sentence = Der Bericht „{ $report }“ für { $occurrence } ging ohne { $list } hinaus: { $n ->
        [one] Mit diesem Anhang
       *[other] Mit diesen Anhängen
    } wäre die Mail größer als { $size }{ "\u00A0" }MB geworden. Die Zahlen in der Mail selbst sind vollständig.
too-large-sentence-sample = Das Muster des Berichts „{ $report }“ ging ohne { $list } hinaus: { $n ->
        [one] Mit diesem Anhang
       *[other] Mit diesen Anhängen
    } wäre die Mail größer als { $size }{ "\u00A0" }MB geworden. Die Zahlen in der Mail selbst sind vollständig.
too-large-advice = Verkleinern Sie den Bericht durch Filter oder Spalten, wählen Sie einen kürzeren Zeitraum oder holen Sie die { $n ->
        [one] Datei
       *[other] Dateien
    } mit `preview`.

## Warnungen zu Geld und Dienst

date-named = { $weekday }, { $day }
date-named-short = { $weekday }, { $day }

alert-what-project = das Guthaben
alert-what-forwarding = das Weiterleitungsguthaben
alert-what-other = das Guthaben „{ $name }“
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = Bezahlter Zeitraum
alert-topic-trial = Probezeit
alert-topic-status = Status
alert-subject = { $project }: { $what }
alert-subject-funds = Zahlen bis { $payby }: { $what } von { $project } kann am { $end } enden
alert-subject-paid = Zahlen bis { $payby }: der bezahlte Zeitraum von { $project } endet am { $end }
alert-subject-funds-today = Heute zahlen: { $what } von { $project } kann am { $end } enden
alert-subject-paid-today = Heute zahlen: der bezahlte Zeitraum von { $project } endet am { $end }
alert-preview = Guthaben { $balance }. Mit { $sum } mehr reicht es bis { $day }.
alert-paid-title = der bezahlte Zeitraum endet am { $day }
alert-paid-then = Danach kann der Anbieter den Dienst sperren.
alert-paid-over-title = der bezahlte Zeitraum endete am { $day }
alert-paid-over-then = Der Dienst kann jetzt jederzeit gesperrt werden. Eine Zahlung verhindert das.
alert-paid-again-title = bezahlt bis { $day }, danke
alert-trial-title = die Probezeit endet am { $day }
alert-trial-then = Danach endet der Dienst, sofern Sie keinen Tarif wählen.
alert-trial-over-title = die Probezeit endete am { $day }
alert-trial-over-then = Der Dienst geht weiter, sobald Sie einen Tarif gewählt haben.
alert-funds-title = { $what } kann am { $day } aufgebraucht sein
alert-funds-title-past = { $what } kann am { $day } schon aufgebraucht gewesen sein
alert-funds-title-soon = { $what } kann bald aufgebraucht sein
alert-low-title = { $what } liegt unter { $sum }
alert-low-title-plain = { $what } ist niedrig
alert-owes-title = { $project } ist mit { $sum } im Minus
alert-empty-title = { $project }: { $what } ist aufgebraucht
alert-empty-since = Bekannt seit { $at } ({ $zone }).
alert-empty-then = Was damit abgeschaltet ist: { $off }.
alert-empty-then-other = Der Anbieter kann abschalten, was mit diesem Guthaben bezahlt wird.
alert-topup-title = die Aufladung von { $sum } ist fehlgeschlagen
alert-topup-title-plain = eine Aufladung ist fehlgeschlagen
alert-topup-why = Genannter Grund: { $why }.
alert-recovered-title = { $what } reicht wieder, danke
alert-suspended-title = { $project } ist gesperrt
alert-suspended-since = Seit { $at } ({ $zone }).
alert-suspended-then = Teile des Dienstes sind abgeschaltet. Fehlt Geld, schaltet eine Zahlung sie wieder ein; sonst kennt Ihr Anbieter den Grund.
alert-reactivated-title = { $project } ist wieder aktiv
alert-reactivated-since = Seit { $at } ({ $zone }).
alert-archived-title = { $project } ist archiviert
alert-archived-since = Seit { $at } ({ $zone }).
alert-archived-then = Dies ist die letzte Nachricht dazu: Anrufberichte werden nicht mehr verschickt. Nur Ihr Anbieter kann das Projekt zurückholen.
alert-usual-until = Bei üblichem Verbrauch reicht es bis { $day }.
alert-usual-long = Bei üblichem Verbrauch reicht es für mehr als ein Jahr.
alert-ends = { $what } kann am { $earliest } aufgebraucht sein; bei üblichem Verbrauch reicht es bis { $expected }.
alert-ends-earliest = { $what } kann am { $earliest } aufgebraucht sein; bei üblichem Verbrauch reicht es für mehr als ein Jahr.
alert-ends-long = Es reicht für mehr als ein Jahr.
alert-too-little = Das Guthaben ist bekannt ({ $sum }), der Verbrauch aber nur von { $n ->
        [one] { $n } Tag
       *[other] { $n } Tagen
    }; wie lange es reicht, lässt sich daher nicht sagen.
alert-too-little-plain = Der Verbrauch ist nur von { $n ->
        [one] { $n } Tag
       *[other] { $n } Tagen
    } bekannt; wie lange es reicht, lässt sich daher nicht sagen.
alert-no-spend = In den letzten 28 Tagen wurde nichts verbraucht; ein Ende ist nicht in Sicht.
alert-pay-by = Eine Überweisung dauert { $n ->
        [one] etwa einen Werktag
       *[other] etwa { $n } Werktage
    }; bitte zahlen Sie daher bis { $day }.
alert-pay-by-plain = Bitte zahlen Sie bis { $day }.
alert-pay-by-today = Es ist der letzte Tag, an dem eine Überweisung rechtzeitig ankommt: Bitte zahlen Sie { $day }.
alert-today = heute
alert-pay-by-past = Der letzte Tag für eine rechtzeitige Zahlung war { $day }; bitte zahlen Sie auf dem schnellsten Weg.
alert-stale = Der letzte bekannte Stand ist von { $at } ({ $zone }); inzwischen kann er besser oder schlechter sein.
alert-usage-untold = Der letzte Tag, dessen Verbrauch bekannt ist, ist { $day }; die Prognose richtet sich nach den Tagen bis dahin.
alert-cannot-wait = Dies kann nicht bis zum Morgen des nächsten Werktags warten und kommt deshalb jetzt.
alert-then = Wenn es aufgebraucht ist: { $off }.
alert-off-forwarding = weitergeleitete Anrufe werden nicht mehr verbunden
alert-off-other = der Anbieter kann abschalten, was damit bezahlt wird
alert-add = { $sum } aufladen
alert-sms-pay = Bitte laden Sie bis { $day } { $sum } auf.
alert-sms-stale = Der letzte Stand ist vom { $day }.
alert-sms-balance = Der Stand ist { $sum }.
alert-sms-late = Eine Überweisung käme jetzt zu spät: Bitte laden Sie { $sum } auf dem schnellsten Weg auf.
alert-sms-late-plain = Eine Überweisung käme jetzt zu spät: Bitte zahlen Sie auf dem schnellsten Weg.
alert-pay-now = Jetzt zahlen
alert-choose-plan = Tarif wählen
alert-covers = { $sum } reichen bis { $day }, auch in einem regen Monat; netto, ohne Steuer.
alert-how = Woher wir das wissen
alert-fact-balance = Guthaben
alert-as-of = Stand { $at } ({ $zone })
alert-fact-credit = Kreditrahmen
alert-fact-spend = Üblicher Verbrauch
alert-a-day = { $sum } am Tag
alert-by-week = { $work } an Werktagen, { $weekend } am Wochenende
alert-fact-charge = Bekannte Abbuchung
alert-charge-on = { $sum } am { $day }
alert-fact-earliest = Frühestes Ende
alert-if-busy = vorsichtig gerechnet, nach den stärkeren Tagen der letzten vier Wochen
alert-fact-expected = Erwartetes Ende
alert-at-usual = bei üblichem Verbrauch
alert-beyond = mehr als ein Jahr entfernt
alert-walk = Tag für Tag
alert-walk-caption = Guthaben am Ende jedes Tages, in { $currency }
alert-column-day = Tag
alert-column-expected = Erwartet
alert-column-busy = Vorsichtig
alert-walk-more = { $n ->
        [one] noch { $n } Tag
       *[other] noch { $n } Tage
    }
alert-note-pay-by = letzter Zahltag
alert-note-earliest = frühestes Ende
alert-note-expected = erwartetes Ende
alert-told = Hiervon benachrichtigt: { $names }.
alert-next = Nächste Erinnerung: { $day }.
alert-next-also = Nächste Erinnerung: { $day }, auch an { $names }.
alert-next-paid = Eine Zahlung hebt sie auf.
alert-next-plan = Die Wahl eines Tarifs hebt sie auf.
alert-how-counted = Der übliche Verbrauch ist der Mittelwert der letzten vier gleichen Wochentage; Aufladungen und feste Gebühren bleiben außen vor; Tage nach { $zone }.
alert-why-finance = Sie erhalten dies, weil Sie für die Finanzen von { $project } zuständig sind.
alert-why-ops = Sie erhalten dies, weil Sie den Betrieb von { $project } betreuen.

# Several warnings of one morning in one mail.
joined-eyebrow = In einer Nachricht
joined-title = { $n ->
        [one] { $n } Projekt braucht Guthaben
       *[other] { $n } Projekte brauchen Guthaben
    }
joined-title-one = { $project } braucht Guthaben
joined-subject = { $n ->
        [one] { $n } Projekt braucht Guthaben
       *[other] { $n } Projekte brauchen Guthaben
    }, erste Zahlung bis { $payby }
joined-subject-one = { $project } braucht Guthaben, erste Zahlung bis { $payby }
joined-care-title = { $n ->
        [one] { $n } Projekt braucht Ihre Aufmerksamkeit
       *[other] { $n } Projekte brauchen Ihre Aufmerksamkeit
    }
joined-care-title-one = { $project } braucht Ihre Aufmerksamkeit
joined-well-title = { $n ->
        [one] Bei { $n } Projekt ist wieder alles in Ordnung
       *[other] Bei { $n } Projekten ist wieder alles in Ordnung
    }
joined-well-title-one = { $project }: wieder alles in Ordnung
joined-news = Neuigkeiten
joined-care-pay-by = { $title }, erste Zahlung bis { $payby }
joined-care-ends = { $title }, erstes Ende: { $end }
joined-ended = Ende
joined-project = Projekt
joined-end = Mögliches Ende
joined-pay-by = Zahlen bis
joined-add = Aufladen
joined-now = jetzt
joined-overdue = { $title }: { $n ->
        [one] eines ist überfällig
       *[other] { $n } sind überfällig
    }
joined-more = { $n ->
        [one] { $n } weitere Warnung steht nur in der Tabelle oben.
       *[other] { $n } weitere Warnungen stehen nur in der Tabelle oben.
    }
joined-why = Sie erhalten dies wegen Ihrer Rollen in diesen Projekten.

# What a chat is not told, because its messages end there.
brief-more = … und { $n } weitere.
# A payment that is on its way.
alert-paid-button = Bezahlt, Eingang am …
alert-paid-quiets = Setzt Erinnerungen bis zum Tag danach aus.
paid-ask-title = Wann geht Ihre Zahlung ein?
paid-ask-sentence = { $project }: { $what }. Bis zum Tag nach dem Eingang wird nicht erinnert.
paid-ask-label = Eingang am
paid-ask-button = Erinnerungen aussetzen
paid-ask-note = Was aufgebraucht ist, wird trotzdem gemeldet. Es wird vermerkt, dass { $name } dies gemeldet hat. Nichts ändert sich, bis Sie auf die Schaltfläche drücken.
paid-ask-wrong = Bitte wählen Sie einen Tag vom { $from } bis zum { $to }.
paid-done-title = Erinnerungen sind ausgesetzt
paid-done-sentence = { $project }: { $what }. Eine Zahlung soll am { $day } eingehen; ab dem Tag danach wird wieder erinnert, wenn sie nicht da ist.
paid-done-button = Rückgängig machen
paid-done-note = Gemeldet von { $name }. Was aufgebraucht ist, wird trotzdem gemeldet.
paid-undone-title = Erinnerungen gehen weiter
paid-undone-sentence = { $project }: { $what }. Die Meldung einer kommenden Zahlung wurde zurückgenommen.
paid-gone-title = Sie erhalten diese Erinnerungen nicht mehr
paid-gone-sentence = { $project }: Ihre Rollen haben sich geändert, eine Zahlung meldet nun jemand anders.
# An automatic top-up that should have run.
alert-topup-late-title = die automatische Aufladung von { $sum } ist ausgeblieben
alert-topup-late-title-plain = die automatische Aufladung ist ausgeblieben
alert-topup-late-since = Sie war am { $at } fällig ({ $zone }).
# In somebody's place.
alert-why-deputy = Sie erhalten dies, weil { $name } bis { $day } abwesend ist und Sie für { $project } als Vertretung benannt hat.

# What waited through quiet hours.
digest-topic = was gewartet hat
digest-subject = { $project }: { $n ->
        [one] { $n } Nachricht hat
       *[other] { $n } Nachrichten haben
    } gewartet
digest-subject-several = { $n ->
        [one] { $n } Nachricht hat
       *[other] { $n } Nachrichten haben
    } gewartet, aus { $projects ->
        [one] { $projects } Projekt
       *[other] { $projects } Projekten
    }
digest-of-balance = { $what } ({ $balance })
digest-title = Was auf Sie gewartet hat
digest-lead = Noch offen: { $open }. Aufgetreten und erledigt: { $over }. Was nicht warten kann, kam sofort.
digest-open = Noch offen: { $what }
digest-over = Aufgetreten und erledigt: { $what }
digest-news = { $what }
digest-why = Sie erhalten dies, weil Ihre Ruhezeit vorbei ist oder weil Sie solche Neuigkeiten zu dieser Zeit gesammelt wünschen.

# Limits of texts.
texts-topic = SMS
texts-near-day-title = { $used } von { $most } SMS an { $name } sind für heute verbraucht
texts-near-month-title = { $used } von { $most } SMS dieses Monats sind verbraucht
texts-full-day-title = Die Grenze von { $most } SMS am Tag an { $name } ist erreicht
texts-full-month-title = Die Grenze von { $most } SMS dieses Monats ist erreicht
texts-near-day-then = Ist die Grenze erreicht, geht heute nichts mehr an dieses Telefon. Andere Kanäle laufen weiter.
texts-near-month-then = Ist die Grenze erreicht, gehen bis zum Monatsende keine SMS mehr hinaus. Andere Kanäle laufen weiter.
texts-full-day-then = Heute geht nichts mehr an dieses Telefon. Andere Kanäle laufen weiter.
texts-full-month-then = Bis zum Monatsende gehen keine SMS mehr hinaus. Andere Kanäle laufen weiter.
texts-advice = Die Grenzen stehen in den Einstellungen der Installation unter [sms]. Weniger SMS gehen hinaus, wenn Telefone nur kritische Warnungen bekommen.
