# English. The first language: every other file has exactly these messages with exactly these variables; the build
# refuses one that doesn't. A comment that begins with "# $name:" allows a variable that English itself needn't use.
# A no-break space is written { "\u00A0" } where figures and their unit stay together.

## Figures

figure-decimal = .
figure-group = ,
# Digits before the first separator that make a number long enough to be grouped: 1 for 1,234, 2 for 1234 and 12,345
figure-group-least = 1
figure-percent = { $n }{ "\u00A0" }%
figure-points = { $n }{ "\u00A0" }points
figure-seconds = { $n }{ "\u00A0" }s
figure-minutes = { $n }{ "\u00A0" }min
figure-hours = { $n }{ "\u00A0" }h
figure-hours-minutes = { $hours }{ "\u00A0" }h { $minutes }{ "\u00A0" }min
money = { $sign }{ $n }
money-negative = −{ $sign }{ $n }
currency-eur = €
currency-gbp = £
currency-pln = PLN
currency-uah = UAH
currency-usd = $

# Of callers, at the start of a title (title-to-call-back).
number-1 = One
number-2 = Two
number-3 = Three
number-4 = Four
number-5 = Five
number-6 = Six
number-7 = Seven
number-8 = Eight
number-9 = Nine
number-10 = Ten
number-11 = Eleven
number-12 = Twelve

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
# In a month: "in November 2026"
month-in-1 = January
month-in-2 = February
month-in-3 = March
month-in-4 = April
month-in-5 = May
month-in-6 = June
month-in-7 = July
month-in-8 = August
month-in-9 = September
month-in-10 = October
month-in-11 = November
month-in-12 = December
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
# As an object: "every Monday", "on Monday" (accusative where there is one)
weekday-object-1 = Monday
weekday-object-2 = Tuesday
weekday-object-3 = Wednesday
weekday-object-4 = Thursday
weekday-object-5 = Friday
weekday-object-6 = Saturday
weekday-object-7 = Sunday
# $day: 1 is Monday
weekday-on = on { $weekday }

# Digits of the hour: 2 for 08:00, 1 for 8:00
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

period-week = Week of { $days }
period-month = { $month } { $year }
period-quarter = Quarter { $quarter }, { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = { $place } time

when-on = on { $day }
when-in-month = in { $month } { $year }
when-in-quarter = in quarter { $quarter } of { $year }
when-in-year = in { $year }
# From the ninth to the fifteenth of one month, of two, and with hours
when-days-in-month = from { $from } to { $to }
when-days = from { $from } to { $to }
when-moments = from { $from } to { $to }

before-day = the day before
before-week = the week before
before-month = the month before
before-quarter = the quarter before
before-year = the year before
before-span = { $period }

## Reports: subject, inbox line, head

subject = { $project }: { $fact } ({ $period })
subject-sample = Sample: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }
subject-to-call-back = { $n ->
        [one] { $n } caller to call back
       *[other] { $n } callers to call back
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, nobody to call back
subject-no-calls = no calls
subject-no-data = no data
subject-own-unknown = your own calls can't be told apart

title-to-call-back = { $n ->
        [one] One caller still waits for a call back
       *[other] { $words } callers still wait for a call back
    }
title-all-reached = Every caller who waited has been reached since
title-some-reached = { $title }; { $n } reached since
title-nobody-waits = Nobody waits for a call back
title-all-answered = Every call was answered
title-no-calls = No calls came in
title-no-calls-chosen = No calls fit this report
title-no-calls-partly = No calls in what we have
title-no-data = No data for { $period }
title-own-unknown = Your own calls can't be told apart

lead-one-answered = One call came in, and it was answered.
lead-one-missed = One call came in, and it was missed.
lead-plain = You answered { $rate } of { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }.
lead-rate-more = You answered { $rate } of { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }, { $points } more than { $before }.
lead-rate-less = You answered { $rate } of { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }, { $points } less than { $before }{ $driver }.
lead-volume-more = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    } came in, { $change } more than { $before }; you answered { $rate }.
lead-volume-times = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    } came in, { $change } times as many as { $before }; you answered { $rate }.
lead-volume-less = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    } came in, { $change } fewer than { $before }; you answered { $rate }.
lead-no-calls = There were no calls { $when }.
lead-no-calls-chosen = None of the calls { $when } fits the filters of this report.
lead-no-calls-partly = There are no calls in what we have { $when }, and some of it is missing.
lead-source-worked = The source was working: its calls are complete up to { $until }.
lead-no-data = We have no data { $when }: no source of calls has sent anything yet. This is not the same as no calls.
lead-no-data-uncovered = We have no data { $when }: no source covers it. This is not the same as no calls.
lead-no-data-since = We have no data { $when }. { $source } sent its last event on { $last }. This is not the same as no calls.
lead-own-unknown = Your own number or extension isn't known here, so no call can be shown as yours. Whoever set up this report can add it.

driver-weekday-hours = { $weekday } { $hours }
driver-on-weekday = ; { $here } of the { $additional } additional missed calls came { $on-weekday } between { $from } and { $to }
driver-in-hours = ; { $here } of the { $additional } additional missed calls came between { $from } and { $to }
driver-most-on-weekday = ; { $here ->
        [one] { $here } more call was
       *[other] { $here } more calls were
    } missed { $on-weekday } between { $from } and { $to }
driver-most-in-hours = ; { $here ->
        [one] { $here } more call was
       *[other] { $here } more calls were
    } missed between { $from } and { $to }
driver-missed-more = Biggest change: { $where }, { $n } more missed.
driver-missed-fewer = Biggest change: { $where }, { $n } fewer missed.
driver-calls-more = Biggest change: { $where }, { $n ->
        [one] { $n } more call
       *[other] { $n } more calls
    }.
driver-calls-fewer = Biggest change: { $where }, { $n ->
        [one] { $n } fewer call
       *[other] { $n } fewer calls
    }.
driver-agent-more = { $name } answered { $n ->
        [one] { $n } more call
       *[other] { $n } more calls
    }.
driver-agent-fewer = { $name } answered { $n ->
        [one] { $n } fewer call
       *[other] { $n } fewer calls
    }.

preview-up = Answered { $rate }, up { $points }.
preview-down = Answered { $rate }, down { $points }.
preview-driver = { $when } made most of the difference.

button-call = Call { $number }
button-call-back = See whom to call back
button-calls = See all calls
link-support = Help and questions
link-number-setup = Check the number set-up

callout-sample = This is a sample. The scheduled report comes as always.
missing-day = Calls of { $day } are missing (source “{ $source }” silent).
missing-day-after = Calls of { $day } after { $from } are missing (source “{ $source }” silent).
missing-day-between = Calls of { $day } between { $from } and { $to } are missing (source “{ $source }”).
missing-after = Calls after { $from } are missing (source “{ $source }” silent).
missing-between = Calls between { $from } and { $to } are missing (source “{ $source }”).
calls-of-1 = Monday
calls-of-2 = Tuesday
calls-of-3 = Wednesday
calls-of-4 = Thursday
calls-of-5 = Friday
calls-of-6 = Saturday
calls-of-7 = Sunday
callout-not-over = This period isn't over: the figures are those of { $at }.
callout-late = Due { $due }, made { $made }.
callout-late-waited = Due { $due }, made { $made }: waited for missing calls.
callout-late-waited-day = Due { $due }, made { $made }: waited for { $day }'s calls.

