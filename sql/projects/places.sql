-- Every project that isn't retired with what facts about its money are read by; nothing that could be unreadable.
-- By: funds/source. Index: none, all are wanted.
select key, id, zone, currency from projects where retired_at is null order by id
