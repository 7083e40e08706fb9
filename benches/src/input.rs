//! Scans and regions from a fixed seed.

use radiomics::{Error, Geometry, Image, Layout, Region, Select};

/// How intensities vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texture {
    /// Blocks of a few voxels with noise on top, as in tissue: neighbours are often equal after discretisation.
    Smooth,
    /// Every voxel on its own: neighbours are hardly ever equal.
    Noise,
}

/// What the region looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A ball.
    Ball,
    /// The scan without its margin.
    Box,
}

/// A cubic scan, x fastest, and its region.
#[derive(Clone, Debug)]
pub struct Input {
    /// Voxels along each axis.
    pub side: usize,
    /// Intensities.
    pub image: Vec<i16>,
    /// 1 inside the region.
    pub mask: Vec<u8>,
}

impl Input {
    /// A scan with a region that leaves two voxels on every side.
    pub fn new(side: usize, texture: Texture, body: Body) -> Self {
        Self::within(side, 2, texture, body)
    }

    /// A scan with a region that leaves `margin` voxels on every side.
    pub fn within(side: usize, margin: usize, texture: Texture, body: Body) -> Self {
        let (mut image, mut mask) = (Vec::new(), Vec::new());
        let (middle, radius) = ((side as f64 - 1.0) / 2.0, side as f64 / 2.0 - margin as f64);
        let mut state = 12_345u32;
        for z in 0..side {
            for y in 0..side {
                for x in 0..side {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    image.push(match texture {
                        Texture::Smooth => {
                            let block = (x / 5 + y / 7 + z / 6) % 13;
                            (40 * block) as i16 + (state >> 28) as i16
                        }
                        Texture::Noise => (state >> 22) as i16,
                    });
                    let place = [x, y, z];
                    mask.push(u8::from(match body {
                        Body::Ball => {
                            let square = place.iter().map(|v| (*v as f64 - middle).powi(2));
                            square.sum::<f64>() <= radius * radius
                        }
                        Body::Box => place.iter().all(|v| *v >= margin && *v + margin < side),
                    }));
                }
            }
        }
        Self { side, image, mask }
    }

    /// The scan as the library sees it.
    ///
    /// # Errors
    /// A spacing that makes no sense.
    pub fn scan(&self, spacing: [f64; 3]) -> Result<Image<'_>, Error> {
        let layout = Layout::x_fastest([self.side; 3])?;
        Image::new(self.image.as_slice(), layout, Geometry::axis_aligned(spacing))
    }

    /// The region as the library sees it.
    ///
    /// # Errors
    /// None.
    pub fn region(&self) -> Result<Region<'_>, Error> {
        Region::new(self.mask.as_slice(), Layout::x_fastest([self.side; 3])?, Select::NonZero)
    }

    /// Voxels of the region.
    pub fn voxels(&self) -> u64 {
        self.mask.iter().map(|m| u64::from(*m)).sum()
    }

    /// The smallest scan whose ball has at least so many voxels.
    pub fn side_of_ball(voxels: f64) -> usize {
        let radius = (voxels * 0.75 / core::f64::consts::PI).cbrt();
        (2.0 * (radius + 2.0)).ceil() as usize
    }
}
