//! Connected zones of one grey level: one labelling serves GLSZM and GLDZM.
//!
//! Zones are 26-connected in a volume and 8-connected in a slice. In 2.5D the zones of all slices form one
//! matrix.

mod distance;
mod label;

use super::emphasis::{COMMON, Matrix};
use super::glcm::check_size;
use super::means::Means;
use super::{gldzm, glszm};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};
pub use label::{Zone, Zones};

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], _max_levels: u32, _which: Aggregations) -> Footprint {
    Zones::footprint(shape)
}

/// Computes both families for every aggregation in `which`; outputs are in the order of
/// [`Aggregation::DIRECTIONLESS`], and the others stay as they are. The distance to the border is that of
/// [`Mask::MORPHOLOGICAL`], whose box is that of the levels.
///
/// # Errors
/// When the boxes differ, the scratch is too small, or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    mask: &Mask,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut glszm: Option<&mut [glszm::Features; 3]>,
    mut gldzm: Option<&mut [gldzm::Features; 3]>,
) -> Result<(), Error> {
    check_size(levels)?;
    if mask.shape() != levels.shape() {
        return Err(Error::invalid("mask.shape[0]", mask.shape()[0], "the box of the levels"));
    }
    let mut write =
        |aggregation: Aggregation, sizes: [Value; COMMON], distances: [Value; COMMON]| {
            let at = Aggregation::DIRECTIONLESS.iter().position(|a| *a == aggregation).unwrap_or(0);
            if let Some(out) = glszm.as_deref_mut() {
                out[at] = sizes;
            }
            if let Some(out) = gldzm.as_deref_mut() {
                out[at] = distances;
            }
        };
    const NONE: Status = Status::EmptyIntensityMask;
    let none = [Value::undefined(NONE); COMMON];
    if which.has(Aggregation::Slices2D) || which.has(Aggregation::Slices2_5D) {
        let mut zones = Zones::find(levels, mask, Extent::Slice, watch, scratch.scope())?;
        let (mut sizes, mut distances) = (Means::new(), Means::new());
        for z in 0..levels.shape()[2] {
            watch.check()?;
            let [size, distance] = zones.matrices(z..z + 1);
            size.iter().for_each(|features| sizes.push(features));
            distance.iter().for_each(|features| distances.push(features));
        }
        if which.has(Aggregation::Slices2D) {
            write(Aggregation::Slices2D, sizes.means(NONE), distances.means(NONE));
        }
        if which.has(Aggregation::Slices2_5D) {
            let [size, distance] = zones.matrices(0..levels.shape()[2]);
            write(Aggregation::Slices2_5D, size.unwrap_or(none), distance.unwrap_or(none));
        }
    }
    if which.has(Aggregation::Volume3D) {
        let mut zones = Zones::find(levels, mask, Extent::Volume, watch, scratch.scope())?;
        let [size, distance] = zones.matrices(0..levels.shape()[2]);
        write(Aggregation::Volume3D, size.unwrap_or(none), distance.unwrap_or(none));
    }
    Ok(())
}

/// Features of a list of keys, each a level and a size; sorts the keys.
fn features<K: Copy + Ord>(
    keys: &mut [K],
    split: impl Fn(K) -> (usize, usize),
    swap: impl Fn(K) -> K,
    voxels: u64,
) -> Option<[Value; COMMON]> {
    let mut matrix = Matrix::default();
    keys.sort_unstable();
    for equal in keys.chunk_by(|a, b| a == b) {
        let (level, size) = split(equal[0]);
        matrix.add(level, size, equal.len() as u64);
    }
    // With level and size swapped, columns are neighbours.
    keys.iter_mut().for_each(|key| *key = swap(*key));
    keys.sort_unstable();
    for column in keys.chunk_by(|a, b| split(*a).0 == split(*b).0) {
        matrix.add_column(column.len() as u64);
    }
    keys.iter_mut().for_each(|key| *key = swap(*key));
    matrix.features(voxels)
}
