//! Regions held as closed planar contours in the patient: the structure sets of planning systems (RTSTRUCT).
//!
//! A voxel is inside when its *centre* is inside the contours of its slice; no voxel is split and none added at
//! the edge. This is what the IBSI manual asks of a mask made from delineations (Zwanenburg et al., *Image
//! biomarker standardisation initiative*, arXiv:1612.07003, section "Segmentation" of the image processing
//! chapter), and the rule under which its CT phantom has 125 256 voxels.
//!
//! Points are brought to pixel coordinates in which voxel centres are whole numbers:
//!
//! ```text
//! (X, Y) = (A (p - o)) / (s_x, s_y)      A the inverse of the direction matrix, o the origin, s the spacing
//! ```
//!
//! The edge from the vertex j to the next vertex i crosses the row of centres Y, to the right of the centre X, when
//!
//! ```text
//! ((y_i > Y) != (y_j > Y))  and  X < (x_j - x_i) * (Y - y_i) / (y_j - y_i) + x_i
//! ```
//!
//! in double precision, in this order of operations, the same for every [`Inside`] rule (crossing numbers: Hormann
//! and Agathos, *The point in polygon problem for arbitrary polygons*, Computational Geometry 20, 2001). Each
//! contour is closed: its first point follows its last. Which slice a contour counts for says [`SliceRule`];
//! there is no interpolation between contours.

mod bounds;
mod fill;
mod frame;
mod list;
mod marks;
mod place;
mod rules;
mod scan;
mod summary;

pub use bounds::bounds;
pub use fill::{fill, footprint};
pub use frame::{Frame, Slices};
pub use list::Contours;
pub use rules::{Inside, Rules, SliceRule};
pub use summary::Rasterised;
