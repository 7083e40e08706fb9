//! Spacing, origin and direction from a NIfTI header.

use nifti_file::NiftiHeader;
use radiomics::Geometry;

use crate::place;

/// The grid of a header: the sform where there is one, else the qform, else axes along the patient's.
pub(super) fn of(header: &NiftiHeader) -> Result<Geometry, String> {
    let unit = match header.xyzt_units & 7 {
        1 => 1000.0,
        3 => 0.001,
        _ => 1.0,
    };
    let pixdim: [f64; 3] = std::array::from_fn(|a| f64::from(header.pixdim[a + 1]).abs());
    for (axis, spacing) in pixdim.iter().enumerate() {
        if !(spacing.is_finite() && *spacing > 0.0) {
            return Err(format!("pixdim[{}] is {spacing}: expected a positive spacing", axis + 1));
        }
    }
    let (columns, origin) = if header.sform_code > 0 {
        let rows = [header.srow_x, header.srow_y, header.srow_z].map(|row| row.map(f64::from));
        let columns = std::array::from_fn(|a| std::array::from_fn(|r| rows[r][a]));
        (columns, std::array::from_fn(|r| rows[r][3]))
    } else if header.qform_code > 0 {
        let origin = [header.quatern_x, header.quatern_y, header.quatern_z].map(f64::from);
        (qform(header, pixdim), origin)
    } else {
        let columns =
            std::array::from_fn(|a| std::array::from_fn(|r| if r == a { pixdim[a] } else { 0.0 }));
        (columns, [0.0; 3])
    };
    let mut direction = [[0.0; 3]; 3];
    for (a, column) in columns.iter().enumerate() {
        let length = column.iter().map(|x: &f64| x * x).sum::<f64>().sqrt();
        if (length - pixdim[a]).abs() > 1e-3 * pixdim[a] || !length.is_finite() {
            return Err(format!(
                "the sform has a spacing of {length} along axis {a}, pixdim says {}: correct one of them",
                pixdim[a]
            ));
        }
        for (r, x) in column.iter().enumerate() {
            direction[r][a] = x / length;
        }
    }
    let geometry = Geometry {
        // Headers hold single precision; converted units are rounded to it, too.
        spacing: pixdim.map(|s| place::single(s * unit)),
        origin: origin.map(|x| place::single(x * unit)),
        direction,
    };
    geometry.check().map_err(|e| e.to_string())?;
    Ok(geometry)
}

/// Columns of the rotation that a unit quaternion (1 - b^2 - c^2 - d^2, b, c, d) stands for, times the spacing.
fn qform(header: &NiftiHeader, pixdim: [f64; 3]) -> [[f64; 3]; 3] {
    let [b, c, d] = [header.quatern_b, header.quatern_c, header.quatern_d].map(f64::from);
    let a = (1.0 - b * b - c * c - d * d).max(0.0).sqrt();
    let rotation = [
        [a * a + b * b - c * c - d * d, 2.0 * (b * c - a * d), 2.0 * (b * d + a * c)],
        [2.0 * (b * c + a * d), a * a + c * c - b * b - d * d, 2.0 * (c * d - a * b)],
        [2.0 * (b * d - a * c), 2.0 * (c * d + a * b), a * a + d * d - b * b - c * c],
    ];
    let handed = if header.pixdim[0] < 0.0 { -1.0 } else { 1.0 };
    std::array::from_fn(|axis| {
        let sign = if axis == 2 { handed } else { 1.0 };
        std::array::from_fn(|r| rotation[r][axis] * pixdim[axis] * sign)
    })
}
