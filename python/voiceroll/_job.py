"""Requests for jobs: the server fetches a recording and processes it."""

import dataclasses
from collections.abc import Iterable
from typing import Any, Literal, Self

from ._types import frozen


def ids_of(name: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Speaker ids; a single one, whose letters would pass for ids, is a mistake."""
    if isinstance(ids, str):
        raise TypeError(f"`{name}` must be a list of ids; write [{ids!r}]")
    return tuple(ids)


@frozen
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """A job for `Registry.submit`, created with `identify`, `diarize` or `transcribe`.

    Its ``repr`` leaves the addresses out: a token may stand in them.
    """

    api: Literal["identify", "diarize", "transcribe"]
    content_uri: str = dataclasses.field(repr=False)
    speaker_ids: tuple[str, ...] = ()
    speakers: int | None = None
    per_channel: bool = False
    encoding: str | None = None
    language: str | None = None
    webhook: str | None = dataclasses.field(default=None, repr=False)

    @classmethod
    def identify(
        cls,
        content_uri: str,
        speaker_ids: Iterable[str],
        *,
        encoding: str | None = None,
        webhook: str | None = None,
    ) -> Self:
        """Finds the segments in which these speakers speak. All need a complete enrollment.

        Parameters
        ----------
        content_uri : str
            Where the server fetches the recording.
        speaker_ids : iterable of str
            Who is looked for.
        encoding : str, optional
            One of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. Default: by the end of the address.
        webhook : str, optional
            Where the server posts the result; see `Callbacks`. Default: nowhere, it is asked for.
        """
        ids = ids_of("speaker_ids", speaker_ids)
        return cls(api="identify", content_uri=content_uri, speaker_ids=ids, encoding=encoding, webhook=webhook)

    @classmethod
    def diarize(
        cls,
        content_uri: str,
        *,
        speaker_ids: Iterable[str] = (),
        speakers: int | None = None,
        per_channel: bool = False,
        encoding: str | None = None,
        webhook: str | None = None,
    ) -> Self:
        """Finds out who speaks when in a recording; parameters as for `identify` and `Registry.diarize`."""
        return cls(
            api="diarize",
            content_uri=content_uri,
            speaker_ids=ids_of("speaker_ids", speaker_ids),
            speakers=speakers,
            per_channel=per_channel,
            encoding=encoding,
            webhook=webhook,
        )

    @classmethod
    def transcribe(
        cls,
        content_uri: str,
        *,
        language: str = "en-US",
        speaker_ids: Iterable[str] = (),
        speakers: int | None = None,
        per_channel: bool = False,
        encoding: str | None = None,
        webhook: str | None = None,
    ) -> Self:
        """Transcribes a recording, with the speakers if ``speaker_ids`` or ``speakers`` are given."""
        return cls(
            api="transcribe",
            content_uri=content_uri,
            language=language,
            speaker_ids=ids_of("speaker_ids", speaker_ids),
            speakers=speakers,
            per_channel=per_channel,
            encoding=encoding,
            webhook=webhook,
        )


def args_of(request: JobRequest) -> dict[str, Any]:
    """A request as the arguments of ``submit``."""
    if not isinstance(request, JobRequest):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("`submit` needs a JobRequest, such as JobRequest.identify(content_uri, speaker_ids)")
    return {part.name: getattr(request, part.name) for part in dataclasses.fields(request)}
