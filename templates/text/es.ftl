# Español.

## Cifras

figure-decimal = ,
figure-group = .
figure-group-least = 2
figure-percent = { $n }{ "\u00A0" }%
figure-points = { $n }{ "\u00A0" }puntos
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }min
figure-hours = { $n }{ "\u00A0" }h
figure-hours-minutes = { $hours }{ "\u00A0" }h { $minutes }{ "\u00A0" }min
money = { $n }{ "\u00A0" }{ $sign }
money-negative = −{ $n }{ "\u00A0" }{ $sign }
currency-eur = €
currency-gbp = GBP
currency-pln = PLN
currency-uah = UAH
currency-usd = US$

# De personas que llaman, al principio de un título (title-to-call-back).
number-1 = Una
number-2 = Dos
number-3 = Tres
number-4 = Cuatro
number-5 = Cinco
number-6 = Seis
number-7 = Siete
number-8 = Ocho
number-9 = Nueve
number-10 = Diez
number-11 = Once
number-12 = Doce

## Fechas

month-long-1 = enero
month-long-2 = febrero
month-long-3 = marzo
month-long-4 = abril
month-long-5 = mayo
month-long-6 = junio
month-long-7 = julio
month-long-8 = agosto
month-long-9 = septiembre
month-long-10 = octubre
month-long-11 = noviembre
month-long-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sept
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
# Sin día al lado
month-alone-1 = enero
month-alone-2 = febrero
month-alone-3 = marzo
month-alone-4 = abril
month-alone-5 = mayo
month-alone-6 = junio
month-alone-7 = julio
month-alone-8 = agosto
month-alone-9 = septiembre
month-alone-10 = octubre
month-alone-11 = noviembre
month-alone-12 = diciembre
# En un mes: «en noviembre de 2026»
month-in-1 = enero
month-in-2 = febrero
month-in-3 = marzo
month-in-4 = abril
month-in-5 = mayo
month-in-6 = junio
month-in-7 = julio
month-in-8 = agosto
month-in-9 = septiembre
month-in-10 = octubre
month-in-11 = noviembre
month-in-12 = diciembre
weekday-long-1 = lunes
weekday-long-2 = martes
weekday-long-3 = miércoles
weekday-long-4 = jueves
weekday-long-5 = viernes
weekday-long-6 = sábado
weekday-long-7 = domingo
weekday-short-1 = lun
weekday-short-2 = mar
weekday-short-3 = mié
weekday-short-4 = jue
weekday-short-5 = vie
weekday-short-6 = sáb
weekday-short-7 = dom
# Como objeto: «el lunes»
weekday-object-1 = lunes
weekday-object-2 = martes
weekday-object-3 = miércoles
weekday-object-4 = jueves
weekday-object-5 = viernes
weekday-object-6 = sábado
weekday-object-7 = domingo
weekday-on = el { $weekday }

date-hour-digits = 1
date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day } de { $month }
date-day-month-year = { $day } de { $month } de { $year }
date-day-month-short = { $day } { $month }
date-day-month-year-short = { $day } { $month } { $year }
date-weekday-day = { $weekday }, { $day }
date-day-time = { $day }, { $time }
date-moment = { $weekday }, { $day }, { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }–{ $to }

period-week = Semana del { $days }
period-month = { $month } de { $year }
period-quarter = { $quarter ->
        [1] 1.er
        [2] 2.º
        [3] 3.er
       *[4] 4.º
    } trimestre de { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = hora de { $place }

when-on = el { $day }
when-in-month = en { $month } de { $year }
when-in-quarter = en el { $quarter ->
        [1] 1.er
        [2] 2.º
        [3] 3.er
       *[4] 4.º
    } trimestre de { $year }
when-in-year = en { $year }
# Dentro de un mes, entre dos y con horas
when-days-in-month = del { $from } al { $to }
when-days = del { $from } al { $to }
when-moments = de { $from } a { $to }

before-day = el día anterior
before-week = la semana anterior
before-month = el mes anterior
before-quarter = el trimestre anterior
before-year = el año anterior
before-span = en el periodo { $period }

## Informes: asunto, línea de la bandeja, encabezado

subject = { $project }: { $fact } ({ $period })
subject-sample = Muestra: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    }
subject-to-call-back = { $n ->
        [one] { $n } persona por llamar
       *[other] { $n } personas por llamar
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, nadie por llamar
subject-no-calls = sin llamadas
subject-no-data = sin datos
subject-own-unknown = no se pueden distinguir sus propias llamadas

title-to-call-back = { $n ->
        [one] Una persona sigue esperando que le devuelvan la llamada
       *[other] { $words } personas siguen esperando que les devuelvan la llamada
    }
title-all-reached = Ya se ha hablado con todas las personas que esperaban una llamada
title-some-reached = { $title }; con { $n } ya se ha hablado
title-nobody-waits = Nadie espera una llamada de vuelta
title-all-answered = Se atendieron todas las llamadas
title-no-calls = No hubo llamadas
title-no-calls-chosen = Ninguna llamada para este informe
title-no-calls-partly = No hay llamadas en los datos que tenemos
title-no-data = Sin datos: { $period }
title-own-unknown = No se pueden distinguir sus propias llamadas

lead-one-answered = Hubo una llamada, y se atendió.
lead-one-missed = Hubo una llamada, y se perdió.
lead-plain = Ha atendido el { $rate } de { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    }.
lead-rate-more = Ha atendido el { $rate } de { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    }, { $points } más que { $before }.
lead-rate-less = Ha atendido el { $rate } de { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    }, { $points } menos que { $before }{ $driver }.
lead-volume-more = { $n ->
        [one] Hubo { $n } llamada
       *[other] Hubo { $n } llamadas
    }, un { $change } más que { $before }; ha atendido el { $rate }.
lead-volume-times = { $n ->
        [one] Hubo { $n } llamada
       *[other] Hubo { $n } llamadas
    }, { $change } veces más que { $before }; ha atendido el { $rate }.
lead-volume-less = { $n ->
        [one] Hubo { $n } llamada
       *[other] Hubo { $n } llamadas
    }, un { $change } menos que { $before }; ha atendido el { $rate }.
lead-no-calls = No hubo llamadas { $when }.
lead-no-calls-chosen = Ninguna llamada { $when } cumple los filtros de este informe.
lead-no-calls-partly = En los datos que tenemos { $when } no hay llamadas, pero falta una parte.
lead-source-worked = La fuente funcionaba: sus llamadas están completas hasta { $until }.
lead-no-data = No tenemos datos { $when }: ninguna fuente de llamadas ha enviado nada todavía. No es lo mismo que no haber llamadas.
lead-no-data-uncovered = No tenemos datos { $when }: ninguna fuente abarca ese tiempo. No es lo mismo que no haber llamadas.
lead-no-data-since = No tenemos datos { $when }. La fuente «{ $source }» envió su último evento el { $last }. No es lo mismo que no haber llamadas.
lead-own-unknown = Su número o extensión no consta aquí, así que ninguna llamada puede mostrarse como suya. Puede añadirlo quien configuró este informe.

driver-weekday-hours = { $weekday }, { $hours }
driver-on-weekday = ; { $here } de las { $additional } llamadas perdidas de más llegaron { $on-weekday } entre las { $from } y las { $to }
driver-in-hours = ; { $here } de las { $additional } llamadas perdidas de más llegaron entre las { $from } y las { $to }
driver-most-on-weekday = ; { $on-weekday } entre las { $from } y las { $to } se { $here ->
        [one] perdió { $here } llamada
       *[other] perdieron { $here } llamadas
    } más
driver-most-in-hours = ; entre las { $from } y las { $to } se { $here ->
        [one] perdió { $here } llamada
       *[other] perdieron { $here } llamadas
    } más
driver-missed-more = El mayor cambio: { $where }, { $n } más entre las perdidas.
driver-missed-fewer = El mayor cambio: { $where }, { $n } menos entre las perdidas.
driver-calls-more = El mayor cambio: { $where }, { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    } más.
driver-calls-fewer = El mayor cambio: { $where }, { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    } menos.
driver-agent-more = { $name } atendió { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    } más.
driver-agent-fewer = { $name } atendió { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    } menos.

preview-up = Atendido el { $rate }, { $points } más.
preview-down = Atendido el { $rate }, { $points } menos.
preview-driver = La mayor parte de la diferencia: { $when }.

button-call = Llamar al { $number }
button-call-back = Ver a quién devolver la llamada
button-calls = Ver todas las llamadas
link-support = Ayuda y preguntas
link-number-setup = Revisar la configuración de números

callout-sample = Esto es una muestra. El informe programado llegará como siempre.
missing-day = Faltan las llamadas { $day } (la fuente «{ $source }» no envía nada).
missing-day-after = Faltan las llamadas { $day } posteriores a las { $from } (la fuente «{ $source }» no envía nada).
missing-day-between = Faltan las llamadas { $day } entre las { $from } y las { $to } (fuente «{ $source }»).
missing-after = Faltan las llamadas posteriores a { $from } (la fuente «{ $source }» no envía nada).
missing-between = Faltan las llamadas entre { $from } y { $to } (fuente «{ $source }»).
calls-of-1 = del lunes
calls-of-2 = del martes
calls-of-3 = del miércoles
calls-of-4 = del jueves
calls-of-5 = del viernes
calls-of-6 = del sábado
calls-of-7 = del domingo
callout-not-over = Este periodo no ha terminado: las cifras son las de { $at }.
callout-late = Previsto: { $due }; elaborado: { $made }.
callout-late-waited = Previsto: { $due }; elaborado: { $made }. Se esperaron llamadas que faltaban.
callout-late-waited-day = Previsto: { $due }; elaborado: { $made }. Se esperaron las llamadas { $day }.

## Informes: cifras y su variación

change-more = { $n } más
change-fewer = { $n } menos
change-none = sin cambios
change-new = nuevo
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Llamadas entrantes
figure-answered = Atendidas
figure-missed = Perdidas
figure-to-call-back = Por devolver
figure-target = Llamadas objetivo
figure-talk = Conversación media
goal-met = objetivo { $goal }: cumplido
goal-not-met = objetivo { $goal }: no cumplido
goal-unknown = objetivo { $goal }
figures-answered = Atendidas · tasa
figures-missed = Perdidas · tasa
figures-missed-hours = Perdidas en horario laboral · fuera
figures-callers = Personas · nuevas
figures-wait = Espera: mediana · media · 9 de 10 hasta
figures-service-level = Atendidas en { $seconds }{ "\u00A0" }s ({ $formula })
figures-outbound = Salientes · localizados
figures-requests = Peticiones de llamada · localizados · no localizados · no atendidas
figures-requests-other = Peticiones de llamada · localizados · no localizados · no atendidas · otras
to-call-back-response-open = { $reached }; mediana hasta la primera devolución de llamada entre quienes la recibieron en { $hours }{ "\u00A0" }h de horario laboral ({ $n }): { $span } de horario laboral ({ $clock } de reloj)
to-call-back-within = Devueltas en 15{ "\u00A0" }min: { $quarter }, en 1{ "\u00A0" }h: { $hour }{ $clock ->
        [yes] {" "}(de reloj)
       *[no] {""}
    }.
to-call-back-within-day = Devueltas en 15{ "\u00A0" }min: { $quarter }, en 1{ "\u00A0" }h: { $hour }, en 24{ "\u00A0" }h: { $day }{ $clock ->
        [yes] {" "}(de reloj)
       *[no] {""}
    }.
to-call-back-by = { $same } por alguien cuyo teléfono había sonado, { $colleague } por un compañero.
to-call-back-goal = Mediana hasta la primera devolución de llamada: { $goal }.
to-call-back-goal-open = Mediana de horario laboral hasta la primera devolución de llamada: { $goal }.
column-tries-waited = Intentos{ "\u00A0" }· espera
foot-missed-set = Perdida = nadie habló con quien llamaba: { $set }.
foot-target-cycle = Una llamada objetivo está marcada así por su fuente; si no, es una llamada atendida de { $seconds }{ "\u00A0" }s o más que es la primera de esa persona en { $days ->
        [one] { $days } día
       *[other] { $days } días
    }.
foot-target-kept = Aún no se comparan: las llamadas se guardan desde el { $from }, menos de ese plazo antes del periodo anterior.
foot-new = Las personas nuevas no tienen ninguna llamada anterior en lo guardado, que empieza el { $from }.
foot-service-level = Atendidas en { $seconds }{ "\u00A0" }s según la fórmula { $formula }: { $letters }, con A atendidas y B colgadas durante la espera, a y b de ellas en { $seconds }{ "\u00A0" }s, s colgadas en { $short }{ "\u00A0" }s.

all-figures = Todas las cifras
compared-with = comparado con { $period }
few-calls = Menos de { $n } llamadas en uno de los dos periodos: las tasas oscilan ya por azar.
column-this = Este periodo
column-before = Antes
column-change = Variación

## Lo que queda por decir de llamadas elegidas

lead-chosen = { $n ->
        [one] { $n } llamada: atendidas { $answered }, perdidas { $missed }.
       *[other] { $n } llamadas: atendidas { $answered }, perdidas { $missed }.
    }
lead-chosen-answered = { $n ->
        [one] Se atendió { $n } llamada.
       *[other] Se atendieron { $n } llamadas.
    }
lead-chosen-missed = { $n ->
        [one] Se perdió { $n } llamada.
       *[other] Se perdieron { $n } llamadas.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } llamada saliente
       *[other] { $n } llamadas salientes
    }, { $reached } con respuesta.
