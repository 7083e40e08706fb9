//! Laws kernels and their energy maps.

use super::kernel::{Chain, Line, Separable};
use super::{Boundary, Mean, Pooling, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// A one-dimensional kernel of Laws: level, edge, spot, wave or ripple, of 3 or 5 voxels, of length 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LawsKernel {
    /// `1 2 1 / sqrt 6` (IBSI B5BZ)
    L3,
    /// `1 4 6 4 1 / sqrt 70` (IBSI 6HRH)
    L5,
    /// `-1 0 1 / sqrt 2` (IBSI LJ4T)
    E3,
    /// `-1 -2 0 2 1 / sqrt 10` (IBSI 2WPV)
    E5,
    /// `-1 2 -1 / sqrt 6` (IBSI MK5Z)
    S3,
    /// `-1 0 2 0 -1 / sqrt 6` (IBSI RXA1)
    S5,
    /// `-1 2 0 -2 1 / sqrt 10` (IBSI 4ENO)
    W5,
    /// `1 -4 6 -4 1 / sqrt 70` (IBSI 3A1W)
    R5,
}

impl LawsKernel {
    /// The kernel with this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "L3" => LawsKernel::L3,
            "L5" => LawsKernel::L5,
            "E3" => LawsKernel::E3,
            "E5" => LawsKernel::E5,
            "S3" => LawsKernel::S3,
            "S5" => LawsKernel::S5,
            "W5" => LawsKernel::W5,
            "R5" => LawsKernel::R5,
            _ => return None,
        })
    }

    /// Its whole weights and their sum of squares.
    const fn weights(self) -> (&'static [f64], f64) {
        match self {
            LawsKernel::L3 => (&[1.0, 2.0, 1.0], 6.0),
            LawsKernel::L5 => (&[1.0, 4.0, 6.0, 4.0, 1.0], 70.0),
            LawsKernel::E3 => (&[-1.0, 0.0, 1.0], 2.0),
            LawsKernel::E5 => (&[-1.0, -2.0, 0.0, 2.0, 1.0], 10.0),
            LawsKernel::S3 => (&[-1.0, 2.0, -1.0], 6.0),
            LawsKernel::S5 => (&[-1.0, 0.0, 2.0, 0.0, -1.0], 6.0),
            LawsKernel::W5 => (&[-1.0, 2.0, 0.0, -2.0, 1.0], 10.0),
            LawsKernel::R5 => (&[1.0, -4.0, 6.0, -4.0, 1.0], 70.0),
        }
    }
}

/// The response to a product of Laws kernels, as an energy map where asked for.
///
/// ```text
/// h = k1(x) k2(y) k3(z) * f          energy(i) = mean of |h| over (2 delta + 1)^D voxels around i
/// ```
///
/// IBSI JTXT; energy PQSD. The energy map is that of the pooled response. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laws {
    /// Along x, y, z.
    pub kernels: [LawsKernel; 3],
    /// Axes D: 2 acts slice by slice with the first two kernels.
    pub dimensions: usize,
    /// Rotation invariance.
    pub pooling: Pooling,
    /// Chebyshev radius delta of the energy map in voxels.
    pub energy: Option<usize>,
}

impl Laws {
    fn separable(&self) -> Separable<'static> {
        let chains = self.kernels.map(|kernel| {
            let mut chain = Chain::new();
            let _ = chain.push(Line::new(kernel.weights().0));
            chain
        });
        Separable { chains, dimensions: self.dimensions.min(3), pooling: self.pooling }
    }

    fn energy_map(&self) -> Option<Mean> {
        self.energy.map(|delta| Mean { size: 2 * delta + 1, dimensions: self.dimensions })
    }

    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        let mut out = self.separable().reach();
        if let Some(more) = self.energy_map().and_then(|mean| mean.reach()) {
            for axis in 0..3 {
                out[axis] += more[axis];
            }
        }
        Some(out)
    }

    /// Scratch: one volume for pooling (none in 2D), slices and lines.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let energy = self.energy_map().map_or(Footprint::NONE, |mean| mean.footprint(shape));
        self.separable().footprint(shape).any_of(energy)
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
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let kernels = &self.kernels[..self.dimensions.min(3)];
        let scale: f64 = kernels.iter().map(|k| k.weights().1).product();
        let scale = 1.0 / math::sqrt(scale);
        let energy = self.energy.is_some();
        let finish = |slice: &mut [f64]| {
            slice.iter_mut().for_each(|x| *x *= scale);
            if energy {
                slice.iter_mut().for_each(|x| *x = math::abs(*x));
            }
        };
        self.separable().apply(volume, boundary, finish, watch, scratch.scope())?;
        if let Some(mean) = self.energy_map() {
            // Beyond the edge lies what the kernels make of a constant there.
            let flat: f64 = kernels.iter().map(|k| k.weights().0.iter().sum::<f64>()).product();
            let times = match (self.pooling, self.dimensions) {
                (Pooling::Sum, 2) => 4.0,
                (Pooling::Sum, _) => 24.0,
                _ => 1.0,
            };
            let boundary = match boundary.times(flat * scale * times) {
                Boundary::Constant(value) => Boundary::Constant(math::abs(value)),
                other => other,
            };
            mean.apply(volume, boundary, watch, scratch)?;
        }
        Ok(())
    }
}
