//! Dates and times of DICOM as seconds.

/// Microseconds since the first of March of the year 0, on the clock of the scanner. DICOM has six decimals of a
/// second, so nothing is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dicom) struct Moment(pub i64);

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400 * SECOND;

impl Moment {
    /// A date and time in one value, `YYYYMMDDHHMMSS.FFFFFF`; an offset from universal time is that of the
    /// scanner's clock and left out.
    pub(super) fn stamp(text: &str) -> Option<Self> {
        let clock = text.split(['+', '-']).next()?;
        moment(clock.get(..8)?, clock.get(8..)?)
    }

    /// The day it lies on, as its first moment.
    pub(super) fn day(self) -> Self {
        Self(self.0.div_euclid(DAY) * DAY)
    }

    /// Seconds from another moment to this one.
    pub(super) fn since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / SECOND as f64
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
    Some(Moment(days * DAY + time_of_day(time)?))
}

/// Microseconds of a time `HHMMSS.FFFFFF`, of which minutes and seconds may be missing (or the old `HH:MM:SS`).
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| *c != ':').collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !matches!(whole.len(), 2 | 4 | 6) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |at: usize| whole.get(at..at + 2).map_or(Some(0), |t| t.parse::<i64>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    if hours >= 24 || minutes >= 60 || seconds > 60 {
        return None;
    }
    // Digits beyond the sixth are not DICOM, and less than any clock knows.
    let micro: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    Some(((hours * 60 + minutes) * 60 + seconds) * SECOND + micro)
}