lead-chosen-requests = { $n ->
        [one] { $n } petición de llamada
       *[other] { $n } peticiones de llamada
    }, { $reached } con respuesta.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } llamada saliente.
       *[other] { $n } llamadas salientes.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } petición de llamada.
       *[other] { $n } peticiones de llamada.
    }
lead-chosen-other = { $n ->
        [one] { $n } llamada.
       *[other] { $n } llamadas.
    }
several-chosen = { $calls } en { $projects }.
foot-no-rates-outcome = Sin tasas: estas llamadas se eligieron por cómo acabaron o por lo que duraron.
foot-no-rates-people = Sin tasas: estas llamadas se eligieron por quién participó, y de una llamada que nadie atendió solo se sabe qué teléfonos sonaron.
foot-service-level-outside = { $n ->
        [one] Aquí no cuenta { $n } llamada perdida de otro modo.
       *[other] Aquí no cuentan { $n } llamadas perdidas de otro modo.
    }
missed-forwarding = El desvío falló en llamadas a { $numbers }.
link-pay = Añadir saldo

## Cifras por su nombre

figure-answer-rate = Tasa de atención
figure-missed-rate = Tasa de perdidas
figure-calls-in-hours = Entrantes en horario laboral
figure-calls-outside-hours = Entrantes fuera del horario laboral
figure-answered-in-hours = Atendidas en horario laboral
figure-answered-outside-hours = Atendidas fuera del horario laboral
figure-answer-rate-outside-hours = Tasa de atención fuera del horario laboral
figure-missed-short = Perdidas, colgó enseguida
figure-missed-no-answer = Perdidas: nadie contestó
figure-missed-hung-up = Perdidas: colgó mientras esperaba
figure-missed-busy = Perdidas: teléfonos ocupados o apagados
figure-missed-voicemail = Perdidas: buzón de voz
figure-missed-no-route = Perdidas: desvío fallido
figure-unique-callers = Personas distintas
figure-new-callers = Personas nuevas
figure-wait-median-sec = Espera, mediana
figure-asa-sec = Espera, media
figure-wait-p90-sec = Espera, 9 de 10 hasta
figure-service-level = Nivel de servicio
figure-talk-avg-sec = Conversación, media
figure-outbound = Llamadas salientes
figure-outbound-reached = Salientes, localizados
figure-callback-requests = Peticiones de llamada
figure-callback-reached = Peticiones de llamada, localizados
figure-callback-client-not-reached = Peticiones de llamada, cliente no localizado
figure-callback-not-taken = Peticiones de llamada, no atendidas por nosotros
figure-callback-other = Peticiones de llamada, fallidas o sin datos
figure-to-call-back-lost = Por devolver, plazo vencido
figure-to-call-back-waiting = Por devolver, aún en plazo
figure-to-call-back-backlog = Por devolver, desde hace más de 14 días
figure-to-call-back-reached = Personas localizadas
figure-to-call-back-first-response-median-sec = Primera devolución, mediana
figure-to-call-back-first-response-median-open-sec = Primera devolución, mediana en horario laboral
figure-to-call-back-first-response-within-15-min = Devueltas en 15 min
figure-to-call-back-first-response-within-1-h = Devueltas en 1 h
figure-to-call-back-first-response-within-24-h = Devueltas en 24 h
figure-to-call-back-first-response-same-agent = Devueltas por alguien cuyo teléfono había sonado
figure-to-call-back-first-response-colleague = Devueltas por un compañero

## Horario laboral y días no laborables

