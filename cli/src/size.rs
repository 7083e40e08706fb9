//! Numbers of bytes as people write them.

/// `8589934592`, `512MiB`, `4GiB`, `2G`.
pub fn parse(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: u64 = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        other => return Err(format!("unknown unit {other}: expected KiB, MiB, GiB or TiB")),
    };
    let number: f64 = digits.trim().parse().map_err(|_| "expected a number of bytes".to_owned())?;
    let bytes = number * factor as f64;
    // From 2^63 on nothing could be addressed.
    if (0.0..9.2e18).contains(&bytes) {
        Ok(bytes as u64)
    } else {
        Err("expected a number of bytes below 2^63".into())
    }
}

/// In the largest unit of which there is at least one.
pub fn show(bytes: u64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} bytes") } else { format!("{amount:.1} {}", units[unit]) }
}
