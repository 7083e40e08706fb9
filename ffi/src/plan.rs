//! Plans: checked settings with their columns.

use core::ffi::{c_char, c_void};

use radiomics::Plan;

use crate::columns::radiomics_column;
use crate::diagnostic::{Fail, radiomics_diagnostic};
use crate::fence;
use crate::handle::{self, Object};
use crate::memory;
use crate::settings::radiomics_settings;
use crate::status::{radiomics_status, radiomics_status_code::RADIOMICS_ERROR_INDEX};
use crate::structs;
use crate::text;

/// A plan: checked settings with their columns. Opaque and immutable; any number of threads may use one at a time.
pub struct radiomics_plan(pub(crate) Plan);

impl Object for radiomics_plan {
    const MARK: u64 = 0x7261_6469_504c_414e;
    const FIELD: &'static str = "plan";
}

/// Bytes of storage that radiomics_plan_create takes, at any address.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_plan_bytes() -> usize {
    handle::storage_bytes::<radiomics_plan>()
}

/// Checks settings and fixes the columns.
///
/// With `selector_count` above 0 the plan keeps the columns that any selector names: a family, a feature name, an IBSI code
/// or a tag, as radiomics_plan_column shows them. `storage` is memory of the caller, `storage_bytes` long, that must
/// outlive the plan; with NULL the library takes memory from the heap. End it with radiomics_plan_destroy either way.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_plan_create(
    settings: *const radiomics_settings,
    selectors: *const *const c_char,
    selector_count: usize,
    storage: *mut c_void,
    storage_bytes: usize,
    plan: *mut *mut radiomics_plan,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            memory::put(plan, core::ptr::null_mut(), "plan")?;
            let mut made = Plan::new(&handle::borrow(settings)?.0)?;
            if selector_count > 0 {
                let selectors = memory::slice(selectors, selector_count, "selectors")?;
                let mut texts = Texts::default();
                for selector in selectors {
                    texts.push(text::read(*selector, "selectors")?)?;
                }
                made.select(&texts.0)?;
            }
            let made = handle::place(radiomics_plan(made), storage, storage_bytes)?;
            memory::put(plan, made, "plan")
        })
    }
}

/// The most selectors of one call: more than there are columns to tell apart in common plans.
const SELECTORS: usize = 1024;

/// Selectors, without a heap.
#[derive(Default)]
struct Texts<'t>(heapless::Vec<&'t str, SELECTORS>);

impl<'t> Texts<'t> {
    fn push(&mut self, text: &'t str) -> Result<(), Fail> {
        let full = |_| Fail::invalid("selector_count", SELECTORS + 1, "at most 1024 selectors");
        self.0.push(text).map_err(full)
    }
}

/// Number of columns: of values for each region. 0 for NULL or a pointer that is no plan.
///
/// # Safety
/// `plan` is NULL or a plan.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_plan_columns(plan: *const radiomics_plan) -> usize {
    // SAFETY: as the caller promises.
    unsafe { handle::borrow(plan).map_or(0, |plan| plan.0.len()) }
}

/// Describes the column that value number `index` of a region belongs to.
///
/// # Safety
/// Pointers are NULL or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_plan_column(
    plan: *const radiomics_plan,
    index: usize,
    column: *mut radiomics_column,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let made = handle::borrow(plan).and_then(|plan| {
                let found = plan.0.columns().nth(index);
                let found = found.ok_or_else(|| beyond(index, plan.0.len()))?;
                Ok(radiomics_column::of(&found))
            });
            structs::give(column, made, "column")
        })
    }
}

/// Writes the text of an option as it stands in the plan; like radiomics_settings_get.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_plan_setting(
    plan: *const radiomics_plan,
    key: *const c_char,
    buffer: *mut c_char,
    buffer_bytes: usize,
    needed: *mut usize,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let value = handle::borrow(plan)
                .and_then(|plan| Ok(plan.0.settings().get(text::read(key, "key")?)?));
            text::give(value, buffer, buffer_bytes, needed)
        })
    }
}

/// Ends a plan. NULL is allowed.
///
/// # Safety
/// `plan` is NULL or a plan that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_plan_destroy(plan: *mut radiomics_plan) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe { fence::call(core::ptr::null_mut(), || handle::destroy(plan)) }
}

/// What an index beyond a table gives.
pub(crate) fn beyond(index: usize, length: usize) -> Fail {
    let message = format_args!("index is {index}: there are {length}");
    Fail::new(RADIOMICS_ERROR_INDEX, "index", message).sizes(length, index)
}
