//! Dates and times of DICOM as seconds.

/// Seconds since the first of March of the year 0, on the clock of the scanner.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(in crate::dicom) struct Moment(pub f64);

/// Seconds of a day.
pub(super) const DAY: f64 = 86_400.0;

impl Moment {
    /// A date and time in one value, `YYYYMMDDHHMMSS.FFFFFF`; an offset from universal time is that of the
    /// scanner's clock and left out.
    pub(super) fn stamp(text: &str) -> Option<Self> {
        let clock = text.split(['+', '-']).next()?;
        moment(clock.get(..8)?, clock.get(8..)?)
    }

    /// The day it lies on, as its first moment.
    pub(super) fn day(self) -> Self {
        Self((self.0 / DAY).floor() * DAY)
    }

    /// Seconds from another moment to this one.
    pub(super) fn since(self, earlier: Self) -> f64 {
        self.0 - earlier.0
    }
}

/// The moment of a date `YYYYMMDD` (or the old `YYYY.MM.DD`) and a time.
pub(super) fn moment(date: &str, time: &str) -> Option<Moment> {
    let digits: String = date.chars().filter(|c| *c != '.').collect();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits[range].parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March have their leap day at the end.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day
            - 1;
    Some(Moment(days as f64 * DAY + time_of_day(time)?))
}

/// Seconds of a time `HHMMSS.FFFFFF`, of which minutes and seconds may be missing (or the old `HH:MM:SS`).
pub(super) fn time_of_day(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| *c != ':').collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !matches!(whole.len(), 2 | 4 | 6) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |at: usize| whole.get(at..at + 2).map_or(Some(0.0), |t| t.parse::<f64>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    if hours >= 24.0 || minutes >= 60.0 || seconds > 60.0 {
        return None;
    }
    let fraction: f64 =
        if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().ok()? };
    Some(hours * 3600.0 + minutes * 60.0 + seconds + fraction)
}
