-- Codes that went to phone numbers, and the numbers that they confirmed. A code itself is kept nowhere.

create table number_confirmations (
    id integer primary key autoincrement,
    contact text not null references contacts (id) on delete cascade,
    number text not null,                   -- E.164, as among the contact's addresses
    code_hash text not null,                -- HMAC-SHA-256 over contact, number, sent_at and code, in hex
    tries integer not null default 0,       -- codes that somebody gave, right or wrong
    sent_at integer not null,               -- when it was asked for
    expires_at integer not null,
    confirmed_at integer,
    confirmed_by text                       -- who gave the code: a person of ours, or `recipient` by an answer
);
create index number_confirmations_of_contact on number_confirmations (contact, number);
create index number_confirmations_of_number on number_confirmations (number, sent_at);
