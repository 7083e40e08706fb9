//! Connected zones of one grey level: one labelling serves GLSZM and GLDZM.
//!
//! Zones are 26-connected in a volume and 8-connected in a slice. In 2.5D the zones of all slices form one
//! matrix. [`extract`] gives the features; the zones themselves, with level, size and distance, come from
//! [`Zones`].

mod contacts;
mod distance;
mod label;
mod list;
mod matrix;

use super::means::Means;
use super::{gldzm, glszm};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::status::Status;
use crate::volume::{Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};
pub use list::{Zone, Zones};
use matrix::Counter;

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], _max_levels: u32, which: Aggregations) -> Footprint {
    if Aggregation::DIRECTIONLESS.iter().all(|a| !which.has(*a)) {
        return Footprint::NONE;
    }
    Zones::footprint(shape).all_of(Counter::footprint(shape))
}

/// Computes both families for every aggregation in `which`; outputs are in the order of
/// [`Aggregation::DIRECTIONLESS`], and the others stay as they are. The distance to the border is that of
/// [`Mask::MORPHOLOGICAL`], whose box is that of the levels.
///
/// The mean over slices is taken over slices with voxels. A region without voxels leaves every feature
/// undefined.
///
/// # Errors
/// When the boxes differ, a voxel with a level lies outside the morphological mask, the box has 2^31 voxels or more,
/// the scratch is too small, or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    mask: &Mask,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut glszm: Option<&mut [glszm::Features; 3]>,
    mut gldzm: Option<&mut [gldzm::Features; 3]>,
) -> Result<(), Error> {
    for extent in [Extent::Slice, Extent::Volume] {
        // Slices give the zones of 2D and, all together, those of 2.5D.
        let wanted = |a: &Aggregation| {
            which.has(*a) && (a.extent() == Extent::Volume) == (extent == Extent::Volume)
        };
        if !Aggregation::DIRECTIONLESS.iter().any(wanted) {
            continue;
        }
        let mut scratch = scratch.scope();
        let mut counter = Counter::take(levels.shape(), levels.count(), &mut scratch)?;
        let zones = Zones::find(levels, mask, extent, watch, scratch)?;
        let nz = levels.shape()[2];
        for (at, aggregation) in Aggregation::DIRECTIONLESS.into_iter().enumerate() {
            if !wanted(&aggregation) {
                continue;
            }
            // One matrix of all slices is the mean of one.
            let step = if aggregation.extent() == Extent::Slice { 1 } else { nz.max(1) };
            let (mut sizes, mut distances) = (Means::new(), Means::new());
            for z in (0..nz).step_by(step) {
                let (range, voxels) = zones.range(z..z + step);
                if glszm.is_some() {
                    let keys = &mut zones.sizes[range.clone()];
                    let features = counter.features(keys, voxels, watch)?;
                    features.iter().for_each(|features| sizes.push(features));
                }
                if gldzm.is_some() {
                    let keys = &mut zones.distances[range];
                    let features = counter.features(keys, voxels, watch)?;
                    features.iter().for_each(|features| distances.push(features));
                }
            }
            if let Some(out) = glszm.as_deref_mut() {
                out[at] = sizes.means(Status::EmptyIntensityMask);
            }
            if let Some(out) = gldzm.as_deref_mut() {
                out[at] = distances.means(Status::EmptyIntensityMask);
            }
        }
    }
    Ok(())
}
