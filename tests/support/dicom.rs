//! DICOM files written by the tests, byte by byte: the writer shares nothing with the reader.

use std::path::Path;

/// One element of a data set.
#[derive(Clone, Debug)]
pub struct Element {
    /// Group and element.
    pub tag: (u16, u16),
    /// Value representation.
    pub vr: [u8; 2],
    /// Its value.
    pub value: Value,
}

/// The value of an element.
#[derive(Clone, Debug)]
pub enum Value {
    /// Bytes, least significant first where they are words.
    Bytes(Vec<u8>),
    /// Words of 16 bits.
    Words(Vec<u16>),
    /// Items of a sequence.
    Items(Vec<Vec<Element>>),
    /// Compressed frames, one fragment each.
    Fragments(Vec<Vec<u8>>),
}

/// Implicit VR Little Endian.
pub const IMPLICIT: &str = "1.2.840.10008.1.2";
/// Explicit VR Little Endian.
pub const EXPLICIT: &str = "1.2.840.10008.1.2.1";
/// Explicit VR Big Endian.
pub const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
/// Deflated Explicit VR Little Endian.
pub const DEFLATED: &str = "1.2.840.10008.1.2.1.99";
/// RLE Lossless.
pub const RLE: &str = "1.2.840.10008.1.2.5";
/// JPEG Lossless, first-order prediction.
pub const JPEG_LOSSLESS: &str = "1.2.840.10008.1.2.4.70";
/// JPEG 2000, lossless only.
pub const JPEG_2000: &str = "1.2.840.10008.1.2.4.90";

/// CT Image Storage.
pub const CT: &str = "1.2.840.10008.5.1.4.1.1.2";
/// PET Image Storage.
pub const PET: &str = "1.2.840.10008.5.1.4.1.1.128";
/// Enhanced CT Image Storage.
pub const ENHANCED_CT: &str = "1.2.840.10008.5.1.4.1.1.2.1";
/// RT Structure Set Storage.
pub const RTSTRUCT: &str = "1.2.840.10008.5.1.4.1.1.481.3";
/// RT Dose Storage.
pub const RTDOSE: &str = "1.2.840.10008.5.1.4.1.1.481.2";
/// Segmentation Storage.
pub const SEG: &str = "1.2.840.10008.5.1.4.1.1.66.4";

/// An element with text, padded to an even length.
pub fn text(tag: (u16, u16), vr: &str, value: &str) -> Element {
    raw(tag, vr, value.as_bytes())
}

/// An element with bytes, padded to an even length.
pub fn raw(tag: (u16, u16), vr: &str, value: &[u8]) -> Element {
    let mut bytes = value.to_vec();
    if bytes.len() % 2 == 1 {
        bytes.push(if vr == "UI" || vr == "OB" { 0 } else { b' ' });
    }
    Element { tag, vr: representation(vr), value: Value::Bytes(bytes) }
}

/// An element with words of 16 bits.
pub fn words(tag: (u16, u16), vr: &str, value: &[u16]) -> Element {
    Element { tag, vr: representation(vr), value: Value::Words(value.to_vec()) }
}

/// A sequence.
pub fn sequence(tag: (u16, u16), items: Vec<Vec<Element>>) -> Element {
    Element { tag, vr: *b"SQ", value: Value::Items(items) }
}

/// Numbers as decimal text.
pub fn decimals(tag: (u16, u16), numbers: &[f64]) -> Element {
    let texts: Vec<String> = numbers.iter().map(f64::to_string).collect();
    text(tag, "DS", &texts.join("\\"))
}

fn representation(vr: &str) -> [u8; 2] {
    vr.as_bytes().try_into().expect("two letters")
}

/// A file: its transfer syntax and elements.
#[derive(Clone, Debug)]
pub struct File {
    /// UID of the transfer syntax.
    pub syntax: &'static str,
    /// Elements in any order.
    pub elements: Vec<Element>,
}

impl File {
    /// A file of a class with the attributes that every object has.
    pub fn new(class: &str, instance: &str, modality: &str, series: &str) -> Self {
        Self {
            syntax: EXPLICIT,
            elements: vec![
                text((0x0008, 0x0016), "UI", class),
                text((0x0008, 0x0018), "UI", instance),
                text((0x0008, 0x0060), "CS", modality),
                text((0x0010, 0x0020), "LO", "patient 1"),
                text((0x0020, 0x000d), "UI", "1.2.3"),
                text((0x0020, 0x000e), "UI", series),
                text((0x0020, 0x0052), "UI", "1.2.3.9"),
            ],
        }
    }

