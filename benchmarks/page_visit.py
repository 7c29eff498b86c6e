"""A visit to the web page with a browser, with the figures that the browser keeps of it."""

from __future__ import annotations

from playwright.sync_api import Browser, CDPSession, Page
from playwright.sync_api import TimeoutError as NothingCame

from benchmarks.processes import BenchmarkError

PHONE = {"width": 390, "height": 844}
SLOWER = 4
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 86_400}  # bytes/s
QUIET_MS, AFTER_EACH_MS, KEY_MS = 2_500, 1_200, 120
TURN_LIMIT_MS = 20_000
TEXTS = ("lesson 1", "next", "what is co-design?", "next", "who paid for the pilot in Estonia?", "back")
ASKED = "what is a living lab"
MESSAGE, REPLY, FIELD = ".message", ".turn.tutor", "textarea"

WATCH = """() => {
  window.vitals = { lcp: 0, cls: 0, interactions: {} };
  const watch = (type, each, more) => new PerformanceObserver((list) => list.getEntries().forEach(each))
    .observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", (entry) => { vitals.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
  watch("event", (entry) => {
    const known = vitals.interactions[entry.interactionId]?.[0] ?? 0;
    if (entry.interactionId && entry.duration > known) {
      vitals.interactions[entry.interactionId] = [entry.duration, entry.name];
    }
  }, { durationThreshold: 16 });
}"""


class Visit:
    """Somebody on a phone of a quarter of this machine's speed.

    Args:
        browser: A browser with a window.
        url: Address of the page.
        is_line_slow: Whether all comes over a slow line.
    """

    def __init__(self, browser: Browser, url: str, *, is_line_slow: bool = False) -> None:
        context = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True)
        self._page: Page = context.new_page()
        self._tools: CDPSession = context.new_cdp_session(self._page)
        self._received = 0
        self._tools.on("Network.loadingFinished", self._count)
        self._tools.send("Network.enable")
        if is_line_slow:
            self._tools.send("Network.emulateNetworkConditions", SLOW_4G)
            self._slow_down()
        self._page.goto(url)
        self._page.wait_for_selector(REPLY, timeout=TURN_LIMIT_MS)

    def _count(self, event: dict[str, float]) -> None:
        self._received += int(event["encodedDataLength"])

    def _slow_down(self) -> None:
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def first_load(self) -> tuple[float, float, int]:
        """Give the largest paint (ms), how far things moved (CLS), and what came over the line (bytes)."""
        self._page.wait_for_timeout(QUIET_MS)
        self._watch()
        lcp, moved = self._page.evaluate("[vitals.lcp, vitals.cls]")
        return float(lcp), float(moved), self._received

    def _watch(self) -> None:
        self._page.evaluate(WATCH)
        self._page.wait_for_timeout(AFTER_EACH_MS)

    def messages(self) -> int:
        """Count what stands in the log."""
        return self._page.locator(MESSAGE).count()

    def fill(self, messages: int) -> None:
        """Talk until so many messages stand in the log.

        Raises:
            BenchmarkError: A message was not answered.
        """
        turn = 0
        while self.messages() < messages:
            known = self._page.locator(REPLY).count()
            self._page.fill(FIELD, TEXTS[turn % len(TEXTS)])
            self._page.press(FIELD, "Enter")
            self._await_reply(known)
            turn += 1

    def _await_reply(self, known: int) -> None:
        try:
            self._page.locator(REPLY).nth(known).wait_for(timeout=TURN_LIMIT_MS)
        except NothingCame as error:
            raise BenchmarkError(f"a message was not answered within {TURN_LIMIT_MS / 1000:.0f} s") from error

    def use(self, sets: int) -> list[tuple[float, str]]:
        """Type, send, press, open and close, so many times; give what each interaction took (ms), worst first."""
        self._slow_down()
        self._watch()
        for _ in range(sets):
            self._ask()
            self._press_a_button()
            self._open_and_close()
        found = self._page.evaluate("Object.values(vitals.interactions)")
        if not found:
            raise BenchmarkError("the browser reported no interaction")
        return sorted(((float(took), str(name)) for took, name in found), reverse=True)

    def _ask(self) -> None:
        self._page.click(FIELD)
        self._page.keyboard.type(ASKED, delay=KEY_MS)
        known = self._page.locator(REPLY).count()
        self._page.keyboard.press("Enter")
        self._await_reply(known)
        self._page.wait_for_timeout(AFTER_EACH_MS)

    def _press_a_button(self) -> None:
        known = self._page.locator(REPLY).count()
        self._page.locator(".replies button").first.click()
        self._await_reply(known)
        self._page.wait_for_timeout(AFTER_EACH_MS)

    def _open_and_close(self) -> None:
        """Open the menu and the newest sources, and close each with the key for it."""
        for opener in ("header button", "button.sources"):
            found = self._page.locator(f"{opener} >> visible=true")
            if found.count():
                found.last.click()
                self._page.wait_for_timeout(AFTER_EACH_MS)
                self._page.keyboard.press("Escape")
                self._page.wait_for_timeout(AFTER_EACH_MS)

    def close(self) -> None:
        """Leave."""
        self._page.context.close()
