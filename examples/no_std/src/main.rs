//! A program without `std` and without a heap: image, mask, workspace and values lie in one static buffer. Of the C
//! library it takes `write`, and what starts a program.
//!
//! ```text
//! cargo run --release --manifest-path examples/no_std/Cargo.toml
//! ```
#![no_std]
#![no_main]

use core::fmt::{self, Write};
use core::sync::atomic::{AtomicBool, Ordering};

use radiomics::{Error, Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Status};

const SIDE: usize = 8;
const VOXELS: usize = SIDE * SIDE * SIDE;

/// All the memory of the program.
struct Memory {
    voxels: [i16; VOXELS],
    mask: [u8; VOXELS],
    workspace: [u64; 65536],
    values: [f64; 320],
    status: [Status; 320],
}

static mut MEMORY: Memory = Memory {
    voxels: [0; VOXELS],
    mask: [0; VOXELS],
    workspace: [0; 65536],
    values: [0.0; 320],
    status: [Status::NotComputed; 320],
};
static TAKEN: AtomicBool = AtomicBool::new(false);

#[link(name = "c")]
unsafe extern "C" {
    fn write(file: i32, bytes: *const u8, count: usize) -> isize;
}

/// The standard output.
struct Output;

impl Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            // SAFETY: `rest` is that many bytes.
            let done = unsafe { write(1, rest.as_ptr(), rest.len()) };
            rest = usize::try_from(done).ok().and_then(|n| rest.get(n..)).ok_or(fmt::Error)?;
        }
        Ok(())
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

fn extract(memory: &mut Memory) -> Result<(), Error> {
    for i in 0..VOXELS {
        memory.voxels[i] = ((i * 7919) % 97) as i16;
        memory.mask[i] = u8::from(i % 5 != 0);
    }
    let layout = Layout::x_fastest([SIDE; 3])?;
    let image = Image::new(&memory.voxels[..], layout, Geometry::axis_aligned([1.0, 1.0, 2.0]))?;
    let region = Region::new(&memory.mask[..], layout, Select::NonZero)?;
    let plan = Plan::new(&Settings::preset("ibsi-c")?)?;
    if plan.len() > memory.values.len() {
        return Err(Error::TooLarge { field: "values" });
    }
    let (values, status) = (&mut memory.values[..plan.len()], &mut memory.status[..plan.len()]);
    plan.extract(&image, &region, &Host::serial(), &mut memory.workspace, values, status)?;
    for ((column, value), status) in plan.columns().zip(values).zip(status) {
        let _ = writeln!(Output, "{} {value:e} {}", column.tag(), status.name());
    }
    Ok(())
}

/// Called by the C library's start-up code.
#[unsafe(no_mangle)]
pub extern "C" fn main(_: i32, _: *const *const u8) -> i32 {
    if TAKEN.swap(true, Ordering::AcqRel) {
        return 2;
    }
    // SAFETY: only the first call comes here.
    let memory = unsafe { &mut *(&raw mut MEMORY) };
    match extract(memory) {
        Ok(()) => 0,
        Err(error) => {
            let _ = writeln!(Output, "{error}");
            1
        }
    }
}
