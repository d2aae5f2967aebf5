"""Presentation only: drawings beside words."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Own drawings on a 24 by 24 grid, one stroke each.
PATHS = {
    "alert": "M12 4 2.8 19.5h18.4zM12 10v4.4M12 17v.1",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.2l3.4 2",
    "coin": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.2 12h5.6M12 9.2v5.6",
    "cols": "M4 5h16v14H4zM9.4 5v14M14.7 5v14",
    "door": "M6 20.5V4h12v16.5M3.5 20.5h17M14.5 12v.8",
    "feed": "M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14M6.5 17.4v.1",
    "half": "M5 12h14",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.6v.1",
    "leave": "M13 4.5H5v15h8M10 12h10.5M16.5 8l4 4-4 4",
    "left": "M19 12H5M11 6l-6 6 6 6",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "pen": "M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM14 7l3 3",
    "people": (
        "M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6M2.8 19.5c.4-3.3 2.9-5.2 6.2-5.2s5.8 1.9 6.2 5.2"
        "M15.8 5.2a3.3 3.3 0 0 1 0 6.1M17.6 14.7c2 .7 3.3 2.4 3.6 4.8"
    ),
    "phone": (
        "M7 3.5h3l1.5 4.5-2 1.5a10 10 0 0 0 5 5l1.5-2 4.5 1.5v3a3 3 0 0 1-3 3A13.5 13.5 0 0 1 4 6.5a3 3 0 0 1 3-3z"
    ),
    "pin": (
        "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11M12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4"
    ),
    "print": "M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7z",
    "question": "M9 9.2a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.4M12 17.6v.1",
    "right": "M5 12h14M13 6l6 6-6 6",
    "screen": "M3.5 5h17v11.5h-17zM9 20h6M12 16.5V20",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20.5 20.5",
    "star": "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
    "talk": "M4 5h16v11H10l-4 3.6V16H4z",
    "turn": "M19 12a7 7 0 1 1-2.2-5.1M19.5 4v4.5H15",
    "up": "M12 19V5M6 11l6-6 6 6",
    "x": "M6 6l12 12M18 6L6 18",
}
PATHS["q"] = PATHS["question"]


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """A drawing; with a label it is read aloud, without one it is decoration."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="ico" viewBox="0 0 24 24" {}><path d="{}"/></svg>', spoken, PATHS[name])
