//! Sorting of short lists by any order, in little code: each order that the standard library sorts by is compiled to ten
//! times as much, which is for lists of voxels.

/// Sorts in rising order by heap: n log n comparisons whatever the list. What neither goes before is in any order.
pub(crate) fn sort<T>(values: &mut [T], mut before: impl FnMut(&T, &T) -> bool) {
    let count = values.len();
    // First every parent is after its children, then the last of all goes to the end again and again.
    for step in (0..count + count / 2).rev() {
        let (mut parent, end) = match step.checked_sub(count) {
            Some(parent) => (parent, count),
            None => {
                values.swap(0, step);
                (0, step)
            }
        };
        loop {
            let mut child = 2 * parent + 1;
            if child >= end {
                break;
            }
            if child + 1 < end && before(&values[child], &values[child + 1]) {
                child += 1;
            }
            if !before(&values[parent], &values[child]) {
                break;
            }
            values.swap(parent, child);
            parent = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    /// Every list of up to seven numbers below three, in both orders.
    #[test]
    fn all_short_lists() {
        for count in 0..=7 {
            for number in 0..3u32.pow(count) {
                let mut list = [0; 7];
                for (at, item) in list.iter_mut().enumerate() {
                    *item = number / 3u32.pow(at as u32) % 3;
                }
                let list = &mut list[..count as usize];
                let mut counts = [0; 3];
                list.iter().for_each(|item| counts[*item as usize] += 1);
                sort(list, |a, b| a < b);
                assert!(list.is_sorted());
                sort(list, |a, b| a > b);
                assert!(list.iter().rev().is_sorted());
                list.iter().for_each(|item| counts[*item as usize] -= 1);
                assert_eq!(counts, [0; 3]);
            }
        }
    }
}
