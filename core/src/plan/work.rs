//! What the chosen columns need to have computed.

use super::column::Packed;
use crate::aggregation::{Aggregation, Aggregations};
use crate::family::morphology;
use crate::registry::{FEATURES, Family};

/// What the chosen columns need to have computed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Work {
    pub diagnostics: bool,
    pub morphology: Option<morphology::Wanted>,
    pub spatial: bool,
    pub local: bool,
    pub statistics: bool,
    pub histogram: bool,
    pub ivh: bool,
    pub glcm: Aggregations,
    pub glrlm: Aggregations,
    pub glszm: Aggregations,
    pub gldzm: Aggregations,
    pub ngtdm: Aggregations,
    pub ngldm: Aggregations,
}

impl Work {
    pub(super) fn of(columns: impl Iterator<Item = Packed>) -> Self {
        let mut work = Self::default();
        for column in columns {
            let feature = &FEATURES[usize::from(column.feature)];
            work.add(feature.family, feature.tag, column.aggregation);
        }
        work
    }

    fn add(&mut self, family: Family, tag: &str, aggregation: Aggregation) {
        match family {
            Family::Diagnostics => self.diagnostics = true,
            Family::Morphology => match tag {
                "morph_moran_i" | "morph_geary_c" => self.spatial = true,
                _ => {
                    let wanted = self.morphology.get_or_insert(morphology::Wanted {
                        hull: false,
                        ombb: false,
                        mvee: false,
                    });
                    wanted.hull |= tag.ends_with("_conv_hull") || tag == "morph_diam";
                    wanted.ombb |= tag.ends_with("_ombb");
                    wanted.mvee |= tag.ends_with("_mvee");
                }
            },
            Family::LocalIntensity => self.local = true,
            Family::Statistics => self.statistics = true,
            Family::IntensityHistogram => self.histogram = true,
            Family::IntensityVolumeHistogram => self.ivh = true,
            Family::Glcm => self.glcm = self.glcm.with(aggregation),
            Family::Glrlm => self.glrlm = self.glrlm.with(aggregation),
            Family::Glszm => self.glszm = self.glszm.with(aggregation),
            Family::Gldzm => self.gldzm = self.gldzm.with(aggregation),
            Family::Ngtdm => self.ngtdm = self.ngtdm.with(aggregation),
            Family::Ngldm => self.ngldm = self.ngldm.with(aggregation),
        }
    }

    /// Whether there is nothing to compute.
    pub(super) fn is_idle(&self) -> bool {
        self.jobs().next().is_none()
    }

    /// Whether anything reads grey levels.
    pub(super) fn levels(&self) -> bool {
        self.histogram || self.jobs().any(|job| job.reads_levels())
    }

    /// Whether it serves to count how often each intensity occurs.
    pub(super) fn counts_intensities(&self) -> bool {
        self.statistics || self.ivh || self.levels()
    }

    pub(super) fn zones(&self) -> Aggregations {
        self.glszm.iter().chain(self.gldzm.iter()).collect()
    }

    pub(super) fn neighbourhood(&self) -> Aggregations {
        self.ngtdm.iter().chain(self.ngldm.iter()).collect()
    }

    /// The jobs to run, in a fixed order.
    pub(super) fn jobs(&self) -> impl Iterator<Item = JobKind> + use<> {
        let work = *self;
        JobKind::ALL.into_iter().filter(move |job| match job {
            JobKind::Morphology => work.morphology.is_some(),
            JobKind::Spatial => work.spatial,
            JobKind::Local => work.local,
            JobKind::Intensity => work.statistics || work.histogram || work.ivh,
            JobKind::Directional => !work.glcm.is_empty() || !work.glrlm.is_empty(),
            JobKind::Zones => !work.zones().is_empty(),
            JobKind::Neighbourhood => !work.neighbourhood().is_empty(),
        })
    }
}

/// Families that one pass serves form one job; jobs are independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobKind {
    Spatial,
    Intensity,
    Directional,
    Zones,
    Local,
    Neighbourhood,
    Morphology,
}

impl JobKind {
    /// Longest first, so that the last ones even out what workers have left. Sorting makes the intensities long where
    /// they are not whole.
    pub(super) const ALL: [JobKind; JOBS] = [
        JobKind::Spatial,
        JobKind::Intensity,
        JobKind::Directional,
        JobKind::Zones,
        JobKind::Local,
        JobKind::Morphology,
        JobKind::Neighbourhood,
    ];

    const fn reads_levels(self) -> bool {
        matches!(self, JobKind::Directional | JobKind::Zones | JobKind::Neighbourhood)
    }
}

/// How many kinds of jobs there are.
pub(super) const JOBS: usize = 7;
