-- The allowed domains of projects. Caller: migrate, once. Index: none, all are wanted.
select key, allowed_domains from projects order by key
