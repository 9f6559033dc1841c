"""Lines of a page's frame, by kind, to set around an article; {person} and {n} are filled in."""

from __future__ import annotations

ABOVE: dict[str, tuple[str, ...]] = {
    "menu": ("Home | World | Politics | Business | Sport", "Skip to main content", "Menu\nSearch\nSign in"),
    "byline": ("By {person}", "By {person}, staff writer", "{person} | Washington bureau"),
    "date": (
        "March {n}, 2019 at 10:42 a.m. EST",
        "Published {n} May 2018",
        "Updated 4:{n} PM ET, Tue June 5, 2018",
    ),
    "share": ("Share this article", "Facebook Twitter Email", "Print\nEmail\nShare", "{n} comments"),
}
BETWEEN: dict[str, tuple[str, ...]] = {
    "caption": (
        "Image copyright Getty Images",
        "{person} in a file photo. (AP Photo/{person})",
        "Photo: {person}/Reuters",
        "The old square in the morning light. Photograph: {person}/Getty",
    ),
    "related": (
        "Read more: What we know so far",
        "RELATED: Five things to watch this week",
        "Also read | The week in pictures",
        "See also: How the vote works",
    ),
    "advert": ("Advertisement", "Story continues below advertisement", "Sponsored content"),
    "newsletter": (
        "Sign up for our newsletter",
        "Get the day's top stories in your inbox every morning.",
        "Subscribe to The Morning Post for full access",
        "Like this story? There are more of them in our weekly letter, which is free.",
    ),
}
BELOW: dict[str, tuple[str, ...]] = {
    "about": (
        "{person} is a reporter who covers health care and the courts for the Daily Courier.",
        "{person} contributed to this report.",
        "Reporting by {person}; editing by {person}",
    ),
    "support": (
        "Our reporting is free to read because readers pay for it. Please consider a gift.",
        "Help us keep our journalism open to everyone for as little as $1.",
    ),
    "notice": (
        "© 2019 The Morning Post. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Terms of use\nPrivacy policy\nCookie settings",
    ),
    "contact": ("Follow {person} on Twitter @writer{n}", "Got a tip? Write to tips@example.com"),
    "more": ("Most read", "More from this section", "Recommended for you", "Trending now"),
    "comments": ("View all {n} comments", "Comments are closed", "Join the conversation"),
}
