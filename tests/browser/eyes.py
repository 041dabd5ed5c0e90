"""Who looks at a page, and what keeps them out?

Any state is looked at in place: narrow or wide, by day or by night, in the reader's own colours, with letters twice as
large, and by somebody for whom nothing may move.
"""

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import ROOT


@dataclass(frozen=True)
class Screen:
    """How a reader has set up what they look at; `letters` is the size they have asked their browser for, in pixels."""

    width: Literal[390, 1280]
    colours: Literal["light", "dark", "own"]
    letters: Literal[16, 32] = 16

    def __str__(self) -> str:
        return f"{self.width} px, {self.colours} colours, letters of {self.letters} px"


# The first is looked at with all of axe's rules, the others with those that depend on what is different.
SCREENS = [
    Screen(390, "light"),
    Screen(390, "dark"),
    Screen(390, "own"),
    Screen(390, "light", letters=32),
    Screen(1280, "light", letters=32),
    Screen(1280, "own"),
    Screen(1280, "dark"),
    Screen(1280, "light"),
]
OF_THE_ROOM = ["target-size", "scrollable-region-focusable"]
OF_THE_COLOURS = ["color-contrast", "link-in-text-block"]

AXE = """async (only) => {
  const options = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
  if (only) options.runOnly = { type: "rule", values: only };
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}"""

# What axe does not see: text out of sight, text upon text, a focus nobody sees, what moves, what is hard to hit.
SEEN = """([large, own]) => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`wider than the screen: ${root.scrollWidth}`);
  const hides = (one) => one.closest(".visually-hidden, .skip-link, svg, option, script, noscript") !== null;
  const style = (one) => getComputedStyle(one);
  const ancestors = (one) => (one ? [one, ...ancestors(one.parentElement)] : []);
  const scrolls = (one) => ancestors(one).some((at) => /auto|scroll/.test(style(at).overflowX) && at !== root);
  const floats = (one) => ancestors(one).some((at) => /sticky|fixed/.test(style(at).position));

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    if (!node.data.trim() || hides(holder) || !holder.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const out = box.left < -1 || box.right > root.clientWidth + 1;
      if (out && !scrolls(holder)) found.push(`out of sight: ${node.data.trim().slice(0, 40)}`);
      const clip = ancestors(holder).find((at) => /hidden|clip/.test(style(at).overflowX + style(at).overflowY));
      const room = clip?.getBoundingClientRect();
      if (room && (box.right > room.right + 1 || box.bottom > room.bottom + 2)) {
        found.push(`cut off: ${node.data.trim().slice(0, 40)}`);
      }
      // Letters fill the middle of their line; what scrolls away or stays in sight may lie above or below.
      const inset = box.height / 4;
      if (box.width > 1 && !floats(holder) && !scrolls(holder)) {
        const [top, bottom] = [box.top + inset, box.bottom - inset];
        lines.push({ node, top, bottom, left: box.left + 1, right: box.right - 1 });
      }
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, at) => {
    for (const other of lines.slice(at + 1)) {
      if (other.top >= one.bottom) break;
      if (other.left < one.right && other.right > one.left) {
        found.push(`upon each other: ${one.node.data.trim().slice(0, 30)} | ${other.node.data.trim().slice(0, 30)}`);
      }
    }
  });

  const pressed = "button, summary, select, a[href], input:not([type=hidden]), [tabindex='0']";
  const before = document.activeElement;
  for (const one of document.querySelectorAll(pressed)) {
    if (!one.checkVisibility()) continue;
    const name = `${one.tagName} ${one.textContent.trim().slice(0, 30)}`;
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    if (large && one.matches("button, summary, select, input, .button") && Math.min(width, height) < 44) {
      found.push(`smaller than 44 px: ${name}`);
    }
    if (!own) continue;
    one.focus({ preventScroll: true, focusVisible: true });
    const { outlineStyle, outlineWidth, outlineColor } = style(one);
    const sameColour = outlineColor === style(document.body).backgroundColor;
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || sameColour) {
      found.push(`no focus to be seen: ${name}`);
    }
  }
  if (own) before?.focus({ preventScroll: true });

  for (const one of document.getAnimations()) {
    if (one.playState === "running") found.push(`moves: ${one.effect?.target?.outerHTML.slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    for (const name of ["aria-describedby", "aria-labelledby"]) {
      for (const id of (one.getAttribute(name) ?? "").split(/ +/).filter(Boolean)) {
        if (one.checkVisibility() && !document.getElementById(id)) found.push(`${name} names nothing: ${id}`);
      }
    }
  }
  return found;
}"""


class Eyes:
    """Everybody who looks at a tab, one after the other: each state is looked at on all screens."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp
        self.found: dict[str, list[str]] = {}

    def look(self, state: str) -> None:
        """Look at what stands there now; what keeps somebody out is said at the end of the walk."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        for screen in SCREENS:
            self._put_on(screen)
            different = OF_THE_ROOM if screen.letters == 32 else [*OF_THE_ROOM, *OF_THE_COLOURS]
            only = different if screen != SCREENS[0] else None
            what = self.page.evaluate(AXE, only)
            what += self.page.evaluate(SEEN, [screen.width == 390, screen.colours == "own"])
            if what:
                self.found[f"{state} ({screen})"] = sorted(set(what))

    def _put_on(self, screen: Screen) -> None:
        own = screen.colours == "own"
        self.page.set_viewport_size({"width": screen.width, "height": 900})
        self.page.emulate_media(
            color_scheme="dark" if screen.colours == "dark" else "light",
            forced_colors="active" if own else "none",
            reduced_motion="reduce",
        )
        self.cdp.send("Page.setFontSizes", {"fontSizes": {"standard": screen.letters, "fixed": 13}})
