//! Filters straight from their definitions: every kernel a list of offsets and weights, every response a sum over it.

use std::f64::consts::PI;

/// The image beyond its edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    Constant(f64),
    Nearest,
    Periodic,
    Mirror,
}

/// A dense volume, x fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    pub values: Vec<f64>,
    pub shape: [usize; 3],
}

impl Dense {
    fn at(&self, place: [isize; 3], edge: Edge) -> f64 {
        let mut index = 0;
        for axis in (0..3).rev() {
            let n = self.shape[axis] as isize;
            let mut i = place[axis];
            if !(0..n).contains(&i) {
                match edge {
                    Edge::Constant(value) => return value,
                    Edge::Nearest => i = if i < 0 { 0 } else { n - 1 },
                    Edge::Periodic => i = i.rem_euclid(n),
                    // Reflected at the outer faces until it is inside.
                    Edge::Mirror => {
                        while !(0..n).contains(&i) {
                            i = if i < 0 { -1 - i } else { 2 * n - 1 - i };
                        }
                    }
                }
            }
            index = index * self.shape[axis] + i as usize;
        }
        self.values[index]
    }

    fn map(&self, value: impl Fn([isize; 3]) -> f64) -> Dense {
        let [nx, ny, nz] = self.shape;
        let mut values = Vec::new();
        for z in 0..nz {
            for y in 0..ny {
                for x in 0..nx {
                    values.push(value([x as isize, y as isize, z as isize]));
                }
            }
        }
        Dense { values, shape: self.shape }
    }
}

/// Weights at offsets: `h(i) = sum w f(i - offset)`.
pub type Kernel = Vec<([isize; 3], f64)>;

pub fn convolve(image: &Dense, kernel: &Kernel, edge: Edge) -> Dense {
    image.map(|i| {
        let part = |(o, w): &([isize; 3], f64)| {
            w * image.at([i[0] - o[0], i[1] - o[1], i[2] - o[2]], edge)
        };
        kernel.iter().map(part).sum()
    })
}

/// The product of kernels along the axes; weight k of n stands at `k - n/2`.
pub fn product(lines: [&[f64]; 3]) -> Kernel {
    let place = |k: usize, line: &[f64]| k as isize - (line.len() / 2) as isize;
    let mut out = Vec::new();
    for (a, x) in lines[0].iter().enumerate() {
        for (b, y) in lines[1].iter().enumerate() {
            for (c, z) in lines[2].iter().enumerate() {
                let offset = [place(a, lines[0]), place(b, lines[1]), place(c, lines[2])];
                out.push((offset, x * y * z));
            }
        }
    }
    out
}

/// Matrices of the rotations by right angles: of 48 signed permutations those with determinant 1; in two
/// dimensions those that keep the third axis.
pub fn rotations(dimensions: usize) -> Vec<[[isize; 3]; 3]> {
    let mut out = Vec::new();
    for code in 0..27 * 27 * 27 {
        let mut digits = code;
        let mut m = [[0isize; 3]; 3];
        for row in &mut m {
            for cell in row {
                *cell = digits % 3 - 1;
                digits /= 3;
            }
        }
        let nonzero = |cells: [isize; 3]| cells.iter().filter(|c| **c != 0).count();
        let permutes = m.iter().all(|row| nonzero(*row) == 1)
            && (0..3).all(|c| nonzero([m[0][c], m[1][c], m[2][c]]) == 1);
        let det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
        if permutes && det == 1 && (dimensions == 3 || m[2][2] == 1) {
            out.push(m);
        }
    }
    assert_eq!(out.len(), if dimensions == 3 { 24 } else { 4 });
    out
}

pub fn rotated(kernel: &Kernel, m: &[[isize; 3]; 3]) -> Kernel {
    let turn = |o: &[isize; 3]| [0, 1, 2].map(|r| (0..3).map(|c| m[r][c] * o[c]).sum());
    kernel.iter().map(|(o, w)| (turn(o), *w)).collect()
}

/// Responses made one, voxel by voxel.
pub fn pool(responses: &[Dense], by: &str) -> Dense {
    let n = responses.len() as f64;
    let values = (0..responses[0].values.len()).map(|i| {
        let all = responses.iter().map(|r| r.values[i]);
        match by {
            "max" => all.fold(f64::MIN, f64::max),
            "min" => all.fold(f64::MAX, f64::min),
            "sum" => all.sum(),
            _ => all.sum::<f64>() / n,
        }
    });
    Dense { values: values.collect(), shape: responses[0].shape }
}

