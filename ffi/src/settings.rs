//! Settings: options by text key.

use core::ffi::{c_char, c_void};

use radiomics::Settings;

use crate::diagnostic::radiomics_diagnostic;
use crate::fence;
use crate::handle::{self, Object};
use crate::memory;
use crate::status::radiomics_status;
use crate::text;

/// Settings: every option with its value. Opaque; one thread at a time may change it.
pub struct radiomics_settings(pub(crate) Settings);

impl Object for radiomics_settings {
    const MARK: u64 = 0x7261_6469_5345_5454;
    const FIELD: &'static str = "settings";
}

/// Bytes of storage that radiomics_settings_create takes, at any address.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_settings_bytes() -> usize {
    handle::storage_bytes::<radiomics_settings>()
}

/// Makes settings with every option at its default, or with those of a preset.
///
/// `preset` is the name of a preset or NULL. `storage` is memory of the caller, `storage_bytes` long, that must outlive
/// the settings; with NULL the library takes memory from the heap. End them with radiomics_settings_destroy either way.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_settings_create(
    preset: *const c_char,
    storage: *mut c_void,
    storage_bytes: usize,
    settings: *mut *mut radiomics_settings,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            memory::put(settings, core::ptr::null_mut(), "settings")?;
            let value = match preset.is_null() {
                true => Settings::default(),
                false => Settings::preset(text::read(preset, "preset")?)?,
            };
            let made = handle::place(radiomics_settings(value), storage, storage_bytes)?;
            memory::put(settings, made, "settings")
        })
    }
}

/// Sets an option from its text: `resample.spacing_mm` to `2,2,2`. When it is refused, nothing changes.
///
/// # Safety
/// Pointers are NULL or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_settings_set(
    settings: *mut radiomics_settings,
    key: *const c_char,
    value: *const c_char,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let settings = handle::borrow_mut(settings)?;
            let (key, value) = (text::read(key, "key")?, text::read(value, "value")?);
            Ok(settings.0.set(key, value)?)
        })
    }
}

/// Writes the text of an option into `buffer`, such that setting it again changes nothing, and its length with the zero
/// at the end into `needed`. With `buffer_bytes` 0 only the length is asked for; `needed` may be NULL otherwise.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_settings_get(
    settings: *const radiomics_settings,
    key: *const c_char,
    buffer: *mut c_char,
    buffer_bytes: usize,
    needed: *mut usize,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let value = handle::borrow(settings)
                .and_then(|settings| Ok(settings.0.get(text::read(key, "key")?)?));
            text::give(value, buffer, buffer_bytes, needed)
        })
    }
}

/// Ends settings. Plans made from them live on. NULL is allowed.
///
/// # Safety
/// `settings` is NULL or settings that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_settings_destroy(
    settings: *mut radiomics_settings,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe { fence::call(core::ptr::null_mut(), || handle::destroy(settings)) }
}
