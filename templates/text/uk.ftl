# Українська. Множина: one, few, many; other потрібна лише дробам, а їх повідомлення отримують готовим текстом.

## Показники

figure-decimal = ,
figure-group = { "\u00A0" }
figure-group-least = 1
figure-percent = { $n }%
figure-points = { $n }{ "\u00A0" }пункту
figure-seconds = { $n }{ "\u00A0" }с
figure-minutes = { $n }{ "\u00A0" }хв
figure-hours = { $n }{ "\u00A0" }год
figure-hours-minutes = { $hours }{ "\u00A0" }год { $minutes }{ "\u00A0" }хв
money = { $n }{ "\u00A0" }{ $sign }
money-negative = −{ $n }{ "\u00A0" }{ $sign }
currency-eur = EUR
currency-gbp = GBP
currency-pln = PLN
currency-uah = ₴
currency-usd = USD

# Кількість абонентів на початку заголовка (title-to-call-back).
number-1 = Один
number-2 = Два
number-3 = Три
number-4 = Чотири
number-5 = П’ять
number-6 = Шість
number-7 = Сім
number-8 = Вісім
number-9 = Дев’ять
number-10 = Десять
number-11 = Одинадцять
number-12 = Дванадцять

## Дати

month-long-1 = січня
month-long-2 = лютого
month-long-3 = березня
month-long-4 = квітня
month-long-5 = травня
month-long-6 = червня
month-long-7 = липня
month-long-8 = серпня
month-long-9 = вересня
month-long-10 = жовтня
month-long-11 = листопада
month-long-12 = грудня
month-short-1 = січ.
month-short-2 = лют.
month-short-3 = бер.
month-short-4 = квіт.
month-short-5 = трав.
month-short-6 = черв.
month-short-7 = лип.
month-short-8 = серп.
month-short-9 = вер.
month-short-10 = жовт.
month-short-11 = лист.
month-short-12 = груд.
# Без числа поруч
month-alone-1 = січень
month-alone-2 = лютий
month-alone-3 = березень
month-alone-4 = квітень
month-alone-5 = травень
month-alone-6 = червень
month-alone-7 = липень
month-alone-8 = серпень
month-alone-9 = вересень
month-alone-10 = жовтень
month-alone-11 = листопад
month-alone-12 = грудень
# У місяці: «у листопаді 2026»
month-in-1 = січні
month-in-2 = лютому
month-in-3 = березні
month-in-4 = квітні
month-in-5 = травні
month-in-6 = червні
month-in-7 = липні
month-in-8 = серпні
month-in-9 = вересні
month-in-10 = жовтні
month-in-11 = листопаді
month-in-12 = грудні
weekday-long-1 = понеділок
weekday-long-2 = вівторок
weekday-long-3 = середа
weekday-long-4 = четвер
weekday-long-5 = п’ятниця
weekday-long-6 = субота
weekday-long-7 = неділя
weekday-short-1 = пн
weekday-short-2 = вт
weekday-short-3 = ср
weekday-short-4 = чт
weekday-short-5 = пт
weekday-short-6 = сб
weekday-short-7 = нд
# Знахідний відмінок: «у середу»
weekday-object-1 = понеділок
weekday-object-2 = вівторок
weekday-object-3 = середу
weekday-object-4 = четвер
weekday-object-5 = п’ятницю
weekday-object-6 = суботу
weekday-object-7 = неділю
weekday-on = у { $weekday }

date-hour-digits = 2
date-time-of-day = { $hour }:{ $minute }
date-hours = { $from }–{ $to }
date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-month-short = { $day } { $month }
date-day-month-year-short = { $day } { $month } { $year }
date-weekday-day = { $weekday }, { $day }
date-day-time = { $day } { $time }
date-moment = { $weekday }, { $day } { $time }
date-span = { $from } – { $to }
date-span-in-month = { $from }–{ $to }

period-week = Тиждень { $days }
period-month = { $month } { $year }
period-quarter = { $quarter }-й квартал { $year }
period-year = { $year }
period-moments = { $from } – { $to }
period-moments-one-day = { $from }–{ $to }

zone-place = час: { $place }

when-on = { $day }
when-in-month = у { $month } { $year }
when-in-quarter = у { $quarter }-му кварталі { $year }
when-in-year = у { $year } році
# Одного місяця, двох місяців, з годинами
when-days-in-month = з { $from } до { $to }
when-days = з { $from } до { $to }
when-moments = з { $from } до { $to }

before-day = попереднього дня
before-week = попереднього тижня
before-month = попереднього місяця
before-quarter = попереднього кварталу
before-year = попереднього року
before-span = за { $period }

## Звіти: тема, рядок у вхідних, заголовок

subject = { $project }: { $fact } ({ $period })
subject-sample = Зразок: { $project }: { $fact } ({ $period })
subject-calls = { $n ->
        [one] { $n } дзвінок
        [few] { $n } дзвінки
       *[many] { $n } дзвінків
    }
subject-to-call-back = { $n ->
        [one] передзвонити { $n } абоненту
        [few] передзвонити { $n } абонентам
       *[many] передзвонити { $n } абонентам
    }
subject-both = { $callers }, { $calls }
subject-nobody = { $calls }, передзвонювати нікому
subject-no-calls = дзвінків не було
subject-no-data = немає даних
subject-own-unknown = ваші власні дзвінки не вдається виокремити

title-to-call-back = { $n ->
        [1] Один абонент досі чекає, щоб йому передзвонили
        [one] { $words } абонент досі чекає, щоб йому передзвонили
        [few] { $words } абоненти досі чекають, щоб їм передзвонили
       *[many] { $words } абонентів досі чекають, щоб їм передзвонили
    }
title-all-reached = З усіма, хто чекав на дзвінок, уже зв’язалися
title-some-reached = { $title }; з { $n } уже зв’язалися
title-nobody-waits = Ніхто не чекає на зворотний дзвінок
title-all-answered = Усі дзвінки прийнято
title-no-calls = Дзвінків не було
title-no-calls-chosen = Немає дзвінків для цього звіту
title-no-calls-partly = У наявних даних дзвінків немає
title-no-data = Немає даних за { $period }
title-own-unknown = Ваші власні дзвінки не вдається виокремити

lead-one-answered = Надійшов один дзвінок, і його прийняли.
lead-one-missed = Надійшов один дзвінок, і його пропустили.
lead-plain = Ви прийняли { $rate } із { $n ->
        [one] { $n } дзвінка
        [few] { $n } дзвінків
       *[many] { $n } дзвінків
    }.
lead-rate-more = Ви прийняли { $rate } із { $n ->
        [one] { $n } дзвінка
        [few] { $n } дзвінків
       *[many] { $n } дзвінків
    }, на { $points } більше, ніж { $before }.
lead-rate-less = Ви прийняли { $rate } із { $n ->
        [one] { $n } дзвінка
        [few] { $n } дзвінків
       *[many] { $n } дзвінків
    }, на { $points } менше, ніж { $before }{ $driver }.
lead-volume-more = { $n ->
        [one] Надійшов { $n } дзвінок
        [few] Надійшли { $n } дзвінки
       *[many] Надійшло { $n } дзвінків
    }, на { $change } більше, ніж { $before }; ви прийняли { $rate }.
lead-volume-times = { $n ->
        [one] Надійшов { $n } дзвінок
        [few] Надійшли { $n } дзвінки
       *[many] Надійшло { $n } дзвінків
    }, у { $change } раза більше, ніж { $before }; ви прийняли { $rate }.
lead-volume-less = { $n ->
        [one] Надійшов { $n } дзвінок
        [few] Надійшли { $n } дзвінки
       *[many] Надійшло { $n } дзвінків
    }, на { $change } менше, ніж { $before }; ви прийняли { $rate }.
lead-no-calls = Дзвінків { $when } не було.
lead-no-calls-chosen = Жоден дзвінок { $when } не відповідає фільтрам цього звіту.
lead-no-calls-partly = У даних, які ми маємо { $when }, дзвінків немає, але частини даних бракує.
lead-source-worked = Джерело працювало: його дзвінки повні до { $until }.
lead-no-data = У нас немає даних { $when }: жодне джерело дзвінків ще нічого не надіслало. Це не те саме, що відсутність дзвінків.
lead-no-data-uncovered = У нас немає даних { $when }: жодне джерело цього часу не охоплює. Це не те саме, що відсутність дзвінків.
lead-no-data-since = У нас немає даних { $when }. Джерело «{ $source }» востаннє надіслало подію { $last }. Це не те саме, що відсутність дзвінків.
lead-own-unknown = Ваш номер або внутрішній номер тут невідомий, тож жоден дзвінок не можна показати як ваш. Його може додати той, хто налаштував цей звіт.

driver-weekday-hours = { $weekday }, { $hours }
driver-on-weekday = ; { $here } з { $additional } додаткових пропущених дзвінків припали { $on-weekday } між { $from } і { $to }
driver-in-hours = ; { $here } з { $additional } додаткових пропущених дзвінків припали на час між { $from } і { $to }
driver-most-on-weekday = ; { $on-weekday } між { $from } і { $to } пропущено на { $here ->
        [one] { $here } дзвінок
        [few] { $here } дзвінки
       *[many] { $here } дзвінків
    } більше
driver-most-in-hours = ; між { $from } і { $to } пропущено на { $here ->
        [one] { $here } дзвінок
        [few] { $here } дзвінки
       *[many] { $here } дзвінків
    } більше
driver-missed-more = Найбільша зміна: { $where }, пропущених на { $n } більше.
driver-missed-fewer = Найбільша зміна: { $where }, пропущених на { $n } менше.
driver-calls-more = Найбільша зміна: { $where }, дзвінків на { $n } більше.
driver-calls-fewer = Найбільша зміна: { $where }, дзвінків на { $n } менше.
driver-agent-more = { $name }: відповідей на { $n } більше.
driver-agent-fewer = { $name }: відповідей на { $n } менше.

preview-up = Прийнято { $rate }, на { $points } більше.
preview-down = Прийнято { $rate }, на { $points } менше.
preview-driver = Найбільше вплинув час: { $when }.

button-call = Зателефонувати: { $number }
button-call-back = Кому передзвонити
button-calls = Усі дзвінки
link-support = Допомога та запитання
link-number-setup = Перевірити налаштування номерів

