//! The smallest program: an image, a region, a preset, every value with its status.

use radiomics::plan::Workspace;
use radiomics::{Error, Geometry, Host, Image, Layout, Plan, Region, Select, Settings};

fn main() -> Result<(), Error> {
    let voxels: Vec<i16> = (0..1000).map(|i| (i * 7919 % 300) as i16).collect();
    let mask = vec![1u8; 1000];
    let layout = Layout::x_fastest([10, 10, 10])?;
    let image = Image::new(voxels.as_slice(), layout, Geometry::axis_aligned([1.0, 1.0, 3.0]))?;
    let region = Region::new(mask.as_slice(), layout, Select::NonZero)?;
    let plan = Plan::new(&Settings::preset("ibsi-c")?)?;
    let (values, summary) = Workspace::new().extract(&plan, &image, &region, &Host::serial())?;
    println!("{} voxels at {:?} mm", summary.morphological_voxels, summary.grid_spacing);
    for (column, value) in plan.columns().zip(&values) {
        println!("{} {} {}", column.tag(), value.number(), value.status().name());
    }
    Ok(())
}

#[test]
fn runs() {
    main().expect("values");
}
