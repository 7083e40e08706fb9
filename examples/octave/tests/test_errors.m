function test_errors()
% What is wrong is an error with an identifier; nothing ends the program, and the next call works.
[volume, mask, spacing] = ball();
before = radiomics_extract(volume, mask, spacing);
argument = 'radiomics:invalid_argument';
run = @(varargin) @() radiomics_extract(varargin{:});
fails('radiomics:unknown_option', 'did you mean "resample.spacing_mm"', ...
    run(volume, mask, spacing, {'resample.spacing', [2 2 2]}));
fails(argument, '', run(volume, mask, spacing, 'no-such-preset'));
fails(argument, '', run(volume, mask, spacing, struct('discretise', struct('bin_width', -1))));
fails(argument, '', run(volume, mask, spacing, {'discretise.bin_width', NaN}));
fails(argument, 'class', run(volume, mask, spacing, {'discretise.bin_width', 1i}));
fails(argument, 'settings', run(volume, mask, spacing, {'discretise.bin_width'}));
fails(argument, 'settings', run(volume, mask, spacing, 3));
fails('radiomics:unknown_feature', 'no_such_feature', ...
    run(volume, mask, spacing, '', 'features', {'no_such_feature'}));
fails(argument, 'features', run(volume, mask, spacing, '', 'features', 3));
fails('radiomics:invalid_data', 'spacing', run(volume, mask, [1 NaN 1]));
fails('radiomics:invalid_data', 'spacing', run(volume, mask, [1 0 1]));
fails('radiomics:invalid_data', 'spacing', run(volume, mask, [1 -1 1]));
fails(argument, 'spacing', run(volume, mask, [1 1]));
fails(argument, 'spacing', run(volume, mask, 'abc'));
fails(argument, 'spacing', run(volume, mask, struct('step', [1 1 1])));
fails(argument, '3 x 3', run(volume, mask, struct('spacing', spacing, 'direction', 1:9)));
fails('radiomics:invalid_data', 'direction', run(volume, mask, struct('spacing', spacing, 'direction', ones(3))));
fails(argument, 'needs a volume', run(volume, mask));
fails(argument, 'size', run(volume, mask(:, :, 1:3), spacing));
fails(argument, 'size', run(volume, permute(mask, [2 1 3]), spacing));
fails(argument, 'dimensions', run(zeros(2, 2, 2, 2), true(2, 2, 2, 2), spacing));
fails(argument, 'class', run('text', mask, spacing));
fails(argument, 'class', run({volume}, mask, spacing));
fails(argument, 'class', run(complex(double(volume), 1), mask, spacing));
fails(argument, '2^53', run(int64(volume) + int64(2)^60, mask, spacing));
fails(argument, 'size', run(volume, 'mask', spacing));
fails(argument, 'no region', run(volume, {}, spacing));
fails(argument, 'axes', run(volume, mask, spacing, '', 'axes', 'xyx'));
fails(argument, 'flip', run(volume, mask, spacing, '', 'flip', 'w'));
fails(argument, 'colour', run(volume, mask, spacing, '', 'colour', 1));
fails(argument, 'pairs', run(volume, mask, spacing, '', 'axes'));
fails(argument, 'slope', run(volume, mask, spacing, '', 'slope', 0));
fails('radiomics:invalid_data', 'slope', run(volume, mask, spacing, '', 'slope', NaN));
fails(argument, 'threads', run(volume, mask, spacing, '', 'threads', -1));
fails(argument, 'exclude', run(volume, mask, spacing, '', 'label', 1, 'threshold', 0.5));
fails(argument, 'progress', run(volume, mask, spacing, '', 'progress', 'yes'));
fails(argument, 'threshold', run(volume, double(mask), spacing, '', 'threshold', 0));
fails('radiomics:invalid_data', '', run(volume, [5 numel(mask) + 1], spacing));
fails('radiomics:invalid_data', '', run(volume, [0 5], spacing));
fails('radiomics:invalid_data', '', run(volume, [1.5 5], spacing));
fails('radiomics:invalid_data', '', run(volume, [NaN 5], spacing, '', 'flip', 'z'));
fails(argument, 'class', run(volume, int8([1 2]), spacing));
fails(argument, 'one of the fields', run(volume, struct('points', 1), spacing));
fails(argument, 'no field', run(volume, struct('contours', {{}}, 'colour', 1), spacing));
fails(argument, 'N x 3', run(volume, struct('contours', {{[1 2; 3 4]}}), spacing));
fails(argument, 'none of its words', run(volume, struct('contours', {{eye(3)}}, 'inside', 'no'), spacing));
fails('radiomics:invalid_data', '', run(volume, struct('contours', {{[1 1 NaN; 2 2 0; 2 1 0]}}), spacing));
fails(argument, 'N x 2', run(volume, struct('runs', [1 2 3]), spacing));
fails('radiomics:invalid_data', '', run(volume, struct('runs', [1 1e9]), spacing));
fails(argument, 'one region', @() radiomics_mask({mask, mask}, size(mask), spacing));

