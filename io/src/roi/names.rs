//! Which regions are meant.

use std::fmt;

use regex::Regex;

/// A way to name regions.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Every region of the source.
    All,
    /// Exactly this name. Where no region has it, `*` and `?` stand for any characters and any one character.
    Name(String),
    /// A name with `*` and `?`.
    Glob(String),
    /// A regular expression that matches the whole name.
    Regex(String, Regex),
}

impl Pattern {
    /// `all`, a name, `glob:GTV*` or `regex:GTV-?[0-9]+`.
    ///
    /// # Errors
    /// What is wrong with a regular expression, or that the name is empty.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("the name of a region is empty: give a name, a glob or \"all\"".into());
        }
        if text == "all" {
            return Ok(Pattern::All);
        }
        if let Some(glob) = text.strip_prefix("glob:") {
            return Ok(Pattern::Glob(glob.into()));
        }
        if let Some(source) = text.strip_prefix("regex:") {
            let regex = Regex::new(&format!("^(?:{source})$"))
                .map_err(|e| format!("\"{source}\" is no regular expression: {e}"))?;
            return Ok(Pattern::Regex(source.into(), regex));
        }
        Ok(Pattern::Name(text.into()))
    }

    /// The places of the names that match, in their order.
    pub fn matches(&self, names: &[&str]) -> Vec<usize> {
        let find = |test: &dyn Fn(&str) -> bool| {
            (0..names.len()).filter(|i| test(names[*i])).collect::<Vec<_>>()
        };
        match self {
            Pattern::All => (0..names.len()).collect(),
            Pattern::Name(name) => {
                let exact = find(&|n| n == name.trim());
                if exact.is_empty() && name.contains(['*', '?']) {
                    find(&|n| glob(name, n))
                } else {
                    exact
                }
            }
            Pattern::Glob(pattern) => find(&|n| glob(pattern, n)),
            Pattern::Regex(_, regex) => find(&|n| regex.is_match(n)),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::All => f.write_str("all"),
            Pattern::Name(name) => f.write_str(name),
            Pattern::Glob(glob) => write!(f, "glob:{glob}"),
            Pattern::Regex(source, _) => write!(f, "regex:{source}"),
        }
    }
}

/// Whether a name matches a pattern in which `*` is any characters and `?` any one.
fn glob(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    // After a star that took too little: the star, and the end of what it takes next.
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((star, taken)) = retry else { return false };
                retry = Some((star, taken + 1));
                p = star + 1;
                n = taken + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}
