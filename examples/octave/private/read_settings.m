function plan = read_settings(settings, selectors)
% Settings in any form as a preset and pairs of texts. Keys and values are judged by the library alone.
bad = 'radiomics:invalid_argument';
settings = as_chars(settings);
selectors = as_chars(selectors);
pairs = cell(2, 0);
preset = '';
if ischar(settings) || isempty(settings)
    preset = settings;
elseif isstruct(settings) && numel(settings) == 1
    pairs = from_struct(pairs, '', settings);
elseif iscell(settings) && mod(numel(settings), 2) == 0
    % {key, value, key, value} or two columns.
    if size(settings, 2) == 2
        settings = settings';
    end
    pairs = reshape(settings, 2, []);
else
    error(bad, 'settings are the name of a preset, a struct, or a cell of keys and values');
end
keep = true(1, size(pairs, 2));
for at = 1:size(pairs, 2)
    pairs(:, at) = {as_chars(pairs{1, at}); as_chars(pairs{2, at})};
    if ~ischar(pairs{1, at})
        error(bad, 'the key of a setting must be a text, not of class %s', class(pairs{1, at}));
    end
    pairs{2, at} = as_text(pairs{1, at}, pairs{2, at});
    if strcmp(pairs{1, at}, 'preset')
        preset = pairs{2, at};
        keep(at) = false;
    end
end
if ischar(selectors)
    selectors = {selectors};
end
if ~iscell(selectors) || ~all(cellfun(@ischar, selectors))
    error(bad, 'features are a cell of texts');
end
plan = struct('preset', preset, 'pairs', {pairs(:, keep)}, 'selectors', {selectors(:)'});
end

function pairs = from_struct(pairs, before, settings)
names = fieldnames(settings);
for at = 1:numel(names)
    key = [before, names{at}];
    value = settings.(names{at});
    if isstruct(value)
        if numel(value) ~= 1
            error('radiomics:invalid_argument', 'settings.%s must be one struct', key);
        end
        pairs = from_struct(pairs, [key, '.'], value);
    else
        pairs(:, end + 1) = {key; value};
    end
end
end

function text = as_text(key, value)
if ischar(value)
    text = value;
elseif islogical(value) && numel(value) == 1
    words = {'false', 'true'};
    text = words{value + 1};
elseif isnumeric(value) && isreal(value)
    parts = arrayfun(@(x) lower(sprintf('%.17g', x)), value(:)', 'UniformOutput', false);
    text = strjoin(parts, ',');
elseif iscell(value) && all(cellfun(@ischar, value(:)))
    text = strjoin(value(:)', ',');
else
    error('radiomics:invalid_argument', '%s is of class %s: a text, numbers, true or false are expected', ...
        key, class(value));
end
end
