function test_lists()
% What the library has is enumerated.
[version, numerics] = radiomics_version();
assert(~isempty(regexp(version, '^\d+\.\d+\.\d+$', 'once')) && numerics >= 1);
features = radiomics_features();
assert(numel(unique({features.name})) == numel(features) && numel(features) > 200);
mean_intensity = features(strcmp({features.ibsi_code}, 'Q4LE'));
assert(strcmp(mean_intensity.name, 'stat_mean'));
options = radiomics_options();
presets = radiomics_presets();
[volume, mask, spacing] = ball();
result = radiomics_extract(volume, mask, spacing);
% Without settings every option has its default, and the result says so.
same(result.settings(:, 1), {options.key}', 'keys');
same(result.settings(:, 2), {options.default_value}', 'defaults');
% Each preset is accepted, and what the result records makes the same columns again.
for at = 1:numel(presets)
    one = radiomics_extract(volume, mask, spacing, presets(at).name);
    kept = ~strcmp(one.settings(:, 2), {options.default_value}');
    same(radiomics_extract(volume, mask, spacing, one.settings(kept, :)), one, presets(at).name);
end
% A selection is a part of the whole.
part = radiomics_extract(volume, mask, spacing, '', 'features', {'statistics', 'KE2A', 'cm_contrast'});
[found, place] = ismember(part.tags, result.tags);
assert(all(found) && numel(part.tags) < numel(result.tags));
same(part.values, result.values(place), 'selected values');
[version_of_result, n] = deal(result.version, result.numerics_version);
assert(strcmp(version_of_result, version) && n == numerics);
end
