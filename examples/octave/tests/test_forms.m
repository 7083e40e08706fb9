function test_forms()
% The same image and region in every form that is taken.
[volume, mask, spacing] = ball();
settings = 'ibsi-c';
wanted = radiomics_extract(volume, mask, spacing, settings);
assert(sum(~isnan(wanted.values)) > 150);
assert(wanted.summary.region_voxels == nnz(mask));
assert(isequal(wanted.summary.grid_spacing, [2 2 2]));

% Any order of axes, any direction along them.
cube = permute(volume, [2 1 3]);
inside = permute(mask, [2 1 3]);
for order = perms(1:3)'
    for direction = 0:7
        backwards = find(bitget(direction, 1:3));
        a = permute(cube, order);
        b = permute(inside, order);
        for axis = backwards
            a = flip(a, find(order == axis));
            b = flip(b, find(order == axis));
        end
        letters = 'xyz';
        given = {'axes', letters(order), 'flip', letters(backwards)};
        what = ['axes ', letters(order), ', flip ', letters(backwards)];
        same(radiomics_extract(a, b, spacing, settings, given{:}), wanted, what);
        same(radiomics_extract(a, find(b), spacing, settings, given{:}), wanted, [what, ', indices']);
        same(radiomics_mask(find(b), size(b), spacing, given{:}), b, [what, ', mask']);
    end
end

% Any class of the voxels.
for class = {'int8', 'uint8', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'single', 'double'}
    same(radiomics_extract(cast(volume, class{1}), mask, spacing, settings), wanted, class{1});
end
scaled = radiomics_extract(2 * volume + 6, mask, spacing, settings, 'slope', 0.5, 'intercept', -3);
same(scaled, wanted, 'slope and intercept');

% Any form of the region.
for class = {'uint8', 'int32', 'single', 'double', 'int64'}
    same(radiomics_extract(volume, cast(mask, class{1}), spacing, settings), wanted, ['mask of ', class{1}]);
    same(radiomics_extract(volume, 7 * cast(mask, class{1}), spacing, settings, 'label', 7), wanted, 'label');
end
labels = 3 * double(mask);
labels(1) = 4;
same(radiomics_extract(volume, labels, spacing, settings, 'label', 3), wanted, 'one label');
fractions = 0.2 + 0.6 * double(mask);
same(radiomics_extract(volume, fractions, spacing, settings, 'threshold', 0.5), wanted, 'fractions');
same(radiomics_extract(volume, uint8(255 * fractions), spacing, settings, 'threshold', 0.5), wanted, 'parts of 255');
indices = find(mask);
for class = {'int32', 'uint32', 'int64', 'uint64'}
    same(radiomics_extract(volume, cast(indices, class{1}), spacing, settings), wanted, ['indices of ', class{1}]);
end
all_of_them = struct('indices', (1:numel(mask))', 'occupancy', fractions(:), 'threshold', 0.5);
same(radiomics_extract(volume, all_of_them, spacing, settings), wanted, 'occupancy');
edges = diff([0; mask(:); 0]);
runs = [find(edges > 0), find(edges < 0) - find(edges > 0)];
same(radiomics_extract(volume, struct('runs', runs), spacing, settings), wanted, 'runs');

% Contours: a square with a hole on some slices, in a frame that lies askew.
turn = [0.8 -0.6 0; 0.6 0.8 0; 0 0 1];
frame = struct('spacing', spacing, 'origin', [-20 35 100], 'direction', turn);
contours = {};
for slice = 2:6
    outer = [1.6 2.2; 10.4 2.2; 10.4 13.7; 1.6 13.7];
    inner = [4.5 5.5; 7.5 5.5; 7.5 8.5; 4.5 8.5];
    for corners = {outer, inner}
        voxels = [corners{1} - 1, repmat(slice - 1, 4, 1)] .* spacing;
        contours{end + 1} = voxels * turn' + frame.origin;
    end
end
drawn = false(size(mask));
drawn(3:13, 2:10, 2:6) = true;
drawn(6:8, 5:7, 2:6) = false;
[made, drawing] = radiomics_mask(struct('contours', {contours}), size(volume), frame);
same(made, drawn, 'drawn contours');
assert(drawing.voxels == nnz(drawn) && drawing.contours_used == 10 && drawing.slices_used == 5);
by_contours = radiomics_extract(volume, struct('contours', {contours}), frame, settings);
same(by_contours, radiomics_extract(volume, drawn, spacing, settings), 'contours');
filled = struct('contours', {contours}, 'inside', 'union');
assert(nnz(radiomics_mask(filled, size(volume), frame)) == 11 * 9 * 5);
uneven = struct('spacing', spacing, 'slice_positions', [0 2.5 5 7.5 10 12.5 15 20 30]);
square = [0.6 1.2; 9.4 1.2; 9.4 12.7; 0.6 12.7] .* spacing(1:2);
square = struct('contours', {{[square, repmat(19, 4, 1)]}});
made = radiomics_mask(square, size(volume), uneven);
assert(nnz(made) == 9 * 11 && nnz(made(:, :, 8)) == 9 * 11);
fails('radiomics:irregular_grid', '', @() radiomics_extract(volume, square, uneven));

% Settings as a preset, pairs, a table of pairs and a struct.
s = struct('preset', settings, 'resample', struct('spacing_mm', [3 3 3]), 'diagnostics', true);
s.texture.aggregation = {'3d_merged'};
pairs = {'preset', settings, 'resample.spacing_mm', '3,3,3', 'diagnostics', 'true', 'texture.aggregation', '3d_merged'};
by_struct = radiomics_extract(volume, mask, spacing, s);
assert(isequal(by_struct.summary.grid_spacing, [3 3 3]));
same(radiomics_extract(volume, mask, spacing, pairs), by_struct, 'pairs');
same(radiomics_extract(volume, mask, spacing, reshape(pairs, 2, [])'), by_struct, 'table of pairs');
range = radiomics_extract(volume, mask, spacing, struct('resegment', struct('range', [-Inf 60])));
assert(range.summary.intensity_voxels == nnz(volume(mask) <= 60));

% Several regions, and threads.
several = radiomics_extract(volume, {mask, indices, drawn, false(size(mask))}, spacing, settings, 'threads', 2);
same(several.values(:, 1), wanted.values, 'first region');
same(several.values(:, 2), wanted.values, 'second region');
assert(all(strcmp(several.statuses(:, 4), 'empty_region')) && all(isnan(several.values(:, 4))));
assert(isequal([several.summary.region_voxels], [nnz(mask), nnz(mask), nnz(drawn), 0]));
both = radiomics_extract(volume, labels, spacing, settings, 'label', [3 4]);
same(both.values(:, 1), wanted.values, 'label of two');
same({both.table.tag}', wanted.tags, 'the table');
same(vertcat(both.table.value), both.values, 'values of the table');

% One slice.
flat = radiomics_extract(volume(:, :, 5), mask(:, :, 5), spacing);
assert(isequal(flat.summary.grid_shape, [13 17 1]) && flat.summary.region_voxels == nnz(mask(:, :, 5)));
end