figure-answer-rate-in-hours = Tasa de atención en horario laboral
figure-missed-in-hours = Perdidas en horario laboral
figure-missed-outside-hours = Perdidas fuera del horario laboral
card-hours = { $in } dentro y { $outside } fuera del horario laboral
foot-hours = Horario laboral: { $hours }.
working-days = { $n ->
        [one] { $n } día laborable
       *[other] { $n } días laborables
    }
working-days-differ = { $days }; { $before }, { $n }.
working-days-others = Los mismos días laborables en número, pero otros ({ $before }): { $why }.
working-days-differ-why = { $days }; { $before }, { $n }: { $why }.
day-off-named = { $day } fue { $name }
day-off-unnamed = { $day } no fue laborable
day-extra = { $day } fue laborable
days-off-more = { $n ->
        [one] { $n } día más de este tipo
       *[other] { $n } días más de este tipo
    }
by-day-days-off = Días no laborables: { $list }.

why-missed = Por qué se perdieron llamadas
missed-caption-short = { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    }, colgadas en { $seconds }{ "\u00A0" }s: { $short }
missed-no-answer = Nadie contestó
missed-no-answer-or-busy = Nadie contestó, o comunicaba
missed-hung-up = Colgó mientras esperaba
missed-busy = Teléfonos ocupados o apagados
missed-voicemail = Buzón de voz
missed-no-route = Desvío fallido
answered = atendidas
missed = perdidas

## Informes: llamadas por devolver

to-call-back = Por devolver
to-call-back-nobody = Nadie espera que le devuelvan la llamada
to-call-back-caption = { $n ->
        [one] { $n } persona
       *[other] { $n } personas, primero quien más espera
    }
to-call-back-caption-lost = { $n ->
        [one] { $n } persona, espera desde hace más de { $hours }{ "\u00A0" }h
       *[other] { $n } personas, primero quien más espera; { $lost } desde hace más de { $hours }{ "\u00A0" }h
    }
to-call-back-reached = { $n ->
        [one] se contactó con { $n } más
       *[other] se contactó con otras { $n }
    }
to-call-back-response = { $reached }; mediana hasta la primera devolución de llamada entre quienes la recibieron en { $hours }{ "\u00A0" }h ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] { $n } persona más espera desde hace más de { $days } días.
       *[other] { $n } personas más esperan desde hace más de { $days } días.
    }
to-call-back-backlog-only = { $n ->
        [one] { $n } persona espera desde hace más de { $days } días.
       *[other] { $n } personas esperan desde hace más de { $days } días.
    }
to-call-back-withheld = { $n ->
        [one] Una llamada perdida llegó de un número oculto.
       *[other] { $n } llamadas perdidas llegaron de números ocultos.
    }
to-call-back-unread = { $n ->
        [one] El número de una llamada perdida no se puede leer, así que su llamante no aparece en la lista.
       *[other] Los números de { $n } llamadas perdidas no se pueden leer, así que sus llamantes no aparecen en la lista.
    }
column-caller = Llamante
column-first-missed = Primera perdida
column-source = Origen
column-since = Desde entonces
more-rows = { $n ->
        [one] { $n } persona más, que lleva menos tiempo esperando
       *[other] { $n } personas más, que llevan menos tiempo esperando
    }
more-attached = { $more }, en la lista adjunta
number-last-4 = …{ $digits }
number-hidden = número oculto
since-not-called = aún sin devolver
since-tried-once = intento: { $when }
since-tried = { $n ->
        [2] dos intentos
       *[other] { $n } intentos
    }
since-reached = contactado: { $when }
since-returned = volvió a llamar, atendida: { $when }
since-again = { $done }; volvió a llamar: { $when }

## Informes: personas, orígenes, horarios

agents = Agentes
agents-caption = atendidas: { $n }
agents-unknown = Agente desconocido
agents-more = { $n ->
        [one] { $n } agente más, atendidas: { $answered }
       *[other] { $n } agentes más, atendidas: { $answered }
    }
agents-note-lost = Una llamada perdida puede sonar en varios teléfonos, por eso esta columna no suma { $n }.
column-answered = Atendidas
column-target = Objetivo
column-talk = Conv. media
column-elsewhere = Sonó, contestó otro agente
column-lost = Sonó, se perdió
column-called-back = Devueltas

## Reports: people and numbers of the directory

agents-numbered = Agente { $n }
agents-teams = Equipos
agents-no-team = Sin equipo
agents-you = Usted
agents-colleague = Un compañero
agents-caption-own = atendidas: { $own }; por compañeros: { $others }
agents-not-known = No se muestran agentes: ninguna llamada dice quién la atendió ni qué teléfono sonó.
agents-nobody-called-back = No se muestran agentes: nadie atendió aquí una llamada entrante ni devolvió la llamada a quien esperaba.
agents-no-teams = No se muestran equipos: nadie de la lista de agentes tiene equipo.
own-calls = sus llamadas
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = No constan en su lista de agentes: { $people }. Añada un nombre.
unlisted-person = { $who } ({ $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    })
unlisted-extension = extensión { $key }
unlisted-hidden = { $n ->
        [one] Un teléfono no consta en su lista de agentes.
       *[other] { $n } teléfonos no constan en su lista de agentes.
    }
unlisted-numbers = No constan en su lista de números: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    })
foot-number-source = Una llamada sin origen propio cuenta para el origen que consta para el número marcado.
unlisted-more = y { $n } más
left-out-ignored-number = { $n ->
        [one] { $n } llamada de un número ignorado
       *[other] { $n } llamadas de números ignorados
    }

## Reports: where callers come from

sources = Orígenes
sources-more = { $n ->
        [one] { $n } origen más
       *[other] { $n } orígenes más
    } con { $calls ->
        [one] { $calls } llamada
       *[other] { $calls } llamadas
    }
column-calls = Llamadas
column-share = Cuota

when-people-call = Cuándo llaman
busiest = Más actividad: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } llamada
       *[other] { $calls } llamadas
    }
busiest-missed = Más actividad: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } llamada
       *[other] { $calls } llamadas
    }, perdidas: { $missed }
by-day-summary = Llamadas entrantes: { $bars }
by-hour-summary = Llamadas entrantes por día de la semana y hora. { $busiest }

## Informes: cómo contamos

foot-how = Cómo contamos.
foot-missed = Perdida = ninguna persona habló con quien llamaba: nadie contestó, colgó mientras esperaba, teléfonos ocupados o apagados, buzón de voz, desvío fallido.
foot-rate = Tasa de atención = atendidas ÷ (atendidas + perdidas).
foot-times = Espera y conversación son medias de las llamadas atendidas cuyo valor se conoce, sin el tiempo en menús.
foot-wait-unknown = { $n ->
        [one] No se conoce la espera de { $n } llamada atendida.
       *[other] No se conoce la espera de { $n } llamadas atendidas.
    }
foot-talk-unknown = { $n ->
        [one] No se conoce la conversación de { $n } llamada atendida.
       *[other] No se conoce la conversación de { $n } llamadas atendidas.
    }
foot-target = Una llamada objetivo es la que marca así su fuente; si no, una llamada atendida de { $seconds }{ "\u00A0" }s o más.
foot-short = Quien colgó durante la espera antes de { $seconds }{ "\u00A0" }s cuenta como llamada perdida, pero no como llamada por devolver; a quien encontró la línea ocupada o el buzón de voz sí hay que devolvérsela.
foot-left-out = No se cuentan: { $parts }.
foot-nothing-left-out = No se ha excluido ninguna llamada entrante.
left-out-missed-ivr = colgadas en el menú: { $n }
left-out-missed-no-answer = que nadie contestó: { $n }
left-out-missed-busy = con teléfonos ocupados: { $n }
left-out-missed-abandoned = colgadas en la cola: { $n }
left-out-missed-cancelled = colgadas mientras sonaba: { $n }
left-out-missed-voicemail = en el buzón de voz: { $n }
left-out-missed-no-route = con desvío fallido: { $n }
left-out-system-only = solo con un sistema automático: { $n }
left-out-failed = fallidas: { $n }
left-out-forbidden = prohibidas: { $n }
left-out-in-progress = aún en curso: { $n }
left-out-unknown = { $n ->
        [one] { $n } estado desconocido
       *[other] { $n } estados desconocidos
    }
left-out-client-no-answer = sin respuesta del cliente: { $n }
left-out-client-busy = cliente ocupado: { $n }
foot-compared = Comparado con: { $period }.
foot-not-compared-not-over = Sin comparación con { $period }: este periodo no ha terminado.
foot-not-compared-incomplete = Sin comparación con { $period }: este periodo no está completo.
foot-not-compared-incomplete-before = Sin comparación con { $period }: los datos de ese periodo no están completos.
foot-not-compared-no-data = Sin comparación con { $period }: no hay datos de entonces.
foot-late-calls = { $n ->
        [one] Una llamada de { $period } llegó después de elaborarse su informe.
       *[other] { $n } llamadas de { $period } llegaron después de elaborarse su informe.
    }
