-- A project by its number, retired or not (the ledger still speaks of it). Index: primary key.
select key, id, name, zone, locale, currency, week_start, allowed_domains, settings, applied_by
from projects
where key = $1
