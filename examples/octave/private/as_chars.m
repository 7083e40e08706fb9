function out = as_chars(given)
% Strings of MATLAB ("text") as texts, and arrays of them as cells of texts; anything else as it is.
out = given;
if isa(given, 'string')
    out = cellstr(given);
    if numel(out) == 1
        out = out{1};
    end
elseif iscell(given)
    out = cellfun(@as_chars, given, 'UniformOutput', false);
end
end
