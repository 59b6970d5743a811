"""Lead pictures for reading without a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eksread.errors import FetchError

if TYPE_CHECKING:
    from eksread.pool import Hands
    from eksread.ports import Fetcher, Pictures
    from eksread.refresh.tally import Tally


@dataclass(frozen=True, slots=True)
class PictureRun:
    """Brings pictures that are not held."""

    fetcher: Fetcher
    pictures: Pictures
    hands: Hands

    async def bring(self, url: str, tally: Tally) -> str:
        """Fetch and keep one picture; give its address. A failure is counted and stops no other."""
        try:
            page = await self.fetcher.get_picture(url)
        except FetchError as error:
            tally.failed(url, error)
            return url
        tally.answered(page)
        await self.hands.do(self.pictures.keep, url, page.body)
        tally.pictures += 1
        return url
