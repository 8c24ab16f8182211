-- Adds a delivery; no row comes back when its key or its reference is taken. Callers: notify::post, resend.
-- Index: unique (notice, channel, address, generation), unique (reference).
insert into deliveries (project, notice, kind, schedule, occurrence, channel, address, generation, contact, display_name,
    variant, why, reference, message_id, message_date, state, reason, priority, not_before, give_up_at, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'queued', $16, $17, $18, $19, $20, $20)
on conflict do nothing
returning id
