function progress = read_progress(given)
% Progress as a function handle, or empty.
if isa(given, 'function_handle')
    progress = @(done) call_progress(given, done);
elseif isempty(given) || (isscalar(given) && (islogical(given) || isnumeric(given)) && ~given)
    progress = [];
elseif isscalar(given) && (islogical(given) || isnumeric(given))
    print_progress(-1);
    progress = @print_progress;
else
    error('radiomics:invalid_argument', 'progress is true, false or a function handle');
end
end

function stop = call_progress(given, done)
% Only a logical true stops: functions like fprintf and waitbar answer with numbers and objects.
try
    answer = given(done);
    stop = islogical(answer) && isscalar(answer) && answer;
catch trouble
    warning('radiomics:progress', 'the progress function failed: %s', trouble.message);
    stop = true;
end
end
