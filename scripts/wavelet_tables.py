#!/usr/bin/env python3
"""Computes the wavelet tables of core/src/filter/wavelet/ from what defines them, with mpmath.

    wavelet_tables.py --check    compares with the tables in the source and fails where any bit differs
    wavelet_tables.py --write    writes the weights into the tables in the source

Every table holds scaling filters in the order in which a signal is reconstructed, with the sum sqrt(2).
"""

import itertools
import pathlib
import re
import sys

from mpmath import binomial, lu_solve, matrix, mp, mpf, polyroots, sqrt

mp.dps = 80
TINY = mpf(10) ** -40

# Which pairs of roots, by rising modulus of the root inside the unit circle, are taken from outside of it, and
# whether the filter is read backwards: the choice in general use, which is close to linear phase.
SYMLETS = {
    2: ("0", False), 3: ("0", False), 4: ("1", True), 5: ("1", False), 6: ("10", True),
    7: ("1", False), 8: ("101", True), 9: ("110", False), 10: ("1010", True),
    11: ("110", False), 12: ("10101", False), 13: ("11100", False), 14: ("101100", False),
    15: ("11100", False), 16: ("1011001", False), 17: ("1110001", True),
    18: ("10110010", True), 19: ("1110100", False), 20: ("101100101", False),
}

# Their defining equations have several solutions: the known one to six decimals, in units of 1e-6.
COIFLETS = {
    1: [-72733, 337898, 852572, 384865, -72733, -15656],
    2: [16387, -41465, -67373, 386110, 812724, 417005, -76489, -59434, 23680, 5611, -1823, -721],
    3: [-3794, 7783, 23453, -65772, -61123, 405177, 793777, 428483, -71800, -82302, 34555, 15881,
        -9008, -2575, 1118, 466, -71, -35],
    4: [892, -1629, -7346, 16069, 26682, -81267, -56077, 415308, 782239, 434386, -66627, -96220,
        39334, 25082, -15212, -5658, 3751, 1267, -589, -260, 62, 31, -3, -2],
    5: [-212, 359, 2178, -4159, -10132, 23408, 28170, -91922, -52047, 421571, 774294, 437982,
        -62038, -105563, 41288, 32675, -19758, -9160, 6762, 2432, -1662, -638, 302, 140, -41, -21,
        4, 2, 0, 0],
}

# Vanishing moments of the reconstructing and of the decomposing low-pass filter.
SPLINES = ["1.1", "1.3", "1.5", "2.2", "2.4", "2.6", "2.8", "3.1", "3.3", "3.5", "3.7", "3.9"]
# Zeros at -1 of the reconstructing filter; the pairs of roots it takes, by rising modulus inside the unit circle.
SYMMETRIC = {"4.4": (4, 4, [0]), "5.5": (6, 4, [0]), "6.8": (6, 8, [1])}


def times(a, b):
    """The product of two polynomials."""
    out = [mpf(0)] * (len(a) + len(b) - 1)
    for (i, x), (j, y) in itertools.product(enumerate(a), enumerate(b)):
        out[i + j] += x * y
    return out


def normalised(filter):
    filter = [mp.re(x) for x in filter]
    scale = sqrt(mpf(2)) / sum(filter)
    return [x * scale for x in filter]


def from_roots(zeros, roots):
    """The filter with that many zeros at -1 and these other roots."""
    out = [mpf(1)]
    for root in [mpf(-1)] * zeros + list(roots):
        out = times(out, [mpf(1), -root])
    return normalised(out)


def groups(n):
    """The roots inside the unit circle of sum_(k<n) C(n-1+k, k) y^k, y = (2 - z - 1/z) / 4: conjugate ones together."""
    if n == 1:
        return []
    powers = [binomial(n - 1 + k, k) for k in reversed(range(n))]
    out = []
    for y in polyroots(powers, maxsteps=1000, extraprec=600):
        if mp.im(y) < -TINY:
            continue
        middle = 1 - 2 * y
        side = sqrt(middle * middle - 1)
        z = min(middle + side, middle - side, key=abs)
        out.append([mp.re(z)] if abs(mp.im(y)) < TINY else [z, mp.conj(z)])
    return sorted(out, key=lambda group: abs(group[0]))


def daubechies(n):
    return from_roots(n, itertools.chain(*groups(n)))


def symlet(n):
    mask, backwards = int(SYMLETS[n][0], 2), SYMLETS[n][1]
    roots = [1 / z if mask >> i & 1 else z for i, group in enumerate(groups(n)) for z in group]
    out = from_roots(n, roots)
    return out[::-1] if backwards else out


