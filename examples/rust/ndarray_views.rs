//! Arrays of any memory order are read in place: C order (z, y, x), Fortran order, and views that are cut, flipped
//! or transposed.

use ndarray::{Array3, ArrayView3, Axis, ShapeBuilder, s};
use radiomics::plan::Workspace;
use radiomics::{Error, Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Value};

/// The layout of a view indexed (x, y, z) in the buffer that it looks into.
fn layout(view: &ArrayView3<i16>, buffer: &[i16]) -> Result<Layout, Error> {
    let (nx, ny, nz) = view.dim();
    // Addresses are compared, not followed.
    let first = view.as_ptr() as usize - buffer.as_ptr() as usize;
    let strides = view.strides();
    Layout::new([nx, ny, nz], [strides[0], strides[1], strides[2]], first / size_of::<i16>())
}

fn extract(view: &ArrayView3<i16>, buffer: &[i16]) -> Result<Vec<Value>, Error> {
    let layout = layout(view, buffer)?;
    let image = Image::new(buffer, layout, Geometry::axis_aligned([1.0; 3]))?;
    // The voxels above 100 are the region, in a mask of its own order.
    let mask = view.map(|v| u8::from(*v > 100)).as_standard_layout().into_owned();
    let (nx, ny, nz) = mask.dim();
    let mask_layout = Layout::new([nx, ny, nz], [(ny * nz) as isize, nz as isize, 1], 0)?;
    let mask = mask.into_raw_vec_and_offset().0;
    let region = Region::new(mask.as_slice(), mask_layout, Select::NonZero)?;
    let plan = Plan::new(&Settings::default())?;
    Ok(Workspace::new().extract(&plan, &image, &region, &Host::serial())?.0)
}

fn main() -> Result<(), Error> {
    let value = |x: usize, y: usize, z: usize| ((x * 31 + y * 17 + z * 57) % 200) as i16;
    // NumPy's order: z slowest.
    let numpy = Array3::from_shape_fn((6, 7, 8), |(z, y, x)| value(x, y, z));
    let numpy_view = numpy.view().reversed_axes();
    // MATLAB's order: the first index fastest.
    let matlab = Array3::from_shape_fn((8, 7, 6).f(), |(x, y, z)| value(x, y, z));
    // A part of a larger array, stored back to front.
    let large = Array3::from_shape_fn((12, 10, 9), |(x, y, z)| {
        value(10usize.saturating_sub(x + 1), y.saturating_sub(2), z.saturating_sub(1))
    });
    let mut part = large.slice(s![2..10, 2..9, 1..7]);
    part.invert_axis(Axis(0));
    let buffers = [
        (numpy_view, numpy.as_slice_memory_order()),
        (matlab.view(), matlab.as_slice_memory_order()),
        (part, large.as_slice_memory_order()),
    ];
    let mut all = Vec::new();
    for (view, buffer) in buffers {
        all.push(extract(&view, buffer.unwrap_or(&[]))?);
    }
    let bits = |values: &[Value]| values.iter().map(|v| v.number().to_bits()).collect::<Vec<_>>();
    assert!(all.iter().all(|values| bits(values) == bits(&all[0])), "the order changed a bit");
    println!("{} values, the same bits from three memory orders", all[0].len());
    Ok(())
}

#[test]
fn runs() {
    main().expect("values");
}
