-- The attributions of these ids.
-- $1: [id, …]. Caller: store::slices. Index: primary key.
select id, source, medium, campaign, referrer_host, has_session from attributions
where id in (select value::bigint from jsonb_array_elements_text($1::jsonb))