def coiflet(n):
    """Gauss-Newton on: orthonormal even shifts, 2n vanishing moments, 2n - 1 of the scaling function."""
    h = [mpf(x) / 1000000 for x in COIFLETS[n]]
    size = len(h)
    centre = int(mp.nint(sum(k * x for k, x in enumerate(h)) / sum(h)))
    places = [mpf(k - centre) / size for k in range(size)]
    for _ in range(12):
        rows, off = [], []
        for shift in range(0, size, 2):
            row = [mpf(0)] * size
            for k in range(size - shift):
                row[k] += h[k + shift]
                row[k + shift] += h[k]
            rows.append(row)
            off.append(sum(h[k] * h[k + shift] for k in range(size - shift)) - (shift == 0))
        for p in range(2 * n):
            for sign in (1, -1):
                row = [sign ** k * x ** p for k, x in enumerate(places)]
                rows.append(row)
                want = sqrt(mpf(2)) if p == 0 and sign == 1 else 0
                off.append(sum(a * b for a, b in zip(row, h)) - want)
        step = lu_solve(matrix(rows), matrix(off))  # least squares: more equations than weights
        h = [x - d for x, d in zip(h, step)]
    if max(abs(x) for x in off) > mpf(10) ** -30:
        raise ArithmeticError(f"coif{n} does not converge: {mp.nstr(max(map(abs, off)), 5)}")
    return h


def placed(filter, size, late):
    """Filters of an odd length stand half a sample off the middle, on the side that lines the two up."""
    left = (size - len(filter) + late * (len(filter) % 2)) // 2
    return [mpf(0)] * left + filter + [mpf(0)] * (size - len(filter) - left)


def biorthogonal(name):
    rebuilding, decomposing = (int(x) for x in name.split("."))
    if name in SYMMETRIC:
        zeros, others, mine = SYMMETRIC[name]
        found = groups((zeros + others) // 2)
        both = lambda some: [w for i in some for z in found[i] for w in (z, 1 / z)]
        rebuild = from_roots(zeros, both(mine))
        low = from_roots(others, both(set(range(len(found))) - set(mine)))
    else:
        rebuild = from_roots(rebuilding, [])
        n = (rebuilding + decomposing) // 2
        low = from_roots(decomposing, [w for group in groups(n) for z in group for w in (z, 1 / z)])
    size = max(len(low), len(rebuild))
    size += size % 2
    return placed(low, size, 1), placed(rebuild, size, -1)


def tables():
    yield "daubechies", [(f"db{n}", [daubechies(n)]) for n in range(1, 21)]
    yield "symlets", [(f"sym{n}", [symlet(n)]) for n in SYMLETS]
    yield "coiflets", [(f"coif{n}", [coiflet(n)]) for n in COIFLETS]
    yield "biorthogonal", [(f"bior{n}", biorthogonal(n)) for n in SPLINES + list(SYMMETRIC)]


def source(file):
    return pathlib.Path(__file__).parent.parent / "core/src/filter/wavelet" / f"{file}.rs"


def committed(file):
    for name, row in re.findall(r'\("([a-z0-9.]+)", (&\[.*\])\)', source(file).read_text()):
        lists = re.findall(r"\[([^\]]*)\]", row)
        yield name, [[float(x) for x in numbers.split(",")] for numbers in lists]


def check():
    fine = True
    for file, rows in tables():
        there = dict(committed(file))
        differing, worst = 0, 0.0
        for name, filters in rows:
            got = there.pop(name, [])
            if [len(f) for f in got] != [len(f) for f in filters]:
                print(f"{name}: not as many weights")
                fine = False
                continue
            off = [abs(x - float(y)) for a, b in zip(got, filters) for x, y in zip(a, b)]
            differing += sum(x != 0.0 for x in off)
            worst = max(worst, *off)
        print(f"{file}: {len(rows)} wavelets, {differing} weights differ, at most by {worst:.1e}")
        if there:
            print(f"{file}: {', '.join(there)} not known here")
        fine &= differing == 0 and not there
    return 0 if fine else 1


def write():
    for file, rows in tables():
        text = source(file).read_text()
        for name, filters in rows:
            lists = ", ".join(f"&[{', '.join(repr(float(x)) for x in f)}]" for f in filters)
            text = re.sub(rf'\("{re.escape(name)}", &.*\),', f'("{name}", {lists}),', text)
        source(file).write_text(text)
    return 0


if __name__ == "__main__":
    modes = {"--check": check, "--write": write}
    sys.exit(modes[sys.argv[1]]() if sys.argv[1:2] and sys.argv[1] in modes else __doc__)