    /// Sets an element, in place of one with the same tag.
    #[must_use]
    pub fn with(mut self, element: Element) -> Self {
        self.set(element);
        self
    }

    /// Sets an element, in place of one with the same tag.
    pub fn set(&mut self, element: Element) {
        self.elements.retain(|e| e.tag != element.tag);
        self.elements.push(element);
    }

    /// Leaves an element out.
    #[must_use]
    pub fn without(mut self, tag: (u16, u16)) -> Self {
        self.elements.retain(|e| e.tag != tag);
        self
    }

    /// In another transfer syntax.
    #[must_use]
    pub fn syntax(mut self, syntax: &'static str) -> Self {
        self.syntax = syntax;
        self
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let class = self.elements.iter().find(|e| e.tag == (0x0008, 0x0016));
        let class = match class.map(|e| &e.value) {
            Some(Value::Bytes(bytes)) => bytes.clone(),
            _ => Vec::new(),
        };
        let explicit = Style { explicit: true, big: false };
        let mut meta = Vec::new();
        put(&mut meta, &raw((0x0002, 0x0001), "OB", &[0, 1]), explicit);
        put(&mut meta, &raw((0x0002, 0x0002), "UI", &class), explicit);
        put(&mut meta, &text((0x0002, 0x0003), "UI", "1.2.3.4"), explicit);
        put(&mut meta, &text((0x0002, 0x0010), "UI", self.syntax), explicit);
        put(&mut meta, &text((0x0002, 0x0012), "UI", "1.2.3.5"), explicit);
        let mut out = vec![0; 128];
        out.extend(b"DICM");
        let length = (meta.len() as u32).to_le_bytes();
        put(&mut out, &raw((0x0002, 0x0000), "UL", &length), explicit);
        out.extend(meta);
        let style = Style { explicit: self.syntax != IMPLICIT, big: self.syntax == BIG_ENDIAN };
        let mut elements: Vec<&Element> = self.elements.iter().collect();
        elements.sort_by_key(|e| e.tag);
        let mut data = Vec::new();
        elements.iter().for_each(|e| put(&mut data, e, style));
        if self.syntax == DEFLATED {
            use std::io::Write;
            let level = flate2::Compression::fast();
            let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), level);
            writer.write_all(&data).expect("written");
            data = writer.finish().expect("finished");
        }
        out.extend(data);
        out
    }

    /// Writes the file.
    pub fn write(&self, path: &Path) {
        std::fs::write(path, self.bytes()).expect("written");
    }
}

#[derive(Clone, Copy)]
struct Style {
    explicit: bool,
    big: bool,
}

impl Style {
    fn word(self, out: &mut Vec<u8>, word: u16) {
        out.extend(if self.big { word.to_be_bytes() } else { word.to_le_bytes() });
    }

    fn long(self, out: &mut Vec<u8>, long: u32) {
        out.extend(if self.big { long.to_be_bytes() } else { long.to_le_bytes() });
    }

    fn tag(self, out: &mut Vec<u8>, (group, element): (u16, u16)) {
        self.word(out, group);
        self.word(out, element);
    }
}

const ITEM: (u16, u16) = (0xfffe, 0xe000);
const ITEM_END: (u16, u16) = (0xfffe, 0xe00d);
const SEQUENCE_END: (u16, u16) = (0xfffe, 0xe0dd);
const UNKNOWN_LENGTH: u32 = u32::MAX;

fn put(out: &mut Vec<u8>, element: &Element, style: Style) {
    let mut value = Vec::new();
    let length = match &element.value {
        Value::Bytes(bytes) => {
            value.clone_from(bytes);
            value.len() as u32
        }
        Value::Words(words) => {
            words.iter().for_each(|w| style.word(&mut value, *w));
            value.len() as u32
        }
        Value::Items(items) => {
            for item in items {
                style.tag(&mut value, ITEM);
                style.long(&mut value, UNKNOWN_LENGTH);
                let mut sorted: Vec<&Element> = item.iter().collect();
                sorted.sort_by_key(|e| e.tag);
                sorted.iter().for_each(|e| put(&mut value, e, style));
                style.tag(&mut value, ITEM_END);
                style.long(&mut value, 0);
            }
            style.tag(&mut value, SEQUENCE_END);
            style.long(&mut value, 0);
            UNKNOWN_LENGTH
        }
        Value::Fragments(fragments) => {
            // An empty table of offsets, then the frames.
            style.tag(&mut value, ITEM);
            style.long(&mut value, 0);
            for fragment in fragments {
                let even = fragment.len() + fragment.len() % 2;
                style.tag(&mut value, ITEM);
                style.long(&mut value, even as u32);
                value.extend(fragment);
                value.resize(value.len() + fragment.len() % 2, 0);
            }
            style.tag(&mut value, SEQUENCE_END);
            style.long(&mut value, 0);
            UNKNOWN_LENGTH
        }
    };
    style.tag(out, element.tag);
    if style.explicit {
        out.extend(element.vr);
        if matches!(&element.vr, b"OB" | b"OW" | b"OF" | b"OD" | b"SQ" | b"UN" | b"UT") {
            out.extend([0, 0]);
            style.long(out, length);
        } else {
            style.word(out, length as u16);
        }
    } else {
        style.long(out, length);
    }
    out.extend(value);
}

