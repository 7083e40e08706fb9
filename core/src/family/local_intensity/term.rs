//! Sums of rows, in loops that become vectors.

use core::array::from_fn;

use bytemuck::Pod;

/// A number that is summed.
pub(super) trait Number: Pod + PartialOrd {
    fn plus(self, other: Self) -> Self;
}

/// A term of sums: whole numbers where they cannot overflow, which take less memory and give the same.
pub(super) trait Term: Number {
    /// The sum over a sphere.
    type Sum: Number + Into<f64>;
    fn widen(self) -> Self::Sum;
}

macro_rules! number {
    ($($type:ty),*) => {
        $(impl Number for $type {
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self + other
            }
        })*
    };
}

macro_rules! term {
    ($($type:ty => $sum:ty),*) => {
        $(impl Term for $type {
            type Sum = $sum;
            #[inline(always)]
            fn widen(self) -> $sum {
                <$sum>::from(self)
            }
        })*
    };
}

number!(u16, i32, f64);
term!(u16 => i32, f64 => f64);

/// Places that are summed together: lengths are multiples of it.
pub(super) const LANES: usize = 16;

/// The next multiple of [`LANES`].
pub(super) const fn padded(length: usize) -> usize {
    length.div_ceil(LANES).saturating_mul(LANES)
}

/// `out = sum of rows`, or `out += sum of rows`. Between one and eight rows; all have at least the length of `out`,
/// a multiple of [`LANES`].
pub(super) fn add<'r, T: Number>(
    out: &mut [T],
    more: bool,
    rows: usize,
    row: impl Fn(usize) -> &'r [T],
) {
    match rows {
        1 => add_rows::<T, 1>(out, more, from_fn(row)),
        2 => add_rows::<T, 2>(out, more, from_fn(row)),
        3 => add_rows::<T, 3>(out, more, from_fn(row)),
        4 => add_rows::<T, 4>(out, more, from_fn(row)),
        5 => add_rows::<T, 5>(out, more, from_fn(row)),
        6 => add_rows::<T, 6>(out, more, from_fn(row)),
        7 => add_rows::<T, 7>(out, more, from_fn(row)),
        8 => add_rows::<T, 8>(out, more, from_fn(row)),
        _ => {}
    }
}

#[inline(never)]
fn add_rows<T: Number, const N: usize>(out: &mut [T], more: bool, rows: [&[T]; N]) {
    let (out, _) = out.as_chunks_mut::<LANES>();
    let rows = rows.map(|row| &row.as_chunks::<LANES>().0[..out.len()]);
    for at in 0..out.len() {
        let mut sum = rows[0][at];
        for row in &rows[1..] {
            sum = plus(sum, &row[at]);
        }
        out[at] = if more { plus(sum, &out[at]) } else { sum };
    }
}

#[inline(always)]
fn plus<S: Number, const N: usize>(mut a: [S; N], b: &[S; N]) -> [S; N] {
    for lane in 0..N {
        a[lane] = a[lane].plus(b[lane]);
    }
    a
}

/// `out = before + ring`, or the ring alone; lengths are the same multiple of [`LANES`].
#[inline(never)]
pub(super) fn widen<T: Term>(out: &mut [T::Sum], before: Option<&[T::Sum]>, ring: &[T]) {
    match before {
        Some(before) => {
            for ((out, before), ring) in out.iter_mut().zip(before).zip(ring) {
                *out = before.plus(ring.widen());
            }
        }
        None => {
            for (out, ring) in out.iter_mut().zip(ring) {
                *out = ring.widen();
            }
        }
    }
}

/// `out += widened ring`; lengths are the same multiple of [`LANES`].
#[inline(never)]
pub(super) fn widen_more<T: Term>(out: &mut [T::Sum], ring: &[T]) {
    for (out, ring) in out.iter_mut().zip(ring) {
        *out = out.plus(ring.widen());
    }
}

/// `out += one + other`, of any length.
#[inline(never)]
pub(super) fn add_totals<S: Number>(out: &mut [S], one: &[S], other: Option<&[S]>) {
    let (outs, end) = out.as_chunks_mut::<4>();
    let (ones, one_end) = one.as_chunks::<4>();
    match other {
        Some(other) => {
            let (others, other_end) = other.as_chunks::<4>();
            for ((out, one), other) in outs.iter_mut().zip(ones).zip(others) {
                *out = plus(plus(*one, other), out);
            }
            for ((out, one), other) in end.iter_mut().zip(one_end).zip(other_end) {
                *out = one.plus(*other).plus(*out);
            }
        }
        None => {
            for (out, one) in outs.iter_mut().zip(ones) {
                *out = plus(*one, out);
            }
            for (out, one) in end.iter_mut().zip(one_end) {
                *out = one.plus(*out);
            }
        }
    }
}

/// The highest of some numbers, without those that compare with none unless it is the first.
pub(super) fn highest<S: Number>(numbers: &[S]) -> Option<S> {
    let first = *numbers.first()?;
    let mut highest = [first; LANES];
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            let x = chunk[lane];
            highest[lane] = if x > highest[lane] { x } else { highest[lane] };
        }
    }
    let higher = |a: S, b: &S| if *b > a { *b } else { a };
    Some(rest.iter().fold(highest.iter().fold(first, higher), higher))
}
