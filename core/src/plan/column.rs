//! The columns of a plan: a feature, how it is aggregated, and with which parameter.

use core::fmt;

use super::filter::Filter;
use super::{Plan, is_kept};
use crate::aggregation::{Aggregation, Aggregations};
use crate::registry::{FEATURES, Family, Feature};
use crate::settings::Settings;

/// The parameter of a column that differs from its feature's standard, or that its feature always has.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Parameter {
    /// None.
    Standard,
    /// A percentage of the intensity-volume histogram.
    Percent(f64),
    /// Two percentages, of which the feature is the difference.
    Percents(f64, f64),
    /// A neighbourhood distance other than 1.
    Distance(u32),
    /// A dependence coarseness other than 0, at a distance.
    Coarseness {
        /// The neighbourhood distance.
        distance: u32,
        /// The coarseness alpha.
        alpha: f64,
    },
}

/// One column of the result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The feature.
    pub feature: &'static Feature,
    /// How matrices become one value.
    pub aggregation: Aggregation,
    /// Its parameter.
    pub parameter: Parameter,
    /// The filtered image it is computed on; `None` for the unfiltered one.
    pub filter: Option<Filter>,
}

impl Column {
    /// The same column of the unfiltered image.
    #[must_use]
    pub const fn unfiltered(&self) -> Self {
        Self { filter: None, ..*self }
    }

    /// The pinned machine name, with the parameter: `cm_joint_max`, `ivh_v25`, `cm_joint_max_d2`. On a filtered
    /// image the name of the image stands before it: `log_sigma_3mm_cm_joint_max`.
    pub fn name(&self) -> impl fmt::Display + use<> {
        Name { column: *self, suffix: "" }
    }

    /// The IBSI tag: the name with its aggregation, `cm_joint_max_3D_comb`.
    pub fn tag(&self) -> impl fmt::Display + use<> {
        Name { column: *self, suffix: self.aggregation.tag_suffix() }
    }

    /// The words for its aggregation in the IBSI tables; none for diagnostics.
    pub fn aggregation_words(&self) -> &'static str {
        match self.feature.family {
            Family::Diagnostics => "",
            _ => self.aggregation.words(),
        }
    }
}

struct Name {
    column: Column,
    suffix: &'static str,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.column.feature.name;
        if let Some(filter) = self.column.filter {
            write!(f, "{filter}_")?;
        }
        match self.column.parameter {
            Parameter::Standard => f.write_str(name)?,
            Parameter::Percent(p) => write!(f, "{name}{p}")?,
            Parameter::Percents(p, q) => {
                // ivh_diff_v: the letter stands before each percentage.
                let letter = &name[name.len() - 1..];
                write!(f, "{name}{p}_{letter}{q}")?;
            }
            Parameter::Distance(d) => write!(f, "{name}_d{d}")?,
            Parameter::Coarseness { distance: 1, alpha } => write!(f, "{name}_a{alpha}")?,
            Parameter::Coarseness { distance, alpha } => write!(f, "{name}_d{distance}_a{alpha}")?,
        }
        f.write_str(self.suffix)
    }
}

/// A column in the least memory: the plan's settings hold the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// Index in [`FEATURES`].
    pub feature: u16,
    pub aggregation: Aggregation,
    /// Which of the fractions of the intensity-volume histogram.
    pub fraction: u8,
}

impl Packed {
    pub(super) fn unpack(self, settings: &Settings, filter: Option<Filter>) -> Column {
        let feature = &FEATURES[usize::from(self.feature)];
        let percents = &settings.ivh.fractions;
        let parameter = match (feature.family, feature.name) {
            (Family::IntensityVolumeHistogram, "ivh_v" | "ivh_i") => {
                Parameter::Percent(percents.get(usize::from(self.fraction)).copied().unwrap_or(0.0))
            }
            (Family::IntensityVolumeHistogram, "ivh_diff_v" | "ivh_diff_i") => Parameter::Percents(
                percents.first().copied().unwrap_or(0.0),
                percents.last().copied().unwrap_or(0.0),
            ),
            (Family::Glcm, _) if settings.glcm.distance != 1 => {
                Parameter::Distance(settings.glcm.distance)
            }
            (Family::Ngtdm, _) if settings.ngtdm.distance != 1 => {
                Parameter::Distance(settings.ngtdm.distance)
            }
            (Family::Ngldm, _) if settings.ngldm.alpha != 0.0 => Parameter::Coarseness {
                distance: settings.ngldm.distance,
                alpha: settings.ngldm.alpha,
            },
            (Family::Ngldm, _) if settings.ngldm.distance != 1 => {
                Parameter::Distance(settings.ngldm.distance)
            }
            _ => Parameter::Standard,
        };
        Column { feature, aggregation: self.aggregation, parameter, filter }
    }
}

