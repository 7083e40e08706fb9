//! What the shared library exports is what the header declares, under a name that moves with the interface.

use std::collections::BTreeSet;
use std::process::Command;

use support::clib::{include, library, run};

/// Names that a declaration of the header gives to functions.
fn prototypes() -> BTreeSet<String> {
    let header = std::fs::read_to_string(include().join("radiomics.h")).expect("the header");
    let mut found = BTreeSet::new();
    let code = header.split("extern \"C\" {").nth(1).expect("declarations");
    for statement in without_comments(code).split(';') {
        if let Some((front, _)) = statement.split_once('(')
            && let Some(name) = front.split([' ', '*', '\n']).next_back()
            && name.starts_with("radiomics_")
        {
            found.insert(name.to_owned());
        }
    }
    found
}

fn without_comments(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some((front, back)) = rest.split_once("/*") {
        out.push_str(front);
        rest = back.split_once("*/").expect("the end of a comment").1;
    }
    out.push_str(rest);
    out
}

#[test]
fn exports_are_the_prototypes_and_nothing_else() {
    let shared = library().join("libradiomics.so");
    let listed =
        run(Command::new("nm").args(["-D", "--defined-only", "--format=posix"]).arg(shared));
    let exported: BTreeSet<String> =
        listed.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    let declared = prototypes();
    assert!(declared.len() > 25, "{declared:?}");
    assert_eq!(exported, declared);
}

#[test]
fn the_recorded_name_moves_with_the_interface() {
    let shared = library().join("libradiomics.so");
    let dynamic = run(Command::new("readelf").arg("-d").arg(shared));
    let mut parts = env!("CARGO_PKG_VERSION").split('.');
    let (major, minor) = (parts.next().expect("a major"), parts.next().expect("a minor"));
    let wanted = match major {
        "0" => format!("[libradiomics.so.0.{minor}]"),
        major => format!("[libradiomics.so.{major}]"),
    };
    let soname = dynamic.lines().find(|line| line.contains("SONAME")).expect("a soname");
    assert!(soname.ends_with(&wanted), "{soname}");
}
