"""How uploads are received: kept up to the limit, read beyond it, so that the answer can say how large they were.

A server that stops reading an upload resets the connection, and the person reads about a network error.
"""

import tempfile
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Keeps at most DOCUMENT_MAX_BYTES of a file: in memory while it is small, then in a file without a name.

    `size` of what it hands over is the true size, so that it is refused in numbers. A request that brings
    more than all the files that a form may hold is no person's: reading ends.
    """

    read = 0  # bytes of files in this request
    file: "UploadedFile[bytes]"

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        content = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - closed with the request
        self.file = UploadedFile(
            cast("IO[bytes]", content),
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.read += len(raw_data)
        if self.read > settings.DOCUMENT_MAX_BYTES * settings.DATA_UPLOAD_MAX_NUMBER_FILES:
            raise StopUpload(connection_reset=True)
        room = settings.DOCUMENT_MAX_BYTES - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        self.file.close()
