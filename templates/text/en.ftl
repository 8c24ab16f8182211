# English. The first language: every other file has exactly these messages.
# A no-break space is written { "\u00A0" } where figures and their unit stay together.

## Figures

figure-decimal = .
figure-group = ,
figure-percent = { $n }{ "\u00A0" }%
figure-points = { $n }{ "\u00A0" }points
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }min
figure-hours = { $n }{ "\u00A0" }h
figure-days = { $n ->
        [one] { $n }{ "\u00A0" }day
       *[other] { $n }{ "\u00A0" }days
    }

## Dates

month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
# Without a day beside it (many languages use another case)
month-alone-1 = January
month-alone-2 = February
month-alone-3 = March
month-alone-4 = April
month-alone-5 = May
month-alone-6 = June
month-alone-7 = July
month-alone-8 = August
month-alone-9 = September
month-alone-10 = October
month-alone-11 = November
month-alone-12 = December
weekday-long-1 = Monday
weekday-long-2 = Tuesday
weekday-long-3 = Wednesday
weekday-long-4 = Thursday
weekday-long-5 = Friday
weekday-long-6 = Saturday
weekday-long-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-weekday-day = { $weekday } { $day }
date-day-time = { $day } { $time }
date-moment = { $weekday } { $day } { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }–{ $to }

period-week = Week of { $days }
period-month = { $month } { $year }
period-quarter = Quarter { $quarter }, { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = { $place } time

## Subject, inbox line, head

subject-calls = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }
