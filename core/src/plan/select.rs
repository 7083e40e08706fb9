//! Choosing columns by family, feature name, IBSI code, tag or filter.

use core::fmt::{self, Write};

use super::Column;
use crate::registry::Family;
use crate::settings::filter::ORIGINAL;

/// Whether a selector names a column: by itself, or by its filter and something else.
pub(super) fn matches(column: &Column, selector: &str) -> bool {
    match selector.split_once(':') {
        Some((filter, rest)) => {
            filtered(column, filter) && (rest.is_empty() || named(column, rest))
        }
        None => named(column, selector) || filtered(column, selector),
    }
}

/// Whether a filter, an image or the word for the unfiltered image names a column.
fn filtered(column: &Column, selector: &str) -> bool {
    match &column.filter {
        Some(filter) => filter.kind.name() == selector || writes(filter, selector),
        None => selector == ORIGINAL && column.feature.family != Family::Diagnostics,
    }
}

fn named(column: &Column, selector: &str) -> bool {
    let feature = column.feature;
    feature.family.name() == selector
        || (!feature.code.is_empty() && feature.code.eq_ignore_ascii_case(selector))
        || feature.name == selector
        || [*column, column.unfiltered()]
            .iter()
            .any(|c| writes(c.name(), selector) || writes(c.tag(), selector))
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
