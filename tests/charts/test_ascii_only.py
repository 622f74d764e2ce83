from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nntui
from nntui.anatomy.values import TILE_LEVELS
from nntui.charts.ascii_only import ascii_of, ascii_text
from nntui.charts.glyphs import DENSITIES, GLYPHS, TEXTURES
from nntui.charts.heat_map_levels import LEVEL_TEXTURES
from nntui.charts.spread_bands import TEXTURES as BANDS
from nntui.charts.text import text_width

OF_A_TEST = {"語"}


def test_everything_that_the_program_says_has_a_sign_of_its_own():
    folder = Path(nntui.__file__).parent
    used = set(OF_A_TEST)
    for file in [*folder.rglob("*.py"), *folder.rglob("*.toml")]:
        used |= set(file.read_text(encoding="utf-8"))
    assert {character for character in used if "?" in ascii_of(character)} == OF_A_TEST | {"?"}


@pytest.mark.parametrize("kinds", [TEXTURES, DENSITIES, BANDS, GLYPHS[:, :10].ravel().tolist()])
def test_what_has_to_be_told_apart_stays_apart(kinds):
    assert len({ascii_of(kind) for kind in kinds}) == len(kinds)


def test_signs_and_sizes_of_textures_stay_apart():
    signs = [ascii_of(kind) for kind in LEVEL_TEXTURES.tolist()]
    below, above = set(signs[:TILE_LEVELS]), set(signs[TILE_LEVELS + 1 : -1])
    assert len(below) == len(above) == 3
    assert not below & above
    assert signs[TILE_LEVELS] not in below | above


def test_curves_stay_in_their_half_of_a_cell():
    assert [ascii_of(dots) for dots in "⠀⠁⠉⡀⣀⡇⣿"] == [" ", "'", "'", ".", ".", ":", "#"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("▶ epoch 3 · ±0.5", "> epoch 3 . ~0.5"),
        ("╭─ Größe ─╮", "+- Grose -+"),
        ("ŷᵢ = σ(−z²)", "yi = s(-z2)"),
        ("数 a", "?? a"),
        ("e\u0301", "e"),
        ("plain", "plain"),
    ],
)
def test_texts_are_still_read(text, expected):
    assert ascii_text(text) == expected


@given(st.text(st.characters(codec="utf-8").filter(str.isprintable)))
def test_any_text_becomes_ascii_of_the_same_width(text):
    plain = ascii_text(text)
    assert plain.isascii()
    assert text_width(plain) == text_width(text)
