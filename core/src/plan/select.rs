//! Choosing columns by family, feature name, IBSI code or tag.

use core::fmt::{self, Write};

use super::Column;

/// Whether a selector names a column.
pub(super) fn matches(column: &Column, selector: &str) -> bool {
    let feature = column.feature;
    feature.family.name() == selector
        || (!feature.code.is_empty() && feature.code.eq_ignore_ascii_case(selector))
        || feature.name == selector
        || writes(column.name(), selector)
        || writes(column.tag(), selector)
}

/// Whether something displays as exactly this text.
fn writes(shown: impl fmt::Display, text: &str) -> bool {
    struct Rest<'t>(&'t str);
    impl fmt::Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(part).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(text);
    write!(rest, "{shown}").is_ok() && rest.0.is_empty()
}
