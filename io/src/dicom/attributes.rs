//! Attributes of a data set as text and numbers.

use dicom_core::header::HasLength as _;
use dicom_core::value::PrimitiveValue;
use dicom_core::{DataDictionary, Tag};
use dicom_dictionary_std::StandardDataDictionary;
use dicom_object::InMemDicomObject;

/// A tag as people look it up: `PixelSpacing (0028,0030)`.
pub(super) fn name(tag: Tag) -> String {
    use dicom_core::dictionary::DataDictionaryEntry;
    let number = format!("({:04X},{:04X})", tag.group(), tag.element());
    match StandardDataDictionary.by_tag(tag) {
        Some(entry) => format!("{} {number}", entry.alias()),
        None => number,
    }
}

/// The refusal for an attribute that is needed and missing.
pub(super) fn missing(tag: Tag) -> String {
    format!("lacks {}", name(tag))
}

/// Without the padding of the standard: spaces and a trailing NUL.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
}

/// The values of an attribute as text; `None` where it is missing or empty.
pub(super) fn texts(data: &InMemDicomObject, tag: Tag) -> Option<Vec<String>> {
    let value = data.get(tag)?.value().primitive()?;
    let texts: Vec<String> = match value {
        PrimitiveValue::Str(text) => vec![trimmed(text).to_owned()],
        PrimitiveValue::Strs(texts) => texts.iter().map(|t| trimmed(t).to_owned()).collect(),
        // Private attributes in implicit transfer syntaxes have no representation; text is the usual one.
        PrimitiveValue::U8(bytes) => {
            let text = std::str::from_utf8(bytes).ok()?;
            text.split('\\').map(|t| trimmed(t).to_owned()).collect()
        }
        PrimitiveValue::Empty => return None,
        other => other.to_multi_str().iter().map(|t| trimmed(t).to_owned()).collect(),
    };
    (!texts.iter().all(String::is_empty)).then_some(texts)
}

/// The values of an attribute as one text, joined as DICOM does.
pub(super) fn text(data: &InMemDicomObject, tag: Tag) -> Option<String> {
    texts(data, tag).map(|t| t.join("\\"))
}

/// The values of an attribute as finite numbers.
pub(super) fn numbers(data: &InMemDicomObject, tag: Tag) -> Option<Vec<f64>> {
    let value = data.get(tag)?.value().primitive()?;
    let numbers = match value {
        PrimitiveValue::Str(_) | PrimitiveValue::Strs(_) | PrimitiveValue::U8(_) => {
            texts(data, tag)?.iter().map(|t| t.parse().ok()).collect::<Option<Vec<f64>>>()?
        }
        other => other.to_multi_float64().ok()?,
    };
    (!numbers.is_empty() && numbers.iter().all(|x| x.is_finite())).then_some(numbers)
}

/// Exactly `N` finite numbers.
pub(super) fn vector<const N: usize>(data: &InMemDicomObject, tag: Tag) -> Option<[f64; N]> {
    numbers(data, tag)?.try_into().ok()
}

/// The first value as a finite number.
pub(super) fn number(data: &InMemDicomObject, tag: Tag) -> Option<f64> {
    numbers(data, tag)?.first().copied()
}

/// The first value as a whole number that is not negative.
pub(super) fn count(data: &InMemDicomObject, tag: Tag) -> Option<u32> {
    let number = number(data, tag)?;
    (number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0)
        .then_some(number as u32)
}

/// The items of a sequence; none where it is missing.
pub(super) fn items(data: &InMemDicomObject, tag: Tag) -> &[InMemDicomObject] {
    data.get(tag).and_then(|e| e.items()).unwrap_or_default()
}

/// The only or first item of a sequence.
pub(super) fn item(data: &InMemDicomObject, tag: Tag) -> Option<&InMemDicomObject> {
    items(data, tag).first()
}

/// An attribute of a private block, found by its creator.
pub(super) fn private_tag(
    data: &InMemDicomObject,
    group: u16,
    creator: &str,
    element: u8,
) -> Option<Tag> {
    (0x10u16..=0xff)
        .find_map(|block| {
            let found = texts(data, Tag(group, block))?;
            (found.first()? == creator).then_some(Tag(group, block << 8 | u16::from(element)))
        })
        .filter(|tag| data.get(*tag).is_some_and(|e| !e.is_empty()))
}
