//! Which intensities are black and which white.

use radiomics::plan::Observed;
use radiomics::volume::Mask;

use super::Scene;

/// Intensities from black to white.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub low: f64,
    pub high: f64,
    /// PET is shown dark on white.
    pub inverted: bool,
    /// What it is called.
    name: &'static str,
}

/// Voxels along each axis that are looked at for a window of the image's own.
const SAMPLES: usize = 64;

impl Window {
    /// By modality: soft tissue or lung for CT, uptake for PET, else between percentiles of the image.
    pub fn of(scene: &Scene, observed: &Observed) -> Self {
        let (_, middle, highest) = inside(observed);
        match scene.picture.modality.as_str() {
            "CT" if middle < -400.0 => Self::named(-1350.0, 150.0, "lung"),
            "CT" => Self::named(-160.0, 240.0, "soft tissue"),
            "PT" | "PET" => Self {
                inverted: true,
                ..Self::named(0.0, highest.max(f64::MIN_POSITIVE), "uptake")
            },
            _ => {
                let [low, high] = percentiles(scene);
                Self::named(low, high, "1 to 99 %")
            }
        }
    }

    const fn named(low: f64, high: f64, name: &'static str) -> Self {
        Self { low, high, inverted: false, name }
    }

    /// The grey of an intensity; NaN is a dull red.
    pub fn colour(&self, x: f64) -> [u8; 3] {
        if x.is_nan() {
            return [90, 0, 0];
        }
        let share = ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        let share = if self.inverted { 1.0 - share } else { share };
        [(share * 255.0).round() as u8; 3]
    }

    pub fn text(&self) -> String {
        format!("{} to {} ({})", short(self.low), short(self.high), self.name)
    }
}

/// A number in at most about five digits.
pub fn short(x: f64) -> String {
    let size = x.abs();
    match size {
        _ if x.fract() == 0.0 && size < 1e6 => format!("{x}"),
        _ if (1e-2..1e6).contains(&size) => {
            let places = if size >= 1000.0 {
                0
            } else if size >= 10.0 {
                1
            } else {
                3
            };
            format!("{x:.places$}")
        }
        _ => format!("{x:.2e}"),
    }
}

/// Lowest, middle and highest intensity of the intensity mask; zeros without any.
fn inside(observed: &Observed) -> (f64, f64, f64) {
    let [_, ny, nz] = observed.mask.shape();
    let mut found = Vec::new();
    for z in 0..nz {
        for y in 0..ny {
            let row = observed.mask.row(y, z).iter().zip(observed.intensities.row(y, z));
            let kept = row.filter(|(flags, x)| *flags & Mask::INTENSITY != 0 && x.is_finite());
            found.extend(kept.map(|(_, x)| *x as f32));
        }
    }
    found.sort_by(f32::total_cmp);
    let at = |share: usize| {
        let last = found.len().saturating_sub(1);
        found.get(last * share / 2).copied().map_or(0.0, f64::from)
    };
    (at(0), at(1), at(2))
}

/// The 1st and 99th percentile of a sample of the whole image.
fn percentiles(scene: &Scene) -> [f64; 2] {
    let shape = scene.image.shape();
    let step = shape.map(|n| n.div_ceil(SAMPLES));
    let mut row = vec![0.0; shape[0]];
    let mut found = Vec::new();
    for z in (0..shape[2]).step_by(step[2]) {
        for y in (0..shape[1]).step_by(step[1]) {
            scene.image.read_row(0, [y, z], &mut row);
            found.extend(row.iter().step_by(step[0]).copied().filter(|x| x.is_finite()));
        }
    }
    found.sort_by(f64::total_cmp);
    let at = |percent: usize| found.get(found.len().saturating_sub(1) * percent / 100).copied();
    let (low, high) = (at(1).unwrap_or(0.0), at(99).unwrap_or(1.0));
    if high > low { [low, high] } else { [low - 0.5, low + 0.5] }
}
