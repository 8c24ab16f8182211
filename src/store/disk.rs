//! Which disk a file is on. SQLite in WAL mode needs memory that all who open the file share, and locks that hold: file systems
//! over a network promise neither, and a database there breaks one day without a word.

use std::path::Path;

/// File systems that are somewhere else, as the kernel calls them; `fuse.` ones by what follows.
const NETWORKS: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.davfs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.goofys",
    "fuse.mount.s3",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "gfs",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs3",
    "nfs4",
    "ocfs2",
    "orangefs",
    "smb2",
    "smb3",
    "smbfs",
];

/// The kernel's list of what is mounted where; where there is none, nobody knows.
const MOUNTS: &str = "/proc/self/mountinfo";

/// The kind of network file system that a file is on, or will be when it is made; `None`: it is on none, or nobody knows.
pub(super) fn network_of(file: &Path) -> Option<String> {
    // Of a file that isn't there yet its folder counts; links lead to where the bytes are.
    let real = file.ancestors().find_map(|path| path.canonicalize().ok())?;
    let mounts = std::fs::read_to_string(MOUNTS).ok()?;
    let kind = kind_of(&real, &mounts)?;
    is_network(kind).then(|| kind.to_owned())
}

/// Whether SQLite is refused on a file system of this kind.
fn is_network(kind: &str) -> bool {
    NETWORKS.contains(&kind)
}

/// The file system that a path is on, by a list as [`MOUNTS`] has it: the longest of those above the path, and of those at
/// one place the last, which covers the others.
fn kind_of<'a>(path: &Path, mounts: &'a str) -> Option<&'a str> {
    let mounted = |line: &'a str| {
        let (place, kind) = line.split_once(" - ")?;
        let folder = unescaped(place.split(' ').nth(4)?);
        path.starts_with(&folder)
            .then(|| (Path::new(&folder).components().count(), kind.split(' ').next().unwrap_or_default()))
    };
    mounts.lines().filter_map(mounted).max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// Blanks in names are written as `\040`.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
21 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
22 21 0:33 / /srv rw,relatime shared:12 - nfs4 filer:/srv rw,vers=4.2
23 22 0:44 / /srv/local rw - xfs /dev/vdb rw
24 21 0:45 / /mnt/my\\040share rw - cifs //filer/share rw
25 21 0:46 / /data rw - ext4 /dev/vdc rw
26 25 0:47 / /data rw - fuse.sshfs me@there:/data rw
";

    #[test]
    fn a_file_is_on_the_mount_that_is_nearest_above_it() {
        for (path, kind, refused) in [
            ("/var/lib/callbrief.db", "ext4", false),
            ("/srv/callbrief.db", "nfs4", true),
            ("/srv/local/callbrief.db", "xfs", false),
            ("/srvs/callbrief.db", "ext4", false),
            ("/mnt/my share/callbrief.db", "cifs", true),
            ("/data/callbrief.db", "fuse.sshfs", true),
        ] {
            let found = kind_of(Path::new(path), LIST).expect("something is mounted");
            assert_eq!((found, is_network(found)), (kind, refused), "{path}");
        }
        assert!(["tmpfs", "overlay", "btrfs", "zfs", "virtiofs", "fuseblk"].iter().all(|kind| !is_network(kind)));
        assert_eq!(kind_of(Path::new("/x"), ""), None);
    }

    #[test]
    fn a_file_of_this_test_is_on_no_network() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(network_of(&folder.path().join("none/yet.db")), None);
    }
}
