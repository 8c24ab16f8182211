-- Spells a project's ($1) allowed domains anew ($2). Caller: migrate, once. Index: primary key.
update projects set allowed_domains = $2 where key = $1