foot-then-now = { $figure }, { $period }: { $then } entonces, { $now } ahora.
foot-data = Datos: { $calls ->
        [one] { $calls } llamada
       *[other] { $calls } llamadas
    } de todo tipo, la última { $last }; { $open } aún en curso, { $unknown ->
        [one] { $unknown } estado desconocido
       *[other] { $unknown } estados desconocidos
    }.
foot-data-none = Datos: ninguna llamada de ningún tipo.
foot-data-none-chosen = Datos: ninguna llamada que cumpla los filtros de este informe.
foot-coverage-whole = Los datos abarcan todo el periodo.
foot-coverage-from = Los datos empiezan el { $from }.
foot-coverage-not-stated = «{ $source }» no indica hasta cuándo llegan sus datos.
foot-coverage-unstated = Ninguna fuente indica hasta cuándo llegan sus datos, así que aún pueden llegar llamadas.
foot-coverage-behind = «{ $source }» está completa solo hasta { $until }.
foot-made = Elaborado: { $at } ({ $zone }).

note-gap = El reloj saltó la hora prevista de este informe; se elaboró al final de ese salto.
note-overlap = El reloj marcó dos veces la hora prevista de este informe; se elaboró en la primera.
note-clamped = El día previsto de este informe no existe en ese mes; se elaboró el último.
note-day-off = Lo que coincidió con un día no laborable figura en este informe, elaborado el siguiente día laborable.
note-cut-at-31-days = Aquí se cuentan solo los últimos 31 días: el informe anterior se elaboró hace más tiempo.
note-first = Este es el primer informe de su tipo.

## Páginas

stop-ask-title = ¿Dejar de recibir este informe?
stop-ask-sentence = { $address } recibe el informe «{ $report }» de { $project }. No afecta a nadie más.
stop-ask-button = Dejar de recibirlo
stop-ask-note = Nada cambia hasta que pulse uno de los botones.
stop-done-title = Ya no se envía el informe
stop-done-sentence = { $address } ya no recibe el informe «{ $report }» de { $project }.
stop-done-note = No afecta a nadie más.
stop-pause-label = Pausar hasta el
stop-pause-button = Pausar
stop-project-button = Dejar de recibir todo de { $project }
stop-undo-button = Deshacer
stop-paused-title = El informe está en pausa
stop-paused-sentence = { $address } no recibe el informe «{ $report }» de { $project } hasta el { $until }.
stop-paused-note = Desde ese día vuelve a llegar por sí solo.
stop-project-title = Ya no se envía nada de { $project }
stop-project-sentence = { $address } no recibe nada más de { $project }: ni informes ni avisos.
stop-project-note = No afecta a nadie más. Si no queda nadie que reciba los avisos sobre dinero, los recibe el propietario.
stop-others-title = Aquí ya no se envía nada
stop-others-sentence = { $address } no recibe el informe «{ $report }» de { $project }. Lo terminó quien lo lleva, o nuestros correos volvían.
stop-others-note = Para volver a recibirlo, pregunte a quien lleva los informes de { $project }.
stop-undone-title = El informe vuelve a llegar
stop-undone-sentence = { $address } recibe el informe «{ $report }» de { $project } como antes.
stop-undone-note = Lo que tocaba entretanto no se envía después.
stop-day-title = El informe no se puede pausar hasta ese día
stop-day-sentence = Elija un día a partir de mañana y dentro de un año.
stop-day-note = No se ha cambiado nada.
stop-unknown-title = Este enlace no es válido
stop-unknown-sentence = Puede que se haya cortado al copiarlo. Abra el enlace en el propio correo.
stop-unknown-note = No se ha cambiado nada.
stop-later-title = Ahora no ha sido posible
stop-later-sentence = Inténtelo de nuevo dentro de unos minutos.
stop-later-note = No se ha cambiado nada.

## Al propietario: qué fue de los correos

mail-eyebrow = { $project } · Correo
mail-column-address = Para
mail-column-what = Qué
mail-column-reason = Qué respondió
mail-column-reference = Referencia

mail-unknown-subject = { $project }: { $n ->
        [one] puede que un correo no haya llegado
       *[other] puede que { $n } correos no hayan llegado
    }
mail-unknown-title = { $n ->
        [one] Puede que un correo no haya llegado
       *[other] Puede que { $n } correos no hayan llegado
    }
mail-unknown-sentence = { $n ->
        [one] Lo entregamos y no llegó respuesta que diga si el servidor lo aceptó
       *[other] Los entregamos y no llegó respuesta que diga si el servidor los aceptó
    }. Para que nadie reciba lo mismo dos veces, no reenviamos por nuestra cuenta.
mail-unknown-advice = Pregunte al destinatario si le llegó. Quien administra este servicio puede enviarlo de nuevo o anotar la respuesta; indíquele la referencia. Sin respuesta, a los siete días se considera fallido.

mail-still-unknown-subject = { $project }: { $n ->
        [one] un correo se considera ya fallido
       *[other] { $n } correos se consideran ya fallidos
    }
mail-still-unknown-title = { $n ->
        [one] Durante siete días no se supo qué fue de un correo
       *[other] Durante siete días no se supo qué fue de { $n } correos
    }
mail-still-unknown-sentence = Nadie dijo si { $n ->
        [one] llegó, así que ahora se considera fallido
       *[other] llegaron, así que ahora se consideran fallidos
    }.
mail-still-unknown-advice = Quien administra este servicio puede enviarlo de nuevo; indíquele la referencia.

mail-marked-subject = { $project }: { $n ->
        [one] una dirección no existe
       *[other] { $n } direcciones no existen
    }
mail-marked-title = { $n ->
        [one] Una dirección no existe, según su servidor de correo
       *[other] { $n } direcciones no existen, según sus servidores de correo
    }
mail-marked-sentence = { $n ->
        [one] Está marcada y ya no se le envía nada. Quien debía recibir el correo no lo recibió.
       *[other] Están marcadas y ya no se les envía nada. Quienes debían recibir los correos no los recibieron.
    }
mail-marked-advice = Si una dirección es errónea, corríjala en la configuración y aplíquela. Si vuelve a ser correcta, quien administra este servicio puede quitar la marca.

mail-refused-subject = { $project }: { $n ->
        [one] un correo fue rechazado
       *[other] { $n } correos fueron rechazados
    }
mail-refused-title = { $n ->
        [one] Un correo fue rechazado definitivamente
       *[other] { $n } correos fueron rechazados definitivamente
    }
mail-refused-sentence = El servidor de correo del otro lado no { $n ->
        [one] lo aceptó. La dirección no está marcada
       *[other] los aceptó. Las direcciones no están marcadas
    }: el próximo informe se envía según lo previsto.
mail-refused-advice = Lo que respondió el servidor está en la tabla. Una vez resuelta la causa, la orden «resend REFERENCE» lo envía de nuevo.

mail-came-back-subject = { $project }: { $n ->
        [one] un correo volvió
       *[other] { $n } correos volvieron
    }
mail-came-back-title = { $n ->
        [one] Un correo volvió después de haber sido aceptado
       *[other] { $n } correos volvieron después de haber sido aceptados
    }
mail-came-back-sentence = Nuestro servidor de correo había aceptado lo enviado, pero otro servidor lo devolvió: nadie lo leyó.
mail-came-back-advice = Lo que dijo el servidor está en la tabla. Una dirección que según él no existe no recibe nada más de este proyecto hasta que quien administra este servicio la admita de nuevo. Las demás recibirán el próximo correo como siempre.

mail-spam-subject = { $project }: { $n ->
        [one] un correo fue marcado como spam
       *[other] { $n } correos fueron marcados como spam
    }
mail-spam-title = { $n ->
        [one] Un correo fue marcado como spam por su lector
       *[other] { $n } correos fueron marcados como spam por sus lectores
    }
mail-spam-sentence = Esa dirección no recibe nada más de este proyecto. Los servicios de correo cuentan estos avisos, y si son demasiados, los correos de todos dejan de llegar a la bandeja de entrada.
mail-spam-advice = Pregunte al lector si desea los correos. Si es así, quien administra este servicio puede volver a admitir la dirección.
mail-lift-note = Para quien administra este servicio: la orden «suppressions lift ADDRESS --reason …» vuelve a admitir una dirección.