callout-sample = Це зразок. Звіт за розкладом надійде, як завжди.
missing-day = Немає дзвінків за { $day } (джерело «{ $source }» мовчить).
missing-day-after = Немає дзвінків за { $day } після { $from } (джерело «{ $source }» мовчить).
missing-day-between = Немає дзвінків за { $day } від { $from } до { $to } (джерело «{ $source }»).
missing-after = Немає дзвінків після { $from } (джерело «{ $source }» мовчить).
missing-between = Немає дзвінків від { $from } до { $to } (джерело «{ $source }»).
calls-of-1 = понеділок
calls-of-2 = вівторок
calls-of-3 = середу
calls-of-4 = четвер
calls-of-5 = п’ятницю
calls-of-6 = суботу
calls-of-7 = неділю
callout-not-over = Цей період ще не завершився: показники станом на { $at }.
callout-late = Мав бути готовий: { $due }; складено: { $made }.
callout-late-waited = Мав бути готовий: { $due }; складено: { $made }. Чекали на дзвінки, яких бракувало.
callout-late-waited-day = Мав бути готовий: { $due }; складено: { $made }. Чекали на дзвінки за { $day }.

## Звіти: показники та їх зміна

change-more = на { $n } більше
change-fewer = на { $n } менше
change-none = без змін
change-new = новий
change-up = +{ $size }
change-down = −{ $size }
change-arrow-up = ▲ { $size }
change-arrow-down = ▼ { $size }
card-before = { $before }: { $n }

figure-calls = Вхідні дзвінки
figure-answered = Прийняті
figure-missed = Пропущені
figure-to-call-back = Передзвонити
figure-target = Цільові дзвінки
figure-talk = Середня розмова
goal-met = ціль { $goal }: виконано
goal-not-met = ціль { $goal }: не виконано
goal-unknown = ціль { $goal }
figures-answered = Прийняті · частка
figures-missed = Пропущені · частка
figures-missed-hours = Пропущені в робочий час · поза ним
figures-callers = Абоненти · нові
figures-wait = Очікування: медіана · середнє · 9 з 10 не довше
figures-service-level = Відповідь за { $seconds }{ "\u00A0" }с ({ $formula })
figures-outbound = Вихідні · додзвонилися
figures-requests = Запити на дзвінок · зв’язалися · клієнт недоступний · не прийняли
figures-requests-other = Запити на дзвінок · зв’язалися · клієнт недоступний · не прийняли · інше
to-call-back-response-open = { $reached }; медіана часу до першого зворотного дзвінка серед тих, кому передзвонили за { $hours }{ "\u00A0" }год робочого часу ({ $n }): { $span } робочого часу ({ $clock } за годинником)
to-call-back-within = Передзвонили за 15{ "\u00A0" }хв: { $quarter }, за 1{ "\u00A0" }год: { $hour }{ $clock ->
        [yes] {" "}(за годинником)
       *[no] {""}
    }.
to-call-back-within-day = Передзвонили за 15{ "\u00A0" }хв: { $quarter }, за 1{ "\u00A0" }год: { $hour }, за 24{ "\u00A0" }год: { $day }{ $clock ->
        [yes] {" "}(за годинником)
       *[no] {""}
    }.
to-call-back-by = Передзвонили: { $same } — ті, у кого дзвонив телефон, { $colleague } — колеги.
to-call-back-goal = Медіана часу до першого зворотного дзвінка: { $goal }.
to-call-back-goal-open = Медіана робочого часу до першого зворотного дзвінка: { $goal }.
column-tries-waited = Спроби{ "\u00A0" }· очікування
foot-missed-set = Пропущений — з абонентом не поговорила жодна людина: { $set }.
foot-target-cycle = Цільовий дзвінок — позначений так джерелом, інакше прийнятий дзвінок тривалістю від { $seconds }{ "\u00A0" }с, перший від абонента за { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    }.
foot-target-kept = Їх ще не порівнюємо: дзвінки збережено від { $from }, це менше ніж такий строк до попереднього періоду.
foot-new = Нові абоненти не мають давніших дзвінків серед збережених; збережено від { $from }.
foot-service-level = Прийнято за { $seconds }{ "\u00A0" }с за формулою { $formula }: { $letters }, де A — прийняті, B — поклали слухавку під час очікування, a і b — з них за { $seconds }{ "\u00A0" }с, s — поклали слухавку за { $short }{ "\u00A0" }с.

all-figures = Усі показники
compared-with = для порівняння: { $period }
few-calls = { $n ->
        [one] В одному з двох періодів менше ніж { $n } дзвінок
        [few] В одному з двох періодів менше ніж { $n } дзвінки
       *[many] В одному з двох періодів менше ніж { $n } дзвінків
    }: частки коливаються вже через випадковість.
column-this = Цей період
column-before = Раніше
column-change = Зміна

## Що лишається сказати про вибрані дзвінки

lead-chosen = { $n ->
        [one] { $n } дзвінок: прийнято { $answered }, пропущено { $missed }.
        [few] { $n } дзвінки: прийнято { $answered }, пропущено { $missed }.
       *[many] { $n } дзвінків: прийнято { $answered }, пропущено { $missed }.
    }
lead-chosen-answered = { $n ->
        [one] Прийнято { $n } дзвінок.
        [few] Прийнято { $n } дзвінки.
       *[many] Прийнято { $n } дзвінків.
    }
lead-chosen-missed = { $n ->
        [one] Пропущено { $n } дзвінок.
        [few] Пропущено { $n } дзвінки.
       *[many] Пропущено { $n } дзвінків.
    }
lead-chosen-outbound = { $n ->
        [one] { $n } вихідний дзвінок
        [few] { $n } вихідні дзвінки
       *[many] { $n } вихідних дзвінків
    }, додзвонилися: { $reached }.
lead-chosen-requests = { $n ->
        [one] { $n } запит на дзвінок
        [few] { $n } запити на дзвінок
       *[many] { $n } запитів на дзвінок
    }, зв’язалися: { $reached }.
lead-chosen-outbound-alone = { $n ->
        [one] { $n } вихідний дзвінок.
        [few] { $n } вихідні дзвінки.
       *[many] { $n } вихідних дзвінків.
    }
lead-chosen-requests-alone = { $n ->
        [one] { $n } запит на дзвінок.
        [few] { $n } запити на дзвінок.
       *[many] { $n } запитів на дзвінок.
    }
lead-chosen-other = { $n ->
        [one] { $n } дзвінок.
        [few] { $n } дзвінки.
       *[many] { $n } дзвінків.
    }
several-chosen = { $calls } ({ $projects }).
foot-no-rates-outcome = Часток немає: ці дзвінки вибрано за тим, чим вони закінчилися або скільки тривали.
foot-no-rates-people = Часток немає: ці дзвінки вибрано за тим, хто брав у них участь, а про дзвінок, якого ніхто не прийняв, відомо лише, які телефони дзвонили.
foot-service-level-outside = { $n ->
        [one] Сюди не входить { $n } дзвінок, пропущений інакше.
        [few] Сюди не входять { $n } дзвінки, пропущені інакше.
       *[many] Сюди не входять { $n } дзвінків, пропущених інакше.
    }
missed-forwarding = Переадресація не спрацювала для дзвінків на { $numbers }.
link-pay = Поповнити рахунок

## Показники за назвою

figure-answer-rate = Частка прийнятих
figure-missed-rate = Частка пропущених
figure-calls-in-hours = Вхідні в робочі години
figure-calls-outside-hours = Вхідні поза робочими годинами
figure-answered-in-hours = Прийняті в робочі години
figure-answered-outside-hours = Прийняті поза робочими годинами
figure-answer-rate-outside-hours = Частка прийнятих поза робочими годинами
figure-missed-short = Пропущені, абонент швидко поклав слухавку
figure-missed-no-answer = Пропущені: ніхто не підняв слухавку
figure-missed-hung-up = Пропущені: поклали слухавку під час очікування
figure-missed-busy = Пропущені: телефони зайняті або вимкнені
figure-missed-voicemail = Пропущені: голосова пошта
figure-missed-no-route = Пропущені: переадресація не спрацювала
figure-unique-callers = Різні абоненти
figure-new-callers = Нові абоненти
figure-wait-median-sec = Очікування, медіана
figure-asa-sec = Очікування, середнє
figure-wait-p90-sec = Очікування, 9 з 10 не довше
figure-service-level = Рівень обслуговування
figure-talk-avg-sec = Розмова, середня
figure-outbound = Вихідні дзвінки
figure-outbound-reached = Вихідні, додзвонилися
figure-callback-requests = Запити на дзвінок
figure-callback-reached = Запити на дзвінок, зв’язалися
figure-callback-client-not-reached = Запити на дзвінок, клієнт недоступний
figure-callback-not-taken = Запити на дзвінок, не прийняті нами
figure-callback-other = Запити на дзвінок, не вдалися або невідомо
figure-to-call-back-lost = Передзвонити, час на відповідь минув
figure-to-call-back-waiting = Передзвонити, час на відповідь ще є
figure-to-call-back-backlog = Передзвонити, чекають понад 14 днів
figure-to-call-back-reached = З ким зв’язалися
figure-to-call-back-first-response-median-sec = Перший зворотний дзвінок, медіана
figure-to-call-back-first-response-median-open-sec = Перший зворотний дзвінок, медіана робочого часу
figure-to-call-back-first-response-within-15-min = Передзвонили за 15 хв
figure-to-call-back-first-response-within-1-h = Передзвонили за 1 год
figure-to-call-back-first-response-within-24-h = Передзвонили за 24 год
figure-to-call-back-first-response-same-agent = Передзвонили ті, у кого дзвонив телефон
figure-to-call-back-first-response-colleague = Передзвонили колеги

## Робочі години й вихідні

figure-answer-rate-in-hours = Частка прийнятих у робочі години
figure-missed-in-hours = Пропущені в робочі години
figure-missed-outside-hours = Пропущені поза робочими годинами
card-hours = { $in } у робочі години, { $outside } поза ними
foot-hours = Робочі години: { $hours }.
working-days = { $n ->
        [one] { $n } робочий день
        [few] { $n } робочі дні
       *[many] { $n } робочих днів
    }
