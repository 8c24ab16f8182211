//! How calls come in: files and formats become events, events fold into calls.
