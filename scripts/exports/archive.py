"""Archives whose bytes follow from their content alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows


def zipped(files: Mapping[str, bytes], first: tuple[str, ...] = ()) -> bytes:
    """A zip of the files, sorted by name, all of one date. `first` stand at the beginning and are not compressed, as
    an EPUB wants its mimetype."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in (*first, *sorted(set(files) - set(first))):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name in first else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, files[name], compresslevel=9)
    return whole.getvalue()


def repacked(archive: bytes, first: tuple[str, ...] = ()) -> bytes:
    """An archive that another program wrote, without its dates and its order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        return zipped({name: old.read(name) for name in old.namelist() if not name.endswith("/")}, first)
