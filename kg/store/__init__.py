"""The store: an Oxigraph dataset of named graphs, on disk or in memory, with the merged facts as its default graph."""

from __future__ import annotations

from kg.store.dataset import Store, count_triples, is_body, is_merged, replace_quads, with_default_graph
from kg.store.folder import CHECKED, LAYOUT, Folder, commit, open_store, read_folder, write_store, writing
from kg.store.lock import locked

__all__ = [
    "CHECKED", "LAYOUT", "Folder", "Store", "commit", "count_triples", "is_body", "is_merged", "locked", "open_store",
    "read_folder", "replace_quads", "with_default_graph", "write_store", "writing",
]  # fmt: skip
