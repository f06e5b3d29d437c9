"""Receiving uploads: what is too large fills no disk, and a full disk is said, not a crash.

Django hands a request to its view only when the whole body has arrived. What goes beyond the limit
meanwhile is thrown away and only counted; the store then refuses the file by its length.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.store import DISK_FULL


class ReceivedFile(TemporaryUploadedFile):
    """An upload on its way.

    Attributes:
        disk_full: the temporary disk was full; the content is not whole.
    """

    disk_full = False


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Receives a file into a temporary one of at most `settings.EVIDENCE_MAX_BYTES`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.dropped = False
        self._begin_empty()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part of the file, or only count it once it is beyond the limit."""
        if not self.dropped and start + len(raw_data) > settings.EVIDENCE_MAX_BYTES:
            self._drop()
        if self.dropped:
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._drop_as_full(error)

    def file_complete(self, file_size: int) -> Any:
        """Return the file with its counted size, whether or not its content was kept."""
        try:
            return super().file_complete(file_size)
        except OSError as error:  # the last bytes leave the buffer only here
            self._drop_as_full(error)
            return super().file_complete(file_size)

    def _drop_as_full(self, error: OSError) -> None:
        if error.errno not in DISK_FULL:
            raise error
        self._drop()
        self.file.disk_full = True

    def _drop(self) -> None:
        self.dropped = True
        self._begin_empty()

    def _begin_empty(self) -> None:
        """Give up what was received and begin an empty file."""
        with suppress(OSError):  # closing flushes, on a full disk in vain
            self.file.close()
        self.file: Any = ReceivedFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )
