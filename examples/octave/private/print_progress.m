function stop = print_progress(done)
% Prints every tenth of the way; a negative number starts anew.
persistent printed
if done < 0
    printed = -1;
elseif floor(10 * done) > printed
    printed = floor(10 * done);
    fprintf('radiomics: %3d %%\n', 10 * printed);
end
stop = false;
end
