//! Pixels, lines and letters.

use std::convert::Infallible;

use embedded_graphics::Drawable;
use embedded_graphics::mono_font::MonoTextStyleBuilder;
use embedded_graphics::mono_font::iso_8859_1::FONT_6X13;
use embedded_graphics::pixelcolor::Rgb888;
use embedded_graphics::prelude::{DrawTarget, OriginDimensions, Pixel, Point, RgbColor, Size};
use embedded_graphics::text::{Baseline, Text};

/// Red, green, blue.
pub type Colour = [u8; 3];

pub const WHITE: Colour = [255, 255, 255];
pub const GREY: Colour = [170, 170, 170];
pub const DARK: Colour = [60, 60, 60];
/// The mask as it was given.
pub const GIVEN: Colour = [255, 150, 0];
/// The mask as it was measured.
pub const MEASURED: Colour = [0, 220, 255];
/// Both at once.
pub const BOTH: Colour = [120, 255, 120];
/// What re-segmentation took away.
pub const REMOVED: Colour = [255, 40, 80];

/// Width of a letter.
pub const LETTER: usize = 6;

/// A picture.
pub struct Canvas {
    size: [usize; 2],
    bytes: Vec<u8>,
}

impl Canvas {
    /// A black picture.
    pub fn new(size: [usize; 2]) -> Self {
        Self { size, bytes: vec![0; 3 * size[0] * size[1]] }
    }

    pub const fn size(&self) -> [usize; 2] {
        self.size
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Sets a pixel; outside nothing happens.
    pub fn set(&mut self, [x, y]: [usize; 2], colour: Colour) {
        if x < self.size[0] && y < self.size[1] {
            let at = 3 * (y * self.size[0] + x);
            self.bytes[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, [x, y]: [usize; 2], [width, height]: [usize; 2], colour: Colour) {
        for j in y..y + height {
            for i in x..x + width {
                self.set([i, j], colour);
            }
        }
    }

    /// Writes a line of text, from its upper left corner, on black so that it reads on any image.
    pub fn text(&mut self, [x, y]: [usize; 2], text: &str, colour: Colour) {
        let [r, g, b] = colour;
        let style = MonoTextStyleBuilder::new()
            .font(&FONT_6X13)
            .text_color(Rgb888::new(r, g, b))
            .background_color(Rgb888::BLACK)
            .build();
        let place = Point::new(x as i32, y as i32);
        // Drawing into memory does not fail.
        let _ = Text::with_baseline(text, place, style, Baseline::Top).draw(self);
    }
}

impl OriginDimensions for Canvas {
    fn size(&self) -> Size {
        Size::new(self.size[0] as u32, self.size[1] as u32)
    }
}

impl DrawTarget for Canvas {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Infallible>
    where
        I: IntoIterator<Item = Pixel<Rgb888>>,
    {
        for Pixel(place, colour) in pixels {
            if place.x >= 0 && place.y >= 0 {
                let place = [place.x as usize, place.y as usize];
                self.set(place, [colour.r(), colour.g(), colour.b()]);
            }
        }
        Ok(())
    }
}
