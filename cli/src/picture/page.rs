//! A page with the pictures of a cohort.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::file;
use crate::output::AtomicFile;
use crate::record::Visit;

const HEAD: &str = "<!doctype html>
<html lang=\"en\"><meta charset=\"utf-8\"><title>radiomics: regions</title>
<style>
body { background: #111; color: #ddd; font: 15px sans-serif; margin: 1em auto; max-width: 1080px }
h2 { font-size: 1.1em; margin: 2em 0 .3em } img { max-width: 100% } .failed { color: #f66 } li { color: #fb6 }
</style>
";

/// Writes `index.html` beside the pictures.
pub fn page(folder: &Path, visit: Visit<'_>) -> io::Result<()> {
    let mut out = BufWriter::new(AtomicFile::create(&folder.join("index.html"), ".partial")?);
    out.write_all(HEAD.as_bytes())?;
    visit(&mut |case| {
        if let Some(failure) = &case.failure {
            writeln!(out, "<h2>{}</h2>", escape(&case.case))?;
            writeln!(out, "<p class=\"failed\">{}</p>", escape(failure))?;
        }
        for region in &case.regions {
            writeln!(out, "<h2>{} &middot; {}</h2>", escape(&case.case), escape(&region.region))?;
            if let Some(failure) = &region.failure {
                writeln!(out, "<p class=\"failed\">{}</p>", escape(failure))?;
            }
            let warnings = case.warnings.iter().chain(&region.warnings);
            let warnings: String = warnings.map(|w| format!("<li>{}</li>", escape(w))).collect();
            if !warnings.is_empty() {
                writeln!(out, "<ul>{warnings}</ul>")?;
            }
            if region.failure.is_none() {
                let name = file(&case.case, &region.region);
                writeln!(out, "<img loading=\"lazy\" src=\"{name}\" alt=\"{name}\">")?;
            }
        }
        Ok(())
    })?;
    writeln!(out, "</html>")?;
    out.into_inner().map_err(|e| e.into_error())?.commit().map(drop)
}

/// Text that is no markup.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c => out.push(c),
        }
    }
    out
}