working-days-differ = { $days }, { $before } — { $n }.
working-days-others = Робочих днів стільки ж, але інші ({ $before }): { $why }.
working-days-differ-why = { $days }, { $before } — { $n }: { $why }.
day-off-named = { $day } — { $name }
day-off-unnamed = { $day } — вихідний
day-extra = { $day } — робочий день
days-off-more = { $n ->
        [one] ще { $n } такий день
        [few] ще { $n } такі дні
       *[many] ще { $n } таких днів
    }
by-day-days-off = Вихідні: { $list }.

why-missed = Чому дзвінки пропущено
missed-caption-short = { $n ->
        [one] { $n } дзвінок
        [few] { $n } дзвінки
       *[many] { $n } дзвінків
    }, із них { $short } завершилися за { $seconds }{ "\u00A0" }с
missed-no-answer = Ніхто не підняв слухавку
missed-no-answer-or-busy = Ніхто не підняв слухавку або зайнято
missed-hung-up = Поклали слухавку під час очікування
missed-busy = Телефони зайняті або вимкнені
missed-voicemail = Голосова пошта
missed-no-route = Переадресація не спрацювала
answered = прийняті
missed = пропущені

## Звіти: кому передзвонити

to-call-back = Кому передзвонити
to-call-back-nobody = Передзвонювати нікому
to-call-back-caption = { $n ->
        [one] { $n } абонент
        [few] { $n } абоненти, спершу ті, хто чекає найдовше
       *[many] { $n } абонентів, спершу ті, хто чекає найдовше
    }
to-call-back-caption-lost = { $n ->
        [1] { $n } абонент, чекає понад { $hours }{ "\u00A0" }год
        [one] { $n } абонент, спершу ті, хто чекає найдовше; { $lost } понад { $hours }{ "\u00A0" }год
        [few] { $n } абоненти, спершу ті, хто чекає найдовше; { $lost } понад { $hours }{ "\u00A0" }год
       *[many] { $n } абонентів, спершу ті, хто чекає найдовше; { $lost } понад { $hours }{ "\u00A0" }год
    }
to-call-back-reached = { $n ->
        [one] ще з { $n } зв’язалися
        [few] ще з { $n } зв’язалися
       *[many] ще з { $n } зв’язалися
    }
to-call-back-response = { $reached }; медіана часу до першого зворотного дзвінка серед тих, кому передзвонили за { $hours }{ "\u00A0" }год ({ $n }): { $span }
to-call-back-backlog = { $n ->
        [one] Ще { $n } абонент чекає
        [few] Ще { $n } абоненти чекають
       *[many] Ще { $n } абонентів чекають
    } понад { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    }.
to-call-back-backlog-only = { $n ->
        [one] { $n } абонент чекає
        [few] { $n } абоненти чекають
       *[many] { $n } абонентів чекають
    } понад { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    }.
to-call-back-withheld = { $n ->
        [1] Один пропущений дзвінок надійшов із прихованого номера.
        [one] { $n } пропущений дзвінок надійшов із прихованих номерів.
        [few] { $n } пропущені дзвінки надійшли з прихованих номерів.
       *[many] { $n } пропущених дзвінків надійшли з прихованих номерів.
    }
to-call-back-unread = { $n ->
        [1] Номер одного пропущеного дзвінка не вдалося прочитати, тому його немає у списку.
        [one] Номери { $n } пропущеного дзвінка не вдалося прочитати, тому їх немає у списку.
        [few] Номери { $n } пропущених дзвінків не вдалося прочитати, тому їх немає у списку.
       *[many] Номери { $n } пропущених дзвінків не вдалося прочитати, тому їх немає у списку.
    }
column-caller = Абонент
column-first-missed = Перший пропущений
column-source = Джерело
column-since = Що було далі
more-rows = { $n ->
        [one] Ще { $n } абонент, чекає менше
        [few] Ще { $n } абоненти, чекають менше
       *[many] Ще { $n } абонентів, чекають менше
    }
more-attached = { $more }, у вкладеному списку
number-last-4 = …{ $digits }
number-hidden = номер приховано
since-not-called = ще не телефонували
since-tried-once = спроба: { $when }
since-tried = { $n ->
        [one] { $n } спроба
        [few] { $n } спроби
       *[many] { $n } спроб
    }
since-reached = зв’язалися: { $when }
since-returned = передзвонив сам, відповіли: { $when }
since-again = { $done }; знову телефонував: { $when }

## Звіти: люди, джерела, час

agents = Працівники
agents-caption = прийнято: { $n }
agents-unknown = Працівник невідомий
agents-more = { $n ->
        [one] ще { $n } працівник, прийнято дзвінків: { $answered }
        [few] ще { $n } працівники, прийнято дзвінків: { $answered }
       *[many] ще { $n } працівників, прийнято дзвінків: { $answered }
    }
agents-note-lost = Один втрачений дзвінок може дзвонити на кількох телефонах, тому сума цього стовпця не дорівнює { $n }.
column-answered = Прийняті
column-target = Цільові
column-talk = Сер. розмова
column-elsewhere = Дзвонив, узяв колега
column-lost = Дзвонив, втрачено
column-called-back = Передзвонили

## Reports: people and numbers of the directory

agents-numbered = Працівник { $n }
agents-teams = Команди
agents-no-team = Без команди
agents-you = Ви
agents-colleague = Колега
agents-caption-own = прийнято: { $own }, колеги відповіли ще: { $others }
agents-not-known = Працівників не показано: жоден дзвінок не каже, хто відповів чи чий телефон дзвонив.
agents-nobody-called-back = Працівників не показано: ніхто тут не відповів на вхідний дзвінок і не передзвонив тому, хто чекав.
agents-no-teams = Команд не показано: у списку працівників ні в кого немає команди.
own-calls = ваші дзвінки
subject-whose = { $project }, { $whose }
title-whose = { $whose }: { $title }
unlisted-people = Немає у вашому списку працівників: { $people }. Додайте ім’я.
unlisted-person = { $who } ({ $n ->
        [one] { $n } дзвінок
        [few] { $n } дзвінки
        [many] { $n } дзвінків
       *[other] { $n } дзвінка
    })
unlisted-extension = внутрішній номер { $key }
unlisted-hidden = { $n ->
        [one] { $n } телефону немає у вашому списку працівників.
        [few] { $n } телефонів немає у вашому списку працівників.
        [many] { $n } телефонів немає у вашому списку працівників.
       *[other] { $n } телефону немає у вашому списку працівників.
    }
unlisted-numbers = Немає у вашому списку номерів: { $numbers }.
unlisted-number = { $number } ({ $n ->
        [one] { $n } дзвінок
        [few] { $n } дзвінки
        [many] { $n } дзвінків
       *[other] { $n } дзвінка
    })
foot-number-source = Дзвінок, який сам не вказує джерела, належить до джерела, записаного для набраного номера.
unlisted-more = і ще { $n }
left-out-ignored-number = { $n ->
        [one] { $n } дзвінок з ігнорованого номера
        [few] { $n } дзвінки з ігнорованих номерів
        [many] { $n } дзвінків з ігнорованих номерів
       *[other] { $n } дзвінка з ігнорованих номерів
    }

## Reports: where callers come from

sources = Джерела
sources-more = { $n ->
        [one] ще { $n } джерело,
        [few] ще { $n } джерела,
       *[many] ще { $n } джерел,
    } { $calls ->
        [one] { $calls } дзвінок
        [few] { $calls } дзвінки
       *[many] { $calls } дзвінків
    }
column-calls = Дзвінки
column-share = Частка

when-people-call = Коли телефонують
busiest = Найбільше: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } дзвінок
        [few] { $calls } дзвінки
       *[many] { $calls } дзвінків
    }
busiest-missed = Найбільше: { $weekday }, { $hours }, { $calls ->
        [one] { $calls } дзвінок
        [few] { $calls } дзвінки
       *[many] { $calls } дзвінків
    }, із них пропущено { $missed }
by-day-summary = Вхідні дзвінки: { $bars }
by-hour-summary = Вхідні дзвінки за днями тижня та годинами. { $busiest }

## Звіти: як ми рахуємо

foot-how = Як ми рахуємо.
foot-missed = Пропущений — з абонентом не поговорила жодна людина: ніхто не підняв слухавку, абонент поклав слухавку під час очікування, телефони зайняті або вимкнені, голосова пошта, переадресація не спрацювала.
foot-rate = Частка прийнятих = прийняті ÷ (прийняті + пропущені).
foot-times = Очікування та розмова — середні за прийнятими дзвінками, для яких значення відоме, без часу в меню.
foot-wait-unknown = { $n ->
        [one] Для { $n } прийнятого дзвінка час очікування невідомий.
        [few] Для { $n } прийнятих дзвінків час очікування невідомий.
       *[many] Для { $n } прийнятих дзвінків час очікування невідомий.
    }
foot-talk-unknown = { $n ->
        [one] Для { $n } прийнятого дзвінка тривалість розмови невідома.
        [few] Для { $n } прийнятих дзвінків тривалість розмови невідома.
       *[many] Для { $n } прийнятих дзвінків тривалість розмови невідома.
    }
foot-target = Цільовий дзвінок — позначений так джерелом, інакше прийнятий дзвінок тривалістю від { $seconds }{ "\u00A0" }с.
foot-short = Хто поклав слухавку під час очікування за { $seconds }{ "\u00A0" }с, рахується як пропущений, але не як той, кому слід передзвонити; хто натрапив на зайняту лінію чи голосову пошту, тому слід передзвонити.
foot-left-out = Не враховано: { $parts }.
foot-nothing-left-out = Жодного вхідного дзвінка не виключено.
left-out-missed-ivr = завершені в меню: { $n }
left-out-missed-no-answer = ніхто не підняв слухавку: { $n }
left-out-missed-busy = телефони зайняті: { $n }
left-out-missed-abandoned = завершені в черзі: { $n }
left-out-missed-cancelled = завершені під час дзвінка: { $n }
left-out-missed-voicemail = голосова пошта: { $n }
left-out-missed-no-route = переадресація не спрацювала: { $n }
left-out-system-only = розмова лише з автоматом: { $n }
left-out-failed = з помилкою: { $n }
left-out-forbidden = заборонені: { $n }
left-out-in-progress = ще тривають: { $n }
left-out-unknown = { $n ->
        [one] { $n } невідомий статус
        [few] { $n } невідомі статуси
       *[many] { $n } невідомих статусів
    }