## Reports: figures and their change

change-more = { $n } more
change-fewer = { $n } fewer
change-none = no change
change-new = new
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Calls in
figure-answered = Answered
figure-missed = Missed
figure-to-call-back = To call back
figure-target = Target calls
figure-talk = Average talk
goal-met = goal { $goal }: met
goal-not-met = goal { $goal }: not met
goal-unknown = goal { $goal }
figures-answered = Answered · rate
figures-missed = Missed · rate
figures-missed-hours = Missed in · outside working hours
figures-callers = Callers · new ones
figures-wait = Wait: median · mean · 9 of 10 within
figures-service-level = Answered within { $seconds }{ "\u00A0" }s ({ $formula })
figures-outbound = Calls out · reached
figures-requests = Call-back requests · reached · not reached · not taken
figures-requests-other = Call-back requests · reached · not reached · not taken · other
to-call-back-response-open = { $reached }; median time to the first call back of those called back within { $hours }{ "\u00A0" }h of working time ({ $n }): { $span } of working time ({ $clock } by the clock)
to-call-back-within = Called back within 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }h: { $hour }{ $clock ->
        [yes] {" "}(by the clock)
       *[no] {""}
    }.
to-call-back-within-day = Called back within 15{ "\u00A0" }min: { $quarter }, 1{ "\u00A0" }h: { $hour }, 24{ "\u00A0" }h: { $day }{ $clock ->
        [yes] {" "}(by the clock)
       *[no] {""}
    }.
to-call-back-by = { $same } by somebody whose phone had rung, { $colleague } by a colleague.
to-call-back-goal = Median time to the first call back: { $goal }.
to-call-back-goal-open = Median of working time to the first call back: { $goal }.
column-tries-waited = Tries{ "\u00A0" }· waited
foot-missed-set = Missed = no person talked to the caller: { $set }.
foot-target-cycle = A target call is marked so by its source, else an answered call of { $seconds }{ "\u00A0" }s or more that is the caller’s first in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
foot-target-kept = They aren’t compared yet: calls are kept since { $from }, less than that before the other period.
foot-new = New callers have no earlier call in what is kept, which begins on { $from }.
foot-service-level = Answered within { $seconds }{ "\u00A0" }s by formula { $formula }: { $letters }, with A answered and B hung up while waiting, a and b of them within { $seconds }{ "\u00A0" }s, s hung up within { $short }{ "\u00A0" }s.

all-figures = All figures
compared-with = compared with { $period }
few-calls = Fewer than { $n } calls in one of the two periods: rates swing by chance alone.
column-this = This period
column-before = Before
column-change = Change

## What the choice of calls leaves to say

lead-chosen = { $n ->
        [one] { $n } call: { $answered } answered, { $missed } missed.
       *[other] { $n } calls: { $answered } answered, { $missed } missed.
    }
lead-chosen-answered = { $n ->
        [one] { $n } call was answered.
       *[other] { $n } calls were answered.
    }
lead-chosen-missed = { $n ->
        [one] { $n } call was missed.
       *[other] { $n } calls were missed.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } call went out
       *[other] { $n } calls went out
    }, { $reached } reached somebody.
lead-chosen-requests = { $n ->
        [one] { $n } call-back request
       *[other] { $n } call-back requests
    }, { $reached } reached.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } call went out.
       *[other] { $n } calls went out.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } call-back request.
       *[other] { $n } call-back requests.
    }
lead-chosen-other = { $n ->
        [one] { $n } call.
       *[other] { $n } calls.
    }
several-chosen = { $calls } in { $projects }.
foot-no-rates-outcome = Rates are left out: these calls are chosen by what became of them or by how long they were.
foot-no-rates-people = Rates are left out: these calls are chosen by who took part, and of a call that nobody took only the phones that rang are known.
foot-service-level-outside = { $n ->
        [one] { $n } call missed in another way is in none of these.
       *[other] { $n } calls missed in other ways are in none of these.
    }
missed-forwarding = Forwarding failed for calls to { $numbers }.
link-pay = Add funds

## Figures by name, for workbooks and lists of exceptions

figure-answer-rate = Answer rate
figure-missed-rate = Missed rate
figure-calls-in-hours = Calls in within working hours
figure-calls-outside-hours = Calls in outside working hours
figure-answered-in-hours = Answered in working hours
figure-answered-outside-hours = Answered outside working hours
figure-answer-rate-outside-hours = Answer rate outside working hours
figure-missed-short = Missed, caller left quickly
figure-missed-no-answer = Missed: nobody picked up
figure-missed-hung-up = Missed: hung up while waiting
figure-missed-busy = Missed: phones busy or off
figure-missed-voicemail = Missed: voicemail
figure-missed-no-route = Missed: forwarding failed
figure-unique-callers = Different callers
figure-new-callers = New callers
figure-wait-median-sec = Wait, median
figure-asa-sec = Wait, mean
figure-wait-p90-sec = Wait, 9 of 10 within
figure-service-level = Service level
figure-talk-avg-sec = Talk, mean
figure-outbound = Calls out
figure-outbound-reached = Calls out, reached
figure-callback-requests = Call-back requests
figure-callback-reached = Call-back requests, reached
figure-callback-client-not-reached = Call-back requests, client not reached
figure-callback-not-taken = Call-back requests, not taken by us
figure-callback-other = Call-back requests, failed or unknown
figure-to-call-back-lost = To call back, response time over
figure-to-call-back-waiting = To call back, still within response time
figure-to-call-back-backlog = To call back, for over 14 days
figure-to-call-back-reached = Callers reached
figure-to-call-back-first-response-median-sec = First call back, median
figure-to-call-back-first-response-median-open-sec = First call back, median of working time
figure-to-call-back-first-response-within-15-min = Called back within 15 min
figure-to-call-back-first-response-within-1-h = Called back within 1 h
figure-to-call-back-first-response-within-24-h = Called back within 24 h
figure-to-call-back-first-response-same-agent = Called back by somebody whose phone had rung
figure-to-call-back-first-response-colleague = Called back by a colleague

## Working hours and days off

figure-answer-rate-in-hours = Answer rate in working hours
figure-missed-in-hours = Missed in working hours
figure-missed-outside-hours = Missed outside working hours
card-hours = { $in } in, { $outside } outside working hours
foot-hours = Working hours: { $hours }.
working-days = { $n ->
        [one] { $n } working day
       *[other] { $n } working days
    }
working-days-differ = { $days }, { $n } { $before }.
working-days-others = As many working days as { $before }, but not the same ones: { $why }.
working-days-differ-why = { $days }, { $n } { $before }: { $why }.
day-off-named = { $day } was { $name }
day-off-unnamed = { $day } was a day off
day-extra = { $day } was a working day
days-off-more = { $n ->
        [one] { $n } more such day
       *[other] { $n } more such days
    }
by-day-days-off = Days off: { $list }.

why-missed = Why calls were missed
missed-caption-short = { $n ->
        [one] { $n } call
       *[other] { $n } calls
    }, { $short } of them left within { $seconds }{ "\u00A0" }s