% An image or region without a voxel is not an error: every value says why there is none.
for empty = {false(size(mask)), [], struct('contours', {{}}), struct('runs', zeros(0, 2))}
    result = radiomics_extract(volume, empty{1}, spacing);
    assert(all(isnan(result.values)) && all(strcmp(result.statuses, 'empty_region')));
end
hot = double(volume);
hot(mask) = NaN;
result = radiomics_extract(hot, mask, spacing, '', 'features', {'statistics'});
assert(all(isnan(result.values)) && all(strcmp(result.statuses, 'non_finite_intensity')));
% Of several regions one is wrong: the others have their values.
state = warning('off', 'radiomics:some_regions');
result = radiomics_extract(volume, {mask, struct('runs', [1 1e9])}, spacing);
warning(state);
same(result.values(:, 1), before.values, 'the region that is right');
assert(strcmp(result.summary(2).status, 'invalid_data') && all(isnan(result.values(:, 2))));

% The gateway itself, called with anything.
things = {[], 'x', 1, {}, {1}, struct(), struct('a', {1, 2}), @sin, NaN(3), true, sparse(1), int8(3), -1, Inf};
state = rng_state();
commands = {'version', 'columns', 'extract', 'mask', 'nonsense'};
layout = struct('strides', [17 1 221], 'start', 0, 'slope', 1, 'intercept', 0);
grid = struct('shape', [13 17 9], 'spacing', spacing);
plan = struct('preset', '', 'pairs', {cell(2, 0)}, 'selectors', {{}});
region = struct('kind', 'mask', 'data', mask, 'layout', layout);
good = {volume, layout, grid, {region}, plan, struct('threads', 1)};
[~, values] = radiomics_mex('extract', good{:});
same(values, before.values, 'the gateway');
for turn = 1:2000
    state = mod(state * 1103515245 + 12345, 2^31);
    bits = floor(state / 8);
    if turn <= 1000
        % Everything right, but for one.
        given = good;
        given{1 + mod(bits, 6)} = things{1 + mod(floor(bits / 6), numel(things))};
        command = 'extract';
    else
        command = commands{1 + mod(bits, 5)};
        count = mod(floor(bits / 5), 7);
        given = things(1 + mod(floor(bits / 35) + (1:count) * 5, numel(things)));
    end
    try
        radiomics_mex(command, given{:});
    catch trouble
        assert(strncmp(trouble.identifier, 'radiomics:', 10), [trouble.identifier, ' ', trouble.message]);
    end
end
% Layouts that leave the array, and sizes that overflow.
for strides = {[1 17 1e15], [-1 17 221], [1e15 1e15 1e15], [0 0 0], [1 2 3]}
    for start = [0 5 1e15]
        for shape = {[13 17 9], [1e6 1e6 1e6], [2^40 2^40 2^40], [0 0 0], [1 1 1], [13 17 10]}
            one = good;
            one{2}.strides = strides{1};
            one{2}.start = start;
            one{3}.shape = shape{1};
            try
                radiomics_mex('extract', one{:});
            catch trouble
                assert(strncmp(trouble.identifier, 'radiomics:', 10), trouble.message);
            end
        end
    end
end
same(radiomics_extract(volume, mask, spacing), before, 'after all errors');
end

function state = rng_state()
state = 20240607;
end
