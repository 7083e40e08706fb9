//! What stands in for samples that are not finite before the spline filter, which would spread them along
//! whole lines.

use super::spline::MARGIN;
use crate::error::Error;
use crate::host::Watch;

/// How deep gaps are filled from their rim. Deeper samples count as 0: the pole to this power is 7e-10.
pub const DEPTH: usize = MARGIN / 2;

/// Fills the NaN of a box from their rim inward: each round gives the samples that touch others along an
/// interpolated axis the mean of those.
///
/// A constant stays one, and an added constant stays added. What fills a gap depends on its surroundings
/// up to [`DEPTH`] samples away and not on how large the box is. `before` is scratch of one slice.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn fill(
    data: &mut [f64],
    [sx, sy, sz]: [usize; 3],
    interpolated: [bool; 3],
    before: &mut [f64],
    watch: &Watch,
) -> Result<(), Error> {
    for _ in 0..DEPTH {
        let (mut filled, mut left) = (0u64, 0u64);
        for z in 0..sz {
            watch.check()?;
            for y in 0..sy {
                for x in 0..sx {
                    let (i, here) = ((z * sy + y) * sx + x, y * sx + x);
                    let sample = data[i];
                    if sample.is_nan() {
                        // `before` holds what stood in the samples already visited before this round:
                        // this slice up to here, the previous slice from here on.
                        let near = [
                            (interpolated[0] && x > 0).then(|| before[here - 1]),
                            (interpolated[0] && x + 1 < sx).then(|| data[i + 1]),
                            (interpolated[1] && y > 0).then(|| before[here - sx]),
                            (interpolated[1] && y + 1 < sy).then(|| data[i + sx]),
                            (interpolated[2] && z > 0).then(|| before[here]),
                            (interpolated[2] && z + 1 < sz).then(|| data[i + sx * sy]),
                        ];
                        let finite = || near.iter().flatten().filter(|v| v.is_finite());
                        let count = finite().count() as f64;
                        if count > 0.0 {
                            data[i] = finite().map(|v| v / count).sum();
                            filled += 1;
                        } else {
                            left += 1;
                        }
                    }
                    before[here] = sample;
                }
            }
        }
        if left == 0 || filled == 0 {
            break;
        }
    }
    for row in data.chunks_mut(sx.max(1) * sy.max(1)) {
        watch.check()?;
        row.iter_mut().filter(|x| x.is_nan()).for_each(|x| *x = 0.0);
    }
    Ok(())
}