mail-held-subject = { $project }: envío detenido, el servidor rechaza nuestros correos
mail-held-title = Un servidor lo rechaza todo, así que hemos dejado de enviar por él
mail-held-sentence = Varias direcciones recibieron el mismo rechazo en diez minutos. Se debe al remitente, no a ellas: { $n ->
        [one] el correo vuelve
       *[other] los { $n } correos vuelven
    } a estar en cola y no se ha marcado ninguna dirección.
mail-held-advice = Compruebe la dirección del remitente, sus registros SPF y DKIM y lo que dice el servidor más abajo. El envío continúa por sí solo cuando el servidor vuelve a aceptar correos; lo que no se envíe a tiempo caduca, y se le avisará.

mail-expired-subject = { $project }: { $n ->
        [one] un correo no se envió
       *[other] { $n } correos no se enviaron
    } a tiempo
mail-expired-title = { $n ->
        [one] Un correo no pudo enviarse a tiempo
       *[other] { $n } correos no pudieron enviarse a tiempo
    }
mail-expired-sentence = Lo intentamos hasta que { $n ->
        [one] dejó de ser útil
       *[other] dejaron de ser útiles
    }, y entonces desistimos.
mail-expired-advice = La orden «explain --to ADDRESS» muestra cada intento. «resend REFERENCE» lo envía de todos modos.

mail-more = { $n ->
        [one] y { $n } más
       *[other] y { $n } más
    }

mail-unsendable-subject = { $project }: { $n ->
        [one] un correo no se puede
       *[other] { $n } correos no se pueden
    } enviar
mail-unsendable-title = { $n ->
        [one] Un correo no se puede enviar tal como está
       *[other] { $n } correos no se pueden enviar tal como están
    }
mail-unsendable-sentence = No salió nada de aquí y nadie { $n ->
        [one] lo rechazó: la causa es nuestra y figura
       *[other] los rechazó: las causas son nuestras y figuran
    } en la tabla.
mail-unsendable-advice = Una dirección con letras como ü o б antes de la @ necesita un servidor que ofrezca SMTPUTF8: añada uno a los ajustes o use otra dirección. Una vez resuelta la causa, la orden «resend REFERENCE» lo envía de nuevo.

## Las líneas al pie de un correo, distintas para cada destinatario

foot-why-role = Recibe este informe { $rule } ({ $zone }) como { $role } de { $project }.
foot-why-address = Recibe este informe { $rule } ({ $zone }) porque esta dirección está en la lista de { $project }.
foot-why-several = Recibe este informe { $rule } ({ $zone }) porque esta dirección está en la lista de destinatarios.
foot-why-several-role = Recibe este informe { $rule } ({ $zone }) como { $role } de proyectos de este informe.
foot-why-sample = Es una muestra que alguien pidió; el informe se envía { $rule } ({ $zone }).
foot-next = Próximo: { $day }.
foot-next-at = Próximo: { $day }, { $time }.
foot-attached = Adjunto: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } página
       *[other] { $pages } páginas
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } en ZIP
foot-too-large = Demasiado grande para un correo y omitido: { $list }.
foot-several-tables = En las tablas adjuntas, de cada proyecto: { $list }.
foot-stop = Dejar de recibir este informe
foot-reference = Referencia { $reference }
foot-or = { $first } y { $last }

role-owner = propietario
role-manager = responsable
role-finance = contacto de finanzas
role-ops = contacto técnico
role-support = responsable de atención al cliente
role-agent = agente
role-viewer = lector

rule-day = cada día a las { $at }
rule-weekday = cada día laborable a las { $at }
rule-week = cada { $days } a las { $at }
rule-month = { $days } de cada mes a las { $at }
rule-quarter = { $days } de cada trimestre a las { $at }
rule-quarter-day = el día { $day } del { $month ->
        [1] primer
        [2] segundo
       *[3] tercer
    } mes
rule-year = cada año el { $days } a las { $at }
rule-cron = según la regla { $rule }
rule-month-day = el día { $day }
rule-month-last = el último día
rule-month-last-business-day = el último día laborable
rule-month-nth-business-day = el día laborable { $nth }
rule-month-nth = el { $nth ->
        [1] primer
        [2] segundo
        [3] tercer
        [4] cuarto
       *[5] quinto
    } { $weekday }
rule-month-last-weekday = el último { $weekday }

## Al propietario: no se pudo elaborar un informe

failed-subject = { $project }: no se pudo elaborar el informe «{ $report }»
failed-eyebrow = { $project } · Informes
failed-title = No se pudo elaborar el informe «{ $report }» de { $occurrence }
failed-title-sample = No se pudo elaborar la muestra del informe «{ $report }»
failed-sentence = Nadie lo recibió. El próximo se elabora según lo previsto.
failed-because = { $reason ->
        [unknown_report] la programación nombra un informe que no existe
        [unknown_zone] la zona horaria de la programación no se conoce aquí
        [unreadable] esta versión del programa no puede leer algo que está guardado para él
        [builder_died] el programa terminó cinco veces antes de acabarlo
       *[report_not_made] no se pudieron calcular sus cifras
    }
failed-advice = Motivo: { $because }. La orden «explain» con la dirección del destinatario dice más; «send-now { $schedule }» lo elabora de nuevo cuando se resuelva la causa.

## A operaciones: durante un tiempo no funcionó nada

down-subject = Nada funcionó durante { $span }; { $n ->
    [one] entretanto venció una programación
   *[other] entretanto vencieron { $n } programaciones
}
down-title = Del { $from } al { $to } (UTC) no funcionó nada
down-sentence = { $n ->
    [one] En ese tiempo venció una programación. Su informe se elabora ahora, con retraso, o se omite, según diga su «catch_up».
   *[other] En ese tiempo vencieron { $n } programaciones. Sus informes se elaboran ahora, con retraso, o se omiten, según diga el «catch_up» de cada una.
}
down-advice = Los comandos «deliveries» y «explain» dicen qué fue de cada uno. Para que la próxima vez alguien dé la alarma, indique un monitor en el ajuste «heartbeat_url».

## Las líneas al pie de un aviso al propietario

