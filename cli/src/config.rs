//! `radiomics config`.

use std::io::Write;

use crate::args;
use crate::failure::Failure;
use crate::study::{Study, show};

pub fn run(args: &args::Config) -> Result<(), Failure> {
    let study = Study::new(&args.study, &args.input)?;
    let title = match (&args.study.preset, &args.study.config) {
        (Some(name), _) => format!("Preset {name}"),
        (None, Some(path)) => format!("From {}", path.display()),
        (None, None) => "Defaults".to_owned(),
    };
    // A name with line breaks must not leave the comment.
    let title = title.replace(char::is_control, " ");
    let mut out = std::io::stdout().lock();
    out.write_all(show(&study, &title).as_bytes())?;
    Ok(out.flush()?)
}
