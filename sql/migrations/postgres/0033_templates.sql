-- Schedules that stand for many projects. What they come to are rows of schedules, which remember their template in their settings.
create table templates (
    id text not null primary key,
    body text not null,                     -- its [[schedule]] as a JSON object, every key as it was written
    applied_by text,                        -- the file that keeps it
    created_at timestamptz not null,
    updated_at timestamptz not null,
    retired_at timestamptz
);
