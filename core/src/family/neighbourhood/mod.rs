//! Every voxel beside its neighbours: one visit serves NGTDM and NGLDM.
//!
//! [`extract`] gives the features. The counts themselves, for tests and for those who want the matrices, come
//! from [`Tally`]: n_i and s_i of the NGTDM and the rows of the NGLDM, level by level.

mod near;
mod rows;
mod tally;

use super::emphasis::Matrix;
use super::means::Means;
use super::{ngldm, ngtdm};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::status::Status;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};
pub use tally::{LevelTally, Tally, Wanted, tally_footprint};

/// How far neighbours are looked for, in voxels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// Chebyshev radius of the NGTDM neighbourhood.
    pub ngtdm: u32,
    /// Chebyshev radius of the NGLDM neighbourhood.
    pub ngldm: u32,
    /// Largest difference of dependent grey levels in NGLDM (coarseness); at least 0.
    pub alpha: f64,
}

impl Distances {
    fn check(&self, pad: usize) -> Result<(), Error> {
        for (field, distance) in [("ngtdm.distance", self.ngtdm), ("ngldm.distance", self.ngldm)] {
            if distance == 0 || distance as usize > pad {
                return Err(Error::invalid(field, distance, "from 1 to the margin of the levels"));
            }
        }
        if self.alpha.is_nan() || self.alpha < 0.0 {
            return Err(Error::invalid("ngldm.alpha", self.alpha, "a number from 0 up"));
        }
        Ok(())
    }
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(
    shape: [usize; 3],
    max_levels: u32,
    which: Aggregations,
    distances: &Distances,
) -> Footprint {
    if Aggregation::DIRECTIONLESS.iter().all(|a| !which.has(*a)) {
        return Footprint::NONE;
    }
    let radius = distances.ngtdm.max(distances.ngldm);
    let columns = tally::window(shape, radius, Extent::Volume).saturating_add(1);
    Footprint::of::<u64>(columns)
        .all_of(Footprint::of::<u64>(max_levels as usize).times(4))
        .all_of(tally_footprint(shape, max_levels, distances))
}

/// Computes both families for every aggregation in `which`; outputs are in the order of
/// [`Aggregation::DIRECTIONLESS`], and the others stay as they are. A region without voxels leaves every
/// feature undefined.
///
/// The mean over slices is taken over slices with voxels; for NGTDM, slices in which no voxel has a neighbour
/// have no matrix and are left out as well. Without any matrix NGTDM is undefined for
/// [`Status::NoNeighbours`].
///
/// # Errors
/// When a distance is 0 or beyond the margin of the levels, alpha is negative or NaN, the box is too large, the
/// scratch is too small, or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    distances: &Distances,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut ngtdm: Option<&mut [ngtdm::Features; 3]>,
    mut ngldm: Option<&mut [ngldm::Features; 3]>,
) -> Result<(), Error> {
    distances.check(levels.pad())?;
    let wanted = Wanted { tones: ngtdm.is_some(), dependences: ngldm.is_some() };
    let nz = levels.shape()[2];
    let no_tones =
        if levels.voxels() == 0 { Status::EmptyIntensityMask } else { Status::NoNeighbours };
    for (at, aggregation) in Aggregation::DIRECTIONLESS.into_iter().enumerate() {
        if !which.has(aggregation) {
            continue;
        }
        let extent = aggregation.extent();
        let mut scratch = scratch.scope();
        let mut matrices = Matrices::take(levels, distances, extent, &mut scratch)?;
        let mut tally = Tally::new(levels, distances, extent, wanted, scratch)?;
        let (mut tones, mut dependences) = (Means::new(), Means::new());
        // One matrix of all slices is the mean of one.
        let step = if extent == Extent::Slice { 1 } else { nz.max(1) };
        for z in (0..nz).step_by(step) {
            let (tone, dependence) = matrices.of(&mut tally, z..z + step, watch)?;
            tone.iter().for_each(|features| tones.push(features));
            dependence.iter().for_each(|features| dependences.push(features));
        }
        if let Some(out) = ngtdm.as_deref_mut() {
            out[at] = tones.means(no_tones);
        }
        if let Some(out) = ngldm.as_deref_mut() {
            out[at] = dependences.means(Status::EmptyIntensityMask);
        }
    }
    Ok(())
}

/// Scratch for the features of one matrix of each family.
struct Matrices<'w> {
    /// Column sums of the NGLDM.
    columns: &'w mut [u64],
    tone_levels: &'w mut [u64],
    tone_voxels: &'w mut [u64],
    tone_differences: &'w mut [f64],
    order: &'w mut [u64],
}

impl<'w> Matrices<'w> {
    fn take<L: Level>(
        levels: &Levels<L>,
        distances: &Distances,
        extent: Extent,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let radius = distances.ngtdm.max(distances.ngldm);
        let count = levels.count() as usize;
        Ok(Self {
            columns: scratch
                .take(tally::window(levels.shape(), radius, extent).saturating_add(1))?,
            tone_levels: scratch.take(count)?,
            tone_voxels: scratch.take(count)?,
            tone_differences: scratch.take(count)?,
            order: scratch.take(count)?,
        })
    }

    /// Features of the matrices of some slices; `None` for a matrix without any count.
    fn of<L: Level>(
        &mut self,
        tally: &mut Tally<L>,
        slices: core::ops::Range<usize>,
        watch: &Watch,
    ) -> Result<(Option<ngtdm::Features>, Option<ngldm::Features>), Error> {
        let wanted = tally.wanted;
        let mut matrix = Matrix::default();
        let (mut present, mut voxels) = (0usize, 0u64);
        self.columns.fill(0);
        tally.visit(slices, watch, |level, row| {
            if wanted.dependences {
                for (dependence, count) in row.dependence.iter().enumerate() {
                    if *count > 0 {
                        matrix.add(level, dependence, *count);
                        self.columns[dependence] += count;
                    }
                }
                voxels += row.voxels;
            }
            if row.with_neighbours > 0 {
                self.tone_levels[present] = level as u64;
                self.tone_voxels[present] = row.with_neighbours;
                self.tone_differences[present] = row.difference();
                present += 1;
            }
        })?;
        let tone = if present > 0 {
            let tones = ngtdm::Tones::new(
                &self.tone_levels[..present],
                &self.tone_voxels[..present],
                &self.tone_differences[..present],
            )?;
            Some(ngtdm::extract(tones, self.order, watch)?)
        } else {
            None
        };
        self.columns.iter().for_each(|column| matrix.add_column(*column));
        let energy = matrix.energy();
        let dependence = matrix.features(voxels).map(|common| {
            let mut out = [energy; ngldm::FEATURES];
            out[..common.len()].copy_from_slice(&common);
            out
        });
        Ok((tone, dependence))
    }
}
