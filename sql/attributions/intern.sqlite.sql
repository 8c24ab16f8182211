-- Numbers for attributions; the first spelling stays. $1 project, $2 JSON list of [digest in hex, source, medium,
-- campaign, referrer host, has session]. By: store/attributions. Index: unique (project, digest).
insert into attributions (project, digest, source, medium, campaign, referrer_host, has_session)
select $1, unhex(l.value->>0), l.value->>1, l.value->>2, l.value->>3, l.value->>4, l.value->>5
from json_each($2) l
where true
on conflict (project, digest) do nothing
