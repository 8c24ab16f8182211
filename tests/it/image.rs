//! What the container image holds suffices: tried without a container engine, by the same list of files.

use std::path::Path;
use std::process::Command;

use crate::crashes::program;

#[test]
fn the_program_runs_on_the_image_s_files_alone() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/image");
    let output = Command::new(script).arg(program()).output().expect("it runs");
    let (said, why) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(77) {
        eprintln!("{}", why.trim());
        return;
    }
    assert!(output.status.success(), "{said}{why}");
    assert!(said.contains("read-only, as 65532, without a capability"), "{said}{why}");
}