owner-why-role = Recibe este aviso como propietario de { $project }.
owner-why-operations = Recibe este aviso porque esta dirección figura en [operations] en los ajustes de este servicio.
owner-installation = Informes de llamadas
owner-notice-of-kind = { $kind ->
        [paid_until] alerta: periodo pagado
        [trial] alerta: periodo de prueba
        [funds] alerta: el saldo se acaba
        [low_balance] alerta: saldo bajo
        [balance_negative] alerta: saldo agotado
        [topup_failed] alerta: la recarga no funcionó
        [status] aviso: estado del proyecto
        [recovered] aviso: todo vuelve a estar bien
        [digest] varios mensajes en uno
        [test] prueba
       *[other] aviso
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, una muestra
owner-reason-lease = el proceso de envío terminó antes de llegar la respuesta
owner-reason-broke = la conexión se cortó antes de llegar la respuesta
owner-reason-too-late = era demasiado tarde para que sirviera
owner-reason-no-answer = nadie dijo cómo acabó
owner-reason-no-relay = ninguno de nuestros servidores acepta una dirección con esas letras (SMTPUTF8)
owner-reason-address = la dirección no puede figurar en un correo
owner-reason-composing = no se pudo componer el correo

## Lo que alguien debe ver, y silencios
watch-topic = Alguien debería mirar
watch-said = Última respuesta
watch-reports-title = Los informes no salen
watch-reports-sentence = El más antiguo espera desde el { $since } y ningún servidor de correo lo ha aceptado aún. En cuanto uno lo haga, todo saldrá con retraso.
watch-reports-advice = «deliveries --state queued» muestra lo que espera, y «explain» dice a qué.
watch-lane-title = { $name } no se puede usar
watch-lane-sentence = Nada ha pasado por ahí desde el { $since }. Lo que debe ir por ahí espera, o toma otro camino si lo hay.
watch-lane-advice = Se intenta una y otra vez por sí solo. La orden «check-config» muestra la configuración en uso.
watch-source-title = No llegan llamadas de { $name }
watch-source-sentence = Lo último que dijo es del { $since }. Desde entonces faltan sus llamadas en los informes.
watch-source-advice = Compruebe la conexión o los archivos que se importan. Lo que llegue tarde cuenta en el próximo informe.
watch-balance-title = Ya nadie comunica el saldo «{ $name }»
watch-balance-sentence = El último es de { $since }. Los avisos de dinero siguen partiendo de él, así que pueden estar desfasados, y ninguno termina por él.
watch-balance-advice = Compruebe el programa que lo comunica, o fíjelo con «balance set».
watch-money-source-title = No se puede consultar la fuente de saldos «{ $name }»
watch-money-source-sentence = Ninguna consulta ha funcionado desde el { $since }. Los saldos siguen como los comunicó por última vez, y los avisos sobre dinero se basan en ellos.
watch-money-source-advice = La orden «balance fetch { $name } --dry-run» la consulta ahora y dice qué falla.
watch-usage-title = Ya nadie comunica el gasto del saldo «{ $name }»
watch-usage-sentence = El primer día sin gasto comunicado es el { $day }. Las previsiones y los avisos sobre dinero se basan en los días anteriores, y solo un pago pone fin a un aviso.
watch-usage-advice = Compruebe el programa o la consulta que lo comunica. Lo que llegue tarde cuenta enseguida.

silence-topic = Silencio
silence-reason = Motivo
silence-over-title = Un silencio ha terminado
silence-over-sentence = Desde el { $since } { $n ->
        [0] no se retuvo nada
        [one] se retuvo { $n } aviso
       *[other] se retuvieron { $n } avisos
    }; lo había pedido { $who }. Desde ahora esos avisos vuelven a llegar.
silence-over-advice = Lo retenido no se envía después: mire cómo están las cosas.

## Suscripciones a los avisos de un servicio de correo
sns-topic = Avisos de correo
sns-topic-name = Tema
sns-link = Enlace que la confirma
sns-begin-title = Amazon SNS pregunta si una suscripción es deseada
sns-begin-sentence = Mientras nadie diga que sí, los avisos de SES no llegan aquí. Nada se confirma por sí solo.
sns-begin-advice = Si la creó alguien de ustedes, abra el enlace en un navegador en un plazo de tres días. Si no, no haga nada.
sns-end-title = Una suscripción de Amazon SNS ha terminado
sns-end-sentence = Los avisos de SES ya no llegan aquí: no se sabrá nada de lo que vuelva.
sns-end-advice = Si nadie quiso terminarla, el enlace la reanuda.

## Una prueba de un canal

test-subject = TEST: { $project } puede avisarle ({ $channel })
test-eyebrow = { $project } · Prueba
test-title = TEST: este canal funciona
test-sentence = { $actor } ha pedido esta prueba. No ha pasado nada y no tiene que hacer nada.
test-advice = Los avisos de { $project } pueden llegarle por esta vía.
test-fact-channel = Canal
test-fact-address = Para
test-fact-asked = Solicitado
test-sms = TEST: { $project } puede avisarle por SMS. Prueba pedida por { $actor }; no ha pasado nada.
test-why = Recibe este mensaje porque { $actor } le ha elegido para una prueba.
test-channel-email = correo
test-channel-sms = SMS
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = webhook

## Una clave que confirma un número

code-subject = { $project }: una clave que confirma su número
code-sms = { $code } es su clave para los SMS de { $project }. Confirma este teléfono y vale 10 minutos. Si no la esperaba, no haga nada.

## Informes: filtros, lista de llamadas, nombres de columnas, varios proyectos

only = Solo: { $what }
only-or = { " o " }
only-agent = agente { $names }
only-team = equipo { $names }
only-number = número { $names }
only-queue = cola { $names }
only-department = departamento { $names }
only-stream = llamadas de { $names }
only-source = origen { $names }
only-medium = medio { $names }
only-campaign = campaña { $names }
only-tag = etiqueta { $names }
only-at-least = { $least } o más
only-at-most = { $most } o menos
only-between = de { $least } a { $most }
only-in-hours = en horario laboral
only-outside-hours = fuera del horario laboral
only-first-time = quienes llaman por primera vez
only-not-first-time = quienes ya habían llamado
direction-inbound = entrantes
direction-outbound = salientes
direction-callback = petición de llamada
direction-internal = internas
direction-transit = de tránsito
direction-unknown = sentido desconocido
status-answered = atendida
status-missed = perdida
status-missed-no-answer = nadie contestó
status-missed-busy = teléfonos ocupados
status-missed-abandoned = colgó en la cola
status-missed-cancelled = colgó mientras sonaba
status-missed-voicemail = buzón de voz
status-missed-ivr = terminó en el menú
status-missed-no-route = desvío fallido
status-client-not-reached = cliente no localizado
status-client-no-answer = el cliente no contestó
status-client-busy = el cliente comunicaba
status-failed = fallida
status-forbidden = prohibida
status-system-only = solo máquina
status-in-progress = en curso
status-unknown = estado desconocido
status-left-out = no contadas
answered-by-human = una persona
answered-by-voicemail = buzón de voz
answered-by-ivr = el menú
answered-by-none = nadie
answered-by-unknown = no se sabe
call-list = Llamadas
listen = Escuchar
number-withheld = número oculto
yes = sí
no = no
origin-not-tracked = (sin seguimiento)
origin-not-shown = (no se muestra)
sources-not-known = No se sabe de dónde venían las llamadas. Quien configuró este informe puede indicarlo para cada número.
by-hour-averages = De media por día de la semana: { $list }
several-exceptions = Requiere atención
several-nothing = Nada requiere atención: nadie espera y no faltan datos.
several-what = Qué
several-no-data = sin datos de este periodo
several-unknown = { $n ->
        [one] { $n } proyecto no tiene datos de este periodo, que no es lo mismo que no haber llamadas.
       *[other] { $n } proyectos no tienen datos de este periodo, que no es lo mismo que no haber llamadas.
    }
several-title-unknown = Sin datos de { $n } de { $all } proyectos
several-subject-unknown = { $calls }, sin datos de { $n ->
        [one] { $n } proyecto
       *[other] { $n } proyectos
    }
several-no-calls = No hubo llamadas { $when } en { $projects }.
several-behind = faltan las llamadas posteriores a { $until } ({ $source })
several-own-unknown = no se pueden distinguir sus propias llamadas
several-goal = { $figure }: { $value }, objetivo { $goal }
several-zone = Cada proyecto se cuenta en los días y horas de { $zone }.
several-own-rights = Aquí solo figuran los proyectos en los que tiene un rol.
several-more-to-call = { $n } más, véase el informe de este proyecto
table-project-id = Clave del proyecto
table-project = Proyecto
table-date = Fecha
table-weekday = Día de la semana
table-hour = Hora
table-reason = Motivo
table-agent-id = Clave del agente
table-kind = Tipo de fila
kind-person = persona
kind-team = equipo
kind-no-team = sin equipo
kind-unknown = desconocido
table-agent-name = Nombre del agente
table-agent = Agente
table-team = Equipo
table-source = Fuente
table-medium = Medio
table-campaign = Campaña
table-calls = Llamadas
table-answered = Atendidas
table-answer-rate = Tasa de atención
table-missed = Perdidas
table-target = Objetivo
table-share = Cuota
table-previous-calls = Llamadas antes
table-previous-answered = Atendidas antes
table-previous-target = Objetivo antes
table-to-call-back = Por devolver
table-days = Días
table-average = Media
table-client-number = Llamante
table-tries = Intentos
table-waited-sec = Espera en total
table-first-missed-at = Primera perdida
table-attempts = Nuestros intentos
table-last-attempt-at = Nuestro último intento
table-reached-at = Contactado
table-talk-sec = Conversación
table-talk-avg-sec = Conversación media
table-rang-colleague-answered = Sonó, contestó otro agente
table-rang-caller-lost = Sonó, se perdió
table-called-back = Devueltas
table-answered-share = Parte de las contestadas
table-outbound = Llamadas salientes
table-outbound-reached = Salientes, localizados
table-started-at = Inicio
table-direction = Sentido
table-status = Resultado
table-wait-sec = Espera
table-origin = Procedencia
table-tracking-number = Número marcado
table-call-id = Llamada
table-raw-status = Estado en la fuente
table-answered-by = Atendida por
table-answered-at = Atendida a las
table-ended-at = Fin
table-ring-sec = Timbre
table-ivr-sec = Menú
table-hold-sec = En espera
table-wrap-sec = Tras la llamada
table-duration-sec = Duración
table-from-number = De
table-to-number = A
table-queue = Cola
table-department = Departamento
table-is-target = Llamada objetivo
table-is-first-call = Primera llamada
table-is-repeat = Repetida
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = Primer utm source
table-first-utm-medium = Primer utm medium
table-first-utm-campaign = Primer utm campaign
table-first-utm-content = Primer utm content
table-first-utm-term = Primer utm term
table-landing = Página de destino
table-referrer = Página de referencia
table-client-id = Id del visitante
table-tags = Etiquetas
table-cost = Coste
table-currency = Moneda
table-hangup-cause = Causa de fin
table-ended-by = Terminada por
table-linked-id = Llamada vinculada
table-merged-into = Fusionada con
table-region = Región
table-category = Categoría
table-rating = Valoración
table-comment = Comentario
table-visitor-id = Visitante
table-id-is-synthetic = Id asignado por nosotros
table-recording-url = Grabación
call-list-more = { $n ->
        [one] { $n } llamada más
       *[other] { $n } llamadas más
    }
call-list-more-attached = { $n ->
        [one] { $n } llamada más, en el archivo adjunto
       *[other] { $n } llamadas más, en el archivo adjunto
    }
call-list-more-print = { $n ->
        [one] { $n } llamada más no se imprime.
       *[other] { $n } llamadas más no se imprimen.
    }
call-list-more-print-attached = { $n ->
        [one] { $n } llamada más no se imprime; está en la lista adjunta.
       *[other] { $n } llamadas más no se imprimen; están en la lista adjunta.
    }
several-projects = { $n ->
        [one] { $n } proyecto
       *[other] { $n } proyectos
    }
several-lead = Ha atendido el { $rate } de { $n ->
        [one] { $n } llamada
       *[other] { $n } llamadas
    } en { $projects }.
several-to-call-back = { $n ->
        [one] { $n } persona por llamar, espera desde { $when }
       *[other] { $n } personas por llamar, la primera espera desde { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } persona por llamar, espera desde hace más de { $days } días
       *[other] { $n } personas por llamar, { $backlog } de ellas desde hace más de { $days } días
    }

## Al responsable: un informe está retenido porque faltan llamadas

held-subject = { $project }: el informe «{ $report }» está retenido, faltan llamadas
held-title = El informe «{ $report }» espera llamadas
held-sentence = Estaba previsto para { $due } ({ $zone }) y no se ha enviado: aún no están todas las llamadas del periodo.
held-advice = Saldrá por sí solo en cuanto se importen las llamadas que faltan. Si no llegan antes de { $until }, se descarta.
held-advice-now = Para enviarlo ahora tal como está, existe la orden «send-now { $schedule } --waiting».
held-source = Falta

gave-up-subject = { $project }: el informe «{ $report }» no se envió, faltan llamadas
gave-up-title = El informe «{ $report }» no se envió
gave-up-sentence = Estaba previsto para { $due } ({ $zone }) y se retuvo hasta { $until }; las llamadas esperadas no llegaron.
gave-up-advice = Nadie lo recibió. El próximo se elabora según lo previsto. Cuando estén las llamadas, «send-now { $schedule }» envía una muestra del último periodo completo.

## Attached files: headings of columns and sheets

sheet-figures = Cifras
sheet-figure = Cifra
sheet-value = Valor
sheet-how-we-count = Cómo contamos
sheet-empty = Sin filas
sheet-more-rows = { $n ->
        [one] { $n } fila más no cabe en una hoja; está en los archivos CSV y JSON.
       *[other] { $n } filas más no caben en una hoja; están en los archivos CSV y JSON.
    }
sheet-to-call-back = Por devolver
sheet-agents = Agentes
sheet-sources = Orígenes
sheet-by-day = Por día
sheet-by-hour = Por hora
sheet-call-list = Llamadas
sheet-missed-reasons = Motivos
sheet-projects = Proyectos
sheet-previous = Antes
sheet-delta = Variación
sheet-in-seconds = { $name }, segundos

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] { $n } fila más, omitida aquí para que el correo sea breve.
       *[other] { $n } filas más, omitidas aquí para que el correo sea breve.
    }
