//! What the jobs of one extraction write.

use super::Plan;
use super::column::Packed;
use super::work::JobKind;
use crate::family::{
    glcm, gldzm, glrlm, glszm, intensity_histogram, intensity_volume_histogram as ivh,
    local_intensity, morphology, ngldm, ngtdm, spatial, statistics,
};
use crate::registry::{FEATURES, Family};
use crate::status::{Status, Value};

/// The place of each feature in its family: features of a family are contiguous in the registry, in the order in
/// which it computes them.
static PLACES: [u8; FEATURES.len()] = places();

const fn places() -> [u8; FEATURES.len()] {
    let mut places = [0; FEATURES.len()];
    let mut index = 1;
    while index < places.len() {
        if FEATURES[index].family as u8 == FEATURES[index - 1].family as u8 {
            places[index] = places[index - 1] + 1;
        }
        index += 1;
    }
    places
}

/// Where the values of a plan's columns go.
pub(super) struct Output<'o> {
    pub values: &'o mut [f64],
    pub status: &'o mut [Status],
}

impl Output<'_> {
    /// Writes the columns of one image.
    pub(super) fn write(&mut self, plan: &Plan, image: usize, results: &Results) {
        let first = plan.first_column(image);
        let places = self.values.iter_mut().zip(self.status.iter_mut()).skip(first);
        for ((value, status), packed) in places.zip(plan.kept(image)) {
            let result = results.get(packed);
            (*value, *status) = (result.number(), result.status());
        }
    }
}

/// Values of all families, before columns pick from them.
pub(super) struct Results {
    pub diagnostics: [Value; super::diagnostics::COUNT],
    pub morphology: morphology::Features,
    pub spatial: spatial::Features,
    pub local: local_intensity::Features,
    pub statistics: statistics::Features,
    pub histogram: intensity_histogram::Features,
    pub ivh: ivh::Features,
    pub glcm: [glcm::Features; 6],
    pub glrlm: [glrlm::Features; 6],
    pub glszm: [glszm::Features; 3],
    pub gldzm: [gldzm::Features; 3],
    pub ngtdm: [ngtdm::Features; 3],
    pub ngldm: [ngldm::Features; 3],
}

impl Results {
    /// Every value undefined for one reason.
    #[inline(never)]
    pub(super) fn undefined(status: Status) -> Self {
        let value = Value::undefined(status);
        Self {
            diagnostics: [value; super::diagnostics::COUNT],
            morphology: [value; morphology::FEATURES],
            spatial: [value; spatial::FEATURES],
            local: [value; local_intensity::FEATURES],
            statistics: [value; statistics::FEATURES],
            histogram: [value; intensity_histogram::FEATURES],
            ivh: ivh::Features::undefined(status),
            glcm: [[value; glcm::FEATURES]; 6],
            glrlm: [[value; glrlm::FEATURES]; 6],
            glszm: [[value; glszm::FEATURES]; 3],
            gldzm: [[value; gldzm::FEATURES]; 3],
            ngtdm: [[value; ngtdm::FEATURES]; 3],
            ngldm: [[value; ngldm::FEATURES]; 3],
        }
    }

    /// Leaves what a job would write undefined for one reason.
    pub(super) fn undefine(&mut self, job: JobKind, status: Status) {
        self.take(job, &Self::undefined(status));
    }

    /// Takes over what one job has written.
    #[inline(never)]
    pub(super) fn take(&mut self, job: JobKind, from: &Self) {
        match job {
            JobKind::Morphology => self.morphology = from.morphology,
            JobKind::Spatial => self.spatial = from.spatial,
            JobKind::Local => self.local = from.local,
            JobKind::Intensity => {
                self.statistics = from.statistics;
                self.histogram = from.histogram;
                self.ivh = from.ivh;
            }
            JobKind::Directional => {
                self.glcm = from.glcm;
                self.glrlm = from.glrlm;
            }
            JobKind::Zones => {
                self.glszm = from.glszm;
                self.gldzm = from.gldzm;
            }
            JobKind::Neighbourhood => {
                self.ngtdm = from.ngtdm;
                self.ngldm = from.ngldm;
            }
        }
    }

    /// The value of one column.
    pub(super) fn get(&self, column: Packed) -> Value {
        let index = usize::from(column.feature);
        let feature = &FEATURES[index];
        let family = feature.family;
        let i = usize::from(PLACES[index]);
        let at = column.aggregation.place();
        let value = match family {
            Family::Diagnostics => self.diagnostics.get(i),
            Family::Morphology if i >= morphology::FEATURES => {
                self.spatial.get(i - morphology::FEATURES)
            }
            Family::Morphology => self.morphology.get(i),
            Family::LocalIntensity => self.local.get(i),
            Family::Statistics => self.statistics.get(i),
            Family::IntensityHistogram => self.histogram.get(i),
            Family::IntensityVolumeHistogram => {
                self.ivh.get(feature.name, usize::from(column.fraction))
            }
            Family::Glcm => self.glcm[at].get(i),
            Family::Glrlm => self.glrlm[at].get(i),
            Family::Glszm => self.glszm[at].get(i),
            Family::Gldzm => self.gldzm[at].get(i),
            Family::Ngtdm => self.ngtdm[at].get(i),
            Family::Ngldm => self.ngldm[at].get(i),
        };
        value.copied().unwrap_or(Value::PENDING)
    }
}
