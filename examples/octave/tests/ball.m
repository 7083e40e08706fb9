function [volume, mask, spacing] = ball()
% A small image (rows y, columns x, slices z) with sides that all differ, and an egg in it.
[x, y, z] = meshgrid(1:13, 1:17, 1:9);
volume = int16(20 + mod(7 * x + 3 * y .* z + x .* x, 61));
mask = ((x - 6.3) / 5).^2 + ((y - 8) / 7).^2 + ((z - 5) / 3.5).^2 < 1;
spacing = [1.5, 1, 2.5];
end
