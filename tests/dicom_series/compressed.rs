//! Compressed pixels: each decoder against what was put in.

use support::dicom::{
    File, JPEG_2000, JPEG_LOSSLESS, PIXELS, RLE, Value, decimals, raw, slice, stored, words,
};

use super::{intensities, read, scan, written};

/// Ten values with jumps over both bytes, and a run.
const PIXEL: [i16; 6] = [-1000, 3071, 0, 255, 256, -1];

fn encapsulated(syntax: &'static str, frame: Vec<u8>) -> File {
    let mut element = raw(PIXELS, "OB", &[]);
    element.value = Value::Fragments(vec![frame]);
    slice(1, 0.0, [0; 6]).with(element).syntax(syntax).with(decimals((0x0028, 0x1052), &[0.0]))
}

/// A segment for each byte, most significant first: the first byte as it is, nothing, and the others as runs.
fn rle<const N: usize>(pixels: &[[u8; N]]) -> Vec<u8> {
    let mut segments: Vec<Vec<u8>> = Vec::new();
    for byte in (0..N).rev() {
        let mut packets = vec![0, pixels[0][byte], 0x80];
        for run in pixels[1..].chunk_by(|a, b| a[byte] == b[byte]) {
            packets.extend([(1 - run.len() as i8) as u8, run[0][byte]]);
        }
        packets.resize(packets.len().next_multiple_of(2), 0x80);
        segments.push(packets);
    }
    let mut header = [0u32; 16];
    header[0] = N as u32;
    header[1] = 64;
    for i in 1..N {
        header[i + 1] = header[i] + segments[i - 1].len() as u32;
    }
    let mut out: Vec<u8> = header.iter().flat_map(|h| h.to_le_bytes()).collect();
    out.extend(segments.concat());
    out
}

#[test]
fn run_lengths() {
    let (volume, _) = read(&[encapsulated(RLE, rle(&PIXEL.map(i16::to_le_bytes)))]);
    assert_eq!(intensities(&volume), PIXEL.map(f64::from));
    // Numbers of 32 bits.
    let wide = [0, 1, -1, 70_000, 70_000, -2_000_000_000];
    let mut file = encapsulated(RLE, rle(&wide.map(i32::to_le_bytes)));
    stored(&mut file, 32, 32, true);
    assert_eq!(intensities(&read(&[file]).0), wide.map(f64::from));
}

/// JPEG Lossless (process 14): differences to the left neighbour, each as its number of bits and those bits.
fn jpeg(pixels: &[i16], columns: usize) -> Vec<u8> {
    let rows = pixels.len() / columns;
    let mut out = vec![0xff, 0xd8];
    // Seventeen lengths, each with a code of five bits.
    let mut table = vec![0x00];
    table.extend([0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    table.extend(0..17u8);
    let segment = |out: &mut Vec<u8>, marker: u8, body: &[u8]| {
        out.extend([0xff, marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    };
    segment(&mut out, 0xc4, &table);
    let frame = [16, 0, rows as u8, 0, columns as u8, 1, 1, 0x11, 0];
    segment(&mut out, 0xc3, &frame);
    segment(&mut out, 0xda, &[1, 1, 0x00, 1, 0, 0]);
    let (mut bits, mut count) = (0u64, 0);
    let mut data = Vec::new();
    let mut put = |value: u64, width: u32| {
        bits = bits << width | value;
        count += width;
        while count >= 8 {
            count -= 8;
            let byte = (bits >> count & 0xff) as u8;
            data.push(byte);
            if byte == 0xff {
                data.push(0);
            }
        }
    };
    for (i, pixel) in pixels.iter().enumerate() {
        let stored = i64::from(*pixel as u16);
        let before = match i {
            0 => 1 << 15,
            // The first of a row follows the one above.
            _ if i % columns == 0 => i64::from(pixels[i - columns] as u16),
            _ => i64::from(pixels[i - 1] as u16),
        };
        // Differences are taken modulo 65536.
        let difference = i64::from((stored - before) as i16);
        let width = 64 - difference.unsigned_abs().leading_zeros();
        put(u64::from(width), 5);
        if width < 16 {
            let low = if difference < 0 { difference - 1 } else { difference };
            put(low as u64 & ((1 << width) - 1), width);
        }
    }
    put(0x7f, 7);
    out.extend(data);
    out.extend([0xff, 0xd9]);
    out
}

#[test]
fn jpeg_lossless() {
    let (volume, _) = read(&[encapsulated(JPEG_LOSSLESS, jpeg(&PIXEL, 3))]);
    assert_eq!(intensities(&volume), PIXEL.map(f64::from));
}

/// A gradient `37 x - 11 y - 800` of 32 x 32 signed pixels, written by OpenJPEG.
const GRADIENT: &[u8] = include_bytes!("../golden/gradient.j2k");

fn gradient() -> File {
    let mut file = encapsulated(JPEG_2000, GRADIENT.to_vec());
    stored(&mut file, 16, 16, true);
    file.with(words((0x0028, 0x0010), "US", &[32])).with(words((0x0028, 0x0011), "US", &[32]))
}

#[test]
fn jpeg_2000() {
    let (volume, _) = read(&[gradient()]);
    let expected: Vec<f64> =
        (0..1024).map(|i| f64::from(37 * (i % 32) - 11 * (i / 32) - 800)).collect();
    assert_eq!(intensities(&volume), expected);
}

#[test]
fn sizes_that_disagree_are_refused() {
    let error = |file: File| {
        let folder = written(&[file]);
        let scan = scan(folder.path());
        let limits = radiomics_io::Limits::default();
        scan.series[0].read(&limits).expect_err("a refusal").to_string()
    };
    // The stream of a bomb: 65 535 x 65 535 pixels in a few bytes.
    let mut stream = jpeg(&PIXEL, 3);
    let at = stream.windows(2).position(|w| w == [0xff, 0xc3]).expect("a frame");
    stream[at + 5..at + 9].fill(0xff);
    let text = error(encapsulated(JPEG_LOSSLESS, stream));
    assert!(
        text.contains("declares 3 x 2 pixels and holds a compressed image of 65535 x 65535"),
        "{text}"
    );
    let small = words((0x0028, 0x0010), "US", &[31]);
    let text = error(gradient().with(small));
    assert!(
        text.contains("declares 32 x 31 pixels and holds a compressed image of 32 x 32"),
        "{text}"
    );
    // JPEG-LS has no decoder in Rust.
    let text = error(encapsulated("1.2.840.10008.1.2.4.80", vec![0; 8]));
    assert!(
        text.contains("1.2.840.10008.1.2.4.80, which is not supported: export it uncompressed"),
        "{text}"
    );
    let mut cut = rle(&PIXEL.map(i16::to_le_bytes));
    cut.truncate(70);
    let text = error(encapsulated(RLE, cut));
    assert!(text.contains("run lengths of 2 of 6 pixels are there"), "{text}");
    let text = error(encapsulated(RLE, rle(&PIXEL.map(i32::from).map(i32::to_le_bytes))));
    assert!(text.contains("4 segments of run lengths for numbers of 2 bytes"), "{text}");
}