missed-no-answer = Nobody picked up
missed-no-answer-or-busy = Nobody picked up, or phones busy
missed-hung-up = Hung up while waiting
missed-busy = Phones busy or off
missed-voicemail = Voicemail
missed-no-route = Forwarding failed
answered = answered
missed = missed

## Reports: callers to call back

to-call-back = To call back
to-call-back-nobody = Nobody waits for a call back
to-call-back-caption = { $n ->
        [one] { $n } caller
       *[other] { $n } callers, longest waiting first
    }
to-call-back-caption-lost = { $n ->
        [one] { $n } caller, waiting for more than { $hours }{ "\u00A0" }h
       *[other] { $n } callers, longest waiting first; { $lost } for more than { $hours }{ "\u00A0" }h
    }
to-call-back-reached = { $n ->
        [one] { $n } other was reached
       *[other] { $n } others were reached
    }
to-call-back-response = { $reached }; median time to the first call back of those called back within { $hours }{ "\u00A0" }h ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] { $n } more caller has waited for over { $days } days.
       *[other] { $n } more callers have waited for over { $days } days.
    }
to-call-back-backlog-only = { $n ->
        [one] { $n } caller has waited for over { $days } days.
       *[other] { $n } callers have waited for over { $days } days.
    }
to-call-back-withheld = { $n ->
        [one] One missed call came from a withheld number.
       *[other] { $n } missed calls came from withheld numbers.
    }
to-call-back-unread = { $n ->
        [one] The number of one missed call can't be read, so its caller isn't listed.
       *[other] The numbers of { $n } missed calls can't be read, so their callers aren't listed.
    }
column-caller = Caller
column-first-missed = First missed
column-source = Source
column-since = Since then
more-rows = { $n } more, who have waited less long
more-attached = { $more }, in the attached list
number-last-4 = …{ $digits }
number-hidden = number hidden
since-not-called = not called yet
since-tried-once = tried { $when }
since-tried = { $n ->
        [2] tried twice
       *[other] tried { $n } times
    }
since-reached = reached { $when }
since-returned = called again { $when }, answered
since-again = { $done }, called again { $when }

## Reports: people, sources, times

agents = People
agents-caption = { $n } answered
agents-unknown = Person not known
agents-more = { $n ->
        [one] { $n } more person with { $answered } answered
       *[other] { $n } more people with { $answered } answered
    }
agents-note-lost = { $n ->
        [one] One lost call can ring several phones, so that column doesn't add up to { $n }.
       *[other] One lost call can ring several phones, so that column doesn't add up to { $n }.
    }
column-answered = Answered
column-target = Target
column-talk = Avg talk
column-elsewhere = Rang, colleague took it
column-lost = Rang, caller lost
column-called-back = Called back

## Reports: people and numbers of the directory

agents-numbered = Agent { $n }
agents-teams = Teams
agents-no-team = Without a team
agents-you = You
agents-colleague = A colleague
agents-caption-own = { $own } answered, { $others ->
        [0] none by colleagues
       *[other] { $others } more by colleagues
    }
agents-not-known = People aren't shown: no call says who answered it or whose phone rang.
agents-nobody-called-back = People aren't shown: nobody here answered a call in or called back somebody who waited.
agents-no-teams = Teams aren't shown: nobody in the list of people has one.
own-calls = your calls
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = Not in your list of people: { $people }. Add a name.
unlisted-person = { $who } ({ $n ->
        [one] { $n } call
       *[other] { $n } calls
    })
unlisted-extension = extension { $key }
unlisted-hidden = { $n ->
        [one] One phone isn't in your list of people.
       *[other] { $n } phones aren't in your list of people.
    }
unlisted-numbers = Not in your list of numbers: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } call
       *[other] { $n } calls
    })
foot-number-source = A call that tells no source of its own counts for the source listed for the number that was dialled.
unlisted-more = and { $n } more
left-out-ignored-number = { $n ->
        [one] { $n } call from an ignored number
       *[other] { $n } calls from ignored numbers
    }

## Reports: where callers come from

sources = Sources
sources-more = { $n ->
        [one] { $n } more source with { $calls ->
            [one] { $calls } call
           *[other] { $calls } calls
        }
       *[other] { $n } more sources with { $calls } calls
    }
column-calls = Calls
column-share = Share

when-people-call = When people call
busiest = Busiest: { $weekday } { $hours }, { $calls ->
        [one] { $calls } call
       *[other] { $calls } calls
    }
busiest-missed = Busiest: { $weekday } { $hours }, { $calls ->
        [one] { $calls } call
       *[other] { $calls } calls
    }, { $missed } of them missed
by-day-summary = Calls in: { $bars }
by-hour-summary = Calls in by weekday and hour. { $busiest }

## Reports: how we count

foot-how = How we count.
foot-missed = Missed = no person talked to the caller: nobody picked up, hung up while waiting, phones busy or off, voicemail, forwarding failed.
foot-rate = Answer rate = answered ÷ (answered + missed).
foot-times = Waits and talk are means over answered calls whose value is known, without time in menus.
foot-wait-unknown = { $n ->
        [one] The wait of { $n } answered call isn't known.
       *[other] The wait of { $n } answered calls isn't known.
    }
foot-talk-unknown = { $n ->
        [one] The talk of { $n } answered call isn't known.
       *[other] The talk of { $n } answered calls isn't known.
    }
foot-target = A target call is marked so by its source, else an answered call of { $seconds }{ "\u00A0" }s or more.
foot-short = Whoever hung up while waiting within { $seconds }{ "\u00A0" }s counts as missed, but not as somebody to call back; whoever met a busy line or the voicemail is somebody to call back.
foot-left-out = Left out: { $parts }.
foot-nothing-left-out = No inbound call was left out.
left-out-missed-ivr = { $n } left in the menu
left-out-missed-no-answer = { $n } that nobody picked up
left-out-missed-busy = { $n } with phones busy
left-out-missed-abandoned = { $n } hung up in the queue
left-out-missed-cancelled = { $n } hung up while ringing
left-out-missed-voicemail = { $n } taken by the voicemail
left-out-missed-no-route = { $n } where forwarding failed
left-out-system-only = { $n } talked to a machine only
left-out-failed = { $n } failed
left-out-forbidden = { $n } forbidden
left-out-in-progress = { $n } still open
left-out-unknown = { $n ->
        [one] { $n } unknown status
       *[other] { $n } unknown statuses
    }
left-out-client-no-answer = { $n } where the client didn't answer
left-out-client-busy = { $n } where the client was busy
foot-compared = Compared with { $period }.
foot-not-compared-not-over = Not compared with { $period }: this period isn't over.
foot-not-compared-incomplete = Not compared with { $period }: this period isn't complete.
foot-not-compared-incomplete-before = Not compared with { $period }: the data of that period aren't complete.
foot-not-compared-no-data = Not compared with { $period }: there are no data of it.
foot-late-calls = { $n ->
        [one] One call of { $period } came in after its report was made.
       *[other] { $n } calls of { $period } came in after its report was made.
    }
foot-then-now = { $figure } of { $period }: { $then } then, { $now } now.
foot-data = Data: { $calls ->
        [one] { $calls } call
       *[other] { $calls } calls
    } of every kind, the last one { $last }; { $open } still open, { $unknown ->
        [one] { $unknown } unknown status
       *[other] { $unknown } unknown statuses
    }.
