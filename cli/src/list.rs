//! `radiomics features` and `radiomics options`.

use radiomics::registry::{FEATURES, OPTIONS, PRESETS};

use crate::args::{Format, List};
use crate::failure::Failure;
use crate::table::{Cell, Table};

pub fn features(args: &List) -> Result<(), Failure> {
    let row = |f: &radiomics::registry::Feature| {
        vec![
            Cell::text(f.id),
            Cell::text(f.name),
            Cell::text(f.code),
            Cell::text(f.family.name()),
            Cell::text(f.unit),
            Cell::text(f.title),
        ]
    };
    let rows = FEATURES.iter().map(row).collect();
    let header = &["id", "feature", "ibsi_code", "family", "unit", "title"];
    Table { header, rows }.write(args.format, None)
}

pub fn options(args: &List) -> Result<(), Failure> {
    let row = |o: &radiomics::registry::OptionSpec| {
        vec![
            Cell::text(o.key),
            Cell::text(o.kind.name()),
            Cell::text(o.default),
            Cell::text(o.unit),
            Cell::text(o.range),
            Cell::text(o.help),
        ]
    };
    let rows = OPTIONS.iter().map(row).collect();
    let header = &["key", "type", "default", "unit", "range", "help"];
    Table { header, rows }.write(args.format, None)?;
    if args.format == Some(Format::Table) {
        for preset in PRESETS {
            println!("\npreset {}: {}", preset.name, preset.title);
            for (key, text) in preset.settings {
                println!("  {key}={text}");
            }
        }
    }
    Ok(())
}
