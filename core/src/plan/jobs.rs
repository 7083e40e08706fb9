//! The jobs of an extraction: each runs the families that one pass serves.

use super::ivh::Values;
use super::memory::max_levels;
use super::pass::Pass;
use super::results::Results;
use super::work::{JobKind, Work};
use crate::error::Error;
use crate::family::distribution::Distribution;
use crate::family::equal_pairs::EqualPairs;
use crate::family::{
    glcm, glrlm, intensity_histogram, intensity_volume_histogram as ivh, local_intensity,
    morphology, neighbourhood, spatial, statistics, zones,
};
use crate::host::Watch;
use crate::prepare::extremes::Extremes;
use crate::prepare::levels::AnyLevels;
use crate::prepare::resegment;
use crate::sort;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};

/// What the families read.
pub(super) struct Prepared<'p> {
    pub mask: Mask<'p>,
    pub intensities: Intensities<'p>,
    pub spacing: [f64; 3],
    /// Of the intensity mask, or why the intensity families have no value.
    pub extremes: Result<Extremes, Status>,
    /// Grey levels, or why there are none.
    pub levels: Result<AnyLevels<'p>, Status>,
    /// Intensities as counts, where they are whole numbers within a short range.
    pub counted: Option<Distribution<'p>>,
    /// Voxels of each grey level, where they follow from those counts.
    pub histogram: Option<&'p [u64]>,
}

/// What a job takes for a region box and an image box.
#[inline(never)]
pub(super) fn footprint(
    pass: &Pass,
    job: JobKind,
    region: [usize; 3],
    image: [usize; 3],
    spacing: [f64; 3],
) -> Footprint {
    let work = &pass.work;
    let levels = max_levels(pass);
    match job {
        JobKind::Morphology => match work.morphology {
            Some(wanted) => morphology::footprint(region, wanted),
            None => Footprint::NONE,
        },
        JobKind::Spatial => spatial::footprint(region),
        JobKind::Local => local_intensity::footprint(image, spacing),
        JobKind::Intensity => {
            let voxels = region.iter().fold(1usize, |n, side| n.saturating_mul(*side));
            let sorting = Footprint::of::<f64>(voxels).all_of(sort::footprint(voxels));
            sorting.any_of(Footprint::of::<u64>(levels as usize))
        }
        JobKind::Directional => {
            let footprint = EqualPairs::footprint(levels);
            let glcm = (!work.glcm.is_empty()).then(|| glcm::footprint(region, levels, work.glcm));
            let glrlm =
                (!work.glrlm.is_empty()).then(|| glrlm::footprint(region, levels, work.glrlm));
            let families = [glcm, glrlm].into_iter().flatten();
            footprint.all_of(families.fold(Footprint::NONE, Footprint::any_of))
        }
        JobKind::Zones => zones::footprint(region, levels, work.zones()),
        JobKind::Neighbourhood => {
            neighbourhood::footprint(region, levels, work.neighbourhood(), &distances(pass))
        }
    }
}

fn distances(pass: &Pass) -> neighbourhood::Distances {
    let s = &pass.settings;
    neighbourhood::Distances {
        ngtdm: s.ngtdm.distance,
        ngldm: s.ngldm.distance,
        alpha: s.ngldm.alpha,
    }
}

/// Runs a kernel on the levels, whatever their type.
macro_rules! on_levels {
    ($levels:expr, $view:ident => $run:expr) => {
        match $levels {
            AnyLevels::Narrow($view) => $run,
            AnyLevels::Wide($view) => $run,
        }
    };
}