foot-data-none = Data: no call of any kind.
foot-data-none-chosen = Data: no call that fits the filters of this report.
foot-coverage-whole = The data cover the whole period.
foot-coverage-from = The data begin on { $from }.
foot-coverage-not-stated = “{ $source }” doesn’t say how far its data reach.
foot-coverage-unstated = No source states how far its data reach, so calls may still come in.
foot-coverage-behind = “{ $source }” is complete up to { $until } only.
foot-made = Made { $at } ({ $zone }).

note-gap = The clock skipped the time at which this report is due; it was made at the end of that gap.
note-overlap = The clock showed the time at which this report is due twice; it was made at the first.
note-clamped = The day on which this report is due doesn't exist in that month; it was made on the last one.
note-day-off = What fell due on a day off is told in this report, made on the next working day.
note-cut-at-31-days = Only the last 31 days are counted here: the report before this one was made longer ago.
note-first = This is the first report of its kind.

## Pages

stop-ask-title = Stop this report?
stop-ask-sentence = { $address } gets the report “{ $report }” of { $project }. Nobody else is affected.
stop-ask-button = Stop this report
stop-ask-note = Nothing changes until you press one of the buttons.
stop-done-title = The report is stopped
stop-done-sentence = { $address } no longer gets the report “{ $report }” of { $project }.
stop-done-note = Whoever else gets it isn’t affected.
stop-pause-label = Pause it until
stop-pause-button = Pause
stop-project-button = Stop everything of { $project }
stop-undo-button = Undo
stop-paused-title = The report is paused
stop-paused-sentence = { $address } doesn’t get the report “{ $report }” of { $project } until { $until }.
stop-paused-note = From that day on it comes again by itself.
stop-project-title = Everything of { $project } is stopped
stop-project-sentence = { $address } gets nothing more of { $project }: no reports, and no notices.
stop-project-note = Whoever else gets them isn’t affected. Where nobody is left who hears of money, the owner does.
stop-others-title = Nothing is sent here any more
stop-others-sentence = { $address } doesn’t get the report “{ $report }” of { $project }. Either whoever looks after it ended that, or our mails came back.
stop-others-note = To get it again, ask whoever looks after the reports of { $project }.
stop-undone-title = The report comes again
stop-undone-sentence = { $address } gets the report “{ $report }” of { $project } as before.
stop-undone-note = What fell due meanwhile isn’t sent after the event.
stop-day-title = The report can’t be paused until that day
stop-day-sentence = Please choose a day from tomorrow up to a year from now.
stop-day-note = Nothing was changed.
stop-unknown-title = This link isn’t valid
stop-unknown-sentence = It may have been cut off when it was copied. Please open the link in the mail itself.
stop-unknown-note = Nothing was changed.
stop-later-title = That didn’t work just now
stop-later-sentence = Please try again in a few minutes.
stop-later-note = Nothing was changed.

## To the owner: what became of mails

mail-eyebrow = { $project } · Mail
mail-column-address = To
mail-column-what = What
mail-column-reason = What was said
mail-column-reference = Reference

mail-unknown-subject = { $project }: { $n ->
        [one] one mail
       *[other] { $n } mails
    } may not have arrived
mail-unknown-title = { $n ->
        [one] One mail may or may not have arrived
       *[other] { $n } mails may or may not have arrived
    }
mail-unknown-sentence = We handed { $n ->
        [one] it
       *[other] them
    } over, and no answer came that says whether the mail server took { $n ->
        [one] it
       *[other] them
    }. To be sure that nobody gets the same twice, we don’t send again by ourselves.
mail-unknown-advice = Ask the reader whether it came. Whoever runs this service can send it again, or note what the reader says; give them the reference. Without an answer it counts as failed after seven days.

mail-still-unknown-subject = { $project }: { $n ->
        [one] one mail
       *[other] { $n } mails
    } now counted as failed
mail-still-unknown-title = { $n ->
        [one] The outcome of one mail stayed unknown for seven days
       *[other] The outcome of { $n } mails stayed unknown for seven days
    }
mail-still-unknown-sentence = Nobody said whether { $n ->
        [one] it
       *[other] they
    } arrived, so { $n ->
        [one] it counts
       *[other] they count
    } as failed now.
mail-still-unknown-advice = Whoever runs this service can send it again; give them the reference.

mail-marked-subject = { $project }: { $n ->
        [one] one address doesn’t exist
       *[other] { $n } addresses don’t exist
    }
mail-marked-title = { $n ->
        [one] One address doesn’t exist, says its mail server
       *[other] { $n } addresses don’t exist, say their mail servers
    }
mail-marked-sentence = { $n ->
        [one] It is marked, and nothing more is sent there. Whoever should have got the mail didn’t.
       *[other] They are marked, and nothing more is sent there. Whoever should have got the mails didn’t.
    }
mail-marked-advice = If an address is wrong, correct it in the set-up and apply it. If it is right again, whoever runs this service can remove the mark.

mail-refused-subject = { $project }: { $n ->
        [one] one mail was refused
       *[other] { $n } mails were refused
    }
mail-refused-title = { $n ->
        [one] One mail was refused for good
       *[other] { $n } mails were refused for good
    }
mail-refused-sentence = The mail server on the other side didn’t take { $n ->
        [one] it
       *[other] them
    }. The { $n ->
        [one] address is
       *[other] addresses are
    } not marked: the next report is sent as planned.
mail-refused-advice = What the server said is in the table. Once the cause is gone, the command “resend REFERENCE” sends it again.

mail-came-back-subject = { $project }: { $n ->
        [one] one mail came back
       *[other] { $n } mails came back
    }
mail-came-back-title = { $n ->
        [one] One mail came back after it had been taken
       *[other] { $n } mails came back after they had been taken
    }
mail-came-back-sentence = Our relay had taken what we sent, and a mail server further on sent it back: nobody read it.
mail-came-back-advice = What the server said is in the table. An address that it calls gone gets nothing more from this project until whoever runs this service lets it have mail again. Others get the next one as usual.

mail-spam-subject = { $project }: { $n ->
        [one] one reader called our mail spam
       *[other] { $n } mails were called spam
    }
mail-spam-title = { $n ->
        [one] One mail was called spam by its reader
       *[other] { $n } mails were called spam by their readers
    }
mail-spam-sentence = Such an address gets nothing more from this project. Mail services count these reports, and too many of them keep everybody’s mails out of the inbox.
mail-spam-advice = Ask the reader whether the mails are wanted. If so, whoever runs this service can let the address have mail again.
mail-lift-note = For whoever runs this service: “suppressions lift ADDRESS --reason …” lets an address have mail again.

mail-held-subject = { $project }: sending is held, the relay refuses our mails
mail-held-title = A relay refuses everything, so we stopped sending through it
mail-held-sentence = Several addresses got the same refusal within ten minutes. That is about the sender, not about them: { $n ->
        [one] the mail is
       *[other] the { $n } mails are
    } back in the queue, and no address is marked.
mail-held-advice = Check the sender address and its SPF and DKIM entries, and what the relay says below. Sending goes on by itself when the relay takes mails again; what isn’t sent in time expires, and you are told.

