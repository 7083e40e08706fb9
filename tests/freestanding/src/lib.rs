//! A program's worth of radiomics without heap, operating system or unwinding: all families on static memory.
#![no_std]

use radiomics::plan::Grid;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Status};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

/// Extracts a small region in the caller's workspace and writes how many values there are. Answers 0 on success,
/// else what went wrong.
#[unsafe(no_mangle)]
pub extern "C" fn extract(workspace: &mut [u64; 65536], found: &mut u32) -> i32 {
    let mut image = [0i16; 216];
    let mut mask = [0u8; 216];
    for (i, (value, inside)) in image.iter_mut().zip(&mut mask).enumerate() {
        *value = ((i * 7919) % 97) as i16;
        *inside = (i % 5 != 0) as u8;
    }
    let mut settings = Settings::default();
    for (key, text) in [
        ("texture.aggregation", "all"),
        ("resample.spacing_mm", "1.5,1.5,1.5"),
        ("resample.image_method", "cubic"),
        ("morphology.ombb", "true"),
        ("morphology.mvee", "true"),
        ("diagnostics", "true"),
    ] {
        if settings.set(key, text).is_err() {
            return 1;
        }
    }
    let Ok(plan) = Plan::new(&settings) else { return 2 };
    let Ok(layout) = Layout::x_fastest([6, 6, 6]) else { return 3 };
    let Ok(image) = Image::new(&image[..], layout, Geometry::axis_aligned([1.0; 3])) else { return 4 };
    let Ok(region) = Region::new(&mask[..], layout, Select::NonZero) else { return 5 };
    let Some(bounds) = region.bounding_box() else { return 6 };
    let Ok(needed) = plan.workspace(&Grid::of(&image), bounds, 1) else { return 7 };
    if needed.words() > workspace.len() || plan.len() > 640 {
        return 8;
    }
    let mut values = [0.0; 640];
    let mut status = [Status::NotComputed; 640];
    let (values, status) = (&mut values[..plan.len()], &mut status[..plan.len()]);
    if plan.extract(&image, &region, &Host::serial(), &mut workspace[..], values, status).is_err() {
        return 9;
    }
    *found = status.iter().filter(|s| s.has_value()).count() as u32;
    0
}
