//! Laws: what the program computes, computed a second time in the plainest way, which shares no code with it.

mod clock;
mod outage;
mod rhythm;
mod year;
