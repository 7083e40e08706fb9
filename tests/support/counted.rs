//! Sorted lists as counts.

/// The lowest value and the counts from it on, where the values are whole numbers in a short range.
pub fn counts(sorted: &[f64]) -> Option<(f64, Vec<u32>)> {
    let (first, last) = (*sorted.first()?, *sorted.last()?);
    let whole = sorted.iter().all(|x| x.fract() == 0.0 && x.abs() < 1e9);
    if !whole || last - first > 1e5 {
        return None;
    }
    let mut counts = vec![0; (last - first) as usize + 1];
    sorted.iter().for_each(|x| counts[(x - first) as usize] += 1);
    Some((first, counts))
}