left-out-client-no-answer = клієнт не відповів: { $n }
left-out-client-busy = у клієнта зайнято: { $n }
foot-compared = Період порівняння: { $period }.
foot-not-compared-not-over = Без порівняння ({ $period }): цей період ще не завершився.
foot-not-compared-incomplete = Без порівняння ({ $period }): цей період неповний.
foot-not-compared-incomplete-before = Без порівняння ({ $period }): дані за той період неповні.
foot-not-compared-no-data = Без порівняння ({ $period }): за той період немає даних.
foot-late-calls = { $n ->
        [one] { $n } дзвінок за { $period } надійшов після складання звіту.
        [few] { $n } дзвінки за { $period } надійшли після складання звіту.
       *[many] { $n } дзвінків за { $period } надійшли після складання звіту.
    }
foot-then-now = { $figure }, { $period }: тоді { $then }, тепер { $now }.
foot-data = Дані: { $calls ->
        [one] { $calls } дзвінок
        [few] { $calls } дзвінки
       *[many] { $calls } дзвінків
    } усіх видів, останній { $last }; ще тривають: { $open }, { $unknown ->
        [one] { $unknown } невідомий статус
        [few] { $unknown } невідомі статуси
       *[many] { $unknown } невідомих статусів
    }.
foot-data-none = Дані: жодного дзвінка будь-якого виду.
foot-data-none-chosen = Дані: немає дзвінків, що відповідають фільтрам цього звіту.
foot-coverage-whole = Дані охоплюють увесь період.
foot-coverage-from = Дані починаються { $from }.
foot-coverage-not-stated = Джерело «{ $source }» не повідомляє, до якого часу його дані повні.
foot-coverage-unstated = Жодне джерело не повідомляє, до якого часу його дані повні, тож дзвінки ще можуть надійти.
foot-coverage-behind = Дані джерела «{ $source }» повні лише до { $until }.
foot-made = Складено { $at } ({ $zone }).

note-gap = Час, на який призначено цей звіт, випав через переведення годинника; звіт складено наприкінці цього проміжку.
note-overlap = Час, на який призначено цей звіт, годинник показав двічі; звіт складено за першим разом.
note-clamped = Дня, на який призначено цей звіт, того місяця немає; звіт складено останнього дня.
note-day-off = Те, що припало на вихідний день, включено до цього звіту, складеного наступного робочого дня.
note-cut-at-31-days = Тут враховано лише останній 31 день: попередній звіт складено раніше.
note-first = Це перший звіт такого виду.

## Сторінки

stop-ask-title = Припинити надсилання цього звіту?
stop-ask-sentence = На адресу { $address } надходить звіт «{ $report }» проєкту { $project }. Більше нікого це не стосується.
stop-ask-button = Припинити
stop-ask-note = Нічого не зміниться, доки ви не натиснете одну з кнопок.
stop-done-title = Надсилання звіту припинено
stop-done-sentence = На адресу { $address } більше не надходитиме звіт «{ $report }» проєкту { $project }.
stop-done-note = Інших отримувачів це не стосується.
stop-pause-label = Призупинити до
stop-pause-button = Призупинити
stop-project-button = Припинити все від { $project }
stop-undo-button = Скасувати
stop-paused-title = Надсилання звіту призупинено
stop-paused-sentence = На адресу { $address } не надходитиме звіт «{ $report }» проєкту { $project } до { $until }.
stop-paused-note = Від того дня він надходитиме знову сам.
stop-project-title = Усе від { $project } припинено
stop-project-sentence = На адресу { $address } від { $project } більше нічого не надходитиме: ні звітів, ні сповіщень.
stop-project-note = Інших отримувачів це не стосується. Якщо про гроші більше нікому повідомити, їх отримує власник.
stop-others-title = Сюди більше нічого не надсилається
stop-others-sentence = На адресу { $address } не надходить звіт «{ $report }» проєкту { $project }. Це припинив той, хто за нього відповідає, або наші листи поверталися.
stop-others-note = Щоб отримувати його знову, зверніться до того, хто відповідає за звіти проєкту { $project }.
stop-undone-title = Звіт надходитиме знову
stop-undone-sentence = На адресу { $address } надходитиме звіт «{ $report }» проєкту { $project }, як і раніше.
stop-undone-note = Те, що припало на цей час, пізніше не надсилається.
stop-day-title = До цього дня призупинити звіт не можна
stop-day-sentence = Виберіть, будь ласка, день від завтра й не пізніше ніж за рік.
stop-day-note = Нічого не змінено.
stop-unknown-title = Це посилання недійсне
stop-unknown-sentence = Можливо, воно обрізалося під час копіювання. Відкрийте, будь ласка, посилання в самому листі.
stop-unknown-note = Нічого не змінено.
stop-later-title = Зараз не вийшло
stop-later-sentence = Спробуйте, будь ласка, ще раз за кілька хвилин.
stop-later-note = Нічого не змінено.

## Власникові: що сталося з листами

mail-eyebrow = { $project } · Пошта
mail-column-address = Кому
mail-column-what = Що
mail-column-reason = Що відповіли
mail-column-reference = Номер

mail-unknown-subject = { $project }: { $n ->
        [1] один лист міг
        [one] { $n } лист міг
        [few] { $n } листи могли
       *[many] { $n } листів могли
    } не дійти
mail-unknown-title = { $n ->
        [1] Невідомо, чи дійшов один лист
        [one] Невідомо, чи дійшов { $n } лист
        [few] Невідомо, чи дійшли { $n } листи
       *[many] Невідомо, чи дійшли { $n } листів
    }
mail-unknown-sentence = { $n ->
        [1] Ми передали лист, але не отримали відповіді, чи прийняв його поштовий сервер
        [one] Ми передали листи, але не отримали відповіді, чи прийняв їх поштовий сервер
        [few] Ми передали листи, але не отримали відповіді, чи прийняв їх поштовий сервер
       *[many] Ми передали листи, але не отримали відповіді, чи прийняв їх поштовий сервер
    }. Щоб ніхто не отримав те саме двічі, самі ми вдруге не надсилаємо.
mail-unknown-advice = Запитайте в одержувача, чи лист дійшов. Ті, хто супроводжує цей сервіс, можуть надіслати його ще раз або записати відповідь одержувача: назвіть їм номер. Без відповіді за сім днів лист вважається недоставленим.

mail-still-unknown-subject = { $project }: { $n ->
        [1] один лист тепер вважається недоставленим
        [one] { $n } лист тепер вважається недоставленим
        [few] { $n } листи тепер вважаються недоставленими
       *[many] { $n } листів тепер вважаються недоставленими
    }
mail-still-unknown-title = { $n ->
        [1] Доля одного листа сім днів залишалася невідомою
        [one] Доля { $n } листа сім днів залишалася невідомою
        [few] Доля { $n } листів сім днів залишалася невідомою
       *[many] Доля { $n } листів сім днів залишалася невідомою
    }
mail-still-unknown-sentence = Ніхто не повідомив, чи { $n ->
        [1] він дійшов, тож тепер він вважається недоставленим
        [one] вони дійшли, тож тепер вони вважаються недоставленими
        [few] вони дійшли, тож тепер вони вважаються недоставленими
       *[many] вони дійшли, тож тепер вони вважаються недоставленими
    }.
mail-still-unknown-advice = Ті, хто супроводжує цей сервіс, можуть надіслати його ще раз: назвіть їм номер.

mail-marked-subject = { $project }: { $n ->
        [1] однієї адреси не існує
        [one] { $n } адреси не існує
        [few] { $n } адрес не існує
       *[many] { $n } адрес не існує
    }
mail-marked-title = { $n ->
        [1] Однієї адреси не існує, повідомляє її поштовий сервер
        [one] { $n } адреси не існує, повідомляють їхні поштові сервери
        [few] { $n } адрес не існує, повідомляють їхні поштові сервери
       *[many] { $n } адрес не існує, повідомляють їхні поштові сервери
    }
mail-marked-sentence = { $n ->
        [1] Її позначено, і туди більше нічого не надсилається. Той, кому призначався лист, його не отримав.
        [one] Їх позначено, і туди більше нічого не надсилається. Ті, кому призначалися листи, їх не отримали.
        [few] Їх позначено, і туди більше нічого не надсилається. Ті, кому призначалися листи, їх не отримали.
       *[many] Їх позначено, і туди більше нічого не надсилається. Ті, кому призначалися листи, їх не отримали.
    }
mail-marked-advice = Якщо адреса хибна, виправте її в налаштуваннях і застосуйте їх. Якщо вона знову правильна, ті, хто супроводжує цей сервіс, можуть зняти позначку.

mail-refused-subject = { $project }: { $n ->
        [1] один лист відхилено
        [one] { $n } лист відхилено
        [few] { $n } листи відхилено
       *[many] { $n } листів відхилено
    }
mail-refused-title = { $n ->
        [1] Один лист відхилено остаточно
        [one] { $n } лист відхилено остаточно
        [few] { $n } листи відхилено остаточно
       *[many] { $n } листів відхилено остаточно
    }
mail-refused-sentence = { $n ->
        [1] Поштовий сервер одержувача не прийняв його. Адресу не позначено: наступний звіт буде надіслано за розкладом.
        [one] Поштові сервери одержувачів не прийняли їх. Адреси не позначено: наступний звіт буде надіслано за розкладом.
        [few] Поштові сервери одержувачів не прийняли їх. Адреси не позначено: наступний звіт буде надіслано за розкладом.
       *[many] Поштові сервери одержувачів не прийняли їх. Адреси не позначено: наступний звіт буде надіслано за розкладом.
    }
mail-refused-advice = Відповідь сервера наведено в таблиці. Коли причину усунуто, команда «resend REFERENCE» надсилає ще раз.

mail-came-back-subject = { $project }: { $n ->
        [1] один лист повернувся
        [one] { $n } лист повернувся
        [few] { $n } листи повернулися
       *[many] { $n } листів повернулося
    }
mail-came-back-title = { $n ->
        [1] Один лист повернувся після того, як його прийняли
        [one] { $n } лист повернувся після того, як його прийняли
        [few] { $n } листи повернулися після того, як їх прийняли
       *[many] { $n } листів повернулося після того, як їх прийняли
    }
