#!/usr/bin/env bash
# Installs the C library into a prefix: header, shared and static library, pkg-config file, CMake package.
#
#     scripts/install.sh PREFIX [FOLDER]
#
# FOLDER holds libradiomics as cargo built it (default: target/release, which is built first).
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
prefix=$1
root=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -eq 2 ]; then
    built=$2
else
    built=${CARGO_TARGET_DIR:-$root/target}/release
    cargo build --release --package radiomics-ffi --manifest-path "$root/Cargo.toml"
fi

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
major=${version%%.*}
minor=${version#*.}
minor=${minor%%.*}
# As in ffi/build.rs: before 1.0 a minor version may break, from 1.0 on only a major one.
if [ "$major" = 0 ]; then abi=0.$minor; else abi=$major; fi

case $(uname -s) in
    Darwin)
        original=libradiomics.dylib
        shared=libradiomics.$version.dylib soname=libradiomics.$abi.dylib
        recorded=@rpath/$soname
        system="-lSystem -lc -lm" ;;
    *)
        original=libradiomics.so
        shared=libradiomics.so.$version soname=libradiomics.so.$abi
        recorded=$soname
        system="-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc" ;;
esac
for file in "$built/$original" "$built/libradiomics.a" "$root/include/radiomics.h"; do
    [ -f "$file" ] || { echo "install: $file is missing" >&2; exit 1; }
done

mkdir -p "$prefix/include/radiomics" "$prefix/lib/pkgconfig" "$prefix/lib/cmake/radiomics"
install -m 644 "$root/include/radiomics.h" "$root/include/radiomics.hpp" "$prefix/include"
install -m 644 "$root"/include/radiomics/*.hpp "$prefix/include/radiomics"
install -m 755 "$built/$original" "$prefix/lib/$shared"
ln -sf "$shared" "$prefix/lib/$soname"
ln -sf "$soname" "$prefix/lib/$original"
install -m 644 "$built/libradiomics.a" "$prefix/lib"

fill() {
    sed -e "s|@VERSION@|$version|g" -e "s|@MAJOR@|$major|g" -e "s|@MINOR@|$minor|g" \
        -e "s|@SHARED@|$shared|g" -e "s|@SONAME@|$recorded|g" -e "s|@STATIC_LIBS@|$system|g" \
        "$root/ffi/install/$1.in" > "$prefix/lib/$2/$1"
    chmod 644 "$prefix/lib/$2/$1"
}
fill radiomics.pc pkgconfig
fill radiomics-config.cmake cmake/radiomics
fill radiomics-config-version.cmake cmake/radiomics
echo "radiomics $version in $prefix"
