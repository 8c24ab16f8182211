-- What the server's clock shows, for the clocks of all replicas to follow. The only statement that asks for the time.
-- Caller: housekeeping.
select clock_timestamp() as now
