//! What the machine has, for servers that tests start themselves.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A program on PATH or in /usr/sbin.
///
/// # Panics
/// With `how_to_install` where there is none: a test that can't run fails and says what it lacks.
pub fn program(name: &str, how_to_install: &str) -> PathBuf {
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    on_path
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| Path::join(&folder, name))
        .find(|file| file.exists())
        .unwrap_or_else(|| panic!("{how_to_install}"))
}

/// Whether these tests run as root.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}