/// Attributes of a plane: rows and columns, directions, the place of the first pixel, and spacing along x and y.
pub fn plane(file: &mut File, [columns, rows]: [u16; 2], at: [f64; 3], spacing: [f64; 2]) {
    file.set(words((0x0028, 0x0002), "US", &[1]));
    file.set(text((0x0028, 0x0004), "CS", "MONOCHROME2"));
    file.set(words((0x0028, 0x0010), "US", &[rows]));
    file.set(words((0x0028, 0x0011), "US", &[columns]));
    file.set(decimals((0x0020, 0x0032), &at));
    file.set(decimals((0x0020, 0x0037), &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0]));
    file.set(decimals((0x0028, 0x0030), &[spacing[1], spacing[0]]));
}

/// How pixels are stored: allocated and stored bits, signed or not.
pub fn stored(file: &mut File, allocated: u16, bits: u16, signed: bool) {
    file.set(words((0x0028, 0x0100), "US", &[allocated]));
    file.set(words((0x0028, 0x0101), "US", &[bits]));
    file.set(words((0x0028, 0x0102), "US", &[bits - 1]));
    file.set(words((0x0028, 0x0103), "US", &[u16::from(signed)]));
}

/// The tag of pixel data.
pub const PIXELS: (u16, u16) = (0x7fe0, 0x0010);

/// A CT slice of 3 x 2 signed pixels at a height, rescaled by 1 and -1000.
pub fn slice(number: u16, z: f64, pixels: [i16; 6]) -> File {
    let mut file = File::new(CT, &format!("1.2.3.10.{number}"), "CT", "1.2.3.10");
    plane(&mut file, [3, 2], [-10.0, -20.0, z], [0.5, 0.75]);
    stored(&mut file, 16, 16, true);
    file.set(decimals((0x0018, 0x0050), &[2.5]));
    file.set(decimals((0x0028, 0x1052), &[-1000.0]));
    file.set(decimals((0x0028, 0x1053), &[1.0]));
    file.set(words(PIXELS, "OW", &pixels.map(|p| p as u16)));
    file
}

/// A structure of a structure set: name, number, type of its contours, and their points.
pub struct Drawn<'a> {
    /// ROI Name.
    pub name: &'a str,
    /// ROI Number.
    pub number: u32,
    /// Contour Geometric Type.
    pub kind: &'a str,
    /// Points in mm as DICOM counts them.
    pub contours: Vec<Vec<[f64; 3]>>,
}

/// A structure set.
pub fn structure_set(drawn: &[Drawn]) -> File {
    let number = |tag, n: u32| text(tag, "IS", &n.to_string());
    let rois = drawn.iter().map(|d| {
        vec![
            number((0x3006, 0x0022), d.number),
            text((0x3006, 0x0024), "UI", "1.2.3.9"),
            text((0x3006, 0x0026), "LO", d.name),
        ]
    });
    let contours = drawn.iter().map(|d| {
        let each = d.contours.iter().map(|points| {
            vec![
                text((0x3006, 0x0042), "CS", d.kind),
                number((0x3006, 0x0046), points.len() as u32),
                decimals((0x3006, 0x0050), points.as_flattened()),
            ]
        });
        vec![sequence((0x3006, 0x0040), each.collect()), number((0x3006, 0x0084), d.number)]
    });
    File::new(RTSTRUCT, "1.2.3.20.1", "RTSTRUCT", "1.2.3.20")
        .with(text((0x3006, 0x0002), "SH", "plan"))
        .with(sequence((0x3006, 0x0020), rois.collect()))
        .with(sequence((0x3006, 0x0039), contours.collect()))
}