mail-came-back-sentence = Наш поштовий сервер прийняв надіслане, але наступний сервер повернув його: ніхто цього не прочитав.
mail-came-back-advice = Відповідь сервера наведено в таблиці. На адресу, якої, за його словами, не існує, цей проєкт більше нічого не надсилає, доки ті, хто супроводжує цей сервіс, знову її не дозволять. Інші отримають наступний лист як звичайно.

mail-spam-subject = { $project }: { $n ->
        [1] один лист позначено як спам
        [one] { $n } лист позначено як спам
        [few] { $n } листи позначено як спам
       *[many] { $n } листів позначено як спам
    }
mail-spam-title = { $n ->
        [1] Один лист отримувач позначив як спам
        [one] { $n } лист отримувачі позначили як спам
        [few] { $n } листи отримувачі позначили як спам
       *[many] { $n } листів отримувачі позначили як спам
    }
mail-spam-sentence = На таку адресу цей проєкт більше нічого не надсилає. Поштові служби рахують ці скарги, і через велику їх кількість до вхідних не потрапляють листи для всіх.
mail-spam-advice = Запитайте отримувача, чи потрібні йому листи. Якщо так, ті, хто супроводжує цей сервіс, можуть знову дозволити цю адресу.
mail-lift-note = Для тих, хто супроводжує цей сервіс: команда «suppressions lift ADDRESS --reason …» знову дозволяє адресу.

mail-held-subject = { $project }: надсилання призупинено, поштовий сервер відхиляє наші листи
mail-held-title = Поштовий сервер відхиляє все, тож ми припинили надсилати через нього
mail-held-sentence = Кілька адрес за десять хвилин отримали ту саму відмову. Отже, річ у відправникові, а не в них: { $n ->
        [1] лист повернувся
        [one] { $n } лист повернувся
        [few] { $n } листи повернулися
       *[many] { $n } листів повернулися
    } до черги, жодної адреси не позначено.
mail-held-advice = Перевірте адресу відправника та її записи SPF і DKIM, а також відповідь сервера нижче. Надсилання відновиться саме, щойно сервер знову прийматиме листи; що не вдасться надіслати вчасно, втратить чинність, і ви про це дізнаєтеся.

mail-expired-subject = { $project }: { $n ->
        [1] один лист не надіслано вчасно
        [one] { $n } лист не надіслано вчасно
        [few] { $n } листи не надіслано вчасно
       *[many] { $n } листів не надіслано вчасно
    }
mail-expired-title = { $n ->
        [1] Один лист не вдалося надіслати вчасно
        [one] { $n } лист не вдалося надіслати вчасно
        [few] { $n } листи не вдалося надіслати вчасно
       *[many] { $n } листів не вдалося надіслати вчасно
    }
mail-expired-sentence = Ми намагалися, доки { $n ->
        [1] він ще міг бути корисним
        [one] вони ще могли бути корисними
        [few] вони ще могли бути корисними
       *[many] вони ще могли бути корисними
    }, а тоді припинили.
mail-expired-advice = Команда «explain --to ADDRESS» показує кожну спробу. «resend REFERENCE» усе ж надсилає ще раз.

mail-more = { $n ->
        [one] і ще { $n }
        [few] і ще { $n }
       *[many] і ще { $n }
    }

mail-unsendable-subject = { $project }: { $n ->
        [1] один лист неможливо надіслати
        [one] { $n } лист неможливо надіслати
        [few] { $n } листи неможливо надіслати
       *[many] { $n } листів неможливо надіслати
    }
mail-unsendable-title = { $n ->
        [1] Один лист неможливо надіслати таким, яким він є
        [one] { $n } лист неможливо надіслати таким, яким він є
        [few] { $n } листи неможливо надіслати такими, якими вони є
       *[many] { $n } листів неможливо надіслати такими, якими вони є
    }
mail-unsendable-sentence = { $n ->
        [1] Від нас нічого не пішло, і ніхто його не відхиляв: причина на нашому боці, її названо в таблиці.
        [one] Від нас нічого не пішло, і ніхто їх не відхиляв: причини на нашому боці, їх названо в таблиці.
        [few] Від нас нічого не пішло, і ніхто їх не відхиляв: причини на нашому боці, їх названо в таблиці.
       *[many] Від нас нічого не пішло, і ніхто їх не відхиляв: причини на нашому боці, їх названо в таблиці.
    }
mail-unsendable-advice = Адреса з літерами на зразок ü чи б перед знаком @ потребує поштового сервера, що підтримує SMTPUTF8: додайте його в налаштуваннях або вкажіть іншу адресу. Коли причину усунуто, команда «resend REFERENCE» надсилає ще раз.

## Рядки під листом, різні для кожного одержувача

foot-why-role = Ви отримуєте цей звіт { $rule } ({ $zone }). Ваша роль у проєкті { $project }: { $role }.
foot-why-address = Ви отримуєте цей звіт { $rule } ({ $zone }), бо ця адреса є у списку проєкту { $project }.
foot-why-several = Ви отримуєте цей звіт { $rule } ({ $zone }), бо ця адреса є у списку отримувачів.
foot-why-several-role = Ви отримуєте цей звіт { $rule } ({ $zone }). Ваша роль у його проєктах: { $role }.
foot-why-sample = Це зразок, про який хтось попросив; сам звіт надходить { $rule } ({ $zone }).
foot-next = Наступний: { $day }.
foot-next-at = Наступний: { $day }, { $time }.
foot-attached = Додано: { $list }.
foot-attached-pdf = PDF, { $pages ->
        [one] { $pages } сторінка
        [few] { $pages } сторінки
       *[many] { $pages } сторінок
    }
foot-attached-json = JSON
foot-attached-xlsx = Excel
foot-attached-csv = CSV
foot-attached-zip = { $list } в архіві ZIP
foot-too-large = Завелике для листа, тому не додано: { $list }.
foot-several-tables = У доданих таблицях для кожного проєкту: { $list }.
foot-stop = Припинити надсилання
foot-reference = Номер { $reference }
foot-or = { $first } і { $last }

role-owner = власник
role-manager = керівник
role-finance = фінансовий контакт
role-ops = технічний контакт
role-support = керівник підтримки
role-agent = працівник
role-viewer = читач

rule-day = щодня о { $at }
rule-weekday = щобудня о { $at }
rule-week = щотижня у { $days } о { $at }
rule-month = { $days } кожного місяця о { $at }
rule-quarter = { $days } кожного кварталу о { $at }
rule-quarter-day = { $day } числа { $month ->
        [1] першого
        [2] другого
       *[3] третього
    } місяця
rule-year = щороку { $days } о { $at }
rule-cron = за правилом { $rule }
rule-month-day = { $day } числа
rule-month-last = останнього дня
rule-month-last-business-day = останнього робочого дня
rule-month-nth-business-day = { $nth }-го робочого дня
# $day: 3, 5, 6, 7 жіночого роду
rule-month-nth = { $day ->
        [3] у { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[5] п’яту
        }
        [5] у { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[5] п’яту
        }
        [6] у { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[5] п’яту
        }
        [7] у { $nth ->
            [1] першу
            [2] другу
            [3] третю
            [4] четверту
           *[5] п’яту
        }
       *[1] у { $nth ->
            [1] перший
            [2] другий
            [3] третій
            [4] четвертий
           *[5] п’ятий
        }
    } { $weekday }
rule-month-last-weekday = { $day ->
        [3] в останню
        [5] в останню
        [6] в останню
        [7] в останню
       *[1] в останній
    } { $weekday }

## Власникові: звіт не вдалося скласти

failed-subject = { $project }: звіт «{ $report }» не вдалося скласти
failed-eyebrow = { $project } · Звіти
failed-title = Звіт «{ $report }» за { $occurrence } не вдалося скласти
failed-title-sample = Зразок звіту «{ $report }» не вдалося скласти
failed-sentence = Його ніхто не отримав. Наступний буде складено за розкладом.
failed-because = { $reason ->
        [unknown_report] розклад називає звіт, якого немає
        [unknown_zone] часовий пояс розкладу тут невідомий
        [unreadable] збережені для нього дані ця версія програми не може прочитати
        [builder_died] програма п’ять разів завершувалася, не закінчивши його
       *[report_not_made] його показники не вдалося обчислити
    }
failed-advice = Причина: { $because }. Команда «explain» з адресою одержувача розповість більше; «send-now { $schedule }» складе звіт ще раз, коли причину буде усунуто.

## До операторів: певний час ніщо не працювало

down-subject = Ніщо не працювало протягом { $span }; { $n ->
    [one] за цей час настав термін { $n } розкладу
    [few] за цей час настав термін { $n } розкладів
    [many] за цей час настав термін { $n } розкладів
   *[other] за цей час настав термін { $n } розкладу
}
down-title = Від { $from } до { $to } (UTC) ніщо не працювало
down-sentence = { $n ->
    [one] За цей час настав термін { $n } розкладу. Його звіт зараз складається із запізненням або пропускається, як каже його «catch_up».
    [few] За цей час настав термін { $n } розкладів. Їхні звіти зараз складаються із запізненням або пропускаються, як каже «catch_up» кожного.
    [many] За цей час настав термін { $n } розкладів. Їхні звіти зараз складаються із запізненням або пропускаються, як каже «catch_up» кожного.
   *[other] За цей час настав термін { $n } розкладу. Їхні звіти зараз складаються із запізненням або пропускаються, як каже «catch_up» кожного.
}
down-advice = Команди «deliveries» і «explain» кажуть, що сталося з кожним. Щоб наступного разу хтось забив на сполох, назвіть монітор у налаштуванні «heartbeat_url».

## Рядки під сповіщенням власникові

owner-why-role = Ви отримуєте це як власник проєкту { $project }.
owner-why-operations = Ви отримуєте це, бо цю адресу вказано в розділі [operations] налаштувань цього сервісу.
owner-installation = Звіти про дзвінки
owner-notice-of-kind = { $kind ->
        [paid_until] попередження: оплачений період
        [trial] попередження: пробний період
        [funds] попередження: кошти закінчуються
        [low_balance] попередження: низький баланс
        [balance_negative] попередження: баланс вичерпано
        [topup_failed] попередження: поповнення не вдалося
        [status] сповіщення: стан проєкту
        [recovered] сповіщення: усе знову гаразд
        [digest] кілька повідомлень в одному
        [test] перевірка
       *[other] сповіщення
    }
