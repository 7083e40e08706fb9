//! The jobs of an extraction: each runs the families that one pass serves.

use super::memory::{max_levels, pad};
use super::pass::Pass;
use super::results::Results;
use super::work::{JobKind, Work};
use crate::error::Error;
use crate::family::{
    glcm, gldzm, glrlm, glszm, intensity_histogram, intensity_volume_histogram as ivh,
    local_intensity, morphology, neighbourhood, ngldm, ngtdm, spatial, statistics, zones,
};
use crate::host::Watch;
use crate::prepare::levels::AnyLevels;
use crate::prepare::resegment::{self, Extremes};
use crate::sort;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
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
}

/// A job with the results it writes.
pub(super) enum Job<'r> {
    Morphology(&'r mut morphology::Features),
    Spatial(&'r mut spatial::Features),
    Local(&'r mut local_intensity::Features),
    Intensity {
        statistics: &'r mut statistics::Features,
        histogram: &'r mut intensity_histogram::Features,
        ivh: &'r mut ivh::Features,
    },
    Glcm(&'r mut [glcm::Features; 6]),
    Glrlm(&'r mut [glrlm::Features; 6]),
    Zones {
        glszm: &'r mut [glszm::Features; 3],
        gldzm: &'r mut [gldzm::Features; 3],
    },
    Neighbourhood {
        ngtdm: &'r mut [ngtdm::Features; 3],
        ngldm: &'r mut [ngldm::Features; 3],
    },
}

/// The jobs that write one set of results, by kind.
pub(super) fn all(results: &mut Results) -> [(JobKind, Job<'_>); super::work::JOBS] {
    let Results {
        morphology,
        spatial,
        local,
        statistics,
        histogram,
        ivh,
        glcm,
        glrlm,
        glszm,
        gldzm,
        ngtdm,
        ngldm,
        ..
    } = results;
    [
        (JobKind::Morphology, Job::Morphology(morphology)),
        (JobKind::Spatial, Job::Spatial(spatial)),
        (JobKind::Local, Job::Local(local)),
        (JobKind::Intensity, Job::Intensity { statistics, histogram, ivh }),
        (JobKind::Glcm, Job::Glcm(glcm)),
        (JobKind::Glrlm, Job::Glrlm(glrlm)),
        (JobKind::Zones, Job::Zones { glszm, gldzm }),
        (JobKind::Neighbourhood, Job::Neighbourhood { ngtdm, ngldm }),
    ]
}

/// What a job takes for a region box and an image box.
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
        JobKind::Glcm => glcm::footprint(region, levels, work.glcm),
        JobKind::Glrlm => glrlm::footprint(region, pad(pass), levels, work.glrlm),
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

/// Fills every array with one reason.
fn undefined<const N: usize>(arrays: &mut [[Value; N]], status: Status) {
    for array in arrays {
        array.fill(Value::undefined(status));
    }
}

impl Job<'_> {
    /// Computes what the columns need.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub(super) fn run(
        &mut self,
        pass: &Pass,
        prepared: &Prepared,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let work: &Work = &pass.work;
        let Prepared { mask, intensities, spacing, extremes, levels } = prepared;
        match self {
            Job::Morphology(out) => {
                let Some(wanted) = work.morphology else { return Ok(()) };
                let readable = match extremes {
                    Err(status) => Err(*status),
                    Ok(_) => Ok(intensities),
                };
                morphology::extract(mask, readable, *spacing, wanted, watch, scratch, out)
            }
            Job::Spatial(out) => match extremes {
                Ok(_) => spatial::extract(mask, intensities, *spacing, watch, scratch, out),
                Err(status) => {
                    out.fill(Value::undefined(*status));
                    Ok(())
                }
            },
            Job::Local(out) => match extremes {
                Ok(_) => local_intensity::extract(mask, intensities, *spacing, watch, scratch, out),
                Err(status) => {
                    out.fill(Value::undefined(*status));
                    Ok(())
                }
            },
            Job::Intensity { statistics, histogram, ivh } => {
                match extremes {
                    Ok(extremes) => intensity(
                        pass, prepared, extremes, watch, scratch, statistics, histogram, ivh,
                    )?,
                    Err(status) => {
                        statistics.fill(Value::undefined(*status));
                        histogram.fill(Value::undefined(*status));
                        **ivh = ivh::Features::undefined(*status);
                    }
                }
                Ok(())
            }
            Job::Glcm(out) => match levels {
                Ok(levels) => {
                    let distance = pass.settings.glcm.distance;
                    on_levels!(levels, view => glcm::extract(view, distance, work.glcm, watch, scratch, out))
                }
                Err(status) => {
                    undefined(&mut **out, *status);
                    Ok(())
                }
            },
            Job::Glrlm(out) => match levels {
                Ok(levels) => {
                    on_levels!(levels, view => glrlm::extract(view, work.glrlm, watch, scratch, out))
                }
                Err(status) => {
                    undefined(&mut **out, *status);
                    Ok(())
                }
            },
            Job::Zones { glszm, gldzm } => match levels {
                Ok(levels) => {
                    let szm = (!work.glszm.is_empty()).then_some(&mut **glszm);
                    let dzm = (!work.gldzm.is_empty()).then_some(&mut **gldzm);
                    let which = work.zones();
                    on_levels!(levels, view => zones::extract(view, mask, which, watch, scratch, szm, dzm))
                }
                Err(status) => {
                    undefined(&mut **glszm, *status);
                    undefined(&mut **gldzm, *status);
                    Ok(())
                }
            },
            Job::Neighbourhood { ngtdm, ngldm } => match levels {
                Ok(levels) => {
                    let ngt = (!work.ngtdm.is_empty()).then_some(&mut **ngtdm);
                    let ngl = (!work.ngldm.is_empty()).then_some(&mut **ngldm);
                    let (which, distances) = (work.neighbourhood(), distances(pass));
                    on_levels!(levels, view => {
                        neighbourhood::extract(view, &distances, which, watch, scratch, ngt, ngl)
                    })
                }
                Err(status) => {
                    undefined(&mut **ngtdm, *status);
                    undefined(&mut **ngldm, *status);
                    Ok(())
                }
            },
        }
    }
}

/// Statistics and the intensity-volume histogram from one sorted list, the histogram from the levels.
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
        match levels {
            Ok(levels) => {
                let mut scratch = scratch.scope();
                let counts = scratch.take_zeroed::<u64>(levels.count() as usize)?;
                levels.histogram(counts);
                *histogram = intensity_histogram::extract(counts);
            }
            Err(status) => histogram.fill(Value::undefined(*status)),
        }
    }
    if pass.work.statistics || pass.work.ivh {
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
        if pass.work.statistics {
            *statistics = statistics::extract(sorted, watch)?;
        }
        if pass.work.ivh {
            *ivh = super::ivh::extract(&pass.settings, extremes, sorted, watch)?;
        }
    }
    Ok(())
}
