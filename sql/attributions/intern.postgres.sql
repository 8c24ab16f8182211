-- Numbers for attributions; the first spelling stays. $1 project, $2 JSON list of [digest in hex, source, medium,
-- campaign, referrer host, has session]. By: store/attributions. Index: unique (project, digest).
insert into attributions (project, digest, source, medium, campaign, referrer_host, has_session)
select $1, decode(l->>0, 'hex'), l->>1, l->>2, l->>3, l->>4, (l->>5)::boolean
from jsonb_array_elements($2::jsonb) l
on conflict (project, digest) do nothing