mail-expired-subject = { $project }: { $n ->
        [one] one mail wasn’t sent
       *[other] { $n } mails weren’t sent
    } in time
mail-expired-title = { $n ->
        [one] One mail couldn’t be sent in time
       *[other] { $n } mails couldn’t be sent in time
    }
mail-expired-sentence = We tried until it was too late for { $n ->
        [one] it
       *[other] them
    } to be of use, and then gave up.
mail-expired-advice = The command “explain --to ADDRESS” shows every try. “resend REFERENCE” sends it after all.

mail-more = { $n ->
        [one] and { $n } more
       *[other] and { $n } more
    }

mail-unsendable-subject = { $project }: { $n ->
        [one] one mail can’t be sent
       *[other] { $n } mails can’t be sent
    }
mail-unsendable-title = { $n ->
        [one] One mail can’t be sent as it is
       *[other] { $n } mails can’t be sent as they are
    }
mail-unsendable-sentence = Nothing left us, and nobody refused { $n ->
        [one] it: the cause is
       *[other] them: the causes are
    } on our side, and the table names { $n ->
        [one] it
       *[other] them
    }.
mail-unsendable-advice = An address with letters like ü or б before the @ needs a relay that offers SMTPUTF8: add one to the settings, or use another address. Once the cause is gone, the command “resend REFERENCE” sends it again.

## The lines under a mail that differ by recipient

foot-why-role = You get this { $rule } ({ $zone }) as { $role } of { $project }.
foot-why-address = You get this { $rule } ({ $zone }) because this address is in the list of { $project }.
foot-why-several = You get this { $rule } ({ $zone }) because this address is in the list of this report.
foot-why-several-role = You get this { $rule } ({ $zone }) as { $role } of projects in it.
foot-why-sample = This is a sample that somebody asked for; the report itself goes out { $rule } ({ $zone }).
foot-next = Next: { $day }.
foot-next-at = Next: { $day }, { $time }.
foot-attached = Attached: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } page
       *[other] { $pages } pages
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } as a ZIP
foot-too-large = Too large for a mail and left out: { $list }.
foot-several-tables = In the attached tables, for each project: { $list }.
foot-stop = Stop this report
foot-reference = Reference { $reference }
foot-or = { $first } and { $last }

role-owner = owner
role-manager = manager
role-finance = finance contact
role-ops = operations contact
role-support = support manager
role-agent = agent
role-viewer = reader

rule-day = every day at { $at }
rule-weekday = every weekday at { $at }
rule-week = every { $days } at { $at }
rule-month = on { $days } of every month at { $at }
rule-quarter = on { $days } of every quarter at { $at }
rule-quarter-day = day { $day } of the { $month ->
        [1] first
        [2] second
       *[3] third
    } month
rule-year = on { $days } every year at { $at }
rule-cron = by the rule { $rule }
rule-month-day = day { $day }
rule-month-last = the last day
rule-month-last-business-day = the last business day
rule-month-nth-business-day = business day { $nth }
# $day: 1 is Monday
rule-month-nth = { $nth ->
        [1] the first { $weekday }
        [2] the second { $weekday }
        [3] the third { $weekday }
        [4] the fourth { $weekday }
       *[5] the fifth { $weekday }
    }
# $day: 1 is Monday
rule-month-last-weekday = the last { $weekday }

## To the owner: a report couldn't be made

failed-subject = { $project }: the report “{ $report }” couldn’t be made
failed-eyebrow = { $project } · Reports
failed-title = The report “{ $report }” of { $occurrence } couldn’t be made
failed-title-sample = The sample of the report “{ $report }” couldn’t be made
failed-sentence = Nobody got it. The next one is made as planned.
failed-because = { $reason ->
        [unknown_report] the schedule names a report that doesn’t exist
        [unknown_zone] the schedule’s time zone isn’t known here
        [unreadable] something stored for it can’t be read by this version of the program
        [builder_died] whoever made it ended before it was done, five times
       *[report_not_made] its figures couldn’t be computed
    }
failed-advice = Reason: { $because }. The command “explain” with the recipient’s address says more; “send-now { $schedule }” makes it again once the cause is gone.

## To operations: nobody ran for a while

down-subject = Nobody ran for { $span }; { $n ->
    [one] one schedule fell due meanwhile
   *[other] { $n } schedules fell due meanwhile
}
down-title = Nobody ran from { $from } to { $to } (UTC)
down-sentence = { $n ->
    [one] One schedule fell due in that time. Its report is made now, late, or passed over, as its “catch_up” says.
   *[other] { $n } schedules fell due in that time. Their reports are made now, late, or passed over, as the “catch_up” of each says.
}
down-advice = The commands “deliveries” and “explain” say what became of each. So that somebody rings next time, name a monitor in the setting “heartbeat_url”.

## The lines under a notice to an owner

