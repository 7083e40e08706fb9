function test_cerr()
% A scan as CERR holds it gives the bits of the plain form, under CERR's names.
[volume, mask] = ball();
% In patient mm: columns along x, rows along y, slices along z; the plain form.
frame = struct('spacing', [0.9765625 1.171875 2.5], 'origin', [-30.5 12.25 -101.5]);
% CERR: cm, y and z against the patient's, slices sorted by CERR's z; CT numbers with an offset.
scan = uint16(int32(flip(volume, 3)) + 1024);
structure = flip(mask, 3);
xValsV = (frame.origin(1) + frame.spacing(1) * (0:12)) / 10;
yValsV = -(frame.origin(2) + frame.spacing(2) * (0:16)) / 10;
zValsV = -(frame.origin(3) + frame.spacing(3) * (8:-1:0)) / 10;
grid = {xValsV, yValsV, zValsV};
settings = {'preset', 'ibsi-c', 'ivh.fractions', '10,50'};
plain = radiomics_extract(volume, mask, frame, settings);
[featureS, result] = radiomics_cerr(scan, structure, grid, settings, 'ctOffset', 1024);
same(result, plain, 'the scan of CERR');
[~, again] = radiomics_cerr(scan, structure, frame.spacing / 10, settings, 'ctOffset', 1024);
same(again, plain, 'with the spacing alone');

value = @(tag) plain.values(strcmp(plain.tags, tag));
assert(strcmp(featureS.convention, 'IBSI'));
assert(featureS.Original.firstOrderS.mean == value('stat_mean'));
assert(featureS.Original.shapeS.volume == value('morph_vol_approx'));
assert(strcmp(featureS.units.Original.shapeS.volume, 'mm^3'));
assert(featureS.Original.glcmFeatS.AvgS.energy == value('cm_energy_3D_avg'));
assert(featureS.Original.glcmFeatS.CombS.energy == value('cm_energy_3D_comb'));
assert(featureS.Original.szmFeatS.sae == value('szm_sze_3D'));
assert(strcmp(featureS.tags.Original.ngldmFeatS.entropy, 'ngl_dc_entr_3D'));
% Every field of the table is there.
here = fileparts(fileparts(mfilename('fullpath')));
lines = regexp(fileread(fullfile(here, 'radiomics_cerr_names.csv')), '^(\w+FeatS|\w+S),(\w+),(\w+)\s*$', ...
    'tokens', 'lineanchors');
assert(numel(lines) > 90);
for at = 1:numel(lines)
    where = {lines{at}{1}};
    if any(strcmp(where{1}, {'glcmFeatS', 'rlmFeatS'}))
        where{2} = 'CombS';
    end
    found = getfield(featureS.Original, where{:}, lines{at}{2});
    assert(isscalar(found) && isfinite(found), strjoin(lines{at}, ' '));
end

% Contours in CERR's coordinates.
contours = {};
for slice = 3:5
    corners = [2.6 3.4; 9.3 3.4; 9.3 11.7; 2.6 11.7] - 1;
    mm = frame.origin + [corners, repmat(slice - 1, 4, 1)] .* frame.spacing;
    contours{end + 1} = mm .* [0.1 -0.1 -0.1];
end
drawn = false(size(mask));
drawn(4:11, 3:9, 3:5) = true;
[~, by_contours] = radiomics_cerr(scan, struct('contours', {contours}), grid, settings, 'ctOffset', 1024);
same(by_contours, radiomics_extract(volume, drawn, frame, settings), 'contours of CERR');

argument = 'radiomics:invalid_argument';
fails(argument, 'yValsV must fall', @() radiomics_cerr(scan, structure, {xValsV, fliplr(yValsV), zValsV}));
fails(argument, 'zValsV must rise', @() radiomics_cerr(scan, structure, {xValsV, yValsV, fliplr(zValsV)}));
fails(argument, 'xValsV has', @() radiomics_cerr(scan, structure, {xValsV(2:end), yValsV, zValsV}));
bent = zValsV;
bent(4) = bent(4) + 0.01;
fails('radiomics:irregular_grid', 'zValsV', @() radiomics_cerr(scan, structure, {xValsV, yValsV, bent}));
fails(argument, 'values of the grid', @() radiomics_cerr(scan, struct('contours', {contours}), [0.1 0.1 0.1]));
fails(argument, 'fixed', @() radiomics_cerr(scan, structure, grid, '', 'flip', 'x'));
end
