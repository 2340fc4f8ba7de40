"""Many people at once: upload a spreadsheet, watch it being assessed, take the results away."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from aiohttp import BodyPartReader, web
from sqlalchemy.orm import Session

from bot.intake import prescreen
from bot.intake.prescreen import MOST_BYTES, Format, PrescreenError, UnknownPrescreenError
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.web.problems import Problem
from bot.web.staff.access import account_of
from bot.web.staff.lead import number_of
from bot.web.staff.rendering import back, page, spoken
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS: Final = "/staff/bulk"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: Final = {"csv": "text/csv", "xlsx": XLSX}


@routes.get(ADDRESS, needs="bulk.run")
async def listing(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post(ADDRESS, needs="bulk.run")
async def upload(request: web.Request) -> web.Response:
    """``file`` (CSV or XLSX), as multipart; the form's token stands in the address."""
    account = account_of(request)
    try:
        name, data = await _uploaded(request)

        def add(session: Session, seal: Seal) -> None:
            made = prescreen.add(session, seal, name=name, data=data, staff_id=account.id, as_of=date.today())
            told = {"rows": made.rows}
            audit.record(session, seal, actor=account.email, action="bulk.uploaded", subject=f"file:{made.id}", **told)

        await request.app[STATE].database.write(add)
    except PrescreenError as error:
        return await _page(request, status=422, trouble=error.text(spoken(request)))
    return back(ADDRESS, "uploaded")


@routes.get("/staff/bulk/template.{format}", needs="bulk.run")
async def template(request: web.Request) -> web.Response:
    kind = _format(request)
    return _file(f"template.{kind}", kind, prescreen.template(kind, spoken(request)))


@routes.get("/staff/bulk/{file}/results.{format}", needs="bulk.run")
async def results(request: web.Request) -> web.Response:
    number, kind, actor = number_of(request, "file"), _format(request), account_of(request).email

    def read(session: Session, seal: Seal) -> bytes:
        audit.record(session, seal, actor=actor, action="bulk.downloaded", subject=f"file:{number}")
        return prescreen.results(session, seal, number, kind)

    try:
        return _file(f"results-{number}.{kind}", kind, await request.app[STATE].database.write(read))
    except UnknownPrescreenError:
        raise web.HTTPNotFound from None


@routes.post("/staff/bulk/{file}/forget", needs="bulk.run")
async def forget(request: web.Request) -> web.Response:
    number, actor = number_of(request, "file"), account_of(request).email

    def drop(session: Session, seal: Seal) -> None:
        prescreen.forget(session, seal, number)
        audit.record(session, seal, actor=actor, action="bulk.forgotten", subject=f"file:{number}")

    try:
        await request.app[STATE].database.write(drop)
    except UnknownPrescreenError:
        raise web.HTTPNotFound from None
    return back(ADDRESS, "forgotten")


async def _uploaded(request: web.Request) -> tuple[str, bytes]:
    """Name and content of the file, read piece by piece. Raises ``PrescreenError`` and ``Problem`` 400."""
    if not request.content_type.startswith("multipart/"):
        raise Problem(400, "request")
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "file":
            data = bytearray()
            while piece := await part.read_chunk():
                data += piece
                if len(data) > MOST_BYTES:
                    raise PrescreenError("too_large")
            return part.filename or "file", bytes(data)
    raise Problem(400, "request")


async def _page(request: web.Request, *, status: int = 200, trouble: str = "") -> web.Response:
    found = await request.app[STATE].database.read(prescreen.prescreens)
    going_on = any(one.state != "done" for one in found)
    return page(request, "bulk.html", status=status, files=found, going_on=going_on, trouble=trouble)


def _format(request: web.Request) -> Format:
    match request.match_info["format"]:
        case "csv":
            return "csv"
        case "xlsx":
            return "xlsx"
    raise web.HTTPNotFound


def _file(name: str, kind: Any, data: bytes) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=data, content_type=TYPES[kind], headers=headers)
