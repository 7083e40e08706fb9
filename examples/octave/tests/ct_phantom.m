function ct_phantom(folder)
% The CT phantom of the IBSI in configuration C from arrays (row, column, slice), as values.csv beside its data; the same
% region from its contours and from arrays of other orders.
about = dlmread(fullfile(folder, 'grid.csv'), ',');
[shape, spacing, origin] = deal(about(1, :), about(2, :), about(3, :));
% The slice distance is a quotient: without its rounding error, mm, cm and mm again are the same number.
spacing = round(spacing * 1e9) / 1e9;
% Files hold x fastest; images of MATLAB and Octave have their rows along y.
cube = reshape(read(folder, 'voxels.i16', 'int16'), shape);
inside = reshape(read(folder, 'mask.u8', 'uint8'), shape) ~= 0;
volume = permute(cube, [2 1 3]);
mask = permute(inside, [2 1 3]);
settings = {'preset', 'ibsi-c', 'diagnostics', true};
result = radiomics_extract(volume, mask, spacing, settings, 'threads', 2);
write_values(folder, result);

same(radiomics_extract(cube, inside, spacing, settings, 'axes', 'xyz', 'threads', 0), result, 'x fastest');
scan = uint16(int32(flip(volume, 3)) + 1024);
[~, by_cerr] = radiomics_cerr(scan, flip(mask, 3), spacing / 10, settings, 'ctOffset', 1024);
same(by_cerr, result, 'as CERR has it');

points = reshape(read(folder, 'points.f64', 'double'), 3, [])';
sizes = read(folder, 'sizes.u32', 'uint32');
contours = mat2cell(points, double(sizes), 3)';
frame = struct('spacing', spacing, 'origin', origin);
drawn = radiomics_mask(struct('contours', {contours}), size(volume), frame);
same(drawn, mask, 'the drawn contours');
by_contours = radiomics_extract(volume, struct('contours', {contours}), frame, settings, 'features', {'statistics'});
[~, place] = ismember(by_contours.tags, result.tags);
same(by_contours.values, result.values(place), 'from contours');
fprintf('%d voxels\n', result.summary.region_voxels);
end

function data = read(folder, name, class)
file = fopen(fullfile(folder, name));
data = fread(file, Inf, ['*', class]);
fclose(file);
end
