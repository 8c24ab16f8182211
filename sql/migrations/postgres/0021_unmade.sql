-- Deliveries that wait for a narrower variant: looked for all the time, and hardly ever there.
create index deliveries_unmade on deliveries (id) where state = 'queued' and variant is null;