owner-report-of = { $report }, { $occurrence }
owner-sample-of = { $report }, зразок
owner-reason-lease = процес надсилання завершився до отримання відповіді
owner-reason-broke = з’єднання обірвалося до отримання відповіді
owner-reason-too-late = було запізно, щоб лист ще мав сенс
owner-reason-no-answer = ніхто не повідомив, чим це закінчилося
owner-reason-no-relay = жоден із наших поштових серверів не приймає адрес із такими літерами (SMTPUTF8)
owner-reason-address = таку адресу неможливо вписати в лист
owner-reason-composing = лист не вдалося скласти

## На що треба звернути увагу, і періоди тиші
watch-topic = Потрібна увага
watch-said = Остання відповідь
watch-reports-title = Звіти не надсилаються
watch-reports-sentence = Найдавніший чекає від { $since }, і жоден поштовий сервер його ще не прийняв. Щойно це вдасться, усе буде надіслано із запізненням.
watch-reports-advice = «deliveries --state queued» показує, що чекає, а «explain» пояснює, на що саме.
watch-lane-title = { $name } недоступний
watch-lane-sentence = Від { $since } через нього нічого не пройшло. Те, що мало піти цим шляхом, чекає або йде іншим, якщо він є.
watch-lane-advice = Спроби тривають самі. Команда «check-config» показує чинні налаштування.
watch-source-title = Від { $name } не надходять дзвінки
watch-source-sentence = Останні дані від нього за { $since }. Відтоді у звітах бракує його дзвінків.
watch-source-advice = Перевірте з’єднання або файли, що імпортуються. Те, що надійде пізніше, враховується в наступному звіті.
watch-balance-title = Баланс «{ $name }» більше ніхто не повідомляє
watch-balance-sentence = Останній — станом на { $since }. Попередження про гроші й далі спираються на нього, тож можуть бути застарілими, і жодне з них він не завершує.
watch-balance-advice = Перевірте програму, що його повідомляє, або задайте його командою «balance set».
watch-money-source-title = Джерело балансів «{ $name }» не відповідає
watch-money-source-sentence = Від { $since } жоден запит до нього не вдався. Баланси лишаються такими, як воно повідомило востаннє, і попередження про гроші спираються на них.
watch-money-source-advice = Команда «balance fetch { $name } --dry-run» запитує його зараз і каже, що не так.
watch-usage-title = Витрати з балансу «{ $name }» більше ніхто не повідомляє
watch-usage-sentence = Перший день без даних про витрати — { $day }. Прогнози й попередження про гроші спираються на дні до нього, а завершити попередження може лише платіж.
watch-usage-advice = Перевірте програму або запит, що їх повідомляє. Те, що надійде пізніше, враховується одразу.

silence-topic = Тиша
silence-reason = Чому
silence-over-title = Період тиші закінчився
silence-over-sentence = Відтоді, як { $since }, затримано: { $n ->
        [0] нічого
        [one] { $n } сповіщення
        [few] { $n } сповіщення
       *[many] { $n } сповіщень
    }. Про це просив { $who }. Відтепер такі сповіщення надходитимуть знову.
silence-over-advice = Затримане пізніше не надсилається: перевірте, як стоять справи.

## Підписки на події поштової служби
sns-topic = Події пошти
sns-topic-name = Тема
sns-link = Посилання для підтвердження
sns-begin-title = Amazon SNS запитує, чи потрібна підписка
sns-begin-sentence = Доки ніхто не підтвердить, події SES сюди не надходять. Само собою нічого не підтверджується.
sns-begin-advice = Якщо підписку створив хтось із вас, відкрийте посилання в браузері протягом трьох днів. Якщо ні, нічого не робіть.
sns-end-title = Підписка Amazon SNS закінчилася
sns-end-sentence = Події SES сюди більше не надходять: про листи, що повертаються, ніхто не дізнається.
sns-end-advice = Якщо її ніхто не скасовував, посилання її відновить.

## Перевірка каналу

test-subject = ТЕСТ: сповіщення { $project } доходять до вас ({ $channel })
test-eyebrow = { $project } · Тест
test-title = ТЕСТ: цей канал працює
test-sentence = Цю перевірку замовив користувач { $actor }. Нічого не сталося, робити нічого не треба.
test-advice = Сповіщення про { $project } можуть надходити сюди.
test-fact-channel = Канал
test-fact-address = Кому
test-fact-asked = Замовлено
test-sms = ТЕСТ: сповіщення { $project } надходять через SMS. Замовив { $actor }; нічого не сталося.
test-why = Ви отримуєте це, бо { $actor } вказав вас для перевірки.
test-channel-email = пошта
test-channel-sms = SMS
test-channel-slack = Slack
test-channel-teams = Teams
test-channel-webhook = вебхук

## Код, що підтверджує номер

code-subject = { $project }: код, що підтверджує ваш номер
code-sms = { $code } – код підтвердження, { $project }. Діє 10 хв.

## Звіти: фільтри, список дзвінків, назви стовпців, кілька проєктів

only = Лише: { $what }
only-or = { " або " }
only-agent = працівник { $names }
only-team = команда { $names }
only-number = номер { $names }
only-queue = черга { $names }
only-department = відділ { $names }
only-stream = дзвінки з { $names }
only-source = джерело { $names }
only-medium = канал { $names }
only-campaign = кампанія { $names }
only-tag = мітка { $names }
only-at-least = { $least } або довше
only-at-most = { $most } або коротше
only-between = тривалістю від { $least } до { $most }
only-in-hours = у робочі години
only-outside-hours = поза робочими годинами
only-first-time = хто телефонує вперше
only-not-first-time = хто вже телефонував
direction-inbound = вхідні
direction-outbound = вихідні
direction-callback = запити на дзвінок
direction-internal = внутрішні
direction-transit = транзитні
direction-unknown = напрямок невідомий
status-answered = прийняті
status-missed = пропущені
status-missed-no-answer = ніхто не підняв слухавку
status-missed-busy = телефони зайняті
status-missed-abandoned = поклали слухавку в черзі
status-missed-cancelled = поклали слухавку під час виклику
status-missed-voicemail = голосова пошта
status-missed-ivr = завершили в меню
status-missed-no-route = переадресація не спрацювала
status-client-not-reached = не додзвонилися
status-client-no-answer = клієнт не відповів
status-client-busy = у клієнта зайнято
status-failed = не вдалося
status-forbidden = заборонено
status-system-only = лише автомат
status-in-progress = ще триває
status-unknown = статус невідомий
status-left-out = не враховані
answered-by-human = людина
answered-by-voicemail = голосова пошта
answered-by-ivr = меню
answered-by-none = ніхто
answered-by-unknown = невідомо
call-list = Дзвінки
listen = Слухати
number-withheld = прихований номер
yes = так
no = ні
origin-not-tracked = (не відстежується)
origin-not-shown = (не показано)
sources-not-known = Звідки телефонували, невідомо. Хто налаштував цей звіт, може зазначити це для кожного вашого номера.
by-hour-averages = У середньому за день тижня: { $list }
several-exceptions = Потребує уваги
several-nothing = Нічого не потребує уваги: ніхто не чекає, даних не бракує.
several-what = Що
several-no-data = немає даних за цей період
several-unknown = { $n ->
        [one] { $n } проєкт не має даних за цей період, а це не те саме, що відсутність дзвінків.
        [few] { $n } проєкти не мають даних за цей період, а це не те саме, що відсутність дзвінків.
       *[many] { $n } проєктів не мають даних за цей період, а це не те саме, що відсутність дзвінків.
    }
several-title-unknown = Немає даних для { $n } з { $all ->
        [one] { $all } проєкту
        [few] { $all } проєктів
       *[many] { $all } проєктів
    }
several-subject-unknown = { $calls }, немає даних для { $n ->
        [one] { $n } проєкту
        [few] { $n } проєктів
       *[many] { $n } проєктів
    }
several-no-calls = Дзвінків { $when } не було ({ $projects }).
several-behind = немає дзвінків після { $until } ({ $source })
several-own-unknown = ваші власні дзвінки не вдається виокремити
several-goal = { $figure }: { $value }, ціль { $goal }
several-zone = Усі проєкти пораховано за днями й годинами зони { $zone }.
several-own-rights = Тут є лише ті проєкти, у яких ви маєте роль.
several-more-to-call = Ще { $n }, див. звіт цього проєкту
table-project-id = Ключ проєкту
table-project = Проєкт
table-date = Дата
table-weekday = День тижня
table-hour = Година
table-reason = Чому пропущено
table-agent-id = Ключ працівника
table-kind = Вид рядка
kind-person = працівник
kind-team = команда
kind-no-team = без команди
kind-unknown = невідомо
table-agent-name = Ім’я працівника
table-agent = Працівник
table-team = Команда
table-source = Джерело
table-medium = Канал
table-campaign = Кампанія
table-calls = Дзвінки
table-answered = Прийняті
table-answer-rate = Частка прийнятих
table-missed = Пропущені
table-target = Цільові
table-share = Частка
table-previous-calls = Дзвінки раніше
table-previous-answered = Прийняті раніше
table-previous-target = Цільові раніше
table-to-call-back = Передзвонити
table-days = Днів
table-average = У середньому
table-client-number = Абонент
table-tries = Спроби
table-waited-sec = Очікування загалом
table-first-missed-at = Перший пропущений
table-attempts = Наші спроби
table-last-attempt-at = Наша остання спроба
table-reached-at = Зв’язалися
table-talk-sec = Розмова
table-talk-avg-sec = Середня розмова
table-rang-colleague-answered = Дзвонив, узяв колега
table-rang-caller-lost = Дзвонив, втрачено
table-called-back = Передзвонили
table-answered-share = Частка відповідей
table-outbound = Вихідні дзвінки
table-outbound-reached = Вихідні, додзвонилися
table-started-at = Початок
table-direction = Напрямок
table-status = Результат
table-wait-sec = Очікування
table-origin = Звідки
table-tracking-number = Набраний номер
table-call-id = Дзвінок
table-raw-status = Статус у джерелі
table-answered-by = Хто відповів
table-answered-at = Відповідь о
table-ended-at = Кінець
table-ring-sec = Виклик
table-ivr-sec = Меню
table-hold-sec = На утриманні
table-wrap-sec = Після дзвінка
table-duration-sec = Тривалість
table-from-number = Від
table-to-number = До
table-queue = Черга
table-department = Відділ
table-is-target = Цільовий
table-is-first-call = Перший дзвінок
table-is-repeat = Повторний
table-utm-source = utm source
table-utm-medium = utm medium
table-utm-campaign = utm campaign
table-utm-content = utm content
table-utm-term = utm term
table-first-utm-source = Перший utm source
table-first-utm-medium = Перший utm medium
table-first-utm-campaign = Перший utm campaign
table-first-utm-content = Перший utm content
table-first-utm-term = Перший utm term
table-landing = Цільова сторінка
table-referrer = Сайт-джерело
table-client-id = Ідентифікатор відвідувача
table-tags = Мітки
table-cost = Вартість
table-currency = Валюта
table-hangup-cause = Причина завершення
table-ended-by = Хто завершив
table-linked-id = Пов’язаний дзвінок
table-merged-into = Об’єднано з
table-region = Регіон
table-category = Категорія
table-rating = Оцінка
table-comment = Коментар
table-visitor-id = Відвідувач
table-id-is-synthetic = Ідентифікатор створено тут
table-recording-url = Запис
call-list-more = { $n ->
        [one] ще { $n } дзвінок
        [few] ще { $n } дзвінки
       *[many] ще { $n } дзвінків
    }
