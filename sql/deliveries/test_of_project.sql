-- The test that a reference ($1) names, if it is one of this project ($2). Caller: the API. Index: unique (reference).
select id from deliveries where reference = $1 and project = $2 and kind = 'test'
