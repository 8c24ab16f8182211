-- Nothing: an embedded database has no clock but the machine's. Caller: housekeeping.
select cast(null as integer) as now
