//! What every filter works on: a dense volume that it replaces by its response.

use crate::error::Error;

/// A dense volume, x fastest, then y, then z.
#[derive(Debug)]
pub struct Volume<'v> {
    /// The voxels.
    pub values: &'v mut [f64],
    /// Extent along x, y, z.
    pub shape: [usize; 3],
}

impl<'v> Volume<'v> {
    /// A volume of this extent.
    ///
    /// # Errors
    /// When the length is not the product of the sides.
    pub fn new(values: &'v mut [f64], shape: [usize; 3]) -> Result<Self, Error> {
        let cells = shape[0].checked_mul(shape[1]).and_then(|n| n.checked_mul(shape[2]));
        match cells {
            Some(cells) if cells == values.len() => Ok(Self { values, shape }),
            Some(_) => {
                let expected = "as many values as the product of the sides";
                Err(Error::invalid("volume.values", values.len(), expected))
            }
            None => Err(Error::TooLarge { field: "volume" }),
        }
    }

    /// Lends the same volume.
    pub fn reborrow(&mut self) -> Volume<'_> {
        Volume { values: &mut *self.values, shape: self.shape }
    }
}