/// Computes what the columns need of one job, into its part of the results.
///
/// # Errors
/// Too little scratch, or cancelled.
pub(super) fn run(
    job: JobKind,
    pass: &Pass,
    prepared: &Prepared,
    watch: &Watch,
    scratch: Arena<'_>,
    results: &mut Results,
) -> Result<(), Error> {
    let work: &Work = &pass.work;
    let Prepared { mask, intensities, spacing, .. } = prepared;
    match (job, &prepared.extremes, &prepared.levels) {
        (JobKind::Morphology, extremes, _) => {
            let Some(wanted) = work.morphology else { return Ok(()) };
            let readable = extremes.map(|_| intensities);
            let out = &mut results.morphology;
            morphology::extract(mask, readable, *spacing, wanted, watch, scratch, out)
        }
        (JobKind::Spatial, Ok(_), _) => {
            let out = &mut results.spatial;
            spatial::extract(mask, intensities, *spacing, watch, scratch, out)
        }
        (JobKind::Local, Ok(extremes), _) => {
            let (out, highest) = (&mut results.local, Some(extremes.max));
            local_intensity::extract_with_highest(
                mask,
                intensities,
                *spacing,
                highest,
                watch,
                scratch,
                out,
            )
        }
        (JobKind::Intensity, Ok(extremes), _) => {
            let Results { statistics, histogram, ivh, .. } = results;
            intensity(pass, prepared, extremes, watch, scratch, statistics, histogram, ivh)
        }
        (JobKind::Directional, _, Ok(levels)) => on_levels!(levels, view => {
            directional(pass, view, prepared.histogram, watch, scratch, results)
        }),
        (JobKind::Zones, _, Ok(levels)) => {
            let Results { glszm, gldzm, .. } = results;
            let glszm = (!work.glszm.is_empty()).then_some(glszm);
            let gldzm = (!work.gldzm.is_empty()).then_some(gldzm);
            let which = work.zones();
            on_levels!(levels, view => {
                zones::extract(view, mask, which, watch, scratch, glszm, gldzm)
            })
        }
        (JobKind::Neighbourhood, _, Ok(levels)) => {
            let Results { ngtdm, ngldm, .. } = results;
            let ngtdm = (!work.ngtdm.is_empty()).then_some(ngtdm);
            let ngldm = (!work.ngldm.is_empty()).then_some(ngldm);
            let (which, distances) = (work.neighbourhood(), distances(pass));
            on_levels!(levels, view => {
                neighbourhood::extract(view, &distances, which, watch, scratch, ngtdm, ngldm)
            })
        }
        (JobKind::Spatial | JobKind::Local | JobKind::Intensity, Err(status), _)
        | (_, _, Err(status)) => {
            results.undefine(job, *status);
            Ok(())
        }
    }
}

/// Co-occurrences, then run lengths, which count less once the pairs of equal levels are known.
fn directional<L: Level>(
    pass: &Pass,
    levels: &Levels<L>,
    histogram: Option<&[u64]>,
    watch: &Watch,
    mut scratch: Arena<'_>,
    results: &mut Results,
) -> Result<(), Error> {
    let Results { glcm, glrlm, .. } = results;
    let (work, distance) = (&pass.work, pass.settings.glcm.distance);
    let mut pairs = EqualPairs::take(levels.count(), &mut scratch)?.with_voxels(histogram);
    if !work.glcm.is_empty() {
        let scratch = scratch.scope();
        let pairs = Some(&mut pairs);
        glcm::extract_with_pairs(levels, distance, work.glcm, watch, scratch, glcm, pairs)?;
    }
    if !work.glrlm.is_empty() {
        glrlm::extract_with_pairs(levels, work.glrlm, watch, scratch, glrlm, Some(&pairs))?;
    }
    Ok(())
}

/// Statistics and the intensity-volume histogram from one distribution, the histogram from the levels.
#[expect(clippy::too_many_arguments, reason = "three results of one pass")]
fn intensity(
    pass: &Pass,
    prepared: &Prepared,
    extremes: &Extremes,
    watch: &Watch,
    mut scratch: Arena<'_>,
    statistics: &mut statistics::Features,
    histogram: &mut intensity_histogram::Features,
    ivh: &mut ivh::Features,
) -> Result<(), Error> {
    let Prepared { mask, intensities, levels, .. } = prepared;
    if pass.work.histogram {
        match (prepared.histogram, levels) {
            (Some(counts), _) => *histogram = intensity_histogram::extract(counts),
            (None, Ok(levels)) => {
                let mut scratch = scratch.scope();
                let counts = scratch.take_zeroed::<u64>(levels.count() as usize)?;
                levels.histogram(counts);
                *histogram = intensity_histogram::extract(counts);
            }
            (None, Err(status)) => histogram.fill(Value::undefined(*status)),
        }
    }
    if pass.work.statistics || pass.work.ivh {
        let values = match prepared.counted {
            Some(counted) => Values::Counted(counted),
            None => {
                let count = usize::try_from(extremes.count)
                    .map_err(|_| Error::TooLarge { field: "intensity_mask" })?;
                let sorted = scratch.take::<f64>(count)?;
                let mut places = sorted.iter_mut();
                resegment::visit(mask, Mask::INTENSITY, intensities, watch, |x| {
                    if let Some(place) = places.next() {
                        // One zero only, so that equal intensities are equal bits.
                        *place = x + 0.0;
                    }
                })?;
                sort::sort(sorted, scratch, watch)?;
                Values::Sorted(sorted)
            }
        };
        if pass.work.statistics {
            *statistics = statistics::extract(&values.distribution(), watch)?;
        }
        if pass.work.ivh {
            *ivh = super::ivh::extract(&pass.settings, extremes, values, watch)?;
        }
    }
    Ok(())
}
