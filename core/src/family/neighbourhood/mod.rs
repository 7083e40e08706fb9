//! Every voxel beside its neighbours: one visit serves NGTDM and NGLDM.

mod tally;

use super::emphasis::Matrix;
use super::glcm::check_size;
use super::means::Means;
use super::{ngldm, ngtdm};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};
pub use tally::{LevelTally, Tally};

/// How far neighbours are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// Chebyshev radius of the NGTDM neighbourhood.
    pub ngtdm: u32,
    /// Chebyshev radius of the NGLDM neighbourhood.
    pub ngldm: u32,
    /// Largest difference of dependent grey levels in NGLDM; at least 0.
    pub alpha: f64,
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(
    shape: [usize; 3],
    max_levels: u32,
    _which: Aggregations,
    distances: &Distances,
) -> Footprint {
    let radius = distances.ngtdm.max(distances.ngldm);
    let levels = max_levels as usize;
    Tally::footprint(shape, max_levels, radius)
        .all_of(Footprint::of::<u64>(tally::window(radius, Extent::Volume) + 1))
        .all_of(Footprint::of::<u64>(levels).times(4))
}

/// Computes both families for every aggregation in `which`; outputs are in the order of
/// [`Aggregation::DIRECTIONLESS`], and the others stay as they are.
///
/// The mean over slices leaves out, for NGTDM, slices in which no voxel has a neighbour: they have no matrix.
///
/// # Errors
/// When a distance is 0 or beyond the margin of the levels, the scratch is too small, or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    distances: &Distances,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut ngtdm: Option<&mut [ngtdm::Features; 3]>,
    mut ngldm: Option<&mut [ngldm::Features; 3]>,
) -> Result<(), Error> {
    check_size(levels)?;
    for (field, distance) in
        [("ngtdm.distance", distances.ngtdm), ("ngldm.distance", distances.ngldm)]
    {
        if distance == 0 || distance as usize > levels.pad() {
            return Err(Error::invalid(field, distance, "from 1 to the margin of the levels"));
        }
    }
    if distances.alpha.is_nan() || distances.alpha < 0.0 {
        return Err(Error::invalid("ngldm.alpha", distances.alpha, "a number from 0 up"));
    }
    let nz = levels.shape()[2];
    for (at, aggregation) in Aggregation::DIRECTIONLESS.into_iter().enumerate() {
        if !which.has(aggregation) {
            continue;
        }
        let mut of = |extent, slices: core::ops::Range<usize>| {
            let scratch = scratch.scope();
            matrices(
                levels,
                distances,
                extent,
                slices,
                watch,
                scratch,
                ngtdm.is_some(),
                ngldm.is_some(),
            )
        };
        let (tone, dependence) = if aggregation == Aggregation::Slices2D {
            let (mut tones, mut dependences) = (Means::new(), Means::new());
            for z in 0..nz {
                let (tone, dependence) = of(Extent::Slice, z..z + 1)?;
                tone.iter().for_each(|features| tones.push(features));
                dependence.iter().for_each(|features| dependences.push(features));
            }
            let empty = Status::EmptyIntensityMask;
            (tones.means(Status::NoNeighbours), dependences.means(empty))
        } else {
            let (tone, dependence) = of(aggregation.extent(), 0..nz)?;
            (
                tone.unwrap_or([Value::undefined(Status::NoNeighbours); ngtdm::FEATURES]),
                dependence
                    .unwrap_or([Value::undefined(Status::EmptyIntensityMask); ngldm::FEATURES]),
            )
        };
        if let Some(out) = ngtdm.as_deref_mut() {
            out[at] = tone;
        }
        if let Some(out) = ngldm.as_deref_mut() {
            out[at] = dependence;
        }
    }
    Ok(())
}

/// Features of the matrices of some slices; `None` for a matrix without any count.
#[expect(clippy::too_many_arguments, reason = "two families in one visit")]
fn matrices<L: Level>(
    levels: &Levels<L>,
    distances: &Distances,
    extent: Extent,
    slices: core::ops::Range<usize>,
    watch: &Watch,
    mut scratch: Arena<'_>,
    want_ngtdm: bool,
    want_ngldm: bool,
) -> Result<(Option<ngtdm::Features>, Option<ngldm::Features>), Error> {
    let radius = distances.ngtdm.max(distances.ngldm);
    let window = tally::window(radius, extent);
    let columns = scratch.take_zeroed::<u64>(window + 1)?;
    let count = levels.count() as usize;
    let (tone_levels, tone_voxels) = (scratch.take::<u64>(count)?, scratch.take::<u64>(count)?);
    let (differences, order) = (scratch.take::<f64>(count)?, scratch.take::<u64>(count)?);
    let mut matrix = Matrix::default();
    let (mut present, mut voxels) = (0usize, 0u64);
    let wanted = (want_ngtdm, want_ngldm);
    Tally { levels, distances: *distances, extent, slices, wanted }.visit(
        watch,
        scratch,
        |level, row: &LevelTally| {
            for (dependence, count) in row.dependence.iter().enumerate() {
                if *count > 0 {
                    matrix.add(level, dependence, *count);
                    columns[dependence] += count;
                    voxels += count;
                }
            }
            if row.with_neighbours > 0 {
                let mut difference = crate::sum::Sums::<1>::new();
                for (neighbours, numerator) in row.numerators.iter().enumerate().skip(1) {
                    difference.push([*numerator as f64 / neighbours as f64]);
                }
                tone_levels[present] = level as u64;
                tone_voxels[present] = row.with_neighbours;
                differences[present] = difference.total()[0];
                present += 1;
            }
        },
    )?;
    let tone = match (want_ngtdm, present) {
        (false, _) | (_, 0) => None,
        _ => {
            let tones = ngtdm::Tones {
                levels: &tone_levels[..present],
                voxels: &tone_voxels[..present],
                differences: &differences[..present],
            };
            Some(ngtdm::extract(tones, order, watch)?)
        }
    };
    columns.iter().for_each(|column| matrix.add_column(*column));
    let energy = matrix.energy();
    let dependence = matrix.features(voxels).map(|common| {
        let mut out = [energy; ngldm::FEATURES];
        out[..common.len()].copy_from_slice(&common);
        out
    });
    Ok((tone, dependence))
}
