"""The one table of commands: keys, footer, help, palette and docs/keys.md are all made from it.

Free of Textual. Texts are marked with `N_` and translated where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eksread.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

LIST: Final = "headlines"
ARTICLE: Final = "article"
SECTIONS: Final = "sections"
COMMENTS: Final = "comments"
"""The places where a command may apply: the panes by their names."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `keys` are Textual key names separated by commas; `places` are where it applies (none named: everywhere).

    `listed` says whether the palette offers it (movements would only clutter it).
    """

    id: str
    keys: str
    label: str
    group: str
    places: tuple[str, ...] = ()
    listed: bool = True


MOVE: Final = N_("Moving")
READ: Final = N_("Reading")
KEEP: Final = N_("Marking")
FIND: Final = N_("Finding")
LOOK: Final = N_("The look")
LEAVE: Final = N_("Fetching news, and leaving")

COMMANDS: Final[tuple[Command, ...]] = (
    Command("down", "j,down", N_("Down"), MOVE, listed=False),
    Command("up", "k,up", N_("Up"), MOVE, listed=False),
    Command("page-down", "pagedown,ctrl+d,ctrl+f", N_("A page down"), MOVE, listed=False),
    Command("page-up", "pageup,ctrl+u,b", N_("A page up"), MOVE, listed=False),
    Command(
        "space", "space", N_("Next page; at the end of an article, the next unread one"), MOVE, listed=False
    ),
    Command("top", "home", N_("To the top"), MOVE, listed=False),
    Command("top-prefix", "g", N_("Pressed twice: to the top"), MOVE, listed=False),
    Command("bottom", "G,end", N_("To the end"), MOVE, listed=False),
    Command("open", "enter,l,right", N_("Open; fold the chosen comment's thread"), READ, listed=False),
    Command("back", "h,left", N_("Back"), READ, listed=False),
    Command(
        "close",
        "q",
        N_("Back a step: from a section to all news, from all news out of eksread"),
        READ,
        listed=False,
    ),
    Command("escape", "escape", N_("Stop fetching or searching; back"), READ, listed=False),
    Command("next", "J", N_("Next article"), READ),
    Command("previous", "K", N_("Previous article"), READ),
    Command("next-unread", "n", N_("Next unread article"), READ),
    Command("next-link", "tab", N_("Next link or comment; in lists, the next pane"), READ, listed=False),
    Command("previous-link", "shift+tab", N_("Previous link or comment"), READ, listed=False),
    Command("comments", "c", N_("Comments"), READ),
    Command(
        "next-mark", "right_square_bracket", N_("Next match or new comment"), READ, places=(ARTICLE, COMMENTS)
    ),
    Command(
        "previous-mark",
        "left_square_bracket",
        N_("Previous match or new comment"),
        READ,
        places=(ARTICLE, COMMENTS),
    ),
    Command("picture", "P", N_("The article's pictures, each whole; fetched where they are not saved"), READ),
    Command("related", "a", N_("Related articles"), READ),
    Command("changes", "d", N_("What the portal has changed in the article"), READ),
    Command(
        "provenance",
        "I",
        N_("Where each part of the article came from and how sure it is, or hide that"),
        READ,
    ),
    Command("fold", "x", N_("Fold or unfold all threads"), READ, places=(COMMENTS,)),
    Command("browser", "o", N_("Open in the browser"), READ),
    Command("copy-link", "y", N_("Copy the link, or the text selected with the mouse"), READ),
    Command(
        "copy-markdown", "Y", N_("Copy the article, or the selected text with its source, as Markdown"), READ
    ),
    Command("export", "S", N_("Export the article or its list: Markdown, web page, e-book …"), READ),
    Command("pager", "p", N_("Read the article in $PAGER"), READ),
    Command("read-aloud", "v", N_("Read the article aloud from here on; any key stops"), READ),
    Command("save", "f", N_("Bookmark the article, or remove its bookmark"), KEEP),
    Command("note", "e", N_("Bookmark with a note"), KEEP),
    Command("note-in-editor", "N", N_("Bookmark with a note written in $EDITOR"), KEEP),
    Command("labels", "L", N_("Bookmark with labels"), KEEP),
    Command("saved", "F", N_("Bookmarks"), KEEP),
    Command("toggle-read", "m", N_("Mark read or unread"), KEEP),
    Command("all-read", "A", N_("Mark all in this list read"), KEEP),
    Command("undo", "u", N_("Undo the last mark, note or labels"), KEEP),
    Command("search", "slash", N_("Search; Ctrl-S keeps a search among the sections"), FIND),
    Command("find", "w", N_("Find in the article; in a list, filter it as you type"), FIND),
    Command("edition", "E", N_("The edition: what is new and unread since you last read one"), FIND),
    Command("gather", "i", N_("All articles of a place, a reporter or an editor"), FIND),
    Command("sections", "s", N_("Sections"), FIND),
    Command("remove-search", "D,delete", N_("Remove the chosen saved search"), FIND, places=(SECTIONS,)),
    Command("menu", "M,shift+f10", N_("What can be done here, as by a right click"), FIND),
    Command("palette", "ctrl+p,colon", N_("Commands"), FIND, listed=False),
    Command("help", "question_mark,f1", N_("Help"), FIND),
    Command("theme", "t", N_("Next theme"), LOOK),
    Command("density", "T", N_("The list: one line a headline, or whole headlines"), LOOK),
    Command("sidebar", "B", N_("Hide or show the sections"), LOOK),
    Command("zen", "z", N_("Zen: the article alone"), LOOK, places=(ARTICLE,)),
    Command("narrower", "less_than_sign", N_("Narrower column"), LOOK, places=(ARTICLE, COMMENTS)),
    Command("wider", "greater_than_sign", N_("Wider column"), LOOK, places=(ARTICLE, COMMENTS)),
    Command("show-new", "full_stop", N_("Show the news that has arrived"), LEAVE),
    Command("refresh", "r", N_("Fetch this section; in an article, check it"), LEAVE),
    Command("refresh-all", "R", N_("Fetch everything"), LEAVE),
    Command("suspend", "ctrl+z", N_("Back to the shell for a while (fg returns)"), LEAVE),
    Command("quit", "ctrl+q,ctrl+c", N_("Quit"), LEAVE),
)

BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

DIGITS: Final = "1,2,3,4,5,6,7,8,9"
"""Choose a link of the article by its number."""
