% The smallest program: an egg in a volume, from a mask and from contours.
%
%     radiomics_build     % once, after `cargo build --release -p radiomics-ffi`
%     radiomics_example
[x, y, z] = meshgrid(1:40, 1:50, 1:20);       % rows run along y, columns along x, slices along z
volume = int16(40 + mod(x .* x + 3 * y .* z, 90));
mask = ((x - 20) / 12).^2 + ((y - 25) / 15).^2 + ((z - 10) / 6).^2 < 1;

settings = struct('preset', 'ibsi-c');
settings.resample.spacing_mm = [1 1 1];
result = radiomics_extract(volume, mask, [1 1 2.5], settings, 'features', {'statistics', 'cm_contrast'});
fprintf('%d voxels, %d grey levels\n', result.summary.region_voxels, result.summary.grey_levels);
for at = 1:numel(result.tags)
    fprintf('%-24s %-5s %14.6g %s\n', result.tags{at}, result.codes{at}, result.values(at), result.statuses{at});
end

% A contour on the slices 8 to 12, in millimetres: the first voxel's centre is at 0, 0, 0.
turn = linspace(0, 2 * pi, 61)';
turn(end) = [];
contours = cell(1, 5);
for at = 1:5
    contours{at} = [19 + 12 * cos(turn), 24 + 15 * sin(turn), repmat(2.5 * (6 + at), 60, 1)];
end
[drawn, drawing] = radiomics_mask(struct('contours', {contours}), size(volume), [1 1 2.5]);
fprintf('%d voxels in %d contours\n', nnz(drawn), drawing.contours_used);
