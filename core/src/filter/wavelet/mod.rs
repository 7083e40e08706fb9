//! Separable undecimated wavelets.

mod biorthogonal;
mod coiflets;
mod daubechies;
mod symlets;

use super::kernel::{Chain, Line, Separable};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// No decomposition filter is longer: that of a Daubechies wavelet with 20 vanishing moments.
const LONGEST: usize = 40;
/// The deepest level.
pub const DEEPEST: u32 = 8;

/// The decomposition filters of a wavelet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filters {
    low: [f64; LONGEST],
    high: [f64; LONGEST],
    len: usize,
}

impl Filters {
    /// The filters of a wavelet: `haar`, `db1` to `db20`, `sym2` to `sym20`, `coif1` to `coif5`, `bior1.1` to
    /// `bior6.8`.
    ///
    /// ```text
    /// orthogonal:   low_k = h_(n-1-k)     high_k = (-1)^(k+1) h_k          h: scaling filter of n weights
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let name = if name == "haar" { "db1" } else { name };
        let orthogonal = [daubechies::TABLE, symlets::TABLE, coiflets::TABLE];
        let mut out = Self { low: [0.0; LONGEST], high: [0.0; LONGEST], len: 0 };
        let found = orthogonal.iter().copied().flatten().find(|(known, _)| *known == name);
        let biorthogonal = biorthogonal::TABLE.iter().find(|(known, ..)| *known == name);
        let mut set = |low: &mut dyn Iterator<Item = f64>, rebuild: &[f64]| {
            out.len = rebuild.len().min(LONGEST);
            for ((cell, x), (high, h)) in out.low.iter_mut().zip(low).zip(
                out.high
                    .iter_mut()
                    .zip(rebuild)
                    .enumerate()
                    .map(|(k, (cell, h))| (cell, if k % 2 == 0 { -*h } else { *h })),
            ) {
                *cell = x;
                *high = h;
            }
        };
        match (found, biorthogonal) {
            (Some((_, h)), _) => set(&mut h.iter().rev().copied(), h),
            (None, Some((_, low, rebuild))) => set(&mut low.iter().copied(), rebuild),
            (None, None) => return None,
        }
        Some(out)
    }

    /// The low-pass filter.
    pub fn low(&self) -> &[f64] {
        &self.low[..self.len]
    }

    /// The high-pass filter.
    pub fn high(&self) -> &[f64] {
        &self.high[..self.len]
    }
}

/// A sub-band of the undecimated (a trous) decomposition by a separable wavelet.
///
/// ```text
/// level j: low-pass along every axis at levels 1 .. j-1, then low- or high-pass along each axis;
/// at level j every weight is followed by 2^(j-1) - 1 zeros
/// ```
///
/// IBSI 25BO. Nothing is renormalised between levels. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wavelet {
    /// The decomposition filters.
    pub filters: Filters,
    /// Whether the filter is the high-pass one along x, y, z.
    pub high: [bool; 3],
    /// Level j, from 1 to [`DEEPEST`].
    pub level: u32,
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
    /// Rotation invariance.
    pub pooling: Pooling,
}

impl Wavelet {
    fn separable(&self) -> Separable<'_> {
        let levels = self.level.clamp(1, DEEPEST);
        let chains = self.high.map(|high| {
            let mut chain = Chain::new();
            for level in 1..=levels {
                let high = high && level == levels;
                let weights = if high { self.filters.high() } else { self.filters.low() };
                let dilation = 1 << (level - 1);
                // As many places as levels.
                let _ = chain.push(Line { dilation, ..Line::new(weights) });
            }
            chain
        });
        Separable { chains, dimensions: self.dimensions.min(3), pooling: self.pooling }
    }

    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some(self.separable().reach())
    }

    /// Scratch: slices and lines; for pooling in 3D one volume, and another one from level 2 on.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        self.separable().footprint(shape)
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        self.separable().apply(volume, boundary, |_| {}, watch, scratch)
    }
}