call-list-more-attached = { $n ->
        [one] ще { $n } дзвінок, у вкладеному файлі
        [few] ще { $n } дзвінки, у вкладеному файлі
       *[many] ще { $n } дзвінків, у вкладеному файлі
    }
call-list-more-print = { $n ->
        [one] Ще { $n } дзвінок не надруковано.
        [few] Ще { $n } дзвінки не надруковано.
       *[many] Ще { $n } дзвінків не надруковано.
    }
call-list-more-print-attached = { $n ->
        [one] Ще { $n } дзвінок не надруковано; він є у вкладеному списку.
        [few] Ще { $n } дзвінки не надруковано; вони є у вкладеному списку.
       *[many] Ще { $n } дзвінків не надруковано; вони є у вкладеному списку.
    }
several-projects = { $n ->
        [one] { $n } проєкт
        [few] { $n } проєкти
       *[many] { $n } проєктів
    }
several-lead = Ви прийняли { $rate } із { $n ->
        [one] { $n } дзвінка
        [few] { $n } дзвінків
       *[many] { $n } дзвінків
    } ({ $projects }).
several-to-call-back = { $n ->
        [one] { $n } абоненту передзвонити, чекає з { $when }
        [few] { $n } абонентам передзвонити, перший чекає з { $when }
       *[many] { $n } абонентам передзвонити, перший чекає з { $when }
    }
several-to-call-back-backlog = { $n ->
        [one] { $n } абоненту передзвонити
        [few] { $n } абонентам передзвонити
       *[many] { $n } абонентам передзвонити
    }, з них понад { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    } чекають: { $backlog }

## Власникові: звіт затримано, бо бракує дзвінків

held-subject = { $project }: звіт «{ $report }» затримано, бракує дзвінків
held-title = Звіт «{ $report }» чекає на дзвінки
held-sentence = Мав бути готовий: { $due } ({ $zone }). Його не надіслано, бо ще немає всіх дзвінків за цей період.
held-advice = Він надійде сам, щойно буде імпортовано дзвінки, яких бракує. Якщо їх не буде до { $until }, звіт не надсилатиметься.
held-advice-now = Щоб надіслати його зараз таким, як є, скористайтеся командою «send-now { $schedule } --waiting».
held-source = Бракує

gave-up-subject = { $project }: звіт «{ $report }» не надіслано, бракує дзвінків
gave-up-title = Звіт «{ $report }» не надіслано
gave-up-sentence = Мав бути готовий: { $due } ({ $zone }). Його затримували до { $until }; очікувані дзвінки так і не надійшли.
gave-up-advice = Його ніхто не отримав. Наступний буде складено за розкладом. Коли дзвінки з’являться, «send-now { $schedule }» надішле зразок за останній повний період.

## Attached files: headings of columns and sheets

sheet-figures = Показники
sheet-figure = Показник
sheet-value = Значення
sheet-how-we-count = Як ми рахуємо
sheet-empty = Немає рядків
sheet-more-rows = { $n ->
        [one] Ще { $n } рядок не вміщується на аркуш; він є у файлах CSV і JSON.
        [few] Ще { $n } рядки не вміщуються на аркуш; вони є у файлах CSV і JSON.
       *[many] Ще { $n } рядків не вміщуються на аркуш; вони є у файлах CSV і JSON.
    }
sheet-to-call-back = Передзвонити
sheet-agents = Працівники
sheet-sources = Джерела
sheet-by-day = За днями
sheet-by-hour = За годинами
sheet-call-list = Дзвінки
sheet-missed-reasons = Чому пропущено
sheet-projects = Проєкти
sheet-previous = До того
sheet-delta = Зміна
sheet-in-seconds = { $name }, секунди

## A mail kept short, and attachments that are too large

rows-not-shown = { $n ->
        [one] Ще { $n } рядок; тут його немає, щоб лист був коротким.
        [few] Ще { $n } рядки; тут їх немає, щоб лист був коротким.
       *[many] Ще { $n } рядків; тут їх немає, щоб лист був коротким.
    }
projects-not-shown = { $n ->
        [one] Ще { $n } проєкт; тут без подробиць, щоб лист був коротким.
        [few] Ще { $n } проєкти; тут без подробиць, щоб лист був коротким.
       *[many] Ще { $n } проєктів; тут без подробиць, щоб лист був коротким.
    }
lines-not-shown = { $n ->
        [one] Ще { $n } такий рядок; тут його немає, щоб лист був коротким.
        [few] Ще { $n } такі рядки; тут їх немає, щоб лист був коротким.
       *[many] Ще { $n } таких рядків; тут їх немає, щоб лист був коротким.
    }
too-large-subject = { $project }: { $n ->
        [one] вкладення завелике для листа
        [few] { $n } вкладення завеликі для листа
       *[many] { $n } вкладень завеликі для листа
    }
too-large-eyebrow = Вкладення
too-large-title = { $project }: { $n ->
        [one] вкладення не додано
        [few] { $n } вкладення не додано
       *[many] { $n } вкладень не додано
    }
too-large-sentence = Звіт «{ $report }» за { $occurrence } надіслано без { $n ->
        [one] файлу { $list }: з ним
        [few] файлів { $list }: з ними
       *[many] файлів { $list }: з ними
    } лист був би більшим за { $size }{ "\u00A0" }МБ. Показники в самому листі повні.
too-large-sentence-sample = Зразок звіту «{ $report }» надіслано без { $n ->
        [one] файлу { $list }: з ним
        [few] файлів { $list }: з ними
       *[many] файлів { $list }: з ними
    } лист був би більшим за { $size }{ "\u00A0" }МБ. Показники в самому листі повні.
too-large-advice = Звузьте звіт фільтрами чи стовпцями, оберіть коротший період або отримайте { $n ->
        [one] файл
        [few] файли
       *[many] файли
    } командою `preview`.

## Попередження про гроші та роботу сервісу

date-named = { $day } ({ $weekday })
date-named-short = { $day } ({ $weekday })

alert-what-project = кошти
alert-what-forwarding = кошти на переадресацію
alert-what-other = кошти «{ $name }»
alert-eyebrow = { $project } · { $topic }
alert-topic-paid = оплачений період
alert-topic-trial = пробний період
alert-topic-status = стан
alert-subject = { $project }: { $what }
alert-subject-funds = Сплатіть до { $payby }: { $what } проєкту { $project } можуть закінчитися { $end }
alert-subject-paid = Сплатіть до { $payby }: оплачений період проєкту { $project } закінчується { $end }
alert-subject-funds-today = Сплатіть сьогодні: { $what } проєкту { $project } можуть закінчитися { $end }
alert-subject-paid-today = Сплатіть сьогодні: оплачений період проєкту { $project } закінчується { $end }
alert-preview = Залишок { $balance }. Поповніть на { $sum }, щоб вистачило до { $day }.
alert-paid-title = оплачений період закінчується { $day }
alert-paid-then = Після цього постачальник може призупинити роботу сервісу.
alert-paid-over-title = оплачений період закінчився { $day }
alert-paid-over-then = Роботу сервісу можуть призупинити будь-якої миті. Оплата цьому запобіжить.
alert-paid-again-title = оплачено до { $day }, дякуємо
alert-trial-title = пробний період закінчується { $day }
alert-trial-then = Після цього сервіс перестане працювати, якщо ви не оберете тариф.
alert-trial-over-title = пробний період закінчився { $day }
alert-trial-over-then = Сервіс запрацює знову, щойно ви оберете тариф.
alert-funds-title = { $what } можуть закінчитися { $day }
alert-funds-title-past = { $what } могли закінчитися { $day }
alert-funds-title-soon = { $what } можуть невдовзі закінчитися
alert-low-title = { $what }: залишилося менше ніж { $sum }
alert-low-title-plain = { $what } вичерпуються
alert-owes-title = { $project }: борг { $sum }
alert-empty-title = { $project }: { $what } вичерпано
alert-empty-since = Відомо з { $at } ({ $zone }).
alert-empty-then = Що через це вимкнено: { $off }.
alert-empty-then-other = Постачальник може вимкнути те, за що сплачують цими коштами.
alert-topup-title = поповнення на { $sum } не вдалося
alert-topup-title-plain = поповнення не вдалося
alert-topup-why = Названа причина: { $why }.
alert-recovered-title = { $what } знову достатні, дякуємо
alert-suspended-title = { $project }: роботу призупинено
alert-suspended-since = З { $at } ({ $zone }).
alert-suspended-then = Частину сервісу вимкнено. Якщо бракує грошей, оплата її поверне; якщо ні, причину знає ваш провайдер.
alert-reactivated-title = { $project }: знову працює
alert-reactivated-since = Активний з { $at } ({ $zone }).
alert-archived-title = { $project }: проєкт в архіві
alert-archived-since = З { $at } ({ $zone }).
alert-archived-then = Це останнє повідомлення про нього: звіти про дзвінки більше не надсилаються. Повернути проєкт може лише ваш постачальник.
alert-usual-until = За звичайних витрат вистачить до { $day }.
alert-usual-long = За звичайних витрат вистачить більш ніж на рік.
alert-ends = { $what } можуть закінчитися { $earliest }; за звичайних витрат вистачить до { $expected }.
alert-ends-earliest = { $what } можуть закінчитися { $earliest }; за звичайних витрат вистачить більш ніж на рік.
alert-ends-long = Вистачить більш ніж на рік.
alert-too-little = Залишок відомий ({ $sum }), але витрати — лише за { $n ->
        [one] { $n } день
        [few] { $n } дні
        [many] { $n } днів
       *[other] { $n } дня
    }, тож сказати, на скільки його вистачить, не можна.
