function progress = read_progress(given)
% Progress as a function handle, or empty.
if isa(given, 'function_handle')
    progress = given;
elseif isempty(given) || (isscalar(given) && (islogical(given) || isnumeric(given)) && ~given)
    progress = [];
elseif isscalar(given) && (islogical(given) || isnumeric(given))
    print_progress(-1);
    progress = @print_progress;
else
    error('radiomics:invalid_argument', 'progress is true, false or a function handle');
end
end
