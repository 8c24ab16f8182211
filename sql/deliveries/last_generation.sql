-- The last generation of a notice for an address; 0: none. Callers: resend. Index: unique key.
select coalesce(max(generation), 0) as last from deliveries where notice = $1 and channel = $2 and address = $3