alert-too-little-plain = Витрати відомі лише за { $n ->
        [one] { $n } день
        [few] { $n } дні
        [many] { $n } днів
       *[other] { $n } дня
    }, тож сказати, на скільки вистачить, не можна.
alert-no-spend = За останні 28 днів витрат не було; кінця не видно.
alert-pay-by = Переказ триває { $n ->
        [one] близько { $n } робочого дня
        [few] близько { $n } робочих днів
        [many] близько { $n } робочих днів
       *[other] близько { $n } робочого дня
    }, тож сплатіть, будь ласка, до { $day }.
alert-pay-by-plain = Сплатіть, будь ласка, до { $day }.
alert-pay-by-today = Це останній день, коли переказ надійде вчасно: сплатіть, будь ласка, { $day }.
alert-today = сьогодні
alert-pay-by-past = Останній день, коли оплата надійшла б вчасно, — { $day }; сплатіть, будь ласка, найшвидшим способом.
alert-stale = Останній відомий залишок — станом на { $at } ({ $zone }); тепер він може бути більшим або меншим.
alert-usage-untold = Останній день, витрати за який відомі, — { $day }; прогноз спирається на дні до нього включно.
alert-cannot-wait = Це не може чекати до ранку наступного робочого дня, тому надходить зараз.
alert-then = Якщо вони закінчаться: { $off }.
alert-off-forwarding = переадресовані дзвінки більше не з’єднуються
alert-off-other = постачальник може вимкнути те, за що ними сплачують
alert-add = Поповнити на { $sum }
alert-sms-pay = Поповніть, будь ласка, на { $sum } до { $day }.
alert-sms-stale = Останній залишок — станом на { $day }.
alert-sms-balance = Залишок: { $sum }.
alert-sms-late = Переказ уже не встигне: поповніть на { $sum } найшвидшим способом.
alert-sms-late-plain = Переказ уже не встигне: сплатіть найшвидшим способом.
alert-pay-now = Сплатити
alert-choose-plan = Обрати тариф
alert-covers = { $sum } вистачить до { $day } навіть у жвавий місяць; без податку.
alert-how = Звідки ми це знаємо
alert-fact-balance = Залишок
alert-as-of = станом на { $at } ({ $zone })
alert-fact-credit = Кредитний ліміт
alert-fact-spend = Звичайні витрати
alert-a-day = { $sum } на день
alert-by-week = { $work } у робочі дні, { $weekend } у вихідні
alert-fact-charge = Відоме списання
alert-charge-on = { $sum }, { $day }
alert-fact-earliest = Найраніший кінець
alert-if-busy = з обережним розрахунком, за жвавішими днями останніх чотирьох тижнів
alert-fact-expected = Очікуваний кінець
alert-at-usual = за звичайних витрат
alert-beyond = більш ніж за рік
alert-walk = День за днем
alert-walk-caption = Залишок на кінець дня, { $currency }
alert-column-day = День
alert-column-expected = Очікувано
alert-column-busy = Обережно
alert-walk-more = { $n ->
        [one] ще { $n } день
        [few] ще { $n } дні
        [many] ще { $n } днів
       *[other] ще { $n } дня
    }
alert-note-pay-by = останній день для оплати
alert-note-earliest = найраніший кінець
alert-note-expected = очікуваний кінець
alert-told = Про це повідомлено: { $names }.
alert-next = Наступне нагадування: { $day }.
alert-next-also = Наступне нагадування: { $day }, також для { $names }.
alert-next-paid = Оплата його скасує.
alert-next-plan = Вибір тарифу його скасує.
alert-how-counted = Звичайні витрати — середнє за чотири останні такі самі дні тижня; поповнення та фіксовані списання не враховано; дні рахуються за місцевим часом ({ $zone }).
alert-why-finance = Ви отримуєте це, бо відповідаєте за фінанси проєкту { $project }.
alert-why-ops = Ви отримуєте це, бо відповідаєте за роботу проєкту { $project }.

# Several warnings of one morning in one mail.
joined-eyebrow = Кілька попереджень разом
joined-title = { $n ->
        [one] { $n } проєкт потребує коштів
        [few] { $n } проєкти потребують коштів
        [many] { $n } проєктів потребують коштів
       *[other] { $n } проєкту потребують коштів
    }
joined-title-one = { $project }: потрібні кошти
joined-subject = { $n ->
        [one] { $n } проєкт потребує коштів
        [few] { $n } проєкти потребують коштів
        [many] { $n } проєктів потребують коштів
       *[other] { $n } проєкту потребують коштів
    }, перша сплата до { $payby }
joined-subject-one = { $project }: потрібні кошти, перша сплата до { $payby }
joined-care-title = { $n ->
        [one] { $n } проєкт потребує вашої уваги
        [few] { $n } проєкти потребують вашої уваги
        [many] { $n } проєктів потребують вашої уваги
       *[other] { $n } проєкту потребують вашої уваги
    }
joined-care-title-one = { $project }: потрібна ваша увага
joined-well-title = Знову все гаразд: { $n ->
        [one] { $n } проєкт
        [few] { $n } проєкти
        [many] { $n } проєктів
       *[other] { $n } проєкту
    }
joined-well-title-one = { $project }: знову все гаразд
joined-news = Новини
joined-care-pay-by = { $title }, перша сплата до { $payby }
joined-care-ends = { $title }, перше закінчення: { $end }
joined-ended = Закінчення
joined-project = Проєкт
joined-end = Може закінчитися
joined-pay-by = Сплатити до
joined-add = Додати
joined-now = зараз
joined-overdue = { $title }: прострочено { $n }
joined-more = { $n ->
        [one] Ще { $n } — лише в таблиці вище.
        [few] Ще { $n } — лише в таблиці вище.
        [many] Ще { $n } — лише в таблиці вище.
       *[other] Ще { $n } — лише в таблиці вище.
    }
joined-why = Ви отримуєте це через ваші ролі в цих проєктах.

# What a chat is not told, because its messages end there.
brief-more = … і ще { $n }.
# A payment that is on its way.
alert-paid-button = Оплачено, кошти надійдуть …
alert-paid-quiets = Вимикає нагадування до наступного дня.
paid-ask-title = Коли надійде ваша оплата?
paid-ask-sentence = { $project }: { $what }. Нагадувань не буде до наступного дня після надходження.
paid-ask-label = День надходження
paid-ask-button = Вимкнути нагадування
paid-ask-note = Про вичерпані кошти повідомимо все одно. Буде записано, що це вказав контакт { $name }. Нічого не зміниться, доки ви не натиснете кнопку.
paid-ask-wrong = Виберіть, будь ласка, день у межах: { $from } – { $to }.
paid-done-title = Нагадування вимкнено
paid-done-sentence = { $project }: { $what }. Очікуваний день надходження: { $day }. Якщо оплата не надійде, наступного дня нагадування продовжаться.
paid-done-button = Скасувати
paid-done-note = Повідомив контакт { $name }. Про вичерпані кошти повідомимо все одно.
paid-undone-title = Нагадування продовжуються
paid-undone-sentence = { $project }: { $what }. Повідомлення про майбутню оплату скасовано.
paid-gone-title = Ви більше не отримуєте цих нагадувань
paid-gone-sentence = { $project }: ваші ролі в ньому змінилися, тому про оплату повідомляє хтось інший.
# An automatic top-up that should have run.
alert-topup-late-title = автоматичне поповнення на { $sum } не надійшло
alert-topup-late-title-plain = автоматичне поповнення не надійшло
alert-topup-late-since = Воно мало відбутися: { $at } ({ $zone }).
# In somebody's place.
alert-why-deputy = Ви отримуєте це, бо заступаєте контакт { $name } у проєкті { $project } на час відсутності (до { $day }).

# What waited through quiet hours.
digest-topic = що чекало
digest-subject = { $project }: { $n ->
        [one] { $n } повідомлення
        [few] { $n } повідомлення
        [many] { $n } повідомлень
       *[other] { $n } повідомлення
    }, що чекали
digest-subject-several = { $n ->
        [one] { $n } повідомлення
        [few] { $n } повідомлення
        [many] { $n } повідомлень
       *[other] { $n } повідомлення
    }, що чекали, з { $projects ->
        [one] { $projects } проєкту
        [few] { $projects } проєктів
        [many] { $projects } проєктів
       *[other] { $projects } проєкту
    }
digest-of-balance = { $what } ({ $balance })
digest-title = Що на вас чекало
digest-lead = Досі актуально: { $open }. Виникло й вирішено: { $over }. Те, що не може чекати, надійшло одразу.
digest-open = Досі актуально: { $what }
digest-over = Виникло й вирішено: { $what }
digest-news = { $what }
digest-why = Ви отримуєте це, бо ваші тихі години закінчилися або настав час, на який ви хочете отримувати такі новини разом.

# Limits of texts.
texts-topic = SMS
texts-near-day-title = Використано { $used } із { $most } SMS для { $name } на сьогодні
texts-near-month-title = Використано { $used } із { $most } SMS цього місяця
texts-full-day-title = Денне обмеження в { $most } SMS для { $name } вичерпано
texts-full-month-title = Місячне обмеження в { $most } SMS вичерпано
texts-near-day-then = Коли обмеження буде вичерпано, сьогодні на цей телефон більше нічого не надійде. Інші канали працюватимуть далі.
texts-near-month-then = Коли обмеження буде вичерпано, до кінця місяця SMS не надсилатимуться. Інші канали працюватимуть далі.
texts-full-day-then = Сьогодні на цей телефон більше нічого не надійде. Інші канали працюють далі.
texts-full-month-then = До кінця місяця SMS не надсилатимуться. Інші канали працюють далі.
texts-advice = Обмеження задано в налаштуваннях системи, у розділі [sms]. SMS буде менше, якщо надсилати на телефони лише критичні попередження.
