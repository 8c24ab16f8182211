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

## Pages

stop-ask-title = Stop this report?
stop-ask-sentence = { $address } gets the report “{ $schedule }” of { $project }. Nobody else is affected.
stop-ask-button = Stop this report
stop-ask-note = Nothing changes until you press the button.
stop-done-title = The report is stopped
stop-done-sentence = { $address } no longer gets the report “{ $schedule }” of { $project }.
stop-done-note = To get it again, ask whoever looks after the reports of { $project }.
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
mail-unknown-sentence = The connection broke after we had handed { $n ->
        [one] it
       *[other] them
    } over and before the relay said whether it took { $n ->
        [one] it
       *[other] them
    }. To be sure that nobody gets the same twice, we don’t send again by ourselves.
mail-unknown-advice = Ask the reader. “callbrief settle REFERENCE accepted” or “failed” records the answer; “callbrief resend REFERENCE” sends it again. Without an answer it counts as failed after seven days.

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
mail-still-unknown-advice = “callbrief resend REFERENCE” sends it again.

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
mail-marked-advice = If an address is wrong, correct it in the set-up and apply it. If it is right again, “callbrief suppressions lift ADDRESS --reason …” removes the mark.

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
mail-refused-advice = What the server said is in the table. Once the cause is gone, “callbrief resend REFERENCE” sends it again.

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
mail-expired-advice = “callbrief explain --to ADDRESS” shows every try. “callbrief resend REFERENCE” sends it after all.

## The lines under a mail that differ by recipient

foot-why-role = You get this { $rule } ({ $zone }) as { $role } of { $project }.
foot-why-address = You get this { $rule } ({ $zone }) because this address is in the list of { $project }.
foot-why-sample = This is a sample that somebody asked for; the report itself goes out { $rule } ({ $zone }).
foot-next = Next: { $day }.
foot-attached = Attached: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } page
       *[other] { $pages } pages
    }
foot-attached-json = JSON
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
rule-quarter = every quarter at { $at }
rule-year = on { $days } every year at { $at }
rule-cron = by the rule “{ $rule }”
rule-month-day = day { $day }
rule-month-last = the last day
rule-month-last-business-day = the last business day
rule-month-nth = { $nth ->
        [1] the first { $weekday }
        [2] the second { $weekday }
        [3] the third { $weekday }
        [4] the fourth { $weekday }
       *[5] the fifth { $weekday }
    }
rule-month-last-weekday = the last { $weekday }

## To the owner: a report couldn't be made

failed-subject = { $project }: the report “{ $schedule }” couldn’t be made
failed-eyebrow = { $project } · Reports
failed-title = The report “{ $schedule }” of { $occurrence } couldn’t be made
failed-sentence = Nobody got it. The next one is made as planned.
failed-advice = Reason: { $reason }. “callbrief explain” with the recipient’s address says more; “callbrief send-now { $schedule }” makes it again once the cause is gone.