/// Offsets of a box.
fn offsets(half: [isize; 3]) -> Vec<[isize; 3]> {
    let mut out = Vec::new();
    for z in -half[2]..=half[2] {
        for y in -half[1]..=half[1] {
            for x in -half[0]..=half[0] {
                out.push([x, y, z]);
            }
        }
    }
    out
}

/// The Laplacian of a Gaussian over its box, or the Gaussian with the sum 1.
pub fn gaussian(
    sigma: [f64; 3],
    cutoff: f64,
    dimensions: usize,
    laplacian: bool,
    zero_sum: bool,
) -> Kernel {
    let half = [0, 1, 2]
        .map(|a| if a < dimensions { (cutoff * sigma[a] + 0.5).floor() as isize } else { 0 });
    let mut kernel: Kernel = offsets(half)
        .into_iter()
        .map(|k| {
            let squares: f64 = (0..dimensions).map(|a| (k[a] as f64 / sigma[a]).powi(2)).sum();
            let norm: f64 = (0..dimensions).map(|a| (2.0 * PI).sqrt() * sigma[a]).product();
            let g = (-squares / 2.0).exp() / norm;
            let d = dimensions as f64;
            (k, if laplacian { -(d - squares) / sigma[0].powi(2) * g } else { g })
        })
        .collect();
    let sum: f64 = kernel.iter().map(|(_, w)| w).sum();
    let count = kernel.len() as f64;
    for (_, w) in &mut kernel {
        match (laplacian, zero_sum) {
            (true, true) => *w -= sum / count,
            (true, false) => {}
            (false, _) => *w /= sum,
        }
    }
    kernel
}

/// The modulus of the Gabor response in one plane.
pub fn gabor(
    image: &Dense,
    [sigma, lambda, gamma, theta]: [f64; 4],
    spacing: [f64; 3],
    plane: [usize; 2],
    edge: Edge,
) -> Dense {
    // Beyond this the envelope is below 1e-10.
    let reach = |axis: usize| (6.8 * sigma.max(sigma / gamma) / spacing[axis]).ceil() as isize;
    let [h1, h2] = plane.map(reach);
    image.map(|i| {
        let (mut re, mut im) = (0.0, 0.0);
        for k2 in -h2..=h2 {
            for k1 in -h1..=h1 {
                let [x, y] = [k1 as f64 * spacing[plane[0]], k2 as f64 * spacing[plane[1]]];
                let a = x * theta.cos() + y * theta.sin();
                let b = x * theta.sin() - y * theta.cos();
                let envelope = (-(a * a + gamma * gamma * b * b) / (2.0 * sigma * sigma)).exp();
                let mut place = i;
                place[plane[0]] -= k1;
                place[plane[1]] -= k2;
                let f = image.at(place, edge);
                re += f * envelope * (2.0 * PI * a / lambda).cos();
                im += f * envelope * (2.0 * PI * a / lambda).sin();
            }
        }
        re.hypot(im)
    })
}

/// The spectrum is multiplied, place by place, and the real part comes back: sums over all pairs.
pub fn multiplied(
    image: &Dense,
    dimensions: usize,
    factor: impl Fn([usize; 3]) -> [f64; 2],
) -> Dense {
    let shape = image.shape;
    let count: usize = shape[..dimensions].iter().product();
    let slices = image.values.len() / count;
    let place = |i: usize| {
        let (x, rest) = (i % shape[0], i / shape[0]);
        [x, rest % shape[1], rest / shape[1]]
    };
    let turn = |j: [usize; 3], k: [usize; 3]| {
        let turns: f64 =
            (0..dimensions).map(|a| ((j[a] * k[a]) % shape[a]) as f64 / shape[a] as f64).sum();
        2.0 * PI * turns
    };
    let mut values = vec![0.0; image.values.len()];
    for s in 0..slices {
        let slice = &image.values[s * count..(s + 1) * count];
        for k in (0..count).map(place) {
            let (mut re, mut im) = (0.0, 0.0);
            for (j, x) in slice.iter().enumerate() {
                let t = turn(place(j), k);
                re += x * t.cos();
                im -= x * t.sin();
            }
            let [fr, fi] = factor(k);
            let (re, im) = (re * fr - im * fi, re * fi + im * fr);
            for j in 0..count {
                let t = turn(place(j), k);
                values[s * count + j] += (re * t.cos() - im * t.sin()) / count as f64;
            }
        }
    }
    Dense { values, shape }
}
