"""Rebuild the fonts beside this script from the Noto fonts that npm carries: `make fonts` (needs
npm; the results are kept).

For each family and weight two files are made:

- a TTF for charts, which holds a script together with its own Latin letters, digits and
punctuation, since one word must
  be shaped from one font;
- a WOFF2 for pages, which holds the script alone and leaves the Latin to Noto Sans, since every
report carries its fonts inside.

Of a script in which articles are quoted and no report is written there is a WOFF2 of one weight.

Noto Sans has no arrows and shapes; Noto Sans Math lends them.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
VERSION = "5.3.0"
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = "0020-024F,02B0-02FF,0300-036F,1E00-1EFF,2000-206F,20A0-20BF,2100-214F"
SYMBOLS = (
    "2190-2199,2212,2248,2260,2264,2265,25A0,25A1,25B2,25B3,25BC,25BD,25C6,25C7,25CB,25CF,2605,2606"
)
SCRIPTS = {
    "NotoSansGujarati": (
        "noto-sans-gujarati",
        "gujarati",
        "0964,0965,0A80-0AFF,200C,200D,20B9,25CC,A830-A839",
    ),
    "NotoSansDevanagari": (
        "noto-sans-devanagari",
        "devanagari",
        "0900-097F,200C,200D,20B9,25CC,A830-A839,A8E0-A8FF",
    ),
}
QUOTED = {
    "NotoSansArabic": (
        "noto-sans-arabic",
        "arabic",
        "060C,060D,061B,061F,0621-063A,0640-0655,0660-066C,0670,0679,067E,0686,0688,0691,0698,06A9,"
        "06AF,06BA,06BE,06C0-06C3,06CC,06D2-06D4,06F0-06F9,200C,200D,FDFA,FDF2",
    ),
    "NotoSansBengali": ("noto-sans-bengali", "bengali", "0964,0965,0980-09FE,200C,200D,25CC"),
    "NotoSansGurmukhi": ("noto-sans-gurmukhi", "gurmukhi", "0964,0965,0A01-0A76,200C,200D,25CC"),
    "NotoSansKannada": ("noto-sans-kannada", "kannada", "0964,0965,0C80-0CF2,200C,200D,25CC"),
    "NotoSansMalayalam": ("noto-sans-malayalam", "malayalam", "0D00-0D7F,200C,200D,25CC"),
    "NotoSansOriya": ("noto-sans-oriya", "oriya", "0964,0965,0B01-0B77,200C,200D,25CC"),
    "NotoSansTamil": ("noto-sans-tamil", "tamil", "0964,0965,0B82-0BFA,200C,200D,25CC"),
    "NotoSansTelugu": ("noto-sans-telugu", "telugu", "0964,0965,0C00-0C7F,200C,200D,25CC"),
}


def fetch(package: str, folder: Path) -> Path:
    """Unpack one npm package below `folder` and return where it lies."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"@fontsource/{package}@{VERSION}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder / package, filter="data")
    return folder / package / "package"


def cut(source: Path, codes: str, layout: bool = True) -> TTFont:
    """Return the part of a font that draws the characters of `codes` (hexadecimal ranges), with its
    shaping rules if asked.
    """
    options = Options(
        layout_features=["*"] if layout else [],
        notdef_outline=True,
        hinting=False,
        recommended_glyphs=True,
    )
    options.name_IDs, options.name_languages, options.recalc_timestamp = ["*"], ["*"], False
    if not layout:
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "MATH"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(codes))
    subsetter.subset(font)
    font.flavor = None
    return font


def join(parts: list[TTFont], folder: Path) -> TTFont:
    """Return one font of several; the first gives the names and the measures."""
    paths = [folder / f"part-{number}.ttf" for number in range(len(parts))]
    for part, path in zip(parts, paths, strict=True):
        part.save(path)
    merged = Merger(MergeOptions(drop_tables=["vhea", "vmtx"])).merge([str(path) for path in paths])
    merged["head"].modified = parts[0]["head"].modified
    merged.recalcTimestamp = False
    return merged


def save(font: TTFont, name: str) -> None:
    """Write a font beside this script; the ending of the name says in which format."""
    font.flavor = "woff2" if name.endswith(".woff2") else None
    font.save(HERE / name)
    print(
        f"{name}: {len(font.getBestCmap())} characters, {(HERE / name).stat().st_size // 1024} KB"
    )


def main() -> None:
    """Fetch, cut, join and save every font."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        packages = {
            name: fetch(name, folder)
            for name in [
                "noto-sans",
                "noto-sans-math",
                *(row[0] for row in (*SCRIPTS.values(), *QUOTED.values())),
            ]
        }
        for style, weight in WEIGHTS.items():

            def file(package: str, subset: str, weight: int = weight) -> Path:
                return packages[package] / "files" / f"{package}-{subset}-{weight}-normal.woff2"

            parts = [
                cut(file("noto-sans", "latin"), LATIN),
                cut(file("noto-sans", "latin-ext"), LATIN),
            ]
            # Noto Sans Math comes in one weight only.
            latin = join(
                [*parts, cut(file("noto-sans-math", "latin", 400), SYMBOLS, layout=False)], folder
            )
            save(latin, f"NotoSans-{style}.ttf")
            save(latin, f"NotoSans-{style}.woff2")
            for family, (package, subset, codes) in SCRIPTS.items():
                save(cut(file(package, subset), codes), f"{family}-{style}.woff2")
                save(
                    join(
                        [cut(file(package, subset), codes), cut(file(package, "latin"), LATIN)],
                        folder,
                    ),
                    f"{family}-{style}.ttf",
                )
        for family, (package, subset, codes) in QUOTED.items():
            source = packages[package] / "files" / f"{package}-{subset}-400-normal.woff2"
            save(cut(source, codes), f"{family}-Regular.woff2")


if __name__ == "__main__":
    sys.exit(main())
