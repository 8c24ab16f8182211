-- What a run's report tells of its calls ($2, JSON), as of $3. Caller: build_reports, in the transaction that posts its
-- notice. Index: primary key.
update runs set told = $2, told_as_of = $3 where id = $1
