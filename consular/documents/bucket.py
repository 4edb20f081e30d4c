"""A private S3 bucket whose troubles are OSErrors, as those of a folder are.

django-storages lets botocore's errors through. Whoever stores or opens a file would have to know both kinds, and a
storage that is away would be an error of the page instead of something to be tried again.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from boto3.exceptions import Boto3Error  # noqa: TID253 - as django-storages does; only the setting loads this module
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

Method = TypeVar("Method", bound=Callable[..., Any])

# Somebody may be waiting for the page: what cannot be had soon is tried again by owed work
PATIENCE: Any = Config(  # type: ignore[no-untyped-call]
    connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 2}
)
GONE = {404}


class StorageError(OSError):
    """The bucket did not do what was asked: it is away, or refuses us."""


def as_os_error(method: Method) -> Method:
    """Let a method raise FileNotFoundError or `StorageError` (the error's class, no text) where botocore raises."""

    @functools.wraps(method)
    def attempt(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except ClientError as error:
            response: Any = error.response
            status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            raise (FileNotFoundError if status in GONE else StorageError)(type(error).__name__) from error
        except (BotoCoreError, Boto3Error) as error:
            raise StorageError(type(error).__name__) from error

    return attempt  # type: ignore[return-value]


class PrivateBucket(S3Storage):
    """S3 behind our own checks: no address of a file is ever given out."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        config: Any = self.client_config
        self.client_config: Any = config.merge(PATIENCE)

    @as_os_error
    def _open(self, name: str, mode: str = "rb") -> Any:
        """Open a file and fetch it whole at once, so that reading it meets no network."""
        file = super()._open(name, mode)  # type: ignore[no-untyped-call]
        file.file  # noqa: B018 - a property that downloads
        return file

    @as_os_error
    def _save(self, name: str, content: Any) -> str:
        return str(super()._save(name, content))  # type: ignore[no-untyped-call]

    delete = as_os_error(S3Storage.delete)
    exists = as_os_error(S3Storage.exists)
    listdir = as_os_error(S3Storage.listdir)
    size = as_os_error(S3Storage.size)
    get_modified_time = as_os_error(S3Storage.get_modified_time)

    def url(self, *args: Any, **kwargs: Any) -> str:
        raise ValueError("Files of the portal have no address: they are handed out after its own checks.")
