//! Laws: what the program computes, computed a second time in the plainest way, which shares no code with it.

mod again;
mod clock;
mod funds;
mod nights;
mod outage;
mod rhythm;
mod states;
mod year;
