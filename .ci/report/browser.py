"""A headless Chromium, spoken to over a pair of pipes (the DevTools protocol)."""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile


class Browser:
    """Chromium without a network, for as long as a `with` block lasts."""

    NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

    def __init__(self):
        program = next(filter(None, map(shutil.which, self.NAMES)), None)
        if program is None:
            raise SystemExit("check_pages: no Chromium found (Debian: apt install chromium)")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()

        def take_pipes():
            # The protocol's pipes are descriptors 3 and 4.
            high = [os.dup(to_browser), os.dup(from_browser)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._process = subprocess.Popen(
            [
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-pipe",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={self._profile.name}",
            ],
            preexec_fn=take_pipes,
            close_fds=False,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._last_id = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._out)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._in)
        self._profile.cleanup()

    def call(self, method, session=None, **parameters):
        """The result of a command; events that come before it are kept."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._last_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event):
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self._read())

    def _read(self):
        while b"\0" not in self._buffer:
            chunk = os.read(self._in, 1 << 16)
            if not chunk:
                raise RuntimeError("the browser ended")
            self._buffer += chunk
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)


class Page:
    """A page at a width and in a scheme of colors."""

    def __init__(self, browser, path, width, scheme):
        self._browser = browser
        browser.events.clear()
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        self._call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        self._call("Page.navigate", url=f"file://{os.path.abspath(path)}")
        browser.wait_for("Page.loadEventFired")

    def _call(self, method, **parameters):
        return self._browser.call(method, session=self._session, **parameters)

    def evaluate(self, expression):
        result = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"in the page: {result['exceptionDetails']}")
        return result["result"].get("value")

    def complaints(self):
        """What the browser said, and what it asked for beyond the page itself."""
        found = []
        for event in self._browser.events:
            parameters = event.get("params", {})
            match event.get("method"):
                case "Log.entryAdded":
                    found.append(parameters["entry"]["text"])
                case "Runtime.exceptionThrown":
                    found.append(parameters["exceptionDetails"]["text"])
                case "Runtime.consoleAPICalled":
                    found.append(f"console.{parameters['type']}")
                case "Network.requestWillBeSent":
                    url = parameters["request"]["url"]
                    if not url.startswith("file://") or not url.endswith(".html"):
                        found.append(f"asks for {url}")
        return found

    def screenshot(self, path):
        size = self._call("Page.getLayoutMetrics")["cssContentSize"]
        data = self._call(
            "Page.captureScreenshot",
            captureBeyondViewport=True,
            clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1},
        )
        self._write(path, data["data"])

    def print(self, path):
        data = self._call(
            "Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69
        )
        self._write(path, data["data"])

    @staticmethod
    def _write(path, encoded):
        with open(path, "wb") as file:
            file.write(base64.b64decode(encoded))

    def close(self):
        self._browser.call("Target.closeTarget", targetId=self._target)
