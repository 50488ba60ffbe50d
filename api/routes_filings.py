"""Filings: upload and jobs, list, show, correct, delete; their pages as text, image and PDF; what they cite."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.datastructures import UploadFile

from api import schemas
from api.desk import AtDesk, Desk
from api.images import MOST_PIXELS
from api.problems import Problem
from api.wire import as_json, listing_json, page_json
from corpus.authorities import table_of_authorities
from corpus.errors import CorpusError, UnknownJob
from corpus.model import Filing
from rag.model import Filters

router = APIRouter(prefix="/v1")
MOST_FILES = 100  # of one upload
SCALES = (0.25, 4.0)  # pixels a point
YEAR_S = 31_536_000  # a page of a filing never changes: its id is a hash of its bytes
Id = Annotated[str, Path(max_length=64, description="the filing's id", examples=["a3e5a2ef52f4d996"])]
PageNumber = Annotated[int, Path(ge=1, le=100_000, description="PDF page, from 1")]
UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "matter": {"type": "string", "maxLength": 300},
                    },
                }
            }
        },
    }
}


async def _form(request: Request) -> tuple[list[UploadFile], str | None]:
    """The files of a multipart body, whatever their fields are called, and the matter."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem(415, "not-multipart", "Not multipart", "send the PDFs as multipart/form-data")
    form = await request.form(max_files=MOST_FILES, max_fields=20)
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    matter = form.get("matter")
    return files, matter if isinstance(matter, str) else None


@router.post(
    "/filings",
    response_model=schemas.AcceptedOut,
    status_code=202,
    tags=["filings"],
    openapi_extra=UPLOAD_BODY,
)
def upload(form: Annotated[tuple[list[UploadFile], str | None], Depends(_form)], desk: AtDesk) -> dict[str, str]:
    """Bring PDFs into the library, in the background: multipart, files in any field, `matter` if wanted."""
    files, matter = form
    if not files:
        raise Problem(422, "no-file", "No file", "the body holds no file; send PDFs as multipart/form-data")
    if matter is not None and len(matter) > 300:
        raise Problem(422, "invalid-request", "The request does not fit its schema", "matter: at most 300 characters")
    taken: list[tuple[str, BinaryIO]] = [(one.filename or "", one.file) for one in files]
    whose = desk.access.own_matter((matter or "").strip())
    return {"job_id": desk.jobs.submit(taken, whose, partial(_check_upload, desk)).id}


def _check_upload(desk: Desk, path: FilePath) -> None:
    """Raise Problem 413 for a file with too many pages; what cannot be read the job reports."""
    try:
        pages = desk.images.page_count(path)
    except CorpusError:
        return
    if pages > desk.settings.max_pages:
        said = f"{path.name} has {pages} pages; at most {desk.settings.max_pages} are taken. Split the PDF."
        raise Problem(413, "too-many-pages", "Too many pages", said)


@router.get("/jobs/{job_id}", response_model=schemas.JobOut, tags=["filings"])
def job(job_id: Annotated[str, Path(max_length=64)], desk: AtDesk) -> dict[str, Any]:
    """How far an upload is, and what it did."""
    found = desk.jobs.job(job_id)
    progress, result = json.loads(found.progress), json.loads(found.result)
    if desk.settings.key_matter and progress.get("matter") != desk.settings.key_matter:
        raise UnknownJob(f"no job {job_id}")
    return {**as_json(found), "progress": progress, "result": result or None}


@router.get("/filings", response_model=schemas.FilingsOut, tags=["filings"])
def filings(
    desk: AtDesk,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    matter: Annotated[str | None, Query(max_length=300)] = None,
    court: Annotated[str | None, Query(max_length=100)] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    side: Annotated[str | None, Query(max_length=40)] = None,
    filer: Annotated[str | None, Query(max_length=300)] = None,
) -> Response:
    """List filings by court, docket, date and entry."""
    matters, courts, kinds, sides, filers = ((value,) if value else () for value in (matter, court, kind, side, filer))
    wanted = Filters(matter=matters, court=courts, kind=kinds, side=sides, filer=filers)
    allowed = desk.access.filters(wanted)
    listed = desk.library.catalog.listings(allowed, limit=limit, offset=offset)
    rows = [listing_json(one) for one in listed]
    return JSONResponse({"filings": rows, "total": desk.library.catalog.count(allowed)})