projects-not-shown = { $n ->
        [one] { $n } proyecto más, aquí sin detalles para que el correo sea breve.
       *[other] { $n } proyectos más, aquí sin detalles para que el correo sea breve.
    }
lines-not-shown = { $n ->
        [one] { $n } línea más como estas, omitida aquí para que el correo sea breve.
       *[other] { $n } líneas más como estas, omitidas aquí para que el correo sea breve.
    }
too-large-subject = { $project }: { $n ->
        [one] un adjunto es demasiado grande
       *[other] { $n } adjuntos son demasiado grandes
    } para un correo
too-large-eyebrow = Adjuntos
too-large-title = { $project }: { $n ->
        [one] se omitió un adjunto
       *[other] se omitieron { $n } adjuntos
    }
too-large-sentence = El informe «{ $report }» de { $occurrence } salió sin { $list }: con { $n ->
        [one] él
       *[other] ellos
    }, el correo habría superado { $size }{ "\u00A0" }MB. Las cifras del propio correo están completas.
too-large-sentence-sample = La muestra del informe «{ $report }» salió sin { $list }: con { $n ->
        [one] él
       *[other] ellos
    }, el correo habría superado { $size }{ "\u00A0" }MB. Las cifras del propio correo están completas.
too-large-advice = Reduzca el informe con filtros o columnas, elija un periodo más corto u obtenga { $n ->
        [one] el archivo
       *[other] los archivos
    } con `preview`.

## Avisos sobre dinero y servicio

date-named = { $weekday }, { $day }
date-named-short = { $weekday }, { $day }

alert-what-project = el saldo
alert-what-forwarding = el saldo de desvíos
alert-what-other = el saldo «{ $name }»
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = periodo pagado
alert-topic-trial = prueba
alert-topic-status = estado
alert-subject = { $project }: { $what }
alert-subject-funds = Pague a más tardar el { $payby }: { $what } de { $project } puede agotarse el { $end }
alert-subject-paid = Pague a más tardar el { $payby }: el periodo pagado de { $project } termina el { $end }
alert-subject-funds-today = Pague hoy: { $what } de { $project } puede agotarse el { $end }
alert-subject-paid-today = Pague hoy: el periodo pagado de { $project } termina el { $end }
alert-preview = Saldo { $balance }. Añada { $sum } para tener suficiente hasta el { $day }.
alert-paid-title = el periodo pagado termina el { $day }
alert-paid-then = Después, el proveedor puede suspender el servicio.
alert-paid-over-title = el periodo pagado terminó el { $day }
alert-paid-over-then = El servicio puede suspenderse en cualquier momento. Un pago lo evita.
alert-paid-again-title = pagado hasta el { $day }, gracias
alert-trial-title = la prueba termina el { $day }
alert-trial-then = Después, el servicio se detiene si no elige un plan.
alert-trial-over-title = la prueba terminó el { $day }
alert-trial-over-then = El servicio seguirá en cuanto elija un plan.
alert-funds-title = { $what } puede agotarse el { $day }
alert-funds-title-past = { $what } pudo agotarse el { $day }
alert-funds-title-soon = { $what } puede agotarse pronto
alert-low-title = { $what } está por debajo de { $sum }
alert-low-title-plain = { $what } es bajo
alert-owes-title = { $project } debe { $sum }
alert-empty-title = { $project }: { $what } se ha agotado
alert-empty-since = Se sabe desde el { $at } ({ $zone }).
alert-empty-then = Lo que esto desactiva: { $off }.
alert-empty-then-other = El proveedor puede desactivar lo que se paga con este saldo.
alert-topup-title = la recarga de { $sum } ha fallado
alert-topup-title-plain = una recarga ha fallado
alert-topup-why = Motivo indicado: { $why }.
alert-recovered-title = { $what } vuelve a ser suficiente, gracias
alert-suspended-title = { $project } está suspendido
alert-suspended-since = Desde el { $at } ({ $zone }).
alert-suspended-then = Parte del servicio está desactivada. Si falta dinero, un pago la recupera; si no, su proveedor sabe por qué.
alert-reactivated-title = { $project } vuelve a funcionar
alert-reactivated-since = Activo desde el { $at } ({ $zone }).
alert-archived-title = { $project } está archivado
alert-archived-since = Desde el { $at } ({ $zone }).
alert-archived-then = Este es el último mensaje al respecto: no se envían más informes de llamadas. Solo su proveedor puede recuperarlo.
alert-usual-until = Al ritmo habitual dura hasta el { $day }.
alert-usual-long = Al ritmo habitual dura más de un año.
alert-ends = { $what } puede agotarse el { $earliest }; al ritmo habitual dura hasta el { $expected }.
alert-ends-earliest = { $what } puede agotarse el { $earliest }; al ritmo habitual dura más de un año.
alert-ends-long = Dura más de un año.
alert-too-little = Conocemos el saldo ({ $sum }), pero el gasto de solo { $n ->
        [one] { $n } día
       *[other] { $n } días
    }, así que no se puede decir cuánto dura.
alert-too-little-plain = Conocemos el gasto de solo { $n ->
        [one] { $n } día
       *[other] { $n } días
    }, así que no se puede decir cuánto dura.
