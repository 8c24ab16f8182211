//! The loops that every replica runs. Each is one `step` that takes no input, does what is due, and can be run again.
