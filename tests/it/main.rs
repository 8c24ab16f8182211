//! The one integration binary: real databases, a real SMTP conversation, a test clock.

#![expect(unreachable_pub, reason = "a test binary has no public surface")]

mod alerts;
mod api;
mod before;
mod bell;
mod calendar;
mod callbacks;
mod channels;
mod comeback;
mod complete;
mod crashes;
mod damaged;
mod demo;
mod directory;
mod downtime;
mod filters;
mod first;
mod flow;
mod forget;
mod funds;
mod heartbeat;
mod holds;
mod import;
mod large;
mod layers;
mod next;
mod out;
mod program;
mod reach;
mod readers;
mod relays;
mod said;
mod sending;
mod setup;
mod several;
mod slices;
mod smtp_faults;
mod start;
mod statements;
mod stopped;
mod support;
mod waiting;
mod web;
mod wishes;
mod worlds;
