-- The attributions of these ids.
-- $1: [id, …]. Caller: store::slices. Index: primary key.
select id, source, medium, campaign, referrer_host, has_session from attributions
where id in (select value from json_each($1))