/// The columns of a plan, image by image.
pub(super) struct Columns<'p> {
    plan: &'p Plan,
    image: usize,
    /// The next base column to look at.
    index: usize,
    left: usize,
}

impl<'p> Columns<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, image: 0, index: 0, left: plan.len() }
    }
}

impl Iterator for Columns<'_> {
    type Item = Column;

    fn next(&mut self) -> Option<Column> {
        loop {
            let kept = self.plan.kept.get(self.image)?;
            let Some(packed) = self.plan.base.get(self.index) else {
                self.image += 1;
                self.index = 0;
                continue;
            };
            let here = is_kept(kept, self.index);
            self.index += 1;
            if here {
                self.left = self.left.saturating_sub(1);
                let filter = self.plan.filter_of(self.image);
                return Some(packed.unpack(&self.plan.settings, filter));
            }
        }
    }

    fn nth(&mut self, mut n: usize) -> Option<Column> {
        // Whole images are stepped over: a program that asks column by column waits for none of them.
        while self.index == 0 {
            let columns = self.plan.kept(self.image).count();
            if columns > n || self.image >= self.plan.kept.len() {
                break;
            }
            n -= columns;
            self.left = self.left.saturating_sub(columns);
            self.image += 1;
        }
        for _ in 0..n {
            self.next()?;
        }
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Columns<'_> {}

/// The columns that the settings ask for, families in the order of the IBSI manual, within a family
/// aggregation by aggregation.
pub(super) fn columns(settings: &Settings, mut push: impl FnMut(Packed)) {
    for family in Family::ALL.iter().copied() {
        if family == Family::Diagnostics && !settings.diagnostics {
            continue;
        }
        for aggregation in aggregations(settings, family).iter() {
            for (index, feature) in FEATURES.iter().enumerate() {
                if feature.family != family || !wanted(settings, feature) {
                    continue;
                }
                let copies = match feature.name {
                    "ivh_v" | "ivh_i" => settings.ivh.fractions.len(),
                    "ivh_diff_v" | "ivh_diff_i" => usize::from(settings.ivh.fractions.len() > 1),
                    _ => 1,
                };
                for fraction in 0..copies {
                    push(Packed { feature: index as u16, aggregation, fraction: fraction as u8 });
                }
            }
        }
    }
}

/// Whether an image has a column of its own for a base column: intensities and textures for filtered ones,
/// descriptions of the steps even where the unfiltered image is not asked for.
pub(super) fn has(settings: &Settings, packed: Packed, filtered: bool) -> bool {
    let family = FEATURES[usize::from(packed.feature)].family;
    match family {
        Family::Diagnostics => !filtered,
        Family::Morphology => !filtered && settings.filter.images.original(),
        _ => filtered || settings.filter.images.original(),
    }
}

/// The aggregations of one family's columns.
fn aggregations(settings: &Settings, family: Family) -> Aggregations {
    match family {
        Family::Glcm | Family::Glrlm => settings.texture.aggregation,
        Family::Glszm | Family::Gldzm | Family::Ngtdm | Family::Ngldm => {
            settings.texture.aggregation.directionless()
        }
        _ => Aggregations::EMPTY.with(Aggregation::None),
    }
}

/// Whether switches of their own leave a feature in.
fn wanted(settings: &Settings, feature: &Feature) -> bool {
    match feature.tag {
        "morph_vol_dens_ombb" | "morph_area_dens_ombb" => settings.morphology.ombb,
        "morph_vol_dens_mvee" | "morph_area_dens_mvee" => settings.morphology.mvee,
        "morph_moran_i" | "morph_geary_c" => settings.morphology.spatial,
        _ => true,
    }
}