@router.get("/filings/{filing_id}", response_model=schemas.FilingOut, tags=["filings"])
def filing(filing_id: Id, desk: AtDesk) -> Response:
    """What was read off one filing."""
    return JSONResponse(listing_json(desk.access.listing(filing_id)))


@router.patch("/filings/{filing_id}", response_model=schemas.FilingOut, tags=["filings"])
def correct(filing_id: Id, body: schemas.CorrectionsIn, desk: AtDesk) -> Response:
    """Correct what was read; a correction survives being read again."""
    desk.access.listing(filing_id)
    changes = body.model_dump(exclude_unset=True)
    if "matter" in changes:
        changes["matter"] = desk.access.own_matter(changes["matter"])
    with desk.turn_to_write():
        return JSONResponse(listing_json(desk.library.correct(filing_id, changes)))


@router.delete("/filings/{filing_id}", status_code=204, tags=["filings"])
def remove(filing_id: Id, desk: AtDesk) -> Response:
    """Take a filing out of the library and every index."""
    desk.access.listing(filing_id)
    with desk.turn_to_write():
        desk.library.remove(filing_id)
    desk.images.forget(filing_id)
    return Response(status_code=204)


@router.get("/filings/{filing_id}/authorities", response_model=schemas.AuthoritiesOut, tags=["filings"])
def authorities(filing_id: Id, desk: AtDesk) -> Response:
    """What a filing cites, cases first, with the pages that do."""
    desk.access.listing(filing_id)
    found = table_of_authorities(desk.library.catalog.filing(filing_id))
    return JSONResponse({"authorities": [as_json(one) for one in found]})


@router.head("/filings/{filing_id}/pdf", include_in_schema=False)
@router.get(
    "/filings/{filing_id}/pdf",
    tags=["pages"],
    response_class=FileResponse,
    responses={200: {"content": {"application/pdf": {}}}, 206: {"description": "A range of the file"}},
)
def pdf(filing_id: Id, desk: AtDesk) -> Response:
    """The PDF as it was filed; add #page=N to open it there. Ranges are served."""
    listing = desk.access.listing(filing_id)
    path = desk.library.pdf(filing_id)
    if not path.is_file():
        raise Problem(404, "no-pdf", "No PDF", f"the library keeps no PDF of {listing.file}; upload it again")
    headers = {"Cache-Control": f"private, max-age={YEAR_S}, immutable"}
    return FileResponse(
        path, media_type="application/pdf", filename=listing.file, content_disposition_type="inline", headers=headers
    )


@router.get("/filings/{filing_id}/pages/{number}", response_model=schemas.PageOut, tags=["pages"])
def page(filing_id: Id, number: PageNumber, desk: AtDesk) -> Response:
    """A page's text, its lines with their places, its footnotes."""
    return JSONResponse(page_json(_extract(filing_id, number, desk), number))


@router.head("/filings/{filing_id}/pages/{number}/image", include_in_schema=False)
@router.get(
    "/filings/{filing_id}/pages/{number}/image",
    tags=["pages"],
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}, 304: {"description": "Unchanged"}},
)
def image(
    filing_id: Id,
    number: PageNumber,
    desk: AtDesk,
    request: Request,
    scale: Annotated[float, Query(ge=SCALES[0], le=SCALES[1], description="pixels a point")] = 2.0,
) -> Response:
    """A page as it looks, PNG."""
    shown = _extract(filing_id, number, desk).pages[number - 1]
    if shown.width * shown.height * scale * scale > MOST_PIXELS:
        raise Problem(422, "image-too-large", "Image too large", "this page is very large; ask for a smaller scale")
    tag = f'"{filing_id}-{number}-{scale:g}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={YEAR_S}, immutable"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    path = desk.library.pdf(filing_id)
    if not path.is_file():
        raise Problem(404, "no-pdf", "No PDF", "the library keeps no PDF of this filing; upload it again")
    made = desk.images.png(filing_id, path, number, round(scale, 3))
    return Response(made, media_type="image/png", headers=headers)


def _extract(filing_id: str, number: int, desk: Desk) -> Filing:
    """The filing with the lines of one page. Raises UnknownFiling, Problem 404 for a page it does not have."""
    listing = desk.access.listing(filing_id)
    if number > listing.pages:
        raise Problem(404, "unknown-page", "No such page", f"{listing.file} has {listing.pages} pages, not {number}")
    return desk.library.catalog.extract(filing_id, number, number)
