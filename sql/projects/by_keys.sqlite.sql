-- Projects by their numbers ($1: JSON list), retired or not (the ledger still speaks of them). Index: primary key.
select p.key, p.id, p.name, p.zone, p.locale, p.currency, p.week_start, p.allowed_domains, p.settings, p.applied_by
from json_each($1) w
cross join projects p on p.key = w.value