alert-no-spend = En los últimos 28 días no se ha gastado nada; no se ve un final.
alert-pay-by = Una transferencia tarda { $n ->
        [one] alrededor de un día laborable
       *[other] alrededor de { $n } días laborables
    }, así que pague a más tardar el { $day }.
alert-pay-by-plain = Pague a más tardar el { $day }.
alert-pay-by-today = Es el último día para que una transferencia llegue a tiempo: pague { $day }.
alert-today = hoy
alert-pay-by-past = El último día para que un pago llegara a tiempo fue el { $day }; pague por la vía más rápida posible.
alert-stale = El último saldo conocido es del { $at } ({ $zone }); ahora puede ser mejor o peor.
alert-usage-untold = El último día con gasto conocido es el { $day }; la previsión se basa en los días hasta entonces.
alert-cannot-wait = Esto no puede esperar a la mañana del próximo día laborable y por eso llega ahora.
alert-then = Si se agota: { $off }.
alert-off-forwarding = las llamadas desviadas ya no se conectan
alert-off-other = el proveedor puede desactivar lo que se paga con él
alert-add = Añadir { $sum }
alert-sms-pay = Añada { $sum } a más tardar el { $day }.
alert-sms-stale = El último saldo es del { $day }.
alert-sms-balance = El saldo es { $sum }.
alert-sms-late = Una transferencia llegaría tarde: añada { $sum } por la vía más rápida.
alert-sms-late-plain = Una transferencia llegaría tarde: pague por la vía más rápida.
alert-pay-now = Pagar ahora
alert-choose-plan = Elegir un plan
alert-covers = { $sum } alcanzan hasta el { $day }, también en un mes con mucha actividad; neto, sin impuestos.
alert-how = Cómo lo sabemos
alert-fact-balance = Saldo
alert-as-of = a { $at } ({ $zone })
alert-fact-credit = Límite de crédito
alert-fact-spend = Gasto habitual
alert-a-day = { $sum } al día
alert-by-week = { $work } en días laborables, { $weekend } en fin de semana
alert-fact-charge = Cargo conocido
alert-charge-on = { $sum } el { $day }
alert-fact-earliest = Final más temprano
alert-if-busy = calculado con prudencia, según los días más activos de las últimas cuatro semanas
alert-fact-expected = Final esperado
alert-at-usual = al ritmo habitual
alert-beyond = dentro de más de un año
alert-walk = Día a día
alert-walk-caption = Saldo al final de cada día, en { $currency }
alert-column-day = Día
alert-column-expected = Esperado
alert-column-busy = Con prudencia
alert-walk-more = { $n ->
        [one] { $n } día más
       *[other] { $n } días más
    }
alert-note-pay-by = último día para pagar
alert-note-earliest = final más temprano
alert-note-expected = final esperado
alert-told = Se ha avisado a: { $names }.
alert-next = Próximo recordatorio: { $day }.
alert-next-also = Próximo recordatorio: { $day }, también a { $names }.
alert-next-paid = Un pago lo anula.
alert-next-plan = Elegir un plan lo anula.
alert-how-counted = El gasto habitual es la media de los últimos cuatro días iguales de la semana; las recargas y los cargos fijos no cuentan; los días van según la hora local ({ $zone }).
alert-why-finance = Recibe este aviso como contacto de finanzas de { $project }.
alert-why-ops = Recibe este aviso porque se ocupa del funcionamiento de { $project }.

# Several warnings of one morning in one mail.
joined-eyebrow = Avisos en un solo mensaje
joined-title = { $n ->
        [one] { $n } proyecto necesita saldo
       *[other] { $n } proyectos necesitan saldo
    }
joined-title-one = { $project } necesita saldo
joined-subject = { $n ->
        [one] { $n } proyecto necesita saldo
       *[other] { $n } proyectos necesitan saldo
    }, primer pago a más tardar el { $payby }
joined-subject-one = { $project } necesita saldo, primer pago a más tardar el { $payby }
joined-care-title = { $n ->
        [one] { $n } proyecto necesita su atención
       *[other] { $n } proyectos necesitan su atención
    }
joined-care-title-one = { $project } necesita su atención
joined-well-title = { $n ->
        [one] Todo vuelve a estar en orden en { $n } proyecto
       *[other] Todo vuelve a estar en orden en { $n } proyectos
    }
joined-well-title-one = { $project }: todo vuelve a estar en orden
joined-news = Novedades
joined-care-pay-by = { $title }, primer pago a más tardar el { $payby }
joined-care-ends = { $title }, primer final: { $end }
joined-ended = Final
joined-project = Proyecto
joined-end = Puede agotarse
joined-pay-by = Último día de pago
joined-add = Añadir
joined-now = ahora
joined-overdue = { $title }: { $n ->
        [one] uno está vencido
       *[other] { $n } están vencidos
    }
joined-more = { $n ->
        [one] Hay { $n } más solo en la tabla de arriba.
       *[other] Hay { $n } más solo en la tabla de arriba.
    }
joined-why = Recibe este aviso por sus funciones en estos proyectos.

# What a chat is not told, because its messages end there.
brief-more = … y { $n } más.
# A payment that is on its way.
alert-paid-button = Ya he pagado, llega el …
alert-paid-quiets = Silencia los recordatorios hasta el día siguiente.
paid-ask-title = ¿Cuándo llega su pago?
paid-ask-sentence = { $project }: { $what }. No habrá recordatorios hasta el día después de su llegada.
paid-ask-label = Llega el
paid-ask-button = Silenciar los recordatorios
paid-ask-note = Si el saldo se agota, se avisa de todos modos. Quedará anotado que lo indicó { $name }. Nada cambia hasta que pulse el botón.
paid-ask-wrong = Elija un día entre el { $from } y el { $to }.
paid-done-title = Los recordatorios están en silencio
paid-done-sentence = { $project }: { $what }. El pago debe llegar el { $day }; desde el día siguiente, si no ha llegado, los recordatorios continúan.
paid-done-button = Deshacer
paid-done-note = Lo indicó { $name }. Si el saldo se agota, se avisa de todos modos.
paid-undone-title = Los recordatorios continúan
paid-undone-sentence = { $project }: { $what }. Se retiró el aviso de un pago en camino.
paid-gone-title = Ya no recibe estos recordatorios
paid-gone-sentence = { $project }: sus funciones han cambiado, así que otra persona avisa de un pago.
# An automatic top-up that should have run.
alert-topup-late-title = la recarga automática de { $sum } no ha llegado
alert-topup-late-title-plain = la recarga automática no ha llegado
alert-topup-late-since = Debía llegar el { $at } ({ $zone }).
# In somebody's place.
alert-why-deputy = Recibe este aviso porque { $name } está ausente hasta el { $day } y le nombró su sustituto para { $project }.

# What waited through quiet hours.
digest-topic = lo que esperó
digest-subject = { $project }: { $n ->
        [one] { $n } mensaje
       *[other] { $n } mensajes
    } en espera
digest-subject-several = { $n ->
        [one] { $n } mensaje
       *[other] { $n } mensajes
    } en espera, de { $projects ->
        [one] { $projects } proyecto
       *[other] { $projects } proyectos
    }
digest-of-balance = { $what } ({ $balance })
digest-title = Lo que le esperaba
digest-lead = Sigue abierto: { $open }. Abierto y resuelto: { $over }. Lo que no puede esperar llegó enseguida.
digest-open = Sigue abierto: { $what }
digest-over = Abierto y resuelto: { $what }
digest-news = { $what }
digest-why = Recibe este mensaje porque sus horas de silencio han terminado, o porque es la hora a la que quiere recibir juntas estas noticias.

# Limits of texts.
texts-topic = SMS
texts-near-day-title = Se han usado { $used } de { $most } SMS de hoy para { $name }
texts-near-month-title = Se han usado { $used } de { $most } SMS de este mes
texts-full-day-title = Se ha alcanzado el límite de { $most } SMS al día para { $name }
texts-full-month-title = Se ha alcanzado el límite de { $most } SMS de este mes
texts-near-day-then = Cuando se alcance el límite, hoy no se enviará nada más a este teléfono. Los demás canales siguen.
texts-near-month-then = Cuando se alcance el límite, no se enviarán más SMS hasta fin de mes. Los demás canales siguen.
texts-full-day-then = Hoy no se enviará nada más a este teléfono. Los demás canales siguen.
texts-full-month-then = No se enviarán más SMS hasta fin de mes. Los demás canales siguen.
texts-advice = Los límites están en la configuración de la instalación, en [sms]. Se envían menos SMS si los teléfonos solo reciben avisos críticos.
