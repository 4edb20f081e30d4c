"""Uploads in slices, for our script and for whoever writes another: docs/formats/resumable-upload.md.

What has arrived whole becomes a document when the form is sent that it belongs to, with its key in place of the file.
"""

import uuid
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from consular.documents.models import Upload
from consular.documents.resumable import actions, headers
from consular.documents.resumable.actions import BadSliceError, MismatchError
from consular.documents.resumable.headers import BadHeaderError
from consular.documents.resumable.limits import LARGEST_SLICE
from consular.documents.status import Kind, NotAccepted

MISMATCH = "https://iana.org/assignments/http-problem-types#mismatching-upload-offset"


class CutError(Exception):
    """The connection ended before the slice did."""


@require_POST
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin an upload of a file of a kind; 201 with its address."""
    if kind not in Kind.values:
        raise Http404
    try:
        size = headers.whole_number(request, "Upload-Length")
        whole = headers.digest(request, "Repr-Digest")
        upload = actions.begin(
            owner=request.user,
            kind=kind,
            name=headers.filename(request),
            size=size,
            sha256=whole.hex() if whole else "",
        )
    except BadHeaderError as error:
        return problem(HTTPStatus.BAD_REQUEST, str(error))
    except ValidationError as error:
        return refusal(error)
    place = reverse("documents:upload", args=[upload.pk])
    return HttpResponse(status=HTTPStatus.CREATED, headers={"Location": place, **headers.told(upload)})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Tell how far an upload is, take its next slice, or forget it; 404 to everybody but who began it."""
    found = get_object_or_404(Upload.objects.of(request.user).unfinished(), pk=upload_id)
    if request.method == "PATCH":
        return take(request, found)
    if request.method == "DELETE":
        actions.abandon(found)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return far(found)


def take(request: HttpRequest, found: Upload) -> HttpResponse:
    """Take a slice, or say why not."""
    if request.content_type != headers.PARTIAL:
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, headers.PARTIAL)
    try:
        offset = headers.whole_number(request, "Upload-Offset")
        return far(actions.append(found, slice_of(request), offset=offset))
    except MismatchError as error:
        return mismatch(error.upload)
    except (BadHeaderError, BadSliceError, CutError) as error:
        return problem(HTTPStatus.BAD_REQUEST, str(error) or "slice")
    except ValidationError as error:
        return refusal(error)
    except Upload.DoesNotExist as error:  # Another request abandoned it meanwhile
        raise Http404 from error


def slice_of(request: HttpRequest) -> bytes:
    """Return the body, all of it and as it was sent."""
    length = headers.whole_number(request, "Content-Length")
    if length > LARGEST_SLICE:
        raise BadSliceError
    try:
        content = request.body
    except UnreadablePostError as error:
        raise CutError from error
    if len(content) != length:
        raise CutError
    told = headers.digest(request, "Content-Digest")
    if told and told != actions.sha256_of(content):
        raise BadHeaderError("Content-Digest")
    return content


# Answers


def far(found: Upload) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers.told(found))


def mismatch(found: Upload) -> HttpResponse:
    answer = problem(HTTPStatus.CONFLICT, "Upload-Offset", MISMATCH)
    for name, value in headers.told(found).items():
        answer[name] = value
    return answer


def refusal(error: ValidationError) -> HttpResponse:
    """Say, in the reader's words, why a file is not taken."""
    ours = error.code == NotAccepted.STORAGE
    status = HTTPStatus.SERVICE_UNAVAILABLE if ours else HTTPStatus.UNPROCESSABLE_ENTITY
    return problem(status, " ".join(error.messages))


def problem(status: HTTPStatus, detail: str, kind: str = "about:blank") -> HttpResponse:
    """Return a problem of RFC 9457."""
    content = {"type": kind, "status": status.value, "title": status.phrase, "detail": detail}
    return JsonResponse(
        content, status=status, content_type="application/problem+json", headers={"Cache-Control": "no-store"}
    )
