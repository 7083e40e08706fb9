function array = read_numbers(array, what)
% An array that the library can read where it lies: 64-bit integers become double where that loses nothing.
if ~(isnumeric(array) || islogical(array)) || ~isreal(array)
    error('radiomics:invalid_argument', '%s is of class %s: real numbers are expected', what, class(array));
end
if isa(array, 'int64') || isa(array, 'uint64')
    whole = array;
    array = double(array);
    if any(array(:) >= 2^53) || any(array(:) <= -2^53)
        error('radiomics:invalid_argument', '%s of class %s holds numbers beyond 2^53', what, class(whole));
    end
end
if issparse(array)
    array = full(array);
end
end