owner-why-role = You get this as owner of { $project }.
owner-why-operations = You get this because this address is under [operations] in the settings of this service.
owner-installation = Call reports
owner-notice-of-kind = { $kind ->
        [paid_until] warning: the paid period
        [trial] warning: the trial
        [funds] warning: funds may end
        [low_balance] warning: a low balance
        [balance_negative] warning: an empty balance
        [topup_failed] warning: a top-up didn’t work
        [status] notice: the project’s status
        [recovered] notice: all is well again
        [digest] several messages in one
        [test] test
       *[other] notice
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, a sample
owner-reason-lease = the sending process ended before the answer came
owner-reason-broke = the connection broke before the answer came
owner-reason-too-late = it was too late to be of use
owner-reason-no-answer = nobody said how it ended
owner-reason-no-relay = none of our relays takes an address with such letters (SMTPUTF8)
owner-reason-address = the address can’t stand in a mail
owner-reason-composing = the mail couldn’t be put together

## What somebody must notice, and silences
watch-topic = Somebody should look
watch-said = Last answer
watch-reports-title = Reports aren’t going out
watch-reports-sentence = The oldest has been waiting since { $since }, and no relay has taken it yet. What waits goes out late as soon as one does.
watch-reports-advice = “deliveries --state queued” lists what waits, and “explain” says for what.
watch-lane-title = { $name } can’t be used
watch-lane-sentence = Nothing has gone by it since { $since }. What is to go by it waits, or takes another way where there is one.
watch-lane-advice = It is tried again and again by itself. The command “check-config” shows the settings in use.
watch-source-title = No calls come from { $name }
watch-source-sentence = The last that it told is of { $since }. Reports lack its calls from then on.
watch-source-advice = Check the connection or the files that are imported from it. What comes in late is counted in the next report.
watch-balance-title = Nobody tells the balance “{ $name }” any more
watch-balance-sentence = The last one is of { $since }. Warnings about money still go by it, so what they say may be out of date, and none ends by it.
watch-balance-advice = Check the program that tells it, or set it by “balance set”.
watch-money-source-title = The money source “{ $name }” can’t be asked
watch-money-source-sentence = No question to it has worked since { $since }. Balances stay as it last told them, and warnings about money go by those.
watch-money-source-advice = The command “balance fetch { $name } --dry-run” asks it now and says what is wrong.
watch-usage-title = Nobody tells what the balance “{ $name }” is used for any more
watch-usage-sentence = The first day without usage is { $day }. Forecasts and warnings about money go by the days before it, and only a payment ends a warning.
watch-usage-advice = Check the program or the query that tells it. What comes late counts at once.

silence-topic = Silence
silence-reason = Why
silence-over-title = A silence is over
silence-over-sentence = { $n ->
        [0] It kept nothing back
        [one] It kept { $n } notice back
       *[other] It kept { $n } notices back
    } since { $since }; { $who } had asked for it. From now on such notices are heard again.
silence-over-advice = What was kept back isn’t sent after the event: look at how things stand.

## Subscriptions of a mail service’s events
sns-topic = Mail events
sns-topic-name = Topic
sns-link = Link that confirms it
sns-begin-title = Amazon SNS asks whether a subscription is meant
sns-begin-sentence = Until somebody says yes, events of SES don’t come here. Nothing is confirmed by itself.
sns-begin-advice = If one of you set it up, open the link in a browser within three days. If not, do nothing.
sns-end-title = A subscription of Amazon SNS has ended
sns-end-sentence = Events of SES don’t come here any more: what comes back isn’t heard of.
sns-end-advice = If nobody meant to end it, the link takes it up again.

## A test of a channel

test-subject = TEST: { $project } can reach you ({ $channel })
test-eyebrow = { $project } · Test
test-title = TEST: this channel works
test-sentence = { $actor } asked for this test. Nothing has happened, and there is nothing to do.
test-advice = Whatever { $project } has to tell you can come this way.
test-fact-channel = Channel
test-fact-address = To
test-fact-asked = Asked for
test-sms = TEST: { $project } can reach you by SMS. { $actor } asked for this; nothing has happened.
test-why = You get this because { $actor } named you for a test.
test-channel-email = mail
test-channel-sms = SMS
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = webhook

## A code that confirms a number

code-subject = { $project }: a code that confirms your number
code-sms = { $code } is your code for texts from { $project }. It confirms this number and ends in 10 minutes. Not expected? Ignore it.

## Reports: what they are filtered by

only = Only: { $what }
only-or = { " or " }
only-agent = agent { $names }
only-team = team { $names }
only-number = number { $names }
only-queue = queue { $names }
only-department = department { $names }
only-stream = calls of { $names }
only-source = source { $names }
only-medium = medium { $names }
only-campaign = campaign { $names }
only-tag = tag { $names }
only-at-least = { $least } or longer
only-at-most = { $most } or shorter
only-between = { $least } to { $most } long
only-in-hours = in working hours
only-outside-hours = outside working hours
only-first-time = first-time callers
only-not-first-time = callers who called before

direction-inbound = inbound
direction-outbound = outbound
direction-callback = call-back request
direction-internal = internal
direction-transit = transit
direction-unknown = direction unknown

status-answered = answered
status-missed = missed
status-missed-no-answer = nobody picked up
status-missed-busy = phones busy
status-missed-abandoned = hung up in the queue
status-missed-cancelled = hung up while ringing
status-missed-voicemail = voicemail
status-missed-ivr = left in the menu
status-missed-no-route = forwarding failed
status-client-not-reached = client not reached
status-client-no-answer = client didn't answer
status-client-busy = client busy
status-failed = failed
status-forbidden = forbidden
status-system-only = machine only
status-in-progress = still open
status-unknown = status unknown
status-left-out = left out

answered-by-human = a person
answered-by-voicemail = voicemail
answered-by-ivr = the menu
answered-by-none = nobody
answered-by-unknown = not known

## Reports: the list of calls, and what columns are called

call-list = Calls
call-list-more = { $n ->
        [one] { $n } more call
       *[other] { $n } more calls
    }
call-list-more-attached = { $n ->
        [one] { $n } more call, in the attached file
       *[other] { $n } more calls, in the attached file
    }
call-list-more-print = { $n ->
        [one] { $n } more call isn't printed.
       *[other] { $n } more calls aren't printed.
    }
call-list-more-print-attached = { $n ->
        [one] { $n } more call isn't printed; the attached list has it.
       *[other] { $n } more calls aren't printed; the attached list has them.
    }
listen = Listen
number-withheld = withheld
yes = yes
no = no

table-project-id = Project's key
table-project = Project
table-date = Date
table-weekday = Weekday
table-hour = Hour
table-reason = Why missed
table-agent-id = Agent's key
table-kind = Kind of row
kind-person = person
kind-team = team
kind-no-team = without a team
kind-unknown = not known
table-agent-name = Agent's name
table-agent = Agent
table-team = Team
table-source = Source
table-medium = Medium
table-campaign = Campaign
table-calls = Calls
table-answered = Answered
table-answer-rate = Answer rate
table-missed = Missed
table-target = Target
table-share = Share
table-previous-calls = Calls before
table-previous-answered = Answered before
table-previous-target = Target before
table-to-call-back = To call back
table-days = Days
table-average = Average
table-client-number = Caller
table-tries = Tries
table-waited-sec = Waited in all
table-first-missed-at = First missed
table-attempts = Our tries
table-last-attempt-at = Our last try
table-reached-at = Reached
table-talk-sec = Talk
table-talk-avg-sec = Average talk
table-rang-colleague-answered = Rang, colleague took it
table-rang-caller-lost = Rang, caller lost
table-called-back = Called back
table-answered-share = Share of answered
table-outbound = Calls out
table-outbound-reached = Calls out, reached
table-started-at = Start
table-direction = Direction
table-status = What became of it
table-wait-sec = Wait
table-origin = Came from
table-tracking-number = Number dialled
table-call-id = Call
table-raw-status = Status at the source
table-answered-by = Answered by
table-answered-at = Answered at
table-ended-at = End
table-ring-sec = Ringing
table-ivr-sec = Menu
table-hold-sec = On hold
table-wrap-sec = After the call
table-duration-sec = Duration
table-from-number = From
table-to-number = To
table-queue = Queue
table-department = Department
table-is-target = Target call
table-is-first-call = First call
table-is-repeat = Repeated call
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = First utm source
table-first-utm-medium = First utm medium
table-first-utm-campaign = First utm campaign
table-first-utm-content = First utm content
table-first-utm-term = First utm term
table-landing = Landing page
table-referrer = Referrer
table-client-id = Visitor's id
table-tags = Tags
table-cost = Cost
table-currency = Currency
table-hangup-cause = Hang-up cause
table-ended-by = Ended by
table-linked-id = Linked call
table-merged-into = Merged into
table-region = Region
table-category = Category
table-rating = Rating
table-comment = Comment
table-visitor-id = Visitor
table-id-is-synthetic = Id made by us
table-recording-url = Recording

origin-not-tracked = (not tracked)
origin-not-shown = (not shown)
sources-not-known = Where callers came from isn't known. Whoever set up this report can say it for each of your numbers.
by-hour-averages = On an average weekday: { $list }

## Reports over several projects

several-projects = { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
several-lead = You answered { $rate } of { $n ->
        [one] { $n } call
       *[other] { $n } calls
    } in { $projects }.
several-exceptions = Needs attention
several-nothing = Nothing needs attention: nobody waits, no data are missing.
several-what = What
several-to-call-back = { $n ->
        [one] { $n } caller to call back, waiting since { $when }
       *[other] { $n } callers to call back, the first waiting since { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } caller to call back, waiting for over { $days } days
       *[other] { $n } callers to call back, { $backlog } of them waiting for over { $days } days
    }
several-no-data = no data for this period
several-unknown = { $n ->
        [one] { $n } project has no data for this period, which is not the same as no calls.
       *[other] { $n } projects have no data for this period, which is not the same as no calls.
    }
several-title-unknown = No data for { $n } of { $all } projects
several-subject-unknown = { $calls }, no data for { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
several-no-calls = There were no calls { $when } in { $projects }.
several-behind = calls after { $until } are missing ({ $source })
several-own-unknown = your own calls can't be told apart
several-goal = { $figure }: { $value }, goal { $goal }
several-zone = Every project is counted in the days and hours of { $zone }.
several-own-rights = Only projects in which you have a role are here.
several-more-to-call = { $n } more: see this project's own report

## To the owner: a report is held, because calls are missing

held-subject = { $project }: the report “{ $report }” is held, calls are missing
held-title = The report “{ $report }” waits for calls
held-sentence = It was due { $due } ({ $zone }) and hasn’t been sent: not all calls of its period are there.
held-advice = It goes by itself once the missing calls have been imported. If they don’t come by { $until }, it is given up.
held-advice-now = To send it now, as it is, there is the command “send-now { $schedule } --waiting”.
held-source = Missing

gave-up-subject = { $project }: the report “{ $report }” wasn’t sent, calls are missing
gave-up-title = The report “{ $report }” wasn’t sent
gave-up-sentence = It was due { $due } ({ $zone }) and was held until { $until }; the calls it waited for never came.
gave-up-advice = Nobody got it. The next one is made as planned. Once the calls are there, “send-now { $schedule }” sends a sample of the last complete period.

## Attached files: headings of columns and sheets

sheet-figures = Figures
sheet-figure = Figure
sheet-value = Value
sheet-how-we-count = How we count
sheet-empty = No rows
sheet-more-rows = { $n ->
        [one] { $n } more row doesn’t fit into a sheet; the CSV and JSON files have it.
       *[other] { $n } more rows don’t fit into a sheet; the CSV and JSON files have them.
    }
sheet-to-call-back = To call back
sheet-agents = Agents
sheet-sources = Sources
sheet-by-day = By day
sheet-by-hour = By hour
sheet-call-list = Calls
sheet-missed-reasons = Why missed
sheet-projects = Projects
sheet-previous = Before
sheet-delta = Change
sheet-in-seconds = { $name }, seconds

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] { $n } more row, not shown here to keep the mail short.
       *[other] { $n } more rows, not shown here to keep the mail short.
    }
projects-not-shown = { $n ->
        [one] { $n } more project, not shown here in detail to keep the mail short.
       *[other] { $n } more projects, not shown here in detail to keep the mail short.
    }
lines-not-shown = { $n ->
        [one] { $n } more line like these, not shown here to keep the mail short.
       *[other] { $n } more lines like these, not shown here to keep the mail short.
    }
too-large-subject = { $project }: { $n ->
        [one] an attachment is
       *[other] { $n } attachments are
    } too large for a mail
too-large-eyebrow = Attachments
too-large-title = { $project }: { $n ->
        [one] an attachment was
       *[other] { $n } attachments were
    } left out
too-large-sentence = The report “{ $report }” for { $occurrence } went out without { $list }: with { $n ->
        [one] it
       *[other] them
    } the mail would have been larger than { $size }{ "\u00A0" }MB. The figures in the mail itself are complete.
too-large-sentence-sample = The sample of the report “{ $report }” went out without { $list }: with { $n ->
        [one] it
       *[other] them
    } the mail would have been larger than { $size }{ "\u00A0" }MB. The figures in the mail itself are complete.
too-large-advice = Narrow the report by filters or columns, choose a shorter period, or take the { $n ->
        [one] file
       *[other] files
    } from `preview`.

## Warnings about money and service

# A date after any preposition; the short form has the short weekday
date-named = { $weekday }, { $day }
date-named-short = { $weekday } { $day }

alert-what-project = funds
alert-what-forwarding = forwarding funds
alert-what-other = funds “{ $name }”
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = paid period
alert-topic-trial = trial
alert-topic-status = status
alert-subject = { $project }: { $what }
alert-subject-funds = Pay by { $payby }: { $what } of { $project } may end on { $end }
alert-subject-paid = Pay by { $payby }: the paid period of { $project } ends on { $end }
alert-subject-funds-today = Pay today: { $what } of { $project } may end on { $end }
alert-subject-paid-today = Pay today: the paid period of { $project } ends on { $end }
alert-preview = Balance { $balance }. Add { $sum } to be covered until { $day }.
alert-paid-title = the paid period ends on { $day }
alert-paid-then = After that the provider may suspend the service.
alert-paid-over-title = the paid period ended on { $day }
alert-paid-over-then = The service may be suspended at any time now. A payment prevents that.
alert-paid-again-title = paid until { $day }, thank you
alert-trial-title = the trial ends on { $day }
alert-trial-then = After that the service stops, unless you choose a plan.
alert-trial-over-title = the trial ended on { $day }
alert-trial-over-then = The service goes on once you have chosen a plan.
alert-funds-title = { $what } may run out on { $day }
alert-funds-title-past = { $what } may have run out on { $day }
alert-funds-title-soon = { $what } may run out soon
alert-low-title = { $what } are below { $sum }
alert-low-title-plain = { $what } are low
alert-owes-title = { $project } owes { $sum }
alert-empty-title = { $project }: { $what } are used up
alert-empty-since = Known since { $at } ({ $zone }).
alert-empty-then = What this switches off: { $off }.
alert-empty-then-other = Your provider may switch off what these funds pay for.
alert-topup-title = the top-up of { $sum } didn’t work
alert-topup-title-plain = a top-up didn’t work
alert-topup-why = The reason given: { $why }.
alert-recovered-title = { $what } are sufficient again, thank you
alert-suspended-title = { $project } is suspended
alert-suspended-since = Since { $at } ({ $zone }).
alert-suspended-then = Parts of the service are switched off. If money is missing, a payment brings them back; otherwise your provider knows why.
alert-reactivated-title = { $project } works again
alert-reactivated-since = Active since { $at } ({ $zone }).
alert-archived-title = { $project } is archived
alert-archived-since = Since { $at } ({ $zone }).
alert-archived-then = This is the last message about it: no more call reports are sent. Only your provider can bring it back.
alert-usual-until = At the usual rate they last until { $day }.
alert-usual-long = At the usual rate they last for more than a year.
alert-ends = { $what } may run out on { $earliest }; at the usual rate they last until { $expected }.
alert-ends-earliest = { $what } may run out on { $earliest }; at the usual rate they last for more than a year.
alert-ends-long = They last for more than a year.
alert-too-little = We know the balance ({ $sum }), but { $n ->
        [one] only { $n } day of spend
       *[other] only { $n } days of spend
    }, so we can’t say how long it lasts.
alert-too-little-plain = We know { $n ->
        [one] only { $n } day of spend
       *[other] only { $n } days of spend
    }, so we can’t say how long they last.
alert-no-spend = Nothing was spent in the last 28 days; there is no end in sight.
alert-pay-by = Transfers take { $n ->
        [one] about one working day
       *[other] about { $n } working days
    }, so please pay by { $day }.
alert-pay-by-plain = Please pay by { $day }.
alert-pay-by-today = Today is the last day for a transfer to arrive in time: please pay { $day }.
alert-today = today
alert-pay-by-past = The last day for a payment to arrive in time was { $day }; please pay in the quickest way there is.
alert-stale = The last balance we have is from { $at } ({ $zone }); it may be better or worse by now.
alert-usage-untold = Usage isn’t told since { $day }; the forecast goes by the days up to then.
alert-cannot-wait = This can’t wait for the next working morning, so it comes now.
alert-then = If they run out, { $off }.
alert-off-forwarding = forwarded calls are no longer connected
alert-off-other = your provider may switch off what they pay for
alert-add = Add { $sum }
alert-sms-pay = Please add { $sum } by { $day }.
alert-sms-stale = The last balance is from { $day }.
alert-sms-balance = The balance is { $sum }.
alert-sms-late = A transfer is too slow now: please add { $sum } in the quickest way.
alert-sms-late-plain = A transfer is too slow now: please pay in the quickest way.
alert-pay-now = Pay now
alert-choose-plan = Choose a plan
alert-covers = { $sum } covers you until { $day }, also in a busy month; net, without tax.
alert-how = How we know
alert-fact-balance = Balance
alert-as-of = as of { $at } ({ $zone })
alert-fact-credit = Credit limit
alert-fact-spend = Usual spend
alert-a-day = { $sum } a day
alert-by-week = { $work } on working days, { $weekend } at weekends
alert-fact-charge = Known charge
alert-charge-on = { $sum } on { $day }
alert-fact-earliest = Earliest end
alert-if-busy = counted with caution, by the busier days of the last four weeks
alert-fact-expected = Expected end
alert-at-usual = at the usual rate
alert-beyond = more than a year away
alert-walk = Day by day
alert-walk-caption = Balance at the end of each day, in { $currency }
alert-column-day = Day
alert-column-expected = Expected
alert-column-busy = With caution
alert-walk-more = { $n ->
        [one] { $n } more day
       *[other] { $n } more days
    }
alert-note-pay-by = last day to pay
alert-note-earliest = earliest end
alert-note-expected = expected end
alert-told = Told of this: { $names }.
alert-next = Next reminder: { $day }.
alert-next-also = Next reminder: { $day }, also to { $names }.
alert-next-paid = A payment stops it.
alert-next-plan = Choosing a plan stops it.
alert-how-counted = Usual spend is the mean of the last four same weekdays; top-ups and fixed charges are left out; days are those of { $zone }.
alert-why-finance = You get this because you are the finance contact of { $project }.
alert-why-ops = You get this because you look after the operation of { $project }.

# Several warnings of one morning in one mail.
joined-eyebrow = Told in one message
joined-title = { $n ->
        [one] { $n } project needs funds
       *[other] { $n } projects need funds
    }
joined-title-one = { $project } needs funds
joined-subject = { $n ->
        [one] { $n } project needs funds
       *[other] { $n } projects need funds
    }, first pay-by { $payby }
joined-subject-one = { $project } needs funds, first pay-by { $payby }
joined-care-title = { $n ->
        [one] { $n } project needs your attention
       *[other] { $n } projects need your attention
    }
joined-care-title-one = { $project } needs your attention
joined-well-title = { $n ->
        [one] All is well again with { $n } project
       *[other] All is well again with { $n } projects
    }
joined-well-title-one = { $project }: all is well again
joined-news = News
joined-care-pay-by = { $title }, first pay-by { $payby }
joined-care-ends = { $title }, first end { $end }
joined-ended = End
joined-project = Project
joined-end = May end
joined-pay-by = Pay by
joined-add = Add
joined-now = now
joined-overdue = { $title }: { $n ->
        [one] one is overdue
       *[other] { $n } are overdue
    }
joined-more = { $n ->
        [one] { $n } more is in the table above only.
       *[other] { $n } more are in the table above only.
    }
joined-why = You get this because of your roles in these projects.

# What a chat is not told, because its messages end there.
brief-more = … and { $n } more.
# A payment that is on its way.
alert-paid-button = I’ve paid, it arrives on …
alert-paid-quiets = Quiets reminders until the day after.
paid-ask-title = When does your payment arrive?
paid-ask-sentence = { $project }: { $what }. Reminders are quiet until the day after it arrives.
paid-ask-label = It arrives on
paid-ask-button = Quiet the reminders
paid-ask-note = What is used up is told all the same. It is noted that { $name } said so. Nothing changes until you press the button.
paid-ask-wrong = Please choose a day from { $from } to { $to }.
paid-done-title = Reminders are quiet
paid-done-sentence = { $project }: { $what }. A payment is to arrive on { $day }; from the day after, reminders go on unless it came.
paid-done-button = Undo
paid-done-note = Said by { $name }. What is used up is told all the same.
paid-undone-title = Reminders go on
paid-undone-sentence = { $project }: { $what }. The word that a payment is on its way was taken back.
paid-gone-title = You no longer get these reminders
paid-gone-sentence = { $project }: your roles in it have changed, so a payment is told by somebody else.
# An automatic top-up that should have run.
alert-topup-late-title = the automatic top-up of { $sum } didn’t come
alert-topup-late-title-plain = the automatic top-up didn’t come
alert-topup-late-since = It was due on { $at } ({ $zone }).
# In somebody's place.
alert-why-deputy = You get this because { $name } is away until { $day } and named you as deputy for { $project }.

# What waited through quiet hours.
digest-topic = what waited
digest-subject = { $project }: { $n ->
        [one] { $n } message
       *[other] { $n } messages
    } that waited
digest-subject-several = { $n ->
        [one] { $n } message
       *[other] { $n } messages
    } that waited, of { $projects ->
        [one] { $projects } project
       *[other] { $projects } projects
    }
digest-of-balance = { $what } ({ $balance })
digest-title = What waited for you
digest-lead = Still open: { $open }. Opened and resolved: { $over }. What can’t wait came at once.
digest-open = Still open: { $what }
digest-over = Opened and resolved: { $what }
digest-news = { $what }
digest-why = You get this because your quiet hours have ended, or it is the time at which you want such news together.

# Limits of texts.
texts-topic = Texts
texts-near-day-title = { $used } of { $most ->
        [one] { $most } text
       *[other] { $most } texts
    } to { $name } today are used
texts-near-month-title = { $used } of { $most ->
        [one] { $most } text
       *[other] { $most } texts
    } of this month are used
texts-full-day-title = the limit of { $most ->
        [one] { $most } text
       *[other] { $most } texts
    } a day to { $name } is reached
texts-full-month-title = the limit of { $most ->
        [one] { $most } text
       *[other] { $most } texts
    } of this month is reached
texts-near-day-then = When the limit is reached, no more texts go to this phone today. Other channels go on.
texts-near-month-then = When the limit is reached, no more texts go until the month ends. Other channels go on.
texts-full-day-then = No more texts go to this phone today. Other channels go on.
texts-full-month-then = No more texts go until the month ends. Other channels go on.
texts-advice = The limits stand in the settings of the installation, under [sms]. Fewer texts go where only critical warnings are sent to phones.
