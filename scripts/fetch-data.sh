#!/usr/bin/env bash
# Fetches the public data sets that some tests read, and verifies their checksums. For testing only: mind the
# licence of each file in data-files.csv.
#
#   scripts/fetch-data.sh FOLDER [PREFIX]
#
# FOLDER is what RADIOMICS_DATA names afterwards. PREFIX picks files, e.g. ibsi1_ct_phantom/image. Files that
# are there already and have the right checksum are kept. MIRROR replaces https://raw.githubusercontent.com.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
folder=$1/ibsi
prefix=${2:-}
mirror=${MIRROR:-https://raw.githubusercontent.com}
list=$(dirname "$0")/data-files.csv

has_sum() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]; }

fetched=0 kept=0
while IFS=, read -r path sum source _licence; do
    case $path in "$prefix"*) ;; *) continue ;; esac
    target=$folder/$path
    if has_sum "$target" "$sum"; then
        kept=$((kept + 1))
        continue
    fi
    mkdir -p "$(dirname "$target")"
    if ! curl --fail --location --silent --show-error --retry 3 --output "$target.part" "$mirror/$source"; then
        echo "fetch-data: $path: cannot be fetched from $mirror/$source" >&2
        exit 1
    fi
    if ! has_sum "$target.part" "$sum"; then
        rm -f "$target.part"
        echo "fetch-data: $path: wrong checksum: expected $sum" >&2
        exit 1
    fi
    mv "$target.part" "$target"
    fetched=$((fetched + 1))
done < <(tail -n +2 "$list")
if [ $((fetched + kept)) -eq 0 ]; then
    echo "fetch-data: no file begins with $prefix" >&2
    exit 2
fi
echo "fetch-data: $fetched fetched, $kept there already, in $folder"
