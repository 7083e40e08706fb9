function test_filters()
% Every filter by its key, alone and together; the features of the unfiltered image stay what they are.
[volume, mask, spacing] = ball();
names = {'mean', 'gaussian', 'log', 'laws', 'gabor', 'wavelet', 'simoncelli', 'riesz', 'riesz_log', ...
    'riesz_simoncelli', 'gradient', 'lbp', 'square', 'square_root', 'logarithm', 'exponential'};
statistics = {'features', {'statistics'}};
plain = radiomics_extract(volume, mask, spacing, '', statistics{:});
all_of_them = strjoin([{'original'}, names], ',');
together = radiomics_extract(volume, mask, spacing, {'filter.images', all_of_them}, statistics{:});
key = @(result) strcat(result.filters, ':', result.tags);
assert(numel(unique(key(together))) == numel(together.tags));
[found, place] = ismember(key(plain), key(together));
assert(all(found));
same(together.values(place), plain.values, 'the unfiltered image');
for at = 1:numel(names)
    alone = radiomics_extract(volume, mask, spacing, {'filter.images', names{at}}, statistics{:});
    assert(mod(numel(alone.values), 18) == 0 && all(isfinite(alone.values)), names{at});
    assert(all(strncmp(alone.filters, names{at}, numel(names{at}))), names{at});
    [found, place] = ismember(key(alone), key(together));
    assert(all(found), names{at});
    same(together.values(place), alone.values, names{at});
end
% The option table has a filter's parameters and the width of its bins.
options = radiomics_options();
keys = {options.key};
assert(all(ismember(strcat('filter.', names, '.bin_width'), keys)));
assert(all(ismember({'filter.boundary', 'filter.log.sigma_mm', 'filter.wavelet.name', 'filter.gabor.step_deg'}, keys)));
% Bins of fixed size are refused unless the width is given for that filter.
log_only = {'filter.images', 'log', 'discretise.bin_width', 5};
fails('radiomics:invalid_argument', 'discretise.bin_width', ...
    @() radiomics_extract(volume, mask, spacing, log_only));
own = radiomics_extract(volume, mask, spacing, {'filter.images', 'log', 'filter.log.bin_width', 0.5});
assert(any(isfinite(own.values)));
end
